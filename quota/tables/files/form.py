"""The table inside a form: its heading, its rows of units, and what stands around and between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from quota.core.names import fold, without_prefix
from quota.core.text import Text, say
from quota.tables.files.sheets import NotATableError, Remark, Row, Sheet
from quota.tables.files.wordings import BETWEEN, Wordings

_SEARCHED = 60
"""A heading stands within the first so many rows."""

_ORDINAL = re.compile(r"\(?\s*([0-9]{1,2}|[a-z])\s*\)?(?:\s*=.*)?", re.IGNORECASE)
_TOTALS = frozenset(map(fold, ("tổng", "cộng", "total", "grand total", "toàn tỉnh", "toàn thành phố", "sum")))
_TOTAL_STARTS = tuple(map(fold, ("tổng cộng", "tổng số", "cộng toàn", "tổng toàn")))
_MAY_BE_TOTAL = re.compile(r"\s*[tTcCgGsS]").match
# compiled by whoever comes to them: most tables have nothing between their rows
_SECTION = (
    fold("(?:[ivxlc]+|[a-z]|[0-9]+)?[.)]?\\s*(?:các |khu vực|huyện |thành phố |thị xã |quận |cụm |tỉnh )")
    + ".*"
)
_ENUMERATED = r"(?i:(?:[ivx]+|[a-h])[.)/-]\s*\S.*|[ivx]+)"
_NUMBER = re.compile(r"[0-9][0-9., \u00a0]*")

_FIGURES = frozenset(("population", "government", "party", "front"))

LEFT_OUT: dict[str, Text] = {
    "ordinals": say("a row that numbers the columns; left out"),
    "total": say("a row of totals; left out"),
    "section": say("a heading between rows; left out"),
    "heading": say("the heading once more; left out"),
    "below": say("below the table; left out"),
}


class Form(Struct, frozen=True):
    """The table of a sheet: `header` (of one row or two), the row it starts on, and the rows of units."""

    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    totals: tuple[Row, ...] = ()
    """The rows of totals, which are among no units."""


def score(sheet: Sheet, wordings: Wordings, wanted: Sequence[str]) -> tuple[int, int]:
    """How much a sheet looks like the table asked for: wanted columns, all known columns."""
    if not sheet.rows:
        return 0, 0
    place, depth = _heading(sheet.rows, wordings, wanted)
    return _score(_merged(sheet.rows, place, depth), wordings, wanted)


def table_in(sheet: Sheet, wordings: Wordings, wanted: Sequence[str], header_row: int | None = None) -> Form:
    """The table of a sheet; its heading is looked for, or stands on `header_row`.

    Rows that are no unit's (totals, section headings, signatures) are left out, each with a remark. A row
    that could be a unit's never is. Raises `NotATableError` where there is no row to read.
    """
    rows = sheet.rows
    if not rows:
        raise NotATableError(
            "empty", say("the file is empty"), say("it needs a row of headings and rows of units")
        )
    place, depth = (
        _heading(rows, wordings, wanted) if header_row is None else _asked(rows, header_row, wordings, wanted)
    )
    header = _merged(rows, place, depth)
    body = list(rows[place + depth :])
    remarks: list[Remark] = []
    if place:
        above = say(
            "the table's heading is on row {row}; what stands above is left out", row=str(rows[place].number)
        )
        remarks.append(Remark("form", above, row=rows[place].number))
    in_pairs = any(wordings.column_of(cell) == "code_a" for cell in header)  # rows of nothing but numbers
    if body and not in_pairs and _numbers_columns(body[0]):
        remarks.append(_left_out(body.pop(0), "ordinals"))
    kept, left = _units(body, header, rows[place], wordings)
    sums = {remark.row for remark in left if remark.message is LEFT_OUT["total"]}
    if not kept:
        raise NotATableError("empty", say("headings and no rows"), say("add a row for each unit"))
    totals = tuple(row for row in body if row.number in sums)
    return Form(header, rows[place].number, tuple(kept), (*remarks, *left), totals)


def _heading(rows: Sequence[Row], wordings: Wordings, wanted: Sequence[str]) -> tuple[int, int]:
    """Where the heading starts among `rows`, and whether it is one row or two: what knows most columns."""
    first = rows[0].cells
    if all(cell.strip() for cell in first) and all(wordings.column_of(cell) for cell in first[:4]):
        return 0, 1  # nearly every table; the rest is for forms
    best, found = ((0, 0), 0), (0, 1)
    for place in range(min(len(rows), _SEARCHED)):
        for depth in (1, 2):
            if depth == 2 and not _two_rows(rows, place, wordings, wanted):
                continue
            # as many known columns, but on two rows: the groups are needed to tell what stands under them
            known = (_score(_merged(rows, place, depth), wordings, wanted), depth)
            if known[0] > best[0] or (known > best and place == found[0]):
                best, found = known, (place, depth)
    return found


def _asked(
    rows: Sequence[Row], header_row: int, wordings: Wordings, wanted: Sequence[str]
) -> tuple[int, int]:
    place = next((place for place, row in enumerate(rows) if row.number == header_row), None)
    if place is None:
        raise NotATableError("no-header-row", say("row {row} is empty or not there", row=str(header_row)))
    if not _two_rows(rows, place, wordings, wanted):
        return place, 1
    one, two = (_score(_merged(rows, place, depth), wordings, wanted) for depth in (1, 2))
    return place, 2 if two >= one else 1


def _score(header: Sequence[str], wordings: Wordings, wanted: Sequence[str]) -> tuple[int, int]:
    known = {wordings.column_of(cell) for cell in header if cell.strip()} - {None}
    return len(known.intersection(wanted)), len(known)


def _two_rows(rows: Sequence[Row], place: int, wordings: Wordings, wanted: Sequence[str]) -> bool:
    """Whether the next row can be the lower half of a heading: words, under groups or beside merged cells.

    One without a gap could be a heading by itself, with a line of a form's titles above it: it is a lower
    half only where more columns are known under the groups than without them.
    """
    if place + 1 >= len(rows):
        return False
    upper, lower = rows[place].cells, rows[place + 1].cells
    words = [cell for cell in lower if cell.strip()]
    if not 2 <= sum(bool(cell.strip()) for cell in upper) < len(upper):
        return False  # a title, not a group; or a heading with no room for one
    if not words or any(_NUMBER.fullmatch(cell.strip()) for cell in words):
        return False
    if any(not cell.strip() for cell in lower):
        return True
    return _score(_merged(rows, place, 2), wordings, wanted) > _score(lower, wordings, wanted)


def _merged(rows: Sequence[Row], place: int, depth: int) -> tuple[str, ...]:
    """The headings; of two rows, each lower one after the group above it."""
    upper = [" ".join(cell.split()) for cell in rows[place].cells]
    if depth == 1:
        return rows[place].cells
    lower = [" ".join(cell.split()) for cell in rows[place + 1].cells]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    headings, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        headings.append(f"{group}{BETWEEN}{below}" if group and below else below or above)
    return tuple(headings)


def _numbers_columns(row: Row) -> bool:
    """1, 2, 3 … or A, B, 1, 2 … under a heading."""
    found = [_ORDINAL.fullmatch(cell.strip()) for cell in row.cells if cell.strip()]
    if len(found) < 3 or not all(found):
        return False
    numbers = [int(one.group(1)) for one in found if one and one.group(1).isdigit()]
    return bool(numbers) and all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _units(
    body: Sequence[Row], header: Sequence[str], heading: Row, wordings: Wordings
) -> tuple[list[Row], list[Remark]]:
    index = {
        column: place
        for place, cell in reversed(list(enumerate(header)))
        if (column := wordings.column_of(cell))
    }
    if not _FIGURES.intersection(index):
        return list(body), []  # a table of something else: which of its rows say nothing is not known here
    code = index.get("code")
    kept: list[Row] = []
    left: list[Remark] = []
    trailing: list[Row] = []
    for row in body:
        cells = row.cells
        coded = code is not None and code < len(cells) and cells[code].strip().isdigit()
        kind = None if coded and not _sums(cells) else _kind(row, index, heading)
        if kind == "below?":
            trailing.append(row)
            continue
        if kind is not None:
            left.append(_left_out(row, kind))
            continue
        if trailing:  # what seemed to stand below the table stands inside it: every row of it is looked at
            kept += trailing
            trailing = []
        kept.append(row)
    if not kept:
        return trailing, left
    left += [_left_out(row, "below") for row in trailing]
    return kept, left


def _sums(cells: Sequence[str]) -> bool:
    return any(map(_is_total, filter(_MAY_BE_TOTAL, cells[:3])))


def _kind(row: Row, index: dict[str, int], heading: Row) -> str | None:
    """What a row is if it is no unit's: one of LEFT_OUT, or "below?" if only its place can tell."""

    def cell(column: str) -> str:
        place = index.get(column)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    texts = [text for one in row.cells if (text := one.strip())]
    if row.cells == heading.cells:
        return "heading"
    code, name = cell("code"), cell("name")
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    if (
        words
        and _MAY_BE_TOTAL(words[0])
        and _is_total(words[0])
        and not (code.isdigit() and name and code != name)
    ):
        return "total"
    figures = any(_NUMBER.fullmatch(cell(one)) for one in _FIGURES)
    if (code and code not in words) or figures or cell("type") or _says_type(name):
        return None
    if "code" not in index and name and "population" not in index:
        return None if len(texts) > 1 else _section(texts)
    return _section(texts) or "below?"


def _section(texts: Sequence[str]) -> str | None:
    if len(texts) > 2:
        return None
    text = fold(" ".join(texts))
    return "section" if re.fullmatch(_SECTION, text) or re.fullmatch(_ENUMERATED, text) else None


@lru_cache(maxsize=256)  # types of unit, nearly always
def _is_total(text: str) -> bool:
    folded = fold(text).strip(" :.")
    return folded in _TOTALS or folded.startswith(_TOTAL_STARTS)


def _says_type(name: str) -> bool:
    folded = fold(name)
    return without_prefix(folded) != folded


def _left_out(row: Row, kind: str) -> Remark:
    value = next((cell.strip() for cell in row.cells if cell.strip()), None)
    return Remark("left-out", LEFT_OUT[kind], row=row.number, value=value)
