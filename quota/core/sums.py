"""Sums of figures of which some may be unknown; their middle."""

from __future__ import annotations

from collections.abc import Iterable


def known_sum(figures: Iterable[int | None]) -> int | None:
    """The figures that are known, added up; None where none is."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def whole_sum(figures: Iterable[int | None]) -> int | None:
    """All figures added up; None where one is unknown: part of a sum is not the sum."""
    found = list(figures)
    known = [figure for figure in found if figure is not None]
    return sum(known) if len(known) == len(found) else None


def median(figures: Iterable[float]) -> float:
    """The figure in the middle, or the mean of the two that are; there is at least one.

    `statistics.median` gives the same, and is imported with exact fractions and random numbers: an audit,
    which asks for the middle of a few hundred ratios, would wait for these longer than for the answer.
    """
    ordered = sorted(figures)
    middle, is_odd = divmod(len(ordered), 2)
    return ordered[middle] if is_odd else (ordered[middle - 1] + ordered[middle]) / 2
