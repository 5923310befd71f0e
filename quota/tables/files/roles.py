"""What a heading says, by the words on the path above its column: bloc, measure, thing, part.

The words are in `words.json`: for each kind its meanings, for each meaning its phrases. A heading is read as
its phrases, the longest first; a word that is in none makes it unclear, and an unclear column counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct, json

from quota.core.characters import pattern
from quota.core.names import fold

_WORDS = Path(__file__).with_name("words.json")
BETWEEN = " / "
"""Between the rows of a heading."""

_DAY = r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*(?:19|20)?[0-9]{2}"
_YEARS = r"(?:19|20)[0-9]{2}(?:\s*-\s*(?:19|20)[0-9]{2})?"
_DATE = pattern(rf"(?<!\w)(?:{_DAY}|[0-9]{{1,2}}/(?:19|20)[0-9]{{2}}|{_YEARS})(?!\w)")
_YEAR_IN = pattern(r"(?:19|20)[0-9]{2}|[0-9]{2}$")
_MARK = pattern(r"\(\s*[0-9]{1,2}\s*\)|\*+")
_BETWEEN_WORDS = pattern(r"[^\w%]+")


KNOWN_YEAR = 2026
"""What is said to be of a later year is foreseen: the latest year of what ships (`data/unit-changes.csv`)."""


class Measure(StrEnum):
    """What is counted: what is there, posts assigned, of the norm, foreseen, a difference, a share."""

    PRESENT = "present"
    ASSIGNED = "assigned"
    NORM = "norm"
    FORECAST = "forecast"
    GAP = "gap"
    SHARE = "share"


class Role(Struct, frozen=True):
    """What a heading says. `unclear` has the words in no phrase; `part` says that it is a part of a whole."""

    blocs: frozenset[str] = frozenset()
    measures: frozenset[Measure] = frozenset()
    things: frozenset[str] = frozenset()
    part: bool = False
    unclear: tuple[str, ...] = ()

    @property
    def bloc(self) -> str | None:
        """The one bloc it names; None for none and for several together."""
        return next(iter(self.blocs)) if len(self.blocs) == 1 else None

    @property
    def measure(self) -> Measure | None:
        """The one measure it names; a difference or a share is that, whatever it is between."""
        for measure in (Measure.SHARE, Measure.GAP):
            if measure in self.measures:
                return measure
        return next(iter(self.measures)) if len(self.measures) == 1 else None

    @property
    def thing(self) -> str | None:
        """The one thing it names."""
        return next(iter(self.things)) if len(self.things) == 1 else None

    @property
    def is_plain(self) -> bool:
        """Whether every word is understood, and it is of a whole."""
        return not self.unclear and not self.part and len(self.measures) < 2


class Captioned(Struct, frozen=True, kw_only=True):
    """What titles and headings between rows say of all figures under them; nothing, where there are none."""

    granting: bool = False
    """That the table grants posts."""
    foretelling: bool = False
    """That residents are forecast, planned or estimated, or some of them only."""
    partial: bool = False
    """That it counts some of the staff only."""
    of_group: bool = False
    """That it is about a group of people: who is not called residents is of the group."""

    def captions(self) -> dict[str, bool]:
        """What they say, for another that is captioned alike."""
        return {name: getattr(self, name) for name in Captioned.__struct_fields__}


OwnWords = tuple[tuple[str, str], ...]
"""A user's own phrases, folded, each with its meaning: one of `meanings`, or a bloc."""


@lru_cache(maxsize=4096)
def role_of(heading: str, own: OwnWords = (), known_year: int = KNOWN_YEAR) -> Role:
    """What the heading says; its rows are set apart by `BETWEEN`, and `own` words come before those shipped.

    The lowest row that names a bloc, a thing or a measure decides it; a difference, a share or a part is that
    in whichever row it is. Figures of a year after `known_year`, of which nothing says that they are
    there, are foreseen.
    """
    blocs: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    measures: frozenset[Measure] = frozenset()
    part, is_later, unclear = False, False, []
    for row in heading.split(BETWEEN):
        found, left = _read(row, own)
        blocs = frozenset(found.get("bloc", ())) or blocs
        things = frozenset(found.get("thing", ())) or things
        named = frozenset(map(Measure, found.get("measure", ())))
        measures = (named or measures) | (measures & {Measure.GAP, Measure.SHARE})
        part = part or "part" in found
        is_later = is_later or latest_year(row) > known_year
        unclear += left
    measures = measures or (frozenset((Measure.FORECAST,)) if is_later else measures)
    return Role(blocs, measures, things, part, tuple(unclear))


def _read(text: str, own: OwnWords) -> tuple[Mapping[str, set[str]], list[str]]:
    """The meanings of one row of a heading, by kind, and the words that are in no phrase."""
    text = fold(text)
    if not text.isidentifier():  # one word, as programs write it, has neither
        text = _DATE.sub(" | ", _MARK.sub(" | ", text))
    found: dict[str, set[str]] = {}
    for phrase, kind, meaning in _phrases(own):
        if phrase in text:
            text, times = (" | ", 1) if phrase == text else _pattern(phrase).subn(" | ", text)
            if times:
                found.setdefault(kind, set()).add(meaning)
    return found, [word for word in _BETWEEN_WORDS.split(text) if word and not word.isdigit()]


def blocs_named(text: str) -> frozenset[str]:
    """The blocs that a text names."""
    return frozenset(_read(text, ())[0].get("bloc", ()))


def latest_year(text: str) -> int:
    """The latest year of the days and years that a text says; 0 where it says none."""
    dates = [] if text.isidentifier() else [found[0] for found in _DATE.finditer(text)]
    years = [
        int(year) if len(year) == 4 else 2000 + int(year) for date in dates for year in _YEAR_IN.findall(date)
    ]
    return max(years, default=0)


def says_residents(text: str) -> bool:
    """Whether a text calls residents by their own word, which a group of people is not called by."""
    return _ALL_RESIDENTS.search(fold(text)) is not None


_ALL_RESIDENTS = pattern(fold(r"(?<!\w)(?:dân số|số dân|population|residents)(?!\w)"))


def undated(heading: str) -> str:
    """The heading without its dates: that of next month's table is the same."""
    return " ".join(_DATE.sub(" ", heading).split())


def assigned_key(bloc: str) -> str:
    """What the column of a bloc's assigned posts is called; its heading may be this too."""
    return f"assigned_{bloc}"


def is_assigned_key(heading: str, bloc: str) -> bool:
    """Whether a heading, or its lowest row, is the key of the bloc's assigned posts, as written here."""
    return fold(heading.rpartition(BETWEEN)[2]) in (fold(assigned_key(bloc)), fold(f"{bloc}_assigned"))


def assigned_blocs(
    header: Sequence[str],
    columns: Sequence[str | None],
    blocs: Sequence[str],
    own: OwnWords = (),
    *,
    granting: bool,
    titled: str | None = None,
) -> tuple[str | None, ...]:
    """For each heading the bloc of which it holds the posts that a decision assigned; None for any other.

    A heading is one where it is the key, or where it means no column, all its words are understood and name a
    bloc and what was assigned; under a title that assigns posts (`granting`), the bloc is enough. Where none
    is one, and the title assigns the posts of one bloc (`titled`), it is the one heading that says assigned,
    before one that says provisionally.
    """

    def bloc_of(heading: str, column: str | None) -> str | None:
        for bloc in blocs:
            if is_assigned_key(heading, bloc):
                return bloc
        role = role_of(heading, own)
        if column is not None or not role.is_plain or role.things or role.bloc not in blocs:
            return None
        is_assigned = role.measure is Measure.ASSIGNED or (role.measure is None and granting)
        return role.bloc if is_assigned else None

    found = tuple(bloc_of(heading, column) for heading, column in zip(header, columns, strict=True))
    if titled is None or titled not in blocs or any(found):
        return found
    alike: dict[bool, list[int]] = {False: [], True: []}
    for place, (heading, column) in enumerate(zip(header, columns, strict=True)):
        role = role_of(heading, own)
        if column is None and role.is_plain and not role.things and role.measure is Measure.ASSIGNED:
            alike[is_provisional(heading)].append(place)
    places = alike[False] or alike[True]
    return tuple(titled if [place] == places else None for place in range(len(header)))


def is_provisional(heading: str) -> bool:
    """Whether a heading says that posts were assigned until a later decision (tạm giao)."""
    return _PROVISIONAL.search(fold(heading)) is not None


_PROVISIONAL = pattern(fold(r"tạm giao|provisional"))


@lru_cache(maxsize=16)
def _phrases(own: OwnWords) -> tuple[tuple[str, str, str], ...]:
    """Each phrase, its kind and its meaning; the longest first, one's own before all."""
    mine = dict(own)
    kinds = {meaning: kind for kind, meaning in words()}
    found = [
        (phrase, kind, meaning)
        for (kind, meaning), phrases in words().items()
        for phrase in phrases
        if phrase not in mine
    ]
    found += [(phrase, kinds.get(meaning, "bloc"), meaning) for phrase, meaning in own]
    return tuple(sorted(found, key=lambda said: (said[0] not in mine, -len(said[0]), said[0])))


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """How a phrase is found: as whole words. Most tables hold few of the hundreds of phrases."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


@cache
def words() -> Mapping[tuple[str, str], Sequence[str]]:
    """The phrases of `words.json`, folded, by kind and meaning."""
    kinds = json.decode(_WORDS.read_bytes(), type=dict[str, dict[str, list[str]]])
    return {
        (kind, meaning): [fold(phrase) for phrase in phrases]
        for kind, meanings in kinds.items()
        for meaning, phrases in meanings.items()
    }


def meanings() -> tuple[str, ...]:
    """Everything that a phrase may mean, but for the blocs of a frame's own."""
    return tuple(meaning for _, meaning in words())
