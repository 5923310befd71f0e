"""Where a figure comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A published source: who published it, when, and when this program's authors last checked it."""

    id: str
    title: str
    publisher: str
    date: dt.date
    verified_on: dt.date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A rule file behind a frame: its name and the SHA-256 of its bytes."""

    path: str
    sha256: str
