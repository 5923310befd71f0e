"""Every check over a table, province by province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from quota.analysis.checks import figures, identity, known, zeros
from quota.analysis.checks.beside import Beside
from quota.analysis.checks.context import Context
from quota.analysis.checks.expecting import judged
from quota.core.findings import CheckReport, Finding, Province
from quota.core.problems import DOUBTFUL_FIGURES, Problem, Severity
from quota.core.units import Border, Unit, UnitTable


def _by_borders(context: Context) -> Iterator[Finding]:
    """The checks of areas and predecessors by borders and boundaries, which only `quota check` is given."""
    if not (context.around or context.borders or context.outlines):
        return
    from quota.analysis.checks import areas, partial

    yield from partial.one_predecessor(context)
    yield from areas.wrong_area(context)
    yield from areas.against_outlines(context)


CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    identity.same_name,
    identity.type_against_name,
    identity.unknown_code,
    identity.total_as_unit,
    identity.same_figures,
    figures.blank,
    figures.blank_area,
    zeros.lost_zeros,
    zeros.mixed_scales,
    zeros.no_final_zero,
    figures.implausible,
    known.far_from_known,
    known.slipped,
    known.moved,
    _by_borders,
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
    known_borders: Callable[[], Iterable[Border]] = tuple,
    outlines: Mapping[str, float] | None = None,
    known_on: date | None = None,
    as_of: date | None = None,
) -> CheckReport:
    """Check a table: what its reading found and what its units show, errors first, then by file and row.

    `registry` has the units of embedded tables by code, with the residents of `known_on`; `province_of` finds
    a published province by what a table calls it, `province` is what units without one belong to, unless
    their codes or names say it. `control_total` comes before the published total. `borders` are the user's,
    `known_borders` gives those of embedded units and is asked only where figures are judged. `outlines` are
    areas inside boundaries by code, `as_of` the day of the table's figures. What reading found is a finding
    too, information aside. Units are looked at by code, so that the order of rows decides nothing.
    """
    found = [Finding(problem) for problem in table.problems if _is_finding(problem)]
    sure = sure_codes(registry, province_of)
    in_doubt = _missed_totals(registry, sure, province_of)
    shared = tuple(borders)
    for name, units in _groups(_by_code(table.units), province, registry).items():
        published = province_of(name) if name else None
        total = control_total if control_total is not None else published.population if published else None
        context = Context(
            name,
            units,
            registry,
            published if control_total is None else None,
            total,
            shared,
            outlines=outlines or {},
            sure=sure,
            total_in_doubt=total in in_doubt,
            known_on=known_on,
            as_of=as_of,
        )
        if not _borne_out(context):
            around = shared or (tuple(known_borders()) if _embedded(units, registry) else ())
            expected = judged(units, Beside(units, around))
            context = replace(context, judged=expected, borne_out=False, around=around)
        found += [finding for look in CHECKS for finding in look(context)]
    return CheckReport(table.units, tuple(sorted(found, key=_place)), table.sources)


def _is_finding(problem: Problem) -> bool:
    """Whether what reading said is a finding; what is known of embedded figures is found here anew."""
    return problem.severity is not Severity.INFORMATION and problem.code != DOUBTFUL_FIGURES


def _groups(units: Iterable[Unit], province: str, registry: Mapping[str, Unit]) -> dict[str, list[Unit]]:
    """The units by province: their own, the one given, or the one that their codes or names belong to."""
    groups: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.province or province].append(unit)
    nameless = groups.get("", [])
    found = known.province_in(nameless, registry) if nameless else ""
    if found:
        del groups[""]
        groups[found].extend(nameless)
    return groups


def sure_codes(registry: Mapping[str, Unit], province_of: Callable[[str], Province | None]) -> frozenset[str]:
    """The codes of embedded units whose province adds up to its published total, to the person."""
    groups: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in registry.values():
        groups[unit.province or ""].append(unit)
    sure: set[str] = set()
    for name, units in groups.items():
        published = province_of(name)
        if published is not None and published.population == sum(unit.population or 0 for unit in units):
            sure.update(unit.code for unit in units)
    return frozenset(sure)


def _missed_totals(
    registry: Mapping[str, Unit], sure: frozenset[str], province_of: Callable[[str], Province | None]
) -> frozenset[int]:
    """The published totals that the embedded figures of their provinces miss."""
    names = {unit.province or "" for code, unit in registry.items() if code not in sure}
    return frozenset(found.population for name in names if (found := province_of(name)) is not None)


def _borne_out(context: Context) -> bool:
    """Whether the total or the embedded figures bear out every figure: none needs judging then."""
    return context.adds_up or all(
        zeros.confirmed(context, unit) for unit in context.units if unit.population is not None
    )


def _embedded(units: Iterable[Unit], registry: Mapping[str, Unit]) -> bool:
    return any(unit.code in registry for unit in units)


def _by_code(units: Sequence[Unit]) -> list[Unit]:
    """The units in the order of their codes; where two have the same, of their names and residents."""
    if len({unit.code for unit in units}) == len(units):
        return sorted(units, key=lambda unit: unit.code)
    return sorted(units, key=lambda unit: (unit.code, unit.name, unit.population or 0))


def _place(finding: Finding) -> tuple[int, str, int]:
    problem = finding.problem
    return (_ORDER[problem.severity], problem.file or "", problem.row or 0)


def suggestions(report: CheckReport) -> Mapping[str, int]:
    """The residents suggested for units, by code; where findings suggest differently, none is taken."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for finding in report.findings:
        if finding.unit is not None and finding.residents is not None:
            found[finding.unit.code].add(finding.residents)
    return {code: next(iter(values)) for code, values in found.items() if len(values) == 1}
