"""What a bulk audit wrote, in sums: one figure a line for people, one object for programs."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from quota.core.results import Status
from quota.core.text import Text, say
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import STATUS_NAMES

_NAMES: dict[str, Text] = {
    "rows": say("Rows"),
    "problem_rows": say("Rows with a problem"),
    "quota_low": say("Posts granted, at least"),
    "quota_high": say("Posts granted, at most"),
    "shortfall": say("Shortfall"),
    "surplus": say("Surplus"),
    **{f"units_{status.value}": say("Units: {status}", status=STATUS_NAMES[status]) for status in Status},
}


def written_rendering(frame: str, output: str, figures: Mapping[str, int | None]) -> Rendering:
    """`figures` by the keys of the JSON: rows, problem_rows, quota_low, ..., units_short, ..."""
    columns = (Column("what", say("Written")), Column("number", say("Number"), numeric=True))
    lines: list[dict[str, Value]] = [
        {"what": _NAMES[key], "number": number} for key, number in figures.items()
    ]
    grid = Grid("written", columns, lines, {}, [say("Frame: {frame}", frame=frame)])
    written: dict[str, Cell] = {"frame": frame, "output": output, **figures}
    return replace(
        grid_rendering(grid),
        json=lambda: {"written": written},
        rows=lambda: [list(written), list(written.values())],
    )
