"""Which field a cell means, and the problem at that cell where it means none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from quota.core.fields import FieldName
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import ListTable, Origin
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
    called = headings.get(column, column)
    return problem_at(origin, code, severity, message, fix, column=called, value=value)


class FieldNames:
    """The fields of a list, by any spelling of id or name."""

    def __init__(self, rules: Fields) -> None:
        self._fields = rules.fields
        self._by_spelling = rules.spelled()
        self._rules = rules.id

    def of(self, written: str, origin: Origin | None, table: ListTable[Any], column: str) -> str | Problem:
        """The field's id; else the problem that no field is called so, beside names without the text."""
        found = self._by_spelling.get(spelling(written))
        if found is not None:
            return found
        message = say("{rules} has no such field", rules=self._rules)
        choices = say("write one of {fields}", fields=_listed(self._fields))
        fix = self._several(written) or self._near(written) or choices
        shown = None if table.names_people else written
        return problem_in(origin, table.headings, column, "unknown-field", message, fix, value=shown)

    def _near(self, written: str) -> Text | None:
        """The fields whose name has the words that were written, else the one spelled much like them."""
        words = re.compile(rf"\b{re.escape(spelling(written))}\b")
        having = {id_ for known, id_ in self._by_spelling.items() if words.search(known)}
        near = having or {
            self._by_spelling[close]
            for close in get_close_matches(spelling(written), list(self._by_spelling), n=1, cutoff=0.8)
        }
        fields = [field for field in self._fields if field.id in near]
        return say("did you mean {fields}?", fields=_listed(fields)) if fields else None

    def _several(self, written: str) -> Text | None:
        """What to do with fields that are in one cell with another separator: none of them gets lost."""
        parts = [part for part in _OTHER_SEPARATORS.split(written) if part.strip()]
        if len(parts) < 2 or any(spelling(part) not in self._by_spelling for part in parts):
            return None
        return say("these are {n} fields: separate them with ; or give each its own row", n=len(parts))


def _listed(fields: Sequence[FieldName]) -> Text:
    """Each field by its id, and its name in the reader's language."""
    names = [Text("{id} ({name})", {"id": field.id, "name": field.name}) for field in fields]
    template = ", ".join(f"{{field_{place}}}" for place in range(len(names)))
    return Text(template, {f"field_{place}": name for place, name in enumerate(names)})
