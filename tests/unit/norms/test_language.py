"""What a frame may not say: each refusal with its place in the file, what is wrong and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.core.posts import Posts
from quota.core.problems import Problem
from quota.core.units import Unit, UnitType
from quota.norms.checking import check_file
from quota.norms.evaluation import quota_of
from quota.norms.examples import mismatches
from quota.norms.loading import load_frame, read_rules
from quota.norms.schema import Frame
from tests.grants import HEAD

OPENING = (
    HEAD
    + """\
blocs:
  party: {range: [17, 20], source: law}
  government:
    source: law
"""
)


def frame_file(folder: Path, government: str, after: str = "") -> Path:
    """A frame whose government bloc says this."""
    said = "".join(f"    {line}\n" for line in government.splitlines())
    path = folder / "ours.yaml"
    path.write_text(OPENING + said + after, encoding="utf-8")
    return path


def refused(path: Path) -> Problem:
    (problem,) = read_rules(path).problems
    return problem


def line_of(path: Path, text: str) -> int:
    """The line on which a text stands."""
    return next(number for number, line in enumerate(path.read_text("utf-8").split("\n"), 1) if text in line)


STEP = "increment: {posts: 1, per_residents: 2000, above: 16000, rounding: down, %s}"
BANDED = "bands: {of: residents, rows: [%s]}"


@pytest.mark.parametrize(
    ("government", "where", "code", "message", "fix"),
    [
        (
            "base: 32\nsupplement: {posts: [3, 2]}",
            "supplement.posts",
            "low-above-high",
            "the low end, 3, is above the high end, 2",
            "write [2, 3]",
        ),
        (
            "base: 32\n" + STEP % "when: {residents: {}}",
            "increment.when.residents",
            "bounds",
            "a condition on a number without a bound, or with two at one end",
            "write from: or above: for its lower end, to: or below: for its upper end",
        ),
        (
            "base: 32\n" + STEP % "when: {area_km2: {from: 3, above: 3}}",
            "increment.when.area_km2",
            "bounds",
            "a condition on a number without a bound, or with two at one end",
            "write from: or above: for its lower end, to: or below: for its upper end",
        ),
        (
            "base: 32\n" + STEP % "when: {area_km2: {to: 3, below: 3}}",
            "increment.when.area_km2",
            "bounds",
            "a condition on a number without a bound, or with two at one end",
            "write from: or above: for its lower end, to: or below: for its upper end",
        ),
        (
            "base: 32\n" + STEP % "when: {residents: {from: 8, to: 7}}",
            "increment.when.residents",
            "bounds",
            "the lower bound, 8, is above the upper one, 7",
            "write the smaller number first",
        ),
        (
            "base: 32\n" + STEP % "when: {}",
            "increment.when",
            "no-condition",
            "a condition that asks nothing",
            "say when it holds, or remove when:",
        ),
        (
            "base: 32\nincrement: {posts: 1, above: 0, rounding: down}",
            "increment",
            "counts",
            "an increment counts residents or one other column",
            "write per_residents:, or counts: with the column and per: with the size of a step",
        ),
        (
            "base: 32\nincrement: {posts: 1, per: 2, above: 0, rounding: down}",
            "increment",
            "counts",
            "an increment counts residents or one other column",
            "write per_residents:, or counts: with the column and per: with the size of a step",
        ),
        (
            "base: 32\nincrement: {posts: 1, counts: residents, per: 2, above: 0, rounding: down}",
            "increment",
            "counts",
            "residents have a key of their own",
            "write per_residents:",
        ),
        (
            "base: 32\n" + STEP % "up_to: 16000",
            "increment",
            "empty-tier",
            "counted above 16,000 up to 16,000: nothing",
            "write an up_to: that is larger than above:",
        ),
        (
            "base: 32\nsupplement: {when: {border: true}}",
            "supplement",
            "posts-or-percent",
            "has both posts and percent, or neither",
            "give posts: or percent:",
        ),
        (
            "base: 32\nrounding: down\nsupplement: {posts: 1, percent: 10}",
            "supplement",
            "posts-or-percent",
            "has both posts and percent, or neither",
            "give posts: or percent:",
        ),
        (
            BANDED % "[0, 99, 7], [100, 200, 9]",
            "bands.rows[1]",
            "band",
            "band 2 lacks a bound or its posts",
            "write [from, to, posts]; the last band alone has null for to",
        ),
        (
            BANDED % "[0, 99, 7], [101, null, 9]",
            "bands.rows[1][0]",
            "bands",
            "band 2 begins at 101: 100 is in no band",
            "begin it at 100",
        ),
        (
            BANDED % "[0, 99, 7], [99, null, 9]",
            "bands.rows[1][0]",
            "bands",
            "band 2 begins at 99, inside the band before it",
            "begin it at 100",
        ),
        (
            BANDED % "[0, 99, 7], [100, 99, 8], [100, null, 9]",
            "bands.rows[1][1]",
            "band",
            "band 2 ends at 99, before it begins",
            "write the smaller number first",
        ),
        (
            "bands: {of: area_km2, rows: [[0, 0, 7], [0, null, 9]]}",
            "bands.rows[0][1]",
            "band",
            "band 1 ends at 0, before it begins",
            "write the smaller number first",
        ),
        (
            BANDED % "[0, 99, 7, 8], [100, null, 10, 9]",
            "bands.rows[1]",
            "low-above-high",
            "the low end, 10, is above the high end, 9",
            "write [9, 10]",
        ),
        (
            "cases: [{when: {type: ward}, base: 30, range: [1, 2]}, {base: 32}]",
            "cases[0]",
            "base-or-range",
            "has both base and range, or neither",
            "give base: for an exact number or range: [low, high]; to drop an inherited one write null",
        ),
        (
            "cases: [{base: 30}, {when: {type: ward}, base: 32}]",
            "",
            "unreachable-case",
            "a case after the one that is for all the others",
            "put the case without when: last",
        ),
        (
            "cases: [{when: {type: ward}, base: 32}]",
            "",
            "incomplete",
            "no case for a unit that none of these is for",
            "end with a case without when:",
        ),
        (
            "base: 32\nleast: 51\nmost: {ward: 50}",
            "most.ward",
            "bounds",
            "at least 51 and at most 50",
            "write a ceiling that is not under the floor",
        ),
        (
            "base: 32\nmost: {ward: 31}",
            "most.ward",
            "ceiling-under-start",
            "the ceiling of 31 is under the 32 it starts from",
            "raise most:, or lower the start",
        ),
        (
            "base: 32\nsupplement: {posts: 1/2}",
            "",
            "no-rounding",
            "halves or percentages, and nothing says how they are rounded",
            "add rounding: down, up or nearest to the bloc",
        ),
        (
            "base: 32\nrounding: up",
            "",
            "idle-rounding",
            "a rounding where there is nothing to round",
            "remove it; an increment has its own",
        ),
        (
            "base: 32\nincrement:\n  - {posts: 1, per_residents: 2000, above: 0, rounding: down, upto: 9}",
            "increment[0].upto",
            "unknown-key",
            "no such key",
            "did you mean up_to?",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_is_written(
    tmp_path: Path, government: str, where: str, code: str, message: str, fix: str
) -> None:
    problem = refused(frame_file(tmp_path, government))
    place = f"blocs.government.{where}".rstrip(".")
    assert (problem.code, str(problem.message), str(problem.fix)) == (code, message, fix)
    assert problem.column == place
    assert problem.file == str(tmp_path / "ours.yaml")
    assert problem.row is not None


@pytest.mark.parametrize(
    ("government", "line", "value"),
    [
        ("bands:\n  of: residents\n  rows:\n  - [0, 99, 7]\n  - [101, null, 9]", "[101", "101"),
        ("bands:\n  of: residents\n  rows:\n  - [0, 99, 7]\n  - [99, null, 9]", "[99,", "99"),
        ("base: 32\nleast: 3\nmost: 31", "most: 31", "31"),
        ("bands: {of: residents, rows: [[0, 99, 7], [100, null, 9]]}\nmost: 6", "most: 6", "6"),
        ("cases: [{base: 9, when: {type: ward}}, {base: 7}]\nmost:\n  ward: 6", "ward: 6", "6"),
        ("base: 32\nleast: 40\nmost:\n  commune: 39", "commune: 39", "39"),
    ],
)
def test_bands_and_ceilings_are_refused_at_their_own_line_with_the_value(
    tmp_path: Path, government: str, line: str, value: str
) -> None:
    path = frame_file(tmp_path, government)
    problem = refused(path)
    assert (problem.row, problem.value) == (line_of(path, line), value)
    assert problem.fix is not None


@pytest.mark.parametrize(
    "government",
    [
        "bands: {of: residents, rows: [[0, 99, 7], [100, null, 9]]}\nmost: 7",
        "cases: [{base: 9, when: {type: ward}}, {base: 7}]\nmost: 7",
        "base: 32\nsupplement: {posts: [2, 2]}",
        "base: 32\n" + STEP % "when: {residents: {from: 7, to: 7}}",
        "base: 32\n" + STEP % "when: {residents: {above: 7}}",
        "base: 32\n" + STEP % "up_to: 16001",
        BANDED % "[0, 99, 7], [100, null, 9]",
        BANDED % "[0, 0, 7], [1, null, 9, 9]",
        "bands: {of: area_km2, rows: [[0, 1, 7], [1, null, 9]]}",
        "cases: [{when: {type: ward}, range: [30, 31]}, {base: 32}]",
        "base: 32\nleast: 50\nmost: {ward: 50}",
        "base: 32\nmost: {ward: 32}",
        "base: 32\nrounding: up\nsupplement: {posts: 1/2}",
    ],
)
def test_what_is_just_inside_each_of_these_bounds_is_read(tmp_path: Path, government: str) -> None:
    assert read_rules(frame_file(tmp_path, government)).problems == ()


STANDARD = """\
standards:
  residents_of_ours:
    cases: [{figure: 8000}]
    source: law
"""


@pytest.mark.parametrize(
    ("increment", "code", "message", "fix"),
    [
        (
            "{posts: 1, per_residents: {share: 1/2, of: their-residents}, above: 0, rounding: down}",
            "unknown-standard",
            'no standard is called "their-residents"',
            "list it under standards:, with its cases and its source",
        ),
        (
            "{posts: 1, per_residents: 2000, above: their-residents, rounding: down}",
            "unknown-standard",
            'no standard is called "their-residents"',
            "list it under standards:, with its cases and its source",
        ),
        (
            "{posts: 1, per_residents: {share: 1/2, of: residents}, above: 0, rounding: none}",
            "exact-share",
            "part of a step of a standard is not counted exactly",
            "write rounding: down, up or nearest",
        ),
    ],
)
def test_a_standard_is_there_and_its_steps_are_whole(
    tmp_path: Path, increment: str, code: str, message: str, fix: str
) -> None:
    standard = STANDARD.replace("residents_of_ours", "residents")
    problem = refused(frame_file(tmp_path, f"base: 32\nincrement: {increment}", standard))
    assert (problem.code, str(problem.message), str(problem.fix)) == (code, message, fix)


def test_an_example_gives_each_bloc_and_each_number_that_the_frame_counts(tmp_path: Path) -> None:
    steps = (
        "base: 32\n"
        "increment:\n"
        "  - {posts: 1, counts: area_km2, per: 10, above: 0, rounding: down}\n"
        "  - {posts: 1, counts: Số thôn, per: 10, above: 0, rounding: down}"
    )
    examples = "examples:\n  - {population: 1, party: [17, 20]}\n"
    path = frame_file(tmp_path, steps, examples)
    problems = read_rules(path).problems
    assert [
        (problem.code, problem.column, str(problem.message), str(problem.fix)) for problem in problems
    ] == [
        ("missing-key", "examples[0].government", "the key is missing", "add government:"),
        (
            "missing-key",
            "examples[0]",
            "the frame counts area_km2, and the example does not give it",
            "add area_km2:",
        ),
        (
            "missing-key",
            "examples[0]",
            "the frame counts columns.Số thôn, and the example does not give it",
            "add columns.Số thôn:",
        ),
    ]
    assert {problem.row for problem in problems} == {line_of(path, "population: 1")}
    whole = "{population: 1, area_km2: 25, columns: {Số thôn: 10}, party: [17, 20], government: %s}"
    check = check_file(frame_file(tmp_path, steps, f"examples:\n  - {whole % 35}\n"))
    assert (check.problems, check.examples) == ((), 1)
    check = check_file(frame_file(tmp_path, steps, f"examples:\n  - {whole % 34}\n"))
    assert [problem.code for problem in check.problems] == ["example-fails"]


def test_a_frame_made_in_memory_with_such_an_example_is_not_borne_out_in_silence(tmp_path: Path) -> None:
    steps = "base: 32\nincrement: {posts: 1, counts: area_km2, per: 10, above: 0, rounding: down}"
    frame = load_frame(frame_file(tmp_path, steps))
    plain = frame.model_dump(by_alias=True, exclude_none=True)
    made = Frame.model_validate({**plain, "examples": [{"population": 1, "government": 32}]})
    with pytest.raises(ValueError, match="example 1 lacks a number"):
        mismatches(made)


def test_above_does_not_include_its_bound_and_from_does(tmp_path: Path) -> None:
    def posts(bound: str, residents: int) -> Posts:
        said = f"base: 32\nsupplement: {{posts: 1, when: {{residents: {{{bound}: 7000}}}}}}"
        quota = quota_of(
            load_frame(frame_file(tmp_path, said)), Unit("1", "Xã A", UnitType.COMMUNE, residents)
        )
        assert quota is not None
        return quota.blocs["government"]

    found = {
        bound: [posts(bound, n).low - 32 for n in (6_999, 7_000, 7_001)]
        for bound in ("from", "above", "to", "below")
    }
    assert found == {"from": [0, 1, 1], "above": [0, 0, 1], "to": [1, 1, 0], "below": [1, 0, 0]}
