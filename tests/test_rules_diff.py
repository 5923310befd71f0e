"""`quota rules diff`: nothing against itself, its own negative the other way round, and each unit by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.analysis.audit.auditing import audit
from quota.analysis.what_if.frames_diff import FieldDifference, FramesDifference, diff, fields_that_differ
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.flattening import fields_of
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from quota.tables.readers.units.population import read_units
from tests.blocs import three
from tests.independent import PROVINCES, STEPS_FROM, gaps, government, units
from tests.office.books import opened

Quota = Callable[..., Any]
READINGS = tuple(STEPS_FROM)
TOY = "tests/toy/toy.yaml"
ALL = units()
DAY = date(2026, 11, 22)


def json_of(quota: Quota, *arguments: object) -> dict[str, Any]:
    run = quota("rules", "diff", *arguments, "--format", "json")
    assert run.code == 0, run.err
    found: dict[str, Any] = json.loads(run.out)
    return found


def test_the_two_readings_over_all_embedded_provinces_by_hand(quota: Quota) -> None:
    found = json_of(quota, *READINGS)
    assert len(found["units"]) == 405
    hang: dict[str, int] = dict.fromkeys(PROVINCES.values(), 0)
    for row in found["units"]:
        unit = ALL[row["code"]]
        posts = [government(unit["population"], above) for above in STEPS_FROM.values()]
        difference = posts[1] - posts[0]
        assert (row["province"], row["population"]) == (unit["province"], unit["population"])
        assert row["a"]["government"] == [posts[0]] * 2
        assert row["b"]["government"] == [posts[1]] * 2
        assert row["a"]["total"] == [posts[0] + 25, posts[0] + 30]
        assert row["difference"] == {
            "government": [difference] * 2,
            "party": [0, 0],
            "front": [0, 0],
            "total": [difference] * 2,
        }
        assert (row["status_a"], row["gap_a"]) == ("unknown", None)
        hang[unit["province"]] += difference
    assert {
        province["province"]: province["gained"]["government"][0] for province in found["provinces"]
    } == hang
    for province in [*found["provinces"], found["all"]]:
        inside = [unit for unit in ALL.values() if province["province"] in (None, unit["province"])]
        for letter, above in zip("ab", STEPS_FROM.values(), strict=True):
            posts_all = sum(government(unit["population"], above) for unit in inside)
            assert province[letter]["government"] == [posts_all] * 2
        assert province["units"] == len(inside)
        assert province["lost"]["total"] == [0, 0]
    assert found["all"]["gained"]["total"] == [sum(hang.values())] * 2


def test_with_staff_every_gap_and_status_that_changes_by_hand(quota: Quota) -> None:
    found = json_of(quota, *READINGS, "hai-phong", "--staff", "hai-phong-staff-sample")
    changes: dict[tuple[str, str], int] = {}
    sums = [(0, 0), (0, 0)]
    for row in found["units"]:
        unit = ALL[row["code"]]
        people = unit["staff"]
        under = [gaps(unit, government(unit["population"]))]
        posts = government(unit["population"], 0)
        short = max(posts - people["government"], 0) + max(17 - people["party"], 0)
        over = max(people["government"] - posts, 0) + max(people["party"] - 20, 0)
        short, over = short + max(8 - people["front"], 0), over + max(people["front"] - 10, 0)
        under.append((short, over))
        assert row["b"]["total"] == [posts + 25, posts + 30]
        sums = [(a + c, b + d) for (a, b), (c, d) in zip(sums, under, strict=True)]
        names = []
        for letter, (short, over) in zip("ab", under, strict=True):
            assert row[f"gap_{letter}"] == {"shortfall": short, "surplus": over}
            names.append("mixed" if short and over else "short" if short else "surplus" if over else "within")
        assert [row["status_a"], row["status_b"]] == names
        if names[0] != names[1]:
            changes[names[0], names[1]] = changes.get((names[0], names[1]), 0) + 1
    assert {(change["a"], change["b"]): change["units"] for change in found["status_changes"]} == changes
    for letter, (short, over) in zip("ab", sums, strict=True):
        assert found["all"][f"gap_{letter}"]["total"] == {"shortfall": short, "surplus": over}


@pytest.mark.parametrize("frame", [*READINGS, TOY])
def test_a_frame_against_itself_is_empty(quota: Quota, frame: str) -> None:
    found = json_of(quota, frame, frame, "hai-phong", "--staff", "hai-phong-staff-sample")
    assert found["fields"] == found["status_changes"] == []
    assert {tuple(pair) for unit in found["units"] for pair in unit["difference"].values()} == {(0, 0)}
    assert {tuple(pair) for kind in ("gained", "lost") for pair in found["all"][kind].values()} == {(0, 0)}
    assert "The two frames say the same." in quota("rules", "diff", frame, frame, "hue").out


def is_negative(there: FramesDifference, back_again: FramesDifference) -> None:
    assert (there.a, there.b) == (back_again.b, back_again.a)
    swapped = {FieldDifference(field.path, field.b, field.a) for field in back_again.fields}
    assert set(there.fields) == swapped
    for mine, theirs in zip(there.units, back_again.units, strict=True):
        assert (mine.a, mine.b) == (theirs.b, theirs.a)
        negative: Any = theirs.shift.map(lambda shift: -shift) if theirs.shift else None
        assert mine.shift == negative
    for worth, reverse in zip(
        (*there.provinces, there.whole), (*back_again.provinces, back_again.whole), strict=True
    ):
        assert (worth.gained, worth.lost, worth.a, worth.b) == (
            reverse.lost,
            reverse.gained,
            reverse.b,
            reverse.a,
        )
        if worth.gained is None or worth.lost is None:
            assert worth.a.quota is worth.b.quota is None
            continue
        assert worth.a.quota is not None
        assert worth.b.quota is not None
        for bloc, gained in worth.gained.items():
            lost, old, new = worth.lost[bloc], worth.a.quota.blocs[bloc], worth.b.quota.blocs[bloc]
            assert gained.low - lost.low == new.low - old.low
            assert gained.high - lost.high == new.high - old.high
    assert dict(there.statuses) == {(b, a): units for (a, b), units in back_again.statuses.items()}


people = st.integers(0, 100) | st.none()
some_units = st.lists(
    st.tuples(
        st.sampled_from(UnitType),
        st.integers(0, 60_000) | st.none(),
        st.builds(three, people, people, people),
    ),
    max_size=8,
).map(
    lambda made: UnitTable(
        tuple(
            Unit(f"{place:05}", f"U{place}", kind, population, staff=staff)
            for place, (kind, population, staff) in enumerate(made)
        )
    )
)
frames = st.sampled_from([*READINGS, str(Path(__file__).parent / "toy" / "toy.yaml")]).map(load_frame)


@settings(deadline=None)
@given(frames, frames, some_units)
def test_a_difference_the_other_way_round_is_its_negative(a: Frame, b: Frame, table: UnitTable) -> None:
    is_negative(diff(a, b, table), diff(b, a, table))
    assert fields_that_differ(a, a) == ()


def test_fields_name_every_value_that_is_said_differently(quota: Quota) -> None:
    fields = {field["path"]: (field["a"], field["b"]) for field in json_of(quota, *READINGS, "hue")["fields"]}
    assert fields.pop("blocs.government.increment.above") == (16_000, 0)
    assert set(fields) == {
        "reading",
        "minimum_population.note",
        "blocs.government.increment.source",
    }
    toy = {
        field["path"]: (field["a"], field["b"]) for field in json_of(quota, READINGS[0], TOY, "hue")["fields"]
    }
    assert toy["blocs.party.range"] == ([17, 20], [2, 4])
    assert toy["blocs.party.increment.rounding"] == (None, "nearest")
    assert toy["effective.to"] == (None, date(2099, 12, 31).isoformat())
    assert toy["sources.toy-law"] == (None, "Toy gazette, 2000-01-01: Toy law")


def test_the_other_forms(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    csv_rows = list(csv.DictReader(io.StringIO(quota("rules", "diff", *READINGS, "--format", "csv").out)))
    assert len(csv_rows) == 405
    assert csv_rows[0]["difference_government_low"] == "8"
    assert "| Hải Phòng |" in quota("rules", "diff", *READINGS, "--format", "markdown").out
    for columns in (80, 100, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = quota("rules", "diff", READINGS[0], TOY, "hai-phong", "--staff", "hai-phong-staff-sample").out
        assert max(len(line) for line in out.splitlines()) <= columns
        assert "98,520–98,860" in out  # no figure is cut off
    assert quota("rules", "diff", READINGS[0], "central-2026").code == 2


def test_any_frame_beside_any_other_names_each_value_that_differs_by_its_place(quota: Quota) -> None:
    run = quota("rules", "diff", "cv-09-2025", "central-2025", "--format", "json", "--limit", 1)
    fields = {field["path"]: (field["a"], field["b"]) for field in json.loads(run.out)["fields"]}
    assert fields["blocs.government.increment.0.per_residents"] == (1_000, None)
    assert fields["blocs.government.increment.0.when.type"] == ("commune, ward", None)
    assert fields["blocs.government.increment.per_residents"] == (None, 2_000)
    assert fields["blocs.government.most.ward"] == (70, None)
    french = load_frame("tests/expressive/french-councillors.yaml")
    banded = fields_of(french)
    rows = [path for path in banded if ".bands.rows." in path]
    assert banded[rows[0]] == (0, 99, 7)
    assert str(banded[rows[-1]]).startswith("300000, null, ")


@pytest.mark.parametrize("pair", [("central-2025", "cv-09-2025"), ("cv-09-2025", "central-2025")])
def test_what_hangs_on_unknown_terrain_stands_beside_what_is_gained_and_lost(
    quota: Quota, pair: tuple[str, str]
) -> None:
    """No unit of Cao Bằng says whether it lies in the mountains: 19 posts hang on it, those of five units."""
    found = json_of(quota, *pair, "cao-bang")
    known = json_of(quota, *pair, "cao-bang", "--assume", "mountain=yes")
    kept = json_of(quota, *pair, "cao-bang", "--assume", "mountain=no")
    worth = found["all"]
    for key in ("gained", "lost"):
        assert (worth[key], worth[f"{key}_possible"]) == (kept["all"][key], known["all"][key])
    assert sum(worth[f"{key}_possible"]["government"][0] for key in ("gained", "lost")) == 19
    assert found["provinces"] == [{**found["all"], "province": "Cao Bằng"}]
    assert "gained_possible" not in known["all"]
    hang = [unit for unit in found["units"] if "difference_possible" in unit]
    settled = {unit["code"]: unit["difference"] for unit in known["units"]}
    assert len(hang) == 5
    for unit in hang:
        assert unit["difference"]["total"] == [0, 0]
        assert unit["difference_possible"] == settled[unit["code"]]


def test_every_form_has_what_hangs_on_unknown_terrain(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = ("rules", "diff", "central-2025", "cv-09-2025", "cao-bang")
    for columns in (80, 100, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = quota(*asked).out
        assert max(len(line) for line in out.splitlines()) <= columns
        assert len(re.findall(r"^Gained +0 \(\+19\) +0 +0 +0 \(\+19\)$", out, re.MULTILINE)) == 1
        assert "Quota or status differs in 0 of 56 units." in out
        assert "In 5 more units the quota differs with what is unknown, in brackets." in out
    assert re.search(
        r"\| Cao Bằng \| +56 \|.*\| +0 \(\+19\) \| +0 \|", quota(*asked, "--format", "markdown").out
    )
    rows = list(csv.DictReader(io.StringIO(quota(*asked, "--format", "csv").out)))
    assert sum(int(row["difference_possible_total_high"] or 0) for row in rows) == 19
    book = tmp_path / "diff.xlsx"
    assert quota(*asked, "-o", book).code == 0
    cells = [cell for sheet in opened(book) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert cells.count("0 (+19)") == 4  # the province, all, a bloc and all blocs
    back = quota("rules", "diff", "cv-09-2025", "central-2025", "cao-bang", "--limit", 2).out
    assert "0 (−19)" in back
    assert "The first 2 of them are shown" in back


@pytest.mark.parametrize(("language", "last"), [("en", "Hồ Chí Minh City"), ("vi", "Hồ Chí Minh")])
def test_the_page_on_the_rule_has_the_programs_figures(quota: Quota, language: str, last: str) -> None:
    page = Path(__file__).parents[1] / "docs" / language / "explanation" / "rule.md"
    section = page.read_text(encoding="utf-8")
    rows = [
        [re.sub(r"(?<=[0-9])[.,]", "", cell.strip()) for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith(("| H", "| C"))
    ]
    provinces = {**PROVINCES, "vietnam": last}
    assert [row[0] for row in rows] == list(provinces.values())
    for table, (_, number, posts, in_mountains, published) in zip(provinces, rows, strict=True):
        units_there = read_units(table).units
        if table == "vietnam":
            units_there = tuple(unit for unit in units_there if unit.province == "Hồ Chí Minh")
        frame = load_frame("cv-09-2025")
        found = audit(UnitTable(units_there), frame, as_of=DAY).totals
        assert found.quota is not None
        assert found.unsettled is not None
        assert (int(number), int(posts)) == (found.units, found.quota.blocs["government"].low)
        assert int(in_mountains) == found.unsettled.blocs["government"].low
        assert published == {"ha-tinh": str(2_697 - 243), "vietnam": "9539"}.get(table, "")
