"""The generated pages are what the program is today, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from quota.run.exit_codes import ANSWERED_NO, EXIT_CODES
from tests.docs.keys import (
    SENTENCES,
    Tree,
    key_pages,
    keys_by_command,
    said_keys,
    tree_of,
    tree_words,
)
from tests.docs.reference import ROOT

AGAIN = "run `python -m tests.docs.update`"


@pytest.fixture(scope="module")
def written() -> dict[str, Tree]:
    """What each command writes, run once."""
    return keys_by_command()


def test_each_json_key_has_its_sentence_and_no_sentence_is_left_over(written: dict[str, Tree]) -> None:
    said = set(said_keys(written))
    assert said - SENTENCES.keys() == set(), "write what they say in tests/docs/json_keys.json"
    assert SENTENCES.keys() - said == set(), "nothing writes these any more"
    for key, words in SENTENCES.items():
        assert all(sentence.endswith(".") for sentence in words.values()), key
        assert words.keys() == {"en", "vi"}


def test_the_page_of_json_keys_has_every_key_that_is_written(written: dict[str, Tree]) -> None:
    for page, text in key_pages(written).items():
        assert page.read_text(encoding="utf-8") == text, AGAIN


def test_a_key_has_the_sentence_of_its_place() -> None:
    tree: Tree = {"moves[]": {"from": {}, "…": {"to": {}}}, "steps[]": {"from": {}}}
    assert list(said_keys({"plan": tree})) == ["moves", "moves.from", "moves.to", "steps", "from"]


def test_keys_are_told_as_people_write_them_down() -> None:
    tree: Tree = {}
    tree_of({"units": [], "n": None, "more": {"Dân số": 1}}, tree)
    tree_of(
        {"units": [{"code": "1", "gap": {"party": {"shortfall": 1}}}], "by_field": {"land": {"n": 1}}}, tree
    )
    assert tree_words(tree) == "n, more, units: [{code, gap: {…: {shortfall}}}], by_field: {…: {n}}"


def exits(path: Path) -> set[int]:
    """The exit codes that stand in a module; a computed one may be 0 or 1."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("typer.Exit", "sys.exit"):
            numbers = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            found |= {number for number in numbers if isinstance(number, int)}
            found |= {0, 1} if node.args and not numbers else set()
    return found


def test_every_exit_code_has_its_meaning() -> None:
    for path in sorted((ROOT / "quota").rglob("*.py")):
        assert exits(path) <= EXIT_CODES.keys(), path


def test_the_commands_that_may_answer_no_are_those_listed() -> None:
    folder = ROOT / "quota" / "cli" / "commands"
    modules = {path.stem for path in folder.rglob("*.py") if 1 in exits(path)}
    assert modules == {name.split()[0] for name in ANSWERED_NO}
