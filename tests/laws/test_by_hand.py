"""Laws of files written by hand: a trap is read as it stands there, or refused at its line with a way out."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import ScalarNode

from quota.core.problems import Problem
from quota.norms.files.parsing import parse
from tests.laws.by_hand import (
    FILES,
    VALUES,
    Trap,
    Written,
    as_written,
    dressed,
    refused_forms,
    values_of,
    with_key,
    with_value,
)
from tests.laws.often import often

KINDS = pytest.mark.parametrize("kind", sorted(FILES))
SEEDS = st.integers(0, 2**32 - 1)
_WRITES = ("write {meant}", 'write "{text}" in quotes', "write at least {bound}", "write at most {bound}")


def problems_of(file: Written, folder: Path, content: bytes) -> list[Problem]:
    path = folder / file.name
    path.write_bytes(content)
    return [*file.load(path)]


def say_where(problems: list[Problem], name: str) -> None:
    """Each says its file, what is wrong, and what to do."""
    for problem in problems:
        assert problem.file is not None, problem
        assert problem.file.endswith(name), problem
        assert str(problem.message), problem
        assert problem.fix is not None, problem


@KINDS
@given(seed=SEEDS)
@often(25, long=1500)
def test_a_value_is_read_as_it_stands_or_refused_at_its_line(tmp_path: Path, kind: str, seed: int) -> None:
    file, random = FILES[kind], Random(seed)
    path, node = random.choice(values_of(file.text))
    trap = with_value(file.text, path, node, random.choice(VALUES))
    problems = problems_of(file, tmp_path, trap.text.encode())
    say_where(problems, file.name)
    if not problems:
        _stands(trap)
    elif path[-1] not in ("id", "key", "shows"):  # what other lines, or the name of the file, go by
        assert any(_is_about(trap.line, problem) for problem in problems), (trap.written, problems)
    _is_mended(file, tmp_path, trap, node, problems)


def _is_about(line: int, problem: Problem) -> bool:
    """A quote that is opened may be closed by one far below: no YAML is so from there on."""
    far = problem.code == "not-yaml"
    return problem.row is not None and (abs(problem.row - line) <= 1 or (far and problem.row > line))


def _stands(trap: Trap) -> None:
    """The value that is read is the one written."""
    found: object = parse(trap.text, "").value
    for key in trap.path or ():
        if isinstance(found, list) and isinstance(key, int) and key >= len(found):
            return  # nothing between two commas is no item
        found = found[key]  # type: ignore[index]  # a path leads through lists and mappings
    if isinstance(found, str | int | None) or hasattr(found, "isoformat"):
        assert found in as_written(trap.written), (trap.path, trap.written, found)


def _is_mended(file: Written, folder: Path, trap: Trap, node: ScalarNode, problems: list[Problem]) -> None:
    """What a fix says to write is not refused again: not for the same reason, nor for how it is written."""
    for problem in problems:
        fix = problem.fix
        if fix is None or fix.template not in _WRITES or trap.path is None or problem.row != trap.line:
            continue
        (said,) = fix.values.values()
        new = with_value(file.text, trap.path, node, f'"{said}"' if "quotes" in fix.template else str(said))
        for other in problems_of(file, folder, new.text.encode()):
            if (other.column, other.row) == (problem.column, problem.row):
                assert other.message != problem.message, (problem, other)
                assert not other.code.startswith(("yaml-", "not-a-number", "not-text")), (problem, other)


@KINDS
@given(seed=SEEDS)
@often(15, long=600)
def test_a_key_that_is_misspelt_or_said_twice_is_refused_at_its_line(
    tmp_path: Path, kind: str, seed: int
) -> None:
    file = FILES[kind]
    trap = with_key(file.text, Random(seed))
    problems = problems_of(file, tmp_path, trap.text.encode())
    say_where(problems, file.name)
    if not problems:
        return  # a key of one's own: a source, an office, a column
    # a source that lost a letter is said where it is cited
    cited = [problem for problem in problems if problem.code == "unknown-source"]
    assert cited or any(_is_about(trap.line, problem) for problem in problems), (trap.written, problems)


@KINDS
def test_a_file_says_the_same_however_an_editor_saves_it(tmp_path: Path, kind: str) -> None:
    file = FILES[kind]
    assert problems_of(file, tmp_path, file.text.encode()) == []
    for form, content in dressed(file.text).items():
        assert problems_of(file, tmp_path, content) == [], form


@KINDS
def test_a_file_in_no_form_of_these_is_refused_with_a_way_out(tmp_path: Path, kind: str) -> None:
    file = FILES[kind]
    for form, content in refused_forms(file.text).items():
        problems = problems_of(file, tmp_path, content)
        assert problems, form
        say_where(problems, file.name)
