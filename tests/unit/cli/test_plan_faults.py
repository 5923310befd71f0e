"""Plans that went wrong in use: each of the inputs in tests/plans, and the kind of fault it is one of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ortools")

PLANS = Path(__file__).parents[2] / "plans"
DAY = ("--as-of", "2026-12-05")
Quota = Callable[..., Any]


def answer(quota: Quota, *words: object) -> Any:
    run = quota(*words, "--format", "json")
    assert run.code == 0, run.err
    return json.loads(run.out)


@pytest.mark.parametrize("made", ["as it was", "with its start"])
def test_an_unplanned_leaver_takes_no_posts_out_of_the_plan(quota: Quota, tmp_path: Path, made: str) -> None:
    plan, week = PLANS / "F1-plan.csv", tmp_path / "week.csv"
    if made == "with its start":
        plan = tmp_path / "plan.csv"
        assert quota("plan", "--rules", "central-2025", "--as-of", "2026-11-22", "--output", plan).code == 0
    first = answer(quota, "progress", plan, PLANS / "F1-done.csv", *DAY, "--replan", week)
    second = answer(quota, "progress", week, PLANS / "F1-done.csv", *DAY)
    assert first["replan"]["people"] == second["replan"]["people"] == 242
    assert first["replan"]["short"] == second["replan"]["short"] == 18
    assert first["total"] == second["total"]


def test_positions_are_one_however_their_tones_and_capitals_are_written(quota: Quota, tmp_path: Path) -> None:
    plan = answer(quota, "plan", PLANS / "F2-u.csv", "--positions", PLANS / "F2-pos.csv", *DAY)
    assert sum(stage["people"] for stage in plan["stages"]) == 1
    pairs, positions = tmp_path / "pairs.csv", tmp_path / "positions.csv"
    positions.write_text(
        "code,position,staff,needed\n10001,Kỹ thuật,0,1\n10002,Kế toán,3,1\n", encoding="utf-8"
    )
    pairs.write_text("from,to,cost\nkế toán,KĨ THUẬT,1\n", encoding="utf-8")
    words = ("plan", PLANS / "F2-u.csv", "--positions", positions, "--substitutes", pairs, *DAY)
    assert sum(stage["people"] for stage in answer(quota, *words)["stages"]) == 1
    pairs.write_text("from,to,cost\nke toan,Kỹ thuật,1\n", encoding="utf-8")
    run = quota(*words)
    assert "no position in this plan is called so" in run.err
    assert "did you mean Kế toán?" in run.err


def test_positions_that_differ_only_in_accents_are_doubted(quota: Quota, tmp_path: Path) -> None:
    positions = tmp_path / "positions.csv"
    positions.write_text(
        "code,position,staff,needed\n10001,Kế toán,0,1\n10002,Ke toan,3,1\n", encoding="utf-8"
    )
    run = quota("plan", PLANS / "F2-u.csv", "--positions", positions, *DAY)
    assert "Ke toan and Kế toán are counted as two positions" in run.err


def test_a_departments_field_means_a_position_where_the_plan_is_by_position(quota: Quota) -> None:
    words = ("plan", PLANS / "F3-u.csv", "--positions", PLANS / "F3-pos.csv", *DAY)
    plan = answer(quota, *words, "--departments", PLANS / "F3-dep.csv")
    assert sum(stage["people"] for stage in plan["stages"]) == 2
    run = quota("plan", PLANS / "F3-u.csv", "--departments", PLANS / "F3-dep2.csv", *DAY)
    assert 'F3-dep2.csv, field, "Tài chính": no bloc is called so' in run.err


def test_who_came_on_loan_and_went_home_was_not_transferred(quota: Quota, tmp_path: Path) -> None:
    words = ("progress", PLANS / "F5-plan.csv", PLANS / "F5-done.csv")
    total = answer(quota, *words, "--as-of", "2026-08-01")["total"]
    assert (total["filled"], total["short"]) == (0, 5)
    assert answer(quota, *words, "--as-of", "2026-07-09")["total"]["filled"] == 3
    kinds = tmp_path / "done.csv"
    text = (PLANS / "F5-done.csv").read_text(encoding="utf-8")
    kinds.write_text(text.replace(",3,secondment", ",,biệt phái"), encoding="utf-8")
    total = answer(quota, "progress", PLANS / "F5-plan.csv", kinds, "--as-of", "2026-08-01")["total"]
    assert total["filled"] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("name", "10532 is Phường Lê Thanh Nghị, not Đặc khu Bạch Long Vĩ"),
        ("kind", "10543 is a unit, not a department"),
        ("deleted", "posts stay empty, the plan says 0"),
    ],
)
def test_a_plan_that_contradicts_itself_does_not_pass(quota: Quota, name: str, said: str) -> None:
    run = quota("plan", "--check", PLANS / f"F6-{name}.csv", "--as-of", "2026-11-22")
    assert run.code == 1
    assert said in run.err


def test_another_policy_is_noticed(quota: Quota, tmp_path: Path) -> None:
    run = quota("progress", PLANS / "F7-plan.csv", PLANS / "F7-done.csv", *DAY)
    assert run.code == 2
    assert "stage 1 is transfer in the plan, within units in the policy" in run.err
    plan, ours = tmp_path / "plan.csv", tmp_path / "ours.yaml"
    text = Path("rules/redeployment-hai-phong-2025.yaml").read_text(encoding="utf-8")
    ours.write_text(text.replace("id: redeployment-hai-phong-2025", "id: ours"), encoding="utf-8")
    assert quota("plan", PLANS / "F7-u.csv", "--policy", ours, *DAY, "--output", plan).code == 0
    run = quota("progress", plan, PLANS / "F7-done.csv", *DAY)
    assert run.code == 2
    assert "made with policy ours, not redeployment-hai-phong-2025" in run.err
    ours.write_text(ours.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    run = quota("progress", plan, PLANS / "F7-done.csv", "--policy", ours, *DAY)
    assert "made with another version of policy ours" in run.err
    assert quota("plan", PLANS / "F7-u.csv", "--policy", ours, *DAY, "--check", plan).code == 1


def test_a_plan_carries_its_substitutes_and_no_others_are_taken(quota: Quota, tmp_path: Path) -> None:
    positions, pairs, plan, done = (
        tmp_path / f"{name}.csv" for name in ("positions", "pairs", "plan", "done")
    )
    positions.write_text("code,position,staff,needed\n10001,land,0,2\n10002,law,4,1\n", encoding="utf-8")
    pairs.write_text("from,to,cost\nlaw,land,1\n", encoding="utf-8")
    done.write_text(
        "from_code,from_group,to_code,to_group,people\n10002,law,10001,land,1\n", encoding="utf-8"
    )
    words = ("plan", PLANS / "F2-u.csv", "--positions", positions, "--substitutes", pairs, *DAY)
    assert quota(*words, "--output", plan).code == 0
    assert answer(quota, "progress", plan, done, *DAY)["replan"]["people"] == 1
    pairs.write_text("from,to,cost\nlaw,land,2\n", encoding="utf-8")
    run = quota("progress", plan, done, "--substitutes", pairs, *DAY)
    assert run.code == 2
    assert "the plan was made with other substitutes" in run.err


@pytest.mark.parametrize("made", ["as it was", "with its start"])
def test_more_who_leave_than_were_over_leave_a_post_empty(quota: Quota, tmp_path: Path, made: str) -> None:
    plan = PLANS / "F8-plan.csv"
    if made == "with its start":
        plan = tmp_path / "plan.csv"
        assert quota("plan", PLANS / "F8-u.csv", "--as-of", "2026-01-01", "--output", plan).code == 0
    words = ("progress", plan, PLANS / "F8-done.csv", "--as-of", "2026-02-01")
    assert "10002, Government: 2 left, more than were over; 1 post there is empty" in quota(*words).err
    again = answer(quota, *words)["replan"]
    assert [(move["to"]["code"], move["people"]) for move in again["new"]] == [("10002", 1)]


def test_within_the_norms_interval_nobody_who_leaves_empties_a_post(quota: Quota, tmp_path: Path) -> None:
    plan, done = tmp_path / "plan.csv", tmp_path / "done.csv"
    units = tmp_path / "units.csv"
    units.write_text(
        "code,name,type,population,government,party,front\n10001,Xã An,commune,16000,32,19,8\n"
        "10002,Xã Bình,commune,16000,33,17,8\n",
        encoding="utf-8",
    )
    assert quota("plan", units, *DAY, "--output", plan).code == 0
    done.write_text("from_code,from_group,to_code,to_group,people\n10001,party,,,2\n", encoding="utf-8")
    assert quota("progress", plan, done, *DAY).err == ""
    done.write_text("from_code,from_group,to_code,to_group,people\n10001,party,,,3\n", encoding="utf-8")
    assert "3 left, more than were over; 1 post there is empty" in quota("progress", plan, done, *DAY).err


def test_nobody_is_sent_who_is_on_loan_already_and_the_audits_agree(quota: Quota) -> None:
    lent = ("--secondments", PLANS / "F9-sec.csv")
    words = ("plan", PLANS / "F9-u.csv", "--departments", PLANS / "F9-dep.csv")
    plan = answer(quota, *words, *lent, "--as-of", "2026-07-01")
    assert sum(stage["people"] for stage in plan["stages"]) == 0
    audit = answer(quota, "audit", PLANS / "F9-u.csv", *lent, "--as-of", "2026-07-01")
    hands = audit["totals"]["hands"]["gap"]
    after = plan["stages"][-1]["audit_after"]["gap"]
    for bloc in ("government", "party", "front"):
        assert after[bloc] == hands[bloc]
    assert plan["on_loan"][0]["until"] == "2026-11-30"
    later = answer(quota, *words, *lent, "--as-of", "2026-12-01")  # they went home
    assert sum(stage["people"] for stage in later["stages"]) == 3


def test_guests_are_not_moved_on_and_their_homes_are_short_of_them(quota: Quota, tmp_path: Path) -> None:
    units, lent = tmp_path / "units.csv", tmp_path / "lent.csv"
    units.write_text(
        "code,name,type,population,lon,lat,government,party,front\n"
        "10001,Xã An,commune,16000,106.1,20.5,33,17,8\n10002,Xã Bình,commune,16000,106.2,20.5,34,17,8\n"
        "10003,Xã Châu,commune,16000,106.3,20.5,28,17,8\n",
        encoding="utf-8",
    )
    lent.write_text("id,home,host,start,months,people\nG,10002,10001,2026-06-01,6,2\n", encoding="utf-8")
    plan = answer(quota, "plan", units, "--secondments", lent, "--as-of", "2026-07-01")
    moves = [move for stage in plan["stages"] for move in stage["moves"]]
    assert [(move["from"]["code"], move["people"]) for move in moves] == [
        ("10001", 1)
    ]  # of 35, two are guests
    audit = answer(quota, "audit", units, "--secondments", lent, "--as-of", "2026-07-01")
    before = plan["stages"][0]["audit_before"]["gap"]["government"]
    assert before == audit["totals"]["hands"]["gap"]["government"]
    run = quota("plan", units, "--secondments", lent, "--as-of", "2026-07-01")
    assert "By bloc 2 people more are over: places are over only with those on loan" in run.out
    over = sum(place["people"] for place in plan["left"]["over"]) + 1
    assert before["surplus"] == over + 2


def test_people_stay_in_their_province_unless_the_policy_says_otherwise(quota: Quota, tmp_path: Path) -> None:
    units, ours = tmp_path / "units.csv", tmp_path / "ours.yaml"
    units.write_text(
        "code,name,type,population,province,lon,lat,government,party,front\n"
        "10001,Xã An,commune,16000,Hải Phòng,106.1,20.5,34,17,8\n"
        "19333,Xã Bình,commune,16000,Huế,107.2,16.5,30,17,8\n",
        encoding="utf-8",
    )
    plan = answer(quota, "plan", units, *DAY)
    assert sum(stage["people"] for stage in plan["stages"]) == 0
    assert plan["stages"][1]["stopped_by"] == [{"limit": "within: province", "more": 2}]
    text = Path("rules/redeployment-hai-phong-2025.yaml").read_text(encoding="utf-8")
    text = text.replace("id: redeployment-hai-phong-2025", "id: ours")
    border = "within: {area: province, source: quota}"
    assert border in text
    for new in ("", "within: {area: province, may_cross: ['10001'], source: quota}"):
        ours.write_text(text.replace(border, new), encoding="utf-8")
        run = quota("plan", units, *DAY, "--policy", ours)
        assert "2 people move to another province, up to 459 km" in run.err, run.err
        path = tmp_path / "plan.csv"
        assert quota("plan", units, *DAY, "--policy", ours, "--output", path).code == 0
        check = quota("plan", units, *DAY, "--check", path)
        assert check.code == 1
        assert "not known to be in one province" in check.err


def test_weeks_before_that_are_no_longer_in_the_table_are_missed(quota: Quota, tmp_path: Path) -> None:
    week, none = tmp_path / "week.csv", tmp_path / "none.csv"
    plan = tmp_path / "plan.csv"
    assert quota("plan", "--rules", "central-2025", "--as-of", "2026-11-22", "--output", plan).code == 0
    assert quota("progress", plan, PLANS / "F6-done.csv", *DAY, "--replan", week).code == 0
    header = "from_code,from_group,to_code,to_group,people"
    none.write_text(f"{header}\n10543,government,10891,government,1\n", encoding="utf-8")
    run = quota("progress", week, none, *DAY)
    assert run.code == 2
    assert "earlier reports counted 1 people here, the table of what was done has 0" in run.err


def test_codes_of_who_covers_a_field_get_their_zeros_back_as_those_of_the_staff_do(quota: Quota) -> None:
    """A spreadsheet made 4 and 8 of 00004 and 00008 in the staff table and in the table of fields."""
    by_fields = answer(quota, "fields", "vietnam", "--staff", PLANS / "F11.csv", *DAY)
    people = {unit["code"]: unit["people"] for unit in by_fields["units"] if unit["people"]}
    assert people == {"00004": 3, "00008": 2, "10441": 1}
    audit = answer(quota, "audit", "vietnam", "--staff", PLANS / "F11s.csv", *DAY)
    staffed = {unit["code"] for unit in audit["units"] if unit["staff"]["total"] is not None}
    assert staffed == set(people)


def test_a_policys_bloc_that_the_frame_does_not_have_is_said_at_its_line(
    quota: Quota, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.yaml"
    text = Path("rules/redeployment-hai-phong-2025.yaml").read_text(encoding="utf-8")
    text = text.replace("id: redeployment-hai-phong-2025", "id: ours")
    ours.write_text(text.replace("[government, party, front]", "[government, partei]"), encoding="utf-8")
    for words in (("plan", PLANS / "F9-u.csv"), ("path", PLANS / "F9-u.csv", "--no-recruits")):
        run = quota(*words, *DAY, "--policy", ours)
        assert run.code == 0, run.err
        assert 'exchange[0].blocs[1], "partei": the frame cv-09-2025 has no bloc called so' in run.err
        assert "did you mean party?" in run.err
