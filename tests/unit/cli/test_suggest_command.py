"""`quota suggest` as it is typed, and its scenario as `quota simulate` takes it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.test_audit_command import golden

pytest.importorskip("ortools")
Quota = Callable[..., Any]
HUE = ("suggest", "hue", "--neighbours", "hue-neighbours", "--as-of", "2026-11-22")


@pytest.mark.parametrize("columns", [80, 100])
def test_in_words(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota(*HUE, "--minimum", "16000")
    assert run.code == 0
    golden(f"suggest-hue-{columns}.txt", run.out)
    assert max(len(line) for line in run.out.splitlines()) <= columns


def test_the_scenario_it_writes_is_one_that_simulate_takes(quota: Quota, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    run = quota(*HUE, "--minimum", "16000", "--write-scenario", plan, "--format", "json")
    answer = json.loads(run.out)
    assert answer["optimal"] is True
    assert [certificate["proven"] for certificate in answer["certificates"]] == [True] * 5
    simulated = json.loads(quota("simulate", plan, "--as-of", "2026-11-22", "--format", "json").out)
    assert len(simulated["units"]) == len(answer["groups"]) == 35
    assert simulated["posts_saved"]["total"] == answer["posts_saved"]
    assert simulated["below_minimum"] == []
    assert sorted(tuple(unit["ancestors"]) for unit in simulated["units"]) == sorted(
        tuple(sorted(group)) for group in answer["groups"]
    )


def test_without_staff_nobody_is_counted_to_be_placed(quota: Quota) -> None:
    answer = json.loads(quota(*HUE, "--minimum", "16000", "--format", "json").out)
    assert answer["people_to_place"] is None
    assert set(answer["with_unknown"]["people_to_place"].values()) == {None}


def test_the_scenario_of_the_embedded_province_has_the_staff_that_was_counted(
    quota: Quota, tmp_path: Path
) -> None:
    plan, day = tmp_path / "plan.yaml", ("--as-of", "2026-11-22")
    asked = ("--neighbours", "hai-phong-neighbours", "--units", "112", *day, "--write-scenario", plan)
    proposed = json.loads(quota("suggest", *asked, "--format", "json").out)
    simulated = json.loads(quota("simulate", plan, *day, "--format", "json").out)
    assert simulated["people_to_place"]["total"] == proposed["people_to_place"] > 0


def test_the_csv_has_each_unit_and_what_becomes_of_it(quota: Quota) -> None:
    rows = list(csv.DictReader(io.StringIO(quota(*HUE, "--minimum", "16000", "--format", "csv").out)))
    assert len(rows) == 40
    assert len({row["new_code"] for row in rows}) == 35
    assert sum(row["merged"] == "true" for row in rows) == 8


def test_what_stops_it_is_said_with_exit_code_1(quota: Quota) -> None:
    ask = ("suggest", "hai-phong", "--neighbours", "hai-phong-neighbours", "--minimum", "16000")
    run = quota(*ask)
    assert (run.code, run.out) == (1, "")
    assert "Bạch Long Vĩ" in run.err
    assert "--exempt 11948" in run.err
    assert quota(*ask, "--exempt", "11948").code == 0


IN_VAIN = [
    ("hai-phong", "--minimum", "16000"),  # an island under it
    ("hai-phong", "--units", "2"),  # mergers of four leave more
    ("hai-phong", "--units", "115"),
]


@pytest.mark.parametrize("asked", IN_VAIN, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_programs_are_told_that_nothing_was_found(
    quota: Quota, asked: tuple[str, ...], language: str
) -> None:
    staff = ("--staff", "hai-phong-staff-sample", "--as-of", "2026-11-22", "--lang", language)
    ask = ("suggest", *asked, "--neighbours", "hai-phong-neighbours", *staff)
    run = quota(*ask, "--format", "json")
    answer = json.loads(run.out)
    assert run.code == 1
    found = json.loads(quota(*HUE, "--minimum", "16000", "--format", "json").out)
    assert list(answer) == list(found)
    assert list(answer["asked"]) == list(found["asked"])
    assert answer["optimal"] is False
    assert answer["groups"] == answer["units"] == answer["certificates"] == []
    assert answer["posts_saved"] is answer["people_to_place"] is None
    assert answer["problems"][0]["severity"] == "error"
    assert "illustrative" in {problem["code"] for problem in answer["problems"]}
    assert [file["path"].rpartition("/")[2] for file in answer["inputs"]] == [
        "hai-phong.csv",
        "hai-phong-staff-sample.csv",
        "hai-phong-neighbours.csv",
    ]
    table = quota(*ask, "--format", "csv")
    assert (table.code, table.out.count("\n")) == (1, 1)
    assert table.out.startswith("code,name,type,population,new_code,")
    assert run.err == table.err != ""
    for form in ("table", "markdown"):
        assert quota(*ask, "--format", form).out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give one of --minimum"),
        (["--minimum", "1", "--units", "2"], "give one of --minimum"),
        (["--minimum", "1", "--output", "plan.yaml"], "no form goes with the ending .yaml"),
        (["--minimum", "1", "--keep", "no such"], "no such"),
        (["--minimum", "0"], "--minimum"),
    ],
)
def test_what_cannot_be_asked_is_refused(quota: Quota, arguments: list[str], said: str) -> None:
    run = quota(*HUE, *arguments)
    assert run.code == 2
    assert said in run.err


def test_another_provinces_neighbours_are_refused_and_a_few_strangers_are_said(
    quota: Quota, tmp_path: Path
) -> None:
    run = quota("suggest", "hue", "--neighbours", "cao-bang-neighbours", "--minimum", "16000")
    assert run.code == 2
    assert "no border here is between units of the population table" in run.err
    table = Path("data/hue-neighbours.csv").read_text(encoding="utf-8") + "99999,19753,1\n"
    (tmp_path / "near.csv").write_text(table, encoding="utf-8")
    run = quota("suggest", "hue", "--neighbours", tmp_path / "near.csv", "--minimum", "16000")
    assert run.code == 0
    assert "1 border is with a unit that the population table does not have" in run.err


def test_made_up_staff_is_said_wherever_it_is_counted(quota: Quota) -> None:
    ask = ("suggest", "--neighbours", "hai-phong-neighbours", "--save-posts", "40", "--max-merge", "2")
    run = quota(*ask)
    assert "People to place" in run.out
    assert re.search(r"Beware +data/hai-phong-staff-sample\.csv: figures made up", run.out)
    assert "Beware" in quota(*ask, "--format", "markdown").out
    rows = list(csv.DictReader(io.StringIO(quota(*ask, "--format", "csv").out)))
    assert {(row["frame"], row["illustrative"]) for row in rows} == {("cv-09-2025", "true")}
    assert json.loads(quota(*ask, "--format", "json").out)["units"][0]["illustrative"] is True


def test_the_limit_on_a_merger_is_said_also_where_it_is_the_default(quota: Quota) -> None:
    assert "at most 4 units" in quota(*HUE, "--units", "38").out
    assert json.loads(quota(*HUE, "--units", "38", "--format", "json").out)["asked"]["max_merge"] == 4
    assert json.loads(quota(*HUE, "--minimum", "16000", "--format", "json").out)["asked"]["max_merge"] is None


def test_more_units_than_there_are_cannot_be_left(quota: Quota) -> None:
    run = quota(*HUE, "--units", "41")
    assert run.code == 1
    assert "ask for at most 40" in run.err.lower()
    assert quota(*HUE, "--units", "40").code == 0


def test_without_the_solver_it_says_what_to_install(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quota.run.extras.find_spec", lambda _: None)
    run = quota(*HUE, "--minimum", "16000")
    assert run.code == 2
    assert 'commune-quota[plan]"' in run.err


def test_a_unit_of_unknown_province_joins_no_two_provinces(quota: Quota, tmp_path: Path) -> None:
    table, borders = tmp_path / "units.csv", tmp_path / "borders.csv"
    table.write_text(
        "code,name,type,population,province\n1,Xã A,xã,9000,Huế\n2,Xã B,xã,9000,\n"
        "3,Xã C,xã,9000,Quảng Trị\n4,Xã D,xã,17000,Quảng Trị\n",
        encoding="utf-8",
    )
    borders.write_text("code_a,code_b,shared_border_km\n1,2,3\n2,3,4\n3,4,1\n", encoding="utf-8")
    asked = ("suggest", table, "--neighbours", borders, "--as-of", "2026-11-22", "--format", "json")
    answer = json.loads(quota(*asked, "--minimum", "18000").out)
    assert sorted(map(sorted, answer["groups"])) == [["1", "2"], ["3", "4"]]
    run = quota(*asked, "--minimum", "20000")
    assert run.code == 1
    assert [problem["code"] for problem in json.loads(run.out)["problems"]] == ["impossible"]
    assert "cannot be met" in run.err
