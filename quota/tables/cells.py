"""What one cell says: a number of people, a type of unit; or the problem with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TypeVar

from quota.core.names import fold, without_accents
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import UnitType
from quota.tables.headers import Columns
from quota.tables.raw import RawTable, Row

N = TypeVar("N", Decimal, float)

MAX_RESIDENTS = 1_000_000
"""Absurd above this: the most populous wards have under 300,000 residents."""
MAX_STAFF = 5_000
"""Absurd above this: one bloc of one unit has tens of people."""

_DIGITS = re.compile(r"0|[1-9][0-9]{0,14}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., \u00a0][0-9]{3})+")

_TYPES = {
    "commune": UnitType.COMMUNE,
    "xa": UnitType.COMMUNE,
    "ward": UnitType.WARD,
    "phuong": UnitType.WARD,
    "special_zone": UnitType.SPECIAL_ZONE,
    "special zone": UnitType.SPECIAL_ZONE,
    "dac khu": UnitType.SPECIAL_ZONE,
}


@dataclass
class CellReader:
    """Reads the cells of one table, collecting problems as it goes."""

    table: RawTable
    columns: Columns
    problems: list[Problem] = field(default_factory=list)

    def text(self, row: Row, column: str) -> str:
        """The cell as written, without the space around it."""
        return self.columns.cell(row.cells, column)

    def report(
        self,
        row: Row,
        column: str,
        code: str,
        message: Text,
        fix: Text | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at a cell."""
        known = column in self.columns
        self.problems.append(
            self.table.problem(
                code,
                message,
                fix,
                severity=severity,
                row=row.number,
                column=self.columns.heading(column) if known else column,
                value=self.text(row, column) if known else None,
            )
        )

    def people(self, row: Row, column: str, most: int) -> int | None:
        """A count of people; None where the cell is blank (unknown) or not a count (a problem)."""
        text = self.text(row, column)
        if not text:
            return None
        if not _DIGITS.fullmatch(text):
            self.report(row, column, *_not_a_count(text))
            return None
        count = int(text)
        if count > most:
            self.report(
                row,
                column,
                "absurd",
                say("more than {most} people is not believable here", most=most),
                say("check the figure and its unit of measure"),
            )
            return None
        return count

    def type(self, row: Row) -> UnitType | None:
        """The type of the unit, in English or Vietnamese; None with a problem where it is neither."""
        text = self.text(row, "type")
        found = _TYPES.get(without_accents(fold(text)))
        if found is None:
            self.report(
                row,
                "type",
                "unknown-type",
                say("not a type of unit") if text else say("no type of unit"),
                say("write xã, phường or đặc khu (commune, ward, special_zone)"),
            )
        return found

    def measure(self, row: Row, column: str, make: Callable[[str], N]) -> N | None:
        """A measured figure beside the count; None where blank, and with a warning where it is no number."""
        text = self.text(row, column)
        if not text:
            return None
        value: N | None
        try:
            value = make(text)
        except (ValueError, InvalidOperation):
            value = None
        if value is not None and isfinite(value):
            return value
        self.report(
            row,
            column,
            "not-a-number",
            say("not a number; taken as unknown"),
            say("write digits with a decimal point: 12.22"),
            Severity.WARNING,
        )
        return None


def _not_a_count(text: str) -> tuple[str, Text, Text]:
    if text.startswith("-") and text[1:].replace(".", "").isdigit():
        return "negative", say("people cannot be fewer than none"), say("write the count without a minus")
    if text.startswith("0") and text.isdecimal():
        fix = say("write it without zeros in front, or put the code where it belongs")
        return "leading-zeros", say("zeros in front, as a code has"), fix
    if _GROUPED.fullmatch(text):
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
