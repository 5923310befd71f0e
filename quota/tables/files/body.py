"""What each row under a heading is: a unit's, or a section, a sum, a department, a signature.

It is decided by the whole table. In a table whose rows name their units' types (Xã, Phường, UBND phường …), a
row that does not is none's: its figures show whether it is a sum of the rows around it. Where its figures are
no such sum, the row stays, so that its reader asks about it: no row that could be a unit's is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import ne

from quota.core.blocs import BLOCS
from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, type_in_name
from quota.tables.files.sheets import Row

_TOTALS = frozenset(
    map(fold, ("tổng", "cộng", "total", "totals", "grand total", "toàn tỉnh", "toàn thành phố", "sum"))
)
_TOTAL_STARTS = tuple(
    map(
        fold,
        (
            "tổng cộng",
            "tổng số",
            "cộng toàn",
            "tổng toàn",
            "tổng i",
            "cộng trang",
            "cộng mục",
            "cộng chuyển trang",
            "mang sang",
            "total (i",
        ),
    )
)
_MAY_BE_TOTAL = re.compile(r"\s*[tTcCgGsSmM]").match
_AREAS = fold("các |khu vực|địa bàn |huyện |thành phố |thị xã |quận |cụm |tỉnh |cấp ")
_SECTION = pattern(rf"(?:[ivxlc]+|[a-z]|[0-9]+)?[.)]?\s*(?:{_AREAS}).*")
_ENUMERATED = pattern(r"(?i:(?:[ivx]+|[a-h])[.)/-]\s*\S.*|[ivx]+)")
_ROMAN = pattern(r"(?:[ivxlc]+|[a-h])[.)]?", re.IGNORECASE)
_LEVEL_NUMERAL = pattern(r"[IVX]{1,4}[.)]?")
_LEVEL = pattern(
    fold(r"(?:(cấp tỉnh|cấp thành phố|khối tỉnh|provincial level)|cấp xã|khối xã|commune level)\b.*")
)
_DEPARTMENT = pattern(
    fold(r"(?:sở|ban|chi cục|cục|thanh tra|trung tâm|văn phòng|báo|trường|hội|liên đoàn|tòa án|viện)\s.+")
)
_RESERVE = pattern(fold(r"(?:[ivx]+[.)]?\s*)?(?:dự phòng|biên chế dự phòng|reserve)\b.*"))
_NUMBER = pattern(r"[-+]?[0-9][0-9., \u00a0]*")
FIGURES = frozenset(("population", *BLOCS))
_SHORT = 3
"""Digits of the code of a province or a former district; a unit has five, fewer where it lost its zeros."""


def kinds_of(body: Sequence[Row], columns: Sequence[str | None], heading: Sequence[Row]) -> list[str | None]:
    """For each row what it is if it is no unit's, one of `form.LEFT_OUT`; None for a unit's row.

    `heading` has the rows of the table's heading, which may be between the units once more.
    """
    index = {column: place for place, column in reversed(list(enumerate(columns))) if column}
    if _all_coded(body, index):
        return [None] * len(body)
    said = frozenset(map(texts_of, heading))
    rows = [_Read(row, index, said) for row in body]
    leaves = [row for row in rows if row.has_figures and not row.is_total and not row.is_no_unit]
    typed = sum(row.has_type for row in leaves) * 2 > len(leaves)
    kinds = [_kind(row, index, typed=typed) for row in rows]
    kinds = _by_sections(rows, kinds) if typed else kinds
    places = [place for place, kind in enumerate(kinds) if kind == "sum?"]
    if places:
        columns_of_figures = sorted({place for row in rows for place in row.figures})
        figures = [[_whole(row.figures.get(place, "")) for place in columns_of_figures] for row in rows]
        units = [place for place, kind in enumerate(kinds) if kind in (None, "department")]
        for place in places:
            breaks = [other for other, kind in enumerate(kinds) if kind in ("sum?", "section", "total")]
            kinds[place] = "subtotal" if is_a_sum(place, figures, units, breaks) else None
    last = max((place for place, kind in enumerate(kinds) if kind is None), default=-1)
    # where types are in a column of their own, a row with a name alone could be a unit's
    all_typed = all(row.name_says_type for row, kind in zip(rows, kinds, strict=True) if kind is None)
    return [
        (None if place < last and not all_typed else "below") if kind == "below?" else kind
        for place, kind in enumerate(kinds)
    ]


def sums_in(body: Sequence[Row], kinds: Sequence[str | None]) -> tuple[tuple[Row, tuple[Row, ...]], ...]:
    """The rows of sums of a form that is parted into levels, each with the rows it is of.

    A level's is of the units and departments under it, up to the next level, sum or reserve; the total is of
    all of them and of the reserve.
    """
    if "level" not in kinds:
        return ()
    leaves = [place for place, kind in enumerate(kinds) if kind in (None, "department")]
    breaks = [place for place, kind in enumerate(kinds) if kind not in (None, "department", "heading")]
    found: list[tuple[Row, tuple[Row, ...]]] = []
    for place, kind in enumerate(kinds):
        if kind == "total":
            members = [leaf for leaf, kind in enumerate(kinds) if kind in (None, "department", "reserve")]
        elif kind == "level":
            after = next((other for other in breaks if other > place), len(body))
            members = [leaf for leaf in leaves if place < leaf < after]
        else:
            continue
        if members:
            found.append((body[place], tuple(body[member] for member in members)))
    return tuple(found)


def _by_sections(rows: Sequence[_Read], kinds: Sequence[str | None]) -> list[str | None]:
    """The kinds, settled where Roman numerals part the table into levels: I. Cấp tỉnh, II. Cấp xã.

    The row of a level is a sum whatever its figure is: that is held against its rows later. Under the
    province's level every row without a unit's type is a department.
    """
    settled, provincial = list(kinds), False
    for place, row in enumerate(rows):
        level = _LEVEL.fullmatch(fold(row.name)) if row.is_roman and not row.has_code else None
        if level is not None:
            provincial = level.group(1) is not None
            settled[place] = "level" if row.has_figures else "section"
        elif kinds[place] in ("reserve", "total") or row.is_roman:
            provincial = False
        elif provincial and kinds[place] in ("sum?", "below?", None) and _is_numbered(row):
            settled[place] = "department"
    return settled


def _is_numbered(row: _Read) -> bool:
    """Whether a row is one of a numbered list, and no unit's."""
    return bool(row.name) and row.texts[0].isdigit() and not row.has_type and not row.has_code


def _all_coded(body: Sequence[Row], index: Mapping[str, int]) -> bool:
    """Whether every row has a code and a name beside it: a unit's row, whatever its name looks like.

    Most tables are so, and `_kind` would say the same of each row in fifty times the time.
    """
    if "code" not in index or "name" not in index:
        return False
    code, name = index["code"], index["name"]
    most = max(code, name)
    cells = [row.cells for row in body]
    if any(len(each) <= most for each in cells):
        return False
    codes = [each[code].strip() for each in cells]
    names = [each[name].strip() for each in cells]
    if "type" not in index and min(map(len, codes), default=0) <= _SHORT and max(map(len, codes)) > _SHORT:
        return False  # that of a province, or of a former district, may be among them
    return all(map(str.isdigit, codes)) and all(names) and all(map(ne, codes, names))


def texts_of(row: Row) -> tuple[str, ...]:
    """The texts of a row, whatever the space around and between their words."""
    return tuple(" ".join(cell.split()) for cell in row.cells)


class _Read:
    """A row and what its cells say of what it is."""

    def __init__(self, row: Row, index: Mapping[str, int], heading: frozenset[tuple[str, ...]]) -> None:
        self.cells, self.index = row.cells, index
        self.is_heading = texts_of(row) in heading
        self.texts = [text for cell in row.cells if (text := cell.strip())]
        self.name, self.code = self.cell("name"), self.cell("code")
        self.has_code = self.code.isdigit()
        figures = {place: self.cell(column) for column, place in index.items() if column in FIGURES}
        self.figures = {place: text for place, text in figures.items() if text}
        self.has_figures = any(_NUMBER.fullmatch(text) for text in self.figures.values())
        self.type_is_said = _is_type(self.cell("type"))
        self.name_says_type = bool(self.name) and type_in_name(spelled_out(self.name)) is not None
        self.has_type = self.name_says_type or (bool(self.name) and self.type_is_said)
        words = [text for text in self.texts if not _NUMBER.fullmatch(text)]
        self.is_total = bool(words) and any(_MAY_BE_TOTAL(word) and is_total(word) for word in words[:2])

        said = fold(self.name or next(iter(words), ""))
        self.is_reserve = bool(_RESERVE.fullmatch(said))
        self.is_department = not self.has_type and bool(_DEPARTMENT.fullmatch(said))
        self.is_roman = any(_LEVEL_NUMERAL.fullmatch(text) for text in self.texts[:1])
        self.is_numbered = any(_ROMAN.fullmatch(text) for text in self.texts[:1])
        self.is_no_unit = self.is_reserve or self.is_department or self.is_numbered

    def cell(self, column: str) -> str:
        place = self.index.get(column)
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""


def _kind(row: _Read, index: Mapping[str, int], *, typed: bool) -> str | None:
    """What a row is by itself; "sum?" and "below?" are for the rows around it to decide."""
    if row.is_heading:
        return "heading"
    named_unit = row.has_code and row.name and row.code != row.name
    if row.is_total and not named_unit and not row.has_type:
        return "total"
    if row.has_type or row.has_code:
        # the province, or a former district, may have a code
        is_upper = not row.has_type and len(row.code) <= _SHORT and typed and "type" not in index
        return "sum?" if is_upper and row.name and row.has_figures else None
    if row.is_reserve and any(_NUMBER.fullmatch(text) for text in row.texts):
        return "reserve"
    if row.has_figures or row.type_is_said:
        return _with_figures(row, typed=typed)
    alone = "code" not in index and row.name and "population" not in index and not typed
    return section_of(row.texts) or (None if alone else "below?")


def _with_figures(row: _Read, *, typed: bool) -> str | None:
    """What a row is that has figures, and neither a code nor a name that says a unit's type."""
    if row.is_department and typed:
        return "department"
    return "sum?" if typed or row.is_numbered else None


def section_of(texts: Sequence[str]) -> str | None:
    """ "section" where the texts of a row are a heading between rows: an area, or I. and what follows."""
    if len(texts) > 2:
        return None
    text = fold(" ".join(texts))
    if _SECTION.fullmatch(text) or _ENUMERATED.fullmatch(text):
        return "section"
    return "section" if len(texts) == 2 and _ROMAN.fullmatch(texts[0]) else None


@lru_cache(maxsize=64)
def _is_type(text: str) -> bool:
    """Whether a cell is a word for a type of unit: xã, P., commune."""
    return bool(text) and (type_in_name(f"{text} X") is not None or fold(text).rstrip(".") in _TYPE_WORDS)


_TYPE_WORDS = frozenset(("commune", "ward", "special zone", "special_zone", "x", "p", "đk"))


@lru_cache(maxsize=256)  # types of unit, nearly always
def is_total(text: str) -> bool:
    """Whether a cell says nothing but that its row is a total."""
    folded = fold(text).strip(" :.")
    return folded in _TOTALS or folded.startswith(_TOTAL_STARTS)


def is_a_sum(
    place: int, figures: Sequence[Sequence[int | None]], leaves: Sequence[int], breaks: Sequence[int]
) -> bool:
    """Whether a row's figures are sums: of all `leaves`, of those under it, or of those above it.

    Those under it go up to the next of the `breaks`, which are in order, those above it back to the last.
    """
    after = next((other for other in breaks if other > place), len(figures))
    before = max((other for other in breaks if other < place), default=-1)
    spans = ((-1, len(figures)), (place, after), (before, place))
    parts = ([figures[leaf] for leaf in leaves if start < leaf < end] for start, end in spans)
    return any(members and _adds_up(figures[place], members) for members in parts)


def _adds_up(said: Sequence[int | None], members: Sequence[Sequence[int | None]]) -> bool:
    """Whether every figure that a row gives is the sum of its members', and it gives one."""
    given = [(column, figure) for column, figure in enumerate(said) if figure is not None]
    return bool(given) and all(
        figure == sum(member[column] or 0 for member in members) for column, figure in given
    )


def _whole(text: str) -> int | None:
    """A figure without what is between its thousands: good enough to see a sum by."""
    digits = re.sub(r"[., \u00a0]", "", text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
