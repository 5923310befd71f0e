"""Problems are data: where, which value, what is wrong, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from quota.core.text import Text, say

DOUBTFUL_FIGURES = "doubtful-figures"
"""The code of what is known to be doubtful in embedded figures."""
BEWARE = frozenset({"illustrative", DOUBTFUL_FIGURES})
"""The codes of problems that are beside the figures wherever these are shown."""


class Severity(StrEnum):
    """How much a problem matters: an error stops the run, a warning is shown, information is listed."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Problem(Struct, frozen=True):
    """One thing wrong with an input.

    `row` counts as the reader's program does: the first row of a table is 1, the first line of a rule file
    is 1. `column` is the heading as written, or the path of a key in a rule file. `value` is the one cell at
    fault, never more of its row: rows may be about people. `sheet` is the sheet of a workbook.
    """

    code: str
    severity: Severity
    message: Text
    fix: Text | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None


class InputError(Exception):
    """Input that cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem.message) for problem in self.problems))


def refusal(
    code: str,
    message: Text,
    fix: Text | None = None,
    *,
    file: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> InputError:
    """What to raise where a run stops for a single reason."""
    return InputError([Problem(code, Severity.ERROR, message, fix, file, row, column, value)])


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a run."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raise `InputError` with all `problems` if any of them is an error."""
    found = tuple(problems)
    if errors(found):
        raise InputError(found)


def refuse_outside(id_: str, first: date, last: date | None, as_of: date, option: str = "--rules") -> None:
    """Raise `InputError` where rules in force from `first` to `last` are not so on `as_of`."""
    if as_of < first:
        message = say("{id} is in force from {day}, not yet on {as_of}", id=id_, day=first, as_of=as_of)
    elif last is not None and as_of > last:
        message = say("{id} was in force until {day}, no longer on {as_of}", id=id_, day=last, as_of=as_of)
    else:
        return
    fix = say("give another day (--as-of) or a frame that is in force on it ({option})", option=option)
    raise refusal("not-in-force", message, fix, value=as_of.isoformat())
