"""What was understood of tables, for people and for programs; as CSV, the clean table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from quota._version import __version__
from quota.core.problems import Severity
from quota.core.reading import ColumnRead, ReadingReport, SheetRead
from quota.core.text import Text, count, key, say
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, table
from quota.render.kit.page import Page, Section
from quota.render.kit.plain import problem_plain
from quota.render.kit.problems import problem_words
from quota.render.kit.rendering import Cell, Rendering

TAKEN: Mapping[str, Text] = {
    "code": say("official code"),
    "name": say("unit's name"),
    "type": say("type of unit"),
    "population": say("residents"),
    "province": say("province"),
    "area_km2": say("area, km²"),
    "government": say("present, government"),
    "party": say("present, Party"),
    "front": say("present, Front"),
    "assigned_government": say("assigned, government"),
    "assigned_party": say("assigned, Party"),
    "assigned_front": say("assigned, Front"),
    "bloc": say("bloc of the row"),
    "in_post": say("present"),
    "full_name": say("person's name; never shown"),
    "person": say("person's number; never shown"),
    "born": say("birth date; never shown"),
    "post": say("post"),
    "office": say("office"),
    "employment": say("how employed"),
}
"""What a column is taken for."""
LEFT: Mapping[str, Text] = {
    "assigned": say("posts assigned or planned; not read as people present"),
    "households": say("households, not residents; left out"),
    "norm": say("a norm; left out"),
    "forecast": say("a forecast, a plan or an estimate; left out"),
    "gap": say("a difference; left out"),
    "share": say("a share; left out"),
    "part": say("a part of a whole; left out"),
    "unclear": say("not understood; left out"),
    "other": say("passes through"),
    "unread": say("not read"),
}
"""Why a column is taken for none."""


_ROWS_SHOWN = 12
_WITHOUT_UNITS = ("roster", "other")
"""A list of people says its units itself; other tables' rows may be anything."""


def reading_rendering(report: ReadingReport, rows: Callable[[], list[list[Cell]]]) -> Rendering:
    """How to write what was understood; `rows` are the clean table's, header first, which CSV is."""
    page = Page([], [_section(sheet) for sheet in report.sheets], list(_closing(report)))
    return page_rendering(page, lambda: _plain(report), rows)


def _section(sheet: SheetRead) -> Section:
    grid = table(
        sheet.columns,
        Shown(say("Column"), lambda column: column.letter),
        Shown(say("Heading"), lambda column: column.heading),
        Shown(say("Read as"), _taken),
        Shown(say("First figures"), lambda column: "; ".join(column.figures)),
    )
    where, row = _where(sheet.file, sheet.sheet), str(sheet.header_row)
    if sheet.kind == "roster":
        people = say(
            "{where}: heading on row {row}, people one by one on {rows} rows",
            where=where,
            row=row,
            rows=sheet.rows,
        )
        return Section(grid, people)
    if sheet.kind == "other":
        rows = say("{where}: heading on row {row}, {rows} rows", where=where, row=row, rows=sheet.rows)
        return Section(grid, rows)
    title = say(
        "{where}: heading on row {row}, {units} units, {left} other rows left out",
        where=where,
        row=row,
        units=sheet.rows,
        left=sum(sheet.left_out.values()),
    )
    return Section(grid, title)


def _taken(column: ColumnRead) -> Text:
    if column.column:
        return TAKEN.get(column.column, say("{column}", column=key(column.column)))
    return LEFT[column.says]


def _closing(report: ReadingReport) -> Iterator[Text]:
    """Everything that was chosen, and every problem."""
    wrong = [problem for problem in report.problems if problem.severity is not Severity.INFORMATION]
    chosen = [
        problem
        for problem in report.problems
        if problem.severity is Severity.INFORMATION and problem.code != "left-out"
    ]
    yield from (Text("{line}", {"line": problem_words(problem)}) for problem in (*wrong, *chosen))
    yield from _left_out(report)
    yield from _sums(report)
    units = [sheet.rows for sheet in report.sheets if sheet.kind not in _WITHOUT_UNITS]
    if units:
        yield count("{n} unit in all.", "{n} units in all.", n=sum(units))


def _left_out(report: ReadingReport) -> Iterator[Text]:
    """For each sheet which rows were left out, by what they are."""
    found: dict[tuple[str, Text], list[int]] = {}
    for problem in report.problems:
        if problem.code == "left-out" and problem.row is not None:
            where = _where(problem.file or "", problem.sheet)
            found.setdefault((where, problem.message), []).append(problem.row)
    for (where, what), rows in found.items():
        listed = ", ".join(map(str, rows[:_ROWS_SHOWN])) + (" …" if len(rows) > _ROWS_SHOWN else "")
        yield count(
            "{where}, row {rows}: {what}",
            "{where}, rows {rows}: {what}",
            n=len(rows),
            where=where,
            rows=listed,
            what=what,
        )


def _sums(report: ReadingReport) -> Iterator[Text]:
    """Totals that agree with their rows; those that do not are warnings among the problems."""
    for sheet in report.sheets:
        for total in sheet.sums:
            if total.holds:
                yield say(
                    '{where}, row {row}: the total of "{heading}" is what its rows add up to, {n}',
                    where=_where(sheet.file, sheet.sheet),
                    row=str(total.row),
                    heading=total.heading,
                    n=total.added,
                )


def _where(file: str, sheet: str | None) -> str:
    return f"{file} [{sheet}]" if sheet else file


def _plain(report: ReadingReport) -> object:
    return {
        "quota_version": __version__,
        "tables": [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "kind": sheet.kind,
                "header_row": sheet.header_row,
                "rows": sheet.rows,
                "left_out": dict(sheet.left_out),
                "columns": [
                    {
                        "letter": column.letter,
                        "heading": column.heading,
                        "column": column.column,
                        "says": column.says,
                        "figures": list(column.figures),
                    }
                    for column in sheet.columns
                ],
                "sums": [
                    {"heading": total.heading, "row": total.row, "said": total.said, "added": total.added}
                    for total in sheet.sums
                ],
            }
            for sheet in report.sheets
        ],
        "problems": [problem_plain(problem) for problem in report.problems],
    }
