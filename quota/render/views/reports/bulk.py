"""What a bulk audit wrote, in sums: one figure a line for people, one object for programs."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from quota.core.results import Status
from quota.core.text import Text, say
from quota.render.audit.unsettled import IF_SO
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import STATUS_NAMES

_NAMES: dict[str, Text] = {
    "rows": say("Rows"),
    "problem_rows": say("Rows with a problem"),
    "quota_low": say("Posts granted, at least"),
    "quota_high": say("Posts granted, at most"),
    "possible_low": say("Posts granted, at least, if so"),
    "possible_high": say("Posts granted, at most, if so"),
    "open_rows": say("Rows whose posts hang on what is unknown"),
    "rows_without_quota": say("Rows without a norm, in no sum"),
    "shortfall": say("Shortfall"),
    "surplus": say("Surplus"),
    **{f"units_{status.value}": say("Units: {status}", status=STATUS_NAMES[status]) for status in Status},
}
_IF_SO = ("possible_low", "possible_high", "open_rows")
"""Figures that are the same as others, or 0, where nothing is unknown."""


def written_rendering(frame: str, output: str, sums: Mapping[str, int | None]) -> Rendering:
    """`sums` by the keys of the JSON: rows, problem_rows, quota_low, ..., units_short, ..."""
    unsettled = bool(sums["open_rows"])
    lines = [line for line in sums.items() if unsettled or line[0] not in _IF_SO]
    grid = table(
        lines,
        Shown(say("Written"), lambda line: _NAMES[line[0]]),
        figures(say("Number"), lambda line: line[1]),
        closing=[say("Frame: {frame}", frame=frame), *([IF_SO] if unsettled else [])],
    )
    written: dict[str, Cell] = {"frame": frame, "output": output, **sums}
    return replace(
        grid_rendering(grid),
        json=lambda: {"written": written},
        rows=lambda: [list(written), list(written.values())],
    )
