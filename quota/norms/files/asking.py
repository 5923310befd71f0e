"""Where a frame asks for what only a table can answer: its columns by heading, and units by code."""

from __future__ import annotations

from collections.abc import Iterator

from quota.norms.arithmetic.columns import table_column
from quota.norms.files.documents import Document, KeyPath, dotted
from quota.norms.files.rulefile import Place

_CONDITIONS = ("when", "any", "not")


def asked_at(document: Document) -> dict[str, Place]:
    """Where each column and each unit is asked for first: columns as expressions call them, units by code."""
    found: dict[str, Place] = {}
    for path in document.places:
        for name in _asked(document, path):
            line = document.place(path)
            found.setdefault(name, (line.file, line.line, dotted(path)))
    return found


def _asked(document: Document, path: KeyPath) -> Iterator[str]:
    """What is asked for by the value at a path, if anything is."""
    written = document.written.get(path)
    if len(path) > 1 and path[-2] == "columns" and any(key in path for key in _CONDITIONS):
        yield table_column(str(path[-1]))
    if written is None:
        return
    if path[-1] == "counts" or path[-2:] == ("bands", "of"):
        yield table_column(written)
    if path[-1] == "unit" or path[-2:-1] == ("unit",):
        yield written
