"""How a table writes its cells: a column's unit of measure, its marks between thousands and decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct, field

from quota.core.blocs import BLOCS
from quota.core.characters import pattern
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import InputFile
from quota.tables.columns.headings import Columns
from quota.tables.columns.measures import AS_PROGRAMS_WRITE, measures_convention
from quota.tables.columns.numbers import SPACES, Convention, convention_of, is_unknown
from quota.tables.files.raw import RawTable, Row
from quota.tables.files.roles import assigned_key
from quota.tables.files.units_said import AREA, LENGTH, PEOPLE, Said, unit_at_end, unit_in_cell
from quota.tables.files.wordings import heading_key

MEASURED: Mapping[str, str] = {
    "population": PEOPLE,
    "area_km2": AREA,
    **dict.fromkeys(("km", "shared_border_km"), LENGTH),
}
"""What columns measure that a note around the table may speak of: not staff, where it may be of residents."""
_IN_CELLS: Mapping[str, str] = {
    **MEASURED,
    **dict.fromkeys((*BLOCS, *map(assigned_key, BLOCS)), PEOPLE),
    **dict.fromkeys(("people", "in_post", "needed", "transfer", "secondment", "stuck"), PEOPLE),
}
"""Columns whose headings, and cells after the figure, may say their unit of measure; what they measure."""
MEASURE = pattern("[0-9]{1,12}(?:[.][0-9]{1,12})?")
"""Neither greater than MOST_MEASURED nor, but for none at all, under FINEST."""
GROUPED = pattern(f"[0-9]{{1,3}}(?:[.,{SPACES}][0-9]{{3}})+")


class WrittenCells(Struct, dict=True):
    """The cells of one table as they are written, collecting problems as it goes."""

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

    @property
    def sources(self) -> tuple[InputFile, ...]:
        """The file that the table is from; none where it could not be read."""
        return () if self.table.source is None else (self.table.source,)

    @property
    def found(self) -> tuple[Problem, ...]:
        """The table's problems, and those of its cells."""
        return (*self.table.problems, *self.problems)

    def in_row_order(self) -> tuple[Problem, ...]:
        """The same, in the order of their rows."""
        return tuple(sorted(self.found, key=lambda problem: problem.row or 0))

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
            cells = set(self.column(column)) if of is not None else set()
            if "".join(cells).replace(".", "").replace(",", "").isdecimal():
                cells.clear()  # figures alone, nearly always
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
            place, rows = self.columns.index.get(column), self.table.rows
            self._written[column] = (
                [""] * len(rows) if place is None or not rows else list(map(str.strip, self._cells[place]))
            )
        return self._written[column]

    @cached_property
    def _cells(self) -> Sequence[Sequence[str]]:
        """The cells of the table, column by column."""
        return list(zip(*[row.cells for row in self.table.rows], strict=True))

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

    def _factor(self, column: str) -> Decimal:
        """How many people, km² or km one in this column is: by its heading, else by a note; said once."""
        if column not in self._factors:
            of = _IN_CELLS.get(column)
            said = None
            if of is not None and column in self.columns:
                _, said = unit_at_end(self.columns.heading(column))
                if said is None and column in MEASURED:
                    said = self.table.units.get(of)
            if said is None:
                said = self._unit_of_all_cells(column)
            fits = said is not None and said.of == of
            self._factors[column] = said.factor if said is not None and fits else Decimal(1)
            if said is not None and self._factors[column] != 1:
                self._say_unit(column, said)
        return self._factors[column]

    def says_unit(self, column: str) -> bool:
        """Whether the heading, a note, every cell or the user's own file says in what the column measures."""
        heading = self.columns.heading(column)
        return (
            heading_key(heading) == column
            or heading.endswith("_km")
            or unit_at_end(heading)[1] is not None
            or MEASURED[column] in self.table.units
            or self.table.wordings.is_own(heading)
            or self._unit_of_all_cells(column) is not None
        )

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
        elif said.of == AREA:
            message = say('the unit of measure is "{unit}": one is read as {n} km²', unit=said.text, n=factor)
        else:
            message = say('the unit of measure is "{unit}": one is read as {n} km', unit=said.text, n=factor)
        problem = self.table.of_heading(
            "unit-of-measure", message, severity=Severity.INFORMATION, column=self.columns.heading(column)
        )
        self.problems.append(problem)

    def _of_unit(self, column: str, text: str, *, is_number: bool = False) -> int | None:
        """A count written in its column's unit of measure, in people; None where it is none."""
        convention = AS_PROGRAMS_WRITE if is_number else self._measured_as(column)
        plain = None if convention is None else plain_measure(text, convention)
        if plain is None or not MEASURE.fullmatch(plain):
            return None
        people = Decimal(plain) * self._factor(column)
        return int(people) if people == int(people) else None

    def _scaled(self, column: str, plain: str) -> str:
        """A measure in the kind's own unit."""
        factor = self._factor(column)
        return plain if factor == 1 else str(Decimal(plain) * factor)

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
            self.table.of_heading(
                "number-convention",
                say(
                    "{rule}: {example} is read as {plain}",
                    rule=message,
                    example=example,
                    plain=_shown(found.plain(example), example, whole=whole),
                ),
                severity=Severity.INFORMATION,
                column=self.columns.heading(column),
            )
        )

    def _is_number(self, row: Row, column: str) -> bool:
        """Whether the cell is a number with decimals: its point starts them, whatever typed texts do."""
        place = self.columns.index.get(column, -1)
        return (row.number, place + 1) in self.table.decimals

    def _measured_as(self, column: str) -> Convention | None:
        """How the column writes its measures, said where it changes what a cell says."""
        if column not in self._measured:
            texts = self.column(column)
            if self.table.decimals:
                rows = zip(self.table.rows, texts, strict=True)
                texts = [text for row, text in rows if not self._is_number(row, column)]
            if self._units_in_cells(column):
                texts = [self._bare(column, text) for text in texts]
            cells = [text for text in texts if text and (text[0].isdigit() or not is_unknown(text))]
            found = self._measured[column] = measures_convention(
                column, list(dict.fromkeys(cells)), self._factor(column)
            )
            if found is not None and found is not AS_PROGRAMS_WRITE:
                self._say_convention(column, cells, found, whole=False)
        return self._measured[column]


def plain_measure(text: str, convention: Convention) -> str:
    """The figure with a decimal point, "?" where it is none."""
    if convention is AS_PROGRAMS_WRITE:
        return text
    sign = "-" if text.startswith("-") else ""
    return sign + (convention.plain(text.removeprefix("-")) or "?")


def _shown(plain: str | None, written: str, *, whole: bool) -> str:
    """What a cell is read as: itself where it fits no convention, people without the zeros after a point."""
    if plain is None:
        return written
    return plain.partition(".")[0] if whole and not plain.partition(".")[2].strip("0") else plain
