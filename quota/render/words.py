"""How values read in a sentence or a table: numbers, intervals, gaps, dates, and text made inert.

The one place that knows the reader's language.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from quota.core.blocs import Bloc
from quota.core.posts import Gap, Posts
from quota.core.results import Status
from quota.core.text import LocalText, Text, say, show_english
from quota.core.units import UnitType

UNKNOWN = "?"
MINUS = "−"

BLOC_NAMES: dict[Bloc, Text] = {
    Bloc.GOVERNMENT: say("Government"),
    Bloc.PARTY: say("Party"),
    Bloc.FRONT: say("Front"),
}
STATUS_NAMES: dict[Status, Text] = {
    Status.SHORT: say("short"),
    Status.SURPLUS: say("surplus"),
    Status.MIXED: say("mixed"),
    Status.WITHIN: say("within"),
    Status.UNKNOWN: say("unknown"),
}
TYPE_WORDS: dict[UnitType, Text] = {
    UnitType.COMMUNE: say("commune"),
    UnitType.WARD: say("ward"),
    UnitType.SPECIAL_ZONE: say("special zone"),
}


def words(text: Text | LocalText | str) -> str:
    """A sentence in the reader's language, with nothing in it that acts on a terminal."""
    if isinstance(text, Text):
        return text.render(Text.chosen, show)
    return inert(str(text))


def show(value: object) -> str:
    """A value inside a sentence."""
    if isinstance(value, Text | LocalText):
        return words(value)
    return inert(show_english(value))


def number(count: int | None) -> str:
    """A whole number with its thousands apart, or the mark for unknown."""
    return UNKNOWN if count is None else f"{count:,}"


def interval(posts: Posts | None) -> str:
    """`80` where exact, `17–20` where a range."""
    if posts is None:
        return UNKNOWN
    return number(posts.low) if posts.low == posts.high else f"{number(posts.low)}–{number(posts.high)}"


def gap_marks(gap: Gap | None) -> str:
    """`−9` short, `+1` over, both where both, `0` where neither."""
    if gap is None:
        return UNKNOWN
    parts = [f"{MINUS}{number(gap.shortfall)}"] if gap.shortfall else []
    parts += [f"+{number(gap.surplus)}"] if gap.surplus else []
    return " ".join(parts) or "0"


def signed(difference: int) -> str:
    """`+8`, `−2`, `0`."""
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return f"{sign}{number(abs(difference))}"


def day(value: date) -> str:
    """A date."""
    return value.isoformat()


def citation_words(publisher: str, published: date | None, title: str) -> str:
    """A source in one line; without its day where nobody gives it."""
    if published is None:
        return f"{inert(publisher)}: {inert(title)}"
    return f"{inert(publisher)}, {day(published)}: {inert(title)}"


def inert(text: str) -> str:
    """Text from a file, with control and direction-changing characters shown as their codes, not obeyed."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter == "\u00a0" else f"\\u{ord(letter):04x}"
        for letter in unicodedata.normalize("NFC", text)
    )
