"""The colours of units: one scale from most short, through neither, to most over; both colours where both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from quota.core.posts import Gap
from quota.core.results import Status, UnitAudit
from quota.core.text import say
from quota.render.kit.language import Language, language
from quota.render.kit.words import STATUS_NAMES, words

_SHORT = ("#8F1D13", "#D6543F", "#F2A08E")
_OVER = ("#1F4F8A", "#4A8AC9", "#A9CBEB")
"""From the greatest gap to the least."""
SHORT_INK, OVER_INK = _SHORT[1], _OVER[1]
_WITHIN, _UNKNOWN, _MIXED = "#ECE7D3", "#B4B9C2", "#8E5BB0"
_POSTS = ("#DCE9F5", "#A9CBEB", "#6FA6DA", "#3C7AB8", "#1F4F8A")
_STEPS = ((100, 50, 1), (50, 20, 1), (20, 10, 1), (10, 5, 1))
"""The least gap of each step of colour, for a scale."""


class Class(Struct, frozen=True):
    """A class of units: its words, one colour, and a second where a unit is short here and over there."""

    name: str
    colour: str
    second: str = ""

    @property
    def key(self) -> str:
        """What tells its look from others."""
        return f"{self.colour}{self.second}".replace("#", "-").lower()


class Scale(Struct, frozen=True):
    """The steps of both ends, by the greatest gap of the units at hand: small gaps are told apart too."""

    steps: tuple[int, ...]

    def of(self, audited: UnitAudit) -> Class:
        """The class a unit is coloured by; mixed units are one class with the colours of both their gaps."""
        return _class_of(self, audited.status, audited.known_gap, language())

    def of_gap(self, status: Status, gap: Gap) -> Class:
        """The class of a unit of this status and gap."""
        name = words(STATUS_NAMES[status])
        match status:
            case Status.SHORT:
                return self._step(name, gap.shortfall, _SHORT)
            case Status.SURPLUS:
                return self._step(name, gap.surplus, _OVER)
            case Status.MIXED:
                short, over = self._step(name, gap.shortfall, _SHORT), self._step(name, gap.surplus, _OVER)
                return Class(name, short.colour, over.colour)
            case Status.WITHIN:
                return Class(name, _WITHIN)
            case Status.UNKNOWN:
                return Class(name, _UNKNOWN)

    def classes(self, units: Iterable[UnitAudit]) -> list[Class]:
        """Those that some unit is of, in order: from most short to most over, then mixed, then unknown."""
        short, over = words(STATUS_NAMES[Status.SHORT]), words(STATUS_NAMES[Status.SURPLUS])
        scale = [self._step(short, least, _SHORT) for least in self.steps]
        scale.append(Class(words(STATUS_NAMES[Status.WITHIN]), _WITHIN))
        scale += [self._step(over, least, _OVER) for least in reversed(self.steps)]
        scale.append(Class(words(STATUS_NAMES[Status.MIXED]), SHORT_INK, OVER_INK))
        scale.append(Class(words(STATUS_NAMES[Status.UNKNOWN]), _UNKNOWN))
        present = {self.of(audited).name for audited in units}
        return [found for found in scale if found.name in present]

    def _step(self, name: str, people: int, colours: tuple[str, ...]) -> Class:
        place = next(place for place, least in enumerate(self.steps) if people >= least)
        if not place:
            return Class(words(say("{status} {n} or more", status=name, n=self.steps[0])), colours[0])
        ends = f"{self.steps[place]}–{self.steps[place - 1] - 1}"
        return Class(f"{name} {ends}", colours[place])


@lru_cache(maxsize=4096)
def _class_of(scale: Scale, status: Status, gap: Gap, _: Language) -> Class:
    """The same few gaps in a whole table, worded once in each language."""
    return scale.of_gap(status, gap)


def scale_of(units: Iterable[UnitAudit]) -> Scale:
    """The scale whose last step begins at most half way to the greatest gap."""
    gaps = [audited.known_gap for audited in units]
    most = max((max(gap.shortfall, gap.surplus) for gap in gaps), default=0)
    return Scale(next((steps for steps in _STEPS if steps[0] * 2 <= most), _STEPS[-1]))


def plain_colour(found: Class) -> str:
    """Its one colour where a picture has no room for two."""
    return _MIXED if found.second else found.colour


class PostsScale(Struct, frozen=True):
    """Where no staff is known: steps of posts granted, from the fewest to the most."""

    ends: tuple[int, ...]

    def of(self, audited: UnitAudit) -> Class:
        """The step of a unit's posts, by the lower end of what it is granted."""
        if audited.quota is None:
            return Class(words(say("unknown")), _UNKNOWN)
        posts = audited.quota.total.low
        place = sum(posts >= end for end in self.ends[1:])
        first, following = self.ends[place], self.ends[place + 1 : place + 2]
        name = f"{first}–{following[0] - 1}" if following else words(say("{n} or more", n=first))
        return Class(name, _POSTS[place])

    def classes(self, units: Iterable[UnitAudit]) -> list[Class]:
        """Those that some unit is of, from the fewest posts; then unknown."""
        found = {self.of(audited) for audited in units}
        order = (*_POSTS, _UNKNOWN)
        return sorted(found, key=lambda of_units: order.index(of_units.colour))


def posts_scale(units: Iterable[UnitAudit]) -> PostsScale:
    """At most five steps of one width, a whole number, from the fewest posts of a unit to the most."""
    posts = [audited.quota.total.low for audited in units if audited.quota is not None]
    if not posts:
        return PostsScale((0,))
    width = (max(posts) - min(posts)) // len(_POSTS) + 1
    return PostsScale(tuple(range(min(posts), max(posts) + 1, width)))
