"""A user's own headings (`--columns`) and words inside headings (`--words`), each from a small table.

It is read as any table is: what Excel saves of it (semicolons, tabs, UTF-16, a workbook) says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from quota.core.blocs import BLOCS, Blocs
from quota.core.names import fold, tidy
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.run.ledger import Kind, note
from quota.run.limits import FILE_BYTES
from quota.run.locations import contents
from quota.tables.files.csv_rows import csv_sheet
from quota.tables.files.encodings import decode
from quota.tables.files.roles import OwnWords, meanings
from quota.tables.files.sheets import NotATableError, Row, is_workbook
from quota.tables.files.wordings import DEFAULT, IGNORED, Wordings, heading_key

_Fault = Callable[[int | None, Text, Text | None], Problem]
_CALLED = ("heading", "column"), ("phrase", "meaning")


def read_wordings(path: str | Path, blocs: Blocs = BLOCS) -> Wordings:
    """A user's own headings, from a table of two columns: `heading`, `column`.

    `column` is a bloc of `blocs`, one of `ALIASES`, or "ignore". Raises `InputError` with every line that
    says none of them.
    """
    known = (*Wordings({}, blocs).columns, IGNORED)
    fix = say("each row is a heading as it stands in the table, and one of {known}", known=", ".join(known))

    def fault(row: int | None, message: Text, other: Text | None) -> Problem:
        return Problem("bad-columns-file", Severity.ERROR, message, other or fix, file=str(path), row=row)

    return Wordings(_read(path, _CALLED[0], known, heading_key, fault), blocs)


def read_words(path: str | Path, blocs: Blocs = BLOCS) -> OwnWords:
    """A user's own words inside headings, from a table of two columns: `phrase`, `meaning`.

    `meaning` is one of those in `words.json` or a bloc of `blocs`. Raises `InputError` with every line that
    says none of them.
    """
    known = tuple(dict.fromkeys((*map(str, blocs), *meanings())))
    fix = say("each row is a word or a few of a heading, and one of {known}", known=", ".join(known))

    def fault(row: int | None, message: Text, other: Text | None) -> Problem:
        return Problem("bad-words-file", Severity.ERROR, message, other or fix, file=str(path), row=row)

    return tuple(_read(path, _CALLED[1], known, fold, fault).items())


def _read(
    path: str | Path,
    header: tuple[str, str],
    known: Sequence[str],
    key_of: Callable[[str], str],
    fault: _Fault,
) -> Mapping[str, str]:
    """What each row's first cell means, by its key; `InputError` with every row that is wrong."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for place, row in enumerate(_rows(path, fault)):
        cells = [tidy(cell) for cell in row.cells]
        while len(cells) > 2 and not cells[-1]:
            cells.pop()  # a spreadsheet gives every row the cells of the longest
        if len(cells) != 2 or not cells[0]:
            first, second = header
            message = say("not two cells: {first} and {second}", first=first, second=second)
            quotes = say("put a text with a comma in double quotes") if len(cells) > 2 else None
            problems.append(fault(row.number, message, quotes))
        elif place > 0 or [cell.lower() for cell in cells] != list(header):
            key, meaning = key_of(cells[0]), cells[1].lower()
            if meaning not in known:
                near = did_you_mean(DEFAULT.column_of(meaning) or meaning, list(known))
                problems.append(
                    fault(row.number, say('nothing is called "{meaning}"', meaning=cells[1]), near)
                )
            elif found.get(key, meaning) != meaning:
                problems.append(fault(row.number, say("it is there already, with another meaning"), None))
            else:
                found[key] = meaning
    if problems:
        raise InputError(problems)
    return found


def _rows(path: str | Path, fault: _Fault) -> Sequence[Row]:
    """The rows of the file that have a cell."""
    try:
        content = contents(Path(path), most := FILE_BYTES.value())
        if content is None:
            raise InputError([fault(None, say("more than {n} bytes", n=most), FILE_BYTES.raised())])
        note(Kind.INPUT, Path(path), content)
        if is_workbook(content):
            from quota.tables.files.workbooks.workbook import workbook_sheets  # few are in one

            return [row for sheet in workbook_sheets(content) for row in sheet.rows]
        return csv_sheet(decode(content).text).rows
    except NotATableError as error:
        raise InputError([fault(error.row, error.message, error.fix)]) from error
    except OSError as error:
        message = say("cannot be read: {why}", why=error.strerror or error)
        raise InputError([fault(None, message, say("check the path"))]) from error
