"""How a column writes its numbers: one convention, decided from the whole column, or none.

"16.000" is sixteen thousand in one table and sixteen in another. A column decides by the cells that can be
read in one way only: "113.250" people, "1.234.567", "16000.0", "12,5". What fits no decision is a problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from quota.core.names import fold

SPACES = " \u00a0\u202f\u2009"
# Compiled at their first use: most columns are plain digits.
SPACED = f"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+"
_TWO_GROUPS = r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+"
_BOTH = r"[0-9]{1,3}(?:([.,])[0-9]{3})+([.,])[0-9]+"
_SINGLE = r"([0-9]+)([.,])([0-9]+)"

UNKNOWN_MARKS = frozenset(
    map(
        fold,
        (
            *(
                "-",
                "–",
                "—",
                "--",
                "…",
                "...",
                "..",
                "?",
                "n/a",
                "na",
                "đang cập nhật",
                "chưa cập nhật",
                "chưa rõ",
            ),
            *("chưa có", "chưa có số liệu", "không có số liệu", "chưa thống kê", "unknown", "not available"),
        ),
    )
)
"""What is in a cell where the figure is not known."""


def is_unknown(text: str) -> bool:
    """Whether a cell says that its figure is unknown: blank, a dash, "đang cập nhật"."""
    return not text or (not text[0].isdigit() and fold(text) in UNKNOWN_MARKS)


class Convention(Struct, frozen=True):
    """The marks that separate thousands and start decimals; None where the column does not show it."""

    thousands: str | None = None
    decimal: str | None = None

    def plain(self, text: str) -> str | None:
        """The number with a decimal point and nothing else, or None where it does not fit."""
        if re.match(rf"{SPACED}(?:[.,]|\Z)", text):
            text = re.sub(f"[{SPACES}]", "", text)
        whole, decimals = text, ""
        if self.decimal and self.decimal in text:
            whole, _, decimals = text.partition(self.decimal)
            if not decimals.isdigit():
                return None
        if self.thousands and self.thousands in whole:
            groups = whole.split(self.thousands)
            if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
                return None
            whole = "".join(groups)
        if not (whole.isascii() and whole.isdigit()):
            return None
        return f"{whole}.{decimals}" if decimals else whole


def convention_of(cells: Iterable[str], *, whole: bool) -> Convention:
    """The convention of a column of counts (`whole`) or of measures.

    Each separator is what most of its telling cells say; as many for as against decide nothing. A point in a
    column of measures is a decimal point unless told otherwise: that is how programs write them.
    """
    return convention_by(_votes(cells, whole=whole), whole=whole)


def convention_by(votes: Mapping[tuple[str, str], int], *, whole: bool) -> Convention:
    """The same, of how many cells say that a separator is for "thousands", or for the start of "decimal"s."""
    roles: dict[str, str] = {}
    for separator in ".,":
        for_, against = votes.get(("thousands", separator), 0), votes.get(("decimal", separator), 0)
        if for_ != against:
            roles[separator] = "thousands" if for_ > against else "decimal"
    for separator, other in (".,", ",."):
        if roles.get(separator) == "decimal":
            roles.setdefault(other, "thousands")
    if not whole and not any(separator == "." for _, separator in votes):
        roles.setdefault(".", "thousands" if roles.get(",") == "decimal" else "decimal")
        roles.setdefault(",", "thousands")
    found = {role: separator for separator, role in roles.items()}
    if len(found) < len(roles):
        return Convention()  # both separators in the same part
    return Convention(found.get("thousands"), found.get("decimal"))


def _votes(cells: Iterable[str], *, whole: bool) -> Counter[tuple[str, str]]:
    """How many cells say that a separator is for thousands, or for decimals."""
    votes: Counter[tuple[str, str]] = Counter()
    for text in cells:
        both = re.fullmatch(_BOTH, text)
        if both and both.group(1) != both.group(2):
            votes["thousands", both.group(1)] += 1
            votes["decimal", both.group(2)] += 1
        elif two := re.fullmatch(_TWO_GROUPS, text):
            votes["thousands", two.group(1)] += 1
        elif single := re.fullmatch(_SINGLE, text.translate(_NO_SPACES)):
            role = _role(*single.groups(), whole=whole)
            if role:
                votes[role, single.group(2)] += 1
    return votes


_NO_SPACES = {ord(space): None for space in SPACES}


def _role(before: str, separator: str, after: str, *, whole: bool) -> str | None:
    """What one separator must be in this number; None where it can be either."""
    if len(after) != 3 or len(before) > 3 or before == "0" or (before[0] == "0" and len(before) > 1):
        return "decimal"
    if whole and after != "000":
        return "thousands"  # people are whole: 113.250 can only be thousands
    return None
