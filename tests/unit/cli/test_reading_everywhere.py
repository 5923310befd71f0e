"""The options about reading are the same in every command that reads population or staff tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from quota.cli.reading import Reading
from tests.commands import LEAVES, options_of
from tests.conftest import Run
from tests.forms import write_xlsx

GIVEN = Path(__file__).parents[2] / "given" / "forms"
TABLES = {"population", "files", "old", "staff"}
"""Names of the parameters that are population or staff tables."""
READING = {name.replace("_", "-") for name in get_type_hints(Reading)}


def reads_tables(found: Any) -> bool:
    return any(parameter.name in TABLES for parameter in found.params)


def options(words: str) -> set[str]:
    return {option.removeprefix("--") for option in options_of(words)}


def test_every_command_that_reads_tables_has_every_option_about_reading() -> None:
    reading = {words for words, found in LEAVES.items() if reads_tables(found)}
    assert {"audit", "read", "allocate", "fields", "rules diff", "progress", "report"} <= reading
    # a manifest names its tables itself; bulk streams one plain table of any size through another engine
    assert set(LEAVES) - reading >= {"bulk", "verify", "data list"}
    lacking = {words: READING - options(words) for words in reading}
    assert {words: names for words, names in lacking.items() if names} == {}


@pytest.mark.parametrize(
    "words",
    [
        ("audit", GIVEN / "dan-so.xlsx"),
        ("explain", "05443", GIVEN / "dan-so.xlsx"),
        ("rank", GIVEN / "dan-so.xlsx"),
        ("compare", "05443", "05758", "--population", GIVEN / "dan-so.xlsx"),
        ("borderline", GIVEN / "dan-so.xlsx"),
        ("allocate", GIVEN / "dan-so.xlsx", "--total", "1500"),
        ("check", GIVEN / "dan-so.xlsx"),
        ("rules", "diff", "central-2025", "central-2025-all-residents", GIVEN / "dan-so.xlsx"),
        ("changes", GIVEN / "dan-so.xlsx", GIVEN / "dan-so.xlsx"),
        ("merge", "05443", "05455", "--name", "Phường Mới", "--population", GIVEN / "dan-so.xlsx"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_says_in_one_line_how_a_form_was_read(
    quota: Callable[..., Run], words: tuple[object, ...]
) -> None:
    said = (
        f'{GIVEN / "dan-so.xlsx"}: residents: "Quy mô dân số / Dân số (người)", column G; 22 units of 22 rows'
    )
    done = quota(*words)
    assert done.err.count(said) == 1, done.err
    assert "left-out" not in done.err
    listed = quota(*words, "--verbose")
    assert listed.err.count("below the table; left out") == 3, listed.err


def test_what_is_not_about_reading_is_counted_as_before(quota: Callable[..., Run]) -> None:
    done = quota("audit", GIVEN / "pop.csv", "--staff", GIVEN / "dang-doc.xlsx")
    assert 'people present: "Biên chế hiện có", column F; 5 units of 15 rows' in done.err
    assert "17 remarks on the input (no-staff-row: 17)" in done.err


def test_several_files_and_sheets_are_counted(quota: Callable[..., Run]) -> None:
    many = quota("audit", GIVEN / "ba-trang.xlsx").err
    assert "22 units of 22 rows; 3 sheets; 18 other rows left out" in many
    apart = quota("audit", GIVEN / "tung-xa").err
    assert "3 units of 3 rows; 3 files; 15 other rows left out" in apart


def test_a_plain_table_is_read_without_a_word(quota: Callable[..., Run]) -> None:
    assert "residents:" not in quota("audit", GIVEN / "pop.csv", "--staff", GIVEN / "staff.csv").err


def test_a_table_of_which_no_figures_are_understood_has_no_such_line(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("Biểu 1,,\nmã,tên,số hộ\n05443,Phường Phan Đình Phùng,900\n", encoding="utf-8")
    done = quota("audit", path)
    assert done.code == 2
    assert "residents:" not in done.err
    assert "1 remark on the input (form: 1)" in done.err


def test_sheets_that_call_a_column_differently_are_both_named(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "units.xlsx"
    write_xlsx(
        path,
        {
            "A": [["Mã", "Tên", "Dân số"], ["05443", "Phường Phan Đình Phùng", 103_512]],
            "B": [["Mã", "Tên", "Ghi chú", "Nhân khẩu"], ["05758", "Xã Đại Từ", "", 37_650]],
        },
    )
    assert 'residents: "Dân số", column C | "Nhân khẩu", column D; 2 units' in quota("audit", path).err
