"""What a cell of text says of people, on any engine: what `quota.tables.columns.cells` says of it.

A column is looked through first: where every cell is plain digits nothing more is asked of it; where a
separator stands in some, all of them decide together what it is, as `quota.tables.columns.numbers` decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
from msgspec import Struct

from quota.tables.columns.cells import MAX_STAFF
from quota.tables.columns.numbers import SPACED, SPACES, UNKNOWN_MARKS, Convention, convention_by
from quota.tables.files.units_said import PEOPLE_WORDS

SPACE = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
"""What Python takes for the space around a text."""
COUNT = "(?:0|[1-9][0-9]{0,14})"
_PLAIN = f"^{COUNT}?$"
_PADDED = "^0[0-9]$"
_ZEROS = "[.]0{1,2}"
"""Zeros after a point, as programs write whole numbers among fractions; three may be thousands."""


class Written(Struct, frozen=True):
    """How a column writes its counts: all `plain` digits, or else by which convention; None is not known."""

    plain: bool = False
    convention: Convention | None = None


NOT_LOOKED_AT = Written()


def how_written(
    table: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Mapping[str, nw.Expr]
) -> dict[str, Written]:
    """How each of the columns is written, by its name; each comes as text. A lazy table is gone through."""
    if not columns:
        return {}
    odd = first_row(table, {name: times(~cell.str.contains(_PLAIN)) for name, cell in columns.items()})
    others = {name: _bare(cell) for name, cell in columns.items() if odd[name]}
    found = dict.fromkeys(columns, Written(plain=True))
    for name, said in votes_of(table, others, whole=True).items():
        found[name] = Written(convention=convention_by(said, whole=True))
    return found


def votes_of(
    table: nw.DataFrame[Any] | nw.LazyFrame[Any], columns: Mapping[str, nw.Expr], *, whole: bool
) -> dict[str, dict[tuple[str, str], int]]:
    """How many cells of each column say what a separator is for; see `numbers.convention_by`."""
    if not columns:
        return {}
    ways = [way for way in _VOTES if whole or way[3]]
    texts = {f"__quota_text_{place}": cell for place, cell in enumerate(columns.values())}
    cells = dict(zip(columns, map(nw.col, texts), strict=True))
    votes = {
        f"{name} {place}": times((_without_spaces(cell) if joined else cell).str.contains(pattern))
        for name, cell in cells.items()
        for place, (_, pattern, joined, _) in enumerate(ways)
    }
    counted = first_row(table, votes, texts)
    found: dict[str, dict[tuple[str, str], int]] = {}
    for name in columns:
        said = found[name] = {}
        for place, (roles, *_) in enumerate(ways):
            for role in roles:
                said[role] = said.get(role, 0) + int(counted[f"{name} {place}"] or 0)
    return found


def times(condition: nw.Expr) -> nw.Expr:
    """The number of rows in which it holds (as numbers, because Spark adds up no truth values)."""
    return nw.when(condition).then(nw.lit(1)).sum()


def first_row(
    table: Any, wanted: Mapping[str, nw.Expr], texts: Mapping[str, nw.Expr] | None = None
) -> Mapping[str, Any]:
    """What is wanted, `times` each, by its name; a lazy table is gone through.

    `texts` are columns that it is asked of: made once, since many engines look for nothing twice.
    """
    places = {f"at {place}": expression for place, expression in enumerate(wanted.values())}

    def counted(part: Any) -> Any:
        given = nw.from_native(part)
        return (given.with_columns(**texts) if texts else given).select(**places)

    if table.implementation is nw.Implementation.DASK:
        # Each part is a pandas table and is counted as one, as in `quota.bulk.frames.audit`.
        native = table.to_native()
        parts = native.map_partitions(
            lambda part: counted(part).to_native(), meta=dict.fromkeys(places, "int64")
        )
        row = parts.compute().sum().to_dict()
    else:
        found = counted(table.to_native())
        if isinstance(found, nw.LazyFrame):
            streaming = {"engine": "streaming"} if found.implementation.is_polars() else {}
            found = found.collect(None, **streaming)
        row = found.rows(named=True)[0]
    return {name: row[place] for name, place in zip(wanted, places, strict=True)}


def people_in(cell: nw.Expr, most: int, written: Written) -> nw.Expr:
    """The digits of the count in a cell of text, however great; null where it is none, or not known."""
    if written.plain:
        return nw.when(cell.str.contains(f"^{COUNT}$")).then(cell)
    digits = cell.str.contains(f"^{COUNT}$")
    # Engines work out both ways of a choice in every row: only what is not digits is looked at further.
    bare, convention = _bare(nw.when(~digits).then(cell)), written.convention or Convention()
    bare = nw.when(bare.str.contains(f"^{SPACED}(?:[.,].*)?$")).then(_without_spaces(bare)).otherwise(bare)
    zeros = (
        f"[{convention.decimal}]0+" if convention.decimal else _ZEROS if written.convention is None else ""
    )
    whole = bare.str.replace_all(f"{zeros}$", "") if zeros else bare
    either = COUNT
    if convention.thousands:
        mark = f"[{convention.thousands}]"
        whole = whole.str.replace_all(mark, "")
        either = f"(?:{COUNT}|[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}}){{1,4}})"
    sound = bare.str.contains(f"^{either}(?:{zeros})?$")
    if most <= MAX_STAFF:
        sound |= bare.str.contains(_PADDED)
    figure = nw.when(sound).then(whole)
    return nw.when(digits).then(cell).otherwise(figure)


def says_something(cell: nw.Expr, written: Written) -> nw.Expr:
    """Whether a cell of text has a figure, or what should be one: it is not blank, nor a mark for unknown."""
    if written.plain:
        return cell.str.contains("[0-9]")
    text = cell.str.strip_chars(SPACE).str.to_lowercase()
    return text.str.contains(".", literal=False) & ~text.str.contains(_UNKNOWN)


def _bare(cell: nw.Expr) -> nw.Expr:
    """The figure of a cell without the space around it, and without the word for people after it."""
    text = cell.str.strip_chars(SPACE)
    counted = text.str.to_lowercase()
    words = "|".join(_spelled(PEOPLE_WORDS))
    without = counted.str.replace_all(f"[{SPACE}]*(?:{words})[{SPACE}]*[.]?$", "")
    return (
        nw.when(counted.str.contains(f"^[0-9](?:.*[0-9])?[{SPACE}]*(?:{words})[{SPACE}]*[.]?$"))
        .then(without)
        .otherwise(text)
    )


def _without_spaces(text: nw.Expr) -> nw.Expr:
    return text.str.replace_all(f"[{SPACES}]", "")


def _spelled(words: Iterable[str]) -> list[str]:
    """Each word, composed and decomposed."""
    return sorted({unicodedata.normalize(form, word) for word in words for form in ("NFC", "NFD")})


def _escaped(mark: str) -> str:
    return "".join({" ": "[ \t\xa0]+"}.get(sign, f"[{sign}]" if sign in ".?" else sign) for sign in mark)


_MARKS = "|".join(map(_escaped, _spelled(UNKNOWN_MARKS)))
_UNKNOWN = f"^(?:{_MARKS})$"


def _of_both(mark: str, decimal: str) -> str:
    return f"^[0-9]{{1,3}}(?:[.,][0-9]{{3}})*[{mark}][0-9]{{3}}[{decimal}][0-9]+$"


def _groups(mark: str) -> str:
    return f"^[0-9]{{1,3}}(?:[{mark}][0-9]{{3}}){{2,}}$"


def _thousands(mark: str) -> str:
    """One group that is not of three zeros: people are whole."""
    return f"^[1-9][0-9]{{0,2}}[{mark}](?:[1-9][0-9]{{2}}|0[1-9][0-9]|00[1-9])$"


def _decimals(mark: str) -> str:
    """One separator after which are not three digits, or before which thousands cannot stand."""
    return f"^(?:[0-9]+[{mark}](?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0[0-9]*|[0-9]{{4,}})[{mark}][0-9]{{3}})$"


_VOTES = [
    ([("thousands", "."), ("decimal", ",")], _of_both(".", ","), False, True),
    ([("thousands", ","), ("decimal", ".")], _of_both(",", "."), False, True),
    *(([("thousands", mark)], _groups(mark), False, True) for mark in ".,"),
    *(([("thousands", mark)], _thousands(mark), True, False) for mark in ".,"),
    *(([("decimal", mark)], _decimals(mark), True, True) for mark in ".,"),
]
"""What a cell says of separators, the pattern of such cells, whether spaces inside are left out first, and
whether it says so of measures too: only people are whole."""
