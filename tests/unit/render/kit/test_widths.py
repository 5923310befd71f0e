"""Texts take as many columns of a terminal as rich finds letter by letter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment

from quota.render.kit.widths import SINGLE, piece_class, width_of

TEXTS = st.text(st.sampled_from("Phường Đức −12+7…·漢👍\u0301\u200b") | st.characters(codec="utf-8"))


def test_each_letter_that_is_counted_takes_one_column() -> None:
    assert {letter for letter in SINGLE if get_character_cell_size(letter) != 1} == set()
    assert {*"Xã Thượng Đức, Phường 12: −3, +4 · Huế"} <= SINGLE


@given(TEXTS)
def test_a_text_is_as_wide_as_it_is_for_rich(text: str) -> None:
    assert width_of(text) == cell_len(text)
    piece = piece_class(text)(text, None)
    assert piece == Segment(text, None)
    assert piece.cell_length == Segment(text, None).cell_length
