"""From what was typed to everything a plan is made from."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.cli.inputs import read_inputs
from quota.cli.options import usage_error
from quota.core.moves import PlanTable, PoolTable, Situation
from quota.core.problems import Problem, refuse_errors
from quota.core.text import say
from quota.core.units import InputFile, Unit, UnitTable
from quota.norms.loading import load_frame, load_rules
from quota.norms.policy import Policy
from quota.planning.mergers.neighbours import unmatched as unmatched_borders
from quota.planning.redeploy.distances import Distances, Points, along_borders
from quota.planning.redeploy.distances import unmatched as unmatched_distances
from quota.planning.redeploy.situations import by_position, points_of, situation_of
from quota.planning.redeploy.stages import Given, refuse_empty
from quota.tables.readers.borders import read_borders
from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.positions import read_positions, read_substitutes
from quota.tables.readers.units import read_units

DEFAULT_POLICY = "redeployment-hai-phong-2025"

PolicyFile = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="ID|PATH",
        help="The redeployment policy: a shipped id or a rule file of your own.",
    ),
]
NeighboursFile = Annotated[
    str | None,
    typer.Option(
        "--neighbours",
        metavar="FILE",
        help="Neighbour table (code_a, code_b): distances follow shared borders. An embedded id will do.",
    ),
]
DistancesFile = Annotated[
    str | None,
    typer.Option(
        "--distances", metavar="FILE", help="Distance table: code_a, code_b, km, the same both ways."
    ),
]
DepartmentsFile = Annotated[
    str | None,
    typer.Option(
        "--departments",
        metavar="FILE",
        help="Departments' people: department, field, transfer, secondment; lon, lat where known.",
    ),
]
PositionsFile = Annotated[
    str | None,
    typer.Option(
        "--positions",
        metavar="FILE",
        help="Plan by position, not by bloc: code, position, staff, needed.",
    ),
]
SubstitutesFile = Annotated[
    str | None,
    typer.Option(
        "--substitutes", metavar="FILE", help="Which position may fill which: from, to, cost (whole numbers)."
    ),
]


def given_of(
    population: str | None,
    staff: str | None,
    *,
    rules: str,
    policy: str,
    as_of: date,
    neighbours: str | None,
    distances: str | None,
    departments: str | None,
    positions: str | None,
    substitutes: str | None,
) -> Given:
    """Read it all; `InputError` with every problem found."""
    if neighbours and distances:
        raise usage_error(say("give --neighbours or --distances, not both"))
    if substitutes and not positions:
        raise usage_error(say("--substitutes needs --positions"))
    if positions and staff:
        raise usage_error(say("give --staff or --positions, not both"))
    rule = load_rules(policy, Policy)
    pools = read_departments(departments) if departments else PoolTable(())
    if positions:
        start = _positions(read_units(population or "hai-phong"), positions, substitutes, pools)
        frame = None
    else:
        units, staff_table = read_inputs(population, staff, as_of=as_of)
        frame = load_frame(rules)
        start = situation_of(audit(units, frame, staff_table, as_of=as_of), rule, pools.pools)
    start = replace(
        start,
        points={**start.points, **pools.points},
        problems=(*start.problems, *pools.problems),
        sources=(*start.sources, *pools.sources),
    )
    places = {*start.names, *(pool.code for pool in start.pools)}
    found, problems, sources = _distances(start.points, start.units, places, neighbours, distances)
    start = replace(start, problems=(*start.problems, *problems), sources=(*start.sources, *sources))
    refuse_errors(start.problems)
    refuse_empty(start)
    return Given(start, rule, found, as_of, frame)


def _positions(units: UnitTable, positions: str, substitutes: str | None, pools: PoolTable) -> Situation:
    table = read_positions(positions)
    pairs = read_substitutes(substitutes) if substitutes else None
    start = by_position(units, table, dict(pairs.pairs) if pairs else {}, pools.pools)
    if pairs is None:
        return start
    return replace(
        start, problems=(*start.problems, *pairs.problems), sources=(*start.sources, *pairs.sources)
    )


Read = tuple[Distances, tuple[Problem, ...], tuple[InputFile, ...]]


def _distances(
    points: Points,
    units: Sequence[Unit],
    places: Container[str],
    neighbours: str | None,
    distances: str | None,
) -> Read:
    if neighbours:
        table = read_borders(neighbours)
        borders = [(border.one, border.other) for border in table.borders]
        problems = (*table.problems, *unmatched_borders(table, units))
        return along_borders(borders, points), problems, table.sources
    if distances:
        pairs = read_distances(distances)
        problems = (*pairs.problems, *unmatched_distances(pairs, places))
        return Distances("table", points, pairs.pairs), problems, pairs.sources
    return Distances("points", points), (), ()


def distances_of(
    units: UnitTable | None, plan: PlanTable, neighbours: str | None, distances: str | None
) -> tuple[Distances, tuple[Problem, ...]]:
    """Distances for moves that a plan did not have; without any table, those the plan itself gives."""
    if neighbours and distances:
        raise usage_error(say("give --neighbours or --distances, not both"))
    if neighbours and units is None:
        raise usage_error(say("--neighbours needs --population, for the units' points"))
    if units is None and distances is None:
        pairs = {
            (min(move.origin.code, move.target.code), max(move.origin.code, move.target.code)): move.metres
            for move in plan.moves
            if move.origin and move.target and move.metres is not None
        }
        return Distances("table", {}, pairs), ()
    here = units.units if units else ()
    found, problems, _ = _distances(points_of(here), here, plan.names, neighbours, distances)
    return found, problems
