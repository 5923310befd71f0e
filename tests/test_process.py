"""The program as a process of its own: what it imports, how it ends, that it needs nothing but its wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


ASK = """
import sys
from quota.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write("\\n" + " ".join(sys.modules))
"""


def imported_by(*arguments: str) -> set[str]:
    """Every module there is at the end of a run; `-X importtime` is silent on those imported by name."""
    done = run("-c", ASK, *arguments)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("\n")[2].split())


def test_help_imports_neither_pydantic_nor_yaml_nor_rich() -> None:
    found = imported_by("--help")
    assert "typer" in found
    assert not found & {"pydantic", "yaml", "rich"}


HEAVY = {"pandas", "polars", "duckdb", "narwhals", "pyarrow", "numpy", "dask", "pyspark"}


def test_machine_formats_do_not_import_what_draws_tables() -> None:
    found = imported_by("audit", "--format", "csv")
    assert not found & {"rich", *HEAVY}
    assert not found & {"pydantic", "yaml", "zipfile", "quota.norms.schema", "quota.norms.loading"}
    assert not found & {"quota.render.audit.plain", "quota.tables.files.workbooks.workbook"}
    assert not found & {"quota.bulk", "quota.render.audit.terminal", "quota.analysis.audit.explaining"}
    assert not found & {"quota.run.manifest", "quota.cli.record.recording"}


FOR_OTHER_TABLES = {
    "posts that were assigned": {"quota.analysis.audit.assigning", "quota.tables.columns.dates"},
    "staff in a table apart": {"quota.analysis.audit.matching", "quota.tables.readers.units.staff"},
    "states of people": {"quota.render.audit.states", "quota.core.positions", "quota.core.months"},
    "names without codes": {"quota.tables.readers.by_name", "quota.analysis.audit.finding"},
    "titles": {f"quota.tables.files.said.{name}" for name in ("titles", "captions", "times", "around")},
    "notes, marked cells": {
        f"quota.tables.files.{name}" for name in ("beside", "merged", "notes", "uncomputed")
    },
    "several sheets": {"quota.tables.files.choosing", "quota.tables.files.formulas"},
    "words of one's own": {"quota.tables.columns.own_words"},
    "terrain": {"quota.tables.columns.terrain"},
    "embedded figures": {"quota.tables.shipped.doubtful"},
    "borders": {f"quota.analysis.checks.{name}" for name in ("areas", "partial")},
    "columns that a frame alone asks for": {"quota.norms.held.tables"},
    "other questions": {"quota.analysis.audit.sorting", "quota.norms.margins", "quota.core.explanations"},
    "other forms": {"quota.cli.provinces", "quota.core.reading", "quota.render.audit.plain"},
}
"""What the audit of a plain table in CSV does without, by what it is for."""
MOST_MODULES = 121
"""A module costs the prompt about a fifth of a millisecond. Where every audit needs one more, this is one
more; what is for some tables, forms or options only is imported where these are met."""


def test_a_plain_table_is_audited_without_what_other_tables_need(tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text(
        "code,name,type,population,government,party,front\n"
        "1,Xã An Hòa,commune,16000,40,18,9\n2,Phường An Dương,ward,,40,18,9\n",
        encoding="utf-8",
    )
    found = imported_by("audit", str(table), "--format", "csv")
    assert {what: modules & found for what, modules in FOR_OTHER_TABLES.items() if modules & found} == {}
    assert not found & {"rich", "pydantic", "yaml", "zipfile", "fractions", "statistics", *HEAVY}
    ours = sorted(name for name in found if name.partition(".")[0] == "quota")
    assert len(ours) <= MOST_MODULES, ours


def test_each_command_imports_its_own_module_and_no_other_commands() -> None:
    rules = imported_by("rules", "list", "--format", "csv")
    assert not rules & {"rich", *HEAVY, "quota.tables.readers.units", "quota.analysis.audit.auditing"}
    commands = {
        "quota.cli.commands.audit.audit",
        "quota.cli.commands.audit.explain",
        "quota.cli.commands.rules.rules",
        "quota.cli.commands.rules.data",
        "quota.cli.commands.reports.bulk",
    }
    assert rules & commands == {"quota.cli.commands.rules.rules"}
    assert imported_by("--help") & commands == set()


def test_bulk_imports_the_engine_asked_for(tmp_path: Path) -> None:
    found = imported_by("bulk", "hai-phong", str(tmp_path / "out.csv"), "--format", "csv")
    assert found >= {"narwhals", "polars"}
    assert not found & {"pandas", "duckdb", "numpy", "dask", "pyspark"}


def test_from_quota_import_costs_nothing_until_used() -> None:
    asked = "print('pydantic' in sys.modules)"
    done = run("-c", f"import sys, quota; {asked}; quota.load_frame; {asked}")
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C"}]
)
def test_vietnamese_goes_through_pipes_of_any_encoding(env: dict[str, str]) -> None:
    done = run("-m", "quota", "audit", "--limit", "1", "--format", "csv", env=env)
    assert done.returncode == 0
    assert "Phường Thành Đông" in done.stdout


def test_no_colour_in_a_pipe() -> None:
    assert "\x1b" not in run("-m", "quota", "audit", env={"FORCE_COLOR": ""}).stdout


def test_a_reader_that_stops_reading_is_no_error_worth_a_traceback() -> None:
    shown = subprocess.run(
        f'"{sys.executable}" -m quota audit --format json | head -c 10',
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in shown.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    ("redirection", "said"), [("> /dev/full", "No space left"), (">&-", "nowhere to write to")]
)
def test_output_that_cannot_be_written_is_said_in_a_sentence(redirection: str, said: str) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m quota audit {redirection}',
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_equal_inputs_give_equal_bytes_whatever_the_hash_seed_and_locale() -> None:
    outputs = {
        run("-m", "quota", "audit", "--as-of", "2026-11-22", "--format", "json", env=env).stdout
        for env in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo"})
    }
    assert len(outputs) == 1


@pytest.mark.slow
def test_the_first_command_of_the_readme_works_in_a_new_environment(tmp_path: Path) -> None:
    """`python -m pip install . && quota audit`, from an empty folder, rules and data from the wheel."""
    folder = tmp_path / "venv"
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    env = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    env.pop("PYTHONPATH", None)

    def shell(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)

    installed = shell(str(scripts / "python"), "-m", "pip", "install", "--quiet", str(ROOT), cwd=tmp_path)
    if installed.returncode != 0 and "No matching distribution" in installed.stderr:
        pytest.skip("no package index can be reached")
    assert installed.returncode == 0, installed.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    done = shell(str(scripts / "quota"), "audit", cwd=empty)
    assert done.returncode == 0, done.stderr
    assert "Posts granted       4,957" in done.stdout
    assert "Surplus              +647" in done.stdout
    assert shell(str(scripts / "quota"), "rules", "check", cwd=empty).returncode == 0
    assert "Chính quyền" in shell(str(scripts / "quota"), "audit", "--lang", "vi", cwd=empty).stdout
