"""A variable is named for the thing that it holds (unit, row, bloc, column), never `one`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RIDDLE = "one"
SUSPECT = re.compile(r"(?:\b(?:for|as|lambda)\b[^\n]*|[(,]|^)\s*\bone\b", re.MULTILINE)


def bound(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each variable and parameter."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.arg():
                yield node.lineno, node.arg
            case ast.MatchAs(name=str(name)):
                yield node.lineno, name


def riddles(text: str) -> list[tuple[int, str]]:
    if not SUSPECT.search(text):
        return []
    return [(line, name) for line, name in bound(ast.parse(text)) if name == RIDDLE]


@pytest.mark.parametrize("folder", ["quota", "tests"])
def test_no_variable_is_called_one(folder: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (names := riddles(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "one = 1",
        "    (one,) = found".strip(),
        "for place, one in enumerate(units): pass",
        "units = [one for one in table]",
        "with open(path) as one: pass",
        "by = lambda one: one.code",
        "def covering(one: Unit) -> None: ...",
        "def covering(\n    one: Unit, other: Unit\n) -> None: ...",
        "match found:\n    case Unit() as one: pass",
        "_, one = pair",
    ],
)
def test_each_way_to_bind_it_is_seen(text: str) -> None:
    assert [name for _, name in riddles(text)] == ["one"]


def test_the_word_in_a_sentence_and_the_number_are_no_variables() -> None:
    assert riddles('"""(one of a kind)"""\nsay("one")\nfound(one=1)\nunits.one = 2\n') == []
