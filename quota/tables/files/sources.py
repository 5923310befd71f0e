"""From what was named to bytes: files, folders of tables, embedded tables, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from quota.core.text import Text, say
from quota.run.ledger import Kind, note, open_ledger
from quota.run.limits import FILE_BYTES
from quota.run.locations import PathKind, contents, kind_of
from quota.tables.files.sheets import NotATableError
from quota.tables.shipped.embedded import embedded_tables, find_table

STANDARD_INPUT = "-"
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
"""What counts as a table in a folder."""


def named(given: str | Path) -> Iterator[tuple[Path, str]]:
    """The files behind a path, an embedded table's id, a folder (its tables, by name) or `-`, with labels."""
    path, label = find_table(given)
    if label == STANDARD_INPUT or kind_of(path) is not PathKind.FOLDER:
        yield path, label
        return
    with suppress(OSError):  # a folder that may not be looked into is refused when it is read
        inside = _tables_in(path)
        if inside:
            yield from ((path, str(path)) for path in inside)
            return
    yield path, label


def _tables_in(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in ENDINGS
        and kind_of(file) is PathKind.FILE
        and not file.name.startswith((".", "~$"))
    )


def read_bytes(path: Path, label: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises `NotATableError` with the way out.

    Within a run, standard input is the same however often it is asked for.
    """
    if label != STANDARD_INPUT:
        return file_bytes(path)
    ledger = open_ledger()
    if ledger is not None and ledger.stdin is not None:
        return ledger.stdin
    most = FILE_BYTES.value()
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise _too_large(most)
    note(Kind.STDIN, path, content)
    if ledger is not None:
        ledger.stdin = content
    return content


def file_bytes(path: Path) -> bytes:
    """The bytes of an input, noted as read; `NotATableError` where there is none or it is too large."""
    refuse_other(path)
    try:
        most = FILE_BYTES.value()
        content = contents(path, most)
    except OSError as error:
        message = say("cannot be read: {why}", why=error.strerror or error)
        raise NotATableError("unreadable", message, say("check who may read it")) from error
    if content is None:
        raise _too_large(most)
    note(Kind.INPUT, path, content)
    return content


def refuse_other(path: Path) -> None:
    """Raise `NotATableError` where there is no ordinary file at `path`, with the way out."""
    refused = _REFUSED.get(kind_of(path))
    if refused is not None:
        code, message, fix = refused
        raise NotATableError(code, message, _near(path) if code == "no-such-file" else fix)


def _too_large(most: int) -> NotATableError:
    return NotATableError("too-large", say("more than {n} bytes", n=most), FILE_BYTES.raised())


_REFUSED: Mapping[PathKind, tuple[str, Text, Text]] = {
    PathKind.FOLDER: (
        "no-tables",
        say("a folder with no table in it"),
        say("tables end in {endings}", endings=", ".join(ENDINGS)),
    ),
    PathKind.NOTHING: ("no-such-file", say("no such file"), say("check the path")),
    PathKind.DANGLING: (
        "dangling-link",
        say("a link to a file that is not there"),
        say("name the file itself"),
    ),
    PathKind.OTHER: (
        "not-a-file",
        say("not an ordinary file"),
        say("save it to a file first, or pipe it in and name it -"),
    ),
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
    known = [name for table in embedded_tables() for name in (table.id, table.label)]
    if embedded := get_close_matches(str(path), known, n=1, cutoff=0.8):
        return say("did you mean {name}?", name=embedded[0])
    return say("check the path; `quota data list` shows the embedded tables")
