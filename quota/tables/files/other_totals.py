"""Rows of totals in tables of something else than units' figures: positions, needs, departments' people.

"Cộng" under a unit's positions is no position, and "Tổng cộng" no department. A row that says so is a total
where its counts are the sums of rows around it; where they are not, the table is refused, since nothing tells
whether a row is missing or the word means something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.text import say
from quota.tables.files.body import is_a_sum, is_total
from quota.tables.files.sheets import NotATableError, Row

_COUNTS = frozenset(("in_post", "needed", "people", "transfer", "secondment", "stuck"))
_WORDS = frozenset(
    ("code", "name", "bloc", "field", "fields", "post", "department", "office", "home", "host")
)
_ENDS = frozenset(("from_code", "from_name", "from_group", "to_code", "to_name", "to_group"))
_MORE_TOTALS = frozenset(map(fold, ("cộng chung", "tổng chung", "tổng hợp", "toàn ngành", "tất cả")))
_COUNT = pattern(r"[-+]?([0-9][0-9., \u00a0]*)(?:[^0-9].*)?")


def other_totals(body: Sequence[Row], columns: Sequence[str | None]) -> list[str | None]:
    """For each row "total" where it is one, else None.

    Raises `NotATableError` for a row that is called a total and is no sum of the rows around it. Lists of
    people one by one have no sums: each of their rows is a person's, or asked about.
    """
    index = {column: place for place, column in reversed(list(enumerate(columns))) if column}
    counts = [index[column] for column in sorted(_COUNTS.intersection(index))]
    words = [index[column] for column in sorted((_WORDS | _ENDS).intersection(index))]
    kinds: list[str | None] = [None] * len(body)
    if not counts or "full_name" in index:
        return kinds
    called = {place: text for place, row in enumerate(body) if (text := _called(row, words)) is not None}
    if not called:
        return kinds
    leaves = [place for place in range(len(body)) if place not in called]
    figures = [_counts(row, counts) for row in body]
    for place, text in called.items():
        is_plan = "stage" in index and not _ENDS.isdisjoint(index)  # its people are of lines of many kinds
        if not is_plan and any(figures[place]) and not is_a_sum(place, figures, leaves, list(called)):
            raise NotATableError(
                "not-a-sum",
                say(
                    '"{text}" stands for a sum, and its figures are not that of the rows around it', text=text
                ),
                say("correct the figures, or remove the row"),
                row=body[place].number,
            )
        kinds[place] = "total"
    return kinds


def _called(row: Row, words: Sequence[int]) -> str | None:
    """The text that calls a row a total; None where none does."""
    texts = (row.cells[place].strip() for place in words if place < len(row.cells))
    return next((text for text in texts if is_total(text) or fold(text).strip(" :.") in _MORE_TOTALS), None)


def _counts(row: Row, counts: Sequence[int]) -> list[int | None]:
    return [_whole(row.cells[place].strip()) if place < len(row.cells) else None for place in counts]


def _whole(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    digits = "".join(filter(str.isdecimal, found[1])) if found else ""
    return int(digits) if digits.isascii() and 0 < len(digits) < 16 else None
