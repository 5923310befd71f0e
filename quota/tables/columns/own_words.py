"""A user's own headings (`--columns`) and words inside headings (`--words`), each from a small CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from quota.core.blocs import BLOCS, Blocs
from quota.core.names import fold
from quota.core.problems import InputError, Problem, Severity
from quota.core.text import Text, say
from quota.run.ledger import Kind, note
from quota.run.limits import FILE_BYTES
from quota.run.locations import contents
from quota.tables.files.roles import OwnWords, meanings
from quota.tables.files.wordings import IGNORED, Wordings, heading_key

_Fault = Callable[[int | None, Text], Problem]
_CALLED = ("heading", "column"), ("phrase", "meaning")


def read_wordings(path: str | Path, blocs: Blocs = BLOCS) -> Wordings:
    """A user's own headings, from a CSV file of two columns: `heading`, `column`.

    `column` is a bloc of `blocs`, one of `ALIASES`, or "ignore". Raises `InputError` with every line that
    says none of them.
    """
    known = (*Wordings({}, blocs).columns, IGNORED)
    fix = say("each row is a heading as it stands in the table, and one of {known}", known=", ".join(known))

    def fault(row: int | None, message: Text) -> Problem:
        return Problem("bad-columns-file", Severity.ERROR, message, fix, file=str(path), row=row)

    return Wordings(_read(path, _CALLED[0], known, heading_key, fault), blocs)


def read_words(path: str | Path, blocs: Blocs = BLOCS) -> OwnWords:
    """A user's own words inside headings, from a CSV file of two columns: `phrase`, `meaning`.

    `meaning` is one of those in `words.json` or a bloc of `blocs`. Raises `InputError` with every line that
    says none of them.
    """
    known = tuple(dict.fromkeys((*map(str, blocs), *meanings())))
    fix = say("each row is a word or a few of a heading, and one of {known}", known=", ".join(known))

    def fault(row: int | None, message: Text) -> Problem:
        return Problem("bad-words-file", Severity.ERROR, message, fix, file=str(path), row=row)

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
    for number, row in _rows(path, fault):
        if len(row) != 2 or not row[0].strip():
            first, second = header
            message = say("not two cells: {first} and {second}", first=first, second=second)
            problems.append(fault(number, message))
        elif number > 1 or [cell.strip().lower() for cell in row] != list(header):
            key, meaning = key_of(row[0]), row[1].strip()
            if meaning not in known:
                problems.append(fault(number, say('nothing is called "{meaning}"', meaning=meaning)))
            elif found.get(key, meaning) != meaning:
                problems.append(fault(number, say("it is there already, with another meaning")))
            else:
                found[key] = meaning
    if problems:
        raise InputError(problems)
    return found


def _rows(path: str | Path, fault: _Fault) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file that have a cell, with their numbers."""
    try:
        content = contents(Path(path), most := FILE_BYTES.value())
        if content is None:
            raise InputError([fault(None, say("more than {n} bytes", n=most))])
        note(Kind.INPUT, Path(path), content)
        lines = io.StringIO(content.decode("utf-8-sig"), newline="")
        rows = list(csv.reader(lines, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError([fault(None, say("cannot be read: {why}", why=why))]) from error
    return ((number, row) for number, row in enumerate(rows, start=1) if any(row))
