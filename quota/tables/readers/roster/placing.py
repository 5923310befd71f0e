"""Which bloc and which way of being employed the words of an office, a post or a note mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from quota.core.characters import pattern
from quota.core.names import spelled_alike, spelled_out, without_prefix
from quota.core.units import Employment

if TYPE_CHECKING:
    from quota.norms.offices import Offices

_SHORT = {
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "mặt trận tổ quốc": "mttq",
    "ủy ban mttq": "ubmttq",
    "ub mttq": "ubmttq",
    "vp": "văn phòng",
}
"""Words that stand for others; in this order."""
_ALSO = "kiêm"
_PART = pattern(r"[,;/+&()]|(?<!\w)(?:và|kiêm(?: nhiệm)?)(?!\w)")
_ALSO_HOLDS = pattern(rf"(?<!\w){_ALSO}(?: nhiệm)?(?!\w)")
_WORD = pattern(r"\w+")
_MARK = "\N{PILCROW SIGN}"
_MARKED = pattern(rf"{_MARK}([0-9]+){_MARK}")
_WITHOUT_MEANING = frozenset(("xã", "phường", "đặc", "khu", "của", "thuộc", "tại", "cấp", "khối", "nhiệm"))


class Said(Struct, frozen=True):
    """What a text says: blocs, ways of being employed, whether words are in no phrase (`unclear`).

    `offices` are the blocs of offices that are named, not only of posts. `first` are the blocs before a
    "kiêm": of who holds two offices, the first is the one to count in.
    """

    blocs: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    employments: frozenset[Employment] = frozenset()
    unclear: bool = False
    holds_another: bool = False


class _Phrase(Struct, frozen=True):
    pattern: re.Pattern[str]
    words: str
    bloc: str | None
    of_office: bool
    employment: Employment | None


class Words:
    """The phrases of a list of offices, and what texts say by them."""

    def __init__(self, offices: Offices) -> None:
        self._phrases = sorted(_phrases(offices), key=lambda phrase: (-len(phrase.words), phrase.words))
        self._known: dict[tuple[str, str], Said] = {}

    def said(self, text: str, unit: str = "") -> Said:
        """What a text says; the unit's own name in it says nothing."""
        key = (text, unit)
        if key not in self._known:
            self._known[key] = self._read(text, unit)
        return self._known[key]

    def _read(self, text: str, unit: str) -> Said:
        folded = _plain(text)
        own = spelled_alike(spelled_out(unit))
        for name in (own, without_prefix(own)):
            if name:
                folded = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", folded)
        for number, phrase in enumerate(self._phrases):
            if phrase.words in folded:
                folded = phrase.pattern.sub(f" {_MARK}{number}{_MARK} ", folded)
        marked = [self._phrases[int(number)] for number in _MARKED.findall(folded)]
        left = [
            word for word in _WORD.findall(_MARKED.sub(" ", _PART.sub(" ", folded))) if not word.isdigit()
        ]
        main = _ALSO_HOLDS.split(folded)[0]
        return Said(
            frozenset(self._blocs(folded)),
            frozenset(phrase.bloc for phrase in marked if phrase.of_office and phrase.bloc is not None),
            frozenset(self._blocs(main)),
            frozenset(phrase.employment for phrase in marked if phrase.employment is not None),
            bool(set(left) - _WITHOUT_MEANING),
            _ALSO_HOLDS.search(folded) is not None,
        )

    def _blocs(self, marked: str) -> Iterator[str]:
        """The blocs of each part between commas: of its offices, else of its posts."""
        for part in _PART.split(marked):
            phrases = [self._phrases[int(number)] for number in _MARKED.findall(part)]
            placed = [phrase for phrase in phrases if phrase.bloc is not None]
            yield from (
                phrase.bloc
                for phrase in placed
                if phrase.bloc is not None
                and (phrase.of_office or not any(held.of_office for held in placed))
            )


def _phrases(offices: Offices) -> Iterator[_Phrase]:
    for entries, of_office in ((offices.offices, True), (offices.posts, False)):
        for entry in entries.values():
            for name in entry.names:
                yield _phrase(name, entry.bloc, entry.employment, of_office=of_office)
    for employment, written in offices.employment.items():
        for name in written.names:
            yield _phrase(name, None, employment, of_office=False)


def _phrase(name: str, bloc: str | None, employment: Employment | None, *, of_office: bool) -> _Phrase:
    words = _plain(name)
    return _Phrase(re.compile(rf"(?<!\w){re.escape(words)}(?!\w)"), words, bloc, of_office, employment)


def _plain(text: str) -> str:
    """The text by its spelling, with the words of `_SHORT` shortened."""
    plain = spelled_alike(text)
    for long, short in _SHORT.items():
        plain = re.sub(rf"(?<!\w){spelled_alike(long)}(?!\w)", short, plain)
    return plain
