"""How offices keep tables beside population and staff, in Excel or in CSV.

A dressing changes how a table looks and nothing of what it says: titles, numbering, blank rows, sums, notes,
figures as texts, decimal commas, letters with their marks apart, codes without zeros, other columns, rows
hidden by a filter, cells merged, comments. Where what it says is then in doubt, `must_say` tells it.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from tests.forms import csv_text
from tests.laws import habits
from tests.laws.beside import DRAWN, UNITS, Beside, Shown, Spot, Table


def _each(table: Table, mark: str, change: Callable[[Any], Any]) -> None:
    for row in table.rows:
        for place, each in enumerate(table.marks):
            if each == mark and row[place] != "":
                row[place] = change(row[place])


def _sum_of(table: Table, rows: list[list[Any]], label: str, at: int) -> list[Any]:
    """A row that is no more than sums of those that were drawn."""
    drawn = [row for row in rows if not isinstance(row, Beside)]
    return Beside(
        label if place == at else sum(row[place] for row in drawn) if mark == "n" else ""
        for place, mark in enumerate(table.marks)
    )


def titles(random: Random, table: Table) -> None:
    """An office, a title, a decision above the heading."""
    table.above = [
        ["ỦY BAN NHÂN DÂN TỈNH"],
        ["BIỂU TỔNG HỢP"],
        ["(Kèm theo Công văn số 12/SNV ngày 05/9/2025)"],
    ]


def numbering(random: Random, table: Table) -> None:
    """A row that numbers the columns."""
    table.rows.insert(0, Beside(range(1, len(table.head) + 1)))


def total(random: Random, table: Table) -> None:
    """A row of sums, above or below."""
    label = random.choice(("Tổng cộng", "TỔNG SỐ", "Cộng", "Toàn tỉnh", "Cộng chung", "Tổng hợp:"))
    places = [place for place, mark in enumerate(table.marks) if mark in "ct"]
    at = random.choice(places[:2] if table.kind == "terrain" else places)
    table.rows.insert(random.choice((0, len(table.rows))), _sum_of(table, table.rows, label, at))


def subtotals(random: Random, table: Table) -> None:
    """A row of sums under, or over, each unit's rows."""
    label, first = random.choice(("Cộng", "Tổng số", "Tổng cộng")), random.random() < 0.5
    at = max((place for place, mark in enumerate(table.marks) if mark == "t"), default=0)
    groups: dict[str, list[list[Any]]] = {}
    for row in table.rows:
        groups.setdefault(row[0], []).append(row)
    table.rows = []
    for unit, rows in groups.items():
        line = _sum_of(table, rows, label, at)
        if at:
            line[0] = unit
        table.rows += [line, *rows] if first else [*rows, line]


def blank_rows(random: Random, table: Table) -> None:
    """Empty rows between others."""
    table.rows.insert(random.randint(1, len(table.rows)), [""] * len(table.head))


def notes(random: Random, table: Table) -> None:
    """Notes and who made the table, below it."""
    table.below += [[], ["Ghi chú: số liệu tính đến 30/9/2025"], ["", "Người lập biểu"]]


def texts(random: Random, table: Table) -> None:
    """Counts typed as texts."""
    form = random.choice(("{}", " {} ", "{:02}", "{} người", "{},0"))
    _each(table, "n", form.format)


def decimal_commas(random: Random, table: Table) -> None:
    """Kilometres with a decimal comma."""
    form = random.choice((lambda km: f"{km:.3f}", lambda km: f"{km:g}", lambda km: f"{km:.3f} km"))
    _each(table, "k", lambda km: form(km).replace(".", ","))


def days_as_typed(random: Random, table: Table) -> None:
    """Days written with their day first."""
    form = random.choice(("%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%Y", "%Y"))
    _each(table, "d", lambda day: day.strftime(form))


def marks_apart(random: Random, table: Table) -> None:
    """Letters with their marks apart (NFD)."""
    table.head = [unicodedata.normalize("NFD", text) for text in table.head]
    _each(table, "t", lambda text: unicodedata.normalize("NFD", text))


def capitals(random: Random, table: Table) -> None:
    """Headings in capitals, in two lines."""
    table.head = [text.upper().replace(" ", "\n", 1) for text in table.head]


def codes_as_numbers(random: Random, table: Table) -> None:
    """Codes that lost their zeros."""
    _each(table, "c", lambda code: code.lstrip("0"))


def merged_codes(random: Random, table: Table) -> None:
    """A unit's code on the first of its rows only."""
    before = None
    for row in table.rows:
        if row[0] == before:
            row[0] = ""
        else:
            before = row[0]


def other_columns(random: Random, table: Table) -> None:
    """Columns that are none of the table's, with figures."""
    for heading in random.sample(("Định mức", "Chênh lệch", "Đề nghị", "Năm 2024", "Ghi chú", "TT"), 2):
        place = random.randint(0, len(table.head))
        table.head.insert(place, heading)
        table.marks = f"{table.marks[:place]}x{table.marks[place:]}"
        for row in table.rows:
            row.insert(place, random.choice(("", random.randint(1, 9))))


def other_order(random: Random, table: Table) -> None:
    """Columns and rows moved."""
    order = random.sample(range(len(table.head)), len(table.head))
    table.head = [table.head[place] for place in order]
    table.marks = "".join(table.marks[place] for place in order)
    rows = random.sample(table.rows, len(table.rows))
    table.rows = [type(row)(row[place] for place in order) for row in rows]


def names_for_codes(random: Random, table: Table) -> None:
    """Names in place of codes, each written in some way of its own."""
    _each(table, "c", lambda code: random.choice(SPELLINGS)(UNITS[code]) if code in UNITS else code)
    for row in table.rows:  # a name beside a code is one more
        for place, mark in enumerate(table.marks):
            if mark == "t" and row[place] in UNITS.values():
                row[place] = ""


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: f" {name}  ",
    lambda name: name.replace("Phường ", "P. "),
    lambda name: name.replace("Phường ", "P."),
    lambda name: name.replace("Phường ", "phường "),
    lambda name: name.replace("Phường", "UBND phường"),
    lambda name: name.replace("Phường ", ""),
)


def other_spellings(random: Random, table: Table) -> None:
    """Words in capitals, with other spaces between them, with the other place of a tone."""
    forms: tuple[Callable[[str], str], ...] = (
        str.upper,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f"\u00a0{text} ",
        lambda text: text.replace("óa", "oá").replace("òa", "oà"),
        lambda text: text.replace(" ", "  "),
    )

    def written_otherwise(text: str) -> str:
        return random.choice(forms)(text)

    _each(table, "t", written_otherwise)


def month_first(random: Random, table: Table) -> None:
    """Days as an American Excel writes them."""
    _each(table, "d", lambda day: day.strftime("%m/%d/%Y") if isinstance(day, date) else day)


def codes_as_figures(random: Random, table: Table) -> None:
    """Codes that are numbers in the workbook."""
    _each(table, "c", lambda code: int(code) if str(code).isdigit() else code)


def unit_headings(random: Random, table: Table) -> None:
    """A unit's code alone over its rows, which say none."""
    rows, before = [], None
    for row in table.rows:
        if row[0] != before:
            before = row[0]
            rows.append([before, *([""] * (len(row) - 1))])
        rows.append(type(row)(["", *row[1:]]))
    table.rows = rows


def sections(random: Random, table: Table) -> None:
    """A heading between rows: the units of an area."""
    place = random.randint(0, len(table.rows) - 1)
    label = random.choice(("I. Khu vực đồng bằng", "II. Các phường", "Khu vực miền núi"))
    places = [place for place, mark in enumerate(table.marks) if mark in "ct"]
    at = random.choice((0, places[1 if table.kind == "terrain" else -1]))
    table.rows.insert(place, [label if other == at else "" for other in range(len(table.head))])


def continued(random: Random, table: Table) -> None:
    """The heading once more, as on a second page."""
    table.rows.insert(random.randint(1, len(table.rows)), Beside(table.head))


def another_time(random: Random, table: Table) -> None:
    """The same table at another time under it, with other figures."""
    again = [_changed(row, table.marks) for row in table.rows]
    title = random.choice(("NĂM 2024", "Số liệu năm 2024", "BIỂU SỐ 2 (năm trước)"))
    table.below = [[], [title], *([list(table.head)] if random.random() < 0.7 else []), *again, *table.below]
    table.shown.must_say |= {"another-time"}


def _changed(row: list[Any], marks: str) -> list[Any]:
    return [
        cell + 1 if mark in "nk" and isinstance(cell, int | float) else cell
        for cell, mark in zip(row, marks, strict=True)
    ]


def another_table(random: Random, table: Table) -> None:
    """Another table to the right, behind an empty column."""
    head = random.choice((["Sở, ngành", "Ghi chú"], ["STT", "Nội dung"], ["Khối", "Tổng"]))
    body = [["Sở Nội vụ", 12], ["Sở Y tế", 4], ["Chính quyền", 7]]
    lines = [["", *head], *(["", *row] for row in body)]
    for place, line in enumerate((table.head, *table.rows)):
        line.extend(lines[place] if place < len(lines) else ["", "", ""])
    table.marks += "xxx"


def signed(random: Random, table: Table) -> None:
    """A date and who signs, under the last columns; a note with figures."""
    width = max(len(table.head) - 2, 1)
    table.below += [
        [],
        ["Ghi chú: (1) gồm cả 02 hợp đồng; (2) 01 người nghỉ thai sản"],
        [*([""] * width), "Hà Nội, ngày 05 tháng 9 năm 2025"],
        ["NGƯỜI LẬP BIỂU", *([""] * (width - 1)), "GIÁM ĐỐC"],
    ]


# What only a workbook shows comes last: it is told by line and column.


def _some_row(random: Random, table: Table) -> int:
    """The line of a row that says something of the truth: no sum, no numbers of columns, no heading."""
    last = max(place for place, row in enumerate(table.rows) if _says(row))
    return table.first + random.choice([place for place in range(last + 1) if _says(table.rows[place])])


def _says(row: list[Any]) -> bool:
    """Whether a row is one of those that were drawn, with more in it than its unit."""
    return not isinstance(row, Beside) and sum(cell != "" for cell in row) > 1


def _some_column(random: Random, table: Table, marks: str = "ctnkd") -> int | None:
    """A column with one of the marks, where there is any."""
    found = [place for place, mark in enumerate(table.marks) if mark in marks]
    return random.choice(found) if found else None


def _some_figure(random: Random, table: Table, marks: str = "nk") -> Spot | None:
    """Line and column of a figure, or of a day, where there is any."""
    column = _some_column(random, table, marks)
    return None if column is None else (_some_row(random, table), column)


def hidden_rows(random: Random, table: Table) -> None:
    """A row hidden by a filter, or by hand: it counts, and that is said."""
    table.shown.hidden_lines.add(_some_row(random, table))
    table.shown.filtered = random.random() < 0.5
    table.shown.must_say |= {"hidden-rows", "left-out"}


def hidden_columns(random: Random, table: Table) -> None:
    """A column that is hidden: it is read, and that is said."""
    column = _some_column(random, table)
    table.shown.hidden_columns.add(column or 0)
    table.shown.must_say |= {"hidden-column"}


def comments(random: Random, table: Table) -> None:
    """A comment on a figure: it is said."""
    text = random.choice(("Chưa thống nhất, chờ họp", "Nguyễn Văn A:\nsố cũ", "gồm 1 người đã nghỉ"))
    if (spot := _some_figure(random, table, "nkd")) is not None:
        table.shown.comments[spot] = text
        table.shown.must_say |= {"comment", "doubtful-note"}


def comments_on_headings(random: Random, table: Table) -> None:
    """A comment on a heading that changes nothing."""
    table.shown.comments[len(table.above), _some_column(random, table) or 0] = "Theo mẫu của Sở Nội vụ"


def struck(random: Random, table: Table) -> None:
    """A row that is struck through: nobody can tell whether it counts."""
    line = _some_row(random, table)
    for column in range(len(table.head)):
        table.shown.formats[line, column] = {"font_strikeout": True}
    table.shown.must_say |= {"struck-through"}


def unseen(random: Random, table: Table) -> None:
    """A figure that its format does not show: it is said."""
    spot = _some_figure(random, table)
    if spot is not None and isinstance(table.lines[spot[0]][spot[1]], int | float):
        table.shown.formats[spot] = {"num_format": ";;;"}
        table.shown.must_say |= {"unseen-figures", "left-out"}


def formats(random: Random, table: Table) -> None:
    """Figures with a unit in their format, or with zeros in front."""
    form = random.choice(('0 "người"', "#,##0", "00", '0" ng"', "@"))
    column = _some_column(random, table, "n")
    if column is None:
        return
    for line in range(table.first, table.first + len(table.rows)):
        table.shown.formats.setdefault((line, column), {"num_format": form})


def codes_in_format(random: Random, table: Table) -> None:
    """Codes that are numbers shown with five digits."""
    for line, row in enumerate(table.rows, start=table.first):
        for column, mark in enumerate(table.marks):
            if mark == "c" and str(row[column]).isdigit():
                row[column] = int(row[column])
                table.shown.formats[line, column] = {"num_format": "00000"}


def merged_down(random: Random, table: Table) -> None:
    """The cells of a unit's rows merged into one."""
    last: Any = None
    start = table.first
    lines = [*table.rows, [None]]
    for line, row in enumerate(lines, start=table.first):
        if row[0] != last or last == "":
            if line - start > 1:
                table.shown.merged.append((start, 0, line - 1, 0))
            start, last = line, row[0]


def merged_figures(random: Random, table: Table) -> None:
    """One figure in a cell merged over two rows: nobody can tell whose it is."""
    spot = _some_figure(random, table)
    if spot is None:
        return
    line, column = spot
    rows = table.lines[line : line + 2]
    if len(rows) == 2 and all(len(row) > column and _says(row) for row in rows):
        table.shown.merged.append((line, column, line + 1, column))
        table.shown.must_say |= {"merged-figure"}


def formulas(random: Random, table: Table) -> None:
    """Figures that are formulas with a value saved beside them."""
    column = _some_column(random, table, "n")
    if column is None:
        return
    for line, row in enumerate(table.rows, start=table.first):
        if isinstance(row[column], int):
            table.shown.formulas[line, column] = (f"=1+{row[column]}-1", row[column])


def formulas_undone(random: Random, table: Table) -> None:
    """A formula whose value was never worked out, or is an error."""
    spot = _some_figure(random, table)
    if spot is not None and isinstance(table.lines[spot[0]][spot[1]], int | float):
        table.shown.formulas[spot] = ("=Biểu2!B3", random.choice(("", "#REF!")))
        table.shown.must_say |= {"formula", "error-in-cell"}


def other_sheets(random: Random, table: Table) -> None:
    """A sheet of something else beside it."""
    table.shown.sheets["Danh mục"] = [["STT", "Nội dung"], [1, "Chính quyền"], [2, "Đảng"]]


def older_sheet(random: Random, table: Table) -> None:
    """The same table of another year on a sheet of its own."""
    table.shown.sheets["Năm 2024"] = [table.head, *(_changed(row, table.marks) for row in table.rows)]
    table.shown.must_say |= {"sheets-of-different-times", "several-sheets"}


DRESSINGS = (
    *habits.ROWS,
    *(
        total,
        subtotals,
        unit_headings,
        merged_codes,
        *habits.CELLS,
        decimal_commas,
        days_as_typed,
        month_first,
        texts,
    ),
    *(names_for_codes, codes_as_numbers, codes_as_figures, other_spellings, marks_apart, other_columns),
    *(other_order, blank_rows, sections, numbering, capitals, continued, another_table, titles, another_time),
    *habits.AROUND,
    *(notes, signed),
)
"""In the order in which they are put on: sums before figures become texts, columns before they move."""

SHOWN = (
    *(hidden_rows, hidden_columns, comments, comments_on_headings, struck, unseen, formats, codes_in_format),
    *(merged_down, merged_figures, formulas, formulas_undone, other_sheets, older_sheet),
)
"""What only a workbook can show."""


def make(random: Random) -> tuple[Table, list[str]]:
    """A table in one to three dressings, and their names; one in three is a workbook that shows something."""
    table = random.choice(DRAWN)(random, sorted(random.sample(sorted(UNITS), random.randint(2, 4))))
    worn = random.sample(DRESSINGS, random.choice((0, 1, 1, 2, 3)))
    shown = random.sample(SHOWN, random.choice((1, 1, 2))) if random.random() < 1 / 3 else []
    for dressing in (*sorted(worn, key=DRESSINGS.index), *sorted(shown, key=SHOWN.index)):
        dressing(random, table)
    return table, [dressing.__name__ for dressing in (*worn, *shown)]


def written(table: Table, folder: Path, *, book: bool) -> Path:
    """The table in a file: a workbook where it shows something, or `book` asks for one."""
    if table.shown == Shown() and not book:
        path = folder / "table.csv"
        path.write_text(csv_text(table.lines), encoding="utf-8")
        return path
    path = folder / "table.xlsx"
    _write_book(table, path)
    if table.shown.formulas:
        _as_worked_out(path)
    return path


def _as_worked_out(path: Path) -> None:
    """Leave out that formulas are to be worked out anew: Excel has done so when it saves."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def _write_book(table: Table, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Biểu")
        _write(workbook, sheet, table)
        for name, rows in table.shown.sheets.items():
            other = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell != "":
                        other.write(line, column, str(cell) if isinstance(cell, date) else cell)


def _write(workbook: xlsxwriter.Workbook, sheet: Any, table: Table) -> None:
    shown = table.shown
    covered = {
        (line, column)
        for top, left, bottom, right in shown.merged
        for line in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (line, column) != (top, left)
    }
    for line, row in enumerate(table.lines):
        for column, cell in enumerate(row):
            if (line, column) not in covered and ((line, column) in shown.formulas or cell != ""):
                _write_cell(workbook, sheet, table, (line, column), cell)
    for top, left, bottom, right in shown.merged:
        cell = table.lines[top][left]
        sheet.merge_range(top, left, bottom, right, cell if not isinstance(cell, date) else cell.isoformat())
    for (line, column), text in shown.comments.items():
        sheet.write_comment(line, column, text)
    for line in shown.hidden_lines:
        sheet.set_row(line, options={"hidden": True})
    for column in shown.hidden_columns:
        sheet.set_column(column, column, options={"hidden": True})


def _write_cell(
    workbook: xlsxwriter.Workbook, sheet: Any, table: Table, place: tuple[int, int], cell: Any
) -> None:
    form = dict(table.shown.formats.get(place, {}))
    if isinstance(cell, date):
        form.setdefault("num_format", "dd/mm/yyyy")
    kept = workbook.add_format(form) if form else None
    if place in table.shown.formulas:
        formula, value = table.shown.formulas[place]
        sheet.write_formula(*place, formula, kept, value)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, kept)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell, kept)
    else:
        sheet.write(*place, cell, kept)
