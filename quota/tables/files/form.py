"""The table inside a form: its heading, its rows of units, and what is around and between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quota.core.characters import pattern
from quota.core.text import Text, say
from quota.tables.files.body import FIGURES, kinds_of, sums_in
from quota.tables.files.heading import (
    asked_heading,
    find_heading,
    merged,
    refuse_groups_off_their_columns,
    row_above,
    titles_above,
    width_of,
)
from quota.tables.files.roles import Captioned, Measure, assigned_blocs
from quota.tables.files.sheets import NotATableError, Remark, Row, Sheet
from quota.tables.files.wordings import Wordings

POSTS = "posts"
"""Wanted by a reader of posts that no bloc has, as departments' are: any heading of posts is read then."""
_ORDINAL = pattern(r"\(?\s*([0-9]{1,2}|[a-z])\s*\)?(?:\s*=.*)?", re.IGNORECASE)
LEFT_OUT: dict[str, Text] = {
    "ordinals": say("a row that numbers the columns; left out"),
    "total": say("a row of totals; left out"),
    "subtotal": say("a sum of the rows around it; left out"),
    "part": say("a part of the row above; left out"),
    "level": say("a sum of the rows under it; left out"),
    "department": say("a department's row, no unit's; left out"),
    "reserve": say("the reserve, no unit's; left out"),
    "section": say("a heading between rows; left out"),
    "heading": say("the heading once more; left out"),
    "below": say("below the table; left out"),
}


class Form(Captioned, frozen=True):
    """The table of a sheet: `header` (the path above each column), its first row, and the rows of units."""

    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    totals: tuple[Row, ...] = ()
    """The rows of totals, which are among no units."""
    reserve: tuple[Row, ...] = ()
    """The rows of posts that are kept back."""
    titled: str | None = None
    """The bloc whose posts the title says that the table grants, where no heading says it."""
    sums: tuple[tuple[Row, tuple[Row, ...]], ...] = ()
    """Of a table that is parted into levels each row of a sum, and the rows that it is of."""


def table_in(sheet: Sheet, wordings: Wordings, wanted: Sequence[str], header_row: int | None = None) -> Form:
    """The table of a sheet; its heading is looked for, or is on `header_row`.

    Rows that are no unit's (totals, section headings, signatures) are left out, each with a remark. A row
    that could be a unit's never is. Raises `NotATableError` where there is no row to read.
    """
    rows = sheet.rows
    if not rows:
        raise NotATableError(
            "empty", say("the file is empty"), say("it needs a row of headings and rows of units")
        )
    place, depth = (
        find_heading(rows, wordings, wanted)
        if header_row is None
        else asked_heading(rows, header_row, wordings, wanted)
    )
    refuse_groups_off_their_columns(rows[place : place + depth])
    header = merged(rows, place, depth)
    body = list(rows[place + depth :])
    remarks: list[Remark] = []
    if place:
        if header_row is None and (above_it := row_above(rows, (place, depth), wordings)) is not None:
            raise NotATableError(
                "two-tables",
                say(
                    "this row is of a table above the heading on row {row}, which has other columns",
                    row=str(rows[place].number),
                ),
                say("put each table on a sheet of its own, all under the same columns, or keep one of them"),
                row=above_it,
                sheet=sheet.name,
            )
        above = say(
            "the table's heading is on row {row}; what stands above is left out", row=str(rows[place].number)
        )
        remarks.append(Remark("form", above, row=rows[place].number))
    granting, named, titled, year = False, None, None, wordings.known_year
    titles = titles_above(rows, place, sheet.name)
    if titles:
        from quota.tables.files.said.titles import granted_bloc, grants  # hundreds of words; few CSV files

        granting, named = any(grants(title, year) for title in titles), granted_bloc(titles)
    columns = wordings.columns_of(header, granting=granting)
    in_pairs = "code_a" in columns  # rows of nothing but numbers
    width = width_of(header, body)
    while body and not in_pairs and _numbers_columns(body[0], width):
        remarks.append(_left_out(body.pop(0), "ordinals"))
    if FIGURES.isdisjoint(columns):  # the figures of a table of assigned posts are these
        titled = named
        posts = assigned_blocs(
            header, columns, wordings.blocs, wordings.words, granting=granting, titled=titled
        )
        columns = tuple(bloc or column for column, bloc in zip(columns, posts, strict=True))
    if FIGURES.isdisjoint(columns):
        from quota.tables.files.other_totals import other_totals  # as above

        meant = with_posts(columns, header, wordings, wanted)
        width = _as_wide_as_wanted(width, meant, wanted)
        kinds = other_totals(_within(body, width), meant, _within(rows[place : place + depth], width))
    else:
        kinds = kinds_of(body, columns, rows[place : place + depth])
    kept = tuple(row for row, kind in zip(body, kinds, strict=True) if kind is None)
    left = [(row, kind) for row, kind in zip(body, kinds, strict=True) if kind is not None]
    if not kept:
        raise NotATableError("empty", say("headings and no rows"), say("add a row for each unit"))
    others = any(kind in ("department", "reserve") for _, kind in left)  # a total is of them as well
    between = [row for row, kind in left if kind in ("section", "below") and row.number < kept[-1].number]
    headings = [" ".join(filter(None, map(str.strip, row.cells))) for row in between]
    said = Captioned()
    if titles or headings:
        from quota.tables.files.said.around import captioned  # as above

        _refuse_other_times(between, kept[0].number)
        said = captioned(titles, headings, wordings.words, year)
    return Form(
        header,
        rows[place].number,
        kept,
        (*remarks, *(_left_out(row, kind) for row, kind in left)),
        tuple(row for row, kind in left if kind == "total" and not others),
        tuple(row for row, kind in left if kind == "reserve"),
        titled,
        sums_in(body, kinds),
        **said.captions(),
    )


def with_posts(
    columns: Sequence[str | None], header: Sequence[str], wordings: Wordings, wanted: Sequence[str]
) -> Sequence[str | None]:
    """The columns that headings mean; where `POSTS` are wanted, other headings of posts mean these."""
    if POSTS not in wanted:
        return columns
    return [
        POSTS
        if column is None and wordings.role_of(heading).measure in (Measure.ASSIGNED, Measure.PRESENT)
        else column
        for column, heading in zip(columns, header, strict=True)
    ]


def _refuse_other_times(between: Sequence[Row], first: int) -> None:
    """Raise `NotATableError` where a row among the units says nothing but a time: "NĂM 2024".

    What is under it is the same table at another time. A time above the first unit is that of all.
    """
    from quota.tables.files.said.times import is_time_alone  # as above

    for row in between:
        text = " ".join(filter(None, map(str.strip, row.cells)))
        if row.number > first and is_time_alone(text):
            raise NotATableError(
                "another-time",
                say(
                    '"{text}" stands among the units: what is under it seems to be of another time', text=text
                ),
                say("keep the rows of one time, or put each time on a sheet of its own"),
                row=row.number,
            )


def _as_wide_as_wanted(width: int, columns: Sequence[str | None], wanted: Sequence[str]) -> int:
    """The width with each wanted column that is only behind the empty one: the table goes on there."""
    before = columns[:width]
    behind = [column in wanted and column not in before for column in columns]
    return max((place for place, is_wanted in enumerate(behind, start=1) if is_wanted), default=width)


def _within(rows: Sequence[Row], width: int) -> Sequence[Row]:
    """The rows as far as the table goes."""
    return [Row(row.number, row.cells[:width]) for row in rows]


def _numbers_columns(row: Row, width: int) -> bool:
    """1, 2, 3 … or A, B, 1, 2 … under a heading."""
    found = [_ORDINAL.fullmatch(cell.strip()) for cell in row.cells[:width] if cell.strip()]
    if len(found) < 3 or not all(found):
        return False
    numbers = [int(ordinal.group(1)) for ordinal in found if ordinal and ordinal.group(1).isdigit()]
    return bool(numbers) and all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _left_out(row: Row, kind: str) -> Remark:
    value = None  # what is below a table may be a person's name
    if kind != "below":
        value = next((cell.strip() for cell in row.cells if cell.strip()), None)
    return Remark("left-out", LEFT_OUT[kind], row=row.number, value=value)
