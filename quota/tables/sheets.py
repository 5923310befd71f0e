"""What every kind of file becomes: sheets of numbered rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quota.core.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as written, and the row's number as a spreadsheet shows it (the first row is 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about how a file was read."""

    code: str
    message: Text
    fix: Text | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with anything in them; `name` is None in a file that is one table."""

    name: str | None
    rows: Sequence[Row]
    remarks: tuple[Remark, ...] = field(default=())


class NotATableError(Exception):
    """The file holds no table; why, and the way out."""

    def __init__(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        row: int | None = None,
        sheet: str | None = None,
    ) -> None:
        super().__init__(str(message))
        self.code, self.message, self.fix, self.row, self.sheet = code, message, fix, row, sheet
