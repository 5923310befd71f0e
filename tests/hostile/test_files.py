"""Hostile files: each refused with its words, or read as if it were harmless, under its bound of memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile import cases_rules, cases_tables, cases_workbooks
from tests.hostile.case import Case
from tests.hostile.children import run
from tests.hostile.conftest import Tally

pytestmark = pytest.mark.skipif(os.name == "nt", reason="memory is measured and bounded as POSIX systems do")
FULL = os.environ.get("QUOTA_HOSTILE") == "full"
CASES = (*cases_rules.CASES, *cases_tables.CASES, *cases_workbooks.CASES)
MOST_SAID = 4_000
"""Characters on stderr: one clear message, not the file."""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=pytest.mark.slow if case.slow else ())
        for case in CASES
        if FULL or not case.full
    ],
)
def test_a_hostile_file_is_refused_or_read_in_bounded_memory(
    case: Case, tmp_path: Path, tally: Tally
) -> None:
    child = run(tmp_path, *case.make(tmp_path), env=case.env, stdin=case.stdin)
    assert child.code == (2 if case.refuse else 0), child.err
    assert case.said in (child.err if case.refuse else child.out + child.err)
    assert not child.out or not case.refuse
    for said in (child.err, child.out):
        assert "Traceback" not in said
        assert "fault in the program" not in said
    assert len(child.err) < MOST_SAID
    assert child.megabytes < case.megabytes
    tally.note(case.name, refused=case.refuse, megabytes=child.megabytes)


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
