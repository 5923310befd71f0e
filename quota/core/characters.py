"""Characters that are more than text: those that act or hide, and those that start a formula.

And patterns of characters, compiled when they are first looked for: a run needs few of those that there are.
"""

from __future__ import annotations

import re
from typing import Any, cast
from unicodedata import category


class _Later:
    """A pattern that is compiled when it is first used."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = (text, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._said), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(text, flags)`, compiled when it is first used. Raises `re.error` then where it is none."""
    return cast("re.Pattern[str]", _Later(text, flags))


_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
MARKED = frozenset((*_FORMULA, "'"))
"""How texts start that `guarded` looks at."""
_FIGURE = pattern(r"[-+]?[0-9.,]*(?:[eE][-+]?[0-9]+)?%?")


def hides(letter: str) -> bool:
    """Whether a character acts or hides: controls, overrides of direction, marks without width."""
    return category(letter) in _HIDDEN


def coded(text: str) -> str:
    """Text with what acts or hides written as its code, `\\u202e`; tabs and ends of lines stay as they are.

    Any other break of a line or a page is a space.
    """
    if text.isprintable():
        return text
    return "".join(_coded(letter) if hides(letter) else letter for letter in text)


def _coded(letter: str) -> str:
    if letter in "\t\n\r":
        return letter
    return " " if letter.isspace() else f"\\u{ord(letter):04x}"


def guarded(text: str) -> str:
    """Text as a cell of CSV that no spreadsheet takes for a formula: with an apostrophe in front if need be.

    `unguarded` gives every text back. Figures need no guard: -5 is a number and nothing else.
    """
    if text[:1] not in MARKED or not text.lstrip("'").startswith(_FORMULA) or _FIGURE.fullmatch(text):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """A cell of CSV without the apostrophe that says that it is text."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
