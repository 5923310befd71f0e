"""A unit's audit as it would be with everything that is unknown of the unit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from quota.analysis.audit.assigning import assignment_of
from quota.analysis.audit.auditing import audit_unit, gaps_of
from quota.analysis.audit.statuses import status_of
from quota.analysis.audit.unsettled import unsettled
from quota.core.results import Quota, UnitAudit, Unsettled
from quota.core.units import Unit
from quota.norms.arithmetic.columns import FLAGS
from quota.norms.granting import Assumption
from quota.norms.schema import Frame


def with_the_unknown(audited: UnitAudit) -> UnitAudit:
    """The audit by the posts that are possible; the same one where nothing hangs on what is unknown."""
    if audited.quota is None or audited.quota.possible is None:
        return audited
    quota = Quota(audited.quota.possible)
    gap = gaps_of(quota.blocs, audited.staff)
    assignment = assignment_of(audited.unit, quota, audited.staff)
    return replace(audited, quota=quota, gap=gap, status=status_of(gap), assignment=assignment)


def unsettled_under(frame: Frame, units: Sequence[Unit]) -> Unsettled | None:
    """What hangs on unknown columns over these units under `frame`; None where none is unknown."""
    return unsettled([audit_unit(unit, frame) for unit in units])


def taking_it_as_so(frame: Frame, found: Unsettled | None) -> Frame | None:
    """The frame taking yes for the unknown yes-or-no columns; None where none of them is unknown."""
    flags = [column for column in FLAGS if found is not None and column in found.columns]
    return frame.assuming(dict.fromkeys(flags, Assumption.YES)) if flags else None
