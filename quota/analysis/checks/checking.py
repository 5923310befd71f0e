"""Every check over a table, province by province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from quota.analysis.checks import figures, identity
from quota.analysis.checks.context import Context
from quota.analysis.checks.plausibility import peers_of
from quota.core.findings import CheckReport, Finding, Province
from quota.core.problems import Severity
from quota.core.units import Border, Unit, UnitTable

CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    identity.same_name,
    identity.type_against_name,
    identity.unknown_code,
    identity.total_as_unit,
    identity.same_figures,
    figures.blank,
    figures.lost_zeros,
    figures.implausible,
    figures.slipped,
    figures.wrong_area,
    figures.wrong_total,
    identity.number_of_units,
)
"""Each looks at one province's units and yields what it finds."""

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def check(
    table: UnitTable,
    registry: Mapping[str, Unit],
    province_of: Callable[[str], Province | None],
    *,
    control_total: int | None = None,
    province: str = "",
    borders: Iterable[Border] = (),
) -> CheckReport:
    """What reading the table and looking at its units found, errors first, then by file and row.

    `registry` has the units of embedded tables by code, `province_of` finds a published province by what a
    table calls it, `province` is what units without one belong to. `control_total` comes before the published
    total. What reading found stands as a finding of its own, information aside.
    """
    groups: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in table.units:
        groups[unit.province or province].append(unit)
    shared = _shared(borders)
    found = [Finding(one) for one in table.problems if one.severity is not Severity.INFORMATION]
    for name, units in groups.items():
        published = province_of(name) if name else None
        total = control_total if control_total is not None else published.population if published else None
        whole = published if control_total is None else None
        context = Context(name, units, peers_of(units), registry, whole, total, shared)
        found += [one for look in CHECKS for one in look(context)]
    return CheckReport(table.units, tuple(sorted(found, key=_place)), table.sources)


def _place(one: Finding) -> tuple[int, str, int]:
    problem = one.problem
    return (_ORDER[problem.severity], problem.file or "", problem.row or 0)


def _shared(borders: Iterable[Border]) -> Mapping[str, float]:
    shared: defaultdict[str, float] = defaultdict(float)
    for border in borders:
        for code in (border.one, border.other):
            shared[code] += float(border.km or 0)
    return dict(shared)


def suggestions(report: CheckReport) -> Mapping[str, int]:
    """The residents suggested for units, by code; where findings suggest differently, none is taken."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for one in report.findings:
        if one.unit is not None and one.residents is not None:
            found[one.unit.code].add(one.residents)
    return {code: next(iter(values)) for code, values in found.items() if len(values) == 1}
