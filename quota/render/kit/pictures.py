"""Numbers to look at: bars and sparklines drawn with block characters, in text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEVELS = "▁▂▃▄▅▆▇█"
_AXIS = "│"

Size = int | Fraction


def bar(value: Size, most: Size, width: int) -> str:
    """`value` as a bar, to an eighth of a column: `most` fills `width` of them, above 0 none is empty."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(Fraction(value) * width * 8 / Fraction(most)))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def gap_bar(shortfall: int, surplus: int, most: int, width: int) -> str:
    """People missing to the left of an axis and people over to the right, half of `width` each."""
    half = (width - 1) // 2
    missing, over = _whole(shortfall, most, half), _whole(surplus, most, half)
    return f"{'█' * missing:>{half}}{_AXIS}{'█' * over}"


def _whole(people: int, most: int, width: int) -> int:
    return max(1, round(Fraction(people * width, most))) if people and most else 0


def sparkline(values: Sequence[Size]) -> str:
    """One column a value, from the least at the bottom to the greatest at the top; equal ones stay low."""
    if not values:
        return ""
    least, greatest = min(values), max(values)
    if least == greatest:
        return _LEVELS[0] * len(values)
    top = len(_LEVELS) - 1
    return "".join(_LEVELS[round(Fraction(value - least) * top / (greatest - least))] for value in values)
