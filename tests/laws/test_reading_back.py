"""What the program writes, the program reads as it was: tables, audits, plans, scenarios, workbooks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota import load_frame, read_staff, read_units
from quota.core.problems import errors
from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.norms.scenarios import load_scenario
from quota.planning.mergers.simulating import simulate
from quota.render.kit.rendering import csv_text
from quota.tables.readers.audits import read_audit
from quota.tables.readers.plans import read_plan
from quota.tables.writing import unit_rows
from tests.blocs import three
from tests.laws.often import often
from tests.laws.province import write_province
from tests.laws.tables import LINES, Line, by_default, table_of
from tests.laws.test_command_line import ran
from tests.laws.test_forms import FIRST

DAY = ("--as-of", "2026-11-22")
COUNT = st.none() | st.integers(0, 5_000)
TRUTH = st.sampled_from([None, True, False])
AREA = st.none() | st.decimals(Decimal("0.01"), 2_000, places=2)
SHARE = st.none() | st.integers(1, 40).flatmap(
    lambda whole: st.integers(0, whole).map(lambda part: Fraction(part, whole))
)
_OF_TERRAIN = {
    **dict.fromkeys(("mountain", "highland", "island", "border"), TRUTH),
    "minority_share": SHARE,
    "province_class": st.none() | st.sampled_from(ProvinceClass),
    "unit_class": st.sampled_from([None, "I", "II", "III"]),
}
TERRAIN = st.fixed_dictionaries({field: _OF_TERRAIN[field] for field in Terrain.__struct_fields__}).map(
    lambda said: Terrain(**said)
)
MORE = ("Ghi chú", "Số người", "Vị trí")
"""Columns that pass through, also those whose heading means something in a table of another kind."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    codes = draw(st.lists(st.integers(10_000, 99_999), min_size=1, max_size=6, unique=True))
    return [
        Unit(
            code=str(code),
            name=f"{draw(st.sampled_from(['Xã', 'Phường', 'Đặc khu']))} Số {code}",
            type=draw(st.sampled_from(UnitType)),
            population=draw(st.none() | st.integers(0, 1_000_000)),
            province=draw(st.sampled_from([None, "Tỉnh Thử"])),
            area_km2=draw(AREA),
            lon=draw(st.sampled_from([None, 105.5, 106.25, 107.123456])),
            lat=draw(st.sampled_from([None, 20.5, 8.000001])),
            staff=three(draw(COUNT), draw(COUNT), draw(COUNT)),
            terrain=draw(TERRAIN),
            more={key: draw(st.sampled_from(["", "a, b", 'c "d"', "=1+1", "001", "x\ny"])) for key in MORE},
        )
        for code in codes
    ]


@often(40, long=3_000)
@given(table=units())
def test_units_written_as_a_table_are_the_units_read(folder: Path, table: list[Unit]) -> None:
    (folder / "units.csv").write_text(csv_text(unit_rows(table)), encoding="utf-8")
    found = read_units("units.csv")
    assert [replace(unit, more={}, origin=None) for unit in found.units] == [
        replace(unit, more={}, origin=None) for unit in table
    ]
    assert [{key: unit.more.get(key, "") for key in MORE} for unit in found.units] == [
        unit.more for unit in table
    ]


def figures(path: str) -> Iterator[tuple[object, ...]]:
    for unit in read_units(path).units:
        yield unit.code, unit.name, unit.type.value, unit.population


@often(4, long=400)
@given(lines=LINES)
def test_an_audit_is_read_back_in_every_form_that_is_a_table(folder: Path, lines: list[Line]) -> None:
    every = [FIRST, *(line for line in lines if line.code != FIRST.code)]
    Path("units.csv").write_text(table_of(every), encoding="utf-8")
    for name in ("audit.csv", "audit.json"):
        assert ran(["audit", "units.csv", *DAY, "--output", name]).code == 0
    expected = [(line.code, line.name, line.type, line.population) for line in every]
    assert list(figures("audit.csv")) == expected
    for language in ("en", "vi"):
        assert ran(["audit", "units.csv", *DAY, "--output", "audit.xlsx", "--lang", language]).code == 0
        assert not errors(read_units("audit.xlsx").problems)
        assert list(figures("audit.xlsx")) == expected
        people = [(line.code, line.staff) for line in every]
        assert [(unit.code, tuple(unit.staff)) for unit in read_units("audit.xlsx").units] == people
        assert [(row.code, tuple(row.staff)) for row in read_staff("audit.xlsx").rows] == people
    read = read_audit("audit.json")
    assert [(unit.code, unit.name, unit.type.value, unit.population) for unit in read.table.units] == expected
    assert [tuple(unit.staff) for unit in read.table.units] == [line.staff for line in every]
    for line in every:
        quota = read.quotas[line.code]
        own = by_default(line)
        assert (quota is None) == (line.population is None)
        if quota is not None:
            ends = [(own[f"{bloc}_low"], own[f"{bloc}_high"]) for bloc in ("government", "party", "front")]
            assert [(posts.low, posts.high) for posts in quota] == ends
    assert ran(["changes", "audit.json", "audit.json"]).code == 0


@often(4, long=300)
@given(lines=LINES)
def test_a_bulk_audit_is_the_audit_row_by_row(folder: Path, lines: list[Line]) -> None:
    pytest.importorskip("polars")
    every = [FIRST, *(line for line in lines if line.code != FIRST.code)]
    Path("units.csv").write_text(table_of(every), encoding="utf-8")
    assert ran(["bulk", "units.csv", "bulk.csv", *DAY]).code == 0
    assert ran(["audit", "units.csv", *DAY, "--output", "audit.csv"]).code == 0
    with (
        Path("bulk.csv").open(encoding="utf-8", newline="") as bulk,
        Path("audit.csv").open(encoding="utf-8", newline="") as audit,
    ):
        for in_bulk, audited, line in zip(csv.DictReader(bulk), csv.DictReader(audit), every, strict=True):
            for key, value in by_default(line).items():
                if f"{key}" in in_bulk:
                    assert in_bulk[key] == audited[key] == ("" if value is None else str(value)), key
            assert in_bulk["status"] == audited["status"]
    assert next(figures("bulk.csv"))[0] == FIRST.code


def test_plans_scenarios_and_corrected_tables_are_read_back(folder: Path) -> None:
    pytest.importorskip("ortools")
    write_province(folder)
    base = ("units.csv", "--staff", "staff.csv", *DAY)
    assert ran(["plan", *base, "--output", "own.csv"]).code == 0
    plan = read_plan("own.csv")
    assert not plan.problems
    answer = json.loads(ran(["plan", *base, "--format", "json"]).out)
    moved = sum(move["people"] for stage in answer["stages"] for move in stage["moves"])
    assert sum(move.people for move in plan.moves if move.origin and move.target) == moved > 0
    assert ran(["plan", *base, "--check", "own.csv"]).code == 0

    Path("none.csv").write_text("from_code,from_group,to_code,to_group,people\n00002,government,,,0\n")
    assert ran(["progress", "own.csv", "none.csv", *DAY, "--replan", "again.csv"]).code == 0
    again = read_plan("again.csv")
    assert not again.problems
    assert sum(move.people for move in again.moves if move.origin and move.target) == moved

    suggested = ["suggest", *base, "--neighbours", "neighbours.csv", "--minimum", "9000"]
    written = ["--write-scenario", "own.yaml", "--write-table", "after.csv"]
    assert ran([*suggested, *written, "--format", "json"]).code in (0, 1)
    scenario = load_scenario("own.yaml")
    done = simulate(scenario, read_units("units.csv"), load_frame(), as_of=date(2026, 11, 22))
    assert {after.audit.unit.code: after.audit.unit.population for after in done.units} == {
        unit.code: unit.population for unit in read_units("after.csv").units
    }

    assert ran(["check", "units.csv", "--control-total", "92600", "--fix", "fixed.csv"]).code in (0, 1)
    assert ran(["reconcile", "units.csv", "--control-total", "92600", "--output", "settled.csv"]).code == 0
    assert list(figures("fixed.csv")) == list(figures("settled.csv")) == list(figures("units.csv"))


@pytest.mark.parametrize("count", ["9" * 4_300, "9" * 400, "-1", "1.5", "true", '"3"'])
def test_an_audit_of_counts_beyond_belief_is_refused(folder: Path, count: str) -> None:
    write_province(folder)
    plain = json.loads(Path("audit.json").read_text(encoding="utf-8"))
    plain["units"][0]["staff"]["party"] = "HERE"
    Path("own.json").write_text(json.dumps(plain).replace('"HERE"', count), encoding="utf-8")
    for form in ("table", "json", "xlsx"):
        run = ran(["changes", "own.json", "audit.json", "--format", form])
        assert run.code == 2
        assert "not an audit" in run.said
