"""When something holds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from quota.core.text import Text, say
from quota.core.units import ProvinceClass, UnitType
from quota.norms.language.parts import OWN_NUMBERS
from quota.norms.language.when import Between, When

COLUMN_WORDS: Mapping[str, Text] = {
    "mountain": say("mountains"),
    "highland": say("highlands"),
    "island": say("an island"),
    "border": say("the land border"),
    "residents": say("residents"),
    "area_km2": say("area in km²"),
    "minority_percent": say("ethnic minorities, per cent"),
    "province": say("the province"),
    "province_class": say("the class of the province"),
    "unit_class": say("the class of the unit"),
}
"""The columns a condition may ask about, for sentences."""
_TYPES: Mapping[UnitType, Text] = {
    UnitType.COMMUNE: say("communes"),
    UnitType.WARD: say("wards"),
    UnitType.SPECIAL_ZONE: say("special zones"),
}
_PROVINCES: Mapping[ProvinceClass, Text] = {
    ProvinceClass.CENTRAL_CITY: say("a centrally run city"),
    ProvinceClass.MOUNTAIN_OR_BORDER: say("a mountain or border province"),
    ProvinceClass.OTHER: say("another province"),
}
_YES: Mapping[str, Text] = {
    "mountain": say("in mountains"),
    "highland": say("in highlands"),
    "island": say("on an island"),
    "border": say("on the land border"),
}
_NO: Mapping[str, Text] = {
    "mountain": say("not in mountains"),
    "highland": say("not in highlands"),
    "island": say("not on an island"),
    "border": say("not on the land border"),
}


def when_words(when: When) -> Text:
    """A condition in words: "communes, wards; in mountains"."""
    return reduce(_together, _parts(when))


def column_words(column: str) -> Text:
    """A column of the unit in a sentence."""
    return COLUMN_WORDS.get(column, say("{column}", column=column.removeprefix("table:")))


def _parts(when: When) -> Iterator[Text]:
    if when.type is not None:
        types = when.type if isinstance(when.type, tuple) else (when.type,)
        yield reduce(_in_a_row, [_TYPES[kind] for kind in types])
    yield from _words(when)
    for flag, yes in _YES.items():
        asked = getattr(when, flag)
        if asked is not None:
            yield yes if asked else _NO[flag]
    yield from _figures(when)
    if when.any is not None:
        yield reduce(_or, [when_words(choice) for choice in when.any])
    if when.not_ is not None:
        yield say("not ({when})", when=when_words(when.not_))


def _words(when: When) -> Iterator[Text]:
    if when.unit is not None:
        yield say("unit {words}", words=_listed(when.unit))
    if when.province is not None:
        yield say("province {words}", words=_listed(when.province))
    if when.unit_class is not None:
        yield say("class {words}", words=_listed(when.unit_class))
    if when.province_class is not None:
        classes = when.province_class if isinstance(when.province_class, tuple) else (when.province_class,)
        yield reduce(_in_a_row, [_PROVINCES[found] for found in classes])


def _figures(when: When) -> Iterator[Text]:
    for name in OWN_NUMBERS:
        bounds = getattr(when, name)
        if bounds is not None:
            yield _between(column_words(name), bounds)
    for name, asked in (when.columns or {}).items():
        if isinstance(asked, Between):
            yield _between(say("{column}", column=name), asked)
        else:
            yield say("{column}: {words}", column=name, words=_listed(asked))


def _between(column: Text, bounds: Between) -> Text:
    ends = []
    if bounds.from_ is not None:
        ends.append(say("from {bound}", bound=bounds.from_))
    elif bounds.above is not None:
        ends.append(say("above {bound}", bound=bounds.above))
    if bounds.to is not None:
        ends.append(say("up to {bound}", bound=bounds.to))
    elif bounds.below is not None:
        ends.append(say("under {bound}", bound=bounds.below))
    return say("{column} {bounds}", column=column, bounds=reduce(_beside, ends))


def _listed(said: str | tuple[str, ...]) -> str:
    return ", ".join(said) if isinstance(said, tuple) else said


def _together(first: Text, second: Text) -> Text:
    return say("{first}; {second}", first=first, second=second)


def _in_a_row(first: Text, second: Text) -> Text:
    return say("{first}, {second}", first=first, second=second)


def _or(first: Text, second: Text) -> Text:
    return say("{first} or {second}", first=first, second=second)


def _beside(first: Text, second: Text) -> Text:
    return say("{first} {second}", first=first, second=second)
