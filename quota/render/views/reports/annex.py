"""An annex's words: its titles and headings in the reader's language, with what is known filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from string import Formatter

from msgspec import Struct

from quota.analysis.audit.annexes import Annex, AnnexPlace, AnnexTable, Apart
from quota.core.text import LocalText, Text, say
from quota.render.kit.words import day as day_words
from quota.render.kit.words import words

_UNKNOWN = "……"


class Titled(Struct, frozen=True):
    """What an annex is about: year, day of its figures, province, decision; None is unknown."""

    year: int
    day: dt.date
    province: LocalText | None = None
    decision: str | None = None
    decision_day: dt.date | None = None
    marks: tuple[str, ...] = ()
    """What must be said beside the figures: that some are made up."""


class AnnexSheet(Struct, frozen=True):
    """An annex ready to be drawn, in the reader's words.

    `heading` has for each place its group ("" for none) and its own heading, `numbers` what is under it.
    """

    annex: Annex
    table: AnnexTable
    corner: tuple[str, ...]
    titles: tuple[str, ...]
    under: tuple[str, ...]
    heading: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    signature: tuple[str, ...]
    day: dt.date

    @property
    def grouped(self) -> bool:
        """Whether some heading has a group above it."""
        return any(group for group, _ in self.heading)


def annex_sheet(annex: Annex, table: AnnexTable, titled: Titled) -> AnnexSheet:
    """The annex in the reader's words."""
    told = {
        "year": str(titled.year),
        "day": day_words(titled.day),
        "province": words(titled.province) if titled.province is not None else _UNKNOWN,
        "decision": titled.decision or _UNKNOWN,
        "decision_day": words(_signed(titled.decision_day)),
    }

    def filled(text: LocalText) -> str:
        """What is in text without small letters is in capitals too."""
        written = words(text)
        fixed = "".join(part for part, *_ in Formatter().parse(written))
        small = any(map(str.islower, fixed))
        return written.format_map({key: value if small else value.upper() for key, value in told.items()})

    return AnnexSheet(
        annex,
        table,
        corner=tuple(map(filled, annex.corner)),
        titles=tuple(map(filled, annex.titles)),
        under=(*map(filled, annex.under), *titled.marks),
        heading=tuple((_group(place, filled), _heading(place, filled)) for place in table.places),
        numbers=tuple(_number(table, place) for place in range(len(table.places))),
        signature=tuple(map(filled, annex.signature)),
        day=titled.day,
    )


def _group(place: AnnexPlace, filled: Callable[[LocalText], str]) -> str:
    if place.bloc_name is not None:
        return words(say("{bloc} bloc", bloc=place.bloc_name))
    return filled(place.column.group) if place.column.group is not None else ""


def _heading(place: AnnexPlace, filled: Callable[[LocalText], str]) -> str:
    heading = filled(place.column.heading)
    if not place.end:
        return heading
    return words(
        say("{heading}, from", heading=heading)
        if place.end == "low"
        else say("{heading}, to", heading=heading)
    )


def _number(table: AnnexTable, place: int) -> str:
    """The column's number; of a difference also what it is of, as 6=5-3."""
    operands = table.places[place].operands
    if len(operands) != 2:
        return str(place + 1)
    first, second = operands
    return f"{place + 1}={first + 1}-{second + 1}"


def _signed(day: dt.date | None) -> Text:
    """The day of a decision, or the places to write it in."""
    if day is None:
        return say("of …… / …… / ……")
    return say("of {day}", day=day)


def apart_text(figure: Apart) -> str:
    """Both sides, as −4 +2; one where the other is none."""
    below = f"−{figure.below}" if figure.below else ""
    above = f"+{figure.above}" if figure.above else ""
    return " ".join(filter(None, (below, above))) or "0"
