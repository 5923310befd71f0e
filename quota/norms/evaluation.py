"""What a frame grants one unit, and how far the unit is from more or fewer posts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from quota.core.blocs import ByBloc
from quota.core.explanations import Margin, Step
from quota.core.problems import refuse_outside
from quota.core.results import Quota
from quota.core.units import Unit, UnitType
from quota.norms.margins import margins

if TYPE_CHECKING:  # what rule files may say costs more to import than most runs take
    from quota.norms.files.rulefile import RuleFile
    from quota.norms.schema import Frame


def refuse_out_of_force(frame: RuleFile, as_of: date, option: str = "--rules") -> None:
    """Raise `InputError` where the rules are not in force on `as_of`; `option` takes others."""
    period = frame.effective
    refuse_outside(frame.id, period.from_, period.to, as_of, option)


def quota_of(frame: Frame, unit: Unit) -> Quota | None:
    """Posts by bloc for a unit; None where a number that the frame counts is unknown."""
    return frame.granter(unit.type).quota(unit)


def below_minimum(frame: Frame, unit_type: UnitType, residents: int) -> bool:
    """Whether the unit has fewer residents than the frame asks of a new unit of its type."""
    minimum = frame.minimum_for(unit_type)
    return minimum is not None and residents < minimum


def steps_of(frame: Frame, unit: Unit) -> ByBloc[tuple[Step, ...]]:
    """Every step from the unit's numbers to its posts; the last step's result is the bloc's quota.

    None are given where a number that the frame counts is unknown.
    """
    from quota.norms.explained.explaining import Explaining  # most runs show no working

    explaining = Explaining(frame, unit)
    if explaining.quota is None:
        return ByBloc.of(frame.order, lambda _: ())
    return ByBloc.of(frame.order, explaining.steps)


def margins_of(frame: Frame, unit: Unit) -> ByBloc[Margin]:
    """Residents to the next post, to one fewer and to the last, by bloc."""
    return margins(frame.granter(unit.type), unit)
