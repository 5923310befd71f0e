"""What a picture of bars is put together from: axes with round steps, texts, boxes.

Lengths are pixels. Letters are taken to be as wide as those of the widest of `FONT`, so that what is beside
them has room whatever the reader has.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from quota.render.kit.words import number

FONT = "Be Vietnam Pro, Segoe UI, Roboto, Noto Sans, Arial, DejaVu Sans, sans-serif"
"""Fonts with every letter of Vietnamese, the first that is there; those of vl-convert lack some."""
LETTERS = 12
"""The size of letters."""
EDGE, TICK, GAP = 6, 5, 4
TITLE = 33
"""How far under an axis its title is."""
_APART = 40
"""About how far ticks are from each other."""
_AXIS = "#888"
_THIN, _WIDE = frozenset("iljtfrI.,:;'|!()[]/- 1"), frozenset("mwMWQO%@…")


def step_of(most: float, wanted: int) -> int:
    """The step that makes about `wanted` of them up to `most`: 1, 2 or 5 times a power of ten."""
    exact = max(most / wanted, 1)
    power = int(10 ** math.floor(math.log10(exact)))
    times = next((times for times, least in ((10, 50), (5, 10), (2, 2)) if (exact / power) ** 2 >= least), 1)
    return times * power


def ticks(most: float, length: int) -> range:
    """The values that an axis of this length up to `most` says."""
    return range(0, math.floor(most) + 1, step_of(most, math.ceil(length / _APART)))


def rounded_up(most: int) -> int:
    """A round number that is no less, and more than 0: an axis ends with it."""
    step = step_of(most, 10)
    return max(math.ceil(most / step) * step, step)


def wide_enough(span: int, most: int) -> int:
    """The least of 1, 2 and 5 times powers of ten of which at most `most` fill the span."""
    return next(
        times * int(10**power)
        for power in range(len(str(span)) + 1)
        for times in (1, 2, 5)
        if times * int(10**power) * most >= span
    )


def width_of(words: str) -> float:
    """About how wide a text is."""
    letters = unicodedata.normalize("NFD", words)
    return LETTERS * sum(
        0.4 if letter in _THIN else 0.95 if letter in _WIDE else 0.72 if letter.isupper() else 0.62
        for letter in letters
        if not unicodedata.combining(letter)
    )


def upright(most: int, high: int, counted: str) -> tuple[list[str], float]:
    """The axis on the left up to `most`, what it counts beside it, and the room that it takes."""
    values = ticks(most, high)
    room = max(width_of(number(value)) for value in values) + TICK + GAP
    lines = [f"M0 0v{high}"]
    parts = []
    for value in values:
        y = high - value / most * high
        lines.append(f"M{-TICK} {short(y)}h{TICK}")
        parts.append(text(number(value), -TICK - GAP, y + 4, "end"))
    x = room + LETTERS
    parts.append(f'<g transform="translate({short(-x)} {high // 2}) rotate(-90)">{title(counted, 0, 0)}</g>')
    return [rules(lines), *parts], x + LETTERS


def drawn(parts: Iterable[str], left: float, above: float, right: float, below: float) -> str:
    """The picture: `parts` around their own zero, and how far they reach from it to each side."""
    x, y, width, high = map(math.ceil, (left, above, left + right, above + below))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="{width}" height="{high}" '
        f'viewBox="0 0 {width} {high}" font-family={quoteattr(FONT)} font-size="{LETTERS}">'
        f'<g transform="translate({x} {y})">{"".join(parts)}</g></svg>'
    )


def rules(lines: Iterable[str]) -> str:
    """The lines of axes, each as a path."""
    return f'<g class="mark-rule"><path fill="none" stroke="{_AXIS}" d="{"".join(lines)}"/></g>'


def box(x: float, y: float, wide: float, high: float, colour: str) -> str:
    """A box of one colour from its upper left corner."""
    left, top, width, height = map(short, (x, y, wide, high))
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colour}"/>'


def text(words: str, x: float, y: float, anchor: str, more: str = "") -> str:
    """Words at a place, which is their `anchor` (start, middle or end); nothing where there are none."""
    if not words:
        return ""
    return f'<text x="{short(x)}" y="{short(y)}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def title(words: str, x: float, y: float) -> str:
    """What an axis counts or measures."""
    return text(words, x, y, "middle", ' font-weight="bold"')


def short(value: float) -> str:
    """A length to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
