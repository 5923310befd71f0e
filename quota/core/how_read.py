"""How tables were read, said in one remark: what it stands for, and the letters of columns."""

from __future__ import annotations

UNDERSTOOD = "understood"
"""The code of the one remark that stands for those of `HOW_READ` on its file; for all where it names none."""
HOW_READ = frozenset(
    (
        *("code-restored", "coded-by-name", "decomposed", "delimiter", "encoding", "form", "formulas"),
        *("hidden-characters", "hidden-rows", "left-out", "legacy-font", "merged-cells", "name-spelled-out"),
        *("note-left-out", "number-convention", "other-form", "province-named", "sheet", "unit-of-measure"),
        *("unknown-mark", "unpacked", "xls-not-told", "zero-in-front"),
        *("comment", "hidden-column", "unseen-figures"),
    )
)
"""Codes of the remarks on how a table was read. What its units lack is said beside them."""


def letter(place: int) -> str:
    """The letters a spreadsheet gives to the column at `place`, which counts from 0: A, B … Z, AA."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
