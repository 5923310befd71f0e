"""What one cell says: a number of people, a type of unit; or the problem with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TypeVar

from quota.core.characters import pattern
from quota.core.names import type_in_name
from quota.core.problems import Severity
from quota.core.text import Text, count, say
from quota.core.units import UnitType
from quota.tables.columns.measures import AS_PROGRAMS_WRITE, fault_of, range_of
from quota.tables.columns.numbers import Convention, convention_of, is_unknown
from quota.tables.columns.types import type_called
from quota.tables.columns.written import GROUPED, MEASURE, WrittenCells, plain_measure
from quota.tables.files.raw import Row
from quota.tables.files.units_said import unit_in_cell

N = TypeVar("N", Decimal, float)
V = TypeVar("V")

MAX_RESIDENTS = 1_000_000
"""Absurd above this: the most populous wards have under 300,000 residents."""
MAX_STAFF = 5_000
"""Absurd above this: one bloc of one unit has tens of people."""

MOST_MEASURED, FINEST = 10**12, 10**-12
"""No area, length or degree is greater or, but for none at all, smaller."""

_MOST_DIGITS = 15
_THOUSAND = 1_000
_DIGITS = pattern(f"0|[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}")
_DAY = pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?|[0-9]{2}:[0-9]{2}:[0-9.]+")
"""A day or a time, as a workbook's cell of that format is given."""
_PADDED = pattern("0[0-9]")
"""A few people written with a zero in front, "09"; no code is as short."""


class CellReader(WrittenCells):
    """Reads the cells of one table, collecting problems as it goes."""

    def counts(self, column: str, most: int) -> list[int | None]:
        """The counts of people of all rows: each plain figure is read once, any other cell by `people`."""
        written = self.column(column)
        plain: dict[str, int | None] = {
            text: count for text in _plain_counts(set(written)) if (count := int(text)) <= most
        }
        if self._factor(column) != 1:
            plain.clear()
        found = self._each(written, plain | {"": None}, lambda row: self.people(row, column, most))
        if self.table.decimals and self._factor(column) == 1:
            self._doubt_fractions(column, found)
        return found

    def _doubt_fractions(self, column: str, counts: Sequence[int | None]) -> None:
        """Say where numbers with a fraction were read as thousands; zeros at their ends are lost.

        31.000 that a program read as a number is 31: beside such numbers that is asked about.
        """
        rows = list(zip(self.table.rows, counts, strict=True))
        read = [(row, found) for row, found in rows if found is not None and self._is_number(row, column)]
        if not read:
            return
        (row, example), fix = read[0], say("keep figures as texts, or without a mark between thousands")
        message = count(
            "{n} figure is a number with a fraction: its point is taken as one between thousands, {example}",
            "{n} figures are numbers with a fraction: their points are taken as ones between thousands, as "
            "{example}",
            n=len(read),
            example=example,
        )
        self.report(row, column, "fractions", message, fix, Severity.WARNING)
        for row, found in rows:
            if found is not None and 0 < found < _THOUSAND:
                message = say("{n}, or {n} thousand that lost its zeros as the figures around it", n=found)
                self.report(row, column, "lost-zeros", message, say("write all its digits"))

    def people(self, row: Row, column: str, most: int) -> int | None:
        """A count of people; None where the cell is unknown (blank, "-") or not a count (a problem)."""
        text = self.figure(row, column)
        if self._factor(column) != 1:
            return self._in_its_unit(row, column, text, most)
        if _DIGITS.fullmatch(text):
            count = int(text)
        elif most <= MAX_STAFF and _PADDED.fullmatch(text):
            count = int(text)
            message = say("read as {count}", count=count)
            self.report(row, column, "zero-in-front", message, severity=Severity.INFORMATION)
        else:
            if not text or self._unknown(row, column, text):
                return None
            plain = self._plain(column, text, whole=True)
            whole, _, decimals = (plain or "").partition(".")
            if not whole or decimals.strip("0") or not _DIGITS.fullmatch(whole):
                why = _of_another_kind(text) or _not_a_count(text, self._conventions[column])
                self.report(row, column, *why)
                return None
            count = int(whole)
        return self._believable_count(row, column, count, most)

    def _believable_count(self, row: Row, column: str, count: int, most: int) -> int | None:
        if count <= most:
            return count
        self.report(
            row,
            column,
            "absurd",
            say("more than {most} people is not believable here", most=most),
            say("check the figure and its unit of measure"),
        )
        return None

    def _in_its_unit(self, row: Row, column: str, text: str, most: int) -> int | None:
        """People of a column that counts them in thousands."""
        if not text or self._unknown(row, column, text):
            return None
        count = self._of_unit(column, text, is_number=self._is_number(row, column))
        if count is None:
            message = say("not a whole number of people in the unit of measure that is said")
            fix = say("write digits only, or leave it empty if unknown")
            self.report(row, column, "not-a-whole-number", message, fix)
            return None
        return self._believable_count(row, column, count, most)

    def total(self, row: Row, column: str) -> int | None:
        """The figure in a row of totals, without a word about what cannot be read."""
        text = unit_in_cell(self.text(row, column))[0]
        if self._factor(column) != 1:
            return self._of_unit(column, text)
        plain = self._plain(column, text, whole=True) or convention_of([text], whole=True).plain(text)
        whole, _, decimals = (plain or "").partition(".")
        return int(whole) if _DIGITS.fullmatch(whole) and not decimals.strip("0") else None

    def _unknown(self, row: Row, column: str, text: str) -> bool:
        if text[0].isdigit() or not is_unknown(text):
            return False
        message = say("taken as unknown, not as zero")
        self.report(row, column, "unknown-mark", message, severity=Severity.INFORMATION)
        return True

    def types(self) -> list[UnitType | None]:
        """The types of all rows: each known word is read once, any other cell by `type`."""
        written = self.column("type")
        known: dict[str, UnitType | None] = {
            text: found for text in set(written) if (found := type_called(text)) is not None
        }
        return self._each(written, known, self.type)

    def _each(self, written: Sequence[str], known: Mapping[str, V], look: Callable[[Row], V]) -> list[V]:
        """What each cell says: known by its text alone, or what `look` finds there."""
        try:
            return list(map(known.__getitem__, written))  # nearly every column
        except KeyError:
            rows = zip(written, self.table.rows, strict=True)
            return [known[text] if text in known else look(row) for text, row in rows]

    def type(self, row: Row) -> UnitType | None:
        """The type of the unit, in English or Vietnamese; None with a problem where it is neither."""
        text = self.text(row, "type")
        found = type_called(text) if "type" in self.columns else type_in_name(self.text(row, "name"))
        if found is None:
            self.report(
                row,
                "type",
                "unknown-type",
                say("not a type of unit") if text else say("no type of unit"),
                say("write xã, phường or đặc khu (commune, ward, special_zone)"),
            )
        return found

    def measures(self, column: str, make: Callable[[str], N], *, negative: bool = True) -> Sequence[N | None]:
        """The measures of all rows: each plain figure is read once, any other cell by `measure`.

        A comma, or a second point, anywhere in the column makes every figure of it a matter of looking.
        """
        if column not in self.columns:
            return [None] * len(self.table.rows)
        written = self.column(column)
        plain: dict[str, N | None] = {"": None}
        if self._measured_as(column) is AS_PROGRAMS_WRITE:
            factor, (low, high) = self._factor(column), range_of(column)
            texts = list(filter(MEASURE.fullmatch, set(written)))
            figures = texts if factor == 1 else [str(Decimal(text) * factor) for text in texts]
            made = zip(texts, map(make, figures), strict=True)
            plain |= {text: value for text, value in made if low <= float(value) <= high}
        return self._each(written, plain, lambda row: self.measure(row, column, make, negative=negative))

    def measure(self, row: Row, column: str, make: Callable[[str], N], *, negative: bool = True) -> N | None:
        """A measured figure beside the count; None where blank, and with a warning where it is no number.

        So is one that nothing here can be: beyond `MOST_MEASURED`, finer than `FINEST`, or below zero where
        `negative` says that it cannot be.
        """
        if column not in self.columns.index:
            return None
        text = self.figure(row, column)
        if not text or is_unknown(text):
            return None
        convention = AS_PROGRAMS_WRITE if self._is_number(row, column) else self._measured_as(column)
        if convention is None and GROUPED.fullmatch(text.removeprefix("-")):
            self._say_unclear(row, column, text)
            return None
        value: N | None
        try:
            value = make(self._scaled(column, plain_measure(text, convention or AS_PROGRAMS_WRITE)))
        except (ValueError, InvalidOperation):
            value = None
        if value is None or not _believable(value, negative=negative):
            self.report(
                row,
                column,
                "not-a-number",
                say("not a number; taken as unknown"),
                say("write digits with a decimal point: 12.22"),
                Severity.WARNING,
            )
            return None
        fault = fault_of(column, float(value))
        if fault is None:
            return value
        if not fault.once or (column, fault.code) not in self._said:
            self._said.add((column, fault.code))
            self.report(row, column, fault.code, fault.message, fault.fix, fault.severity)
        return None

    def _say_unclear(self, row: Row, column: str, text: str) -> None:
        decimal, thousands = text.replace(",", "."), re.sub("[.,]", "", text)
        self.report(
            row,
            column,
            "ambiguous-number",
            say("{one} or {other}: nothing in the column shows which", one=decimal, other=thousands),
            say("write {one}, with more or fewer decimals, or {other}", one=f"{decimal}0", other=thousands),
        )


def _plain_counts(texts: set[str]) -> Iterable[str]:
    """Those of the texts that are counts without a mark between digits or a zero in front."""
    together = "".join(texts)
    if together.isascii() and together.isdigit() and max(map(len, texts)) <= _MOST_DIGITS:
        return [text for text in texts if (text[:1] != "0" and text) or text == "0"]
    return filter(_DIGITS.fullmatch, texts)


def _believable(value: Decimal | float, *, negative: bool) -> bool:
    size = abs(float(value))
    if not isfinite(size) or (value < 0 and not negative):
        return False
    return value == 0 or FINEST <= size <= MOST_MEASURED


def _of_another_kind(text: str) -> tuple[str, Text, Text] | None:
    """What a cell is where a workbook's format makes it a day or a per cent."""
    if _DAY.fullmatch(text):
        fix = say("type the figure anew in a cell of the format Number: 12/10 becomes a day when it is typed")
        return "day-in-figures", say("a day or a time, not a count of people"), fix
    if text.endswith("%"):
        return (
            "share-in-figures",
            say("a per cent, not a count of people"),
            say("write how many people it is"),
        )
    return None


def _not_a_count(text: str, convention: Convention) -> tuple[str, Text, Text]:
    if text.startswith("-") and text[1:].replace(".", "").isdigit():
        return "negative", say("people cannot be fewer than none"), say("write the count without a minus")
    if text.startswith("0") and text.isdecimal():
        fix = say("write it without zeros in front, or put the code where it belongs")
        return "leading-zeros", say("zeros in front, as a code has"), fix
    if convention.thousands and convention.thousands in text:
        return (
            "not-a-whole-number",
            say(
                '"{mark}" stands between thousands in this column, and this does not fit',
                mark=convention.thousands,
            ),
            say("zeros may have been lost at its end: write all digits"),
        )
    if GROUPED.fullmatch(text) and convention.decimal is None:
        plain = re.sub(r"[^0-9]", "", text)
        return (
            "not-a-whole-number",
            say("a separator, or a fraction: it can be read both ways"),
            say("if {plain} is meant, write {plain}", plain=plain),
        )
    if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
        return "fractional", say("people are whole"), say("write a whole number of people")
    return (
        "not-a-whole-number",
        say("not a whole number"),
        say("write digits only, or leave it empty if unknown"),
    )
