"""What is in a list's column of names and is no one person's name: a vacant post, two people."""

from __future__ import annotations

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.text import Text, say

_NOBODY = pattern(
    fold(
        r"[^\w]*(?:[0-9]+[^\w]+)?(?:(?:vị trí|biên chế|chỉ tiêu|chức danh|chỗ|còn|đang|hiện|việc làm)\s+)*"
        r"(?:khuyết|trống|thiếu|vacant|chưa (?:bố trí|có|tuyển|phân công|bổ nhiệm))"
        r"(?:\s+(?:người|vị trí|biên chế|chức danh|tuyển|được|dụng|[0-9]+))*[^\w]*"
    )
)
_MARKS = frozenset(("-", "—", "...", "…"))
_BETWEEN_PEOPLE = pattern(r"(?i)\s*(?:[\r\n;&+]|(?<!\w)và(?!\w))\s*")
_WORDS_OF_A_NAME = 2
_COUNTED = pattern(r"[0-9]{1,3}\s+[^\W\d]")
"""A number of people: "02 người", "3 chuyên viên"."""


def is_nobody(who: str) -> bool:
    """Whether the text says that nobody is in the post: "(khuyết)", "01 vị trí chưa tuyển"."""
    return who in _MARKS or _NOBODY.fullmatch(fold(who)) is not None


def fault_of_name(who: str) -> tuple[str, Text, Text] | None:
    """Code, message and fix where the text is not one person's name; None where it may be."""
    parts = _BETWEEN_PEOPLE.split(who.strip())
    if sum(part[:1].isalpha() and len(part.split()) >= _WORDS_OF_A_NAME for part in parts) > 1:
        return (
            "several-people",
            say("several people in one cell, or a name on two lines: which cannot be told"),
            say("give each person a row, and write a name on one line"),
        )
    if _COUNTED.match(who.strip()):
        return (
            "no-name",
            say("a figure in the column of names: how many people this row is cannot be told"),
            say("write the name alone, one row a person"),
        )
    return None
