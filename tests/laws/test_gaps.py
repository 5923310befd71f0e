"""A shortfall is never set against a surplus, whatever adds them up: held against sums worked out here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws.often import often
from tests.laws.tables import BLOCS, KNOWN_LINES, Line, by_default, table_of, totals_by_default
from tests.laws.test_command_line import ran

DAY = ("--as-of", "2026-11-22")
GROUPS = (*BLOCS, "total")


def asked(*arguments: str) -> Any:
    run = ran([*arguments, *DAY, "--format", "json"])
    assert run.code == 0, run.said
    return json.loads(run.out)


def gaps(lines: list[Line]) -> dict[str, dict[str, int | None]]:
    totals = totals_by_default(lines)
    return {group: {part: totals[f"{group}_{part}"] for part in ("shortfall", "surplus")} for group in GROUPS}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@often(8)
@given(lines=KNOWN_LINES.filter(lambda lines: len(lines) > 1))
def test_rank_sensitivity_and_compare_add_up_each_side_for_itself(folder: Path, lines: list[Line]) -> None:
    (folder / "units.csv").write_text(table_of(lines), encoding="utf-8")
    ranked = asked("rank", "units.csv", "--group-by", "type")
    assert ranked["all"]["gap"] == gaps(lines)
    for group in ranked["groups"]:
        assert group["gap"] == gaps([line for line in lines if line.type == group["group"]])
    assert asked("sensitivity", "units.csv")["base"]["gap"] == gaps(lines)
    first, second = lines[:2]
    compared = asked("compare", first.code, second.code, "--population", "units.csv")["units"]
    assert {unit["code"]: unit["gap"] for unit in compared} == {
        line.code: gaps([line]) for line in (first, second)
    }
    assert ran(["audit", "units.csv", *DAY, "--fail-on", "short"]).code == bool(
        totals_by_default(lines)["total_shortfall"]
    )
    assert ran(["audit", "units.csv", *DAY, "--fail-on", "surplus"]).code == bool(
        totals_by_default(lines)["total_surplus"]
    )


@often(5)
@given(lines=KNOWN_LINES.filter(lambda lines: len(lines) > 1), data=st.data())
def test_a_merger_conserves_residents_staff_and_codes_and_nets_nothing(
    folder: Path, lines: list[Line], data: st.DataObject
) -> None:
    (folder / "units.csv").write_text(table_of(lines), encoding="utf-8")
    merged = data.draw(
        st.lists(st.sampled_from(lines), min_size=2, max_size=4, unique_by=lambda line: line.code)
    )
    run = ran(
        [
            *("merge", *(line.code for line in merged), "--name", "Xã Gộp", "--code", "G1"),
            *("--type", "commune", *(part for line in merged for part in ("--island", line.code))),
            *("--population", "units.csv", *DAY, "--format", "json", "--write-table", "after.csv"),
        ]
    )
    assert run.code in (0, 1), run.said
    answer = json.loads(run.out)
    whole = Line(
        "00000",
        "commune",
        sum(line.population or 0 for line in merged),
        (
            sum(line.staff[0] or 0 for line in merged),
            sum(line.staff[1] or 0 for line in merged),
            sum(line.staff[2] or 0 for line in merged),
        ),
    )
    left = [line for line in lines if line not in merged]
    before, after = answer["before"], answer["after"]
    assert before["population"] == after["population"] == sum(line.population or 0 for line in lines)
    assert before["staff"] == after["staff"]
    assert before["gap"] == gaps(lines)
    assert after["gap"] == gaps([*left, whole])
    again = asked("audit", "after.csv")
    assert {unit["code"] for unit in again["units"]} == {"G1", *(line.code for line in left)}
    assert again["totals"]["gap"] == after["gap"]
    (unit,) = [unit for unit in again["units"] if unit["code"] == "G1"]
    assert unit["staff"] == {bloc: by_default(whole)[f"{bloc}_staff"] for bloc in GROUPS}


@often(5)
@given(lines=KNOWN_LINES)
def test_a_plan_never_fills_more_than_is_short_nor_takes_more_than_is_over(
    folder: Path, lines: list[Line]
) -> None:
    pytest.importorskip("ortools")
    (folder / "units.csv").write_text(table_of(lines), encoding="utf-8")
    plan = asked("plan", "units.csv")
    for bloc in BLOCS:
        before = plan["stages"][0]["audit_before"]["gap"][bloc]
        assert before == gaps(lines)[bloc]
    total = plan["stages"][0]["audit_before"]["gap"]["total"]
    for stage in plan["stages"]:
        gap = stage["audit_after"]["gap"]["total"]
        assert gap["shortfall"] <= total["shortfall"]
        assert gap["surplus"] <= total["surplus"]
        total = gap
