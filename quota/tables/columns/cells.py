"""What one cell says: a number of people, a type of unit; or the problem with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TypeVar

from msgspec import Struct, field

from quota.core.blocs import BLOCS
from quota.core.characters import pattern
from quota.core.names import type_in_name
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import UnitType
from quota.tables.columns.headings import Columns
from quota.tables.columns.measures import AS_PROGRAMS_WRITE, fault_of, measures_convention
from quota.tables.columns.numbers import SPACES, Convention, convention_of, is_unknown
from quota.tables.columns.types import type_called
from quota.tables.files.raw import RawTable, Row
from quota.tables.files.roles import assigned_key
from quota.tables.files.units_said import AREA, LENGTH, PEOPLE, Said, unit_at_end, unit_in_cell

N = TypeVar("N", Decimal, float)
V = TypeVar("V")

MEASURED: Mapping[str, str] = {"population": PEOPLE, **dict.fromkeys(BLOCS, PEOPLE), "area_km2": AREA}
"""Columns that may be in a unit of measure of their own, and what they measure."""
_IN_CELLS: Mapping[str, str] = {
    **MEASURED,
    **dict.fromkeys(map(assigned_key, BLOCS), PEOPLE),
    **dict.fromkeys(("people", "in_post", "needed", "transfer", "secondment"), PEOPLE),
    **dict.fromkeys(("km", "shared_border_km"), LENGTH),
}
"""Columns whose cells may say their unit of measure after the figure, and what they measure."""
MAX_RESIDENTS = 1_000_000
"""Absurd above this: the most populous wards have under 300,000 residents."""
MAX_STAFF = 5_000
"""Absurd above this: one bloc of one unit has tens of people."""

MOST_MEASURED, FINEST = 10**12, 10**-12
"""No area, length or degree is greater or, but for none at all, smaller."""

_MOST_DIGITS = 15
_DIGITS = pattern(f"0|[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}")
_PADDED = pattern("0[0-9]")
"""A few people written with a zero in front, "09"; no code is as short."""
_MEASURE = pattern("[0-9]{1,12}(?:[.][0-9]{1,12})?")
"""Neither greater than MOST_MEASURED nor, but for none at all, under FINEST."""
GROUPED = pattern(f"[0-9]{{1,3}}(?:[.,{SPACES}][0-9]{{3}})+")


class CellReader(Struct):
    """Reads the cells of one table, collecting problems as it goes."""

    table: RawTable
    columns: Columns
    problems: list[Problem] = field(default_factory=list)
    pooled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The cells of each column in all tables read as one: they settle what this table's own cannot."""
    _conventions: dict[str, Convention] = field(default_factory=dict)
    _measured: dict[str, Convention | None] = field(default_factory=dict)
    _factors: dict[str, Decimal] = field(default_factory=dict)
    _units: dict[str, dict[str, Said]] = field(default_factory=dict)
    _said: set[tuple[str, str]] = field(default_factory=set)
    _written: dict[str, Sequence[str]] = field(default_factory=dict)

    def text(self, row: Row, column: str) -> str:
        """The cell as written, without the space around it."""
        place = self.columns.index.get(column)
        return "" if place is None else row.cells[place].strip()

    def figure(self, row: Row, column: str) -> str:
        """The cell without the unit of measure after its figure, where that is the column's own."""
        return self._bare(column, self.text(row, column))

    def _bare(self, column: str, text: str) -> str:
        said = self._units_in_cells(column).get(text)
        return unit_in_cell(text)[0] if said is not None and said.factor == self._factor(column) else text

    def _units_in_cells(self, column: str) -> Mapping[str, Said]:
        """The cells of a column that say a unit of what the column measures after their figure."""
        of = _IN_CELLS.get(column)
        if column not in self._units:
            cells = set(self.column(column)) if of is not None else ()
            found = {
                text: said
                for text in cells
                if not text.isdecimal() and (said := unit_in_cell(text)[1]) is not None and said.of == of
            }
            self._units[column] = found
        return self._units[column]

    def column(self, column: str) -> Sequence[str]:
        """The cells of all rows, each as `text` gives it."""
        if column not in self._written:
            place = self.columns.index.get(column)
            rows = self.table.rows
            self._written[column] = (
                [""] * len(rows) if place is None else [row.cells[place].strip() for row in rows]
            )
        return self._written[column]

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

    def counts(self, column: str, most: int) -> list[int | None]:
        """The counts of people of all rows: each plain figure is read once, any other cell by `people`."""
        written = self.column(column)
        digits = filter(_DIGITS.fullmatch, set(written))
        plain: dict[str, int | None] = {text: count for text in digits if (count := int(text)) <= most}
        if self._factor(column) != 1:
            plain.clear()
        return self._each(written, plain | {"": None}, lambda row: self.people(row, column, most))

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
                self.report(row, column, *_not_a_count(text, self._conventions[column]))
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
        count = self._of_unit(column, text)
        if count is None:
            message = say("not a whole number of people in the unit of measure that is said")
            fix = say("write digits only, or leave it empty if unknown")
            self.report(row, column, "not-a-whole-number", message, fix)
            return None
        return self._believable_count(row, column, count, most)

    def _of_unit(self, column: str, text: str) -> int | None:
        """A count written in its column's unit of measure, in people; None where it is none."""
        convention = self._measured_as(column)
        plain = None if convention is None else _plain_measure(text, convention)
        if plain is None or not _MEASURE.fullmatch(plain):
            return None
        people = Decimal(plain) * self._factor(column)
        return int(people) if people == int(people) else None

    def _factor(self, column: str) -> Decimal:
        """How many people, or km², one in this column is: by its heading, else by a note; said once."""
        if column not in self._factors:
            of = MEASURED.get(column)
            said = None
            if of is not None and column in self.columns:
                _, said = unit_at_end(self.columns.heading(column))
                if said is None and (column not in BLOCS or of != PEOPLE):
                    said = self.table.units.get(of)
            if said is None:
                said = self._unit_of_all_cells(column)
                of = _IN_CELLS.get(column)
            fits = said is not None and said.of == of
            self._factors[column] = said.factor if said is not None and fits else Decimal(1)
            if said is not None and self._factors[column] != 1:
                self._say_unit(column, said)
        return self._factors[column]

    def _unit_of_all_cells(self, column: str) -> Said | None:
        """The unit of measure that every figure of the column says; None where one says none, or another."""
        units = self._units_in_cells(column)
        if len({said.factor for said in units.values()}) != 1:
            return None
        figures = {text for text in self.column(column) if text and text[0].isdecimal()}
        return next(iter(units.values())) if figures == set(units) else None

    def _say_unit(self, column: str, said: Said) -> None:
        factor = f"{said.factor:f}"
        if said.of == PEOPLE:
            message = say(
                'the unit of measure is "{unit}": one is read as {n} people', unit=said.text, n=factor
            )
        else:
            message = say('the unit of measure is "{unit}": one is read as {n} km²', unit=said.text, n=factor)
        problem = self.table.problem(
            "unit-of-measure",
            message,
            severity=Severity.INFORMATION,
            row=self.table.header_row,
            column=self.columns.heading(column),
        )
        self.problems.append(problem)

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

    def _plain(self, column: str, text: str, *, whole: bool) -> str | None:
        """A number as the column writes them, with nothing but digits and a decimal point."""
        convention = self._conventions.get(column)
        if convention is None:
            convention = self._conventions[column] = self._decide(column, whole=whole)
        return convention.plain(text)

    def _decide(self, column: str, *, whole: bool) -> Convention:
        """One convention for the column, stated where it changes what a cell says."""
        cells = [text for row in self.table.rows if (text := self.figure(row, column))]
        found = convention_of(cells, whole=whole)
        if found == Convention() and self.pooled:
            pooled = self.pooled.get(column, ())
            found = convention_of((unit_in_cell(text)[0] for text in pooled), whole=whole)
        self._say_convention(column, cells, found, whole=whole)
        return found

    def _say_convention(self, column: str, cells: Sequence[str], found: Convention, *, whole: bool) -> None:
        grouped = found.thousands is not None and any(found.thousands in text for text in cells)
        spaced = any(GROUPED.fullmatch(text) and not {".", ","} & set(text) for text in cells)
        example = next((text for text in cells if _shown(found.plain(text), text, whole=whole) != text), None)
        if example is None:
            return
        if grouped and found.thousands:
            message = say('"{mark}" stands between thousands in this column', mark=found.thousands)
        elif spaced:
            message = say("a space stands between thousands in this column")
        else:
            message = say('"{mark}" starts the decimals in this column', mark=found.decimal or ".")
        self.problems.append(
            self.table.problem(
                "number-convention",
                say(
                    "{rule}: {example} is read as {plain}",
                    rule=message,
                    example=example,
                    plain=_shown(found.plain(example), example, whole=whole),
                ),
                severity=Severity.INFORMATION,
                row=self.table.header_row,
                column=self.columns.heading(column),
            )
        )

    def types(self) -> list[UnitType | None]:
        """The types of all rows: each known word is read once, any other cell by `type`."""
        written = self.column("type")
        known: dict[str, UnitType | None] = {
            text: found for text in set(written) if (found := type_called(text)) is not None
        }
        return self._each(written, known, self.type)

    def _each(self, written: Sequence[str], known: Mapping[str, V], look: Callable[[Row], V]) -> list[V]:
        """What each cell says: known by its text alone, or what `look` finds there."""
        rows = self.table.rows
        return [known[text] if text in known else look(row) for text, row in zip(written, rows, strict=True)]

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
        written = self.column(column)
        plain: dict[str, N | None] = {"": None}
        if column in self.columns and self._measured_as(column) is AS_PROGRAMS_WRITE:
            factor = self._factor(column)
            figures = {
                text: make(text if factor == 1 else str(Decimal(text) * factor))
                for text in filter(_MEASURE.fullmatch, set(written))
            }
            plain |= {
                text: value for text, value in figures.items() if fault_of(column, float(value)) is None
            }
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
        convention = self._measured_as(column)
        if convention is None and GROUPED.fullmatch(text.removeprefix("-")):
            self._say_unclear(row, column, text)
            return None
        value: N | None
        try:
            value = make(self._scaled(column, _plain_measure(text, convention or AS_PROGRAMS_WRITE)))
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

    def _scaled(self, column: str, plain: str) -> str:
        """A measure in the kind's own unit."""
        factor = self._factor(column)
        return plain if factor == 1 else str(Decimal(plain) * factor)

    def _say_unclear(self, row: Row, column: str, text: str) -> None:
        decimal, thousands = text.replace(",", "."), re.sub("[.,]", "", text)
        self.report(
            row,
            column,
            "ambiguous-number",
            say("{one} or {other}: nothing in the column shows which", one=decimal, other=thousands),
            say("write {one}, with more or fewer decimals, or {other}", one=f"{decimal}0", other=thousands),
        )

    def _measured_as(self, column: str) -> Convention | None:
        """How the column writes its measures, said where it changes what a cell says."""
        if column not in self._measured:
            written = (self._bare(column, text) for text in self.column(column))
            cells = [text for text in written if text and not is_unknown(text)]
            found = self._measured[column] = measures_convention(
                column, list(dict.fromkeys(cells)), self._factor(column)
            )
            if found is not None and found is not AS_PROGRAMS_WRITE:
                self._say_convention(column, cells, found, whole=False)
        return self._measured[column]


def _plain_measure(text: str, convention: Convention) -> str:
    """The figure with a decimal point, "?" where it is none."""
    if convention is AS_PROGRAMS_WRITE:
        return text
    sign = "-" if text.startswith("-") else ""
    return sign + (convention.plain(text.removeprefix("-")) or "?")


def _believable(value: Decimal | float, *, negative: bool) -> bool:
    size = abs(float(value))
    if not isfinite(size) or (value < 0 and not negative):
        return False
    return value == 0 or FINEST <= size <= MOST_MEASURED


def _shown(plain: str | None, written: str, *, whole: bool) -> str:
    """What a cell is read as: itself where it fits no convention, people without the zeros after a point."""
    if plain is None:
        return written
    return plain.partition(".")[0] if whole and not plain.partition(".")[2].strip("0") else plain


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
