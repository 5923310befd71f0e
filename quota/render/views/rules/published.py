"""Published figures beside what frames give, in all forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quota.analysis.standing.published import Explained, FrameFigure
from quota.core.text import Text, say
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import day, words

_EXPLAINED: dict[str, Text] = {
    Explained.YES: say("given exactly"),
    Explained.OPEN: say("not excluded"),
    Explained.NO: say("not explained"),
}


def published_rendering(found: Sequence[FrameFigure], residents_of: date) -> Rendering:
    """How to write published figures beside what each frame gives on residents of the day `residents_of`."""
    columns = [
        Column("place", say("Province or unit")),
        Column("province", say("Province"), hidden=True),
        Column("code", say("Code"), hidden=True),
        Column("units", say("Units"), numeric=True),
        Column("residents", say("Residents"), numeric=True, hidden=True),
        Column("published", say("Published"), numeric=True),
        Column("frame", say("Frame")),
        Column("given_low", say("By the frame"), numeric=True),
        Column("given_high", say("By the frame, at most"), numeric=True, hidden=True),
        Column("possible_low", say("With the unknown, at least"), numeric=True, hidden=True),
        Column("possible_high", say("With the unknown"), numeric=True),
        Column("difference", say("Difference"), numeric=True),
        Column("explained", say("Explained"), names=_EXPLAINED),
        Column("day", say("Day"), hidden=True),
        Column("blocs", say("Blocs"), hidden=True),
        Column("counts", say("What it counts"), hidden=True),
        Column("source", say("Source"), hidden=True),
        Column("note", say("Note"), hidden=True),
    ]
    about = {"residents_of": residents_of.isoformat()}
    return grid_rendering(
        Grid("figures", columns, [_row(beside) for beside in found], about, _closing(found))
    )


def _row(beside: FrameFigure) -> dict[str, Value]:
    figure = beside.figure
    return {
        "place": beside.name or figure.province,
        "province": figure.province,
        "code": figure.code,
        "units": figure.units,
        "residents": beside.residents,
        "published": figure.posts,
        "frame": beside.frame,
        "given_low": beside.given.low,
        "given_high": beside.given.high,
        "possible_low": beside.possible.low,
        "possible_high": beside.possible.high,
        "difference": beside.difference,
        "explained": beside.explained.value,
        "day": figure.day,
        "blocs": " ".join(figure.blocs),
        "counts": figure.counts,
        "source": figure.source,
        "note": figure.note,
    }


def _closing(found: Sequence[FrameFigure]) -> list[Text]:
    about = {id(beside.figure): beside for beside in found}.values()
    return [
        *(_said(beside) for beside in about),
        say(
            "By the frame: counted without what is unknown of the units (whether they lie in mountains); "
            "with the unknown: as if it held for all. Not excluded: the frame gives the figure if it holds "
            "for some of the units. Residents: data/vietnam.csv, with its doubts."
        ),
    ]


def _said(beside: FrameFigure) -> Text:
    """What a figure counts, by whom it was published, and what is known of it."""
    figure = beside.figure
    return say(
        "{place}, {posts}: {counts}; source: {source}; day: {day}. {note}",
        place=beside.name or figure.province,
        posts=figure.posts,
        counts=figure.counts,
        source=figure.source or words(say("not known here")),
        day=day(figure.day) if figure.day else words(say("not known here")),
        note=figure.note,
    )
