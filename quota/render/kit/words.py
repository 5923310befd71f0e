"""How values read in a sentence or a table: numbers, intervals, gaps, dates, and text made inert.

The one place that knows the reader's language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from quota.core.blocs import Bloc
from quota.core.citations import Citation
from quota.core.posts import Gap, Posts
from quota.core.results import Status
from quota.core.text import Keys, LocalText, Text, say
from quota.core.units import Unit, UnitType, namesakes
from quota.render.kit.language import Language, language, phrase, translate

UNKNOWN = "?"
MINUS = "−"
YES, NO = say("yes"), say("no")
_IN_MARKDOWN: ContextVar[bool] = ContextVar("markdown", default=False)
# written as text, compiled on first use: machine formats have no words
_MARKDOWN_MARKS = r"[\\`*\[\]<|]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)"
_IN_TEXT = {"<": "&lt;", "&": "&amp;"}
_STACKED = (
    "(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_VIETNAMESE_MARKS = str.maketrans(".,", ",.")

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
        return text.render(translate, show)
    if isinstance(text, LocalText):
        return inert(text.vi if language() is Language.VI else text.en)
    return inert(text)


def show(value: object) -> str:
    """A value inside a sentence or a cell: numbers and dates as the language writes them."""
    if isinstance(value, int):
        return words(YES if value else NO) if isinstance(value, bool) else number(value)
    if isinstance(value, str):
        return inert(str(value))
    if isinstance(value, Text | LocalText):
        return words(value)
    if isinstance(value, float | Decimal):
        return separated(str(value))
    if isinstance(value, date):
        return day(value)
    return inert(", ".join(map(_key, value.names)) if isinstance(value, Keys) else str(value))


def _key(name: str) -> str:
    """A key in a sentence: in Vietnamese a bloc that a frame names by the frame's name."""
    if isinstance(name, Bloc) and not name.is_known and language() is Language.VI:
        return name.name.vi
    return phrase(name)


def number(count: int | None) -> str:
    """A whole number with its thousands apart, or the mark for unknown: `16,000`, in Vietnamese `16.000`."""
    if count is None:
        return UNKNOWN
    if count < 0:
        return f"{MINUS}{number(-count)}"
    return str(count) if count < 1_000 else separated(f"{count:,}")


def separated(figure: str) -> str:
    """A figure written with a decimal point and thousands commas, with the language's own marks."""
    return figure.translate(_VIETNAMESE_MARKS) if language() is Language.VI else figure


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


def short_words(gap: Gap | None) -> str:
    """The people missing, with their sign: `−9`."""
    return UNKNOWN if gap is None else signed(-gap.shortfall)


def over_words(gap: Gap | None) -> str:
    """The people over, with their sign: `+1`."""
    return UNKNOWN if gap is None else signed(gap.surplus)


def day(value: date) -> str:
    """A date: `2026-01-31`, in Vietnamese `31/01/2026`."""
    return value.strftime("%d/%m/%Y") if language() is Language.VI else value.isoformat()


def cited(sources: Iterable[Citation]) -> str:
    """Sources in one line: who published what, and when."""
    return "; ".join(citation_words(source.publisher, source.date, source.title) for source in sources)


def citation_words(publisher: str, published: date | None, title: str) -> str:
    """A source in one line; without its day where nobody gives it."""
    if published is None:
        return f"{inert(publisher)}: {inert(phrase(title))}"
    return f"{inert(publisher)}, {day(published)}: {inert(phrase(title))}"


def inert(text: str) -> str:
    """Text from a file, with nothing in it that acts.

    Controls and changes of direction are shown as their codes; so are marks stacked on a letter beyond what
    any writing needs, which would reach into other lines. In Markdown, its marks are marked as text.
    """
    if not text.isprintable():
        text = "".join(
            letter if letter.isprintable() or letter == "\u00a0" else f"\\u{ord(letter):04x}"
            for letter in unicodedata.normalize("NFC", text)
        )
    if not text.isascii():
        text = re.sub(_STACKED, lambda found: "".join(f"\\u{ord(mark):04x}" for mark in found.group()), text)
    return markdown(text) if _IN_MARKDOWN.get() else text


@contextmanager
def as_markdown() -> Iterator[None]:
    """Make words for Markdown inside: what files say is text in it, never its marks."""
    token = _IN_MARKDOWN.set(True)
    try:
        yield
    finally:
        _IN_MARKDOWN.reset(token)


def markdown(text: str) -> str:
    """Text that reads the same in Markdown: no links, pictures, tags or other marks of its own."""
    return re.sub(_MARKDOWN_MARKS, lambda found: _IN_TEXT.get(found.group(), f"\\{found.group()}"), text)


def called(units: Iterable[Unit], shared: Container[str] | None = None) -> Mapping[str, str]:
    """Each unit's name by its code; with the code behind it where another unit has the same name.

    `shared` are the names that several units have, where there are more units than these.
    """
    different = {unit.code: unit for unit in units}
    names = namesakes(different.values()) if shared is None else shared
    return {
        code: f"{unit.name} ({code})" if unit.name in names else unit.name for code, unit in different.items()
    }
