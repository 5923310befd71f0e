"""When a run that was made again is the recorded one."""

from __future__ import annotations

import pytest

from quota.run.verification import SURROUNDINGS, Checked, State, Subject, Verification


def checked(subject: Subject, state: State) -> Checked:
    return Checked(subject, "a.csv", state)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("subject", Subject)
def test_all_but_the_surroundings_must_be_the_same_or_out_of_sight(subject: Subject, state: State) -> None:
    alike = state in (State.SAME, State.ABSENT) or subject in SURROUNDINGS
    assert checked(subject, state).differs is not alike


def test_a_run_is_the_same_where_it_ended_and_nothing_differs() -> None:
    same, other = checked(Subject.STDOUT, State.SAME), checked(Subject.OUTPUT, State.CHANGED)
    assert Verification("m.json", "audit", (same,)).same
    assert not Verification("m.json", "audit", (same, other)).same
    assert not Verification("m.json", "audit", (same,), ran=False).same
