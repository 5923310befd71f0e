"""The ways of rounding that a frame may name, in words; `expression.divided` says what each does.

A new way is written here and there: mypy stops at each place that tells the ways apart.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from quota.core.text import Text, say


class Rounding(StrEnum):
    """DOWN counts full steps, UP begun ones, NEAREST from half a step on."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"


def all_ways() -> Text:
    """Every way as a frame writes it, for who has to choose one."""
    *ways, last = Rounding
    return say("{first} or {second}", first=", ".join(ways), second=last.value)


def way_in_words(rounding: Rounding) -> Text:
    """The way by its name."""
    match rounding:
        case Rounding.DOWN:
            return say("down")
        case Rounding.UP:
            return say("up")
        case Rounding.NEAREST:
            return say("to the nearest")
        case _:
            assert_never(rounding)


def rounded_to(rounding: Rounding) -> Text:
    """The words between a fraction and the whole number it becomes."""
    match rounding:
        case Rounding.DOWN:
            return say("rounded down =")
        case Rounding.UP:
            return say("rounded up =")
        case Rounding.NEAREST:
            return say("rounded to the nearest =")
        case _:
            assert_never(rounding)


def steps_in_words(rounding: Rounding, per: object, *, residents: bool) -> Text:
    """Which steps of `per` are counted."""
    match rounding:
        case Rounding.DOWN if residents:
            return say("full steps of {per} residents", per=per)
        case Rounding.DOWN:
            return say("full steps of {per}", per=per)
        case Rounding.UP if residents:
            return say("begun steps of {per} residents", per=per)
        case Rounding.UP:
            return say("begun steps of {per}", per=per)
        case Rounding.NEAREST if residents:
            return say("steps of {per} residents", per=per)
        case Rounding.NEAREST:
            return say("steps of {per}", per=per)
        case _:
            assert_never(rounding)


def division_in_words(rounding: Rounding, counted: object, per: object, steps: object) -> Text:
    """The division that gives the steps."""
    match rounding:
        case Rounding.DOWN:
            return say("{counted} ÷ {per}, rounded down = {steps}", counted=counted, per=per, steps=steps)
        case Rounding.UP:
            return say("{counted} ÷ {per}, rounded up = {steps}", counted=counted, per=per, steps=steps)
        case Rounding.NEAREST:
            return say(
                "{counted} ÷ {per}, rounded to the nearest = {steps}", counted=counted, per=per, steps=steps
            )
        case _:
            assert_never(rounding)
