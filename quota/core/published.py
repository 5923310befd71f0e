"""Figures of posts that were published, to hold a frame to."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from quota.core.text import LocalText


class PublishedFigure(Struct, frozen=True):
    """A published number of `posts` of one unit (`code`), or of all `units` of a province.

    `blocs` are the keys of the blocs that it counts. `day` and `source` are empty where they are not known.
    """

    province: str
    code: str | None
    units: int
    posts: int
    day: date | None
    blocs: tuple[str, ...]
    counts: LocalText
    source: str
    note: LocalText
