"""Official codes that a spreadsheet made numbers or dates of, without their leading zeros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, tidied, without_prefix
from quota.core.problems import Severity
from quota.core.text import Text, say
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row
from quota.tables.shipped.country import country, official_codes

LENGTH = 5
"""An official code of a commune-level unit has five digits."""

_NUMBER = pattern(r"([0-9]{1,5})(?:\.0+)?")
_GROUPED = pattern("([0-9]{1,2})[., \u00a0]([0-9]{3})")
_AS_TEXT = pattern("""['’]([0-9]{1,5})|="([0-9]{1,5})"|'="([0-9]{1,5})\"""")
"""A code typed so that a spreadsheet takes it for text; the last as this program writes it."""
_MARKS = ("'", "’", "=")
_SHORTENED = pattern(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
_DAY = pattern("(19[0-9]{2}|200[0-9])-([0-9]{2})-([0-9]{2})")


def restored(codes: Sequence[str]) -> list[str]:
    """The codes of a column with five digits each, where the whole column shows that zeros were lost.

    It does where every code is a number of at most five digits, none starts with a zero, and either some have
    all five or all of them, filled up, are official codes. Otherwise they stay as they are.
    """
    numbers: list[str] = []
    for code in codes:
        found = _NUMBER.fullmatch(code)
        if found is None and code:
            return list(codes)
        numbers.append(found.group(1) if found else "")
    given = [number for number in numbers if number]
    if any(number.startswith("0") for number in given):
        return list(codes)
    if not any(len(number) == LENGTH for number in given):
        known = official_codes()
        if not given or any(number.zfill(LENGTH) not in known for number in given):
            return list(codes)
    return [number.zfill(LENGTH) if number else number for number in numbers]


def mended(codes: Sequence[str]) -> list[str]:
    """The codes of a column as `restored` gives them, else each with five digits where all are then official.

    So zeros come back beside codes that kept them, and a mark between thousands goes: `00004`, `8`, `10,507`.
    """
    read = restored(codes)
    if read != list(codes):
        return read
    filled = [_filled(code) for code in codes]
    if any(len(code) not in (0, LENGTH) for code in filled):
        return read  # official ones are known without a look at all of them
    return filled if official_codes().issuperset(filter(None, filled)) else read


def _filled(code: str) -> str:
    """A number's five digits, whether or not a mark is between its thousands; else the text."""
    found = _NUMBER.fullmatch(code)
    if found is not None:
        return found.group(1).zfill(LENGTH)
    grouped = _GROUPED.fullmatch(code)
    return "".join(grouped.groups()).zfill(LENGTH) if grouped is not None else code


def of_day(text: str) -> str | None:
    """The code that a spreadsheet shows as this day: the day's number there, in five digits.

    None for what is no day written as 1928-10-06, or none whose number is an official code.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    number = (day - date(1899, 12, 30)).days
    number -= number <= 60  # spreadsheets count a 29 February 1900
    code = str(number).zfill(LENGTH)
    return code if code in official_codes() else None


def _unmarked(text: str) -> str:
    found = _AS_TEXT.fullmatch(text)
    return text if found is None else "".join(filter(None, found.groups()))


class Codes:
    """The codes in some columns of a table, taken together, with the zeros they lost; said once a cell.

    With `names` the columns also hold what is no code (departments): only what is a number counts then.
    A day in place of a code is one where the name beside it is that unit's, and is warned of where it is not.
    """

    def __init__(self, reader: CellReader, *columns: str, names: bool = False) -> None:
        numbers = [row.number for row in reader.table.rows]
        self._found: dict[str, dict[int, str]] = {
            column: dict(zip(numbers, tidied(reader.column(column)), strict=True)) for column in columns
        }
        written = {text for found in self._found.values() for text in found.values()}
        together = "".join(written)
        if together.isascii() and together.isdigit() and max(map(len, written)) > LENGTH:
            return  # numbers, and not of official codes: no zeros are missing
        marked = {text: _unmarked(text) for text in written if text.startswith(_MARKS)}
        if any(code != text for text, code in marked.items()):
            self._restore(reader, marked, by=say("a mark of text stands before it"))
            written = {marked.get(text, text) for text in written}
        given = [text for text in written if not names or _NUMBER.fullmatch(text)]
        if not any(0 < len(code) != LENGTH for code in given):
            return
        if not names and "code" in columns and any(map(of_day, given)):
            self._read_days(reader)
            given = [text for text in given if of_day(text) is None]
        if "code" in columns and any(map(_SHORTENED.fullmatch, given)):
            self._warn_of_shortened(reader)
        if (read := mended(given)) != given:
            self._restore(reader, dict(zip(given, read, strict=True)), by=say("a code has five digits"))

    def _read_days(self, reader: CellReader) -> None:
        """Read each day that stands for a code, where the row's name proves it."""
        found = self._found["code"]
        for row in reader.table.rows:
            written = found[row.number]
            code = of_day(written)
            if code is None:
                continue
            if _bare(reader.text(row, "name")) == _bare(country()[code].name):
                found[row.number] = code
                message = say("a day in place of a code, read as {code}: its number", code=code)
                reader.report(row, "code", "code-restored", message, severity=Severity.INFORMATION)
            else:
                message = say("a day in place of a code")
                fix = say("write the code as text; the day's number is {code}", code=code)
                reader.report(row, "code", "day-for-code", message, fix, Severity.WARNING)

    def _warn_of_shortened(self, reader: CellReader) -> None:
        for row in reader.table.rows:
            if _SHORTENED.fullmatch(self._found["code"][row.number]):
                message = say("a number as a spreadsheet shortens it, in place of a code")
                fix = say("write the code as text, with all its digits")
                reader.report(row, "code", "shortened-code", message, fix, Severity.WARNING)

    def _restore(self, reader: CellReader, read: Mapping[str, str], by: Text) -> None:
        for row in reader.table.rows:
            for column, found in self._found.items():
                before = found[row.number]
                after = found[row.number] = read.get(before, before)
                if before != after:
                    message = say("read as {code}: {by}", code=after, by=by)
                    reader.report(row, column, "code-restored", message, severity=Severity.INFORMATION)

    def at(self, row: Row, column: str) -> str:
        """The code in a cell."""
        return self._found[column][row.number]

    def column(self, column: str) -> Iterable[str]:
        """The codes of all rows."""
        return self._found[column].values()


def _bare(name: str) -> str:
    return without_prefix(fold(spelled_out(name)))
