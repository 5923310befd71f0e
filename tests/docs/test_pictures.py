"""The pictures of the documentation: each one named is there, light, told in words, and used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.docs.pictures import DRAWN, PICTURES
from tests.docs.reference import DOCS, ROOT

PAGES = [ROOT / "README.md", ROOT / "README.vi.md", *sorted(DOCS.rglob("*.md"))]
SHOWN = [
    (page, words, (page.parent / target).resolve())
    for page in PAGES
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
]
"""Each picture that a page shows: the page, the words in its place, the file."""
MOST_BYTES = 150_000


def test_the_pictures_are_those_that_are_drawn_and_those_that_are_shown() -> None:
    there = {path.name for path in PICTURES.iterdir()}
    assert there == DRAWN
    assert {path.name for _, _, path in SHOWN} == there


def test_each_picture_is_light_and_has_words_in_its_place() -> None:
    for page, words, path in SHOWN:
        assert path.stat().st_size < MOST_BYTES, path
        assert len(words.split()) > 5, (page, path)


def test_a_drawn_terminal_fetches_nothing() -> None:
    for path in PICTURES.glob("*.svg"):
        addresses = set(re.findall(r"https?://[^\s\"]+", path.read_text(encoding="utf-8")))
        assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}, path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_on_a_terminal_shows_no_picture(quota: Callable[..., Any], language: str) -> None:
    run = quota("help", "first-report", "--lang", language)
    assert run.code == 0
    assert "pictures" not in run.out
    assert "![" not in run.out
