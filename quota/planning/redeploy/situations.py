"""Who is where: read from audits, positions and departments, and brought up to date move by move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from msgspec.structs import replace

from quota.analysis.audit.auditing import audits_of, totals
from quota.core.blocs import Bloc, Blocs, ByBloc
from quota.core.moves import Balance, Cell, Move, Place, Situation
from quota.core.places import file_of
from quota.core.plan_tables import PoolTable, PositionTable
from quota.core.problems import Problem, Severity, refusal
from quota.core.results import AuditReport, Totals, UnitAudit
from quota.core.text import count, say
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.granting import Granter
from quota.norms.policy import Policy
from quota.planning.redeploy.spellings import Spellings, doubtful_pairs, placed_pools


def situation_of(report: AuditReport, policy: Policy, *, by_assigned: bool = False) -> Situation:
    """The blocs of every unit whose posts and people are known; a bloc that is not known takes no part.

    The posts are those of the norm, filled to the policy's level, or, with `by_assigned`, those that were
    assigned. `InputError` where no table says what was assigned.
    """
    if by_assigned and not any(unit_audit.assignment for unit_audit in report.units):
        message = say("no table says which posts were assigned")
        fix = say("give them with --assigned FILE, or leave out --target assigned")
        raise refusal("no-assigned", message, fix)
    cells_of = _assigned_cells if by_assigned else partial(_cells, policy=policy)
    cells = [cell for unit_audit in report.units for cell in cells_of(unit_audit)]
    units = [unit_audit.unit for unit_audit in report.units]
    return Situation(
        cells={cell.place: cell for cell in sorted(cells, key=lambda cell: cell.place)},
        pools={},
        names={unit.code: unit.name for unit in units},
        units=tuple(sorted(units, key=lambda unit: unit.code)),
        points=points_of(units),
        provinces=provinces_of(units),
        problems=(*report.problems, *_left_out(report, by_assigned=by_assigned)),
        sources=report.inputs,
        by_assigned=by_assigned,
        unsettled=None if by_assigned else report.totals.unsettled,
    )


def points_of(units: Iterable[Unit]) -> dict[str, tuple[float, float]]:
    """The units whose point is known: longitude and latitude in degrees."""
    return {
        unit.code: (unit.lon, unit.lat) for unit in units if unit.lon is not None and unit.lat is not None
    }


def provinces_of(units: Iterable[Unit]) -> dict[str, str]:
    """The units whose province is known."""
    return {unit.code: unit.province for unit in units if unit.province}


def standing(situation: Situation) -> Balance:
    """Shortfall and surplus over all cells, each added up by itself, and the worst-off unit's shortfall."""
    by_unit: dict[str, int] = defaultdict(int)
    for cell in situation.cells.values():
        by_unit[cell.place.code] += cell.short
    cells = situation.cells.values()
    return Balance(
        short=sum(by_unit.values()),
        wanted=sum(cell.wanted for cell in cells),
        surplus=sum(cell.surplus for cell in cells),
        worst=max(by_unit.values(), default=0),
    )


Way = tuple[Place | None, Place | None, int, bool]
"""From where, to where, how many people, and whether on loan."""


def after_ways(start: Situation, ways: Iterable[Way]) -> Situation:
    """The situation once these people have moved; those of departments leave for good or on loan."""
    change = Counter[Place]()
    drawn = {True: Counter[Place](), False: Counter[Place]()}
    for origin, target, people, on_loan in ways:
        if target is not None:
            change[target] += people
        if origin is not None and origin in start.pools:
            drawn[on_loan][origin] += people
        elif origin is not None:
            change[origin] -= people
    cells = {
        place: replace(cell, staff=cell.staff + change[place]) if change[place] else cell
        for place, cell in start.cells.items()
    }
    pools = {
        place: replace(
            pool,
            transfer=max(pool.transfer - drawn[False][place], 0),
            secondment=max(pool.secondment - drawn[True][place], 0),
        )
        for place, pool in start.pools.items()
    }
    return replace(start, cells=cells, pools=pools)


def after(situation: Situation, moves: Iterable[Move], kind: str) -> Situation:
    """The situation once these people have moved; people leave pools by the way they move, `kind`."""
    on_loan = kind == "secondment"
    return after_ways(situation, ((move.origin, move.target, move.people, on_loan) for move in moves))


def audit_totals(situation: Situation, granters: Mapping[UnitType, Granter], blocs: Blocs) -> Totals:
    """The audit's totals of the units as they are now staffed."""
    return totals(
        audits_of((_restaffed(unit, situation.cells, blocs) for unit in situation.units), granters), blocs
    )


def _restaffed(unit: Unit, cells: Mapping[Place, Cell], blocs: Blocs) -> Unit:
    def staff(bloc: Bloc) -> int | None:
        cell = cells.get(Place(unit.code, bloc))
        return unit.staff.get(bloc) if cell is None else cell.staff

    return replace(unit, staff=ByBloc.of(blocs, staff))


def _cells(unit_audit: UnitAudit, policy: Policy) -> Iterable[Cell]:
    if unit_audit.quota is None:
        return
    for bloc, posts in unit_audit.quota.blocs.items():
        staff = unit_audit.staff[bloc]
        if staff is not None:
            target = policy.target.of(posts)
            yield Cell(Place(unit_audit.unit.code, bloc), staff, posts.low, target, posts.high)


def _assigned_cells(unit_audit: UnitAudit) -> Iterable[Cell]:
    if unit_audit.assignment is None:
        return
    for bloc, posts in unit_audit.assignment.posts.items():
        staff = unit_audit.staff[bloc]
        if staff is not None and posts is not None:
            yield Cell(Place(unit_audit.unit.code, bloc), staff, posts, posts, posts)


def _is_left_out(unit_audit: UnitAudit, *, by_assigned: bool) -> bool:
    if not by_assigned:
        return any(gap is None for gap in unit_audit.gap)
    return unit_audit.assignment is None or any(gap is None for gap in unit_audit.assignment.vacancy)


def _left_out(report: AuditReport, *, by_assigned: bool) -> Iterable[Problem]:
    left_out = (found for found in report.units if _is_left_out(found, by_assigned=by_assigned))
    codes = [unit_audit.unit.code for unit_audit in left_out]
    if codes:
        shown = ", ".join(codes[:10]) + (" …" if len(codes) > 10 else "")
        message = count(
            "{n} unit has a bloc whose posts or people are unknown: that bloc takes no part",
            "{n} units have a bloc whose posts or people are unknown: those blocs take no part",
            n=len(codes),
        )
        fix = say(
            "fill in assigned posts and staff of {codes}"
            if by_assigned
            else "fill in residents and staff of {codes}",
            codes=shown,
        )
        yield Problem("takes-no-part", Severity.WARNING, message, fix)


def by_position(units: UnitTable, positions: PositionTable) -> Situation:
    """The positions of every unit; a position at a code that no unit has is an error among the problems."""
    names = {unit.code: unit.name for unit in units.units}
    file = file_of(positions)
    message = say("no such unit in the population table")
    fix = say("correct the code, or remove the rows if the unit is not in this table")
    strangers = [
        Problem("unmatched", Severity.ERROR, message, fix, file, column="code", value=code)
        for code in sorted({cell.place.code for cell in positions.cells} - names.keys())
    ]
    return Situation(
        cells={cell.place: cell for cell in sorted(positions.cells, key=lambda cell: cell.place)},
        pools={},
        names=names,
        units=tuple(sorted(units.units, key=lambda unit: unit.code)),
        by_position=True,
        points=points_of(units.units),
        provinces=provinces_of(units.units),
        problems=(
            *units.problems,
            *positions.problems,
            *strangers,
            *doubtful_pairs((cell.place.group for cell in positions.cells), file),
        ),
        sources=(*units.sources, *positions.sources),
    )


def with_departments(start: Situation, table: PoolTable, bloc_words: Mapping[str, str]) -> Situation:
    """The situation with departments' people under the blocs, or positions, that their fields mean.

    `bloc_words` are the words for blocs by their spelling; none where the plan is by position. Departments
    without a province are in the units' province where they have only one.
    """
    what = "position" if start.by_position else "bloc"
    groups = (place.group for place in start.cells)
    pools, problems = placed_pools(table, Spellings(groups, bloc_words), what, doubled_file=file_of(table))
    of_units = {start.provinces.get(code) for code in start.names}
    shared = next(iter(of_units)) if len(of_units) == 1 else None
    provinces = {pool.place.code: shared for pool in pools} if shared else {}
    return replace(
        start,
        pools={pool.place: pool for pool in sorted(pools, key=lambda pool: pool.place)},
        points={**start.points, **table.points},
        provinces={**start.provinces, **provinces, **table.provinces},
        problems=(*start.problems, *table.problems, *problems),
        sources=(*start.sources, *table.sources),
    )
