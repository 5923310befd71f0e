"""What acts, hides or starts a formula, and what becomes of it."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.characters import coded, guarded, hides, pattern, unguarded
from quota.render.kit.rendering import csv_text, json_text
from quota.render.kit.words import as_markdown, inert, markdown

ANY = st.text(st.characters(), max_size=12) | st.text("'=+-@\t\n\r0123456789.,aE%", max_size=6)


@given(ANY)
def test_a_guard_is_always_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(ANY)
def test_what_is_guarded_starts_no_formula_unless_it_is_a_figure(text: str) -> None:
    cell = guarded(text)
    if cell[:1] in set("=+-@\t\r\n＝＋－＠"):
        assert not set(cell) - set("+-0123456789.,eE%")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ("-", "-"),
        ("+1.000,5", "+1.000,5"),
        ("-5%", "-5%"),
        ("-5+cmd", "'-5+cmd"),
        ("1=1", "1=1"),
        ("'t", "'t"),
        ("", ""),
    ],
)
def test_only_what_a_spreadsheet_would_work_out_is_guarded(text: str, written: str) -> None:
    assert guarded(text) == written


@given(ANY)
def test_nothing_coded_acts_and_what_is_coded_stays(text: str) -> None:
    once = coded(text)
    assert not any(hides(letter) for letter in once if letter not in "\t\n\r")
    assert coded(once) == once
    assert coded("Hồng Bàng\u00a0– “A”") == "Hồng Bàng\u00a0– “A”"


@given(st.recursive(ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=5))
def test_json_says_the_same_with_nothing_in_it_that_acts(value: object) -> None:
    written = json_text(value)
    assert json.loads(written) == value
    assert not any(hides(letter) for letter in written if letter != "\n")


@given(st.lists(ANY, min_size=1))
def test_a_row_of_csv_comes_back(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([[*cells, "end"]]), newline=""))
    assert [unguarded(cell) for cell in row] == [*map(coded, cells), "end"]


def test_marks_stacked_beyond_any_writing_are_codes() -> None:
    assert inert("e\u0302\u0323\u0301\u0300") == "e\u0302\u0323\u0301\u0300"
    assert inert("Z" + "\u0301" * 6) == "Z" + "\u0301" * 4 + "\\u0301" * 2


def test_markdowns_marks_are_text_only_where_markdown_is_made() -> None:
    assert inert("*a* [b](c) d_e _f_") == "*a* [b](c) d_e _f_"
    with as_markdown():
        assert inert("*a* [b](c) d_e _f_ <g> &lt; A & B | `") == (
            "\\*a\\* \\[b\\](c) d_e \\_f\\_ &lt;g> &amp;lt; A & B \\| \\`"
        )
    assert markdown("Hồng Bàng, data/hai-phong.csv") == "Hồng Bàng, data/hai-phong.csv"


def test_a_pattern_finds_what_the_compiled_one_finds_again_and_again() -> None:
    later, now = pattern(r"(xã|phường)\s", re.IGNORECASE), re.compile(r"(xã|phường)\s", re.IGNORECASE)
    for text in ("Xã A", "phường B", "C", "Xã D"):
        assert [found.span() for found in later.finditer(text)] == [
            found.span() for found in now.finditer(text)
        ]
        assert later.sub("-", text) == now.sub("-", text)
    assert later.pattern == now.pattern


def test_what_is_no_pattern_is_found_out_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")
