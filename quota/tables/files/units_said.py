"""Units of measure that headings, titles and notes say: people or thousands of them, hectares, per cents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from quota.core.characters import pattern
from quota.tables.files.roles import BETWEEN

PEOPLE, AREA, SHARE, LENGTH = "people", "area", "share", "length"

_THOUSAND = (
    *("nghìn", "ngàn", "nghin", "ngan", "thousand", "thous.", "1000", "1.000", "1,000", "1 000"),
    *("10³", "10^3", "x1000", "x 1000", "'000", "’000", "000"),
)
_MILLION = ("triệu", "million", "1.000.000")
_MANY: Mapping[str, int] = dict.fromkeys(_THOUSAND, 1_000) | dict.fromkeys(_MILLION, 1_000_000)
_HOW_MANY = "(?P<many>" + "|".join(sorted(map(re.escape, _MANY), key=len, reverse=True)) + ")s?"
_PERSONS = r"(?:người|nguoi|ng\.?(?!\w)|nhân khẩu|people|persons?|pers\.?(?!\w)|residents)"
_AREAS: Mapping[str, Decimal] = {
    "km2": Decimal(1),
    "km²": Decimal(1),
    "ha": Decimal("0.01"),
    "hecta": Decimal("0.01"),
    "héc ta": Decimal("0.01"),
    "hectares": Decimal("0.01"),
    "m2": Decimal("0.000001"),
    "m²": Decimal("0.000001"),
}
_LENGTHS: Mapping[str, Decimal] = {
    **dict.fromkeys(("km", "kilomet", "kilômét", "ki-lô-mét", "ki lô mét", "cây số"), Decimal(1)),
    **dict.fromkeys(("kilometre", "kilometres", "kilometers", "kms"), Decimal(1)),
    **dict.fromkeys(("m", "mét", "met", "metre", "metres", "meters"), Decimal("0.001")),
}
_LONG = "(?P<length>" + "|".join(sorted(_LENGTHS, key=len, reverse=True)) + ")"
_SQUARES = "(?P<area>" + "|".join(sorted(_AREAS, key=len, reverse=True)) + ")"
_ALONE = _HOW_MANY.replace("?P<many>", "?:")
_UNIT = (
    rf"(?:(?:{_HOW_MANY}\s*)?(?:(?P<people>{_PERSONS})|{_SQUARES})|(?P<alone>{_ALONE})|(?P<share>%)|{_LONG})"
)
_IN_BRACKETS = rf"[(\[]\s*(?:(?:đvt|đơn vị tính|đơn vị)\s*:?\s*)?{_UNIT}\s*[)\]]"
_AFTER_A_MARK = rf"[,;:-]\s*{_UNIT}".replace("?P<", "?P<x")
_BARE = rf"(?<=\s)(?:{_HOW_MANY}\s*(?P<people>{_PERSONS}))".replace("?P<", "?P<xx")
"""Thousands of people without a mark before them: in a heading, "Dân số 1.000 người"."""
_AT_END = rf"\s*(?:{_IN_BRACKETS}|{_AFTER_A_MARK}|{_BARE})\s*\Z"
_TITLED = rf"(?:\A|[(\[;,–—-]|tính (?:theo|bằng))\s*{_HOW_MANY}\s*(?P<people>{_PERSONS})(?!\w)"
"""Thousands of people in a title or a note, with no word that it is the unit of measure."""
PEOPLE_WORDS = ("người", "nhân khẩu", "khẩu", "people", "persons", "residents")
"""What may follow a count of people in its cell."""
_WORDS = "(?:nghìn|ngàn|triệu)"
_IN_CELL = pattern(
    rf"(?<=[0-9])\s*(?:(?:(?P<many>{_WORDS})\s*)?(?P<people>{'|'.join(PEOPLE_WORDS)})|{_SQUARES}|"
    rf"(?P<alone>{_WORDS})|{_LONG})\s*\.?\Z"
)
_SAYS = r"(?<!\w)(?:đvt|dvt|đơn vị tính|đơn vị|don vi tinh|unit of measure|units?)\b[^\w%]*(?P<rest>.*)"


class Said(Struct, frozen=True):
    """A unit of measure: of what, how many people, km² or km one is, and as it is written."""

    of: str
    factor: Decimal
    text: str


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def unit_at_end(heading: str) -> tuple[str, Said | None]:
    """A heading without the unit of measure it ends in, and that unit."""
    if heading.isidentifier() or BETWEEN in heading:  # one word, as programs write it, or a path
        upper, between, lower = heading.rpartition(BETWEEN)
        found = re.fullmatch(rf"[(\[]?\s*{_UNIT}\s*[)\]]?", _folded(lower).strip()) if between else None
        if found is not None:
            return upper, _said(found.groupdict(), lower.strip(" ()[]"))
        if not between:
            return heading, None
    found = re.search(_AT_END, _folded(heading))
    if found is None:
        return heading, None
    groups = {name.lstrip("x"): text for name, text in found.groupdict().items() if text}
    return heading[: found.start()].rstrip(), _said(groups, heading[found.start() :].strip(" \n,;:-()[]"))


def unit_in_cell(text: str) -> tuple[str, Said | None]:
    """A figure without the unit of measure after it ("37.650 người", "12,5 km²"), and that unit."""
    if not text or not text[0].isdecimal() or (text[-1].isdecimal() and text[-2:-1] not in ("m", "M")):
        return text, None
    folded = _folded(text)
    found = _IN_CELL.search(folded)
    return (
        (text, None)
        if found is None
        else (folded[: found.start()], _said(found.groupdict(), found[0].strip()))
    )


def units_noted(texts: Iterable[str]) -> dict[str, Said]:
    """The units of measure that rows around a table say ("ĐVT: nghìn người"), by what they measure.

    Thousands of people need no such word: "DÂN SỐ (nghìn người)", "Nghìn người - Thous. pers.".
    """
    found: dict[str, Said] = {}
    for text in texts:
        folded = _folded(text)
        says = re.search(_SAYS, folded)
        for unit in re.finditer(rf"(?<!\w){_UNIT}(?!\w)", says["rest"]) if says else ():
            said = _said(unit.groupdict(), unit.group())
            found.setdefault(said.of, said)
        titled = None if says else re.search(_TITLED, folded)
        if titled is not None:
            found.setdefault(PEOPLE, _said(titled.groupdict(), titled[0].strip(" ([;,–—-")))
    return found


def _said(groups: Mapping[str, str | None], text: str) -> Said:
    many = Decimal(_MANY.get(groups.get("many") or (groups.get("alone") or "").removesuffix("s"), 1))
    if length := groups.get("length"):
        return Said(LENGTH, _LENGTHS[length], text)
    if area := groups.get("area"):
        return Said(AREA, many * _AREAS[area], text)
    return Said(SHARE if groups.get("share") else PEOPLE, many, text)
