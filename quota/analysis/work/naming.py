"""Which field a cell means, and the problem at that cell where it means none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quota.core.problems import Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.core.units import Origin
from quota.norms.fields import Fields, spelling

_OTHER_SEPARATORS = re.compile(r"[,/&|]")


def problem_in(
    origin: Origin | None,
    headings: Mapping[str, str],
    column: str,
    code: str,
    message: Text,
    fix: Text | None = None,
    *,
    value: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at a cell of the row at `origin`; its column is called as the file calls it."""
    file, row = (origin.file, origin.row) if origin else (None, None)
    return Problem(code, severity, message, fix, file, row, headings.get(column, column), value)


class FieldNames:
    """The fields of a list, by any spelling of id or name."""

    def __init__(self, rules: Fields) -> None:
        self._ids = [field.id for field in rules.fields]
        self._by_spelling = rules.spelled()
        self._rules = rules.id

    def of(
        self, written: str, origin: Origin | None, headings: Mapping[str, str], column: str
    ) -> str | Problem:
        """The field's id; else the problem that no field is called so."""
        found = self._by_spelling.get(spelling(written))
        if found is not None:
            return found
        hint = self._several(written) or did_you_mean(spelling(written), list(self._by_spelling))
        return problem_in(
            origin,
            headings,
            column,
            "unknown-field",
            say("{rules} has no such field", rules=self._rules),
            hint or say("write one of {fields}", fields=", ".join(self._ids)),
            value=written,
        )

    def _several(self, written: str) -> Text | None:
        """What to do with fields that stand in one cell with another separator: none of them gets lost."""
        parts = [part for part in _OTHER_SEPARATORS.split(written) if part.strip()]
        if len(parts) < 2 or any(spelling(part) not in self._by_spelling for part in parts):
            return None
        return say("these are {n} fields: separate them with ; or give each its own row", n=len(parts))
