"""An audit as a flat table: one row a unit, one column a figure; the same keys as the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.blocs import Bloc, total
from quota.core.posts import Gap, Posts
from quota.core.results import AuditReport, UnitAudit
from quota.render.rendering import Cell

_PARTS = ("low", "high", "staff", "shortfall", "surplus")
_GROUPS = (*(bloc.value for bloc in Bloc), "total")
HEADER: tuple[str, ...] = (
    "code",
    "name",
    "type",
    "population",
    *(f"{group}_{part}" for group in _GROUPS for part in _PARTS),
    "status",
    "below_minimum",
    "notes",
    "frame",
    "as_of",
    "illustrative",
)


def audit_rows(report: AuditReport) -> Iterator[Sequence[Cell]]:
    """The header, then each unit; columns that only pass through stand last.

    Each row says its frame and day, and whether a table behind it is made up: rows get cut and pasted.
    """
    more = list(dict.fromkeys(key for one in report.units for key in one.unit.more))
    yield (*HEADER, *_apart(more))
    run = (report.frame.id, report.as_of.isoformat(), any(source.illustrative for source in report.inputs))
    for one in report.units:
        yield (*_row(one), *run, *(one.unit.more.get(key) for key in more))


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings that differ from this table's own and from each other."""
    taken = set(HEADER)
    found: list[str] = []
    for heading in headings:
        name = heading
        while name in taken:
            name = f"{name} (input)"
        taken.add(name)
        found.append(name)
    return found


def _row(one: UnitAudit) -> list[Cell]:
    row: list[Cell] = [one.unit.code, one.unit.name, one.unit.type.value, one.unit.population]
    for bloc in Bloc:
        posts = one.quota.blocs[bloc] if one.quota else None
        row += _figures(posts, one.staff[bloc], one.gap[bloc])
    row += _figures(one.quota.total if one.quota else None, total(one.staff), one.total_gap)
    return [*row, one.status.value, one.below_minimum, " ".join(note.code for note in one.notes)]


def _figures(posts: Posts | None, staff: int | None, gap: Gap | None) -> list[Cell]:
    low, high = (posts.low, posts.high) if posts else (None, None)
    shortfall, surplus = (gap.shortfall, gap.surplus) if gap else (None, None)
    return [low, high, staff, shortfall, surplus]
