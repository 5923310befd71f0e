"""`quota borderline`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated

from quota.analysis.what_if.borderline import Growth
from quota.analysis.what_if.borderline import borderline as borderline_of
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_inputs
from quota.cli.options import PopulationFiles, StaffFiles, option
from quota.cli.refusing import usage_error
from quota.cli.waiting import waiting
from quota.core.text import say
from quota.render.views.compare.borderline import borderline_rendering

_PERCENT = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,6})?")


def _growth(percent: str | None, years: int | None) -> Growth | None:
    if (percent is None) != (years is None):
        raise usage_error(say("--growth and --years belong together"))
    if percent is None or years is None:
        return None
    if not _PERCENT.fullmatch(percent) or not -100 < Fraction(percent) <= 100:
        message = say(
            '"{text}" is no percentage above -100 and up to 100; write it with a decimal point: 1.2',
            text=percent,
        )
        raise usage_error(message)
    return Growth(Fraction(percent) / 100, years)


def borderline(
    population: PopulationFiles = None,
    within: Annotated[
        int, option("--within", "N", "How many residents are near.", min=1, max=1_000_000)
    ] = 100,
    growth: Annotated[
        str | None,
        option("--growth", "PERCENT", "Residents' growth a year, compound: 1.2; below 0 they shrink."),
    ] = None,
    years: Annotated[int | None, option("--years", "N", "So many years of --growth.", min=1, max=100)] = None,
    staff: StaffFiles = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Handling = AS_USUAL,
) -> None:
    """Units a few residents from gaining or losing a post, and when growth takes them there.

    As CSV: the units near a step; with --growth, all of them with the year each crosses its next one.
    """
    rate = _growth(growth, years)
    with waiting(say("Looking ahead …"), quiet=how.ask):
        day = under.day()
        frame = under.frame(day)
        units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
        found = borderline_of(units, frame, staff_table, within=within, growth=rate, as_of=day)
    how.answer(borderline_rendering(found), found.problems)


app = single(borderline)
