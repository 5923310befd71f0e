"""Read everything that a plan is made from, as it was typed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.analysis.audit.matching import Matcher
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import Group
from quota.cli.inputs import read_assignment, read_inputs, read_population, settled
from quota.cli.options import AssignedFile, file_option, option
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.refusing import usage_error
from quota.core.blocs import UNKNOWN_STAFF
from quota.core.moves import Situation
from quota.core.names import keys_by_words
from quota.core.plan_tables import PlanTable, PoolTable
from quota.core.problems import Problem, refuse_errors
from quota.core.text import say
from quota.core.units import InputFile, StaffRow, StaffTable, Unit, UnitTable
from quota.norms.applying import load_norms, load_policy
from quota.norms.granting import Norms
from quota.norms.held.policies import unknown_blocs
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_POLICY
from quota.norms.policy import Policy
from quota.planning.redeploy.distances import Distances, Points, along_borders
from quota.planning.redeploy.distances import unmatched as unmatched_distances
from quota.planning.redeploy.made import made_of
from quota.planning.redeploy.serving import with_secondments, without_people_away
from quota.planning.redeploy.situations import by_position, points_of, situation_of, with_departments
from quota.planning.redeploy.spellings import Spellings, placed_pairs
from quota.planning.redeploy.stages import Given, refuse_empty
from quota.tables.files.raw import ReadOptions
from quota.tables.shipped.embedded import DEFAULT_POPULATION

PolicyFile = Annotated[
    str, option("--policy", "ID|PATH", "The redeployment policy: a shipped id or a rule file of your own.")
]
NeighboursFile = Annotated[
    str | None,
    file_option(
        "--neighbours",
        "Neighbour table (code_a, code_b): distances follow shared borders. An embedded id will do.",
    ),
]
DistancesFile = Annotated[
    str | None, file_option("--distances", "Distance table: code_a, code_b, km, the same both ways.")
]
DepartmentsFile = Annotated[
    str | None,
    file_option(
        "--departments", "Departments' people: department, field, transfer, secondment; lon, lat where known."
    ),
]
PositionsFile = Annotated[
    str | None,
    file_option(
        "--positions",
        "Plan by position, not by bloc: code, bloc, position, staff, needed; or people with the vacant "
        "posts.",
    ),
]
SubstitutesFile = Annotated[
    str | None, file_option("--substitutes", "Which position may fill which: from, to, cost (whole numbers).")
]

RunningSecondments = Annotated[
    str | None,
    file_option(
        "--secondments",
        "People on loan already: id, home, host, start, end or months. They count where they serve on "
        "--as-of, and nobody sends them twice.",
    ),
]


class Target(StrEnum):
    """What units are filled to."""

    NORM = "norm"
    ASSIGNED = "assigned"


TargetOption = Annotated[
    Target,
    typer.Option(
        "--target",
        help="Fill units to their norm, at the level the policy says, or to the posts a decision assigned.",
    ),
]


class Ways(Group, frozen=True):
    """By what a plan, or the rest of one, is made: policy, distances, and who may fill whose post."""

    policy: PolicyFile = DEFAULT_POLICY
    neighbours: NeighboursFile = None
    distances: DistancesFile = None
    substitutes: SubstitutesFile = None


class PlanTables(Ways, frozen=True):
    """By what a plan is made, population and staff apart."""

    departments: DepartmentsFile = None
    positions: PositionsFile = None
    assigned: AssignedFile = None
    target: TargetOption = Target.NORM
    secondments: RunningSecondments = None


NO_WAYS, NO_TABLES = Ways(), PlanTables()


def given_of(
    population: str | None,
    staff: str | None,
    given: PlanTables,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Reading = AS_FOUND,
) -> Given:
    """Read it all; `InputError` with every problem found."""
    if given.neighbours and given.distances:
        raise usage_error(say("give --neighbours or --distances, not both"))
    if given.substitutes and not given.positions:
        raise usage_error(say("--substitutes needs --positions"))
    if given.positions and staff:
        raise usage_error(say("give --staff or --positions, not both"))
    if given.secondments and given.positions:
        raise usage_error(say("--secondments count by bloc: give --staff with them, not --positions"))
    if given.positions and (given.assigned or given.target is Target.ASSIGNED):
        raise usage_error(say("posts are assigned by bloc: give --staff with them, not --positions"))
    as_of = under.day()
    rule = load_policy(given.policy)
    pools = PoolTable(())
    if given.departments:
        from quota.tables.readers.departments import read_departments

        pools = read_departments(given.departments, how.options())
    if given.positions:
        tables = [population or DEFAULT_POPULATION]
        options = how.options(load_norms(under.rules, as_of).summary.blocs)
        start = _positions(
            read_population(tables, settled(how, population=tables)),
            given.positions,
            given.substitutes,
            options,
        )
        norms = frame = None
    else:
        norms = under.norms(as_of)
        frame = norms.summary
        units, staff_table = read_inputs(population, staff, how, under, as_of=as_of, blocs=frame.blocs)
        posts = read_assignment(given.assigned, how, frame.blocs)
        start = _blocs(units, (staff_table, posts), norms, rule, given, as_of, how)
    start = without_people_away(
        with_departments(start, pools, {} if frame is None else keys_by_words(frame.blocs))
    )
    places = {*start.names, *(pool.code for pool in start.pools)}
    found, problems, sources = _distances(
        start.points, start.units, places, given.neighbours, given.distances, how.options()
    )
    if frame is not None:
        problems = (*problems, *unknown_blocs(given.policy, rule, frame))
    start = replace(start, problems=(*start.problems, *problems), sources=(*start.sources, *sources))
    refuse_errors(start.problems)
    refuse_empty(start)
    return Given(start, rule, found, as_of, norms, made_of(rule, frame, found, as_of, start))


def _positions(units: UnitTable, positions: str, substitutes: str | None, options: ReadOptions) -> Situation:
    from quota.tables.readers.positions import read_positions, read_substitutes  # only for such tables

    matcher = Matcher(units.units)

    def code_of(name: str) -> str | None:
        unit, _ = matcher.unit_of(StaffRow(None, name, UNKNOWN_STAFF))
        return None if unit is None else unit.code

    table = read_positions(positions, options, code_of)
    start = by_position(units, table)
    if substitutes is None:
        return start
    pairs = read_substitutes(substitutes, options)
    placed, problems = placed_pairs(pairs, Spellings(place.group for place in start.cells))
    return replace(
        start,
        substitutes=placed,
        problems=(*start.problems, *pairs.problems, *problems),
        sources=(*start.sources, *pairs.sources),
    )


def _blocs(
    units: UnitTable,
    tables: tuple[StaffTable | None, StaffTable | None],
    norms: Norms,
    policy: Policy,
    given: PlanTables,
    as_of: date,
    how: Reading,
) -> Situation:
    """The blocs of the audit of people present and assigned posts; with secondments, by who serves where."""
    staff, assigned = tables
    by_assigned = given.target is Target.ASSIGNED
    if given.secondments is None:
        report = audit(units, norms, staff, assigned, as_of=as_of)
        return situation_of(report, policy, by_assigned=by_assigned)
    from quota.analysis.work.working import Work, audit_work, secondment_report  # YAML, for who has loans
    from quota.norms.loading import load_fields
    from quota.tables.readers.secondments import read_secondments

    blocs = norms.summary.blocs
    lent = read_secondments(given.secondments, blocs, how.options(blocs))
    work = Work(load_fields(DEFAULT_FIELDS), secondments=lent)
    report = audit_work(units, norms, staff, work, as_of=as_of, assigned=assigned)
    ledger = secondment_report(units, norms, staff, lent, work.rules, as_of=as_of, days=0)
    return with_secondments(situation_of(report, policy, by_assigned=by_assigned), report, ledger.now)


Read = tuple[Distances, tuple[Problem, ...], tuple[InputFile, ...]]


def _distances(
    points: Points,
    units: Sequence[Unit],
    places: Container[str],
    neighbours: str | None,
    distances: str | None,
    options: ReadOptions,
) -> Read:
    if neighbours:
        from quota.planning.mergers.neighbours import unmatched as unmatched_borders
        from quota.tables.readers.borders import read_borders

        table = read_borders(neighbours, options)
        borders = [(border.code_a, border.code_b) for border in table.borders]
        problems = (*table.problems, *unmatched_borders(table, units))
        return along_borders(borders, points), problems, table.sources
    if distances:
        from quota.tables.readers.distances import read_distances

        pairs = read_distances(distances, options)
        problems = (*pairs.problems, *unmatched_distances(pairs, places))
        return Distances("table", points, pairs.pairs), problems, pairs.sources
    return Distances("points", points), (), ()


def distances_of(
    units: UnitTable | None,
    plan: PlanTable,
    neighbours: str | None,
    distances: str | None,
    options: ReadOptions,
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
    found, problems, _ = _distances(points_of(here), here, plan.names, neighbours, distances, options)
    return found, problems
