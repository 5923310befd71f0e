"""One unit's figures with every step, its margins, and what the other readings would give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quota.analysis.audit.auditing import audit_unit, inputs_of, join
from quota.analysis.audit.finding import find_unit
from quota.analysis.audit.unsettled import unsettled
from quota.core.explanations import Alternative, Explanation
from quota.core.units import StaffTable, UnitTable
from quota.norms.evaluation import margins_of, refuse_out_of_force, steps_of
from quota.norms.schema import Frame


def explain(
    unit: str,
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    as_of: date,
    others: Sequence[Frame] = (),
) -> Explanation:
    """The unit of this code or name: quota step by step, gaps, residents to the next post and to one fewer.

    `others` are frames to set beside it; those not in force on `as_of` are left out. Raises `InputError` as
    `audit` does, and where `unit` fits no unit or several.
    """
    refuse_out_of_force(frame, as_of)
    placed, problems = join(units, staff, assigned, under=[frame])
    found = find_unit(placed, unit)
    result = audit_unit(found, frame)
    alternatives = []
    for other in others:
        if other.id != frame.id and other.effective.covers(as_of):
            given = audit_unit(found, other)
            alternatives.append(Alternative(other.summary(), given.quota, given.gap, given.status))
    return Explanation(
        frame.summary(),
        as_of,
        result,
        steps_of(frame, found),
        margins_of(frame, found),
        tuple(alternatives),
        inputs_of(units, staff, assigned),
        problems,
        unsettled([result]),
    )
