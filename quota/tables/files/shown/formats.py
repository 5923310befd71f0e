"""What a number's format shows beside its digits: per cents, a unit of measure, or nothing of it at all.

"37 nghìn người" may be the number 37 under the format `0 "nghìn người"`. What opens workbooks gives 37.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from quota.core.characters import pattern

PER_CENTS = {9: "0%", 10: "0.00%"}
"""The formats of per cents that every .xlsx and .xls knows by their numbers."""
_PIECES = re.compile(
    r'"(?P<text>[^"]*)"?|\\(?P<letter>.)|[_*].|\[[^\]]*\]|(?P<digit>[0#?])|(?P<other>.)', re.DOTALL
)
_DATES = frozenset("dmyhsDMYHS")
"""Letters that stand for parts of days and times."""
_AS_SHOWN = pattern(r"(?s)(?P<before>[^0-9]*)(?P<figure>[0-9](?:[0-9.,\u00a0\u202f ]*[0-9])?)(?P<after>.*)")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:[.][0-9]+)?)\s*\]")
_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
    "": lambda figure, bound: True,
}
_GENERAL = pattern("(?i)general")
_FIGURE = pattern(r"-?[0-9]+(?:[.][0-9]+)?(?:e[-+]?[0-9]+)?")
_THOUSANDS = pattern(r"(?i)nghìn|ngàn|thousands?|triệu|million|(?<![^\W\d_])(?:k|m|tr)(?![^\W\d_])")


class Shown(Struct, frozen=True):
    """What is written before and after a figure, whether it is in per cents, and whether nothing is shown.

    Where that hangs on the figure, `parts` have a comparison, its bound and what is shown where it holds.
    """

    before: str = ""
    after: str = ""
    per_cent: bool = False
    nothing: bool = False
    parts: tuple[tuple[str, Decimal, Shown], ...] = ()

    def text(self, figure: str) -> str:
        """The cell as it is shown, with all its digits; what is no figure as it is."""
        if not _FIGURE.fullmatch(figure):
            return figure
        if self.parts:
            holding = (shown for sign, bound, shown in self.parts if _HOLDS[sign](Decimal(figure), bound))
            return next(holding, Shown()).text(figure)
        if self.per_cent:
            figure = f"{Decimal(figure) * 100:f}"
            figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
        return f"{self.before}{figure}{'%' * self.per_cent}{self.after}"


@lru_cache(maxsize=1_000)
def shown_by(code: str) -> Shown | None:
    """What a format's code adds to a figure above zero; None where it adds nothing, or shows days and times.

    Signs, spaces and the symbols of currencies add nothing. A format that divides by thousands says so in
    the word that it adds: the number itself is whole, and the word is left out.
    """
    sections = list(_sections(code))
    if any(map(_CONDITION.search, sections)):
        parts = tuple((*_condition(section), _shown_in(section) or Shown()) for section in sections)
        return Shown(parts=parts) if any(shown != Shown() for *_, shown in parts) else None
    if not sections[0].strip():
        return Shown(nothing=True) if len(sections) > 1 else None
    return _shown_in(sections[0])


def _condition(section: str) -> tuple[str, Decimal]:
    """The comparison that a section is for, and its bound; without one it is for all other figures."""
    found = _CONDITION.search(section)
    return (found[1], Decimal(found[2])) if found else ("", Decimal(0))


def _shown_in(section: str) -> Shown | None:
    """What one section of a format's code adds to a figure."""
    before, after, digits, divided, per_cent = "", "", False, False, False
    for kind, piece in _pieces(section):
        if kind == "date":
            return None
        if kind == "text":
            before, after = (before, after + piece) if digits else (before + piece, after)
        digits = digits or kind == "digit"
        divided = (divided or piece == ",") and digits and kind != "digit"
        per_cent = per_cent or (kind, piece) == ("other", "%")
    if not digits:
        return None
    if divided:
        before, after = _THOUSANDS.sub("", before), _THOUSANDS.sub("", after)
    found = Shown(_said(before).lstrip(), _said(after).rstrip(), per_cent)
    return None if found == Shown() else found


def shown_beside(figure: str, shown: str) -> Shown | None:
    """What a figure is shown with, told from how it is shown: 37 as "37 nghìn người"; None where nothing is.

    Of a figure that is shown divided by thousands the word that says so is left out.
    """
    parts = _AS_SHOWN.fullmatch(shown.strip())
    if parts is None:
        return None if shown.strip() else Shown(nothing=True)
    before, after = parts["before"], parts["after"]
    per_cent = "%" in after
    whole = "".join(filter(str.isdecimal, re.split(r"[.,](?![0-9]{3}(?![0-9]))", parts["figure"])[0]))
    if not per_cent and abs(float(whole) - abs(float(figure))) >= 1:
        before, after = _THOUSANDS.sub("", before), _THOUSANDS.sub("", after)
    found = Shown(_said(before), _said(after.replace("%", "")), per_cent)
    return None if found == Shown() else found


def _sections(code: str) -> Iterator[str]:
    """The parts of a format: the first is for figures above zero, unless conditions say otherwise."""
    start = 0
    for piece in _PIECES.finditer(code):
        if piece["other"] == ";":
            yield code[start : piece.start()]
            start = piece.end()
    yield code[start:]


def _pieces(section: str) -> Iterator[tuple[str, str]]:
    """The pieces of a format: what is shown as it is ("text"), a "digit", part of a "date", and "other"s."""
    for piece in _PIECES.finditer(_GENERAL.sub("0", section)):
        other = piece["other"] or ""
        if piece["digit"]:
            yield "digit", piece["digit"]
        elif other in _DATES:
            yield "date", other
        elif text := piece["text"] or piece["letter"] or (other if _is_text(other) else ""):
            yield "text", text
        elif other:
            yield "other", other


def _is_text(letter: str) -> bool:
    """Whether a letter without quotes is shown as it is: all but the mark of powers of ten."""
    return letter == " " or (letter.isalpha() and letter not in "Ee")


def _said(text: str) -> str:
    """A text that says something: one with a letter or a digit."""
    return text if any(letter.isalnum() for letter in text) else ""
