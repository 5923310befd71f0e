"""`quota compare`, `rank`: every figure over the 405 embedded units against arithmetic of its own."""

from __future__ import annotations

import csv
import io
import json
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.independent import PROVINCES, gaps, granted, units

Quota = Callable[..., Any]
ALL = units()
STAFF = ("--staff", "hai-phong-staff-sample")


def answer(quota: Quota, *arguments: object) -> dict[str, Any]:
    run = quota(*arguments, "--format", "json")
    assert run.code == 0, run.err
    found: dict[str, Any] = json.loads(run.out)
    return found


def per_servant(unit: dict[str, Any]) -> float | None:
    return unit["population"] / unit["staff"]["government"] if "staff" in unit else None


def rank_of(value: float | None, among: Sequence[float | None]) -> dict[str, int] | None:
    known = [other for other in among if other is not None]
    return None if value is None else {"rank": 1 + sum(figure > value for figure in known), "of": len(known)}


def value_of(unit: dict[str, Any], key: str) -> float | None:
    residents, posts, staff = unit["population"], granted(unit), unit.get("staff")
    values: dict[str, float | None] = {
        "population": residents,
        "density": residents / unit["area"],
        "residents_per_post": residents / posts,
        "residents_per_civil_servant": per_servant(unit),
        "staff_per_post": sum(staff.values()) / (posts + 25) if staff else None,
        "shortfall": gaps(unit)[0] if staff else None,
        "surplus": gaps(unit)[1] if staff else None,
    }
    return values[key]


@pytest.fixture
def compared(quota: Quota) -> list[dict[str, Any]]:
    tables = [word for file in PROVINCES for word in ("--population", file)]
    found: list[dict[str, Any]] = answer(quota, "compare", *ALL, *tables, *STAFF)["units"]
    return found


def test_every_embedded_unit_side_by_side(compared: list[dict[str, Any]]) -> None:
    assert [shown["code"] for shown in compared] == list(ALL)
    assert len(compared) == 405
    for shown in compared:
        unit = ALL[shown["code"]]
        posts = granted(unit)
        assert (shown["name"], shown["type"], shown["province"]) == (
            unit["name"],
            unit["type"],
            unit["province"],
        )
        assert (shown["population"], shown["area_km2"]) == (unit["population"], unit["area"])
        assert shown["density"] == pytest.approx(unit["population"] / unit["area"], rel=1e-12)
        assert shown["quota"] == {
            "government": [posts, posts],
            "party": [17, 20],
            "front": [8, 10],
            "total": [posts + 25, posts + 30],
        }
        per_post = unit["population"] / posts
        assert shown["residents_per_post"] == {"of_low": per_post, "of_high": per_post}
        assert shown["residents_per_civil_servant"] == per_servant(unit)
        if "staff" not in unit:
            assert shown["staff_per_post"]["total"] == {"of_low": None, "of_high": None}
            continue
        people = unit["staff"]
        assert shown["staff_per_post"] == {
            "government": {"of_low": people["government"] / posts, "of_high": people["government"] / posts},
            "party": {"of_low": people["party"] / 17, "of_high": people["party"] / 20},
            "front": {"of_low": people["front"] / 8, "of_high": people["front"] / 10},
            "total": {
                "of_low": sum(people.values()) / (posts + 25),
                "of_high": sum(people.values()) / (posts + 30),
            },
        }
        assert tuple(shown["gap"]["total"].values()) == gaps(unit)


def test_every_rank_in_the_province_and_in_the_type(compared: list[dict[str, Any]]) -> None:
    for key in compared[0]["ranks"]:
        values = {code: value_of(unit, key) for code, unit in ALL.items()}
        for shown in compared:
            here = [values[code] for code, unit in ALL.items() if unit["province"] == shown["province"]]
            alike = [values[code] for code, unit in ALL.items() if unit["type"] == shown["type"]]
            mine = values[shown["code"]]
            assert shown["ranks"][key] == {"province": rank_of(mine, here), "type": rank_of(mine, alike)}


def test_peers_are_the_nearest_of_the_type_in_all_tables(quota: Quota) -> None:
    tables = [word for file in PROVINCES for word in ("--population", file)]
    found = answer(quota, "compare", "--peers", "11311", "--k", 7, *tables, *STAFF)
    me = ALL["11311"]

    def far(unit: dict[str, Any]) -> float:
        pairs = [
            (me["population"], unit["population"]),
            (me["population"] / me["area"], unit["population"] / unit["area"]),
        ]
        return sum(abs(mine - theirs) / max(mine, theirs) for mine, theirs in pairs)

    wards = [code for code, unit in ALL.items() if unit["type"] == "ward" and code != "11311"]
    nearest = sorted(wards, key=lambda code: far(ALL[code]))[:7]
    assert [peer["code"] for peer in found["peers"]] == nearest
    for peer in found["peers"]:
        assert peer["distance"] == pytest.approx(far(ALL[peer["code"]]), rel=1e-12)
    assert {peer["province"] for peer in found["peers"]} == {"Hà Nội"}  # not the unit's own
    residents = [ALL[code]["population"] for code in nearest]
    lower, median, upper = statistics.quantiles(residents, n=4, method="inclusive")
    assert found["among_peers"]["population"] == {
        "value": 113_200,
        "percentile": 100 * sum(people < 113_200 for people in residents) / 7,
        "known": 7,
        "least": min(residents),
        "lower_quartile": lower,
        "median": median,
        "upper_quartile": upper,
        "greatest": max(residents),
    }
    assert found["left_out"] == 0


def measure_of(unit: dict[str, Any], key: str) -> float | None:
    if key == "quota":
        return granted(unit) + 25
    if key == "staff":
        return sum(unit["staff"].values()) if "staff" in unit else None
    return value_of(unit, key)


@pytest.mark.parametrize("code", ["11311", "10507", "11914", "00004", "19753", "01273", "18073"])
def test_the_place_among_peers_by_every_measure(quota: Quota, code: str) -> None:
    tables = [word for file in PROVINCES for word in ("--population", file)]
    found = answer(quota, "compare", "--peers", code, *tables, *STAFF)
    among = [ALL[peer["code"]] for peer in found["peers"]]
    assert len(among) == min(10, sum(unit["type"] == ALL[code]["type"] for unit in ALL.values()) - 1)
    assert set(found["among_peers"]) == {
        *("population", "density", "quota", "staff", "shortfall", "surplus"),
        *("residents_per_civil_servant", "residents_per_post", "staff_per_post"),
    }
    for key, place in found["among_peers"].items():
        mine = measure_of(ALL[code], key)
        values = [value for unit in among if (value := measure_of(unit, key)) is not None]
        assert place["value"] == (None if mine is None else pytest.approx(mine, rel=1e-12))
        assert place["known"] == len(values)
        if mine is not None and values:
            less = sum(value < mine for value in values) + sum(value == mine for value in values) / 2
            assert place["percentile"] == pytest.approx(100 * less / len(values), rel=1e-12)
        else:
            assert place["percentile"] is None
        quartiles = ("lower_quartile", "median", "upper_quartile")
        if len(values) > 1:
            cuts = statistics.quantiles(values, n=4, method="inclusive")
            assert [place[name] for name in quartiles] == pytest.approx(cuts, rel=1e-12)
            assert [place["least"], place["greatest"]] == pytest.approx([min(values), max(values)])


@pytest.mark.parametrize("group_by", ["type", "province", "size"])
def test_group_summaries_of_every_embedded_unit(quota: Quota, group_by: str) -> None:
    found = answer(quota, "rank", *PROVINCES, *STAFF, "--group-by", group_by)
    groups = {group["group"]: group for group in found["groups"]}
    sizes = [(0, 9_999), (10_000, 19_999), (20_000, 29_999), (30_000, 49_999), (50_000, 99_999)]

    def group_of(unit: dict[str, Any]) -> str:
        if group_by != "size":
            return str(unit[group_by])
        fits = [f"{low}-{high}" for low, high in sizes if low <= unit["population"] <= high]
        return fits[0] if fits else "100000-"

    assert sum(group["units"] for group in groups.values()) == 405
    for row in found["units"]:
        assert row["group"] == group_of(ALL[row["code"]])
        alike = [unit["population"] for unit in ALL.values() if group_of(unit) == row["group"]]
        assert row["rank_in_group"] == 1 + sum(other > row["population"] for other in alike)
    for name, group in [*groups.items(), (None, found["all"])]:
        inside = [unit for unit in ALL.values() if name in (None, group_of(unit))]
        staffed = [unit for unit in inside if "staff" in unit]
        assert group["units"] == len(inside)
        assert group["population"] == sum(unit["population"] for unit in inside)
        posts = sum(granted(unit) for unit in inside)
        assert group["quota"]["total"] == [posts + 25 * len(inside), posts + 30 * len(inside)]
        short, over = (sum(gaps(unit)[part] for unit in staffed) for part in range(2))
        gap = {"shortfall": short, "surplus": over} if staffed else None
        assert group["gap"]["total"] == gap
        assert group["unknown"]["staff"]["government"] == len(inside) - len(staffed)
        for key in group["medians"]:
            values = [value for unit in inside if (value := measure_of(unit, key)) is not None]
            median = statistics.median(values) if values else None
            assert group["medians"][key] == (None if median is None else pytest.approx(median, rel=1e-12))
        assert group["below_minimum"] == sum(unit["population"] < 16_000 for unit in inside)
        verdicts = [
            {(True, True): "mixed", (True, False): "short", (False, True): "surplus"}.get(
                (bool(gaps(unit)[0]), bool(gaps(unit)[1])), "within"
            )
            for unit in staffed
        ]
        for status in ("short", "surplus", "mixed", "within"):
            assert group["status"][status] == verdicts.count(status)
        assert group["status"]["unknown"] == len(inside) - len(staffed)
        for bloc in ("government", "party", "front"):
            people = [unit["staff"][bloc] for unit in staffed]
            assert group["staff"][bloc] == (sum(people) if people else None)
        for key, among in (("residents_per_post", inside), ("residents_per_civil_servant", staffed)):
            values = [value_of(unit, key) or 0 for unit in among]
            assert group["gini"][key]["units"] == len(among)
            if values:
                mean = sum(values) / len(values)
                differences = sum(abs(value - other) for value in values for other in values)
                expected = differences / (2 * len(values) ** 2 * mean)
                assert group["gini"][key]["value"] == pytest.approx(expected, abs=1e-12)
                assert group["medians"][key] == pytest.approx(statistics.median(values), rel=1e-12)
            else:
                assert group["gini"][key]["value"] is None
                assert group["medians"][key] is None


@pytest.mark.parametrize("by", ["population", "density", "residents_per_post", "shortfall", "staff_per_post"])
def test_rankings_of_every_embedded_unit(quota: Quota, by: str) -> None:
    found = answer(quota, "rank", *PROVINCES, *STAFF, "--by", by)
    values = {code: value_of(unit, by) for code, unit in ALL.items()}
    order = sorted(ALL, key=lambda code: (values[code] is None, -(values[code] or 0), code))
    assert [unit["code"] for unit in found["units"]] == order
    for row in found["units"]:
        place = rank_of(values[row["code"]], list(values.values()))
        assert row["rank"] == row["rank_in_group"] == (place["rank"] if place else None)
    least = answer(quota, "rank", *PROVINCES, *STAFF, "--by", by, "--ascending", "--limit", 1)["units"][0]
    assert values[least["code"]] == min(value for value in values.values() if value is not None)
    spread = found["histogram"]
    assert spread["of"] == "residents_per_civil_servant"
    ratios = [ratio for unit in ALL.values() if (ratio := per_servant(unit)) is not None]
    for bar in spread["bins"]:
        assert bar["units"] == sum(bar["from"] <= ratio < bar["to"] for ratio in ratios)


def test_the_same_name_in_two_provinces_is_not_the_same_unit(quota: Quota) -> None:
    tables = ("--population", "ha-noi", "--population", "cao-bang")
    twins = [code for code, unit in ALL.items() if unit["name"] == "Xã Hưng Đạo"]
    run = quota("compare", "Xã Hưng Đạo", *tables)
    assert run.code == 2
    assert all(code in run.err for code in twins)
    assert len(answer(quota, "compare", *twins, *tables)["units"]) == len(twins) == 2


def test_where_the_province_is_unknown_units_group_under_their_files_name(quota: Quota) -> None:
    rows = answer(quota, "rank", "tests/toy/units.csv", "ha-tinh", "--group-by", "province")["groups"]
    assert [row["group"] for row in rows] == ["tests/toy/units.csv", "Hà Tĩnh"]


def test_csv_is_a_row_a_unit_or_a_row_a_group(quota: Quota) -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(quota("rank", "hue", *arguments, "--format", "csv").out)))

    assert len(rows()) == 40
    assert rows()[0]["rank"] == "1"
    assert [row["group"] for row in rows("--group-by", "type")] == ["ward", "commune"]
    compared = quota("compare", "--peers", "11311", "--k", 3, "--format", "csv").out
    assert next(csv.DictReader(io.StringIO(compared)))["distance"] == "0.0"


@pytest.mark.parametrize("columns", [80, 100, 160])
@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "11311", "10507", "11948", "11383"],
        ["compare", "--peers", "11311"],
        ["rank", "--group-by", "size", "--limit", "2"],
        ["rank", "hue", "cao-bang", "--by", "residents_per_post", "--limit", "3"],
    ],
)
def test_pages_fit_the_width_and_have_their_markdown(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, arguments: list[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota(*arguments)
    assert run.code == 0
    assert max(len(line) for line in run.out.splitlines()) <= columns
    assert "| --- |" in quota(*arguments, "--format", "markdown").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "11311", "nowhere"], "no unit is called"),
        (["compare", "--peers", "11311", "10507"], "takes one UNIT"),
        (["compare", "11311", "--k", "3"], "add --peers"),
        (["compare", "--peers", "00004", "--population", "tests/toy/units.csv"], "has no peers"),
        (["rank", "--by", "size"], "keys: population"),
        (["rank", "hue", "hue"], "the code is already"),
    ],
)
def test_bad_questions_are_refused_in_one_line(quota: Quota, arguments: list[str], said: str) -> None:
    run = quota(*arguments)
    assert run.code == 2
    assert said in run.err
    assert run.out == ""


@pytest.mark.parametrize("area", ["0", "-1", "1e-400", "1e400", "", "nan"])
def test_an_area_that_is_no_units_is_unknown(quota: Quota, tmp_path: Path, area: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        f"code,name,type,population,area_km2\n1,Xã A,xã,17000,{area}\n2,Xã B,xã,1,5\n", encoding="utf-8"
    )
    unknown, known = answer(quota, "compare", "1", "2", "--population", path)["units"]
    assert (unknown["area_km2"], unknown["density"]) == (None, None)
    assert (known["area_km2"], known["density"]) == (5, 0.2)
    found = answer(quota, "compare", "--peers", "1", "--population", path)
    assert (found["by_density"], len(found["peers"])) == (False, 1)
    assert answer(quota, "changes", path, path)["units"] == []


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["rank"], ["all/population", "all/quota", "all/gap/total", "all/medians/density"]),
        (["rules", "diff", "central-2025", "central-2025-all-residents"], ["all/a", "all/b", "all/gained"]),
        (["rules", "diff", "central-2025", "central-2025-all-residents"], ["all/lost", "all/gap_a/party"]),
        (["sensitivity", "--vary", "front.range.low=1,2"], ["base/quota", "base/gap/total"]),
        (["borderline", "--growth", "1", "--years", "1"], ["projections/0/years/1/quota"]),
        (["borderline", "--growth", "1", "--years", "1"], ["projections/0/years/0/population"]),
    ],
)
def test_where_nothing_is_known_a_total_is_unknown_not_zero(
    quota: Quota, tmp_path: Path, arguments: list[str], keys: list[str]
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,name,type,population\n1,Xã A,xã,\n2,Xã B,xã,\n", encoding="utf-8")
    for key in keys:
        found: Any = answer(quota, *arguments, path)
        for step in key.split("/"):
            found = found[int(step)] if step.isdigit() else found[step]
        assert found is None, key
    assert "?" in quota(*arguments, path).out


def test_without_staff_no_gap_is_claimed_to_have_stayed_the_same(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,name,type,population\n1,Xã A,xã,18000\n", encoding="utf-8")
    found = answer(quota, "changes", "tests/toy/units.csv", path)
    for bloc in ("government", "party", "front"):
        assert found["balance"]["appeared"][bloc]["shortfall"] is None
        assert found["balance"]["vanished"][bloc]["surplus"] is None


def test_a_ranking_says_what_it_leaves_out(quota: Quota, tmp_path: Path) -> None:
    """Ties and namesakes that --limit cuts off, units that are in no total, the order."""
    rows = (
        "00001,Xã Tân Lập,xã,A,20000,,18,9\n00002,Xã Tân Lập,xã,B,20000,34,18,9\n"
        "00003,Xã B,xã,A,,34,18,9\n00004,Xã C,xã,B,30000,34,18,9"
    )
    table = tmp_path / "units.csv"
    table.write_text(f"code,name,type,province,population,government,party,front\n{rows}\n", encoding="utf-8")
    said = " ".join(quota("rank", table, "--ascending", "--limit", 1).out.split())
    assert "by Residents, from the least" in said
    assert "Xã Tân Lập (00001)" in said
    assert "1 unit left out has the same rank as the last one shown." in said
    assert "Residents unknown in 1 unit" in said
    assert "Government staff unknown in 1 unit: no gap, in no total." in said
    assert json.loads(quota("rank", table, "--limit", 2, "--format", "json").out)["tied_left_out"] == 1
    page = quota("rank", table, "--group-by", "province", "--format", "markdown").out
    rows = [line.strip("| ").split(" | ") for line in page.splitlines()]
    sums = [row for row in rows if row[0] in ("A", "B", "All")][:3]
    assert [(*row[:4], row[-1]) for row in sums] == [  # units, residents, those unknown … of unknown status
        ("A", "2", "20,000", "1", "2"),
        ("B", "2", "50,000", "0", "0"),
        ("All", "4", "70,000", "1", "2"),
    ]
    assert "left out" not in quota("rank", table).out


def test_an_audit_of_fewer_units_says_that_its_totals_are_of_all(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    rows = "00001,Xã Tân Lập,xã,20000,1,18,9\n00002,Xã Tân Lập,xã,20000,34,18,9"
    table.write_text(f"code,name,type,population,government,party,front\n{rows}\n", encoding="utf-8")
    for form in ("table", "markdown"):
        whole, fewer = (
            quota("audit", table, *words, "--format", form).out for words in ((), ("--only", "short"))
        )
        assert ("Totals" in whole, "The whole table" in whole) == (True, False)
        assert ("Totals" in fewer, "The whole table" in fewer) == (False, True)
        assert "00001" in fewer
