"""Two records side by side: what is named as different, and how much of it is shown."""

from __future__ import annotations

from hashlib import sha256

from quota.analysis.verifying import changed_lines, compare_programs, compare_read
from quota.core.verification import State, Subject
from quota.manifest import Manifest, ProgramRecord, RulesRecord


def program(version: str, content: str) -> ProgramRecord:
    return ProgramRecord(
        version=version,
        sha256=sha256(content.encode()).hexdigest(),
        python="3.12.1",
        system="linux x86_64",
        libraries={"pydantic": "2.12"},
    )


def rules(text: str) -> RulesRecord:
    content = text.encode()
    return RulesRecord(
        file="ours.yaml", shipped=False, bytes=len(content), sha256=sha256(content).hexdigest(), text=text
    )


def test_a_version_changed_by_hand_is_told_by_its_hash() -> None:
    then, now = program("1.0", "a"), program("1.0", "b")
    found = compare_programs(then, now)[0]
    assert (found.state, found.then, found.now) == (
        State.CHANGED,
        f"1.0 ({then.sha256[:12]})",
        f"1.0 ({now.sha256[:12]})",
    )
    assert {one.state for one in compare_programs(then, then)} == {State.SAME}
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
