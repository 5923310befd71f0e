"""The published figures that ship with the program."""

from __future__ import annotations

from datetime import date
from functools import cache

from quota.core.citations import PublishedFigure
from quota.core.text import LocalText
from quota.tables.shipped.embedded import shipped_rows


@cache
def published_figures() -> tuple[PublishedFigure, ...]:
    """Every line of `data/published.csv`, in its order."""
    return tuple(
        PublishedFigure(
            line["province"],
            line["code"] or None,
            int(line["units"]),
            int(line["posts"]),
            date.fromisoformat(line["day"]) if line["day"] else None,
            tuple(line["blocs"].split()),
            LocalText(vi=line["counts_vi"], en=line["counts_en"]),
            line["source"],
            LocalText(vi=line["note_vi"], en=line["note_en"]),
        )
        for line in shipped_rows("published")
    )
