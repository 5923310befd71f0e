"""`quota simulate` and `quota merge` as they are typed, against figures worked by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
EVERY = "tests/scenarios/every-operation.yaml"
HAI_PHONG = (
    "merge",
    "10507",
    "Hải Dương",
    "--name",
    "Phường Thành Hải",
    "--neighbours",
    "hai-phong-neighbours",
)


def golden(name: str, text: str) -> None:
    from tests.unit.cli.test_audit_command import golden as compare

    compare(name, text)


def test_two_hai_phong_wards_merged_by_hand(quota: Quota) -> None:
    """Thành Đông: 50,307 residents, staff 47, 16, 8. Hải Dương: 51,522 residents, staff 44, 19, 10.

    Before: government 32 + ⌊34,307 ÷ 2,000⌋ = 49 and 32 + ⌊35,522 ÷ 2,000⌋ = 49; Party 17–20 and Front 8–10
    each. After: 101,829 residents, 32 + ⌊85,829 ÷ 2,000⌋ = 74, of which a ward has 70 at most.
    """
    answer = json.loads(quota(*HAI_PHONG, *DAY, "--format", "json").out)
    (change,) = answer["changes"]
    assert [unit["quota"]["government"] for unit in change["before"]] == [[49, 49], [49, 49]]
    (after,) = change["after"]
    assert after["code"] == "10507"
    assert after["population"] == 50_307 + 51_522 == 101_829
    assert after["quota"] == {"government": [70, 70], "party": [17, 20], "front": [8, 10], "total": [95, 100]}
    assert after["staff"] == {"government": 91, "party": 35, "front": 18, "total": 144}
    assert change["posts_saved"] == {
        "government": [28, 28],
        "party": [17, 20],
        "front": [8, 10],
        "total": [53, 58],
    }
    assert change["people_to_place"] == {"government": 21, "party": 15, "front": 8, "total": 44}
    assert [step["arithmetic"] for step in after["steps"]["government"]] == [
        "32",
        "unknown: counted without it",
        "holds",
        "101829 − 16000 = 85829",
        "85829 ÷ 2000, rounded down = 42",
        "42 × 1 = 42",
        "32 + 42 = 74",
        "74 is above 70: 70",
    ]
    assert answer["before"]["units"] - answer["after"]["units"] == 1
    assert answer["before"]["staff"] == answer["after"]["staff"]


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_the_merger_on_a_terminal(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota(*HAI_PHONG, *DAY)
    assert run.code == 0
    golden(f"merge-hai-phong-{columns}.txt", run.out)
    assert max(len(line) for line in run.out.splitlines()) <= columns
    assert "made up" in run.out


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 90])
def test_on_a_narrow_terminal_no_figure_is_cut_off(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = quota(*HAI_PHONG, *DAY).out.split()
    for figure in ("101,829", "148–158", "95–100", "53–58", "144", "44", "7,807–8,377", "7,754–8,319", "709"):
        assert figure in shown


def test_every_operation_by_hand(quota: Quota) -> None:
    """9,000 + 8,000 + 100 moved in; 25,000 split into 15,001 and 9,999, of whom a third, 3,333, go back."""
    answer = json.loads(quota("simulate", EVERY, *DAY, "--format", "json").out)
    units = {unit["code"]: unit for unit in answer["units"]}
    assert {code: unit["population"] for code, unit in units.items()} == {
        "00101": 17_100,
        "00102": 18_334,
        "00103": 6_666,
        "00004": 2_500,
        "00005": 900,
        "00006": 3_000,
        "00007": 12_000,
        "00008": None,
    }
    assert [done["operation"] for done in answer["operations"]] == [
        "merge",
        "split",
        "transfer",
        "transfer",
        "retype",
        "rename",
    ]
    assert answer["operations"][2]["residents_moved"] == 3_333
    new = units["00101"]
    assert (new["type"], new["ancestors"]) == ("ward", ["00001", "00002"])
    # 35 + 32 + 2 in the government bloc, 18 + 20 in the Party's, 9 + unknown in the Front's
    assert new["staff"] == {"government": 69, "party": 38, "front": None, "total": None}
    assert units["00103"]["name"] == "Phường Tây Mới"
    assert units["00103"]["partial"] is True
    assert units["00102"]["staff"]["government"] + units["00103"]["staff"]["government"] == 40
    assert [change["operations"] for change in answer["changes"]] == [[1, 4, 5], [2, 3, 6]]
    assert answer["changes"][0]["people_to_place"]["front"] is None
    assert answer["unknown"]["people_to_place"] == {"government": 0, "party": 0, "front": 1}


def test_what_is_unknown_of_every_change_is_no_zero(quota: Quota, tmp_path: Path) -> None:
    table, borders = tmp_path / "units.csv", tmp_path / "borders.csv"
    table.write_text("code,name,type,population\n00001,Xã Một,xã,\n00002,Xã Hai,xã,9000\n", encoding="utf-8")
    borders.write_text("code_a,code_b,shared_border_km\n00001,00002,3\n", encoding="utf-8")
    run = ("merge", "00001", "00002", "--name", "Xã Ba", "--population", table, "--neighbours", borders, *DAY)
    answer = json.loads(quota(*run, "--format", "json").out)
    assert set(answer["posts_saved"].values()) == set(answer["people_to_place"].values()) == {None}
    assert answer["unknown"]["posts_saved"] == 1
    line = next(line for line in quota(*run).out.splitlines() if line.startswith("Posts saved  "))
    assert line.split() == ["Posts", "saved", "?", "?", "?", "?"]


def test_every_operation_in_words(quota: Quota) -> None:
    golden("simulate-every-operation-100.txt", quota("simulate", EVERY, *DAY).out)
    golden("simulate-every-operation.md", quota("simulate", EVERY, *DAY, "--format", "markdown").out)


def test_the_csv_is_the_new_set_of_units(quota: Quota) -> None:
    run = quota("simulate", EVERY, *DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    answer = json.loads(quota("simulate", EVERY, *DAY, "--format", "json").out)
    assert [row["code"] for row in rows] == [unit["code"] for unit in answer["units"]]
    saved = sum(int(row["posts_saved_low"]) for row in rows if row["posts_saved_low"])
    assert saved == answer["posts_saved"]["total"][0]


def test_a_result_written_as_a_table_is_read_as_the_same_units(quota: Quota, tmp_path: Path) -> None:
    first = json.loads(
        quota("simulate", EVERY, *DAY, "--format", "json", "--write-table", tmp_path / "after.csv").out
    )
    again = json.loads(quota("audit", tmp_path / "after.csv", *DAY, "--format", "json").out)
    keys = ("code", "name", "type", "population", "quota", "staff", "gap", "status")
    assert [[unit[key] for key in keys] for unit in again["units"]] == [
        [unit[key] for key in keys] for unit in first["units"]
    ]
    assert again["totals"]["quota"] == first["after"]["quota"]
    header = (tmp_path / "after.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert len(header) == len(set(header))
    assert {"area_km2", "mountain", "minority_share", "province_class"} <= set(header)
    (tmp_path / "more.yaml").write_text(
        "kind: scenario\ntitle: More\npopulation: after.csv\noperations:\n"
        '  - merge: {units: ["00102", "00103"], into: {code: "00003", name: Phường Trung Tâm, type: ward}}\n',
        encoding="utf-8",
    )
    back = json.loads(quota("simulate", tmp_path / "more.yaml", *DAY, "--format", "json").out)
    (unit,) = [unit for unit in back["units"] if unit["code"] == "00003"]
    assert (unit["population"], unit["staff"]["total"]) == (25_000, 73)


def test_the_recorded_split_undoes_a_merger_from_a_file(quota: Quota, tmp_path: Path) -> None:
    """The split that the JSON records, put into a scenario, gives residents, area and staff back."""
    done = json.loads(quota("simulate", EVERY, *DAY, "--format", "json").out)["operations"][0]
    merge = {
        "merge": {
            "units": [unit["code"] for unit in done["before"]],
            "into": {key: done["after"][0][key] for key in ("code", "name", "type")},
        }
    }
    scenario = {"kind": "scenario", "title": "Undo", "operations": [merge, done["undo"]]}
    (tmp_path / "undo.yaml").write_text(json.dumps(scenario), encoding="utf-8")  # JSON is YAML
    answer = json.loads(
        quota("simulate", tmp_path / "undo.yaml", "tests/scenarios/units.csv", *DAY, "--format", "json").out
    )
    before = json.loads(quota("audit", "tests/scenarios/units.csv", *DAY, "--format", "json").out)
    for unit, again in zip(answer["units"], before["units"], strict=True):
        assert [unit[key] for key in ("code", "name", "type", "population", "staff")] == [
            again[key] for key in ("code", "name", "type", "population", "staff")
        ]


def test_scenarios_side_by_side(quota: Quota) -> None:
    broken = "tests/scenarios/broken/several-provinces.yaml"
    both = ("simulate", "--compare", EVERY, broken, "tests/scenarios/units.csv")
    run = quota(*both, *DAY, "--neighbours", "tests/scenarios/neighbours.csv")
    assert run.code == 1
    golden("simulate-compare-100.txt", run.out)
    rows = json.loads(quota(*both, *DAY, "--format", "json").out)["scenarios"]
    assert [(row["units_before"], row["units"], row["errors"]) for row in rows] == [(8, 8, 0), (8, 7, 1)]
    alone = json.loads(quota("simulate", EVERY, "tests/scenarios/units.csv", *DAY, "--format", "json").out)
    assert [rows[0]["posts_saved_low"], rows[0]["posts_saved_high"]] == alone["posts_saved"]["total"]


def test_made_up_staff_is_said_beside_a_comparison(quota: Quota, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("kind: scenario\ntitle: A\noperations: []\n", encoding="utf-8")
    run = quota("simulate", "--compare", tmp_path / "a.yaml", tmp_path / "a.yaml")
    assert len(re.findall(r"Beware +data/hai-phong-staff-sample\.csv: figures made up", run.out)) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["simulate", "tests/scenarios/units.csv"], "give a scenario file"),
        (["simulate", EVERY, EVERY], "add --compare"),
        (["simulate", "no-such.yaml"], "no such file"),
        (["merge", "00001", "00003", "--name", "X", "--population", "tests/scenarios/units.csv"], "--type"),
        (["merge", "00001", "--name", "X", "--population", "tests/scenarios/units.csv"], "at least two"),
        (["merge", "00001", "00002", "--name", " ", "--population", "tests/scenarios/units.csv"], "--name"),
        (["merge", "00001", "no one", "--name", "X", "--population", "tests/scenarios/units.csv"], "no one"),
    ],
)
def test_what_cannot_be_done_is_refused(quota: Quota, arguments: list[str], said: str) -> None:
    run = quota(*arguments)
    assert run.code == 2
    assert run.out == ""
    assert said in run.err


def test_an_input_is_not_overwritten(quota: Quota, tmp_path: Path) -> None:
    mine = tmp_path / "units.csv"
    mine.write_bytes(Path("tests/scenarios/units.csv").read_bytes())
    run = quota("merge", "00001", "00002", "--name", "X", "--population", mine, "--write-table", mine)
    assert run.code == 2
    assert "it is an input of this run" in run.err
    assert mine.read_bytes() == Path("tests/scenarios/units.csv").read_bytes()
