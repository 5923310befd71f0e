"""Where the limits of a rule file lie, on both sides of each; and the words for what is past them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from quota import InputError, load_frame
from quota.core.posts import Posts
from quota.core.units import UnitType
from quota.core.what_if.scenarios import Merge, Scenario, Transfer
from quota.norms import varying
from quota.norms.applying import load_policy
from quota.norms.checking import files_to_check
from quota.norms.evaluation import below_minimum, refuse_out_of_force
from quota.norms.files import parsing
from quota.norms.files.documents import whole_number_meant
from quota.norms.files.parsing import parse
from quota.norms.files.resolving import read_document
from quota.norms.files.rulefile import Effective
from quota.norms.loading import read_rules
from quota.norms.policy import StageKind, TargetRule
from quota.norms.scenario_writing import scenario_text
from quota.norms.scenarios import load_scenario
from quota.norms.varying import Axis, variants
from quota.run.limits import RULE_BYTES, RULE_DEPTH, RULE_VALUES
from quota.run.locations import rules_folder

HERE = Path(__file__).parents[2]
FRAME = (HERE / "broken" / "octal.yaml").read_text(encoding="utf-8").replace("base: 032", "base: 32")


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse(text, "a.yaml").problems]


def said_of(text: str) -> list[str]:
    return [f"{problem.message}; {problem.fix}" for problem in parse(text, "a.yaml").problems]


def frame_file(folder: Path, **replaced: str) -> Path:
    """A sound frame with some of its text replaced."""
    text = FRAME.replace("id: octal", "id: ours")
    for was, becomes in replaced.items():
        assert was in text
        text = text.replace(was, becomes)
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_may_have_a_million_bytes_and_no_more(tmp_path: Path) -> None:
    text = "id: a\n#".ljust(RULE_BYTES.default, "x")
    path = tmp_path / "a.yaml"
    path.write_text(text)
    assert read_document(path).problems == ()
    path.write_text(text + "x")
    assert [problem.code for problem in read_document(path).problems] == ["unreadable"]


def test_values_may_nest_twenty_four_deep() -> None:
    brackets = RULE_DEPTH.default - 1  # the mapping around them is the first level
    assert codes("a: " + "[" * brackets + "]" * brackets) == []
    assert codes("a: " + "[" * (brackets + 1) + "]" * (brackets + 1)) == ["too-large"]


LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("levels", [25, 1_000, 1_001, 20_000])
@pytest.mark.parametrize(
    "nested",
    [
        lambda levels: "a: " + "[" * levels,
        lambda levels: "a: " + "[" * levels + "]" * levels,
        lambda levels: "# chú ý 😀\r\na: " + "{b: " * levels,
        lambda levels: "\ufeffa: " + "[\n" * levels,
        lambda levels: "- " * levels + "x",
        lambda levels: "? " * levels + "x",
    ],
)
def test_our_bound_on_nesting_is_judged_before_that_of_the_parser(
    monkeypatch: pytest.MonkeyPatch, loader: type, levels: int, nested: Callable[[int], str]
) -> None:
    monkeypatch.setattr(parsing, "_LOADER", loader)
    assert said_of(nested(levels)) == [
        "nested deeper than 24 levels; check what this is; if it is meant, set QUOTA_MAX_RULE_DEPTH higher"
    ]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "text", ['a: "' + "[" * 30, "a: [1, 2\nb: 3", "a: }" + "[" * 30, "a: [[1] # [[[" + "[" * 30]
)
def test_brackets_that_open_nothing_are_not_levels(
    monkeypatch: pytest.MonkeyPatch, loader: type, text: str
) -> None:
    monkeypatch.setattr(parsing, "_LOADER", loader)
    assert codes(text) == ["not-yaml"]


def test_lists_beside_each_other_are_not_nested() -> None:
    assert codes("a: [" + "[], " * 2 * RULE_DEPTH.default + "]") == []


def test_a_file_may_hold_so_many_values_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RULE_VALUES.variable, "20")
    inner = 20 - 3  # the mapping, its key and the list are values themselves
    assert codes("a: [" + "1," * inner + "]") == []
    assert codes("a: [" + "1," * (inner + 1) + "]") == ["too-large"]


def test_a_number_may_have_eighteen_digits() -> None:
    assert parse("a: " + "9" * 18, "a.yaml").value == {"a": 10**18 - 1}
    assert codes("a: " + "9" * 19) == ["yaml-number"]
    assert whole_number_meant("9" * 18) == 10**18 - 1
    assert whole_number_meant("9" * 19) is None


def test_true_and_false_are_what_they_say() -> None:
    assert parse("a: true\nb: false", "a.yaml").value == {"a": True, "b": False}


def test_a_day_is_read_only_where_it_is_written_as_one() -> None:
    assert said_of("a: 2025-07-01 10:00:00") == ["not a plain date; write year-month-day: 2025-07-01"]
    assert said_of("a: 2025-02-30") == ["no such day; write year-month-day: 2025-07-01"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("010", 'YAML reads it as 8; write 10, or "010" in quotes if it is a code'),
        ("1_000", "YAML reads it as 1000; write 1000"),
        ("16.000", "YAML reads it as 16.0; write 16000"),
        ("yes", 'YAML reads it as true or false; write "yes" in quotes if it is text'),
        ("=", 'YAML reads it as a value; write "=" in quotes if it is text'),
    ],
)
def test_the_words_for_what_yaml_reads_as_something_else(written: str, said: str) -> None:
    assert said_of(f"a: {written}") == [said]


def test_what_yaml_makes_of_a_long_number_is_not_worked_out() -> None:
    forty = "1" * 40
    assert said_of(f"a: 1_{forty[:-2]}") == [
        f'YAML reads it as 1{forty[:-2]}; write "1_{forty[:-2]}" in quotes if it is text'
    ]
    assert said_of(f"a: 1_{forty[:-1]}") == [
        f'YAML reads it as 1_{forty[:-1]}; write "1_{forty[:-1]}" in quotes if it is text'
    ]


def test_text_that_is_not_utf_8_is_placed_by_its_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"id: \xff")
    (problem,) = read_document(path).problems
    assert str(problem.message) == "not UTF-8 text (byte 5)"


def test_a_frame_may_be_in_force_for_one_day(tmp_path: Path) -> None:
    path = frame_file(tmp_path, **{"{from: 2025-07-01}": "{from: 2025-07-01, to: 2025-07-01}"})
    assert load_frame(path).effective.to == load_frame(path).effective.from_


def test_a_range_may_hold_one_number(tmp_path: Path) -> None:
    assert load_frame(frame_file(tmp_path, **{"[17, 20]": "[17, 17]"})).blocs["party"].range == (17, 17)


@pytest.mark.parametrize(("level", "people"), [("low", 17), ("middle", 18), ("high", 20)])
def test_the_middle_of_a_norm_is_rounded_down(level: str, people: int) -> None:
    target = TargetRule(level, "law")
    assert target.of(Posts(17, 20)) == people


def test_what_is_extended_is_named_by_an_id(tmp_path: Path) -> None:
    for written in ("5", "[a]", "../central-2025", "Central"):
        path = frame_file(tmp_path, **{"status: draft": f"status: draft\nextends: {written}"})
        (problem,) = read_rules(path).problems
        assert problem.column == "extends"


def test_a_folder_without_rule_files_and_no_folder_at_all_are_told_apart(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "no rule file (*.yaml) in this folder"), (tmp_path / "a", "no such file")):
        with pytest.raises(InputError) as refused:
            files_to_check([path])
        assert [str(problem.message) for problem in refused.value.problems] == [said]


def test_as_many_variants_as_may_be_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "MOST_VARIANTS", 6)
    three = Axis("government.base", (30, 31, 32))
    assert len(variants(load_frame(), [three, Axis("party.range.low", (16, 17))])) == 6
    with pytest.raises(InputError, match="9 combinations, more than 6"):
        variants(load_frame(), [three, Axis("party.range.low", (16, 17, 18))])


@pytest.mark.parametrize(("residents", "below"), [(15_999, True), (16_000, False)])
def test_a_unit_of_exactly_the_minimum_is_not_below_it(residents: int, below: bool) -> None:
    frame = load_frame()
    assert below_minimum(frame, UnitType.COMMUNE, residents) is below
    assert (
        "below-minimum" in [note.code for note in frame.norm(UnitType.COMMUNE).notes_for(residents)]
    ) is below


def test_blocs_exchange_people_with_each_other_and_none_with_itself() -> None:
    policy = load_policy("redeployment-hai-phong-2025")
    blocs = ("government", "party", "front")
    assert policy.exchanges(StageKind.INTERNAL) == {(a, b) for a in blocs for b in blocs if a != b}
    assert policy.exchanges(StageKind.TRANSFER) == frozenset()


def test_problems_stand_in_the_order_of_their_lines(tmp_path: Path) -> None:
    path = frame_file(
        tmp_path,
        **{"minimum_population: {commune: 16000, source: law}": "minimum_population: {commune: 16000}"},
        **{"range: [8, 10]": "range: [10, 8]"},
    )
    assert [(problem.code, problem.row) for problem in read_rules(path).problems] == [
        ("uncited", 9),
        ("low-above-high", 16),
    ]


def test_a_scenario_without_tables_names_none() -> None:
    text = scenario_text(Scenario("Thử", (Merge(("00001", "00002"), "00001", "Xã A", UnitType.COMMUNE),)))
    assert "population" not in text
    assert "staff" not in text
    named = scenario_text(
        Scenario("Thử", (Merge(("00001", "00002"), "00001", "Xã A", UnitType.COMMUNE),), population="hue")
    )
    assert "population: hue" in named


def test_rules_out_of_force_say_their_last_day(tmp_path: Path) -> None:
    frame = load_frame(frame_file(tmp_path, **{"{from: 2025-07-01}": "{from: 2025-07-01, to: 2025-12-31}"}))
    with pytest.raises(InputError, match="was in force until 2025-12-31, no longer on 2026-01-01"):
        refuse_out_of_force(frame, date(2026, 1, 1))


@pytest.mark.parametrize("order", ["[people, shortfall]", "[shortfall, shortfall]", "[worst, people]"])
def test_an_objective_begins_with_shortfall_and_keeps_the_order(tmp_path: Path, order: str) -> None:
    text = (rules_folder() / "redeployment-hai-phong-2025.yaml").read_text(encoding="utf-8")
    text = text.replace("id: redeployment-hai-phong-2025", "id: ours")
    text = re.sub(r"(objective:.*?order:) *\[[^]]*]", rf"\1 {order}", text, count=1, flags=re.DOTALL)
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in read_rules(path).problems] == ["objective-order"]


@pytest.mark.parametrize(
    ("written", "right"), [("true", False), ('"12.22"', True), ("12", True), ("-1", False)]
)
def test_an_area_is_a_number_of_square_kilometres(tmp_path: Path, written: str, right: bool) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        SCENARIO.format(tables=HERE / "scenarios", share="null").replace(
            "share: null", f"residents: 5, area_km2: {written}"
        ),
        encoding="utf-8",
    )
    if right:
        (operation,) = load_scenario(path).operations
        assert isinstance(operation, Transfer)
        assert str(operation.area_km2) == written.strip('"')
    else:
        with pytest.raises(InputError, match="not an area"):
            load_scenario(path)


def test_yaml_s_own_words_are_given_where_it_has_any() -> None:
    assert said_of("a: [1, 2")[0].startswith("not YAML: did not find expected ',' or ']'")
    assert said_of("a: '1")[0].startswith("not YAML: found unexpected end of stream")


SCENARIO = """\
kind: scenario
title: Thử
population: {tables}/units.csv
operations:
  - transfer: {{from: "00001", to: "00002", share: {share}}}
"""


@pytest.mark.parametrize(
    ("written", "share"),
    [('"1/3"', (1, 3)), ('"12.5%"', (1, 8)), ('"100%"', (1, 1)), ('"1/1"', (1, 1))],
)
def test_a_share_is_a_part_of_a_whole_or_all_of_it(
    tmp_path: Path, written: str, share: tuple[int, int]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SCENARIO.format(tables=HERE / "scenarios", share=written), encoding="utf-8")
    (operation,) = load_scenario(path).operations
    assert isinstance(operation, Transfer)
    assert operation.share == Fraction(*share)


@pytest.mark.parametrize("written", ['"0/3"', '"0%"', '"4/3"', '"100.1%"', '"-1/3"', "1"])
def test_nothing_and_more_than_all_are_no_share(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SCENARIO.format(tables=HERE / "scenarios", share=written), encoding="utf-8")
    with pytest.raises(InputError, match="not a share of a whole"):
        load_scenario(path)


def test_rules_are_in_force_on_their_first_day_and_on_their_last() -> None:
    year = Effective.model_validate({"from": date(2026, 1, 1), "to": date(2026, 12, 31)})
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [year.covers(day) for day in days] == [False, True, True, False]
    assert Effective.model_validate({"from": date(2026, 1, 1)}).covers(date(2999, 1, 1))
