"""An audit as a flat table: audited row a unit, audited column a figure; the same keys as the JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from quota.core.blocs import total
from quota.core.posts import Gap, whole_gap
from quota.core.results import AuditReport, UnitAudit
from quota.render.audit.laid_out import figure_columns, figure_keys, keys, run_of, unit_columns
from quota.render.audit.shapes import Figure
from quota.render.audit.unsettled import possible_columns, possible_header
from quota.render.kit.rendering import Cell, Table

_HANDS = ("hands", "hands_shortfall", "hands_surplus")


def audit_rows(report: AuditReport) -> Table:
    """The header, then each unit; columns that only pass through are last.

    Each row says its frame and day, and whether a table behind it is made up: rows get cut and pasted.
    """
    is_open, states = bool(report.open_columns), _states(report)
    blocs, units = report.frame.blocs, report.units
    header = (
        *keys(blocs),
        *(possible_header(blocs) if is_open else ()),
        *work_header(report),
        *figure_keys(blocs, states),
    )
    passed = [audited.unit.more for audited in units]
    more = list(dict.fromkeys(chain.from_iterable(passed)))
    run = run_of(report.frame.id, report.as_of, report.inputs)
    columns: list[Sequence[Cell]] = [*unit_columns(units, blocs), *([said] * len(units) for said in run)]
    if is_open:
        columns += possible_columns([audited.quota for audited in units], blocs)
    if report.hands is not None or report.fields is not None:
        columns += zip(*map(work_cells, units), strict=True)
    if states:
        columns += figure_columns(units, len(blocs), states)
    columns += [[cells.get(key) for cells in passed] for key in more]
    return Table((*header, *_apart(header, more)), columns)


def _states(report: AuditReport) -> tuple[Figure, ...]:
    """The states that the audit's tables tell of; most tell of none, and load nothing that is about them."""
    if report.totals.states is None:
        return ()
    from quota.render.audit.states import states_shown

    return states_shown(report)


def _apart(header: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Headings that differ from this table's own and from each other."""
    taken = set(header)
    found: list[str] = []
    for heading in headings:
        name = heading
        while name in taken:
            name = f"{name} (input)"
        taken.add(name)
        found.append(name)
    return found


def work_header(report: AuditReport) -> tuple[str, ...]:
    """The columns for hands and fields, where they were given."""
    header: list[str] = []
    if report.hands is not None:
        header += [f"{group}_{part}" for group in (*report.frame.blocs, "total") for part in _HANDS]
        header += ["away", "received"]
    if report.fields is not None:
        header += ["fields_people", "fields_uncovered", "uncovered", "fields_shortfall", "fields_surplus"]
    return tuple(header)


def work_cells(audited: UnitAudit) -> list[Cell]:
    """Hands by bloc and in all; people once each, fields nobody covers, gaps where a need is known."""
    cells: list[Cell] = []
    if audited.hands is not None:
        for people, gap in zip(audited.hands.present, audited.hands.gap, strict=True):
            cells += _hands(people, gap)
        cells += _hands(total(audited.hands.present), whole_gap(audited.hands.gap))
        cells += [sum(audited.hands.away), sum(audited.hands.received)]
    if audited.fields is not None:
        uncovered = audited.fields.uncovered
        missing = audited.fields.gap
        cells += [
            audited.fields.people,
            None if uncovered is None else len(uncovered),
            None if uncovered is None else " ".join(field.id for field in uncovered),
            missing.shortfall if missing else None,
            missing.surplus if missing else None,
        ]
    return cells


def _hands(people: int | None, gap: Gap | None) -> list[Cell]:
    return [people, gap.shortfall if gap else None, gap.surplus if gap else None]
