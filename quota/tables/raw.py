"""From a file to rows of cells: bytes, text, CSV; everything that keeps a file from being a table."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import InputFile
from quota.ledger import Kind, note
from quota.locations import PathKind, kind_of
from quota.tables.embedded import known_copy

MAX_BYTES = 200_000_000
"""Some fifty times a table of every commune in the country with a hundred columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as written, and the row's number as a spreadsheet shows it (the heading is row 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table before its columns are understood."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    source: InputFile | None = None
    problems: tuple[Problem, ...] = ()
    province: str = ""
    """The province the whole table is about, where that is known."""

    def problem(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        *,
        severity: Severity = Severity.ERROR,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem of this file."""
        return Problem(code, severity, message, fix, self.file, row, column, value)


class NotATableError(Exception):
    """The file holds no table; why, and the way out."""

    def __init__(self, code: str, message: Text, fix: Text | None = None, row: int | None = None) -> None:
        super().__init__(str(message))
        self.code, self.message, self.fix, self.row = code, message, fix, row


def read_table(path: Path, label: str) -> RawTable:
    """The table in the file at `path`, called `label` in messages. Never raises: see `problems`."""
    try:
        content = file_bytes(path)
        header, rows, problems = _table(_text(content), label)
    except NotATableError as error:
        problem = Problem(error.code, Severity.ERROR, error.message, error.fix, file=label, row=error.row)
        return RawTable(label, (), (), problems=(problem,))
    digest = hashlib.sha256(content).hexdigest()
    copy = known_copy(digest)
    source = InputFile(label, digest, len(rows), copy is not None and copy.illustrative)
    return RawTable(label, header, rows, source, problems, copy.province if copy else "")


def file_bytes(path: Path) -> bytes:
    """The bytes of an input, noted as read; `NotATableError` where there is none or it is too large."""
    refused = _REFUSED.get(kind_of(path))
    if refused is not None:
        code, message, fix = refused
        raise NotATableError(code, message, _near(path) if code == "no-such-file" else fix)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            fix = say("split the table")
            raise NotATableError("too-large", say("{size} bytes; at most {n}", size=size, n=MAX_BYTES), fix)
        content = path.read_bytes()
    except OSError as error:
        message = say("cannot be read: {why}", why=error.strerror or error)
        raise NotATableError("unreadable", message, say("check who may read it")) from error
    note(Kind.INPUT, path, content)
    return content


_REFUSED: Mapping[PathKind, tuple[str, Text, Text]] = {
    PathKind.FOLDER: ("is-a-folder", say("a folder, not a table"), say("name a file in it")),
    PathKind.NOTHING: ("no-such-file", say("no such file"), say("check the path")),
    PathKind.DANGLING: (
        "dangling-link",
        say("a link to a file that is not there"),
        say("name the file itself"),
    ),
    PathKind.OTHER: ("not-a-file", say("not an ordinary file"), say("save it to a file first")),
    PathKind.UNREACHABLE: (
        "unreadable",
        say("cannot be reached"),
        say("check the length of the path and who may read its folders"),
    ),
}


def _near(path: Path) -> Text:
    from difflib import get_close_matches  # only on the way to an error message

    names: list[str] = []
    if kind_of(path.parent) is PathKind.FOLDER:
        with suppress(OSError):
            names = [found.name for found in path.parent.iterdir()]
    close = get_close_matches(path.name, names, n=1)
    if close:
        return say("did you mean {name}?", name=str(path.parent / close[0]))
    return say("check the path; `quota data list` shows the embedded tables")


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise NotATableError("binary", say("a binary file, not a CSV table"), say("save it as CSV (UTF-8)"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise NotATableError(
            "not-utf-8",
            say("not UTF-8 text"),
            say('save it as "CSV UTF-8" in Excel'),
            row,
        ) from error


def _table(text: str, label: str) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[Problem, ...]]:
    records = _records(text)
    first = next(records, None)
    if first is None:
        raise NotATableError(
            "empty", say("the file is empty"), say("it needs a row of headings and rows of units")
        )
    header = first.cells
    rows: list[Row] = []
    problems: list[Problem] = []
    for row in records:
        if len(row.cells) != len(header):
            message = say("{n} cells under {headings} headings", n=len(row.cells), headings=len(header))
            fix = say("put a text with a comma in double quotes; leave an unknown cell empty, with its comma")
            problems.append(Problem("ragged-row", Severity.ERROR, message, fix, file=label, row=row.number))
        else:
            rows.append(row)
    if not rows and not problems:
        raise NotATableError("empty", say("headings and no rows"), say("add a row for each unit"))
    return header, tuple(rows), tuple(problems)


def _records(text: str) -> Iterator[Row]:
    """Rows with anything in them, numbered as a spreadsheet would."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield Row(number, tuple(cells))
    except csv.Error as error:
        raise NotATableError(
            "not-csv",
            say("not CSV: {why}", why=error),
            say("close every double quote; write a quote inside a text twice"),
            number + 1,
        ) from error
