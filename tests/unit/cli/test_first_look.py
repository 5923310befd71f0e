"""What kind of table a file is, is found by reading it as the run was told to, and by reading it once."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.forms import write_xlsx

Quota = Callable[..., Any]
Cells = list[list[object]]
DAY = ("--as-of", "2026-11-22")
UNITS = "code,name,type,population\n00001,Xã A,commune,18000\n00002,Xã B,commune,20000\n"
STAFF: Cells = [["code", "government", "party", "front"], ["10507", 30, 18, 9], ["10525", 30, 18, 9]]
"""Of two units of Hải Phòng."""
LATER: Cells = [STAFF[0], ["10507", 33, 18, 9], STAFF[2]]
RESIDENTS: Cells = [["code", "name", "type", "population"], ["00001", "Xã A", "commune", 18_000]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(rows: Cells, mark: str = ",") -> str:
    return "".join(mark.join(map(str, row)) + "\n" for row in rows)


def changed(quota: Quota, *words: str) -> list[str]:
    """The units of Hải Phòng whose staff is another."""
    run = quota("changes", *words, *DAY, "--format", "json")
    assert run.code == 0, run.err
    return [unit["code"] for unit in json.loads(run.out)["units"]]


def test_of_the_sheet_that_was_named(quota: Quota, folder: Path) -> None:
    for name, rows in (("old", STAFF), ("new", LATER)):
        write_xlsx(folder / f"{name}.xlsx", {"Dân số": RESIDENTS, "Biên chế": rows})
    assert changed(quota, "old.xlsx", "new.xlsx", "--sheet", "Biên chế") == ["10507"]


def test_from_the_row_that_was_named(quota: Quota, folder: Path) -> None:
    above = [["code", "name", "type", "population"], ["1", "Xã Cũ", "commune", "5"]]
    for name, rows in (("old", STAFF), ("new", LATER)):
        (folder / f"{name}.csv").write_text(text([*above, *rows]), encoding="utf-8")
    assert changed(quota, "old.csv", "new.csv", "--header-row", "3") == ["10507"]


def test_in_the_encoding_that_was_named(quota: Quota, folder: Path) -> None:
    headings = [["mã", "chính quyền", "đảng", "mặt trận"]]
    for name, rows in (("old", STAFF), ("new", LATER)):
        content = text([*headings, *rows[1:]], ";").encode("utf-16-le")
        (folder / f"{name}.csv").write_bytes(content)
    assert changed(quota, "old.csv", "new.csv", "--encoding", "utf-16-le") == ["10507"]


def test_by_headings_of_ones_own(quota: Quota, folder: Path) -> None:
    own = [["mã", "cột A", "cột B", "cột C"]]
    for name, rows in (("old", STAFF), ("new", LATER)):
        (folder / f"{name}.csv").write_text(text([*own, *rows[1:]]), encoding="utf-8")
    said = "heading,column\ncột A,government\ncột B,party\ncột C,front\n"
    (folder / "own.csv").write_text(said, encoding="utf-8")
    assert changed(quota, "old.csv", "new.csv", "--columns", "own.csv") == ["10507"]


def test_of_a_folder_of_tables(quota: Quota, folder: Path) -> None:
    for name, rows in (("old", STAFF), ("new", LATER)):
        (folder / name).mkdir()
        for part, row in enumerate(rows[1:]):
            (folder / name / f"{part}.csv").write_text(text([rows[0], row]), encoding="utf-8")
    assert changed(quota, "old", "new") == ["10507"]


def test_of_lists_of_people(quota: Quota, folder: Path) -> None:
    head = "Mã,Họ và tên,Chức vụ\n"
    people = [f"10507,Người {letter},Chuyên viên Văn phòng HĐND và UBND\n" for letter in "abcdef"]
    (folder / "old.csv").write_text(head + "".join(people), encoding="utf-8")
    (folder / "new.csv").write_text(head + "".join(people[:4]), encoding="utf-8")
    assert changed(quota, "old.csv", "new.csv") == ["10507"]


def typed(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode()), encoding="utf-8"))


@pytest.mark.parametrize("words", [("-", "units.csv"), ("units.csv", "-")])
def test_of_standard_input(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str]
) -> None:
    typed(monkeypatch, UNITS.replace("18000", "19000").replace("20000", "25000"))
    run = quota("changes", *words, *DAY, "--format", "json")
    assert run.code == 0, run.err
    assert [unit["code"] for unit in json.loads(run.out)["units"]] == ["00002"]


def test_of_staff_on_standard_input(quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "old.csv").write_text(text(STAFF), encoding="utf-8")
    typed(monkeypatch, text(LATER))
    assert changed(quota, "old.csv", "-") == ["10507"]


@pytest.mark.parametrize("content", [UNITS, text(STAFF)])
def test_what_is_read_of_standard_input_is_said(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    typed(monkeypatch, content)
    run = quota("read", "-", "--format", "csv")
    assert run.code == 0, run.err
    assert len(run.out.splitlines()) == 3


def test_two_kinds_are_told_apart(quota: Quota, folder: Path) -> None:
    (folder / "staff.csv").write_text(text(STAFF), encoding="utf-8")
    (folder / "audit.json").write_text("{}", encoding="utf-8")
    for words, said in (
        (("units.csv", "staff.csv"), "a population table and a staff table"),
        (("audit.json", "staff.csv"), "an audit and a staff table"),
        (("units.csv", "audit.json"), "a population table and an audit"),
    ):
        run = quota("changes", *words)
        assert run.code == 2
        assert said in " ".join(run.err.split())


def test_answers_given_to_ask_hold_for_tables_looked_at_before(
    quota: Quota, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables are read again with the answers."""
    for name, residents in (("old", 18_000), ("new", 25_000)):
        table = f"code,name,type,số A,số B\n00001,Xã A,commune,{residents},7\n"
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    typed(monkeypatch, "1\n" * 4)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    run = quota("changes", "old.csv", "new.csv", "--ask", *DAY, "--format", "json")
    assert run.code == 0, run.err
    (unit,) = json.loads(run.out)["units"]
    assert (unit["old"]["population"], unit["new"]["population"]) == (18_000, 25_000)
