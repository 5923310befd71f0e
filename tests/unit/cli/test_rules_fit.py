"""`quota rules fit`: a table in, a rule, its doubts and a frame out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from quota.analysis.fitting.by_area import AREAS
from quota.analysis.fitting.search import STEPS
from quota.tables.shipped.country import country

Quota = Callable[..., Any]


def table(folder: Path, posts: Mapping[str, object], province: str = "Hà Tĩnh", **more: object) -> Path:
    path = folder / "posts.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["code", "name", "type", "province", "population", "posts", *more])
        for unit in country().values():
            if unit.province == province:
                cells = [unit.code, unit.name, unit.type.value, province, unit.population]
                rows.writerow([*cells, posts.get(unit.code, ""), *more.values()])
    return path


def by_the_dispatch(province: str = "Hà Tĩnh") -> dict[str, object]:
    found: dict[str, object] = {}
    for unit in country().values():
        if unit.province == province:
            above = max((unit.population or 0) - 16_000, 0) // 2_000
            found[unit.code] = min(32 + above, 50 if unit.type.value == "commune" else 70)
    return found


FOUND = "2026-11-28"
PUBLISHED = {"18196": 25, "18352": 43}


def test_a_provinces_posts_give_the_rule_and_a_frame_that_gives_them(quota: Quota, tmp_path: Path) -> None:
    posts = by_the_dispatch()
    path = table(tmp_path, posts | {"18352": 43})
    frame = tmp_path / "ours.yaml"
    run = quota("rules", "fit", path, "--posts", "posts", "-o", frame, "--as-of", FOUND, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert (found["points"], found["explained"]) == (69, 68)
    assert (found["rule"]["base"], found["rule"]["step"], found["rule"]["step_inside_split"]) == (
        32,
        2_000,
        None,
    )
    assert found["rule"]["thresholds"][0]["above"] == 16_000
    (misfit,) = found["misfits"]
    assert (misfit["name"], misfit["posts"], misfit["given"], misfit["difference"]) == (
        "Xã Nghi Xuân",
        43,
        42,
        1,
    )
    assert quota("rules", "check", frame).code == 0
    audit = json.loads(quota("audit", "ha-tinh", "--rules", frame, "--as-of", FOUND, "--format", "json").out)
    given = {unit["code"]: unit["quota"]["government"][0] for unit in audit["units"]}
    assert given == posts


def test_the_report_names_who_does_not_fit_as_csv(quota: Quota, tmp_path: Path) -> None:
    path = table(tmp_path, by_the_dispatch() | {"18352": 43})
    rows = list(
        csv.DictReader(quota("rules", "fit", path, "--posts", "posts", "--format", "csv").out.splitlines())
    )
    assert [(row["code"], row["difference"]) for row in rows] == [("18352", "1")]
    written = tmp_path / "report.md"
    assert quota("rules", "fit", path, "--posts", "posts", "-o", written).code == 0
    text = written.read_text(encoding="utf-8")
    assert "32, one more for every 2,000 residents above 16,000, rounded down" in text
    assert "68 of 69 units exactly" in text
    assert "No rule with another step or base explains as many." in text
    assert "whether 69 units lie in mountains is unknown" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "Every shipped frame is contradicted: by 2 units at least.",
                "17 rules with another step or base explain as many",
                "Not determined: the ceiling for ward.",
                "Xã Sơn Kim 1 25, 32; Xã Nghi Xuân 43, 42",
            ),
        ),
        ("vi", ("Mọi khung có sẵn đều bị trái", "Xã Sơn Kim 1 25, 32; Xã Nghi Xuân 43, 42")),
    ],
)
def test_two_published_units_and_a_total(
    quota: Quota, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    path = table(tmp_path, PUBLISHED)
    arguments = ("rules", "fit", path, "--posts", "posts", "--lang", language, "--format", "markdown")
    text = quota(*arguments, "--total", "Hà Tĩnh=2454").out
    for line in said:
        assert line in text
    if language == "en":
        assert "contradict each other" not in text
        beyond = quota(*arguments, "--total", "hà tĩnh=9000").out
        assert "no rule that explains as many units gives 9,000 posts in all" in beyond
        assert "Under rules of this kind the units' posts and the total contradict each other." in beyond


@pytest.mark.parametrize(
    ("zone_step", "said"),
    [(1_000, "(1,000 in mountains) above"), (2_000, "(1,000 in mountains, but not in special zones) above")],
)
def test_steps_by_terrain_are_said(quota: Quota, tmp_path: Path, zone_step: int, said: str) -> None:
    path = tmp_path / "hills.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["code", "name", "type", "population", "mountain", "posts"])
        number = 0
        for residents in range(3_000, 60_000, 1_900):
            for kind, word in (("commune", "Xã"), ("special_zone", "Đặc khu")):
                for mountain in ("yes", "no"):
                    number += 1
                    hill = zone_step if kind == "special_zone" else 1_000
                    step = hill if mountain == "yes" else 2_000
                    posts = 32 + max(residents - 16_000, 0) // step
                    rows.writerow([f"{number:05d}", f"{word} {number}", kind, residents, mountain, posts])
    text = quota("rules", "fit", path, "--posts", "posts", "--format", "markdown").out
    assert f"32, one more for every 2,000 residents {said}" in text
    assert "Steps by terrain were not tried" not in text


def test_one_number_for_all_units(quota: Quota, tmp_path: Path) -> None:
    path = table(tmp_path, dict.fromkeys(by_the_dispatch(), 17))
    text = quota("rules", "fit", path, "--posts", "posts", "--format", "markdown").out
    assert "17 posts for every unit" in text
    assert "Not determined: step, threshold and ceilings" in text
    assert "No rule with another step" not in text  # any step fits above all residents


def test_what_the_table_leaves_open_is_said(quota: Quota, tmp_path: Path) -> None:
    posts = {unit.code: 20 + (unit.population or 0) // 1_000 for unit in country().values()}
    path = table(tmp_path, {code: count for code, count in posts.items() if count > 40})
    text = quota("rules", "fit", path, "--posts", "posts", "--format", "markdown").out
    assert "Not determined: the base. One post less, from 1,000 residents less on, explains as many." in text
    assert "No rule with another step explains as many." in text
    assert "Not determined: the ceiling for commune. None is reached;" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--posts", "assigned"), "no column assigned"),
        (("--posts", "posts"), "no unit has both residents and posts"),
        (("--posts", "posts", "--total", "Hà Tĩnh"), "no unit has both"),
    ],
)
def test_a_table_without_posts_is_refused(
    quota: Quota, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = quota("rules", "fit", table(tmp_path, {}), *arguments)
    assert run.code == 2
    assert said in run.err


def test_posts_that_are_no_number_and_totals_that_cannot_be_compared(quota: Quota, tmp_path: Path) -> None:
    run = quota("rules", "fit", table(tmp_path, {"18196": "25 or so"}), "--posts", "posts")
    assert run.code == 2
    assert "posts that are no whole number" in run.err
    path = table(tmp_path, PUBLISHED)
    for total, said in (("2454", "is no total"), ("Atlantis=5", "no province is called")):
        run = quota("rules", "fit", path, "--posts", "posts", "--total", total)
        assert run.code == 2
        assert said in run.err
    text = path.read_text(encoding="utf-8").replace(",37524,", ",,")
    path.write_text(text, encoding="utf-8")
    run = quota("rules", "fit", path, "--posts", "posts", "--total", "Hà Tĩnh=2454")
    assert run.code == 2
    assert "the residents of 1 units are unknown" in run.err


def test_a_frame_that_cannot_be_written_is_refused_before_the_search(quota: Quota, tmp_path: Path) -> None:
    run = quota("rules", "fit", "nowhere.csv", "--posts", "posts", "-o", tmp_path / "none" / "ours.yaml")
    assert run.code == 2
    assert "nowhere.csv" not in run.err


def separate(folder: Path, heading: str, posts: Mapping[str, object]) -> Path:
    path = folder / "giao.csv"
    rows = [f"code,name,{heading}", *(f"{code},x,{count}" for code, count in posts.items())]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_posts_in_a_table_of_their_own_give_what_a_column_gives(quota: Quota, tmp_path: Path) -> None:
    posts = by_the_dispatch() | {"18352": 43}
    column = json.loads(
        quota("rules", "fit", table(tmp_path, posts), "--posts", "posts", "--format", "json").out
    )
    other = separate(tmp_path, "assigned_government", posts)
    run = quota("rules", "fit", "ha-tinh", "--posts", other, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    for key in ("points", "explained", "rule", "misfits"):
        assert found[key] == column[key]
    assert [Path(file["path"]).name for file in found["inputs"]] == ["ha-tinh.csv", "giao.csv"]


def test_posts_of_a_bloc_of_ones_own_are_read_by_its_key(quota: Quota, tmp_path: Path) -> None:
    posts = dict.fromkeys(by_the_dispatch(), 3)
    other = separate(tmp_path, "assigned_military", posts)
    run = quota("rules", "fit", "ha-tinh", "--posts", other, "--bloc", "military", "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert (found["rule"]["base"], found["explained"]) == (3, 69)
    assert [frame["frame"] for frame in found["frames"]] == ["cv-09-2025-military"]


def test_a_row_of_posts_that_fits_no_unit_is_refused_and_a_name_that_is_nothing_is_asked_about(
    quota: Quota, tmp_path: Path
) -> None:
    other = separate(tmp_path, "assigned_government", {"99999": 32})
    run = quota("rules", "fit", "ha-tinh", "--posts", other)
    assert run.code == 2
    assert "99999" in run.err
    run = quota("rules", "fit", "ha-tinh", "--posts", "no-such-thing")
    assert run.code == 2
    assert "Name a column of it, or a table of posts" in run.err


def test_a_total_alone_says_which_frames_and_rules_give_it_and_that_it_shows_no_one_rule(
    quota: Quota,
) -> None:
    asked = ("rules", "fit", "ha-tinh", "--as-of", FOUND, "--total")
    found = json.loads(quota(*asked, "Hà Tĩnh=2464", "--format", "json").out)
    assert found["totals"] == [{"province": "Hà Tĩnh", "posts": 2464, "units": 69}]
    met = {frame["frame"]: frame["met"] for frame in found["frames"]}
    assert met["cv-09-2025"]
    assert not met["central-2025-all-residents"]
    assert {"base": 32, "step": 2_000, "above": 16_000, "most": {}} in found["rules"]
    text = quota(*asked, "Hà Tĩnh=2464").out
    assert "Frames that can give the totals: central-2025, cv-09-2025." in text
    assert "Which rule it was, totals alone do not show" in " ".join(text.split())
    published = quota(*asked, "Hà Tĩnh=2454")
    assert "No shipped frame gives the totals." in published.out
    rows = list(csv.DictReader(quota(*asked, "Hà Tĩnh=2454", "--format", "csv").out.splitlines()))
    assert {row["frame"]: row["off_0"] for row in rows}["cv-09-2025"] == "-10"
    nothing = quota(*asked, "Hà Tĩnh=1").out
    assert "None of them gives the totals exactly" in " ".join(nothing.split())


def test_without_posts_a_total_is_needed_and_no_frame_is_written(quota: Quota, tmp_path: Path) -> None:
    assert quota("rules", "fit", "ha-tinh").code == 2
    run = quota("rules", "fit", "ha-tinh", "--total", "Hà Tĩnh=2454", "-o", tmp_path / "ours.yaml")
    assert run.code == 2
    assert "no one rule to write as a frame" in " ".join(run.err.split())


def by_area(folder: Path, areas: Callable[[str, str], object]) -> Path:
    """Cao Bằng's units with a post more for every 2,000 residents above 8,000 and every 50 km² above 50."""
    path = folder / "areas.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["code", "name", "type", "population", "area_km2", "posts"])
        for unit in country().values():
            if unit.province == "Cao Bằng":
                steps = max(int(unit.area_km2 or 0) // 50 - 1, 0)
                posts = 20 + max((unit.population or 0) - 8_000, 0) // 2_000 + steps
                cells = [unit.code, unit.name, unit.type.value, unit.population]
                rows.writerow([*cells, areas(unit.code, str(unit.area_km2)), posts])
    return path


def test_steps_by_area_are_found_said_and_written(quota: Quota, tmp_path: Path) -> None:
    path, frame = by_area(tmp_path, lambda _, area: area), tmp_path / "ours.yaml"
    run = quota("rules", "fit", path, "--posts", "posts", "-o", frame, "--as-of", FOUND, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert (found["explained"], found["area_unknown"], found["rule"]["base"]) == (56, 0, 20)
    assert found["rule"]["area"] == {
        "per_km2": {"ward": 50, "mountain": 50, "other": 50},
        "above_km2": 50,
    }
    again = quota("audit", path, "--rules", frame, "--as-of", FOUND, "--format", "csv")
    assert again.code == 0, again.err
    for row in csv.DictReader(again.out.splitlines()):
        assert row["government_low"] == row["posts"]
    shown = " ".join(quota("rules", "fit", path, "--posts", "posts").out.split())
    assert "; one more for every 50 km² above 50 km²" in shown
    assert "Steps by area that were tried: 5, 6, 10, 15, 20, 25, 30, 40, 50, 75" in shown
    assert "Not determined: from which area on steps are counted, anything from" in shown
    vietnamese = " ".join(quota("rules", "fit", path, "--posts", "posts", "--lang", "vi").out.split())
    assert "; trên 50 km², cứ thêm 50 km² thì thêm 1 biên chế" in vietnamese


def test_why_steps_by_area_were_not_tried_is_said(
    quota: Quota, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = by_area(tmp_path, lambda code, area: "" if code == "01279" else area)
    shown = quota("rules", "fit", unknown, "--posts", "posts").out
    assert "Steps by area were not tried: the area of 1 unit is unknown." in shown
    plain = table(tmp_path, by_the_dispatch())
    shown = quota("rules", "fit", plain, "--posts", "posts").out
    assert "Steps by area were not tried: a rule without them explains every unit." in shown
    few = replace(AREAS, most_units=5)
    monkeypatch.setattr("quota.render.views.rules.fitting_area.AREAS", few)
    monkeypatch.setattr("quota.analysis.fitting.fitting.fit.__defaults__", ((), STEPS, few))
    known = by_area(tmp_path, lambda _, area: area)
    shown = " ".join(quota("rules", "fit", known, "--posts", "posts").out.split())
    assert "not tried: the table has more than 5 units; give it province by province." in shown


def test_steps_by_kind_and_alone_are_said_and_written(quota: Quota, tmp_path: Path) -> None:
    path, frame = tmp_path / "kinds.csv", tmp_path / "ours.yaml"
    rows = ["code,name,type,population,area_km2,posts"]
    for place, area in enumerate(range(3, 203, 5)):
        kind, step = ("ward", 10) if place % 3 else ("commune", 40)
        rows.append(f"{place},U{place},{kind},{1_000 + place},{area},{20 + max(area // step - 1, 0)}")
    path.write_text("\n".join([*rows, ""]), encoding="utf-8")
    run = quota("rules", "fit", path, "--posts", "posts", "-o", frame, "--format", "json")
    found = json.loads(run.out)
    assert found["explained"] == 40
    assert found["rule"]["area"] == {"per_km2": {"ward": 10, "mountain": 40, "other": 40}, "above_km2": None}
    again = quota("audit", path, "--rules", frame, "--format", "csv")
    assert again.code == 0, again.err
    for row in csv.DictReader(again.out.splitlines()):
        assert row["government_low"] == row["posts"]
        assert "unknown_columns" not in row  # terrain that makes no difference is not asked for
    shown = " ".join(quota("rules", "fit", path, "--posts", "posts").out.split())
    assert "20 posts for every unit; one more for each 100 % of a standard area above it" in shown
    assert "Not determined: steps by residents; no unit that fits needs them." in shown
