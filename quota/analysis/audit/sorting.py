"""Which of an audit's units are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from msgspec.structs import replace

from quota.analysis.audit.statuses import status_in
from quota.core.blocs import BLOCS, Bloc, total
from quota.core.names import alphabetical
from quota.core.posts import Gap
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.units import namesakes

Key = Callable[[UnitAudit], "int | str | None"]


def _quota(audit: UnitAudit, bloc: Bloc | None) -> int | None:
    if audit.quota is None:
        return None
    return (audit.quota.total if bloc is None else audit.quota.blocs[bloc]).low


def _staff(audit: UnitAudit, bloc: Bloc | None) -> int | None:
    return total(audit.staff) if bloc is None else audit.staff[bloc]


def _gap(audit: UnitAudit, bloc: Bloc | None, part: str) -> int | None:
    gap: Gap | None = audit.gap[bloc] if bloc is not None else audit.known_gap if audit.is_known else None
    return None if gap is None else getattr(gap, part)


def _assigned(audit: UnitAudit, bloc: Bloc | None) -> int | None:
    found = audit.assignment
    return None if found is None else found.total_posts if bloc is None else found.posts[bloc]


def _vacancy(audit: UnitAudit, bloc: Bloc | None, part: str) -> int | None:
    if audit.assignment is None:
        return None
    gap = audit.assignment.total_vacancy if bloc is None else audit.assignment.vacancy[bloc]
    return None if gap is None else getattr(gap, part)


_STATUS_ORDER = {status: str(place) for place, status in enumerate(Status)}

TEXT_KEYS: Mapping[str, Key] = {
    "code": lambda audit: audit.unit.code,
    "name": lambda audit: alphabetical(audit.unit.name),
    "type": lambda audit: audit.unit.type.value,
    "status": lambda audit: _STATUS_ORDER[audit.status],
}
NUMBER_KEYS: Mapping[str, Key] = {
    "population": lambda audit: audit.unit.population,
    **{
        (name if bloc is None else f"{bloc}_{name}"): key
        for bloc in (None, *BLOCS)
        for name, key in (
            ("quota", partial(_quota, bloc=bloc)),
            ("staff", partial(_staff, bloc=bloc)),
            ("shortfall", partial(_gap, bloc=bloc, part="shortfall")),
            ("surplus", partial(_gap, bloc=bloc, part="surplus")),
            ("assigned", partial(_assigned, bloc=bloc)),
            ("vacant", partial(_vacancy, bloc=bloc, part="shortfall")),
            ("above_assigned", partial(_vacancy, bloc=bloc, part="surplus")),
        )
    },
}

SORT_KEYS: tuple[str, ...] = (*TEXT_KEYS, *NUMBER_KEYS)


def sort(report: AuditReport, key: str, bloc: Bloc | None = None) -> AuditReport:
    """The units by `key` (one of SORT_KEYS): text from A, numbers from the greatest, unknown ones last.

    By `status` with `bloc`, the status in that bloc counts. Equal units stand by code, so that the order
    never depends on the order of rows.
    """
    by_code = sorted(report.units, key=lambda audit: audit.unit.code)
    if key == "status" and bloc is not None:
        ordered = sorted(by_code, key=lambda audit: _STATUS_ORDER[status_in(audit, bloc)])
    elif key in TEXT_KEYS:
        ordered = sorted(by_code, key=lambda audit: str(TEXT_KEYS[key](audit)))
    else:
        number = NUMBER_KEYS[key]

        def greatest_first(audit: UnitAudit) -> tuple[bool, int]:
            value = number(audit)
            return (value is None, 0 if value is None else -int(value))

        ordered = sorted(by_code, key=greatest_first)
    return replace(report, units=tuple(ordered))


def select(
    report: AuditReport,
    only: Iterable[Status] = (),
    *,
    bloc: Bloc | None = None,
    below_minimum_only: bool = False,
    limit: int | None = None,
) -> AuditReport:
    """The same report showing fewer units; its totals stay those of the whole table.

    `only` keeps units of any of these statuses, in all blocs or in `bloc` alone; `below_minimum_only` those
    under the frame's minimum population (with both, units that are either), `limit` that number of the first.
    Over all blocs SHORT and SURPLUS also keep a unit whose status is open because a bloc is unknown, where
    another bloc is known to be so.
    """
    wanted = frozenset(only)
    shown = report.units
    if wanted or below_minimum_only:
        shown = tuple(
            audited
            for audited in shown
            if status_in(audited, bloc) in wanted
            or (bloc is None and _known_to_be(audited) in wanted)
            or (below_minimum_only and audited.below_minimum)
        )
    shown = shown[:limit]
    if len(shown) == len(report.units):
        return report
    words = [status.value for status in Status if status in wanted]
    words += ["below-minimum"] if below_minimum_only else []
    by = {} if bloc is None or not wanted else {"bloc": str(bloc)}
    selection = {"only": words, **by, "limit": limit, "units": len(shown)}
    shared = namesakes([audited.unit for audited in report.units])
    return replace(report, units=shown, selection=selection, namesakes=shared)


def _known_to_be(audited: UnitAudit) -> Status | None:
    """What a unit of unknown status is at least."""
    if audited.status is not Status.UNKNOWN:
        return None
    gap = audited.known_gap
    if gap.shortfall:
        return Status.SHORT
    return Status.SURPLUS if gap.surplus else None
