"""Sentences as values: what `str` makes of one for whoever calls the functions and not the program."""

from __future__ import annotations

from quota.core.text import LocalText, count, say


def test_words_of_two_languages_are_english_inside_an_english_sentence() -> None:
    land = LocalText("Địa chính", "Land")
    assert str(land) == "Land"
    assert str(say("nobody for {field}", field=land)) == "nobody for Land"


def test_a_sentence_inside_a_sentence_and_a_count() -> None:
    inner = count("{n} unit", "{n} units", n=1_000)
    assert str(say("{inner} are short", inner=inner)) == "1,000 units are short"
    assert str(count("{n} unit", "{n} units", n=1)) == "1 unit"
