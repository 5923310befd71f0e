"""Damaged workbooks that made what opens workbooks wait for ever or give up: refused, in bounded time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from quota import read_units
from quota.tables.files.workbooks import workbook
from tests.forms import write_ods, write_xls

ROWS = [["code", "name", "type", "population"], ["00001", "Xã A", "xã", 1234], ["00002", "Xã B", "xã", 5678]]


def refusal(path: Path) -> str:
    table = read_units(path)
    (problem,) = table.problems
    assert (problem.code, problem.file, table.units) == ("binary", str(path), ())
    return str(problem.message)


def test_an_open_document_cut_off_in_its_table_does_not_wait_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "cut.ods"
    write_ods(path, ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"]
    parts["content.xml"] = content[: content.index(b"</table:table>")]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert refusal(path).startswith("not a workbook that can be read: no element found")


def test_a_workbook_that_never_opens_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "opening.py"
    opener.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(workbook, "_OPENER", opener)
    monkeypatch.setattr(workbook, "SECONDS", 1)
    path = tmp_path / "units.xls"
    write_xls(path, ROWS)
    assert refusal(path) == "not a workbook that can be read: not open after 1 seconds"


@pytest.mark.parametrize("place", [1424, 1425, 1426, 1513])
def test_one_wrong_byte_in_an_old_workbook_is_no_fault_of_the_program(tmp_path: Path, place: int) -> None:
    path = tmp_path / "damaged.xls"
    write_xls(path, ROWS)
    content = bytearray(path.read_bytes())
    content[place] = 255
    path.write_bytes(content)
    assert read_units(path).units == ()
    assert "not a workbook that can be read" in str(read_units(path).problems[0].message)


def test_a_workbook_that_needs_more_memory_than_there_is_for_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "opening.py"
    own = Path(workbook.__file__).with_name("opening.py").read_text(encoding="utf-8")
    assert "MOST_MEMORY = 2_500_000_000" in own
    opener.write_text(own.replace("MOST_MEMORY = 2_500_000_000", "MOST_MEMORY = 1_000"), encoding="utf-8")
    monkeypatch.setattr(workbook, "_OPENER", opener)
    path = tmp_path / "units.xls"
    write_xls(path, [ROWS[0], *([f"{code:05}", f"Xã {code}", "xã", code] for code in range(20_000))])
    assert "needs more memory than a workbook does" in refusal(path)


def test_what_opens_workbooks_is_found_where_python_is_told_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python_calamine.py").write_text(
        "class CalamineError(Exception): pass\nclass PasswordError(Exception): pass\n"
        "class SheetVisibleEnum: pass\nclass CalamineWorkbook:\n"
        "    def from_filelike(content): raise CalamineError('found along PYTHONPATH')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / "units.xls"
    write_xls(path, ROWS)
    assert refusal(path) == "not a workbook that can be read: found along PYTHONPATH"
