"""The same frame over any dataframe engine, and over many frames at once. Needs the extra `[bulk]`.

import quota.bulk
quota.bulk.audit(quota.load_frame("central-2025"), any_dataframe)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from quota.analysis.what_if.sensitivity import Outcome
    from quota.core.units import Unit
    from quota.norms.schema import Frame


def audit(
    frame: Frame,
    table: Any,
    columns: dict[str, str] | None = None,
    *,
    as_of: date | None = None,
    illustrative: bool | None = None,
    look: bool = False,
) -> Any:
    """The table with quota, gap and status columns, in its own engine; see `quota.bulk.frames.audit`."""
    from quota.bulk.frames import audit as audit_frame

    return audit_frame(frame, table, columns, as_of=as_of, illustrative=illustrative, look=look)


def sweep(frames: Sequence[Frame], units: Sequence[Unit]) -> list[Outcome]:
    """What each frame grants to the same units, in all; see `quota.bulk.sweeping.sweep`."""
    from quota.bulk.sweeping import sweep as sweep_frames

    return sweep_frames(frames, units)
