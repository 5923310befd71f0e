"""What the embedded table knows of a unit: its figure and its day, its name, whose figures these are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from quota.analysis.checks.context import Context, finding
from quota.analysis.checks.model import MOST_ZEROS
from quota.core.findings import Finding
from quota.core.names import fold, with_plain_i, without_prefix
from quota.core.problems import Severity
from quota.core.sums import median
from quota.core.text import Text, say
from quota.core.units import Unit

_FAR = 2.0
"""Growth within reason: to less than double, or more than half."""
_FAR_OFF = 5.0
"""Further off than any growth."""
_TELLING = 1000
"""A figure of four digits is no other's by chance, where that other lacks it."""
_LEAST_SHARED = 0.6
"""A table is of the province that at least this share of its codes or names belongs to."""


def dense(unit: Unit, residents: int | None = None) -> Text:
    """A unit's residents (or others), with how many that is a km²."""
    people = (unit.population or 0) if residents is None else residents
    if not unit.area_km2:
        return say("{n} residents", n=people)
    density = round(people / unit.area_km2)
    return say("{n} residents on {area} km² ({density} a km²)", n=people, area=unit.area_km2, density=density)


def embedded_figure(context: Context, residents: int) -> Text:
    """An embedded figure with its day."""
    if context.known_on is None:
        return say("{n} residents", n=residents)
    return say("{n} residents at {day}", n=residents, day=context.known_on)


def near_known(residents: int, embedded: int) -> bool:
    """Whether a figure is the embedded one grown or shrunk within reason."""
    return embedded < _FAR * residents and residents < _FAR * embedded


def tenfold(residents: int, embedded: int) -> int:
    """How many zeros a figure lost (below nought: has too many) if it is otherwise the embedded one."""
    for zeros in range(1, MOST_ZEROS + 1):
        if residents * 10**zeros == embedded:
            return zeros
        if residents == embedded * 10**zeros:
            return -zeros
    return 0


def named_alike(unit: Unit, embedded: Unit) -> bool:
    """Whether a unit bears the embedded one's name, accents and type aside."""
    return bare(unit.name) == bare(embedded.name)


def bare(name: str) -> str:
    """A name without its type, folded, i and y alike."""
    return with_plain_i(without_prefix(fold(name)))


def far_from_known(context: Context) -> Iterator[Finding]:
    """Residents far from the embedded ones of the same code; growth within reason is no finding.

    Where a whole table lies above or below the embedded one, its units are held to that.
    """
    if not context.registry or (context.adds_up and not context.whole):
        return  # merged or divided since: figures of other units
    ratios = {
        unit.code: unit.population / embedded
        for unit in context.units
        if unit.population and (embedded := context.known(unit)) is not None
    }
    if not ratios:
        return
    moved_codes = {unit.code for unit, _ in _moved(context)}
    usual = min(max(median(ratios.values()), 1 / _FAR), _FAR)
    for unit in context.units:
        ratio = ratios.get(unit.code)
        if (
            ratio is None
            or unit.code in moved_codes
            or _explained(context, unit)
            or 1 / _FAR < ratio / usual < _FAR
            or 1 / _FAR < ratio < _FAR
        ):
            continue
        yield _far(context, unit, ratio)


def _explained(context: Context, unit: Unit) -> bool:
    """Whether lost zeros explain how far a figure is from the embedded one."""
    embedded = context.known(unit)
    return embedded is not None and tenfold(unit.population or 0, embedded) != 0


def _far(context: Context, unit: Unit, ratio: float) -> Finding:
    embedded = context.registry[unit.code].population or 0
    message = say(
        "{residents} at {day}; the embedded figure is {known}"
        if context.as_of is not None
        else "{residents}, of a day that the table does not give; the embedded figure is {known}",
        residents=dense(unit),
        day=context.as_of,
        known=embedded_figure(context, embedded),
    )
    severity = Severity.WARNING if 1 / _FAR_OFF < ratio < _FAR_OFF else Severity.ERROR
    fix = say("ask where both figures are from: no growth explains it in a few years")
    return finding(unit, "far-from-known", severity, message, fix)


def slipped(context: Context) -> Iterator[Finding]:
    """Residents and area that the embedded tables give another unit: rows slipped against their names."""
    of_another_area = [
        (unit, known)
        for unit in context.units
        if (known := context.registry.get(unit.code)) is not None
        and unit.population is not None
        and unit.area_km2 is not None
        and known.area_km2 != unit.area_km2
    ]
    if not of_another_area:
        return
    owner = {(unit.population, unit.area_km2): unit for unit in context.registry.values()}
    for unit, known in of_another_area:
        other = owner.get((unit.population, unit.area_km2))
        if other is not None and other.code != unit.code:
            message = say(
                "residents and area are those of {name} ({code}): rows slipped against their names",
                name=other.name,
                code=other.code,
            )
            fix = say("the embedded tables give this unit {residents} residents", residents=known.population)
            sure = unit.code in context.sure and named_alike(unit, known)
            residents = known.population if sure else None
            yield finding(unit, "slipped-row", Severity.ERROR, message, fix, residents=residents)


def moved(context: Context) -> Iterator[Finding]:
    """Residents that are another unit's embedded ones, which that unit lacks: swapped or slipped alone."""
    for unit, owner in _moved(context):
        known = context.registry[unit.code]
        if unit.area_km2 not in (None, known.area_km2):
            continue  # the area moved with them: a row that slipped
        message = say(
            "{residents}: that is the embedded figure of {name} ({code}), which has another here; this "
            "unit's is {known}",
            residents=dense(unit),
            name=owner.name,
            code=owner.code,
            known=embedded_figure(context, known.population or 0),
        )
        fix = say("put the residents back beside their names, from the source")
        sure = unit.code in context.sure and named_alike(unit, known)
        residents = known.population if sure else None
        yield finding(unit, "others-residents", Severity.ERROR, message, fix, residents=residents)


def _moved(context: Context) -> Iterator[tuple[Unit, Unit]]:
    """Units with the embedded figure of another that lacks it, and that other."""
    lacking: dict[int, Unit] = {}
    changed: list[Unit] = []
    for unit in context.units if context.registry else ():
        embedded = context.known(unit)
        if embedded is not None and unit.population and unit.population != embedded:
            changed.append(unit)
            if embedded >= _TELLING:
                lacking[embedded] = unit
    for unit in changed:
        if (owner := lacking.get(unit.population or 0)) is not None:
            yield unit, context.registry[owner.code]


def province_in(units: Iterable[Unit], registry: Mapping[str, Unit]) -> str:
    """The province that most of the units' codes belong to, or else most of their names; "" for none."""
    here = list(units)
    by_code = Counter(registry[unit.code].province or "" for unit in here if unit.code in registry)
    found = _most(by_code, len(here))
    if found or not registry:
        return found
    provinces: dict[tuple[object, str], set[str]] = {}
    for embedded in registry.values():
        provinces.setdefault((embedded.type, bare(embedded.name)), set()).add(embedded.province or "")
    return _most(
        Counter(name for unit in here for name in provinces.get((unit.type, bare(unit.name)), ())), len(here)
    )


def _most(votes: Mapping[str, int], units: int) -> str:
    best = max(votes, key=lambda name: votes[name], default="")
    return best if best and votes[best] >= _LEAST_SHARED * units else ""
