"""Dates in a column: year-month-day (ISO) or day/month/year, one convention for the whole column.

`03/04/2026` is 3 April here and March 4th to a spreadsheet with American settings. Which of the two a column
means is decided by its other cells: a day above 12 in first place shows that days come first. A column in
which nothing shows it, or in which something shows the opposite, is refused cell by cell rather than guessed
at; a heading that ends in (dd/mm/yyyy) says it outright, and so does a day in words, whatever is around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.text import Text, say
from quota.tables.columns.cells import CellReader
from quota.tables.columns.headings import DAY_FIRST
from quota.tables.files.raw import Row

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
"""Outside these days a year is mistyped."""

_ISO = pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00:00)?")
_SLASHED = pattern(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_PART = pattern(r"[0-9]+")
_WORDED = pattern(r"(?:ng[àa]y )?([0-9]{1,2}) th[áa]ng ([0-9]{1,2}),? (?:n[ăa]m )?([0-9]{4})")


def read_dates(
    reader: CellReader, rows: Sequence[Row], column: str, *, earliest: date = EARLIEST
) -> Mapping[int, date]:
    """The column's dates by row number. Blank cells, and cells with a problem, are not in it.

    A day before `earliest` is mistyped.
    """
    if column not in reader.columns:
        return {}
    written = [(row, reader.text(row, column)) for row in rows if reader.text(row, column)]
    slashed = [text for _, text in written if _SLASHED.fullmatch(text)]
    iso = [text for _, text in written if _ISO.fullmatch(text)]
    days_first = len(slashed) > len(iso)
    certain = reader.columns.heading(column).strip().casefold().endswith(DAY_FIRST) or _certain(slashed)
    dates: dict[int, date] = {}
    for row, text in written:
        if worded := _WORDED.fullmatch(fold(text)):
            found = _day(*(int(part) for part in reversed(worded.groups()))) or _no_such_day()
        else:
            found = _slashed(text, certain=certain) if days_first else _iso(text)
        if isinstance(found, date):
            found = _believable(found, earliest)
        if isinstance(found, date):
            dates[row.number] = found
        else:
            reader.report(row, column, *found)
    return dates


def _certain(slashed: Sequence[str]) -> bool:
    """Whether some date can only be read with its day first, and none only with its month first."""
    readings = [_readings(text) for text in slashed]
    return any(day_first and not month_first for day_first, month_first in readings) and not any(
        month_first and not day_first for day_first, month_first in readings
    )


def _readings(text: str) -> tuple[date | None, date | None]:
    """The date with its day first, and with its month first."""
    first, second, year = (int(part) for part in _PART.findall(text))
    return _day(year, second, first), _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(text: str) -> date | tuple[str, Text, Text]:
    found = _ISO.fullmatch(text)
    if found is None:
        return _other(slashed=bool(_SLASHED.fullmatch(text)))
    day = _day(*(int(part) for part in found.groups()))
    return day or _no_such_day()


def _slashed(text: str, *, certain: bool) -> date | tuple[str, Text, Text]:
    if not _SLASHED.fullmatch(text):
        return _other(slashed=bool(_ISO.fullmatch(text)))
    day_first, month_first = _readings(text)
    if day_first is None:
        if month_first is None:
            return _no_such_day()
        return (
            "bad-date",
            say("no such day: days come first, and there is no month {n}", n=int(_PART.findall(text)[1])),
            say("if {day} is meant, write {day}", day=month_first),
        )
    if not certain and month_first is not None and month_first != day_first:
        return (
            "ambiguous-date",
            say("{day} or {other}: nothing in the column shows which", day=day_first, other=month_first),
            say("write {day}, or let the heading end in {ending}", day=day_first, ending=DAY_FIRST),
        )
    return day_first


def _other(*, slashed: bool) -> tuple[str, Text, Text]:
    if slashed:
        return (
            "mixed-dates",
            say("written another way than most of the column"),
            say("write all of a column as 2026-01-31, or all as 31/01/2026"),
        )
    return "bad-date", say("not a date"), say("write 2026-01-31 or 31/01/2026")


def _no_such_day() -> tuple[str, Text, Text]:
    return "bad-date", say("no such day"), say("write a day of the calendar: 2026-01-31 or 31/01/2026")


def _believable(day: date, earliest: date) -> date | tuple[str, Text, Text]:
    if earliest <= day <= LATEST:
        return day
    return (
        "absurd",
        say("a day before {first} or after {last} is not believable here", first=earliest, last=LATEST),
        say("check the year"),
    )
