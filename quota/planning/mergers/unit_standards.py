"""Whether one unit meets the standard for its kind; and where that cannot be told, which one and why.

Which standard holds depends on columns a table may not have. All that could hold are tried: a unit that
meets them all is well whatever the case, one that meets none is not, and only between the two is the
answer that the standard could not be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from quota.core.problems import Severity
from quota.core.text import Text, key, say
from quota.core.units import ProvinceClass, Unit, UnitType
from quota.norms.standards import CheckRule, Least, Standards


class Standard(Struct, frozen=True):
    """One standard a unit may have to meet: fewest residents, least area (km²), in words, its source."""

    residents: int
    area_km2: int | None
    words: Text
    source: str


class Shortcoming(Struct, frozen=True):
    """A reason why a unit does not meet its standard, or cannot be judged."""

    code: str
    severity: Severity
    message: Text
    fix: Text


def standards_for(unit: Unit, standards: Standards) -> tuple[tuple[Standard, ...], tuple[str, ...]]:
    """Every standard that could be this unit's, and the columns that would decide among them."""
    return _ward(unit, standards) if unit.type is UnitType.WARD else _commune(unit, standards)


def shortcomings(unit: Unit, standards: Standards) -> Iterator[Shortcoming]:
    """The shortcomings of the unit's residents, then of its area."""
    possible, unknown = standards_for(unit, standards)
    checks = standards.checks
    residents = [(kind, kind.residents) for kind in possible]
    yield from _judge(unit, "residents", unit.population, residents, checks.residents, unknown, standards)
    areas = [(kind, kind.area_km2 or 0) for kind in possible]
    if any(least for _, least in areas):
        yield from _judge(unit, "area_km2", unit.area_km2, areas, checks.area, unknown, standards)


def _judge(
    unit: Unit,
    what: str,
    has: int | Decimal | None,
    possible: list[tuple[Standard, int]],
    rule: CheckRule,
    unknown: tuple[str, ...],
    standards: Standards,
) -> Iterator[Shortcoming]:
    fill_in = say(
        "fill in {columns} in the population table; of a merged unit it is unknown where its units differ",
        columns=key(*unknown),
    )
    if has is None:
        message = say("{name}: {what} unknown, its standard is not checked", name=unit.name, what=key(what))
        fix = say("fill in the column {what}", what=key(what))
        yield Shortcoming("not-checked", Severity.WARNING, message, fix)
        return
    failed = [(kind, least) for kind, least in possible if has < least]
    if not failed:
        return
    if len(failed) == len(possible):
        standard, least = min(failed, key=lambda pair: pair[1])
        message = say(
            "{name}: {what} {has}, {standard} needs {least} ({source})",
            name=unit.name,
            what=key(what),
            has=has,
            standard=standard.words,
            least=least,
            source=standards.words_for(standard.source),
        )
        code = f"{what.split('_', maxsplit=1)[0]}-under-standard"
        yield Shortcoming(code, rule.severity, message, say("join more units, or say why not"))
        return
    lowest = min((least, str(kind.words)) for kind, least in possible)
    standard, least = max(failed, key=lambda pair: pair[1])
    message = say(
        "{name}: {what} {has}: no standard could be chosen between {low} ({low_words}) and "
        "{high} ({high_words}); unknown: {columns}",
        name=unit.name,
        what=key(what),
        has=has,
        low=lowest[0],
        low_words=next(kind.words for kind, bound in possible if bound == lowest[0]),
        high=least,
        high_words=standard.words,
        columns=key(*unknown),
    )
    yield Shortcoming("standard-not-chosen", Severity.WARNING, message, fill_in)


def _ward(unit: Unit, standards: Standards) -> tuple[tuple[Standard, ...], tuple[str, ...]]:
    known = unit.terrain.province_class
    words = {
        ProvinceClass.CENTRAL_CITY: say("a ward in a centrally run city"),
        ProvinceClass.MOUNTAIN_OR_BORDER: say("a ward in a mountain or border province"),
        ProvinceClass.OTHER: say("a ward elsewhere"),
    }
    classes = [known] if known is not None else list(ProvinceClass)
    found = [_standard(standards.ward.of(unit_class), words[unit_class], 1) for unit_class in classes]
    return tuple(found), () if known is not None else ("province_class",)


def _commune(unit: Unit, standards: Standards) -> tuple[tuple[Standard, ...], tuple[str, ...]]:
    terrain, rules = unit.terrain, standards.commune
    places = {
        "mountain": (rules.mountain, say("a mountain commune"), say("a mountain commune, residents halved")),
        "island": (rules.island, say("an island commune"), say("an island commune, residents halved")),
        "elsewhere": (
            rules.elsewhere,
            say("a commune"),
            say("a commune on the land border, residents halved"),
        ),
    }
    halving = standards.commune_halved
    most = Fraction(halving.minority_percent, 100)
    unknown: list[str] = []
    if terrain.island is None and terrain.mountain is not True:
        unknown.append("island")
    if terrain.mountain is None and terrain.island is not True:
        unknown.append("mountain")
    if terrain.border is None:
        unknown.append("border")
    found: list[Standard] = []
    for place in _places(terrain.mountain, terrain.island):
        least, plain, halved = places[place]
        minority: bool | None = False
        if place == "mountain":
            share = terrain.minority_share
            minority = None if share is None else share >= most
            if minority is None and terrain.border is not True:
                unknown.append("minority_share")
        if terrain.border or minority:
            options = [halved]
        elif terrain.border is None or minority is None:
            options = [plain, halved]
        else:
            options = [plain]
        for words in options:
            divisor = halving.divide_residents_by if words is halved else 1
            found.append(_standard(least, words, divisor))
    return tuple(found), tuple(dict.fromkeys(unknown))


def _places(mountain: bool | None, island: bool | None) -> list[str]:
    """Where the unit may lie: on an island before anything else, then in the mountains, then elsewhere."""
    if island:
        return ["island"]
    places = [] if island is False or mountain else ["island"]
    if mountain:
        return [*places, "mountain"]
    return [*places, *([] if mountain is False else ["mountain"]), "elsewhere"]


def _standard(least: Least, words: Text, divisor: int) -> Standard:
    return Standard(-(-least.residents // divisor), least.area_km2, words, least.source)
