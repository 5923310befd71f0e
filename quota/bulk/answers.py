"""What a cell answers that a frame asks: yes or no, one of some words, a number in millionths.

Cells are read as `quota.tables.columns` reads a file's. One that cannot be read is null, and so is a blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from quota.bulk.cells import NOT_LOOKED_AT, SPACE, first_row, says_something, times, votes_of
from quota.bulk.reading import TEXT, text_of
from quota.norms.arithmetic.columns import FINE, LARGEST
from quota.norms.arithmetic.expression import folded
from quota.tables.columns.measures import AS_PROGRAMS_WRITE, KINDS
from quota.tables.columns.numbers import Convention, convention_by
from quota.tables.columns.terrain import TRUTH, province_classes, unit_classes
from quota.tables.shipped.provinces import keys_of

AREA, MINORITY = "area_km2", "minority_percent"
_DIGITS = "[0-9]{1,8}"
_DECIMALS = "(?:[.][0-9]{1,15})?"
_MAY_BE_BOTH = "^[1-9][0-9]{0,2}[.,][0-9]{3}$"
_SMALL_AS_BOTH = "^(?:1[.,][0-9]{3}|2[.,]000)$"
"""One group of three digits that may be thousands or decimals; of which both are areas there are."""


def truth_of(heading: str, dtype: Any) -> nw.Expr:
    """1 for yes, 0 for no."""
    cell = nw.col(heading)
    if isinstance(dtype, nw.Boolean):
        return cell.cast(nw.Int64)
    if dtype.is_numeric():
        return _numbered([(cell == 1, 1), (cell == 0, 0)])
    text = _plain_text(heading, dtype).str.to_lowercase()
    yes = [spelling for spelling, said in TRUTH.items() if said] + _both_forms("có")
    no = [spelling for spelling, said in TRUTH.items() if not said] + _both_forms("không")
    return _numbered([(_is_spelled(text, yes), 1), (_is_spelled(text, no), 0)])


def word_of(column: str, heading: str, dtype: Any, words: Sequence[str]) -> nw.Expr:
    """The cell's word as its place among `words`, of which the first is any other; null for an empty cell."""
    text = _plain_text(heading, dtype)
    if column == "unit_class":
        return _known_word(text, unit_classes(), words)
    if column == "province_class":
        return _known_word(text, {spelled: said.value for spelled, said in province_classes().items()}, words)
    chosen = [(_is_word(column, text, word), place) for place, word in enumerate(words) if place]
    return _numbered([*chosen, (text.str.contains(".", literal=False), 0)])


def _known_word(text: nw.Expr, known: Mapping[str, str], words: Sequence[str]) -> nw.Expr:
    folded = _folded(text)
    spelled: dict[int, list[str]] = {}
    for spelling, said in known.items():
        spelled.setdefault(words.index(said) if said in words else 0, []).append(spelling)
    return _numbered([(_any(folded, spellings), place) for place, spellings in spelled.items()])


def _is_word(column: str, text: nw.Expr, word: str) -> nw.Expr:
    if column == "code":
        return _any(text, [word, *([word.lstrip("0")] if word.isdigit() and int(word) else [])])
    if column == "province" and (keys := keys_of(word)):
        return _any(_folded(text).str.replace_all("^(?:tinh|thanh pho|tp[.]?) +", ""), keys)
    return _any(text, _both_forms(word))


def number_of(column: str, heading: str, dtype: Any, written: Convention | None, of: int | None) -> nw.Expr:
    """The number in millionths, as whole digits or a number; `of` is what a bare share is a part of."""
    most = 100 if column == MINORITY else KINDS[AREA].high if column == AREA else LARGEST
    if not isinstance(dtype, TEXT):
        if column == MINORITY and not of:  # nothing but 0 is the same as a part of 1 and of 100
            return _of_numbers(nw.col(heading), dtype, 0, 1)
        return _of_numbers(nw.col(heading), dtype, most, 100 // (of or 100))
    text = _plain_text(heading, dtype)
    if column == MINORITY:
        return _share(text, of)
    if column == AREA:
        return _fine(_measure(text, written))
    return _fine(nw.when(text.str.contains(f"^{_DIGITS}(?:[.][0-9]{{1,6}})?$")).then(text))


def most_of(column: str) -> int:
    """The greatest number in millionths that is believed of a column."""
    kind = KINDS.get(column)
    return 100 * FINE if column == MINORITY else (LARGEST if kind is None else int(kind.high)) * FINE


def says(heading: str, dtype: Any, *, number: bool) -> nw.Expr:
    """Whether a cell has something that can be wrong: no blank, no mark for unknown in place of a number."""
    given = ~nw.col(heading).is_null()
    if isinstance(dtype, TEXT):
        text = text_of(heading, dtype)
        something = text.str.strip_chars(SPACE).str.contains(".", literal=False)
        return given & (says_something(text, NOT_LOOKED_AT) if number else something)
    return given & ~nw.col(heading).is_nan() if dtype.is_float() else given


def how_measured(table: Any, cells: Mapping[str, nw.Expr]) -> dict[str, Convention | None]:
    """How each column of areas in text is written, by its heading; None where nothing decides.

    As `quota.tables.columns.measures.measures_convention`, of counts in place of cells.
    """
    if not cells:
        return {}
    bare = {heading: cell.str.strip_chars(SPACE) for heading, cell in cells.items()}
    asked = {
        f"{heading}\0{name}": times(condition)
        for heading, cell in bare.items()
        for name, condition in _shapes(cell).items()
    }
    counted = first_row(table, asked)
    votes = votes_of(table, bare, whole=False)
    shapes = {
        heading: {name: int(counted[f"{heading}\0{name}"] or 0) for name in _shapes(cell)}
        for heading, cell in bare.items()
    }
    return {heading: _decided(shapes[heading], votes[heading]) for heading in bare}


def _shapes(cell: nw.Expr) -> dict[str, nw.Expr]:
    """What a cell looks like, for the choice of a convention."""
    return {
        "comma": cell.str.contains(","),
        "points": cell.str.contains("[.].*[.]"),
        "pointed": cell.str.contains("[.]"),
        "either": cell.str.contains("[.,]") & cell.str.contains("[0-9]"),
        "group": cell.str.contains(_MAY_BE_BOTH),
        "small": cell.str.contains(_SMALL_AS_BOTH),
    }


def _decided(shapes: Mapping[str, int], votes: Mapping[tuple[str, str], int]) -> Convention | None:
    grouping = shapes["points"] or (shapes["pointed"] and shapes["group"] >= shapes["pointed"])
    if not shapes["comma"] and not grouping:
        return AS_PROGRAMS_WRITE
    if shapes["either"] > shapes["group"]:  # a cell that can be read in one way only
        return convention_by(votes, whole=False)
    if shapes["small"] >= shapes["group"]:
        return None
    mark, other = (",", ".") if shapes["comma"] else (".", ",")
    return Convention(other, mark)


def whole_of(table: Any, heading: str, dtype: Any) -> int | None:
    """The whole that a column's bare shares are parts of: 100 or 1; 0 where only shares under 1 are clear.

    As the shares of a file are read: by the heading's %, by a number of 2 or more, by parts without a %.
    """
    if "%" in heading:
        return 100
    cell = nw.col(heading)
    if isinstance(dtype, TEXT):
        text = _plain_text(heading, dtype)
        great = text.str.contains("^(?:[2-9]|[1-9][0-9]{1,2})(?:[.,][0-9]+)?$")
        parts, marked = text.str.contains("^[01][.,][0-9]*[1-9]"), text.str.contains("%")
    else:
        great, parts, marked = cell >= 2, (cell > 0) & (cell < 1), cell < 0
    seen = first_row(table, {"great": times(great), "parts": times(parts), "marked": times(marked)})
    if seen["great"]:
        return 100
    return 1 if seen["parts"] and not seen["marked"] else 0


def _share(text: nw.Expr, of: int | None) -> nw.Expr:
    """A share in millionths of a per cent."""
    pointed = text.str.replace_all(",", ".")
    percent = nw.when(pointed.str.contains("^[0-9]{1,3}(?:[.][0-9]{1,6})? ?%$")).then(
        pointed.str.replace_all(" ?%$", "")
    )
    sound = {None: "^0(?:[.]0{1,9})?$", 0: "^0(?:[.][0-9]{1,9})?$"}.get(of, "^[0-9]{1,3}(?:[.][0-9]{1,9})?$")
    bare = nw.when(pointed.str.contains(sound)).then(pointed)
    return (
        nw.when(~percent.is_null()).then(_fine(percent)).otherwise(_fine(bare, places=6 if of == 100 else 8))
    )


def _measure(text: nw.Expr, written: Convention | None) -> nw.Expr:
    """The figure with a decimal point and nothing else."""
    if written is None:
        clear = text.str.contains(f"^{_DIGITS}{_DECIMALS}$") & ~text.str.contains(_MAY_BE_BOTH)
        return nw.when(clear).then(text)
    whole = _DIGITS
    if written.thousands:
        whole = f"(?:{_DIGITS}|[0-9]{{1,3}}(?:[{written.thousands}][0-9]{{3}})+)"
    decimals = f"(?:[{written.decimal}][0-9]{{1,15}})?" if written.decimal else ""
    plain = nw.when(text.str.contains(f"^{whole}{decimals}$")).then(text)
    if written.thousands:
        plain = plain.str.replace_all(f"[{written.thousands}]", "")
    return plain.str.replace_all(",", ".") if written.decimal == "," else plain


def _fine(plain: nw.Expr, places: int = 6) -> nw.Expr:
    """A figure such as 12.25 as the digits of its millionths; finer parts are left out."""
    whole = plain.str.replace_all("[.].*$", "")
    zeros = nw.when(~plain.is_null()).then(nw.lit("0" * places))
    decimals = nw.concat_str(plain.str.replace_all("^[0-9]*[.]?", ""), zeros).str.slice(0, places)
    return nw.concat_str(whole, decimals)


def _of_numbers(cell: nw.Expr, dtype: Any, most: float, scale: int) -> nw.Expr:
    if dtype.is_integer():
        cell = cell.cast(nw.Int64)
        return nw.when((cell >= 0) & (cell * scale <= most)).then(cell) * (FINE * scale)
    if not dtype.is_float():
        cell = cell.cast(nw.Float64)
    cell = nw.when(~cell.is_nan()).then(cell)
    sound = nw.when((cell >= 0) & (cell * scale <= most)).then(cell)
    return (sound * (FINE * scale) - 0.499).round(0)  # downwards: what is finer is left out


def nothing_of(cell: nw.Expr) -> nw.Expr:
    """Null in every row."""
    return nw.when(cell.is_null() & ~cell.is_null()).then(nw.lit(1, nw.Int64))


def _plain_text(heading: str, dtype: Any) -> nw.Expr:
    return text_of(heading, dtype).str.strip_chars(SPACE)


def _both_forms(word: str) -> list[str]:
    return list(dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD")))


def _any(text: nw.Expr, spellings: Iterable[str]) -> nw.Expr:
    return reduce(or_, [text == spelling for spelling in spellings])


def _is_spelled(text: nw.Expr, spellings: Iterable[str]) -> nw.Expr:
    """Whether a text without space around it is one of these, of letters and digits alone.

    One pattern in place of a comparison each: an expression grows with its parts, and is made anew for every
    table.
    """
    return text.str.contains(f"^(?:{'|'.join(spellings)})$")


def _numbered(choices: Sequence[tuple[nw.Expr, int]]) -> nw.Expr:
    """The number of the first condition that holds; null where none does."""
    found: list[Any] = [nw.when(condition).then(nw.lit(number, nw.Int64)) for condition, number in choices]
    whole: nw.Expr = folded(nw.coalesce, found)
    return whole  # by halves: of three hundred the last is not three hundred deep


def _composed() -> dict[str, str]:
    """The accented letters of Vietnamese by their plain one."""
    found: dict[str, str] = {"d": "đ"}
    for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))):
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain != letter and plain in "aeiouy":
            found[plain] = found.get(plain, "") + letter
    return found


def _folded(text: nw.Expr) -> nw.Expr:
    """The text in small plain letters with single spaces, as `quota.core.names.without_accents` makes it."""
    found = text.str.to_lowercase()
    for plain, letters in _composed().items():
        found = found.str.replace_all(f"[{letters}]", plain)
    found = found.str.replace_all("[\u0300-\u036f]", "")
    return found.str.replace_all(f"[{SPACE}\u2010-\u2014-]+", " ")
