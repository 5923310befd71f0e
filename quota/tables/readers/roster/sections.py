"""Headings between the rows of a list of people: a unit, an office, a way of being employed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, tidy, type_in_name
from quota.core.units import CIVIL_SERVANTS, Employment
from quota.tables.readers.roster.placing import Words

_NUMBER = pattern(r"(?:[IVXLC]+|[A-Z]|[0-9]+)[.)/-]?")
_NUMBERED = pattern(r"(?:[IVXLC]+|[A-Z]|[0-9]+(?:\.[0-9]+)*)[.)/-]\s*(?=\S)")
_COUNTED = pattern(r"\s*[:(-]?\s*[0-9]+\s*(?:người|đồng chí|đ/c|cán bộ|công chức|people)?\s*\)?\s*$")
_COUNTED_UNIT = pattern(
    r"\s*(?:[:(-]\s*[0-9]+\s*(?:người|đồng chí|đ/c|cán bộ|công chức|people)?\s*\)?"
    r"|[0-9]+\s*(?:người|đồng chí|đ/c|cán bộ|công chức|people))\s*$"
)
"""A count after a unit's name, which may end in a number of its own: Xã Đam Rông 1."""
_OF_UNIT = pattern(
    r"(?<!\w)(?:xã|phường|đặc khu)\s+(?!hội\b)[^\W\d][^\d,;:()]*(?:\s[0-9]{1,2})?$", re.IGNORECASE
)
"""A unit at the end of a title: DANH SÁCH CÁN BỘ, CÔNG CHỨC PHƯỜNG PHỔ YÊN."""
_TOTALS = tuple(map(fold, ("tổng", "cộng", "total")))


class Section(Struct, frozen=True):
    """What the headings above a row say; None is nothing."""

    unit: str | None = None
    office: str | None = None
    employment: Employment | None = None


class Heading(Struct, frozen=True):
    """What one heading between rows says; a row of totals says nothing."""

    unit: str | None = None
    office: str | None = None
    employment: Employment | None = None
    is_total: bool = False


def heading_in(cells: Sequence[str], words: Words) -> Heading | None:
    """What a row says that holds one text, with or without a number in front and a count; else None."""
    texts = list(dict.fromkeys(text for cell in cells if (text := tidy(cell))))
    numbered = len(texts) > 1 and _NUMBER.fullmatch(texts[0]) is not None
    said = [text for text in texts[numbered:] if not text.isdigit()]
    if len(said) != 1:
        return None
    whole = _NUMBERED.sub("", said[0])
    text = _COUNTED.sub("", whole)
    if fold(text).startswith(_TOTALS):
        return Heading(is_total=True)
    if type_in_name(spelled_out(whole)) is not None:
        return Heading(unit=spelled_out(_COUNTED_UNIT.sub("", whole)))
    found = words.said(text)
    employment = next(iter(found.employments)) if len(found.employments) == 1 else None
    if found.unclear or (len(found.blocs) != 1 and employment is None):
        return None
    return Heading(office=text if len(found.blocs) == 1 else None, employment=employment)


def unit_above(texts: Sequence[str]) -> str | None:
    """The one unit that the lines above a list name: by its office, else at the end of the title."""
    offices = {name for text in texts if type_in_name(name := spelled_out(text)) is not None}
    titles = {found.group() for text in texts if (found := _OF_UNIT.search(text)) is not None}
    named = {fold(name): name for name in sorted(offices or titles)}
    return next(iter(named.values())) if len(named) == 1 else None


class Sections:
    """The headings above each row, as they come: an inner one ends where an outer one begins."""

    def __init__(self, first: Section = Section()) -> None:  # noqa: B008  (it is frozen)
        self.now = first
        self._order: list[str] = []

    def enter(self, heading: Heading) -> None:
        """Take a heading; what was first seen after its kind ends here."""
        for kind in ("unit", "office", "employment"):
            said = getattr(heading, kind)
            if said is None:
                continue
            if kind not in self._order:
                self._order.append(kind)
            inner = self._order[self._order.index(kind) + 1 :]
            self.now = replace(self.now, **{kind: said, **dict.fromkeys(inner)})


def counted_by_default(section: Section) -> Employment:
    """How people are employed of whom only the headings above speak: civil servants where none does."""
    return section.employment or CIVIL_SERVANTS[0]
