"""What a form's own totals rows say, held against what its rows add up to.

A row that was cut off, hidden and not copied, or doubled, shows nowhere else as plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.core.blocs import Staff
from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row
from quota.tables.files.roles import Measure

_TOTAL = pattern(fold(r"\b(?:tổng|cộng|total)\b"))
_LOOK_FOR = say("look for a row that is missing, doubled or hidden, or for a figure that changed")

Counts = Mapping[str, Iterable[int | None]]
"""By column, the counts of all rows that are units'; None is unknown."""


def has_sums(reader: CellReader) -> bool:
    """Whether the table has rows of totals or of parts, which `hold_totals` and `hold_sections` look at."""
    return bool(reader.table.totals or reader.table.sums)


def hold_totals(reader: CellReader, counts: Counts) -> None:
    """Report each column whose totals rows give another sum than its rows do; see `sums_of`."""
    for column, row, said, added in sums_of(reader, counts):
        if said != added:
            message = say(
                "the totals row says {said}, the rows above and below add up to {added}",
                said=said,
                added=added,
            )
            reader.report(row, column, "totals-row", message, _LOOK_FOR, Severity.WARNING)


def hold_sections(reader: CellReader, columns: Iterable[str]) -> None:
    """Report each sum of a form parted into levels that is not what its rows add up to.

    A sum of anything unknown is not compared.
    """
    for column in columns:
        for row, members in reader.table.sums if column in reader.columns else ():
            said = reader.total(row, column)
            figures = [reader.total(member, column) for member in members]
            added = sum(figure or 0 for figure in figures)
            if said is None or None in figures or said == added:
                continue
            message = say("the sum says {said}, its rows add up to {added}", said=said, added=added)
            reader.report(row, column, "totals-row", message, _LOOK_FOR, Severity.WARNING)


def sums_of(reader: CellReader, counts: Counts) -> Iterator[tuple[str, Row, int, int]]:
    """The totals of each column: the column, the row of totals, the figure it says, the sum of its rows.

    A table may have sums of its parts and one of the whole, in any order: it holds where one of them, or all
    of them together, are what the rows add up to. A column with anything unknown has no sum to compare.
    """
    for column, values in counts.items() if reader.table.totals else ():
        known = list(values)
        said = {
            row.number: (row, count)
            for row in reader.table.totals
            if column in reader.columns and (count := reader.total(row, column)) is not None
        }
        figures = [count for _, count in said.values()]
        if not figures or None in known:
            continue
        added = sum(count or 0 for count in known)
        row, most = max(said.values(), key=lambda pair: pair[1])
        holding = [row for row, count in said.values() if count == added]
        if holding or added == sum(figures):
            yield column, (holding or [row])[0], added, added
        else:
            yield column, row, most, added


def hold_row_totals(reader: CellReader, staff: Sequence[Staff]) -> None:
    """Report each row whose own total is not what its blocs add up to, where most rows' totals are.

    A column of totals that most rows do not follow counts something else, and is left alone.
    """
    for place in _total_columns(reader):
        compared = [
            (row, int(text), sum(people or 0 for people in staff_of))
            for row, staff_of in zip(reader.table.rows, staff, strict=True)
            if (text := row.cells[place].strip()).isdecimal() and None not in tuple(staff_of)
        ]
        wrong = [(row, said, added) for row, said, added in compared if said != added]
        if not wrong or len(wrong) * 2 >= len(compared):
            continue
        for row, said, added in wrong:
            problem = reader.table.problem(
                "row-total",
                say("the total says {said}, the blocs beside it add up to {added}", said=said, added=added),
                say("correct the figure that is wrong"),
                severity=Severity.WARNING,
                row=row.number,
                column=reader.columns.header[place],
                value=row.cells[place].strip(),
            )
            reader.problems.append(problem)


def _total_columns(reader: CellReader) -> Iterator[int]:
    """The columns of no bloc whose headings say that they are totals of the people present."""
    table = reader.table
    blocs = [column for column in table.columns if column in table.wordings.blocs]
    if len(blocs) != len(table.wordings.blocs):
        return
    for place, (heading, column) in enumerate(zip(table.header, table.columns, strict=True)):
        role = table.wordings.role_of(heading)
        if (
            column in (None, "in_post")
            and _TOTAL.search(fold(heading))
            and role.is_plain
            and not role.blocs
            and not role.things
            and role.measure in (None, Measure.PRESENT)
        ):
            yield place
