"""Equal inputs give equal bytes: every command, in every form, in environments that share nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quota.cli.main import main
from tests.commands import LEAVES, Run, example_runs, forms, options_of
from tests.laws.province import TEXTS, write_province
from tests.once import made_once

HERE = Path(__file__).parent
ROOT = HERE.parent
DAY = ("--as-of", "2026-11-22")
TOY = ("../in/units.csv", "--staff", "../in/staff.csv", "--rules", "../in/toy.yaml")

_FULLER: dict[str, tuple[Run, ...]] = {
    "audit": (
        (*TOY, *DAY, "--verbose"),
        ("--fields", "hai-phong-fields-sample", "--needs", "hai-phong-needs-sample", *DAY),
    ),
    "read": (("../in/units.csv",), ("../in/staff.csv",)),
    "form": (
        ("staff", "--province", "Hải Phòng", *DAY),
        ("bien-che-theo-khoi", "--population", "../in/units.csv", "--staff", "../in/staff.csv", *DAY),
    ),
    "explain": (("hong bang", *DAY),),
    "fields": (DAY,),
    "secondments": (DAY,),
    "merge": (("hong bang", "an bien", "--name", "Phường Mới", "--write-table", "table.csv", *DAY),),
    "simulate": (("../in/every-operation.yaml", "--write-table", "table.csv", *DAY),),
    "suggest": (
        (
            *(
                "../in/scenario-units.csv",
                "--neighbours",
                "../in/scenario-neighbours.csv",
                "--units",
                "6",
                *DAY,
            ),
            *("--write-scenario", "scenario.yaml", "--write-table", "table.csv"),
        ),
    ),
    "compare": (("--peers", "hong bang", *DAY),),
    "rank": (("--group-by", "type", *DAY),),
    "sensitivity": (("hue", "--vary", "party.range.low=15,17", *DAY),),
    "borderline": (("--growth", "1.2", "--years", "3", *DAY),),
    "changes": (("../in/units.csv", "../in/units-later.csv", *DAY),),
    "plan": (
        DAY,
        ("--check", "../in/plan.csv", *DAY),
        ("--why", "bach long vi", *DAY),
        ("--neighbours", "hai-phong-neighbours", *DAY),
    ),
    "progress": (
        ("../in/plan.csv", "../in/done.csv", "--population", "hai-phong", "--replan", "again.csv", *DAY),
    ),
    "path": (("--people", "../in/people.csv", "--deadline", "2030-07-01", *DAY),),
    "allocate": (("--total", "9000", "--floor", "present", "--reserve", "50", *DAY), ("--cut", "15%", *DAY)),
    "bulk": (
        ("hai-phong", "bulk.csv", *DAY),
        ("hai-phong", "bulk.parquet", *DAY, "--format", "csv"),
        ("hai-phong", "bulk.csv", "--engine", "duckdb", *DAY, "--format", "csv"),
        ("hai-phong", "bulk.parquet", "--engine", "duckdb", *DAY, "--format", "csv"),
    ),
    "report": (("../in/units.csv", "--staff", "../in/staff.csv", *DAY),),
    "rules show": (("central-2025",), ("../in/toy.yaml",)),
    "rules check": (("../in", "../in/toy.yaml"),),
    "rules diff": (("central-2025", "central-2025-all-residents", "hue", *DAY),),
    "rules fit": (("../in/posts.csv", "--posts", "given", *DAY),),
    "check": (("hai-phong", "--neighbours", "hai-phong-neighbours", "--fix", "fixed.csv"),),
    "reconcile": (("hai-phong",),),
    "verify": (("../in/record.json",),),
    "data units": (("--province", "hue", *DAY),),
}
"""What is run instead of a command's examples, where that shows more."""


def examples(words: str) -> tuple[Run, ...]:
    """A command's examples over the small province, on the day."""
    day = DAY if "--as-of" in options_of(words) else ()
    return tuple([(*map(_placed, run), *day) for run in example_runs(words)])


def _placed(word: str) -> str:
    return f"../in/province/{word}" if word in TEXTS else word


RUNS = {words: _FULLER.get(words) or examples(words) for words in LEAVES}
"""What is run, by command; to each that names no `--format`, every one the command has is added."""

ANYWHERE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
PLACES: dict[str, dict[str, str]] = {
    "here": {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    "Nơi khác, một năm sau": {
        "PYTHONHASHSEED": "random",
        "LANG": "vi_VN.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "CLOCK_AHEAD": "1",
        "COLUMNS": "61",
        "HOME": "/nowhere",
        "USER": "someone-else",
    },
    "başka/yer": {
        "PYTHONHASHSEED": "1",
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "America/St_Johns",
        "COLUMNS": "200",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
    },
}
"""Environments, and the folders that the runs are made in there; the second speaks Vietnamese, a year on."""
WIDTH = "100"


def untold(words: str, form: str) -> bool:
    """Whether the run is told no language: its bytes must be the same in any.

    A scenario that is written has a title in the reader's words, and so have forms and help.
    """
    return form in ("csv", "json", "") and words not in ("suggest", "form", "help")


def listed(wide: str | None) -> dict[str, tuple[str | None, list[str]]]:
    """Every run by name: the width of the screen, and what is typed.

    Forms for programs are not told a language and take what they find. What goes to a file has no screen.
    """
    runs = {}
    for words, variants in RUNS.items():
        for number, arguments in enumerate(variants):
            named = arguments[arguments.index("--format") + 1] if "--format" in arguments else None
            for form in forms(words) if named is None else [named]:
                typed = [*words.split(), *arguments]
                typed += ["--format", form] if form and named is None else []
                typed += [] if untold(words, form) else ["--lang", "vi"]
                to_file = "--output" in options_of(words)
                output = "output.xlsx" if words == "form" else "output"  # it goes by the ending
                typed += ["--output", output] if to_file else []
                typed += ["--manifest", "manifest.json"] if words != "verify" else []
                runs[f"{words} {number} {form}".strip()] = (wide if to_file else WIDTH, typed)
    return runs


RUN_LIST = listed(None)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every run made in each place."""
    folder = made_once(tmp_path_factory, "runs-everywhere", run_everywhere)
    return {place: folder / place for place in PLACES}


def run_everywhere(folder: Path) -> None:
    """Make every run in each place, side by side in time."""
    given = folder / "given"
    given.mkdir()
    inputs(given)
    running = []
    for number, (place, environment) in enumerate(PLACES.items()):
        shutil.copytree(given, folder / place / "in")
        names = folder / f"runs-{number}.json"
        names.write_text(json.dumps(listed(environment.get("COLUMNS"))), encoding="utf-8")
        running.append(
            subprocess.Popen(
                [sys.executable, str(HERE / "repeating.py"), str(names), str(folder / place)],
                env={**ANYWHERE, **environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        )
    for process in running:
        said, _ = process.communicate(timeout=500)
        assert process.returncode == 0, said.decode()


def inputs(folder: Path) -> Path:
    """What the runs read: two small provinces, a scenario, a plan and what was done of it, a record."""
    (folder / "province").mkdir(parents=True)
    write_province(folder / "province")
    for name in ("toy", "scenarios"):
        shutil.copytree(HERE / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("broken"))
    for name in ("units.csv", "neighbours.csv"):  # both folders have one; the scenario's own is called so
        shutil.copy(HERE / "scenarios" / name, folder / f"scenario-{name}")
        shutil.copy(HERE / "toy" / name, folder / name)
    scenario = folder / "every-operation.yaml"
    text = scenario.read_text(encoding="utf-8")
    for name in ("units.csv", "neighbours.csv"):
        text = text.replace(f": {name}", f": scenario-{name}")
    scenario.write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text("code,born,sex\n11383,1966-09-30,nữ\n11737,1961-10-01,nam\n", "utf-8")
    quietly("plan", *DAY, "--format", "csv", "--output", folder / "plan.csv")
    rows = [
        row for row in csv.DictReader(io.StringIO((folder / "plan.csv").read_text("utf-8"))) if row["stage"]
    ]
    with (folder / "done.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows[::3])
    quietly("data", "list", "--format", "json", "--manifest", folder / "record.json")
    return folder


def quietly(*arguments: object) -> None:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    assert not end.value.code


def test_no_command_is_forgotten() -> None:
    assert RUNS.keys() == LEAVES.keys()
    assert all(variants for variants in RUNS.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", RUN_LIST)
def test_the_same_bytes_everywhere(made: dict[str, Path], name: str) -> None:
    here, *others = (
        {path.name: path.read_bytes() for path in (folder / name).iterdir()} for folder in made.values()
    )
    assert here["code"] in (b"0", b"1", b"None"), here["stderr"].decode()
    assert here.get("output") or here.get("output.xlsx") or here["stdout"]
    assert ("manifest.json" in here) is not name.startswith("verify")
    told = "--lang" in RUN_LIST[name][1]
    for there in others:
        assert here.keys() == there.keys()
        for file, content in here.items():
            mine, theirs = content, there[file]
            if (
                not told and file == "stderr"
            ):  # words about the run are in the reader's language; data are not
                continue
            if not told and file == "manifest.json":
                mine, theirs = without_words(mine), without_words(theirs)
            assert mine == theirs, f"{name}: {file}{first_member(mine, theirs)}"


def without_words(manifest: bytes) -> bytes:
    found = json.loads(manifest)
    return json.dumps(
        {key: value for key, value in found.items() if key not in ("language", "stderr")}
    ).encode()


def first_member(a: bytes, b: bytes) -> str:
    """Which file inside a workbook or document differs."""
    if not a.startswith(b"PK"):
        return ""
    here, there = (zipfile.ZipFile(io.BytesIO(content)) for content in (a, b))
    names = [name for name in here.namelist() if here.read(name) != there.read(name)]
    dates = [
        info.filename for info in here.infolist() if info.date_time != there.getinfo(info.filename).date_time
    ]
    return f": {names} differ, {dates} are dated otherwise"


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in RUN_LIST if name.endswith(("xlsx", "docx"))])
def test_workbooks_and_documents_are_not_dated_by_a_clock(made: dict[str, Path], name: str) -> None:
    folder = made["here"] / name
    output = folder / "output"
    book = zipfile.ZipFile(output if output.exists() else folder / "stdout")
    assert {info.date_time[0] for info in book.infolist()} == {1980}
    core = book.read("docProps/core.xml").decode()
    assert "2026-11-22T00:00:00Z" in core or "2025-07-01T00:00:00Z" in core
    assert core.count("T00:00:00Z") == core.count("dcterms:W3CDTF")
