"""Two builds side by side and the growth of one: what is run, what pages are given. No time is asserted."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parent / "bench"
PYTHON = sys.executable
BUILD = """
import os, sys
width = os.get_terminal_size().columns if sys.stdout.isatty() else None
with open(os.environ["SEEN"], "a", encoding="utf-8") as seen:
    print({name!r}, width, *sys.argv[1:], file=seen)
sys.exit({code})
"""


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the builds below note of their runs."""
    path = tmp_path / "seen"
    monkeypatch.setitem(import_module("measuring")._ENVIRONMENT, "SEEN", str(path))
    return path


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., str]:
    """The Python of an environment in which a build is installed that only notes what it is asked for."""

    def install(name: str, code: int = 0) -> str:
        package = tmp_path / name / "quota"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "__main__.py").write_text(BUILD.format(name=name, code=code), encoding="utf-8")
        python = tmp_path / name / "python"
        python.write_text(f'#!/bin/sh\nPYTHONPATH="{package.parent}" exec "{PYTHON}" "$@"\n')
        python.chmod(0o755)
        return str(python)

    return install


def pages(folder: Path, *names: str) -> Path:
    """Empty pages on performance, with a place for each of these tables."""
    for language in ("en", "vi"):
        path = folder / language / "performance" / "bench.md"
        path.parent.mkdir(parents=True)
        places = [f"<!-- {name}: written by the bench -->\nold\n<!-- end of {name} -->" for name in names]
        path.write_text("\n".join(["# Page", *places, "after"]), encoding="utf-8")
    return folder


def blocks(docs: Path, name: str) -> list[list[str]]:
    """The lines that were put there, English and Vietnamese."""
    texts = [(docs / language / "performance" / "bench.md").read_text("utf-8") for language in ("en", "vi")]
    assert all(text.startswith("# Page\n") and text.endswith("\nafter") for text in texts)
    return [
        text.partition(f"<!-- {name}: written by the bench -->\n")[2]
        .partition(f"\n<!-- end of {name}")[0]
        .splitlines()
        for text in texts
    ]


def run(module: Any, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit code of a command of the bench."""
    monkeypatch.setattr(sys, "argv", [f"{module.__name__}.py", *map(str, arguments)])
    try:
        module.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_both_builds_run_in_turn_and_the_pages_are_given_the_table(
    installed: Callable[..., str],
    seen: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    against, languages = import_module("against"), import_module("languages")
    docs = pages(tmp_path / "docs", "against")
    monkeypatch.setattr(languages.write, "__defaults__", (docs,))
    monkeypatch.setattr(sys, "executable", installed("now"))
    before = os.path.relpath(installed("before"))
    arguments = (before, "--units", 3, "--turns", 2, "--only", "audit, terminal", "--write")
    assert run(against, monkeypatch, *arguments) == 0
    noted = [line.split() for line in seen.read_text(encoding="utf-8").splitlines()]
    assert [name for name, *_ in noted] == ["now", "before", "before", "now", "now", "before"]
    assert {(width, command) for _, width, command, *_ in noted} == {("100", "audit")}
    assert {options[-2:][0] for *_, options in [(*line[:3], line[3:]) for line in noted]} == {"--as-of"}
    assert (tmp_path / "before" / "quota" / "__pycache__").is_dir(), "it is not compiled"
    told, blank, heading, _, row = blocks(docs, "against")[0]
    assert told.startswith(f"2 turns each on {os.cpu_count()} cores, load ")
    assert blank == ""
    assert heading.startswith("| command | units | s, earlier | s | ratio | processor s, earlier | ")
    assert re.match(r"\| `audit`, terminal \| 3 \| \d+\.\d\d \| ", row)
    assert re.match(r"\| `audit`, cửa sổ lệnh \| 3 \| \d+,\d\d \| ", blocks(docs, "against")[1][-1])
    assert row in capsys.readouterr().out


def test_a_build_that_cannot_do_it_is_said(
    installed: Callable[..., str],
    seen: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    against = import_module("against")
    monkeypatch.setattr(sys, "executable", installed("now"))
    arguments = (installed("before", code=2), "--units", 3, "--turns", 1, "--only", "help")
    assert run(against, monkeypatch, *arguments) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].endswith("| failed |")
    assert "earlier build FAILED" in err
    assert seen.read_text(encoding="utf-8").splitlines() == ["now None --help", "before None --help"]


def test_this_build_beside_itself_is_refused(
    installed: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    against = import_module("against")
    python = installed("now")
    monkeypatch.setattr(sys, "executable", python)
    assert run(against, monkeypatch, python) == 2
    assert "runs this build itself" in capsys.readouterr().err
    assert run(against, monkeypatch, "/no/python") == 2
    assert "No such file" in capsys.readouterr().err


def test_ratios_are_of_medians_and_aims_are_told_as_met_or_missed() -> None:
    against, measuring, waits = (import_module(name) for name in ("against", "measuring", "waits"))

    def runs(*processor: float) -> list[Any]:
        return [measuring.Run(2 * taken, taken, int(10 * taken), "") for taken in processor]

    wait = waits.Wait("changes, csv", ("changes",))
    met = against.Pair(wait, 3_321, earlier=runs(9, 1, 2), now=runs(0.7, 0.8, 0.9))
    assert against.row(met, "en") == [
        *("`changes --format csv`", "3,321", "4.00", "1.60", "0.40", "2.00", "0.80", "0.40", "90", "9"),
        "0.40, met",
    ]
    missed = against.Pair(wait, 3_321, earlier=runs(2), now=runs(0.82))
    assert against.row(missed, "vi")[1:8] == ["3.321", "4,00", "1,64", "0,41", "2,00", "0,82", "0,41"]
    assert against.row(missed, "vi")[-1] == "0,40, chưa đạt"
    assert against.row(against.Pair(wait, 114, runs(2), runs(1)), "en")[-1] == ""


def test_packages_of_other_versions_are_said() -> None:
    against = import_module("against")
    before = against.Build("", "a", {"rich": "1", "typer": "2", "commune-quota": "0"})
    now = against.Build("", "b", {"rich": "1", "typer": "3", "msgspec": "4", "commune-quota": "1"})
    assert against.differing(before, now) == ["msgspec –/4", "typer 2/3"]
    told = against.circumstances("en", 5, (0.1, 1.2), ["typer 2/3"])
    assert told.endswith(
        "load 0.1 before and 1.2 after. Packages of other versions (earlier/this): typer 2/3."
    )
    assert "tải 0,1 trước và 1,2 sau" in against.circumstances("vi", 5, (0.1, 1.2), [])


def test_growth_is_told_from_the_smallest_table_and_between_the_greatest(
    installed: Callable[..., str],
    seen: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    growth, languages, measuring, waits = (
        import_module(name) for name in ("growth", "languages", "measuring", "waits")
    )
    runs = {
        size: [measuring.Run(0, taken, 7, "")] for size, taken in {100: 0.5, 1_000: 1.0, 10_000: 5.0}.items()
    }
    wait = waits.Wait("rank, terminal", ("rank",), shown=True)
    told = [f"{seconds} (7 MB)" for seconds in ("0.50", "1.00", "5.00")]
    assert growth.row(wait, runs, "en") == ["`rank --group-by province`, terminal", *told, "0.50", "0.70"]
    docs = pages(tmp_path / "docs", "growth")
    monkeypatch.setattr(languages.write, "__defaults__", (docs,))
    monkeypatch.setattr(sys, "executable", installed("now"))
    assert run(growth, monkeypatch, "--units", 4, 3, "--turns", 1, "--only", "check", "--write") == 0
    noted = [line.split() for line in seen.read_text(encoding="utf-8").splitlines()]
    assert [Path(line[3]).name for line in noted] == ["waiting-3-0.csv", "waiting-4-0.csv"]
    english, vietnamese = blocks(docs, "growth")
    assert english[2].startswith("| command | processor s, 3 units | processor s, 4 units | power, 3–4 |")
    assert re.match(r"\| `check --format json` \| \d+\.\d\d ", english[-1])
    assert vietnamese[2].startswith("| lệnh | giây xử lý, 3 đơn vị |")
    capsys.readouterr()
    assert run(growth, monkeypatch, "--units", 4) == 2
    assert "name two or more" in capsys.readouterr().err


MEASURED = (
    ("start", 0, "import typer", "0.100 15 1.00"),
    ("start", 0, "quota --help", "0.110 18 1.10 same"),
    ("prompt", 3_321, "quota audit --format csv", "0.300 38 1.00 units 3,321"),
    ("prompt", 3_321, "duckdb script", "0.400 76 1.33 same"),
    ("prompt", 3_321, "pandas script", "absent: pandas is not installed"),
    ("waiting: audit, xlsx", 114, "XlsxWriter, the same cells", "1.000 24 1.00"),
    ("waiting: audit, xlsx", 114, "quota audit", "1.700 49 1.70 beside its floor"),
    ("waiting: audit, xlsx", 3_321, "XlsxWriter, the same cells", "6.000 103 1.00"),
    ("waiting: audit, xlsx", 3_321, "quota audit", "2.400 1109 0.40 beside its floor"),
    ("waiting: audit, terminal", 114, "rich, the same lines as a table", "0.500 19 1.00"),
    ("waiting: audit, terminal", 114, "quota audit", "0.400 34 0.80 beside its floor"),
)
PRINTED = [
    "2 cores; load before the run 0.4, 1.0, 1.0",
    *(f"{what:24}{size:>12,}  {peer:34}{told}" for what, size, peer, told in MEASURED),
    "load after the run 1.5, 1.0, 1.0",
]


def test_the_tables_of_waiting_and_prompt_are_put_into_both_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, languages = import_module("page"), import_module("languages")
    docs = pages(tmp_path / "docs", "prompt", "waiting")
    monkeypatch.setattr(languages.write, "__defaults__", (docs,))
    printed = tmp_path / "run.txt"
    printed.write_text("\n".join(PRINTED), encoding="utf-8")
    assert run(page, monkeypatch, "--write", printed) == 0
    assert blocks(docs, "prompt")[0] == [
        "On 2 cores, load 0.4 before and 1.5 after.",
        "",
        "|  | ratio |",
        "| --- | ---: |",
        '| `quota --help`, to `python -c "import typer"` | 1.10 |',
        "| `quota audit --format csv`, to a duckdb script | 0.75 |",
    ]
    assert blocks(docs, "waiting")[0][2:] == [
        "| to its floor | 114 units | 3,321 units | aimed at |",
        "| --- | ---: | ---: | ---: |",
        "| `audit -o x.xlsx`, to XlsxWriter | 1.70 (49 MB) | 0.40 (1,109 MB) | 3,321: 0.60, met |",
        "| `audit`, terminal, to rich | 0.80 (34 MB) |  |  |",
    ]
    assert blocks(docs, "waiting")[1][-2:] == [
        "| `audit -o x.xlsx`, so với XlsxWriter | 1,70 (49 MB) | 0,40 (1.109 MB) | 3.321: 0,60, đạt |",
        "| `audit`, cửa sổ lệnh, so với rich | 0,80 (34 MB) |  |  |",
    ]
    assert "| start | import typer | quota --help |" in capsys.readouterr().out


def test_a_page_without_the_place_is_refused(tmp_path: Path) -> None:
    languages = import_module("languages")
    docs = pages(tmp_path, "growth")
    with pytest.raises(ValueError, match="the page has no place for against"):
        languages.write("against", {"en": "table"}, docs)


def test_the_real_pages_have_a_place_for_every_table() -> None:
    languages = import_module("languages")
    for language in languages.LANGUAGES:
        text = (languages.DOCS / language / languages.PAGE).read_text(encoding="utf-8")
        for name in ("against", "growth", "waiting", "prompt"):
            assert "table" in languages.put(text, name, "table")
