"""Which lines of a text are others now, and as much of them as shows where they part."""

from __future__ import annotations

from quota.run.verification import State
from quota.run.verifying import SHOWN, changed_lines, parting


def found(then: str, now: str) -> list[tuple[State, str | None, str | None, int | None]]:
    return [(line.state, line.then, line.now, line.place.line) for line in changed_lines("a.yaml", then, now)]


def test_a_line_that_changed_one_that_is_gone_and_one_that_is_new() -> None:
    assert found("a\nb\nc", "a\nx\nc") == [(State.CHANGED, "b", "x", 2)]
    assert found("a\nb\nc", "a\nc") == [(State.GONE, "b", None, 2)]
    assert found("a\nc", "a\nb\nc") == [(State.ADDED, None, "b", 2)]
    assert found("a\nb", "a\nb\n") == []


def test_several_lines_beside_each_other_are_told_one_by_one() -> None:
    assert found("a\nb\nc\nz", "a\nx\ny\nw\nz") == [
        (State.CHANGED, "b", "x", 2),
        (State.CHANGED, "c", "y", 3),
        (State.ADDED, None, "w", 4),
    ]
    assert found("a\nb\nc\nd\nz", "a\nx\nz") == [
        (State.CHANGED, "b", "x", 2),
        (State.GONE, "c", None, 3),
        (State.GONE, "d", None, 4),
    ]
    assert found("a\nb\nz\nc\nd", "a\nz\nd") == [(State.GONE, "b", None, 2), (State.GONE, "c", None, 4)]


def test_short_lines_are_shown_whole_and_long_ones_from_before_they_part() -> None:
    assert parting("abc", "abd") == ("abc", "abd")
    assert parting(None, "abc") == (None, "abc")
    assert parting("abc", None) == ("abc", None)
    line = "x" * SHOWN
    assert parting(line, line[:-1] + "y") == (line, line[:-1] + "y")
    longer = "x" * (2 * SHOWN)
    then, now = parting(longer + "a", longer + "b")
    assert then is not None
    assert now is not None
    assert (then[0], then[-1], now[-1]) == ("…", "a", "b")
    assert then[1:-1] == now[1:-1]
    then, now = parting("a" + longer, "b" + longer)
    assert then == "a" + "x" * (SHOWN - 1) + "…"
    assert now == "b" + "x" * (SHOWN - 1) + "…"
    assert parting(longer, longer + "b")[1] == f"…{now_tail(longer)}b"


def now_tail(longer: str) -> str:
    """What stands before the place where two long lines part."""
    shown = parting(longer + "a", longer + "c")[0]
    assert shown is not None
    return shown[1:-1]
