"""The ways of rounding a frame may name; `expression.divided` says what each does."""

from __future__ import annotations

from enum import StrEnum


class Rounding(StrEnum):
    """DOWN counts full steps, UP begun ones, NEAREST from half a step on."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"
