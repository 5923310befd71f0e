"""CONTRIBUTING.md's map shows the rooms there are; its recipes are short and name files that exist.

A variable is named as it asks: for the thing that it holds, never `one`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = re.findall(r"^    cli/.*?(?=^\S)", PAGE, re.DOTALL | re.MULTILINE)[0]
RECIPES = {
    title: [line for line in text.splitlines() if line]
    for title, text in re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", PAGE, re.DOTALL | re.MULTILINE)
}
MOST_LINES = 10
MOST_FILES = 24
RIDDLE = "one"
SUSPECT = re.compile(r"(?:\b(?:for|as|lambda)\b[^\n]*|[(,]|^)\s*\bone\b", re.MULTILINE)


def rooms() -> list[Path]:
    """Every package of the program, the folders of single commands and their views aside."""
    found = sorted(path.parent.relative_to(ROOT / "quota") for path in (ROOT / "quota").rglob("__init__.py"))
    return [
        room
        for room in found
        if room.parts and room.parts[:2] not in (("cli", "commands"), ("render", "views"))
    ]


def test_the_map_shows_every_room() -> None:
    missing = [str(room) for room in rooms() if not re.search(rf"\b{room.name}/", MAP)]
    assert missing == []
    folders = {
        path.name
        for path in (ROOT / "quota" / "cli" / "commands").iterdir()
        if (path / "__init__.py").exists()
    }
    (shown,) = re.findall(r"by what they are for: (.*)", MAP)
    assert set(shown.split()) == folders


def test_there_are_five_recipes_of_at_most_ten_lines() -> None:
    assert list(RECIPES) == [
        "A bloc",
        "A column of the audit",
        "A command",
        "An input format",
        "A rounding rule",
    ]
    for title, lines in RECIPES.items():
        assert len(lines) <= MOST_LINES, title


def test_the_files_that_recipes_name_exist() -> None:
    named = [
        path
        for path in re.findall(r"`((?:quota|tests|rules)/[^`\s]*)`", PAGE)
        if path == path.lower() and "*" not in path
    ]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_room_is_a_flat_heap_of_files() -> None:
    counts = {str(room): len(list((ROOT / "quota" / room).glob("[!_]*.py"))) for room in rooms()}
    assert {room: count for room, count in counts.items() if count > MOST_FILES} == {}


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
