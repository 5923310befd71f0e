"""The path to the deadline as a sheet: its picture is of the units that meet their norm, year by year."""

from __future__ import annotations

from collections.abc import Iterator

from quota.core.text import say
from quota.planning.path.paths import Path
from quota.render.kit.words import day, words
from quota.render.report.charts import stacked
from quota.render.report.sheets import Sheet
from quota.render.views.people.path import path_page

ALONE, MORE = "#1F5A94", "#9CC3E6"
"""Units that meet it by themselves, and more with moves and recruits."""


def path_sheet(path: Path) -> Sheet:
    """The sheet of a path."""
    return Sheet(
        say("The path to {day}", day=path.deadline),
        path_page(path, advice=False),
        say("Units within their {aim}, by themselves and with moves and recruits", aim=path.aim),
        _picture(path),
        path.as_of,
        "picture",
    )


def _picture(path: Path) -> str:
    return stacked(list(_parts(path)), words(say("Units")), {_alone(): ALONE, _more(): MORE})


def _parts(path: Path) -> Iterator[tuple[str, str, int]]:
    """For each day what meets the norm by itself and what more does with the steps, as in the table."""
    for point in path.points:
        yield day(point.day), _alone(), point.meeting
        yield day(point.day), _more(), max(point.meeting_with_steps - point.meeting, 0)


def _alone() -> str:
    return words(say("by themselves"))


def _more() -> str:
    return words(say("more with moves and recruits"))
