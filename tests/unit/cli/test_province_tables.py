"""Whole provinces, parts of them, several in one table: what they are held to, what is written back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from quota import read_units

ROOT = Path(__file__).parents[3]
Quota = Callable[..., Any]


def rows_of(name: str, province: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
        return [{**row, "province": province} for row in csv.DictReader(lines)]


def written(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def test_a_province_is_one_whatever_its_rows_call_it(quota: Quota, tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    rows = rows_of("hue", "Huế")
    for place, spelling in enumerate(("TP. Huế", "thành phố Huế", "HUẾ", "Hue", "46")):
        rows[place]["province"] = spelling
    path = written(tmp_path / "hue.csv", rows)
    assert {unit.province for unit in read_units(path).units} == {"Huế"}
    assert [
        province["name"]
        for province in json.loads(quota("reconcile", path, "--format", "json").out)["provinces"]
    ] == ["Huế"]
    grouped = json.loads(quota("rank", path, "--group-by", "province", "--format", "json").out)["groups"]
    assert [(group["group"], group["units"]) for group in grouped] == [("Huế", 40)]
    rows[7]["population"] = str(int(rows[7]["population"]) + 1)
    findings = json.loads(quota("check", written(path, rows), "--format", "json").out)["findings"]
    assert [finding["code"] for finding in findings] == ["wrong-total"]


def test_the_spelling_that_was_read_as_another_is_said(tmp_path: Path) -> None:
    rows = rows_of("hue", "Thành phố Huế")
    problems = [
        problem
        for problem in read_units(written(tmp_path / "hue.csv", rows)).problems
        if problem.column == "province"
    ]
    assert [(problem.code, problem.value, problem.row) for problem in problems] == [
        ("province-named", "Thành phố Huế", 2)
    ]


def test_a_province_without_one_of_its_units_is_not_explained_by_lost_zeros(
    quota: Quota, tmp_path: Path
) -> None:
    pytest.importorskip("ortools")
    rows = rows_of("cao-bang", "Cao Bằng")
    gone = rows.pop(20)
    path = written(tmp_path / "cao-bang.csv", rows)
    run = quota("reconcile", path)
    assert run.code == 1
    assert "55 units here, the province has 56" in " ".join(run.out.split())
    answer = json.loads(quota("reconcile", path, "--format", "json").out)["provinces"][0]
    assert (answer["units"], answer["published_units"], answer["verdict"]) == (55, 56, "unexplained")
    (finding,) = json.loads(quota("check", path, "--format", "json").out)["findings"]
    assert finding["code"] == "number-of-units"
    assert gone["code"] in finding["why"]
    assert gone["name"] in finding["why"]
    # a few of a province's units are an extract, about which there is nothing to say
    assert json.loads(quota("check", written(path, rows[:20]), "--format", "json").out)["findings"] == []


def test_one_control_total_is_not_that_of_several_provinces(quota: Quota, tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    path = written(tmp_path / "two.csv", [*rows_of("cao-bang", "Cao Bằng"), *rows_of("hue", "Huế")])
    assert quota("reconcile", path).code == 0
    for command in ("reconcile", "check"):
        run = quota(command, path, "--control-total", 573119)
        assert (run.code, run.out) == (2, "")
        assert "Cao Bằng, Huế" in run.err
    assert quota("reconcile", path, "--control-total", 573119, "--province", "cao bang").code == 0


@pytest.mark.parametrize("command", ["check", "reconcile"])
def test_the_corrected_table_keeps_the_staff(quota: Quota, tmp_path: Path, command: str) -> None:
    pytest.importorskip("ortools")
    rows = rows_of("hue", "Huế")
    for row in rows:
        row.update(government="40", party="18", front="")
    path, out = written(tmp_path / "hue.csv", rows), tmp_path / "out.csv"
    quota(command, path, "--fix" if command == "check" else "--output", out)
    assert [unit.staff for unit in read_units(out).units] == [unit.staff for unit in read_units(path).units]


@pytest.mark.parametrize("command", ["check", "reconcile"])
def test_the_corrected_table_is_the_table_but_for_its_residents(
    quota: Quota, tmp_path: Path, command: str
) -> None:
    pytest.importorskip("ortools")
    rows = rows_of("hue", "Huế")
    for row in rows:
        row.update(highland="yes", assigned_government="40", Lương="1.000")
    rounded = next(row for row in rows if row["population"].endswith("0"))
    rounded["population"] = rounded["population"].removesuffix("0")
    rows.append(dict.fromkeys(rows[0], "") | {"name": "Dự phòng", "assigned_government": "7"})
    total = sum(unit.population or 0 for unit in read_units("hue").units)
    path, out = written(tmp_path / "hue.csv", rows), tmp_path / "out.csv"
    quota(command, path, "--control-total", total, "--fix" if command == "check" else "--output", out)
    before, after = read_units(path), read_units(out)
    assert (
        [reserve.posts for reserve in after.reserves] == [reserve.posts for reserve in before.reserves] != []
    )
    same = ("code", "name", "type", "area_km2", "province", "lon", "lat", "terrain", "assigned")
    for was, now in zip(before.units, after.units, strict=True):
        assert [getattr(now, key) for key in same] == [getattr(was, key) for key in same]
        assert now.more["Lương"] == "1.000"
        assert now.more["original_population"] == str(was.population)
    changed = [
        unit.code
        for was, unit in zip(before.units, after.units, strict=True)
        if unit.population != was.population
    ]
    assert changed == [rounded["code"]]
    again = tmp_path / "again.csv"
    quota(command, out, "--control-total", total, "--fix" if command == "check" else "--output", again)
    assert again.read_bytes() == out.read_bytes()


def test_a_table_with_cells_that_cannot_be_read_is_not_written_corrected(
    quota: Quota, tmp_path: Path
) -> None:
    rows = rows_of("hue", "Huế")
    rows[3]["population"] = "khoảng 20 nghìn"
    path, out = written(tmp_path / "hue.csv", rows), tmp_path / "out.csv"
    run = quota("check", path, "--fix", out)
    assert (run.code, out.exists()) == (1, False)
    assert "out.csv is not written: cells and rows that cannot be read" in run.err


def test_a_province_whose_units_were_merged_is_whole(quota: Quota, tmp_path: Path) -> None:
    pytest.importorskip("ortools")
    kept, merged, *rows = rows_of("hue", "Huế")
    kept["population"] = str(int(kept["population"]) + int(merged["population"]))
    path = written(tmp_path / "hue.csv", [kept, *rows])
    findings = json.loads(quota("check", path, "--format", "json").out)["findings"]
    assert "number-of-units" not in {finding["code"] for finding in findings}
    assert quota("reconcile", path).code == 0
