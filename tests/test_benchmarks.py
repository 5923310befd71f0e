"""The benchmarks' runner at tiny sizes: every peer has its row and the same result. No time is asserted."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "tests" / "bench"
PEERS = {
    "bulk, CSV": ["polars script, same columns", "quota bulk --engine polars"],
    "bulk, Parquet": ["duckdb script", "quota bulk --engine polars", "quota bulk --engine duckdb"],
    "start": ["import typer", "quota --help"],
    "prompt": ["quota audit --format csv", "duckdb script", "pandas script", "polars script"],
    "suggest hue": ["quota suggest, with its proof", "spopt max-p, best of 2 seeds"],
    "plan": ["quota plan, posts and metres", "scipy HiGHS, solving alone"],
    "plan, whole policy": ["quota plan, whole policy"],
    "rows, CSV": [
        "duckdb script",
        "quota bulk --engine polars",
        "quota bulk --engine duckdb",
        "quota audit --format csv",
        "polars script",
        "pandas script",
        "openfisca-core",
        "LibreOffice, live workbook",
    ],
    "sweep of 10 frames": ["quota.bulk.sweep, NumPy", "the same unit by unit"],
}
MAY_BE_ABSENT = {"openfisca-core", "LibreOffice, live workbook", "spopt max-p, best of 2 seeds"}


@pytest.mark.slow
def test_every_peer_has_its_row_and_the_same_result() -> None:
    run = subprocess.run(
        [sys.executable, str(BENCH), "--rows", "100", "--turns", "1"],
        cwd=ROOT,
        env=unmeasured(),
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    rows: dict[str, dict[str, str]] = {}
    for line in run.stdout.splitlines()[2:-1]:
        rows.setdefault(line[:24].strip(), {})[line[38:72].strip()] = line[72:]
    assert {what: list(rows[what]) for what in PEERS} == PEERS
    assert int(rows["start"]["import typer"].split()[1]) < 60  # its own memory, not the tables' and answers'
    for what, peers in PEERS.items():
        for number, peer in enumerate(peers):
            told = rows[what][peer]
            if told.startswith("absent: "):
                assert peer in MAY_BE_ABSENT
                continue
            seconds, megabytes, ratio, *result = told.split()
            assert float(seconds) >= 0
            assert int(megabytes) > 5
            assert float(ratio) > 0
            if number > 0:
                assert result == ["same"] or (what.startswith("suggest") and result[0] == "groups")


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCH))
    return import_module("measuring")


def saying(measuring: Any, name: str, **told: int) -> Any:
    return measuring.Peer(name, ["-c", f"print('{json.dumps(told)}')"])


def test_a_peer_with_another_result_is_no_benchmark(measuring: Any) -> None:
    peers = [
        saying(measuring, "ours", posts=5, seconds=2),
        saying(measuring, "right", posts=5, seconds=6),
        saying(measuring, "wrong", posts=6),
        measuring.Peer("broken", ["-c", "raise SystemExit('no such file')"]),
        measuring.Peer("not here", ["-c", ""], needs="no_such_module"),
        measuring.Peer("small", ["-c", ""], most=9, why="its memory"),
    ]
    ours, right, wrong, broken, absent, small = measuring.lines(
        measuring.Contest("trial", 10, peers, turns=1), measuring.Limits(10)
    )
    assert re.search(r"ours +2\.000 +\d+ +1\.00  posts 5$", ours)
    assert re.search(r"right +6\.000 +\d+ +3\.00  same$", right)
    assert wrong.endswith("DIFFERENT: {'posts': 6}, not {'posts': 5}")
    assert broken.endswith("FAILED: no such file")
    assert absent.endswith("absent: no_such_module is not installed")
    assert small.endswith("stopped at 9 rows: its memory")


def test_a_peer_that_takes_too_long_is_stopped(measuring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "LIMIT", 0.2)
    slow = measuring.Peer("slow", ["-c", "import time; time.sleep(60)"])
    (line,) = measuring.lines(measuring.Contest("trial", 10, [slow], turns=3), measuring.Limits(10))
    assert line.endswith("stopped after 0.2 s")


def test_the_readmes_tables_are_made_from_what_was_printed(measuring: Any) -> None:
    peers = [
        saying(measuring, "ours", posts=5, seconds=2),
        saying(measuring, "theirs", posts=5, seconds=3),
        measuring.Peer("small", ["-c", ""], most=9, why="its memory"),
    ]
    printed = [
        line
        for size in (9, 1_000)
        for line in measuring.lines(measuring.Contest("trial", size, peers, turns=1), measuring.Limits(10))
    ]
    page = import_module("page")
    header, _, nine, thousand, grows, _ = page.pages(page.parsed(["2 cores; load 1.0", *printed]))
    assert header == "| trial | ours | theirs | small |"
    assert re.fullmatch(r"\| 9 \| 1\.00 \(\d+ MB\) \| 1\.50 \(\d+ MB\) \| .+ \|", nine)
    assert re.fullmatch(r"\| 1,000 \| 1\.00 \(\d+ MB\) \| 1\.50 \(\d+ MB\) \| stopped \|", thousand)
    assert grows == "| grows by | 0.00 | 0.00 |  |"  # they say the same seconds for nine rows and a thousand


def test_growth_is_a_power_of_the_rows(measuring: Any) -> None:
    page = import_module("page")

    def grows(seconds: dict[int, float]) -> str:
        lines = [page.Line("trial", rows, "ours", "", taken) for rows, taken in seconds.items()]
        return str(page._grows(lines))

    assert grows({100: 0.5, 1_000: 5.0}) == "1.00"
    assert grows({10: 1.0, 1_000: 10.0}) == "0.50"
    assert grows({10: 1.0}) == grows({10: 0.0, 20: 0.0}) == ""


@pytest.fixture
def floors(measuring: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCH / "peers"))
    return import_module("floor").KINDS


def test_the_floors_write_what_the_commands_wrote(
    quota: Any, measuring: Any, floors: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = import_module("waits").units_table(tmp_path, 4)
    other = import_module("waits").units_table(tmp_path, 4, seed=1)
    assert table.read_bytes() != other.read_bytes()
    files = {name: tmp_path / name for name in ("a.xlsx", "a.csv", "a.txt")}
    assert quota("audit", table, "-o", files["a.xlsx"]).code == 0
    assert quota("audit", table, "--format", "csv", "-o", files["a.csv"]).code == 0
    assert quota("audit", table, "-o", files["a.txt"]).code == 0
    held, again, written = (str(tmp_path / name) for name in ("held", "again", "floor"))

    floors["cells"](files["a.xlsx"], held)
    floors["xlsx"](held, f"{written}.xlsx")
    floors["cells"](f"{written}.xlsx", again)
    assert Path(held).read_text(encoding="utf-8") == Path(again).read_text(encoding="utf-8")

    floors["rows"](str(files["a.csv"]), held)
    floors["rewrite"](held, f"{written}.csv", str(table))
    assert Path(f"{written}.csv").read_text(encoding="utf-8") == files["a.csv"].read_text(encoding="utf-8")

    floors["rich"](files["a.txt"])
    shown = "".join(capsys.readouterr().out.split())  # cells wrap: the same letters, in another order
    assert sorted(shown) == sorted("".join(files["a.txt"].read_text(encoding="utf-8").split()))


def test_every_command_that_waits_stands_beside_a_floor(
    measuring: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waiting = import_module("waiting")
    monkeypatch.setattr(waiting, "once", lambda *_, **__: None)  # nothing is run: only what would be
    contests = list(waiting.contests(tmp_path, measuring.Limits(10_000)))
    assert {contest.size for contest in contests} == {114, 3_321, 10_000}
    waits = {f"waiting: {name}" for name in import_module("waits").TYPED if name != "help"}
    reports = {"waiting: report, html", "waiting: report, docx"}
    for size, left_out in {114: set(), 3_321: set(), 10_000: reports}.items():
        assert {contest.what for contest in contests if contest.size == size} == waits - left_out
    for contest in contests:
        floor, ours = contest.peers
        assert floor.arguments[0].endswith("floor.py")
        assert ours.arguments[:3] == ["-m", "quota", ours.name.removeprefix("quota ")]
        assert floor.columns == ours.columns == (100 if contest.what.endswith("terminal") else None)


def test_a_run_on_a_terminal_sees_one_of_that_width(measuring: Any) -> None:
    streams = "sys.stdin, sys.stdout, sys.stderr"
    asked = f"import os, sys; print([f.isatty() for f in ({streams})], os.get_terminal_size())"
    printed = measuring.once(["-c", asked], columns=100).printed
    assert printed == "[True, True, True] os.terminal_size(columns=100, lines=40)"
    assert measuring.once(["-c", "raise SystemExit(1)"], columns=80, ends=(0, 1)).processor > 0
    with pytest.raises(measuring.NoRunError, match="FAILED: no such table"):
        measuring.once(["-c", "raise SystemExit('no such table')"], columns=80)
    long = "print('x' * 99_999); print('end')"
    assert measuring.once(["-c", long], columns=80).printed == "end"
