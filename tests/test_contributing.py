"""CONTRIBUTING.md's map shows the rooms there are; its recipes are short and name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = re.findall(r"^    cli/.*?(?=^\S)", PAGE, re.DOTALL | re.MULTILINE)[0]
RECIPES = {
    title: [line for line in text.splitlines() if line]
    for title, text in re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", PAGE, re.DOTALL | re.MULTILINE)
}
MOST_LINES = 10
MOST_FILES = 24


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
