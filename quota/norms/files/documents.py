"""What a rule file says: its values, the line of each, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from quota.core.citations import RuleSource
from quota.core.problems import Problem, Severity
from quota.core.text import Text

KeyPath = tuple[str | int, ...]

DEFAULT_KIND = "frame"
"""What a rule file is that does not say its kind."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,_ \u00a0][0-9]{3})+")


class FileLine(Struct, frozen=True):
    """A line of a rule file, the first being 1."""

    file: str
    line: int


class Document(Struct, frozen=True):
    """A rule file's values, where each is, how each scalar was written, and what is wrong with it."""

    file: str
    value: Mapping[str, object]
    places: Mapping[KeyPath, FileLine]
    written: Mapping[KeyPath, str]
    problems: tuple[Problem, ...] = ()
    trapped: frozenset[KeyPath] = field(default_factory=frozenset)
    """Paths already reported; whatever they hold is not judged again."""
    files: tuple[RuleSource, ...] = ()
    """The file and those it extends, its own first."""

    def place(self, path: KeyPath) -> FileLine:
        """The line of `path`, or of the nearest key around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, FileLine(self.file, 1))


def has_key(value: object, key: str | int) -> bool:
    """Whether `value` is a mapping or a list that holds something under `key`."""
    if isinstance(value, Mapping):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def dotted(path: KeyPath) -> str:
    """A path as people write it: `blocs.party.range[0]`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def problem_at(
    document: Document,
    path: KeyPath,
    code: str,
    message: Text,
    fix: Text | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at a path of a rule file."""
    place = document.place(path)
    column, value = dotted(path) or None, document.written.get(path)
    return Problem(code, severity, message, fix, place.file, place.line, column, value)


def whole_number_meant(written: str) -> int | None:
    """The whole number someone meant by `2.000`, `16,000`, `00010` or `1_000`; None where it is not clear."""
    text = written.strip()
    if len(text) > 18:
        return None
    if re.fullmatch(r"[0-9]+(?:_[0-9]+)+", text):
        return int(text.replace("_", ""))
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"[^0-9]", "", text))
    return int(text) if re.fullmatch(r"[0-9]+", text) else None
