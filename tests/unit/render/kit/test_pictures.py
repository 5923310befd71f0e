"""Bars and sparklines; on a terminal they are drawn, in a pipe they are not."""

from __future__ import annotations

import io
from functools import partial

from rich.console import Console

from quota.core.text import say
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid
from quota.render.kit.output import plain_table
from quota.render.kit.page import Page, Section
from quota.render.kit.pictures import bar, gap_bar, sparkline


def test_a_bar_is_drawn_to_the_eighth_and_anything_shows_at_all() -> None:
    assert bar(10, 10, 4) == "████"
    assert bar(5, 10, 1) == "▌"
    assert bar(1, 1_000_000, 4) == "▏"
    assert bar(0, 10, 4) == bar(0, 0, 4) == ""


def test_a_gap_bar_has_the_missing_left_and_the_rest_right() -> None:
    assert gap_bar(4, 2, 4, 9) == "████│██"
    assert gap_bar(0, 4, 4, 9) == "    │████"
    assert gap_bar(0, 0, 0, 9) == "    │"
    assert gap_bar(1, 1, 1000, 9) == "   █│█"


def test_a_sparkline_runs_from_the_least_to_the_greatest() -> None:
    assert sparkline([1, 8, 4]) == "▁█▄"
    assert sparkline([3, 3]) == "▁▁"
    assert sparkline([]) == ""


def page() -> Page:
    grid = Grid("x", [Column("n", say("N"), numeric=True)], [{"n": 3}], {})
    return Page([], [Section(grid, pictures=[partial(bar, 3, 3)])])


def shown(width: int, *, terminal: bool) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=terminal, color_system=None)
    with console.capture() as capture:
        console.print(page_rendering(page(), dict, list).terminal(width))
    return capture.get()


def test_pictures_are_for_terminals_with_room_and_a_pipe_gets_the_numbers() -> None:
    assert "█" in shown(80, terminal=True)
    assert "█" not in shown(8, terminal=True)
    assert "█" not in shown(80, terminal=False)
    assert "█" not in plain_table(page_rendering(page(), dict, list), 80)
    assert "3" in plain_table(page_rendering(page(), dict, list), 80)
