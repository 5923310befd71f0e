"""CSV is what the standard library writes of the same cells, whether or not it was asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.characters import coded, guarded
from quota.render.kit.rendering import Cell, Table, csv_text

TEXTS = st.text(st.characters(codec="utf-8"), max_size=5) | st.text("Xã ,;\"'\n\r\t=-+1\u202e", max_size=5)
CELLS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ALIKE = st.sampled_from([0, 1, True, False, 0.0, -0.0, 1.0, float("nan"), None, "", "'=", "-x", "x,", "\r"])
PLAIN = st.none() | st.booleans() | st.integers(0, 99) | st.sampled_from(["Xã A", "mixed", ""])


def tables(cells: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[list[Cell]]]:
    widths = st.integers(1, 4)
    return widths.flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1, max_size=5))


def by_the_library(rows: Sequence[Sequence[Cell]]) -> str:
    lines = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line).writerow(
            [str(cell).lower() if isinstance(cell, bool) else safe(cell) for cell in row]
        )
        lines.append(line.getvalue().removesuffix("\r\n"))
    return "".join(f"{line}\n" for line in lines)


def safe(cell: Cell) -> Cell:
    return guarded(coded(cell)) if isinstance(cell, str) else cell


@given(tables(CELLS) | tables(PLAIN))
def test_any_table_is_written_as_the_library_writes_it(rows: list[list[Cell]]) -> None:
    assert csv_text(rows) == by_the_library(rows)


@pytest.mark.parametrize("mark", [",", '"', "\n", "\r", "\r\n"])
@pytest.mark.parametrize("row", [0, 1, 2])
def test_one_cell_that_needs_quotes_is_enough(mark: str, row: int) -> None:
    rows: list[list[Cell]] = [["a", "b"], [1, "c"], [None, "d"]]
    rows[row][1] = f"x{mark}y"
    assert csv_text(rows) == by_the_library(rows)
    assert list(csv.reader(io.StringIO(csv_text(rows), newline="")))[row][1] == f"x{mark}y"


def test_a_row_of_nothing_is_a_row() -> None:
    assert csv_text([["a"], [None], [""]]) == 'a\n""\n""\n'
    assert csv_text([["a", "b"]]) == "a,b\n"


@given(tables(CELLS) | tables(PLAIN))
def test_columns_are_written_as_their_rows_are(rows: list[list[Cell]]) -> None:
    header, *body = rows
    columns = list(zip(*body, strict=True)) or [()] * len(header)
    table = Table([str(heading) for heading in header], columns)
    assert csv_text(table) == csv_text(list(table))


@given(st.lists(st.lists(ALIKE, min_size=1, max_size=4), min_size=1, max_size=4), st.integers(1, 4))
def test_a_column_that_says_one_thing_is_written_as_it_is_in_a_row(
    columns: list[list[Cell]], rows: int
) -> None:
    filled = [(column * rows)[:rows] for column in columns]
    table = Table([*map(str, range(len(columns))), "="], [*filled, filled[0]])
    assert csv_text(table) == by_the_library(list(table))
