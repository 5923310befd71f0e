"""A frame held against a span of days: whether it says something else before they are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.norms.files.documents import problem_at
from quota.norms.loading import document_of
from quota.norms.schema import Frame


def changes_of_frame(rules: str | Path, frame: Frame, day: dt.date, end: dt.date) -> Iterator[Problem]:
    """A warning at its line for each phase that begins after `day` and by `end`: norms are those of `day`.

    `rules` is the id or path that the frame was read from.
    """
    for place, phase in enumerate(frame.phases):
        if day < phase.from_ <= end:
            message = say(
                "the frame changes on {start}; the norms here are those of {day}", start=phase.from_, day=day
            )
            fix = say("ask again with --as-of {start} for what it says from then on", start=phase.from_)
            path = ("phases", place, "from")
            yield problem_at(document_of(rules), path, "frame-changes", message, fix, Severity.WARNING)
