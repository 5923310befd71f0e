"""`quota changes`: causes that add up exactly, whatever changed, and files that are what they say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.what_if.changes import Changes, Side, changes
from quota.analysis.what_if.decomposing import Cause, border_moved
from quota.core.blocs import BLOCS, UNKNOWN_STAFF, Bloc
from quota.core.posts import Gap, Posts
from quota.core.results import UnitAudit
from quota.core.units import Decision, Unit, UnitType
from quota.norms.loading import load_frame
from quota.tables.readers.audits import read_audit
from tests.blocs import three
from tests.independent import ROOT, STEPS_FROM, gaps, government, granted, rows_of, units
from tests.laws.often import often
from tests.unit.analysis.what_if.decomposed import decompose

Quota = Callable[..., Any]
ALL = units()
DAY = ("--as-of", "2026-11-22")
people = st.integers(0, 120) | st.none()
made_units = st.lists(
    st.builds(
        Unit,
        code=st.sampled_from("ABCDE"),
        name=st.just("U"),
        type=st.sampled_from(UnitType),
        population=st.integers(0, 60_000) | st.none(),
        area_km2=st.sampled_from([None, Decimal(1), Decimal("1.04"), Decimal("9.5")]),
        staff=st.builds(three, people, people, people),
        assigned=st.just(UNKNOWN_STAFF) | st.builds(three, people, people, people),
    ),
    max_size=5,
    unique_by=lambda unit: unit.code,
).map(tuple)
frames = st.sampled_from([*STEPS_FROM, "cv-09-2025", str(Path(__file__).parent / "toy" / "toy.yaml")]).map(
    load_frame
)
Figures = tuple[int, ...]
"""Posts at both ends, shortfall, surplus; assigned posts, those unfilled, people above them."""


def figures(audited: UnitAudit, bloc: Bloc) -> Figures:
    """What is unknown is in no total."""
    posts, gap = (audited.quota.blocs[bloc] if audited.quota else None), audited.gap[bloc]
    ends = (posts.low, posts.high) if posts else (0, 0)
    assigned, present = audited.unit.assigned.get(bloc), audited.unit.staff.get(bloc)
    filling = (0, 0) if assigned is None or present is None else (assigned - present, present - assigned)
    return (
        *(*ends, *((gap.shortfall, gap.surplus) if gap else (0, 0))),
        *(assigned or 0, *(max(people, 0) for people in filling)),
    )


def parts(effects: Any, bloc: Bloc) -> Figures:
    posts, gap, vacancy = effects[bloc].posts, effects[bloc].gap, effects[bloc].vacancy
    return (
        posts.low if posts else 0,
        posts.high if posts else 0,
        gap.shortfall if gap else 0,
        gap.surplus if gap else 0,
        effects[bloc].assigned or 0,
        vacancy.shortfall if vacancy else 0,
        vacancy.surplus if vacancy else 0,
    )


def added(many: list[Figures]) -> Figures:
    return tuple(map(sum, zip(*many, strict=True)))


def check_sums(found: Changes) -> None:
    for bloc in BLOCS:
        for change in found.units:
            old, new = figures(change.old, bloc), figures(change.new, bloc)
            whole = added([old, *(parts(effects, bloc) for effects in change.effects.values())])
            if change.old.quota is not None and change.new.quota is not None:
                assert whole[:2] == new[:2]
                if change.old.gap[bloc] is not None and change.new.gap[bloc] is not None:
                    assert whole[:4] == new[:4]
            else:
                assert whole[:4] == old[:4]  # nothing is claimed of what is not known
            known = [
                None not in (side.unit.assigned.get(bloc), side.unit.staff.get(bloc))
                for side in (change.old, change.new)
            ]
            if None in (change.old.unit.assigned.get(bloc), change.new.unit.assigned.get(bloc)):
                assert whole[4:] == old[4:]
            else:
                assert whole[4] == new[4]
                assert whole[5:] == (new[5:] if all(known) else old[5:])
        ends = []
        for totals in (found.old, found.new):
            posts, gap = (
                (totals.quota.blocs[bloc] if totals.quota else Posts(0, 0)),
                totals.gap[bloc] or Gap(),
            )
            assigned = totals.assignment.posts[bloc] if totals.assignment else None
            vacancy = (totals.assignment.vacancy[bloc] if totals.assignment else None) or Gap()
            ends.append(
                (
                    *(posts.low, posts.high, gap.shortfall, gap.surplus),
                    *(assigned or 0, vacancy.shortfall, vacancy.surplus),
                )
            )
        assert added([ends[0], *(parts(effects, bloc) for effects in found.balance.values())]) == ends[1]


@often(200)
@given(made_units, made_units, frames, frames)
def test_causes_add_up_in_every_bloc_whatever_changed(
    old: tuple[Unit, ...], new: tuple[Unit, ...], first: Any, second: Any
) -> None:
    found = changes(Side(old, first), Side(new, second))
    check_sums(found)
    codes = ({unit.code for unit in old}, {unit.code for unit in new})
    assert {audited.unit.code for audited in found.appeared} == codes[1] - codes[0]
    assert {audited.unit.code for audited in found.vanished} == codes[0] - codes[1]
    shown = {change.new.unit.code for change in found.units}
    for before in old:
        for after in new:
            if before.code == after.code and (before.staff, before.assigned) != (after.staff, after.assigned):
                assert before.code in shown
    for effects in [
        *found.balance.values(),
        *(part for change in found.units for part in change.effects.values()),
    ]:
        if not any(unit.assigned.order for unit in (*old, *new)):
            assert {effect.assigned for effect in effects} | {effect.vacancy for effect in effects} == {None}
    for change in found.units:
        for cause in (Cause.BOUNDARY, Cause.POPULATION, Cause.FRAME):
            assert not any(effect.assigned or effect.vacancy for effect in change.effects[cause])
        assert not any(effect.posts or effect.gap for effect in change.effects[Cause.ASSIGNMENT])


@often(100)
@given(made_units, frames)
def test_nothing_changes_between_a_table_and_itself(table: tuple[Unit, ...], frame: Any) -> None:
    found = changes(Side(table, frame), Side(table, frame))
    assert found.units == found.appeared == found.vanished == ()
    assert not any(effect for effects in found.balance.values() for effect in effects)


def unit(population: int, area: str | None = None, kind: UnitType = UnitType.COMMUNE) -> Unit:
    return Unit("1", "A", kind, population, area_km2=Decimal(area) if area else None)


def government_effects(old: Unit, new: Unit, rules: str = "central-2025") -> dict[Cause, int]:
    found = decompose(old, new, load_frame(), load_frame(rules))
    return {cause: effects[BLOCS[0]].posts.low for cause, effects in found.items() if effects[BLOCS[0]]}  # type: ignore[union-attr]  # residents are known


def test_each_cause_gets_what_is_its_own() -> None:
    assert government_effects(unit(18_000), unit(20_000)) == {Cause.POPULATION: 1}
    assert government_effects(unit(18_000, "5"), unit(20_000, "6")) == {Cause.BOUNDARY: 1}
    assert government_effects(unit(18_000), unit(18_000), "central-2025-all-residents") == {Cause.FRAME: 8}
    assert government_effects(unit(10_000), unit(18_000), "central-2025-all-residents") == {
        Cause.POPULATION: 1,
        Cause.FRAME: 8,
    }
    toy = load_frame(str(ROOT / "tests" / "toy" / "toy.yaml"))
    island = unit(300, kind=UnitType.SPECIAL_ZONE)
    by_type = decompose(unit(300), island, toy, toy)
    assert by_type[Cause.BOUNDARY]["front"].posts is not None
    assert (by_type[Cause.BOUNDARY]["front"].posts.low, by_type[Cause.BOUNDARY]["front"].posts.high) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("12.22", "12.2", False),
        ("12.25", "12.2", False),  # a half is rounded up by some and to the even by others
        ("12.25", "12.3", False),
        ("12.26", "12.2", True),
        ("12.22", "12.23", True),
        ("12", "12.6", True),
        (None, "3", False),
    ],
)
def test_a_border_moved_where_areas_differ_as_far_as_the_coarser_says(
    old: str | None, new: str | None, moved: bool
) -> None:
    assert border_moved(unit(1, old), unit(1, new)) is moved


def test_audits_of_tables_with_decimal_commas_know_their_areas(quota: Quota, tmp_path: Path) -> None:
    table = "Mã;Tên;Loại;Dân số;Diện tích\n1;Xã A;xã;{};{}\n2;Xã B;xã;18000;1.012,5\n"
    files = []
    for name, residents, area in (("old", 18_000, "12,22"), ("new", 20_000, "14,5")):
        (tmp_path / f"{name}.csv").write_text(table.format(residents, area), encoding="utf-8")
        files.append(tmp_path / f"{name}.json")
        assert quota("audit", tmp_path / f"{name}.csv", "--output", files[-1], *DAY).code == 0
    of_tables = ("changes", tmp_path / "old.csv", tmp_path / "new.csv", *DAY)
    (of_audits,) = json.loads(quota("changes", *files, "--format", "json").out)["units"]
    (of_units,) = json.loads(quota(*of_tables, "--format", "json").out)["units"]
    assert of_audits["border_moved"] is of_units["border_moved"] is True
    assert of_audits["effects"] == of_units["effects"]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def json_of(quota: Quota, *arguments: object) -> dict[str, Any]:
    day = () if str(arguments[0]).endswith(".json") else DAY
    run = quota("changes", *arguments, *day, "--format", "json")
    assert run.code == 0, run.err
    found: dict[str, Any] = json.loads(run.out)
    return found


def test_two_population_tables_of_a_whole_province_by_hand(quota: Quota, tmp_path: Path) -> None:
    rows = rows_of(ROOT / "data" / "hai-phong.csv")
    later = [dict(row, population=str(int(row["population"]) + 1_300)) for row in rows[1:]]
    later.append(dict(rows[0], code="99999", name="Xã Mới"))
    path = write(tmp_path / "later.csv", later)
    sample = "hai-phong-staff-sample"
    staff = rows_of(ROOT / "data" / f"{sample}.csv")[1:]
    found = json_of(
        quota,
        *("hai-phong", path, "--old-staff", sample),
        *("--new-staff", write(tmp_path / "staff.csv", staff)),
    )
    assert [unit["code"] for unit in found["vanished"]] == [rows[0]["code"]]
    assert [unit["code"] for unit in found["appeared"]] == ["99999"]
    expected = {}
    for row in rows[1:]:
        before = ALL[row["code"]]
        after = dict(before, population=before["population"] + 1_300)
        grown = granted(after) - granted(before)
        if grown:
            shorter, over = (new - old for new, old in zip(gaps(after), gaps(before), strict=True))
            expected[row["code"]] = (grown, shorter, over)
    assert {
        unit["code"]: (
            unit["effects"]["population"]["government"]["posts"][0],
            sum(effect["shortfall"] for effect in unit["effects"]["population"].values()),
            sum(effect["surplus"] for effect in unit["effects"]["population"].values()),
        )
        for unit in found["units"]
    } == expected
    assert (
        found["balance"]["population"]["government"]["posts"]
        == [sum(grown for grown, _, _ in expected.values())] * 2
    )
    assert found["new"]["quota"]["government"][0] == sum(
        granted(row, int(row["population"])) for row in later
    )


def test_every_figure_over_all_embedded_units_by_hand(quota: Quota, tmp_path: Path) -> None:
    """Residents, frame and staff change at once; each figure by the stated order of substitution."""
    old, new, staff_old, staff_new = [], [], [], []
    for place, (code, unit) in enumerate(ALL.items()):
        row = {"code": code, "name": unit["name"], "type": unit["type"], "area_km2": str(unit["area"])}
        moved = place % 9 == 0
        later = unit["population"] + (place % 7) * 700
        old.append(row | {"population": str(unit["population"])})
        area = str(unit["area"] + 1) if moved else row["area_km2"]
        new.append(row | {"population": str(later), "area_km2": area})
        people = unit.get("staff", {"government": 40 + place % 5, "party": 18, "front": 9})
        staff_old.append({"code": code, **{bloc: str(count) for bloc, count in people.items()}})
        staff_new.append(dict(staff_old[-1], government=str(people["government"] + place % 3)))
    found = json_of(
        quota,
        *(write(tmp_path / "old.csv", old), write(tmp_path / "new.csv", new)),
        *("--old-staff", write(tmp_path / "s-old.csv", staff_old)),
        *("--new-staff", write(tmp_path / "s-new.csv", staff_new)),
        *("--new-rules", "central-2025-all-residents"),
    )
    shown = {unit["code"]: unit for unit in found["units"]}
    nobody_says = dict.fromkeys(("assigned", "vacant", "above_assigned"))
    balance = {cause.value: [0, 0, 0] for cause in Cause if cause is not Cause.ASSIGNMENT}
    for place, (before, after, people, later_people) in enumerate(
        zip(old, new, staff_old, staff_new, strict=True)
    ):
        first, last = int(before["population"]), int(after["population"])
        ends = (int(people["government"]), int(later_people["government"]))
        middle = last if place % 9 == 0 else first
        states = [
            (granted(before, first), ends[0]),
            (granted(before, middle), ends[0]),
            (granted(before, last), ends[0]),
            (government(last, 0), ends[0]),
            (government(last, 0), ends[1]),
        ]
        figures = [(posts, max(posts - there, 0), max(there - posts, 0)) for posts, there in states]
        steps = [
            tuple(y - x for x, y in zip(earlier, later, strict=True)) for earlier, later in pairwise(figures)
        ]
        for cause, step in zip(balance, steps, strict=True):
            balance[cause] = [whole + part for whole, part in zip(balance[cause], step, strict=True)]
        change = shown.pop(before["code"], None)
        if change is None:
            assert figures[0] == figures[-1]
            assert ends[0] == ends[1]
            continue
        assert change["border_moved"] is (place % 9 == 0)
        for cause, (posts, short, over) in zip(balance, steps, strict=True):
            effect = change["effects"][cause]
            norm = {"posts": [posts, posts], "shortfall": short, "surplus": over}
            assert effect["government"] == norm | nobody_says
            nothing = {"posts": [0, 0], "shortfall": 0, "surplus": 0}
            assert effect["party"] == effect["front"] == nothing | nobody_says
        for side, at in (("old", 0), ("new", -1)):
            assert change[side]["quota"]["government"] == [figures[at][0]] * 2
            assert change[side]["gap"]["government"] == {
                "shortfall": figures[at][1],
                "surplus": figures[at][2],
            }
    assert shown == {}
    for cause, (posts, short, over) in balance.items():
        assert found["balance"][cause]["government"] == {
            "posts": [posts, posts],
            "shortfall": short,
            "surplus": over,
            **nobody_says,
        }


def test_two_staff_tables(quota: Quota, tmp_path: Path) -> None:
    rows = rows_of(ROOT / "data" / "hai-phong-staff-sample.csv")
    rows[0]["government"] = str(int(rows[0]["government"]) + 3)
    found = json_of(quota, "hai-phong-staff-sample", write(tmp_path / "staff.csv", rows))
    (change,) = found["units"]
    assert change["code"] == rows[0]["code"]
    assert change["effects"]["staff"]["government"] == {
        "posts": [0, 0],
        "shortfall": -2,
        "surplus": 1,
        "assigned": None,
        "vacant": None,
        "above_assigned": None,
    }
    assert (change["old"]["status"], change["new"]["status"]) == ("short", "mixed")


def test_two_audits_carry_their_own_frames(quota: Quota, tmp_path: Path) -> None:
    files = []
    for rules in STEPS_FROM:
        files.append(tmp_path / f"{rules}.json")
        assert quota("audit", "--rules", rules, "--format", "json", "--output", files[-1]).code == 0
    found = json_of(quota, *files)
    assert (found["old_frame"]["id"], found["new_frame"]["id"]) == tuple(STEPS_FROM)
    assert found["balance"]["frame"]["government"]["posts"] == [904, 904]
    assert len(found["units"]) == 113
    assert json_of(quota, files[0], files[0])["units"] == []
    wrong = quota("changes", *files, "--new-rules", "central-2025")
    assert wrong.code == 2
    assert "states another quota" in wrong.err


def test_an_audit_of_a_departments_own_frame_asks_for_its_rule_file(quota: Quota, tmp_path: Path) -> None:
    path = tmp_path / "toy.json"
    quota("audit", "tests/toy/units.csv", "--rules", "tests/toy/toy.yaml", "--format", "json", "-o", path)
    run = quota("changes", path, path)
    assert (run.code, "--old-rules PATH" in run.err) == (2, True)
    rules = ("--old-rules", "tests/toy/toy.yaml", "--new-rules", "tests/toy/toy.yaml")
    assert json_of(quota, path, path, *rules)["units"] == []


def test_csv_is_a_row_a_unit_bloc_and_cause(quota: Quota, tmp_path: Path) -> None:
    rows = rows_of(ROOT / "data" / "hue.csv")
    rows[0]["population"] = "1"
    path = write(tmp_path / "later.csv", rows)
    table = list(csv.DictReader(io.StringIO(quota("changes", "hue", path, *DAY, "--format", "csv").out)))
    assert [row["cause"] for row in table[:7]] == ["old", *(cause.value for cause in Cause), "new"]
    assert len(table) == 3 * 7
    assert sum(int(row["posts_low"]) for row in table[:6]) == int(table[6]["posts_low"]) == 32
    assert {row["assigned"] for row in table} == {row["vacant"] for row in table} == {""}


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_it_fits_the_width(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: int
) -> None:
    rows = rows_of(ROOT / "data" / "hai-phong-staff-sample.csv")
    for row in rows:
        row["party"] = "21"
    path = write(tmp_path / "staff.csv", rows)
    monkeypatch.setenv("COLUMNS", str(columns))
    run = quota("changes", "hai-phong-staff-sample", path, *DAY)
    assert max(len(line) for line in run.out.splitlines()) <= columns
    assert "1 unit appeared" not in run.out
    assert "| --- |" in quota("changes", "hai-phong-staff-sample", path, *DAY, "--format", "markdown").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hai-phong", "hai-phong-staff-sample"], "not of one kind"),
        (["hue", "hue", "--population", "hue"], "belongs to two staff tables"),
        (["hai-phong-staff-sample", "hai-phong-staff-sample", "--old-staff", "x.csv"], "belong to two"),
        (["nope.json", "nope.json"], "no such file"),
        (["PART", "PART", "--as-of", "2026-11-22"], "an audit has its own day"),
        (["nope.csv", "hue"], "no such file"),
        (["BAD", "BAD"], "not an audit"),
        (["PART", "PART"], "does not show every unit"),
    ],
)
def test_what_is_no_pair_is_refused(quota: Quota, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "bad.json").write_text('{"units": [{"code": "1"}], "problems": []}', encoding="utf-8")
    quota("audit", "--limit", "2", "--format", "json", "--output", tmp_path / "part.json")
    names = {"BAD": str(tmp_path / "bad.json"), "PART": str(tmp_path / "part.json")}
    run = quota("changes", *(names.get(word, word) for word in arguments))
    assert (run.code, run.out) == (2, "")
    assert said in " ".join(run.err.split())
    assert "Traceback" not in run.err


def test_what_was_assigned_is_a_cause_of_its_own(quota: Quota, tmp_path: Path) -> None:
    """Two more people and three more posts: each is said apart, from tables of posts and audits alike."""
    head = "code,name,type,population,government,party,front"
    posts = "code,assigned_government,assigned_party,assigned_front"
    for name, people, assigned, kept in (("old", 30, 33, 4), ("new", 32, 36, 1)):
        row = f"00001,Xã A,xã,18000,{people},18,9"
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
        text = f"{posts}\n00001,{assigned},18,\n,{kept},,\n".replace(posts, f"code,name,{posts[5:]}")
        text = text.replace("00001,", "00001,Xã A,").replace(f"\n,{kept}", f"\n,Dự phòng,{kept}")
        (tmp_path / f"{name}-posts.csv").write_text(text, encoding="utf-8")
    old, new, before, after = (
        tmp_path / name for name in ("old.csv", "new.csv", "old-posts.csv", "new-posts.csv")
    )
    words = (old, new, "--old-assigned", before, "--new-assigned", after)
    found = json_of(quota, *words)
    (unit_change,) = found["units"]
    effects = {cause: effect["government"] for cause, effect in unit_change["effects"].items()}
    assert (effects["staff"]["assigned"], effects["staff"]["vacant"]) == (0, -2)
    assert (effects["assignment"]["assigned"], effects["assignment"]["vacant"]) == (3, 3)
    assert unit_change["effects"]["assignment"]["front"]["assigned"] is None
    assert found["balance"]["assignment"]["government"]["vacant"] == 3
    assert [found[side]["reserves"][0]["posts"]["government"] for side in ("old", "new")] == [4, 1]
    shown = quota("changes", *words, *DAY).out
    assert "assignment" in shown
    assert "3 more" in shown
    audits = []
    for table, post_table in ((old, before), (new, after)):
        audits.append(table.with_suffix(".json"))
        assert quota("audit", table, "--assigned", post_table, "--output", audits[-1], *DAY).code == 0
    again = json_of(quota, *audits)
    for key in ("units", "balance"):
        assert again[key] == found[key]
    assert [again[side]["reserves"] for side in ("old", "new")] == [
        found[side]["reserves"] for side in ("old", "new")
    ]
    refused = quota("changes", *audits, "--old-assigned", before)
    assert refused.code == 2
    assert "an audit has its own posts" in refused.err
    only = quota("changes", old, old, "--new-assigned", after, *DAY).out
    assert "assignment" in only
    rows = quota("changes", *words, *DAY, "--format", "csv").out.splitlines()
    assert "surplus,assigned,vacant,above_assigned" in rows[0]
    assert any(row.startswith("00001,Xã A,government,assignment,0,0,0,0,0,3,3,0") for row in rows)
    bare = quota("changes", old, new, *DAY).out
    assert "assignment" not in bare
    assert "unfilled" not in bare


def test_an_audit_keeps_the_decision_and_a_wrong_one_is_no_audit(quota: Quota, tmp_path: Path) -> None:
    table, audit = tmp_path / "units.csv", tmp_path / "units.json"
    head = "code,name,type,population,assigned_party,assigned_decision,assigned_date"
    table.write_text(f"{head}\n00001,Xã A,xã,18000,18,12/QĐ,2026-01-05\n", encoding="utf-8")
    assert quota("audit", table, "--output", audit, *DAY).code == 0
    (read,) = read_audit(audit).table.units
    assert read.decision == Decision("12/QĐ", date(2026, 1, 5))
    plain = json.loads(audit.read_text(encoding="utf-8"))
    plain["units"][0]["decision"] = {"number": None, "date": None}
    audit.write_text(json.dumps(plain), encoding="utf-8")
    assert read_audit(audit).table.units[0].decision == Decision(None, None)
    plain["units"][0]["decision"] = {"number": "1", "date": "soon"}
    audit.write_text(json.dumps(plain), encoding="utf-8")
    assert quota("changes", audit, audit).code == 2


def test_terrain_that_became_known_is_no_border_and_namesakes_bear_their_codes(
    quota: Quota, tmp_path: Path
) -> None:
    """Posts of mountains were "border or type"; units of one name could not be told apart."""
    head = "code,name,type,population,mountain"
    for name, terrain, code in (("old", "no", "00002"), ("new", "yes", "00003")):
        rows = f"00001,Xã Tân Lập,xã,20000,{terrain}\n{code},Xã Tân Lập,xã,18000,no\n00004,Xã B,xã,1,no"
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{rows}\n", encoding="utf-8")
    words = ("changes", tmp_path / "old.csv", tmp_path / "new.csv", *DAY)
    run = quota(*words)
    assert "border, type, terrain …" in run.out
    for code in ("00001", "00002", "00003"):
        assert f"Xã Tân Lập ({code})" in run.out
    (change,) = json.loads(quota(*words, "--format", "json").out)["units"]
    assert (change["terrain_changed"], change["type_changed"], change["border_moved"]) == (True, False, False)
    assert change["effects"]["boundary"]["government"]["posts"] == [2, 2]
