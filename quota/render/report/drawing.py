"""Pictures of bars as SVG: drawn here in no time, the same bytes each time, nothing installed for them.

Bars begin at 0 and are of whole numbers of people or units. Lengths are pixels.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quota.render.kit.words import number
from quota.render.report.axes import (
    EDGE,
    GAP,
    LETTERS,
    TICK,
    TITLE,
    box,
    drawn,
    rounded_up,
    rules,
    short,
    text,
    ticks,
    title,
    upright,
    wide_enough,
    width_of,
)

WIDTH = 640
"""Of the part of a picture that bars are in."""
ROOM_BEHIND = 1.15
"""Room for the figure behind the longest lying bar."""
MOST_STEPS = 24
"""Of values that are counted by steps."""
_BAR, _SHARE = 24, 0.9
"""A lying bar with what is between it and the next, and how much of that is the bar."""
_NAME = 200
"""The most that a name beside an axis takes; a longer one is cut."""
_SLANT = math.radians(35)


class Bar(Struct, frozen=True):
    """A bar: what it is called, its parts from the axis outward, each an amount and a colour.

    `figure` is written at its end.
    """

    name: str
    parts: tuple[tuple[int, str], ...]
    figure: str = ""

    @property
    def amount(self) -> int:
        """All parts together."""
        return sum(part for part, _ in self.parts)


def lying(bars: Sequence[Bar], amounts: str) -> str:
    """Bars, at least one, below each other, their names on the left; the axis under them counts `amounts`."""
    names = [_cut(bar.name) for bar in bars]
    left = max(map(width_of, names)) + TICK + GAP + EDGE
    high = _BAR * len(bars)
    most = max(bar.amount for bar in bars) * ROOM_BEHIND
    lines = [f"M0 0v{high}"]
    words, boxes = [], []
    for place, (bar, name) in enumerate(zip(bars, names, strict=True)):
        middle = _BAR * place + _BAR // 2
        lines.append(f"M{-TICK} {middle}h{TICK}")
        words.append(text(name, -TICK - GAP, middle + 4, "end"))
        at = 0.0
        for amount, colour in bar.parts:
            long = amount / most * WIDTH
            boxes.append(box(at, middle - _BAR * _SHARE / 2, long, _BAR * _SHARE, colour))
            at += long
        words.append(text(bar.figure, at + GAP, middle + 4, "start"))
    lines.append(f"M0 {high}h{WIDTH}")
    for value in ticks(most, WIDTH):
        x = value / most * WIDTH
        lines.append(f"M{short(x)} {high}v{TICK}")
        words.append(text(number(value), x, high + TICK + LETTERS, "middle"))
    words.append(title(amounts, WIDTH / 2, high + TITLE))
    return drawn([*boxes, rules(lines), *words], left, EDGE, WIDTH + 2 * EDGE, high + TITLE + EDGE)


def standing(
    bars: Sequence[Bar],
    amounts: str,
    high: int,
    *,
    slanted: bool = False,
    legend: Mapping[str, str] | None = None,
) -> str:
    """Bars, at least one, beside each other on an axis `high` pixels high that counts `amounts`.

    Their names are below; long ones are `slanted`. `legend` says what colours mean, above the bars.
    """
    most = rounded_up(max(bar.amount for bar in bars))
    step = WIDTH / len(bars)
    lines, words, boxes = [f"M0 {high}h{WIDTH}"], [], []
    low = out = 0.0
    for place, bar in enumerate(bars):
        middle = step * (place + 0.5)
        lines.append(f"M{short(middle)} {high}v{TICK}")
        long = width_of(bar.name)
        if slanted:
            words.append(_slanted(bar.name, middle, high + TICK + LETTERS))
            low = max(low, long * math.sin(_SLANT) + LETTERS)
            out = max(out, long * math.cos(_SLANT) - middle)
        else:
            words.append(text(bar.name, middle, high + TICK + LETTERS, "middle"))
            low, out = float(LETTERS), max(out, long / 2 - step / 2)
        at = float(high)
        for amount, colour in bar.parts:
            long = amount / most * high
            at -= long
            boxes.append(box(middle - step * _SHARE / 2, at, step * _SHARE, long, colour))
        words.append(text(bar.figure, middle, at - GAP, "middle"))
    axis, room = upright(most, high, amounts)
    key, above = _legend(legend or {})
    parts = [*key, *boxes, rules(lines), *axis, *words]
    right = WIDTH + (0 if slanted else out)
    return drawn(parts, max(room, out) + EDGE, above + LETTERS + EDGE, right + EDGE, high + TICK + low + EDGE)


def histogram(values: Sequence[int], colour: str, across: str, amounts: str, high: int) -> str:
    """How many of the values, of which there is at least one, are in each of at most 24 steps of one width.

    `across` says what is measured, `amounts` what is counted.
    """
    wide = wide_enough(max(values) - min(values), MOST_STEPS)
    first, last = min(values) // wide * wide, max(values)
    end = max(math.ceil(last / wide) * wide, first + wide)
    counts = Counter(min(value // wide * wide, end - wide) for value in values)
    most = rounded_up(max(counts.values()))
    factor = WIDTH / (end - first)
    lines, words, boxes = [f"M0 {high}h{WIDTH}"], [], []
    for start, many in sorted(counts.items()):
        x, up = (start - first) * factor, many / most * high
        boxes.append(box(x + 0.5, high - up, wide * factor - 1, up, colour))
    edges = range(first, end + 1, wide)
    every = math.ceil(max(width_of(number(edge)) + 2 * GAP for edge in edges) / (wide * factor))
    for place, edge in enumerate(edges):
        x = (edge - first) * factor
        lines.append(f"M{short(x)} {high}v{TICK}")
        if not place % every:
            words.append(text(number(edge), x, high + TICK + LETTERS, "middle"))
    words.append(title(across, WIDTH / 2, high + TITLE))
    axis, room = upright(most, high, amounts)
    right = WIDTH + width_of(number(end)) / 2 + EDGE
    parts = [*boxes, rules(lines), *axis, *words]
    return drawn(parts, room + EDGE, LETTERS, right, high + TITLE + EDGE)


def on_white(svg: str) -> str:
    """The picture on white paper, for where what is behind it is not known."""
    return svg.replace(">", '><rect width="100%" height="100%" fill="white"/>', 1)


def _cut(name: str) -> str:
    """A name as far as it has room beside an axis."""
    if width_of(name) <= _NAME:
        return name
    long = len(name)
    while width_of(f"{name[:long]}…") > _NAME:
        long -= 1
    return f"{name[:long].rstrip()}…"


def _legend(colours: Mapping[str, str]) -> tuple[list[str], int]:
    """What colours mean, in lines above the bars; and their height."""
    placed: list[tuple[str, str, float, int]] = []
    x, line = 0.0, 0
    for name, colour in colours.items():
        room = 16 + width_of(name) + 2 * LETTERS
        if x and x + room > WIDTH:
            x, line = 0.0, line + 1
        placed.append((name, colour, x, line))
        x += room
    above = 18 * (line + 1) if placed else 0
    parts = []
    for name, colour, at, line in placed:
        y = 18 * line - above - LETTERS
        parts += [box(at, y, 10, 10, colour), text(name, at + 16, y + 9, "start")]
    return parts, above


def _slanted(words: str, x: float, y: float) -> str:
    place = f"translate({short(x + GAP)} {short(y)}) rotate({round(-math.degrees(_SLANT))})"
    return f'<g transform="{place}">{text(words, 0, 0, "end")}</g>'
