"""Where a figure comes from."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


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
