"""Published figures beside what frames give, in all forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quota.analysis.standing.published import Explained, FrameFigure
from quota.core.text import Text, say
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import day, words

_EXPLAINED: dict[str, Text] = {
    Explained.YES: say("given exactly"),
    Explained.OPEN: say("not excluded"),
    Explained.NO: say("not explained"),
}


def published_rendering(found: Sequence[FrameFigure], residents_of: date) -> Rendering:
    """How to write published figures beside what each frame gives on residents of the day `residents_of`."""
    grid = table(
        found,
        Shown(say("Province or unit"), lambda row: row.name or row.figure.province, "place"),
        Shown(say("Province"), lambda row: row.figure.province, "province", hidden=True),
        Shown(say("Code"), lambda row: row.figure.code, "code", hidden=True),
        figures(say("Units"), lambda row: row.figure.units, "units"),
        figures(say("Residents"), lambda row: row.residents, "residents", hidden=True),
        figures(say("Published"), lambda row: row.figure.posts, "published"),
        Shown(say("Frame"), lambda row: row.frame, "frame"),
        figures(say("By the frame"), lambda row: row.given.low, "given_low"),
        figures(say("By the frame, at most"), lambda row: row.given.high, "given_high", hidden=True),
        figures(say("With the unknown, at least"), lambda row: row.possible.low, "possible_low", hidden=True),
        figures(say("With the unknown"), lambda row: row.possible.high, "possible_high"),
        figures(say("Difference"), lambda row: row.difference, "difference"),
        Shown(say("Explained"), lambda row: row.explained.value, "explained", names=_EXPLAINED),
        Shown(say("Day"), lambda row: row.figure.day, "day", hidden=True),
        Shown(say("Blocs"), lambda row: " ".join(row.figure.blocs), "blocs", hidden=True),
        Shown(say("What it counts"), lambda row: row.figure.counts, "counts", hidden=True),
        Shown(say("Source"), lambda row: row.figure.source, "source", hidden=True),
        Shown(say("Note"), lambda row: row.figure.note, "note", hidden=True),
        name="figures",
        about={"residents_of": residents_of.isoformat()},
        closing=_closing(found),
    )
    return grid_rendering(grid)


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
