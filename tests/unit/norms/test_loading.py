"""Finding frames, amending them, and what they grant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota import InputError, load_frame
from quota.core.blocs import BLOCS, Bloc
from quota.core.units import UnitType
from quota.core.what_if.scenarios import Rename, Scenario
from quota.norms.evaluation import margins_of, refuse_out_of_force, steps_of
from quota.norms.examples import mismatches
from quota.norms.loading import read_rules, shipped_frames, shipped_rules
from quota.norms.publishing import json_schema
from quota.norms.scenario_writing import scenario_text
from tests.grants import quota_of, unit_of

OURS = """\
id: ours
extends: central-2025
title: {vi: Của ta, en: Ours}
status: in-force
effective: {from: 2026-01-01, to: 2026-12-31}
reading: {vi: Thử, en: Test}
sources:
  decision: {title: Decision, publisher: Province, date: 2025-12-20}
blocs:
  government: {increment: {per_residents: 1500, source: decision}}
  party: {range: null, base: 18, source: decision}
minimum_population: {note: null, source: decision}
unit_types:
  ward:
    blocs: {front: {base: 9, source: decision}}
    note: {vi: Phường, en: Wards}
  special_zone: null
"""


def write(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problem_of(text: str) -> str:
    with pytest.raises(InputError) as refused:
        load_frame(text)
    (problem,) = refused.value.problems
    return f"{problem.message} {problem.fix}"


def test_the_shipped_frames_load_and_bear_out_their_examples() -> None:
    for loaded in shipped_rules():
        assert loaded.rules is not None, loaded.problems
    frames = {frame.id: frame for frame in shipped_frames()}
    amendments = {"cv-09-2025-military", "cv-09-2025-party-31"}
    assert set(frames) == {"central-2025", "central-2025-all-residents", "cv-09-2025", *amendments}
    for frame in frames.values():
        assert frame.examples
        assert mismatches(frame) == ()
        assert frame.notes is not None
        if frame.id == "cv-09-2025":
            assert "03/06/2025" in frame.notes.vi
            continue
        if frame.id in amendments:
            assert (frame.extends, frame.status) == ("cv-09-2025", "provisional")
            continue
        assert frame.status == "superseded"
        assert "cv-09-2025" in frame.notes.vi
        assert "cv-09-2025" in frame.notes.en


def test_an_amendment_changes_what_it_names_and_inherits_the_rest(tmp_path: Path) -> None:
    frame = load_frame(write(tmp_path, OURS))
    assert frame.blocs["government"].base == 32
    assert frame.blocs["government"].increment is not None
    assert frame.blocs["government"].increment.per_residents == 1500
    assert frame.blocs["government"].increment.above == 16000
    assert (frame.blocs["party"].base, frame.blocs["party"].range) == (18, None)
    assert frame.unit_types.special_zone is None
    assert set(frame.sources) == {"decision", "hai-phong-2025-09"}
    assert frame.examples == ()
    quota = quota_of(frame, UnitType.WARD, 17_500)
    assert [(posts.low, posts.high) for posts in quota.blocs] == [(33, 33), (18, 18), (9, 9)]
    assert quota_of(frame, UnitType.COMMUNE, 17_499).blocs[Bloc.FRONT].high == 10
    assert [note.code for note in frame.norm(UnitType.WARD).notes_for(15_999)] == ["ward"]


def test_each_step_cites_who_said_its_value(tmp_path: Path) -> None:
    steps = steps_of(load_frame(write(tmp_path, OURS)), unit_of(UnitType.WARD, 17_500))
    cited = {step.rule: step.source for step in steps["government"]}
    assert cited["blocs.government.base"] == "hai-phong-2025-09"
    assert cited["blocs.government.increment.per_residents"] == "decision"
    assert steps["front"][0].rule == "unit_types.ward.blocs.front.base"


def test_amending_an_amended_increment_cites_the_new_paper_for_it_and_the_old_ones_for_the_rest(
    tmp_path: Path,
) -> None:
    write(tmp_path, OURS)
    second = (
        OURS.split("sources:", maxsplit=1)[0]
        .replace("id: ours", "id: ours-2")
        .replace("central-2025", "ours")
    )
    second += "sources:\n  d13: {title: Thirteen, publisher: Province, date: 2026-01-01}\n"
    second += "blocs:\n  government: {increment: {posts: 2, source: d13}}\n"
    frame = load_frame(write(tmp_path, second, "ours-2.yaml"))
    assert frame.blocs["government"].source == "hai-phong-2025-09"
    assert frame.blocs["government"].increment is not None
    assert frame.blocs["government"].increment.source == "d13"
    assert [Path(file.path).name for file in frame.files] == ["ours-2.yaml", "ours.yaml", "central-2025.yaml"]
    assert all(len(file.sha256) == 64 for file in frame.files)


def test_amending_the_base_leaves_the_increment_with_its_own_source(tmp_path: Path) -> None:
    text = OURS.replace(
        "{increment: {per_residents: 1500, source: decision}}", "{base: 25, source: decision}"
    )
    frame = load_frame(write(tmp_path, text))
    assert frame.blocs["government"].source == "decision"
    assert frame.blocs["government"].increment is not None
    assert frame.blocs["government"].increment.source == "hai-phong-2025-09"


def test_a_trap_in_an_amendment_is_the_only_thing_reported(tmp_path: Path) -> None:
    text = OURS.replace("base: 18", "base: 022")
    (problem,) = read_rules(write(tmp_path, text)).problems
    assert (problem.code, problem.column) == ("yaml-number", "blocs.party.base")


def test_a_parent_may_end_in_yml(tmp_path: Path) -> None:
    write(tmp_path, OURS, "ours.yml")
    second = OURS.replace("id: ours", "id: ours-2").replace("extends: central-2025", "extends: ours")
    second = (
        second.split("blocs:")[0] + "blocs:\n  front: {increment: {posts: 1, per_residents: 5000, above: 0, "
    )
    second += "rounding: down, source: decision}}\n"
    assert load_frame(write(tmp_path, second, "ours-2.yaml")).blocs["front"].increment is not None


def test_what_lies_in_the_current_folder_never_stands_in_for_a_shipped_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, OURS, "central-2025")
    assert load_frame("central-2025").id == "central-2025"
    (tmp_path / "central-2025").unlink()
    (tmp_path / "central-2025").mkdir()
    assert load_frame("central-2025").id == "central-2025"


def test_no_file_of_ones_own_may_be_called_as_a_shipped_one(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[3] / "rules" / "central-2025.yaml"
    copy = write(tmp_path, shipped.read_text(encoding="utf-8"), "central-2025.yaml")
    assert "a shipped rule file has this id" in problem_of(str(copy))
    assert load_frame(write(tmp_path, OURS)).blocs["party"].base == 18  # its parent is still the shipped one


def test_an_amendment_of_an_amendment(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    second = OURS.replace("id: ours", "id: ours-2").replace("extends: central-2025", "extends: ours")
    second = second.split("blocs:")[0] + "blocs:\n  front: {range: [7, 9], source: decision}\n"
    frame = load_frame(write(tmp_path, second, "ours-2.yaml"))
    assert (frame.blocs["party"].base, frame.blocs["front"].range) == (18, (7, 9))


ADDS = """\
  government:
    increment:
      - {posts: 1, per_residents: 1500, above: 16000, rounding: down, when: {border: false}, source: decision}
      - {posts: 1, per_residents: 1000, above: 16000, rounding: down, when: {border: true}, source: decision}
    supplement: {posts: 2, when: {border: true}, source: decision}
"""
"""What a bloc adds and nothing else, each entry with its source."""


def test_what_a_bloc_adds_cites_for_itself_and_leaves_the_base_its_source(tmp_path: Path) -> None:
    head = OURS.split("  government:", maxsplit=1)[0]
    frame = load_frame(write(tmp_path, head + ADDS))
    government = frame.blocs["government"]
    assert (government.base, government.source) == (32, "hai-phong-2025-09")
    assert [increment.source for increment in government.increments] == ["decision", "decision"]
    assert [supplement.source for supplement in government.supplements] == ["decision"]
    for uncited in ("border: false}, source: decision", "border: true}, source: decision}\n"):
        text = head + ADDS.replace(uncited, uncited.replace(", source: decision", ""))
        assert "amended values cite no source" in problem_of(str(write(tmp_path, text)))


def test_an_amended_base_never_changes_what_is_added_to_it_cites(tmp_path: Path) -> None:
    added = ADDS.replace(", source: decision", "") + "    source: decision\n"
    write(tmp_path, OURS.split("  government:", maxsplit=1)[0] + added + "minimum_population: null\n")
    second = (
        OURS.split("blocs:", maxsplit=1)[0].replace("id: ours", "id: ours-2").replace("central-2025", "ours")
    )
    second += "  later: {title: Later, publisher: Province, date: 2026-06-01}\n"
    bloc = "blocs:\n  government: {base: 34, source: later}\n"
    government = load_frame(write(tmp_path, second + bloc, "ours-2.yaml")).blocs["government"]
    assert (government.base, government.source) == (34, "later")
    assert {part.source for part in (*government.increments, *government.supplements)} == {"decision"}
    for repeated in (added, ADDS):
        text = second + "blocs:\n" + repeated
        assert "already says this" in str(
            read_rules(write(tmp_path, text, "ours-2.yaml")).problems[0].message
        )


def test_nothing_else_is_taken_for_a_frame(tmp_path: Path) -> None:
    assert "Did you mean central-2025?" in problem_of("central2025").replace("did", "Did")
    assert "`quota rules list`" in problem_of("zzz")
    assert "no such file" in problem_of("no/such.yaml")
    write(tmp_path, OURS)
    assert "ours.yaml" in problem_of(str(tmp_path))
    (tmp_path / "latin.yaml").write_bytes("id: ề".encode("cp1258", "replace") + b"\xe9")
    assert "not UTF-8" in problem_of(str(tmp_path / "latin.yaml"))
    (tmp_path / "large.yaml").write_text("#" * 1_000_001)
    assert "more than 1,000,000 bytes" in problem_of(str(tmp_path / "large.yaml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: " + "[" * 100 + "]" * 100, "nested deeper"),
        ("a: [" + "1," * 60_000 + "1]", "more than 50,000 values"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "alias or anchor"),
        ("a: \x00", "not YAML"),
        ("kind:\nid: x", "no such kind"),
        ("kind: {a: b}\nid: x", "no such kind"),
    ],
)
def test_hostile_yaml_is_refused_before_anything_is_built(tmp_path: Path, text: str, said: str) -> None:
    (problem,) = read_rules(write(tmp_path, text)).problems
    assert said in str(problem.message)


def test_a_frame_is_in_force_on_its_first_and_last_day_and_not_beside_them(tmp_path: Path) -> None:
    frame = load_frame(write(tmp_path, OURS))
    for day in (date(2026, 1, 1), date(2026, 12, 31)):
        refuse_out_of_force(frame, day)
    for day, said in ((date(2025, 12, 31), "not yet on"), (date(2027, 1, 1), "no longer on")):
        with pytest.raises(InputError, match=said):
            refuse_out_of_force(frame, day)


def test_an_example_that_does_not_hold_is_named_with_both_figures(tmp_path: Path) -> None:
    text = OURS + "examples:\n  - {population: 17500, government: 32, party: 18, front: [8, 10]}\n"
    frame = load_frame(write(tmp_path, text))
    (found,) = mismatches(frame)
    assert (found.number, found.what, found.expected.low, found.given.low) == (1, "government", 32, 33)


@pytest.mark.parametrize("residents", [0, 686, 15_999, 16_000, 17_999, 18_000, 113_200])
@pytest.mark.parametrize("frame_id", ["central-2025", "central-2025-all-residents"])
def test_the_last_step_is_the_quota_and_each_step_follows_from_the_one_before(
    frame_id: str, residents: int
) -> None:
    frame = load_frame(frame_id)
    quota = quota_of(frame, UnitType.COMMUNE, residents)
    steps = steps_of(frame, unit_of(UnitType.COMMUNE, residents))
    for bloc in BLOCS:
        assert steps[bloc][-1].result == quota.blocs[bloc]
    base, above, full, posts, total = steps["government"]
    assert above.result.low == max(residents - above.inputs["above"], 0) == full.inputs["counted"]
    assert full.result.low == posts.inputs["steps"]
    assert total.result.low == base.result.low + posts.result.low


def test_on_the_bound_the_step_says_that_nothing_is_above_it() -> None:
    frame = load_frame("central-2025")
    steps = steps_of(frame, unit_of(UnitType.COMMUNE, 16_000))
    assert str(steps["government"][1].arithmetic) == "16,000 is not above 16,000 = 0"
    above = steps_of(frame, unit_of(UnitType.COMMUNE, 16_001))
    assert str(above["government"][1].arithmetic) == "16,001 − 16,000 = 1"


def test_margins_where_nothing_grows_are_unknown_to_the_rule() -> None:
    margins = margins_of(load_frame(), unit_of(UnitType.COMMUNE, 16_000))
    assert (margins["party"].residents_to_next, margins["party"].residents_to_fewer) == (None, None)
    assert (margins["government"].residents_to_next, margins["government"].residents_to_fewer) == (
        2_000,
        None,
    )


@pytest.mark.parametrize(
    ("rounding", "what", "division", "granted"),
    [
        ("down", "full steps of 2,000 residents", "3,000 ÷ 2,000, rounded down = 1", 1),
        ("up", "begun steps of 2,000 residents", "3,000 ÷ 2,000, rounded up = 2", 2),
        ("nearest", "steps of 2,000 residents", "3,000 ÷ 2,000, rounded to the nearest = 2", 2),
    ],
)
def test_each_way_of_rounding_is_said_in_its_step_and_grows_both_ends_of_a_range(
    tmp_path: Path, rounding: str, what: str, division: str, granted: int
) -> None:
    growing = "{posts: 1, per_residents: 2000, above: 1000, rounding: " + rounding + ", source: decision}"
    text = OURS.replace(
        "party: {range: null, base: 18, source: decision}", "party: {increment: " + growing + "}"
    )
    start, above, full, posts, total = steps_of(
        load_frame(write(tmp_path, text)), unit_of(UnitType.COMMUNE, 4_000)
    )["party"]
    assert (str(start.arithmetic), str(above.arithmetic)) == ("17–20", "4,000 − 1,000 = 3,000")
    assert (str(full.what), str(full.arithmetic)) == (what, division)
    assert str(posts.arithmetic) == f"{granted} × 1 = {granted}"
    assert str(total.arithmetic) == f"17–20 + {granted} = {17 + granted}–{20 + granted}"
    assert (total.result.low, total.result.high) == (17 + granted, 20 + granted)


def test_a_frame_without_a_minimum_finds_no_unit_below_it(tmp_path: Path) -> None:
    text = OURS.replace("minimum_population: {note: null, source: decision}", "minimum_population: null")
    frame = load_frame(write(tmp_path, text))
    assert frame.summary().minimum_population == {}
    assert frame.norm(UnitType.COMMUNE).notes_for(1) == ()


def test_a_rule_file_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("quota.norms.files.resolving.contents", refuse)
    said = problem_of(str(write(tmp_path, OURS)))
    assert said == "cannot be read: Permission denied check who may read it"


def test_there_is_a_schema_of_each_kind_and_of_no_other() -> None:
    assert json_schema("frame")["required"] != json_schema("frame", amendment=True)["required"]
    with pytest.raises(InputError) as refused:
        json_schema("frames")
    (problem,) = refused.value.problems
    assert (str(problem.message), problem.value) == ("no such kind of rule file", "frames")
    assert str(problem.fix) == "kinds: frame, fields, unit-standards, retirement, redeployment, offices"


def test_only_mergers_are_written_as_a_scenario_file() -> None:
    with pytest.raises(ValueError, match="only mergers are written"):
        scenario_text(Scenario("Thử", (Rename("00001", "Xã Mới"),)))


@pytest.mark.parametrize(("base", "stale"), [(9, False), (10, True)])
def test_a_note_on_a_type_is_stale_where_a_value_of_that_type_is_another(
    base: int, stale: bool, tmp_path: Path
) -> None:
    write(tmp_path, OURS)
    rule = f"{{blocs: {{front: {{base: {base}, source: decision}}}}}}"
    text = OURS.replace("id: ours", "id: ours-2").replace("extends: central-2025", "extends: ours")
    text = text[: text.index("blocs:")] + f"unit_types: {{ward: {rule}}}\n"
    loaded = read_rules(write(tmp_path, text, "ours-2.yaml"))
    assert [problem.code for problem in loaded.problems] == ["stale-note" if stale else "changes-nothing"]
