"""One failing scenario a check: each says in its first lines what must be said of it and the exit code.

`# exit: 0, 1 or 2` and, a line each, `# expect: place | words of the message and its fix`
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path("tests/scenarios")
FILES = sorted((Path(__file__).parents[2] / "scenarios" / "broken").glob("*.yaml"))
TABLES = (HERE / "units.csv", "--neighbours", HERE / "neighbours.csv", "--as-of", "2026-11-22")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_failing_scenario_says_where_what_and_the_way_out(quota: Callable[..., Any], path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    (code,) = [line.removeprefix("# exit: ") for line in lines if line.startswith("# exit: ")]
    wanted = [
        line.removeprefix("# expect: ").split(" | ", 1) for line in lines if line.startswith("# expect: ")
    ]
    name = HERE / "broken" / path.name
    run = quota("simulate", name, *TABLES, "--format", "csv")
    assert run.code == int(code)
    assert bool(run.out) == (run.code != 2), "a scenario that cannot be carried out has no result"
    assert wanted, "the file does not say what is wrong with it"
    for place, words in wanted:
        found = [
            line for line in run.err.splitlines() if line.startswith(f"{name}, {place}") and words in line
        ]
        assert found, run.err


def test_a_sound_scenario_has_nothing_to_say(quota: Callable[..., Any]) -> None:
    """The same tables without the failure: the checks do not cry wolf."""
    run = quota("merge", "00001", "00002", "--name", "Xã Mới", "--population", *TABLES, "--format", "csv")
    assert run.code == 0
    assert "under-standard" not in run.err
    assert [line for line in run.err.splitlines() if "remark" not in line] == []


def test_named_islands_may_be_joined(quota: Callable[..., Any]) -> None:
    merge = ("merge", "00001", "00005", "--name", "Xã Mới", "--population", *TABLES, "--format", "csv")
    assert quota(*merge).code == 1
    assert quota(*merge, "--island", "Xã Đảo Nhỏ").code == 0


def test_without_a_neighbour_table_contiguity_is_said_to_be_unchecked(quota: Callable[..., Any]) -> None:
    run = quota(
        "merge", "00001", "00004", "--name", "X", "--population", HERE / "units.csv", "--format", "csv"
    )
    assert run.code == 0
    assert "whether merged units share a border is not checked" in run.err


def test_how_much_a_check_matters_is_for_the_standards_to_say(
    quota: Callable[..., Any], tmp_path: Path
) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "kind: unit-standards\nid: ours\nextends: unit-standards-2025\ntitle: {vi: Của tỉnh, en: Ours}\n"
        "checks: {contiguity: {severity: warning, source: planning}}\n",
        encoding="utf-8",
    )
    name = HERE / "broken" / "not-contiguous.yaml"
    assert quota("simulate", name, *TABLES).code == 1
    assert quota("simulate", name, *TABLES, "--standards", ours).code == 0


def test_standards_that_are_not_in_force_are_not_checked_and_that_is_said(quota: Callable[..., Any]) -> None:
    scenario = HERE / "broken" / "residents-under-standard.yaml"
    before = (*TABLES[:-1], "2025-12-31", "--format", "csv")
    said = "unit-standards-2025 is not in force on 2025-12-31: its standards are not checked"
    run = quota("simulate", scenario, *before)
    assert run.code == 0
    assert said in run.err
    assert "needs 16,000" not in run.err
    assert quota("simulate", HERE / "broken" / "not-contiguous.yaml", *before).code == 1, "borders still are"


def test_a_merger_is_parted_again_under_the_codes_it_took(quota: Callable[..., Any], tmp_path: Path) -> None:
    scenario = tmp_path / "a.yaml"
    scenario.write_text(
        """kind: scenario
title: Tách lại
staff: nowhere.csv
operations:
  - merge: {units: ["00004", "00007"], into: {code: "00004", name: Xã Chung, type: commune}}
  - split:
      unit: "00004"
      parts:
        - {code: "00004", name: Xã Núi Cao, type: commune, residents: 2600, area_km2: 120,
           staff: {government: 30, party: 15, front: 8}}
        - {code: "00007", name: Xã Bên Kia, type: commune, residents: 12000, area_km2: 40,
           staff: {government: 33, party: 17, front: 8}}
""",
        encoding="utf-8",
    )
    run = quota("simulate", scenario, HERE / "units.csv", "--as-of", "2026-11-22", "--format", "csv")
    assert "is called so too" not in run.err
    assert [row["code"] for row in csv.DictReader(run.out.splitlines())][3:5] == ["00004", "00007"]
    assert "staff: nowhere.csv is not read: the population table is another" in run.err


@pytest.mark.parametrize(("name", "code"), [("Phường Mới", 2), ("Xã Mới", 0), ("Mới", 0)])
def test_a_merger_is_not_called_by_a_type_it_is_not_of(
    quota: Callable[..., Any], name: str, code: int
) -> None:
    run = quota("merge", "00001", "00002", "--name", name, "--population", *TABLES)
    assert (run.code, "the name says Phường" in run.err) == (code, code == 2)
