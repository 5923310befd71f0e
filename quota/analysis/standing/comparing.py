"""Units side by side: what each has, and where it ranks in its province and among units of its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from quota.analysis.audit.auditing import audit
from quota.analysis.audit.finding import find_unit
from quota.analysis.standing.measures import MEASURES, province_of
from quota.analysis.standing.statistics import RankAmong, standing
from quota.core.problems import Problem
from quota.core.results import FrameSummary, UnitAudit, Unsettled
from quota.core.units import InputFile, StaffTable, UnitTable
from quota.norms.schema import Frame

RANKED_BY: tuple[str, ...] = (
    "population",
    "density",
    "residents_per_civil_servant",
    "residents_per_post",
    "staff_per_post",
    "shortfall",
    "surplus",
)
"""The measures (see `MEASURES`) that a compared unit is ranked by, the greatest first."""


class Ranks(Struct, frozen=True):
    """Where a unit is in its province, and among all units read that are of its type."""

    province: RankAmong | None
    type: RankAmong | None


class Compared(Struct, frozen=True):
    """One unit with its ranks by measure; `province` is the file's name where it is unknown."""

    audit: UnitAudit
    province: str | None
    ranks: Mapping[str, Ranks]


class Comparison(Struct, frozen=True):
    """Units side by side under one frame on one day."""

    frame: FrameSummary
    as_of: date
    units: tuple[Compared, ...]
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of all units read."""


def compare(
    wanted: Sequence[str],
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    as_of: date,
) -> Comparison:
    """The units of these codes or names, in this order, a unit named twice once.

    Raises `InputError` as `audit` does, and where one of `wanted` fits no unit or several.
    """
    report = audit(units, frame, staff, assigned, as_of=as_of)
    by_code = {audited.unit.code: audited for audited in report.units}
    placed = [audited.unit for audited in report.units]
    chosen = dict.fromkeys(find_unit(placed, name).code for name in wanted)
    return Comparison(
        report.frame,
        as_of,
        tuple(_compared(by_code[code], report.units) for code in chosen),
        report.inputs,
        report.problems,
        report.totals.unsettled,
    )


def _compared(audited: UnitAudit, audits: Sequence[UnitAudit]) -> Compared:
    province = province_of(audited.unit)
    here = [other for other in audits if province_of(other.unit) == province]
    alike = [other for other in audits if other.unit.type is audited.unit.type]
    ranks = {key: Ranks(_standing(audited, here, key), _standing(audited, alike, key)) for key in RANKED_BY}
    return Compared(audited, province, ranks)


def _standing(audited: UnitAudit, among: Sequence[UnitAudit], key: str) -> RankAmong | None:
    return standing(MEASURES[key](audited), [MEASURES[key](other) for other in among])
