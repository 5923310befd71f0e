"""A scenario under a frame: the new set of units audited beside the old one, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from quota.analysis.audit.auditing import audit_unit, inputs_of, join, reserves_in, totals
from quota.core.blocs import all_of
from quota.core.problems import refuse_errors
from quota.core.results import UnitAudit
from quota.core.units import BorderTable, StaffTable, Unit, UnitTable
from quota.core.what_if.lineage import Lineage
from quota.core.what_if.scenario_results import After, ChangedUnits, ScenarioReport
from quota.core.what_if.scenarios import Done, Holding, Scenario
from quota.norms.evaluation import refuse_out_of_force, steps_of
from quota.norms.schema import Frame
from quota.norms.standards import Standards
from quota.planning.mergers.neighbours import unmatched
from quota.planning.mergers.scenario import Outcome, carry_out
from quota.planning.mergers.scenario_checks import check, unknown_blocs


def simulate(
    scenario: Scenario,
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    as_of: date,
    borders: BorderTable | None = None,
    standards: Standards | None = None,
) -> ScenarioReport:
    """Carry out `scenario` on `units` and audit what comes of it under `frame` on `as_of`.

    Assigned posts add up as people in post do; the units' `assigned` alone tells them, and not the columns
    they were read from. What a province keeps back stays kept back.

    With `borders` and `standards` the result is checked: what a check finds is in `problems`, an error where
    the standards say so. Raises `InputError` as `audit` does, and where an operation cannot be carried out.
    """
    refuse_out_of_force(frame, as_of)
    placed, problems = join(units, staff, assigned, under=[frame])
    placed = tuple(_without(unit, units.assigned_columns) for unit in placed)
    kept = reserves_in(units, staff, assigned)
    if borders is not None:
        problems = (*problems, *borders.problems, *unmatched(borders, placed))
        refuse_errors(problems)
    blocs = all_of((frame.order, *(unit.staff.order for unit in placed)))
    refuse_errors(unknown_blocs(scenario, blocs))
    outcome = carry_out(placed, scenario)
    old = {unit.code: audit_unit(unit, frame) for unit in placed}
    new = tuple(_after(holding, frame) for holding in outcome.holdings)
    checked = check(scenario, outcome, placed, borders, standards, as_of)
    return ScenarioReport(
        scenario=scenario,
        frame=frame.summary(),
        as_of=as_of,
        done=outcome.done,
        units=new,
        changes=changes(placed, outcome, old, new),
        before=totals(tuple(old.values()), frame.order, kept),
        after=totals([unit_after.audit for unit_after in new], frame.order, kept),
        inputs=(*inputs_of(units, staff, assigned), *(borders.sources if borders else ())),
        problems=(*problems, *checked),
    )


def _without(unit: Unit, columns: Sequence[str]) -> Unit:
    """The unit without these columns of the table's."""
    if not any(column in unit.more for column in columns):
        return unit
    return replace(unit, more={key: cell for key, cell in unit.more.items() if key not in columns})


def _after(holding: Holding, frame: Frame) -> After:
    return After(audit_unit(holding.unit, frame), holding.lineage, steps_of(frame, holding.unit))


def changes(
    units: Sequence[Unit], outcome: Outcome, old: dict[str, UnitAudit], new: Iterable[After]
) -> tuple[ChangedUnits, ...]:
    """The units that operations tie together, in the parent table's order; an ancestor is in one only."""
    tied = _Ties()
    for done in outcome.done:
        tied.tie(_codes(holding.lineage for holding in (*done.before, *done.after)))
    operations: dict[str, list[int]] = {}
    for number, done in enumerate(outcome.done, start=1):
        operations.setdefault(tied.root(_first(done)), []).append(number)
    before: dict[str, list[UnitAudit]] = {}
    after: dict[str, list[After]] = {}
    for unit in units:
        before.setdefault(tied.root(unit.code), []).append(old[unit.code])
    for unit_after in new:
        after.setdefault(tied.root(min(fragment.code for fragment in unit_after.lineage)), []).append(
            unit_after
        )
    return tuple(
        ChangedUnits(tuple(audits), tuple(after[root]), tuple(operations[root]))
        for root, audits in before.items()
        if root in operations
    )


def _codes(lineages: Iterable[Lineage]) -> list[str]:
    return sorted({fragment.code for lineage in lineages for fragment in lineage})


def _first(done: Done) -> str:
    return _codes([done.before[0].lineage])[0]


class _Ties:
    """Codes that belong together, by one of them."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def root(self, code: str) -> str:
        while (above := self.above.get(code, code)) != code:
            self.above[code] = self.above.get(above, above)
            code = above
        return code

    def tie(self, codes: Sequence[str]) -> None:
        first = self.root(codes[0])
        for code in codes[1:]:
            self.above[self.root(code)] = first
