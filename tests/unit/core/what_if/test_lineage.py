"""Pieces are whole again exactly when all of one split are together."""

from __future__ import annotations

from quota.core.what_if.lineage import Fragment, cut, is_partial, joined, whole


def test_two_of_three_pieces_are_not_the_whole() -> None:
    first, second, third = cut(whole("00001"), 3)
    assert joined([first, second]) == first | second
    assert joined([first, second, third]) == whole("00001")


def test_pieces_of_a_piece_become_the_piece_and_then_the_whole() -> None:
    half, other = cut(whole("00001"), 2)
    thirds = cut(half, 3)
    assert thirds[1] == {Fragment("00001", ((1, 2), (2, 3)))}
    assert joined(thirds) == half
    assert is_partial(joined(thirds))
    assert joined([*thirds, other]) == whole("00001")
    assert joined([*thirds[:2], other]) == thirds[0] | thirds[1] | other


def test_pieces_of_different_splits_of_one_unit_do_not_make_it_whole() -> None:
    assert joined([cut(whole("00001"), 2)[0], cut(whole("00001"), 3)[1]]) == {
        Fragment("00001", ((1, 2),)),
        Fragment("00001", ((2, 3),)),
    }
