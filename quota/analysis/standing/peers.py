"""A unit's peers: the units of its type most like it in residents and density, and its place among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct

from quota.analysis.audit.auditing import audit
from quota.analysis.audit.finding import find_unit
from quota.analysis.audit.unsettled import unsettled
from quota.analysis.standing.measures import MEASURES, Value, density, province_of
from quota.analysis.standing.statistics import Spread, percentile, spread
from quota.core.problems import Problem, refusal
from quota.core.results import FrameSummary, UnitAudit, Unsettled
from quota.core.text import say
from quota.core.units import InputFile, StaffTable, Unit, UnitTable
from quota.norms.schema import Frame

SHOWN: tuple[str, ...] = (
    "population",
    "density",
    "quota",
    "staff",
    "shortfall",
    "surplus",
    "residents_per_civil_servant",
    "residents_per_post",
    "staff_per_post",
)
"""The measures by which a unit is placed among its peers."""


class Peer(Struct, frozen=True):
    """A unit and its distance: 0 is alike in residents and density, under 2 in any case."""

    audit: UnitAudit
    province: str | None
    distance: Fraction


class PeerComparison(Struct, frozen=True):
    """A unit's value of one measure, its percentile among its peers' values, and how those spread."""

    value: Value | None
    percentile: Fraction | None
    peers: Spread | None


class Peers(Struct, frozen=True):
    """A unit, its peers from the nearest, its place among them by measure.

    `by_density` is False where the unit's own density is unknown, so that only residents were compared;
    `left_out` counts the units of its type that could not be compared for want of residents or area.
    """

    frame: FrameSummary
    as_of: date
    unit: UnitAudit
    province: str | None
    asked: int
    peers: tuple[Peer, ...]
    places: Mapping[str, PeerComparison]
    by_density: bool
    left_out: int
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: Unsettled | None = None
    """What hangs on what is unknown of the unit and its peers."""


def peers(
    wanted: str,
    units: UnitTable,
    frame: Frame,
    staff: StaffTable | None = None,
    assigned: StaffTable | None = None,
    *,
    k: int = 10,
    as_of: date,
) -> Peers:
    """The `k` (at least 1) units of the same type nearest to the one called or coded `wanted`.

    Raises `InputError` as `audit` does, where `wanted` fits no unit or several, or its residents are unknown.
    """
    report = audit(units, frame, staff, assigned, as_of=as_of)
    found = find_unit([audited.unit for audited in report.units], wanted)
    if found.population is None:
        message = say("the residents of {name} are unknown, so it has no peers", name=found.name)
        raise refusal("unknown-population", message, say("fill in the residents"))
    me = next(audited for audited in report.units if audited.unit.code == found.code)
    by_density = density(found) is not None
    alike = [
        audited
        for audited in report.units
        if audited.unit.type is found.type and audited.unit.code != found.code
    ]
    at_distance = [(distance(found, audited.unit, by_density=by_density), audited) for audited in alike]
    nearest = sorted(
        (Peer(audited, province_of(audited.unit), far) for far, audited in at_distance if far is not None),
        key=lambda peer: (peer.distance, peer.audit.unit.code),
    )
    chosen = tuple(nearest[:k])
    places = {key: _place(key, me, chosen) for key in SHOWN}
    return Peers(
        report.frame,
        as_of,
        me,
        province_of(found),
        k,
        chosen,
        places,
        by_density,
        len(alike) - len(nearest),
        report.inputs,
        report.problems,
        unsettled([me, *(peer.audit for peer in chosen)]),
    )


def distance(unit: Unit, other: Unit, *, by_density: bool = True) -> Fraction | None:
    """How unlike two units are: the differences of residents and of density, each as a share of the larger.

    20,000 against 25,000 residents is 1/5. None where a figure it needs is unknown.
    """
    pairs: list[tuple[Value | None, Value | None]] = [(unit.population, other.population)]
    if by_density:
        pairs.append((density(unit), density(other)))
    far = Fraction(0)
    for mine, theirs in pairs:
        if mine is None or theirs is None:
            return None
        if mine != theirs:
            far += abs(Fraction(mine) - Fraction(theirs)) / max(mine, theirs)
    return far


def _place(key: str, me: UnitAudit, chosen: tuple[Peer, ...]) -> PeerComparison:
    value = MEASURES[key](me)
    among = [MEASURES[key](peer.audit) for peer in chosen]
    return PeerComparison(value, None if value is None else percentile(value, among), spread(among))
