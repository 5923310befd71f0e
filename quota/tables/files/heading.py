"""The heading of a form: where it starts, over how many rows it goes, and the path above each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.text import say
from quota.tables.files.body import section_of
from quota.tables.files.roles import BETWEEN
from quota.tables.files.sheets import NotATableError, Row
from quota.tables.files.wordings import Wordings, heading_key

_SEARCHED = 60
"""A heading is within as many rows from the top."""
_DEEPEST = 4
"""Rows of one heading: a title over all columns, groups, their parts, what is counted."""

_NUMBER = pattern(r"[-+]?[0-9][0-9., \u00a0]*%?")
_YEAR = pattern(r"(?:19|20)[0-9]{2}")
_IDENTITIES = frozenset(("name", "code", "full_name"))


def find_heading(rows: Sequence[Row], wordings: Wordings, wanted: Sequence[str]) -> tuple[int, int]:
    """Where the heading starts among `rows`, and over how many it goes: what knows most columns."""
    first = rows[0].cells
    if all(cell.strip() for cell in first) and all(wordings.columns_of(first)[:4]):
        return 0, depth_at(rows, 0, wordings, wanted)  # nearly every table; the rest is for forms
    best, found = ((0, 0, 0), -1), (0, 1)
    for place in range(min(len(rows), _SEARCHED)):
        depth = depth_at(rows, place, wordings, wanted)
        known = (score_of(merged(rows, place, depth), wordings, wanted), -depth)
        within = found[0] < place < found[0] + found[1]
        if (
            within
            and _names_units(rows, found, wordings)
            and not _names_units(rows, (place, depth), wordings)
        ):
            continue  # the lower row of a heading, read without the units' names beside it
        is_later = not within and best > ((0, 0, 0), -1)
        if is_later and (
            _has_a_number(rows[place].cells) or _is_again(rows, (place, depth), found, wordings)
        ):
            continue  # a row, or the heading once more: what is under the first is not above it
        if known > best and known[0] > (0, 0, 0):
            best, found = known, (place, depth)
    return found


def _names_units(rows: Sequence[Row], heading: tuple[int, int], wordings: Wordings) -> bool:
    return not _IDENTITIES.isdisjoint(wordings.columns_of(merged(rows, *heading)))


def _is_again(
    rows: Sequence[Row], heading: tuple[int, int], first: tuple[int, int], wordings: Wordings
) -> bool:
    """Whether a heading knows no column that the first one does not, or has the same cells as far as it goes.

    What is behind an empty column may be a row of another table.
    """
    paths = [merged(rows, *which) for which in (heading, first)]
    known, of_first = ({*wordings.columns_of(path)} - {None} for path in paths)
    if known <= of_first:
        return True
    width = width_of(paths[1], rows[sum(first) :])
    below, above = (rows[place].cells[:width] for place, _ in (heading, first))
    return [" ".join(cell.split()) for cell in below] == [" ".join(cell.split()) for cell in above]


def width_of(header: Sequence[str], body: Sequence[Row]) -> int:
    """How many columns are before the first empty one, behind which another table may be."""
    for place, heading in enumerate(header[1:-1], start=1):
        if not heading and not any(row.cells[place : place + 1] not in ((), ("",)) for row in body):
            return place
    return len(header)


def row_above(rows: Sequence[Row], heading: tuple[int, int], wordings: Wordings) -> int | None:
    """The number of the first row of a table above the heading that has two of its columns, if there is any.

    Such a table has other columns as well, or another order: its rows cannot be read under this heading.
    """
    wanted = set(filter(None, _meant(rows, heading, wordings)))
    for place in range(heading[0] - 1):
        depth = depth_at(rows, place, wordings, ())
        meant = _meant(rows, (place, depth), wordings)
        shared = [column for column, means in enumerate(meant) if means in wanted]
        if len({meant[column] for column in shared}) < 2:
            continue
        for row in rows[place + depth : heading[0]]:
            if sum(bool("".join(row.cells[column : column + 1]).strip()) for column in shared) > 1:
                return row.number
    return None


def _meant(rows: Sequence[Row], heading: tuple[int, int], wordings: Wordings) -> list[str | None]:
    """The column that each heading means, or else its words; None where it is empty or numbers rows."""
    header = merged(rows, *heading)
    return [
        column or (None if wordings.role_of(path).thing == "ordinal" else heading_key(path) or None)
        for path, column in zip(header, wordings.columns_of(header), strict=True)
    ]


def asked_heading(
    rows: Sequence[Row], header_row: int, wordings: Wordings, wanted: Sequence[str]
) -> tuple[int, int]:
    """The heading that starts on this row of the sheet; `NotATableError` where there is none."""
    place = next((place for place, row in enumerate(rows) if row.number == header_row), None)
    if place is None:
        raise NotATableError("no-header-row", say("row {row} is empty or not there", row=str(header_row)))
    return place, depth_at(rows, place, wordings, wanted)


def score_of(header: tuple[str, ...], wordings: Wordings, wanted: Sequence[str]) -> tuple[int, int, int]:
    """How many of the wanted columns a heading knows, how many columns it has once, how many it knows."""
    known = Counter(column for column in wordings.columns_of(header) if column is not None)
    once = sum(times == 1 for times in known.values())
    return len(known.keys() & set(wanted)), once, len(known)


def depth_at(rows: Sequence[Row], place: int, wordings: Wordings, wanted: Sequence[str]) -> int:
    """Over how many rows a heading that starts at `place` goes."""
    depth = 1
    while place + depth < len(rows) and depth < _DEEPEST and _goes_on(rows, place, depth, wordings, wanted):
        depth += 1
    return depth


def _goes_on(rows: Sequence[Row], place: int, depth: int, wordings: Wordings, wanted: Sequence[str]) -> bool:
    """Whether the next row is part of the heading: words under groups, nothing under the unit's name.

    Where the heading so far names no unit, a row with a cell in every column could be a heading by itself,
    under a line of titles: it is a lower row only where more columns are known under the groups.
    """
    upper, lower = rows[place].cells, rows[place + depth].cells
    filled = [cell.strip() for cell in lower if cell.strip()]
    words = [text for text in filled if not _YEAR.fullmatch(text)]
    if not filled or any(_NUMBER.fullmatch(text) for text in words) or _has_a_number(upper):
        return False
    room = sum(bool(cell.strip()) for cell in upper)
    if room < 2 or (len(filled) == 1 and section_of(filled)):
        return False  # a title, not a group; "II. Các phường" over the rows, in whatever column
    header = merged(rows, place, depth)
    identities = [column for column, meant in enumerate(wordings.columns_of(header)) if meant in _IDENTITIES]
    # what is under "STT" numbers a row, or is a heading between rows
    ordinals = [column for column, path in enumerate(header) if wordings.role_of(path).thing == "ordinal"]
    below = all(_is_blank(lower, column, header) for column in (*identities, *ordinals))
    # several years below a group are its parts
    if identities or not (below and words):
        return bool(identities) and below and (bool(words) or len(filled) > 1)
    if room >= max(len(upper), 3):
        return False  # a heading with no room for groups
    if any(not cell.strip() for cell in lower):
        return True
    with_it = score_of(merged(rows, place, depth + 1), wordings, wanted)
    return with_it > score_of(tuple(lower), wordings, wanted)


def _has_a_number(cells: Sequence[str]) -> bool:
    """Whether a number that is no year is among the cells: a row of units over a heading has a code."""
    texts = (cell.strip() for cell in cells)
    return any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)


def _is_blank(cells: Sequence[str], column: int, header: Sequence[str]) -> bool:
    """Whether nothing is under a heading, or the heading once more, as where merged cells were filled."""
    text = cells[column].strip() if column < len(cells) else ""
    return not text or " ".join(text.split()) in header[column].split(BETWEEN)


def merged(rows: Sequence[Row], place: int, depth: int) -> tuple[str, ...]:
    """The path above each column: a group goes on to the right until the next one, within its own group."""
    if depth == 1:
        return rows[place].cells
    block = [[" ".join(cell.split()) for cell in row.cells] for row in rows[place : place + depth]]
    width = max(map(len, block))
    block = [[*cells, *[""] * (width - len(cells))] for cells in block]
    paths: list[list[str]] = [[] for _ in range(width)]
    starts = [0] * width  # where the innermost group above each column starts
    for level, cells in enumerate(block):
        nearest = -1
        for column, cell in enumerate(cells):
            nearest = column if cell else nearest
            if nearest < starts[column]:
                continue
            starts[column] = nearest
            has_below = any(lower[column] for lower in block[level + 1 :])
            if (cell or has_below) and paths[column][-1:] != [cells[nearest]]:
                paths[column].append(cells[nearest])
    return tuple(BETWEEN.join(path) for path in paths)


def refuse_groups_off_their_columns(rows: Sequence[Row]) -> None:
    """Raise `NotATableError` where a heading's groups are over the middle of their columns.

    Of such groups all end with what stands before the first of them, and the last one lacks just that:
    Giao, *Có mặt*, Giao, *Có mặt* under two groups that are written where the stars are.
    """
    for above, below in pairwise(rows):
        width = max(len(above.cells), len(below.cells))
        upper, lower = (
            [fold(cell) for cell in (*row.cells, *[""] * width)][:width] for row in (above, below)
        )
        start = next((place for place in range(width) if upper[place] and lower[place]), width)
        before = list(takewhile(bool, ("" if upper[at] else lower[at] for at in reversed(range(start)))))
        groups: list[list[str]] = []
        for group, part in zip(upper[start:], lower[start:], strict=True):
            if group or not part:
                groups.append([])
            groups[-1] += [part] if part else []
        first, *others = [group for group in groups if group] or [[]]
        for length in range(1, min(len(before), len(first) - 1) + 1):
            lacking, kept = before[:length][::-1], first[:-length]
            *middle, last = others or [[]]
            is_last = last[: len(kept)] == kept and last[: len(first)] != first
            if first[-length:] == lacking and is_last and all(group == first for group in middle):
                raise NotATableError(
                    "heading-groups",
                    say(
                        '"{group}" seems to stand over the middle of its columns, not over the first',
                        group=above.cells[start].strip(),
                    ),
                    say("merge each group's heading over its columns, or write it over the first of them"),
                    row=above.number,
                )


def titles_above(rows: Sequence[Row], place: int, sheet: str | None) -> list[str]:
    """What is above the heading, and the sheet's name: the texts that say what the table is about."""
    texts = [*(cell for row in rows[:place] for cell in row.cells), sheet or ""]
    return [text for text in texts if text.strip()]
