"""Where a figure comes from, and figures that were published."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from quota.core.text import LocalText


class Citation(Struct, frozen=True):
    """A published source: who published it, when (None: not known), and when it was last checked for this."""

    id: str
    title: str
    publisher: str
    date: dt.date | None
    verified_on: dt.date | None = None
    url: str | None = None


class RuleSource(Struct, frozen=True):
    """A rule file behind a frame: its name and the SHA-256 of its bytes."""

    path: str
    sha256: str


class PublishedFigure(Struct, frozen=True):
    """A published number of `posts` of one unit (`code`), or of all `units` of a province.

    `blocs` are the keys of the blocs that it counts. `day` and `source` are empty where they are not known.
    """

    province: str
    code: str | None
    units: int
    posts: int
    day: dt.date | None
    blocs: tuple[str, ...]
    counts: LocalText
    source: str
    note: LocalText
