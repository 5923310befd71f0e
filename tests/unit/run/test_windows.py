"""What differs on Windows, held on every system: the branches that depend on it are run with it patched."""

from __future__ import annotations

import ctypes
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quota.cli import main as program
from quota.render.kit import language, output
from quota.render.kit.language import Language, asked_for
from quota.run import windows
from quota.run.windows import expanded, fault_of_name, on_windows, speaks_vietnamese
from quota.tables.files.workbooks import opening

ROOT = Path(__file__).parents[3]
Quota = Callable[..., Any]


@pytest.fixture
def on_a_windows_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every place that asks is told yes; paths stay those of this system."""
    for module in (windows, output, language):
        monkeypatch.setattr(module, "on_windows", lambda: True)


def test_this_system_is_told_apart() -> None:
    assert on_windows() == (sys.platform == "win32")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *((name, "device") for name in ("CON", "con.csv", "Nul.xlsx", "aux", "PRN.a.b", "com1", "LPT9.csv")),
        *((name, "device") for name in ("COM¹", "nul ", "CONIN$", "con:x", "NUL .txt")),
        *((name, "does not allow") for name in ("a:b.csv", "a?.csv", "a*", 'a"b', "a<b", "a|b", "a\tb")),
        *((name, "drops") for name in ("a.csv.", "a.csv ", "a..")),
    ],
)
def test_names_that_windows_makes_no_file_of(name: str, said: str) -> None:
    fault = fault_of_name(name)
    assert fault is not None
    assert said in str(fault)


@pytest.mark.parametrize(
    "name",
    ["a.csv", "console.csv", "com10.csv", "com.csv", "nulls", "Ea H'Leo – 2025.xlsx", ".hidden", "lpt"],
)
def test_names_that_it_does(name: str) -> None:
    assert fault_of_name(name) is None


@pytest.mark.usefixtures("on_a_windows_machine")
@pytest.mark.parametrize("name", ["nul.csv", "a:b.csv", "a.csv."])
def test_nothing_is_written_under_such_a_name(quota: Quota, tmp_path: Path, name: str) -> None:
    run = quota("audit", "hue", "--format", "csv", "--output", tmp_path / name)
    assert run.code == 2
    assert "name another file" in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("on_a_windows_machine")
def test_a_file_that_excel_has_open_is_said_to_be_open(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("as it was", encoding="utf-8")

    def held(*_: object) -> None:
        raise PermissionError(13, "Access is denied", str(target), 5)

    monkeypatch.setattr(output.os, "replace", held)
    run = quota("audit", "hue", "--format", "csv", "--output", target)
    assert run.code == 2
    assert "Access is denied" in run.err
    assert "close it in the program that has it open" in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]  # nothing beside it is left
    assert target.read_text(encoding="utf-8") == "as it was"


def test_elsewhere_no_program_is_blamed(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output.os, "replace", refused)
    run = quota("audit", "hue", "--format", "csv", "--output", tmp_path / "out.csv")
    assert run.code == 2
    assert "Excel" not in run.err


def test_a_folder_that_cannot_be_opened_is_not_synced_and_the_file_is_there(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where opening a folder is refused."""
    really = output.os.open

    def only_files(path: Any, *rest: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *rest)

    monkeypatch.setattr(output.os, "open", only_files)
    target = tmp_path / "out.csv"
    assert quota("audit", "hue", "--format", "csv", "--output", target).code == 0
    assert "Phường Phú Xuân" in target.read_text(encoding="utf-8-sig")


def test_patterns_are_spelled_out_where_the_shell_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).touch()
    assert expanded(["audit", "*.csv", "?.txt", "x*.csv", "--only=*", "a.csv"]) == [
        *("audit", "a.csv", "b.csv", "c.txt", "x*.csv", "--only=*", "a.csv")
    ]
    (tmp_path / "[2026] a.xlsx").touch()
    (tmp_path / "~$[2026] a.xlsx").touch()  # what Excel keeps beside an open workbook
    assert expanded(["*.xlsx", "[2026]*", "~$*"]) == ["[2026] a.xlsx", "[2026] a.xlsx", "~$*"]
    assert expanded([str(tmp_path / "*.csv")]) == [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]


@pytest.mark.usefixtures("on_a_windows_machine")
def test_the_program_reads_every_file_that_fits(quota: Quota, tmp_path: Path) -> None:
    head = "code,name,type,population\n"
    (tmp_path / "1.csv").write_text(head + "00001,Xã A,commune,18000\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text(head + "00002,Xã B,commune,20000\n", encoding="utf-8")
    run = quota("audit", tmp_path / "*.csv", "--format", "csv", "--lang", "en")
    assert run.code == 0
    assert [line.partition(",")[0] for line in run.out.splitlines()] == ["code", "00001", "00002"]


@pytest.mark.parametrize(("id_", "found"), [(0x042A, True), (0x0409, False), (0x002A, True), (0x0412, False)])
def test_the_language_that_windows_shows_itself_in(id_: int, found: bool) -> None:
    assert speaks_vietnamese(lambda: id_) is found


@pytest.mark.usefixtures("on_a_windows_machine")
def test_windows_in_vietnamese_is_answered_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: 0x042A)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert asked_for([], {}) is Language.VI
    assert asked_for([], {"LANG": "en_US.UTF-8"}) is Language.EN
    assert asked_for(["--lang", "en"], {}) is Language.EN
    kernel.GetUserDefaultUILanguage = lambda: 0x0409
    assert asked_for([], {}) is Language.EN


def test_elsewhere_windows_is_not_asked() -> None:
    assert speaks_vietnamese() is False or sys.platform == "win32"
    assert asked_for([], {}) is Language.EN or sys.platform == "win32"


def test_lines_end_in_a_line_feed_and_text_is_utf_8_whatever_the_code_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stream as Windows gives it to a program in a pipe: code page 1258, carriage returns."""
    content = io.BytesIO()
    stream = io.TextIOWrapper(content, encoding="cp1258", newline="\r\n")
    monkeypatch.setattr(sys, "stdout", stream)
    program._speak_utf8()
    sys.stdout.write("Phường Hồng Bàng\n")
    stream.flush()
    assert content.getvalue() == "Phường Hồng Bàng\n".encode()


def test_no_memory_is_limited_where_there_is_no_way_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "resource", None)  # importing it would fail
    opening.limit_memory()


def test_no_module_that_windows_lacks_is_imported_on_the_way_to_an_audit() -> None:
    lacking = "fcntl", "grp", "posix_spawn", "pwd", "resource", "termios", "tty"
    code = (
        f"import sys\nfor name in {lacking}: sys.modules[name] = None\n"
        "from quota.cli.main import main\nmain(['audit', 'hue', '--format', 'csv'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")
