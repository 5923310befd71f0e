"""The options about reading, as they are typed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
TEXT = 'Mã,Tên,Loại,Dân số\n1,P. Ba Đình,phường,"27.812"\n2,Xã A,xã,-\n'


def test_remarks_are_counted_and_listed_when_asked(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(TEXT, encoding="utf-8")
    short = quota("audit", path)
    assert short.code == 0
    assert "--verbose" in short.err
    assert "27812" not in short.err
    long = quota("audit", path, "--verbose")
    assert long.out == short.out
    for said in ("27.812 is read as 27812", "read as Phường Ba Đình", "taken as unknown, not as zero"):
        assert said in long.err
    problems = json.loads(quota("audit", path, "--format", "json").out)["problems"]
    assert {problem["code"] for problem in problems} >= {
        "number-convention",
        "name-spelled-out",
        "unknown-mark",
    }
    assert {problem["severity"] for problem in problems} == {"information"}


def test_standard_input_is_a_table_too(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16")), encoding="utf-8"))
    answer = json.loads(quota("audit", "-", "--format", "json").out)
    assert [unit["population"] for unit in answer["units"]] == [27_812, None]
    assert answer["inputs"][0]["path"] == "-"


def test_several_tables_and_options(quota: Quota, tmp_path: Path) -> None:
    path, own = tmp_path / "units.csv", tmp_path / "own.csv"
    path.write_text(TEXT.replace("Dân số", "Nhân khẩu 1/7"), encoding="utf-16-le")
    own.write_text("heading,column\nNhân khẩu 1/7,population\n", encoding="utf-8")
    run = quota("audit", "hue", path, "--columns", own, "--encoding", "utf-16-le", "--format", "csv")
    assert run.code == 0, run.err
    assert len(run.out.splitlines()) == 43
    assert quota("explain", "ba dinh", path, "hue", "--columns", own).code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--encoding", "latin9"], "one of utf-8"),
        (["--encoding", "utf-16-be"], "not utf-16-be text"),
        (["--header-row", "9"], "row 9 is empty or not there"),
        (["--columns", "nowhere.csv"], "nowhere.csv: cannot be read"),
    ],
)
def test_options_that_do_not_fit_say_so(quota: Quota, tmp_path: Path, options: list[str], said: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(TEXT + "\n", encoding="utf-8")
    run = quota("audit", path, *options)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
