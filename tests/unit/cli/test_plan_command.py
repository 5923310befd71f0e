"""`quota plan` and `quota progress` as people use them."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.synthetic import OVER, SHORT, ho_chi_minh_city

Quota = Callable[..., Any]
GOLDEN = Path(__file__).parents[2] / "golden"
DAY = ("--as-of", "2026-11-22")
POLICY = Path("rules/redeployment-hai-phong-2025.yaml")


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written(path: Path, table: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, table[0].keys())
        out.writeheader()
        out.writerows(table)
    return path


@pytest.fixture
def plan_csv(quota: Quota, tmp_path: Path) -> Path:
    assert quota("plan", *DAY, "--output", tmp_path / "plan.csv").code == 0
    return tmp_path / "plan.csv"


def policy_with(folder: Path, limits: str) -> Path:
    text = POLICY.read_text(encoding="utf-8").replace("id: redeployment-hai-phong-2025", "id: ours")
    (folder / "ours.yaml").write_text(f"{text}{limits}\n", encoding="utf-8")
    return folder / "ours.yaml"


def test_the_embedded_province_gives_a_complete_plan(quota: Quota) -> None:
    run = quota("plan", *DAY)
    assert run.code == 0
    golden("plan-hai-phong-100.txt", run.out)
    assert "Of 208 posts short of the norm, 195 are filled and 13 stay empty." in run.out
    assert "figures made up" in run.out


def test_the_json_is_whole_numbers_and_its_audits_are_the_audits(quota: Quota) -> None:
    answer = json.loads(quota("plan", *DAY, "--format", "json").out, parse_float=pytest.fail)
    audit = json.loads(quota("audit", *DAY, "--format", "json").out)
    internal, transfer, secondment = answer["stages"]
    assert internal["audit_before"] == audit["totals"]
    assert internal["audit_after"] == transfer["audit_before"]
    gap = secondment["audit_after"]["gap"]["total"]
    assert (gap["shortfall"], gap["surplus"]) == (secondment["after"]["short"], secondment["after"]["over"])
    assert sum(move["people"] for move in transfer["moves"]) == transfer["people"] == 152
    assert sum(place["posts"] for place in answer["left"]["short"]) == 13
    assert sum(place["people"] for place in answer["left"]["over"]) == 470


def test_fail_on_short_turns_the_answer_into_an_exit_code(quota: Quota) -> None:
    assert quota("plan", *DAY, "--fail-on", "short").code == 1


def test_markdown_and_csv(quota: Quota) -> None:
    assert "**Moves**" in quota("plan", *DAY, "--format", "markdown").out
    header = quota("plan", *DAY, "--format", "csv").out.splitlines()[0]
    moves = (
        "stage,kind,from_kind,from_code,from_name,from_group,to_code,to_name,to_group,people,metres,months"
    )
    norms = "norm_low,norm_target,norm_high,people_staying,people_announced,people_reported,province"
    assert header == f"{moves},{norms},made_about,made_value,made_sha256"


def test_a_plan_as_it_was_written_passes_its_check(quota: Quota, plan_csv: Path) -> None:
    run = quota("plan", "--check", plan_csv, *DAY)
    assert run.code == 0
    assert "Every law is kept." in run.out


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("people", "99", "below its norm"),
        ("to_code", "99999", "no Government at 99999"),
        ("to_group", "party", "do not fill posts of Party"),
        ("months", "6", "lasts 0 months"),
        ("stage", "7", "the policy has 3 stages"),
    ],
)
def test_a_row_edited_into_breaking_a_law_is_named(
    quota: Quota, plan_csv: Path, column: str, value: str, said: str
) -> None:
    table = rows(plan_csv)
    place = next(
        n for n, row in enumerate(table) if row["stage"] == "2" and row["from_group"] == "government"
    )
    table[place][column] = value
    run = quota("plan", "--check", written(plan_csv, table), *DAY)
    assert run.code == 1
    assert f"plan.csv, row {place + 2}: " in run.err
    assert said in run.err


def test_a_row_whose_people_come_from_nowhere_is_refused(quota: Quota, plan_csv: Path) -> None:
    table = rows(plan_csv)
    place = next(n for n, row in enumerate(table) if row["kind"] == "transfer")
    table[place]["from_code"] = ""
    run = quota("plan", "--check", written(plan_csv, table), *DAY)
    assert (run.code, run.out) == (2, "")
    assert f"row {place + 2}, from_code: a line of this kind says where people are" in run.err


def test_a_plan_that_is_no_plan_is_refused(quota: Quota, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("stage,people\n1,2\n", encoding="utf-8")
    run = quota("plan", "--check", bad)
    assert run.code == 2
    assert "no column for from_code" in run.err
    assert quota("plan", "--check", tmp_path / "none.csv").code == 2


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ("limits: {km: {most: 1, source: quota}}", "limits.km: 1"),
        ("limits: {moves_per_unit: {most: 0, source: quota}}", "limits.moves_per_unit: 0"),
        ("limits: {people_leaving_unit: {most: 0, source: quota}}", "limits.people_leaving_unit: 0"),
        ("keep_surplus_until: {date: 2026-12-31, source: quota}", "keep_surplus_until"),
        ("limits: {no_receive: {units: ['11359'], source: quota}}", "limits.no_receive: 11359"),
    ],
)
def test_a_limit_that_stops_the_plan_is_named(quota: Quota, tmp_path: Path, limits: str, named: str) -> None:
    policy = policy_with(tmp_path, limits)
    run = quota("plan", "--policy", policy, *DAY)
    assert run.code == 0
    assert f"Stage 2 stops at {named}" in run.out
    assert f"stage 2: {named} keeps" in run.err
    answer = json.loads(quota("plan", "--policy", policy, *DAY, "--format", "json").out)
    stage = answer["stages"][1]
    free = json.loads(quota("plan", *DAY, "--format", "json").out)["stages"][1]
    assert stage["stopped_by"] == [{"limit": named, "more": free["people"] - stage["people"]}]


def test_two_limits_that_only_together_stop_the_plan_are_named_together(quota: Quota, tmp_path: Path) -> None:
    limits = (
        "limits: {moves_per_unit: {most: 0, source: quota}, people_leaving_unit: {most: 0, source: quota}}"
    )
    run = quota("plan", "--policy", policy_with(tmp_path, limits), *DAY)
    assert "limits.people_leaving_unit: 0 + limits.moves_per_unit: 0" in run.err


def test_a_policy_about_units_that_are_not_there_is_refused(quota: Quota, tmp_path: Path) -> None:
    policy = policy_with(tmp_path, "limits: {no_release: {units: ['00000'], source: quota}}")
    run = quota("plan", "--policy", policy, *DAY)
    assert run.code == 2
    assert f'{policy}, "00000": limits.no_release: no unit has the code 00000; correct the code' in run.err
    policy = policy_with(tmp_path, "limits: {no_release: {units: [phường hồng bàng], source: quota}}")
    run = quota("plan", "--policy", policy, *DAY)
    assert "no unit has the code phường hồng bàng; write its code: 11311" in run.err
    spaced = policy_with(tmp_path, 'limits: {no_release: {units: ["11311\u00a0"], source: quota}}')
    assert quota("plan", "--policy", spaced, *DAY).code == 0


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (("order: [shortfall, worst,", "order: [worst, shortfall,"), "not weighed in this order"),
        ((", months: 6", ""), "a secondment has its months"),
        (("kind: internal,", "kind: internal, from: [departments],"), "moves people within a unit"),
        (("level: low", "level: lowest"), "not one of"),
    ],
)
def test_a_broken_policy_says_what_is_wrong(
    quota: Quota, tmp_path: Path, broken: tuple[str, str], said: str
) -> None:
    path = policy_with(tmp_path, "")
    text = path.read_text(encoding="utf-8")
    assert broken[0] in text
    path.write_text(text.replace(*broken), encoding="utf-8")
    run = quota("plan", "--policy", path, *DAY)
    assert run.code == 2
    assert said in run.err
    assert "ours.yaml, line " in run.err


def test_why_shows_what_binds_and_what_would_change(quota: Quota, tmp_path: Path) -> None:
    run = quota("plan", "--why", "bach long vi", *DAY)
    assert run.code == 0
    golden("plan-why-100.txt", run.out)
    policy = policy_with(tmp_path, "limits: {km: {most: 60, source: quota}}")
    answer = json.loads(quota("plan", "--why", "11948", "--policy", policy, *DAY, "--format", "json").out)
    lifted = [what_if for what_if in answer["what_ifs"] if what_if["what"] == "limit"]
    assert [what_if["name"] for what_if in lifted] == ["without limits.km: 60"]
    assert lifted[0]["unit_short"] < 0
    assert {cell["binds"] for cell in answer["cells"]} == {"laws", "nobody-over"} or {"laws"} <= {
        cell["binds"] for cell in answer["cells"]
    }
    assert quota("plan", "--why", "nowhere at all", *DAY).code == 2


def test_departments_transfer_and_second(quota: Quota, tmp_path: Path) -> None:
    table = tmp_path / "departments.csv"
    table.write_text(
        "department,field,transfer,secondment\nSở Nội vụ,party,3,5\nSở Tài chính,,0,4\n", encoding="utf-8"
    )
    answer = json.loads(quota("plan", "--departments", table, *DAY, "--format", "json").out)
    _, transfer, secondment = answer["stages"]
    assert sum(m["people"] for m in transfer["moves"] if m["from"]["code"] == "Sở Nội vụ") == 3
    assert secondment["people"] == 7
    assert {move["months"] for move in secondment["moves"]} == {6}
    assert {move["metres"] for move in secondment["moves"]} == {None}
    assert answer["stages"][2]["after"]["short"] == 13 - 3 - 7
    bad = tmp_path / "bad.csv"
    bad.write_text("department,field,transfer,secondment\nSở,party,1,1\nSở,party,1,x\n", encoding="utf-8")
    run = quota("plan", "--departments", bad, *DAY)
    assert run.code == 2
    assert "row 3" in run.err


def test_distances_from_a_table_and_from_neighbours(quota: Quota, tmp_path: Path) -> None:
    near = json.loads(quota("plan", "--neighbours", "hai-phong-neighbours", *DAY, "--format", "json").out)
    far = json.loads(quota("plan", *DAY, "--format", "json").out)
    assert near["distances"] == "neighbours"
    assert near["stages"][1]["people"] == far["stages"][1]["people"]
    islands = [m for m in near["stages"][1]["moves"] if m["to"]["code"] == "11948"]
    assert {move["metres"] for move in islands} == {None}
    table = tmp_path / "km.csv"
    table.write_text("code_a,code_b,km\n11383,11737,0.5\n", encoding="utf-8")
    assert quota("plan", "--distances", table, *DAY).code == 0
    table.write_text("code_a,code_b,km\n11383,11737,0.5\n11737,11383,0.6\n", encoding="utf-8")
    assert quota("plan", "--distances", table, *DAY).code == 2
    assert quota("plan", "--distances", table, "--neighbours", "hai-phong-neighbours", *DAY).code == 2


def test_positions_are_never_netted_and_substitutes_cost(quota: Quota, tmp_path: Path) -> None:
    positions = tmp_path / "positions.csv"
    positions.write_text(
        "code,position,staff,needed\n11383,land,3,1\n11383,finance,0,1\n11407,land,0,1\n11407,justice,1,3\n",
        encoding="utf-8",
    )
    without = json.loads(quota("plan", "--positions", positions, *DAY, "--format", "json").out)
    assert [stage["people"] for stage in without["stages"]] == [0, 1, 0]
    assert without["stages"][2]["after"] == {"short": 3, "wanted": 3, "over": 1, "worst": 2}
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("from,to,cost\nland,finance,2\nland,justice,1\n", encoding="utf-8")
    answer = json.loads(
        quota("plan", "--positions", positions, "--substitutes", pairs, *DAY, "--format", "json").out
    )
    assert [stage["people"] for stage in answer["stages"]] == [1, 1, 0]
    # of two posts that the last one could fill, the one of its own position costs nothing
    assert [move["to"]["group"] for move in answer["stages"][1]["moves"]] == ["land"]
    run = quota("plan", "hai-phong", "--positions", positions, "--staff", positions)
    assert run.code == 2


def test_people_over_in_a_bloc_fill_no_post_of_another_blocs_position_of_that_name(
    quota: Quota, tmp_path: Path
) -> None:
    positions = tmp_path / "positions.csv"
    positions.write_text(
        "code,bloc,position,staff,needed\n11383,party,Kế toán,3,1\n11407,government,Kế toán,0,2\n",
        encoding="utf-8",
    )
    answer = json.loads(quota("plan", "--positions", positions, *DAY, "--format", "json").out)
    assert [stage["people"] for stage in answer["stages"]] == [0, 0, 0]
    assert answer["stages"][2]["after"] == {"short": 2, "wanted": 2, "over": 2, "worst": 2}
    same = positions.read_text(encoding="utf-8").replace("government", "party")
    positions.write_text(same, encoding="utf-8")
    answer = json.loads(quota("plan", "--positions", positions, *DAY, "--format", "json").out)
    assert [move["to"]["group"] for stage in answer["stages"] for move in stage["moves"]] == ["Kế toán"]


def test_a_city_the_size_of_ho_chi_minh_city_and_the_report_on_its_progress(
    quota: Quota, tmp_path: Path
) -> None:
    population, positions = ho_chi_minh_city(tmp_path)
    given = (population, "--positions", positions, *DAY)
    plan = tmp_path / "plan.csv"
    assert quota("plan", *given, "--output", plan).code == 0
    assert quota("plan", "--check", plan, *given).code == 0
    answer = json.loads(quota("plan", *given, "--format", "json").out)
    before = answer["stages"][0]["before"]
    assert (before["over"], before["short"]) == (OVER, SHORT)
    table = rows(plan)
    moves, over = [row for row in table if row["stage"]], [row for row in table if row["kind"] == "over"]
    done, filled = [], 0
    for row in moves:
        people = min(int(row["people"]), 645 - filled)
        filled += people
        done.append({**row, "people": str(people), "stuck": "", "reason": "", "date": "2026-01-15"})
    gone = 684 - filled
    for row in over:  # retired and resigned: they have moved, and fill no post
        people = min(int(row["people"]), gone)
        gone -= people
        done.append({**row, "people": str(people), "stuck": "", "reason": "", "date": "2026-01-15"})
    kept = [{key: value for key, value in row.items() if key not in ("stage", "kind")} for row in done]
    carried = written(tmp_path / "done.csv", [row for row in kept if row["people"] != "0"])
    run = quota("progress", plan, carried, "--population", population, "--as-of", "2026-02-01")
    assert run.code == 0
    assert "684 of 1,052 moved, 645 of 935 filled" in run.out


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_progress_and_check_read_in_vietnamese(
    quota: Quota, plan_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    done = written(tmp_path / "done.csv", [row for row in rows(plan_csv) if row["stage"] == "2"][::2])
    for command, expected in (
        (("progress", plan_csv, done, "--population", "hai-phong"), "Đã thực hiện"),
        (("plan", "--check", plan_csv), "Mọi điều kiện đều được tuân thủ."),
    ):
        run = quota(*command, *DAY, "--lang", "vi")
        assert run.code == 0
        assert expected in run.out
        assert "điều động" in run.out
        assert max(cell_len(line) for line in run.out.splitlines()) <= columns
        machine = [
            quota(*command, *DAY, "--format", "json", "--lang", language).out for language in ("en", "vi")
        ]
        assert machine[0] == machine[1] != ""


def test_progress_of_a_plan_and_the_plan_from_there(quota: Quota, plan_csv: Path, tmp_path: Path) -> None:
    table = [row for row in rows(plan_csv) if row["stage"]]
    done = []
    for number, row in enumerate(table):
        stuck = "1" if number % 9 == 0 else ""
        people = str(int(row["people"]) - (1 if stuck else 0))
        reason = ("release", "skills")[number % 2]
        if number % 3 != 1:
            done.append({**row, "people": people, "stuck": stuck, "reason": reason if stuck else ""})
    carried = written(tmp_path / "done.csv", done)
    again = tmp_path / "again.csv"
    given = (carried, "--population", "hai-phong", *DAY)
    run = quota("progress", plan_csv, *given, "--replan", again)
    assert run.code == 0
    golden("progress-hai-phong-100.txt", run.out[run.out.index("Done ") :])
    first = json.loads(quota("progress", plan_csv, *given, "--format", "json").out)
    second = json.loads(quota("progress", again, *given, "--format", "json").out)
    assert first["total"]["over"] == second["total"]["over"] == 665
    for part in ("total", "stages", "units", "groups", "stuck", "replan"):
        assert first[part] == second[part]


def test_a_done_table_that_does_not_fit_the_plan_is_refused(
    quota: Quota, plan_csv: Path, tmp_path: Path
) -> None:
    done = tmp_path / "done.csv"
    done.write_text(
        "from_code,from_group,to_code,to_group,people\nX,party,Y,party,1\n,,,,1\n", encoding="utf-8"
    )
    run = quota("progress", plan_csv, done)
    assert run.code == 2
    assert "neither origin nor target" in run.err
    done.write_text("from_code,from_group,to_code,to_group,people\nX,party,Y,party,1\n", encoding="utf-8")
    assert "nowhere in the plan" in quota("progress", plan_csv, done).err


def test_unknown_staff_takes_no_part_and_is_said_once(quota: Quota, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text("code,government,party,front\n11407,,25,7\n11443,99,15,\n", encoding="utf-8")
    run = quota("plan", "hai-phong", "--staff", staff, *DAY, "--format", "json")
    assert "114 units have a bloc whose posts or people are unknown" in run.err
    stages = json.loads(run.out)["stages"]
    assert stages[0]["before"] == {"short": 3, "wanted": 3, "over": 47, "worst": 2}
    assert [stage["people"] for stage in stages] == [3, 0, 0]


def test_all_that_is_wrong_with_positions_is_said_at_once(quota: Quota, tmp_path: Path) -> None:
    positions = tmp_path / "positions.csv"
    positions.write_text(
        "code,position,staff,needed\n11407,land,1,x\n99999,land,1,2\n11407,law,,1\n11407,law,1,1\n11407,law,1,1\n",
        encoding="utf-8",
    )
    run = quota("plan", "--positions", positions, *DAY)
    assert run.code == 2
    assert len(run.err.splitlines()) == 4
    for said in ('row 2, needed, "x"', 'code, "99999": no such unit', "row 4, staff: unknown", "row 6"):
        assert said in run.err


def test_a_policy_of_ones_own_extends_the_shipped_one(quota: Quota, tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "kind: redeployment\nid: ours\nextends: redeployment-hai-phong-2025\ntitle: {vi: Của ta, en: Ours}\n"
        "limits: {no_release: {units: ['11914'], source: quota}}\n",
        encoding="utf-8",
    )
    assert quota("rules", "check", ours).code == 0
    answer = json.loads(quota("plan", "--policy", ours, *DAY, "--format", "json").out)
    assert answer["policy"]["id"] == "ours"
    assert all(move["from"]["code"] != "11914" for move in answer["stages"][1]["moves"])


def test_posts_filled_above_the_low_end_of_the_norm_are_said(quota: Quota, tmp_path: Path) -> None:
    units, ours = tmp_path / "units.csv", tmp_path / "ours.yaml"
    ours.write_text(
        "kind: redeployment\nid: ours\nextends: redeployment-hai-phong-2025\ntitle: {vi: Của ta, en: Ours}\n"
        "target: {level: high, source: quota}\n",
        encoding="utf-8",
    )
    rows = "10507,Phường A,ward,16000,36,17,8\n10525,Phường B,ward,16000,32,17,8\n"
    units.write_text(f"code,name,type,population,government,party,front\n{rows}", encoding="utf-8")
    run = quota("plan", units, "--policy", ours, *DAY)
    assert "4 people move" in run.out
    assert "Of 0 posts short of the norm, 0 are filled and 0 stay empty." in run.out
    assert "Of 10 posts more, up to what the policy fills units to, 4 are filled." in run.out


def test_a_plan_fills_units_to_what_was_assigned(quota: Quota, tmp_path: Path) -> None:
    """The file says the target; --check and progress hold it, and no word of it speaks of a norm."""
    units, posts, path = (tmp_path / name for name in ("units.csv", "assigned.csv", "plan.csv"))
    head = "code,name,type,population,lon,lat,government,party,front"
    table = "00001,Xã A,xã,18000,106,20,36,18,9\n00002,Xã B,xã,18000,106.1,20,33,18,9\n"
    units.write_text(f"{head}\n{table}", encoding="utf-8")
    given = "code,assigned_government,assigned_party,assigned_front\n00001,33,18,9\n00002,36,18,8\n"
    posts.write_text(given, encoding="utf-8")
    words = ["plan", units, "--assigned", posts, *DAY]
    run = quota(*words, "--target", "assigned")
    assert run.code == 0, run.err
    assert "Target" in run.out
    assert "Of 3 posts short of the assigned posts, 3 are filled and 0 stay empty." in run.out
    assert "Of 4 people over the assigned posts, 3 move and 1 stay where they are." in run.out
    assert "biên chế được giao theo quyết định" in quota("--lang", "vi", *words, "--target", "assigned").out
    plain = json.loads(quota(*words, "--target", "assigned", "--format", "json").out)
    assert plain["target"] == "assigned"
    assert quota(*words, "--target", "assigned", "--output", path).code == 0
    assert ("target", "assigned") in {(row["made_about"], row["made_value"]) for row in rows(path)}
    assert quota(*words, "--target", "assigned", "--check", path).code == 0
    by_norm = quota(*words, "--check", path)
    assert by_norm.code == 1
    assert "the plan was made with target assigned, not low" in by_norm.err
    assert "--target assigned" in by_norm.err
    why = quota(*words, "--target", "assigned", "--why", "00001").out
    assert "within its assigned posts: gives nobody," in why
    plain = json.loads(quota(*words, "--target", "assigned", "--why", "00001", "--format", "json").out)
    assert [cell["assigned"] for cell in plain["cells"]] == [9, 33, 18]
    assert {cell["norm"] for cell in plain["cells"]} == {None}
    done = tmp_path / "done.csv"
    done.write_text(
        "from_code,from_group,to_code,to_group,people,date\n00001,government,00002,government,2,2026-11-23\n",
        encoding="utf-8",
    )
    progress = quota("progress", path, done, "--as-of", "2026-11-25", "--replan", tmp_path / "again.csv")
    assert progress.code == 0, progress.err
    assert ("target", "assigned") in {
        (row["made_about"], row["made_value"]) for row in rows(tmp_path / "again.csv")
    }
    plain = json.loads(quota(*words, "--format", "json").out)
    assert plain["target"] == "norm"
    assert plain["stages"][0]["audit_before"]["assigned"]["government"] == 69


def test_no_plan_by_assigned_posts_without_any_or_by_position(quota: Quota, tmp_path: Path) -> None:
    run = quota("plan", *DAY, "--target", "assigned")
    assert run.code == 2
    assert "no table says which posts were assigned" in run.err
    positions = tmp_path / "positions.csv"
    positions.write_text("code,position,staff,needed\n10507,land,1,2\n", encoding="utf-8")
    run = quota("plan", "hai-phong", "--positions", positions, "--target", "assigned", *DAY)
    assert run.code == 2
    assert "posts are assigned by bloc" in run.err
