"""Tables beside population and staff take their sheet, headings and words as the user settles them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.core.problems import errors
from quota.tables.files.raw import AS_FOUND, ReadOptions
from quota.tables.files.wordings import Wordings
from quota.tables.readers.borders import read_borders
from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.people import read_arrivals, read_leavers, read_people
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.positions import read_positions, read_substitutes
from quota.tables.readers.secondments import read_secondments
from tests.forms import Rows, write_xlsx

POSITIONS: Rows = (
    ("Mã xã", "Khối", "Vị trí", "Biên chế hiện có", "Số người cần"),
    ("00004", "Chính quyền", "Kế toán", 1, 3),
)
LATER: Rows = (POSITIONS[0], ("00008", "Chính quyền", "Kế toán", 2, 4))
NOTES: Rows = (("Ghi chú",), ("Số liệu các xã gửi",))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    write_xlsx(path, {"Thuyết minh": NOTES, "Bảng 1": POSITIONS, "Bảng 2": LATER})
    return path


def codes_of(path: Path, *sheets: str) -> list[str]:
    return [cell.place.code for cell in read_positions(path, ReadOptions(sheets=sheets)).cells]


def test_the_sheet_with_the_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_xlsx(path, {"Thuyết minh": NOTES, "Bảng 1": POSITIONS})
    assert codes_of(path) == ["00004"]


def test_of_two_sheets_the_one_that_is_asked_for_is_read(book: Path) -> None:
    assert [problem.code for problem in errors(read_positions(book).problems)] == ["several-sheets"]
    assert codes_of(book, "Bảng 2") == ["00008"]
    assert codes_of(book, "2") == ["00004"]


def test_a_sheet_that_is_asked_of_another_workbook_is_no_matter_here(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_xlsx(path, {"Bảng 1": POSITIONS})
    assert codes_of(path, "Dân số") == ["00004"]


def test_an_embedded_table_is_read_as_it_is() -> None:
    own = ReadOptions(sheets=("Dân số",), wordings=Wordings({"code": "ignore"}))
    assert read_needs("hai-phong-needs-sample", own) == read_needs("hai-phong-needs-sample")


TABLES = (
    (read_borders, ("code_a", "code_b"), ("00004", "00008")),
    (read_departments, ("department", "transfer", "secondment"), ("Sở Nội vụ", "1", "2")),
    (read_distances, ("code_a", "code_b", "km"), ("00004", "00008", "1.5")),
    (
        read_done,
        ("from_code", "from_group", "to_code", "to_group", "people"),
        ("00004", "government", "00008", "government", "1"),
    ),
    (
        read_plan,
        ("stage", "kind", "from_code", "from_group", "to_code", "to_group", "people"),
        ("2", "transfer", "00004", "government", "00008", "government", "1"),
    ),
    (read_positions, ("code", "position", "staff", "needed"), ("00004", "Kế toán", "1", "2")),
    (read_substitutes, ("from", "to", "cost"), ("Kế toán", "Văn thư", "1")),
    (read_holders, ("code", "people", "fields"), ("00004", "1", "finance")),
    (read_needs, ("code", "field", "needed"), ("00004", "finance", "1")),
    (read_people, ("code", "born", "sex"), ("00004", "1980-01-31", "nam")),
    (read_leavers, ("code", "date", "people"), ("00004", "2026-12-31", "1")),
    (read_arrivals, ("code", "date", "people"), ("00004", "2026-12-31", "1")),
    (
        read_secondments,
        ("id", "home", "host", "start", "months"),
        ("1", "Sở Nội vụ", "00004", "2026-01-31", "6"),
    ),
)


@pytest.mark.parametrize(
    ("reader", "headings", "cells"), TABLES, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_table_takes_headings_of_the_users_own(
    tmp_path: Path, reader: object, headings: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    assert callable(reader)
    path = tmp_path / "table.csv"
    own = {f"cột {place}": heading for place, heading in enumerate(headings)}
    columns = {AS_FOUND.wordings.column_of(heading): name for name, heading in own.items()}
    wordings = Wordings({name: str(column) for column, name in columns.items()})
    path.write_text(",".join(own) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    assert errors(reader(path).problems)
    assert not errors(reader(path, options=ReadOptions(wordings=wordings)).problems)
