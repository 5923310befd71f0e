"""A problem in the row that something was read from."""

from __future__ import annotations

from typing import Protocol

from quota.core.problems import Problem, Severity
from quota.core.text import Text
from quota.core.units import InputFile, Origin


def row_at(origin: Origin | None) -> str:
    """The row of something that was read, for a sentence; "?" where it was not read from a table."""
    return str(origin.row) if origin is not None else "?"


class ReadTable(Protocol):
    """A table with the files behind it."""

    @property
    def sources(self) -> tuple[InputFile, ...]: ...


def file_of(table: ReadTable) -> str | None:
    """The first of the files behind a table, for a problem of all of it; None where it was not read."""
    return table.sources[0].path if table.sources else None


def problem_at(
    origin: Origin | None,
    code: str,
    severity: Severity,
    message: Text,
    fix: Text | None = None,
    *,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """A problem in the row at `origin`, with its sheet; in no file where it was not read from one."""
    if origin is None:
        return Problem(code, severity, message, fix, column=column, value=value)
    return Problem(code, severity, message, fix, origin.file, origin.row, column, value, origin.sheet)
