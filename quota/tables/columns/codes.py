"""Official codes that lost their leading zeros to a spreadsheet's number typing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from quota.core.names import tidied
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row
from quota.tables.shipped.country import official_codes

LENGTH = 5
"""An official code of a commune-level unit has five digits."""

_NUMBER = re.compile(r"([0-9]{1,5})(?:\.0+)?")


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


class Codes:
    """The codes in some columns of a table, taken together, with the zeros they lost; said once a cell.

    With `names` the columns also hold what is no code (departments): only what is a number counts then.
    """

    def __init__(self, reader: CellReader, *columns: str, names: bool = False) -> None:
        numbers = [row.number for row in reader.table.rows]
        self._found: dict[str, dict[int, str]] = {
            column: dict(zip(numbers, tidied(reader.column(column)), strict=True)) for column in columns
        }
        written = {text for found in self._found.values() for text in found.values()}
        given = [text for text in written if not names or _NUMBER.fullmatch(text)]
        if any(0 < len(code) != LENGTH for code in given) and (read := restored(given)) != given:
            self._restore(reader, dict(zip(given, read, strict=True)))

    def _restore(self, reader: CellReader, read: Mapping[str, str]) -> None:
        for row in reader.table.rows:
            for column, found in self._found.items():
                before = found[row.number]
                after = found[row.number] = read.get(before, before)
                if before != after:
                    message = say("read as {code}: a code has five digits", code=after)
                    reader.report(row, column, "code-restored", message, severity=Severity.INFORMATION)

    def at(self, row: Row, column: str) -> str:
        """The code in a cell."""
        return self._found[column][row.number]

    def column(self, column: str) -> Iterable[str]:
        """The codes of all rows."""
        return self._found[column].values()
