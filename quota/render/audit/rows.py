"""An audit as a flat table: one row a unit, one column a figure; the same keys as the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.blocs import Blocs, total
from quota.core.posts import Gap, Posts
from quota.core.results import AuditReport, Quota, UnitAudit
from quota.render.audit.work_words import hands_gap
from quota.render.kit.rendering import Cell

_PARTS = ("low", "high", "staff", "shortfall", "surplus")
_HANDS = ("hands", "hands_shortfall", "hands_surplus")


def header_of(blocs: Blocs) -> tuple[str, ...]:
    """The columns of every unit, for a frame of these blocs."""
    return (
        *("code", "name", "type", "population"),
        *(f"{group}_{part}" for group in (*blocs, "total") for part in _PARTS),
        *("status", "below_minimum", "notes", "frame", "as_of", "illustrative"),
    )


def possible_header(blocs: Blocs) -> tuple[str, ...]:
    """What a table has besides where posts hang on columns that are unknown."""
    ends = (f"{group}_possible_{end}" for group in (*blocs, "total") for end in ("low", "high"))
    return ("unknown_columns", *ends)


def audit_rows(report: AuditReport) -> Iterator[Sequence[Cell]]:
    """The header, then each unit; columns that only pass through stand last.

    Each row says its frame and day, and whether a table behind it is made up: rows get cut and pasted.
    """
    is_open = report.totals.unsettled is not None
    blocs = report.frame.blocs
    header = (*header_of(blocs), *(possible_header(blocs) if is_open else ()), *work_header(report))
    more = list(dict.fromkeys(key for one in report.units for key in one.unit.more))
    yield (*header, *_apart(header, more))
    run = (report.frame.id, report.as_of.isoformat(), any(source.illustrative for source in report.inputs))
    work = report.hands is not None or report.fields is not None
    for one in report.units:
        row = [*audit_row(one), *run]
        if is_open:
            row += possible_cells(one)
        if work:
            row += work_cells(one)
        if more:
            row += [one.unit.more.get(key) for key in more]
        yield row


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


def audit_row(one: UnitAudit) -> list[Cell]:
    """One unit's cells under `header_of` its blocs."""
    unit, quota, staff, gap = one.unit, one.quota, one.staff, one.gap
    posts = quota.blocs.values if quota else (None,) * len(gap.values)
    row: list[Cell] = [unit.code, unit.name, unit.type._value_, unit.population]
    for granted, people, found in zip(posts, staff.values, gap.values, strict=True):
        row += _figures(granted, people, found)
    row += _figures(quota.total if quota else None, total(staff), one.total_gap)
    row += (one.status._value_, one.below_minimum, " ".join([note.code for note in one.notes]))
    return row


def possible_cells(one: UnitAudit) -> list[Cell]:
    """One unit's cells under `possible_header`: the posts with what is unknown, where that differs."""
    if one.quota is None or not one.quota.unsettled:
        return [None] * (1 + 2 * (len(one.gap.values) + 1))
    possible = one.quota.possible
    cells: list[Cell] = [" ".join(one.quota.unsettled)]
    for posts in (*(possible or (None,) * len(one.gap.values)), Quota(possible).total if possible else None):
        cells += [posts.low, posts.high] if posts is not None else [None, None]
    return cells


def _figures(posts: Posts | None, staff: int | None, gap: Gap | None) -> tuple[Cell, ...]:
    if posts is None or gap is None:
        low, high = (posts.low, posts.high) if posts else (None, None)
        return low, high, staff, *((gap.shortfall, gap.surplus) if gap else (None, None))
    return posts.low, posts.high, staff, gap.shortfall, gap.surplus


def work_header(report: AuditReport) -> tuple[str, ...]:
    """The columns for hands and fields, where they were given."""
    header: list[str] = []
    if report.hands is not None:
        header += [f"{group}_{part}" for group in (*report.frame.blocs, "total") for part in _HANDS]
        header += ["away", "received"]
    if report.fields is not None:
        header += ["fields_people", "fields_uncovered", "uncovered", "fields_shortfall", "fields_surplus"]
    return tuple(header)


def work_cells(one: UnitAudit) -> list[Cell]:
    """Hands by bloc and in all; people once each, fields nobody covers, gaps where a need is known."""
    cells: list[Cell] = []
    if one.hands is not None:
        for people, gap in zip(one.hands.present, one.hands.gap, strict=True):
            cells += _hands(people, gap)
        cells += _hands(total(one.hands.present), hands_gap(one.hands))
        cells += [sum(one.hands.away), sum(one.hands.received)]
    if one.fields is not None:
        uncovered = one.fields.uncovered
        missing = one.fields.gap
        cells += [
            one.fields.people,
            None if uncovered is None else len(uncovered),
            None if uncovered is None else " ".join(field.id for field in uncovered),
            missing.shortfall if missing else None,
            missing.surplus if missing else None,
        ]
    return cells


def _hands(people: int | None, gap: Gap | None) -> list[Cell]:
    return [people, gap.shortfall if gap else None, gap.surplus if gap else None]
