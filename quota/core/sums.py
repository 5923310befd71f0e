"""Sums of figures of which some may be unknown."""

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
