"""Sentences as values: an English template and what goes into it, put into words only when shown.

Results and problems are computed far from any reader. They carry `Text`, which a renderer turns into the
reader's language, and whose numbers it writes as that language does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct, field

from quota.core.values import ComparedByContent


class LocalText(Struct, frozen=True):
    """The same words in Vietnamese and in English, as a rule file carries them."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en


class Text(ComparedByContent, frozen=True):
    """`template` with `{name}` places, `plural` for when `values["n"]` is not one, and the values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __hash__(self) -> int:
        return hash(self.template)

    def chosen(self) -> str:
        """The template that fits the count."""
        return self.template if self.plural is None or self.values["n"] == 1 else self.plural

    def render(self, translate: Callable[[Text], str], show: Callable[[object], str]) -> str:
        """The sentence: `translate` gives the template in a language, `show` writes each value in it."""
        template = translate(self)
        if "{" not in template and "}" not in template:
            return template
        return template.format_map({key: show(value) for key, value in self.values.items()})

    def __str__(self) -> str:
        return self.render(Text.chosen, show_english)


def say(template: str, /, **values: object) -> Text:
    """A sentence: `say("{n} residents", n=113200)` reads "113,200 residents"."""
    return Text(template, values)


def count(singular: str, plural: str, /, **values: object) -> Text:
    """A sentence that depends on how many: `count("{n} unit", "{n} units", n=3)`."""
    return Text(singular, values, plural=plural)


def show_english(value: object) -> str:
    """A value inside an English sentence: whole numbers are grouped, codes and names stay as they are."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def did_you_mean(word: str, known: list[str]) -> Text | None:
    """A question about the known word that is most like `word`; None where none is like it."""
    from difflib import get_close_matches  # only on the way to an error message

    # a slip seldom changes the first letter: "lav" is law, but "here" is not share, nor "id" kind
    close = get_close_matches(word, [each for each in known if each[:1] == word[:1]], n=1)
    close = close or get_close_matches(word, known, n=1, cutoff=0.7)
    return say("did you mean {word}?", word=close[0]) if close else None


class Keys(Struct, frozen=True):
    """Keys in a sentence: in English they stay as they are, in another language they are in its words.

    `tests.i18n.extracting.KEYS` lists those that have words of their own; any other key stays as it is.
    """

    names: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.names)


def key(*names: str) -> Keys:
    """One key or several in a sentence."""
    return Keys(names)
