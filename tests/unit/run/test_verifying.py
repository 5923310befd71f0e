"""Two records side by side: what is named as different, and how much of it is shown."""

from __future__ import annotations

from hashlib import sha256

from quota.run.manifest import Manifest, ProgramRecord, RulesRecord
from quota.run.verification import State, Subject
from quota.run.verifying import changed_lines, compare_programs, compare_read, parting


def program(version: str, content: str) -> ProgramRecord:
    return ProgramRecord(
        version=version,
        sha256=sha256(content.encode()).hexdigest(),
        python="3.12.1",
        system="linux x86_64",
        libraries={"pydantic": "2.12"},
    )


def rules(text: str, file: str = "ours.yaml") -> RulesRecord:
    content = text.encode()
    return RulesRecord(
        file=file, shipped=False, bytes=len(content), sha256=sha256(content).hexdigest(), text=text
    )


def test_a_version_changed_by_hand_is_told_by_its_hash() -> None:
    then, now = program("1.0", "a"), program("1.0", "b")
    found = compare_programs(then, now)[0]
    assert (found.state, found.then, found.now) == (
        State.CHANGED,
        f"1.0 ({then.sha256[:12]})",
        f"1.0 ({now.sha256[:12]})",
    )
    assert {compared.state for compared in compare_programs(then, then)} == {State.SAME}
    other = compare_programs(then, program("1.1", "b"))[0]
    assert (other.then, other.now) == ("1.0", "1.1")


def test_rules_too_long_to_be_compared_by_the_line_are_one_difference() -> None:
    lines = [f"a{number}: 1\n" for number in range(5_001)]
    long, longer = "".join(lines[:5_000]), "".join(lines)
    (line,) = changed_lines("ours.yaml", long, "b: 2\n" + long.removeprefix(lines[0]))
    assert (line.state, line.place.line, line.then, line.now) == (State.CHANGED, 1, "a0: 1", "b: 2")
    assert list(changed_lines("ours.yaml", longer, "b: 2\n" + longer.removeprefix(lines[0]))) == []
    then = Manifest.model_construct(inputs=[], rules=[rules(longer)])
    (whole,) = compare_read(then, [], [rules("b: 2\n" + longer)])
    assert (whole.subject, whole.name, whole.state) == (Subject.RULES, "ours.yaml", State.CHANGED)
    assert whole.then == rules(longer).sha256[:12]


def test_rules_too_long_on_one_side_are_not_compared_by_the_line_either() -> None:
    lines = [f"a{number}: 1\n" for number in range(5_001)]
    long, longer = "".join(lines[:5_000]), "".join(lines)
    assert list(changed_lines("ours.yaml", long, longer)) == []
    assert list(changed_lines("ours.yaml", longer, long)) == []


def test_each_rule_file_is_compared_with_itself_and_one_on_one_side_only_is_one_finding() -> None:
    then = Manifest.model_construct(
        inputs=[],
        rules=[rules("a: 1\nb: 2\n"), rules("z: 1\n", "same.yaml"), rules("g: 1\nh: 1\n", "gone.yaml")],
    )
    now = [rules("n: 1\nm: 1\n", "added.yaml"), rules("z: 1\n", "same.yaml"), rules("a: 1\nb: 3\n")]
    found = [
        (compared.name, compared.state, compared.then, compared.now)
        for compared in compare_read(then, [], now)
    ]
    assert found == [
        ("added.yaml", State.ADDED, None, None),
        ("gone.yaml", State.GONE, None, None),
        ("ours.yaml", State.CHANGED, "b: 2", "b: 3"),
        ("same.yaml", State.SAME, None, None),
    ]


def test_a_library_on_one_side_only_is_gone_or_added() -> None:
    then, now = program("1.0", "a"), program("1.0", "a")
    now = now.model_copy(update={"libraries": {"yaml": "6"}})
    found = [
        (compared.name, compared.state, compared.then, compared.now)
        for compared in compare_programs(then, now)[3:]
    ]
    assert found == [("pydantic", State.GONE, "2.12", None), ("yaml", State.ADDED, None, "6")]


def test_of_two_lines_one_long_is_enough_to_show_where_they_part() -> None:
    same = "x" * 50
    assert parting(f"{same}a", f"{same}{'b' * 20}") == (f"…{'x' * 20}a", f"…{'x' * 20}{'b' * 20}")
