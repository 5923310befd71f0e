"""What reconciling a table with a control total explains."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from quota.core.names import without_accents
from quota.core.problems import Problem
from quota.core.units import InputFile, Unit


class Correction(Struct, frozen=True):
    """One value with the zeros it lost put back: `after` is `before` with `zeros` more zeros."""

    unit: Unit
    before: int
    after: int
    zeros: int


class Cause(StrEnum):
    """Why a figure is known between bounds only."""

    COPIED = "copied"
    """Its row repeats another one: its own figure is what the total leaves."""
    THOUSANDS = "thousands"
    """It is in thousands, rounded."""
    SLIPPED = "slipped"
    """Rows slipped over its own: its figure is what the total leaves."""


class Bounds(Struct, frozen=True):
    """A figure that is known between `low` and `high` only, both included."""

    unit: Unit
    before: int
    low: int
    high: int
    cause: Cause


class Moved(Struct, frozen=True):
    """A unit whose own figures are in another unit's `row`; None where they are in no row."""

    unit: Unit
    row: Unit | None

    def put_back(self) -> Unit | None:
        """The unit with its own residents and area; None where they are in no row."""
        if self.row is None:
            return None
        return replace(self.unit, population=self.row.population, area_km2=self.row.area_km2)


class Account(Struct, frozen=True):
    """Changes that together make the residents add up to the control total.

    `surprise` is how implausible the corrected values are, in thousandths of a nat below the most plausible
    reading of every value alone: an account with 6,908 more is a thousand times less plausible. They add up
    exactly, unless `bounds` has figures known between bounds only, or `off` residents are left: the control
    total less the sum, None where units or residents are missing. `moved` has the units whose figures are
    in other rows: changes and bounds are of the figures put back.
    """

    changes: tuple[Correction, ...]
    surprise: int
    off: int | None = 0
    bounds: tuple[Bounds, ...] = ()
    moved: tuple[Moved, ...] = ()


class Verdict(StrEnum):
    """The verdict on a province's table."""

    MATCHES = "matches"
    """The table adds up as it is."""
    ONLY_ONE = "only-one"
    """One account fits, and no other with as few or fewer changes."""
    CLEAR = "clear"
    """Others add up with as few or fewer changes, each over a thousand times less plausible."""
    SEVERAL = "several"
    """Several accounts fit, none of them a thousand times likelier than the next."""
    NOT_PROVEN = "not-proven"
    """An account fits; the time was up before all others were ruled out."""
    UNLIKELY = "unlikely"
    """One account fits, and only with readings so unlikely that chance may have made it fit."""
    NEARLY = "nearly"
    """The likeliest account leaves a few residents: the total, or a figure, is off by a little."""
    NARROWED = "narrowed"
    """An account fits in which some figures are known between bounds only."""
    SLIPPED = "slipped"
    """By their areas rows may have slipped: whose figures are whose no sum tells."""
    UNEXPLAINED = "unexplained"
    """No account fits."""
    OUT_OF_TIME = "out-of-time"
    """The time was up before any account was found, or ruled out."""


_OPEN = (Verdict.CLEAR, Verdict.SEVERAL, Verdict.NOT_PROVEN, Verdict.UNLIKELY)
"""Where an account adds up exactly and yet is not taken by itself."""
_DIGITS = 6
"""So many hexadecimal digits tell the accounts of a province apart."""


class Reconciliation(Struct, frozen=True):
    """One province's table beside its control total; `accounts` are the ones found, most plausible first.

    `published` is what the table adds up to, `remainder` what is left unexplained: the control total less the
    sum of the most plausible reading of each value.
    """

    name: str
    control_total: int
    published: int
    units: tuple[Unit, ...]
    verdict: Verdict
    accounts: tuple[Account, ...] = ()
    candidates: int = 0
    unknown: int = 0
    remainder: int = 0
    accepted: str = ""
    """The name of the account that the user takes."""
    published_units: int | None = None
    """How many units the control total is of, where that is published."""

    @property
    def other_units(self) -> bool:
        """Whether the control total is of another number of units than the table has."""
        return self.published_units is not None and self.published_units != len(self.units)

    @property
    def gap(self) -> int:
        """How many residents the table lacks; negative where it has too many."""
        return self.control_total - self.published

    def name_of(self, account: Account) -> str | None:
        """What the user takes an account by: the same as long as its changes are; None if nobody can.

        Only accounts that add up exactly and not by slipped rows can be taken, where not one alone fits.
        """
        if self.verdict not in _OPEN:
            return None
        province = without_accents(self.name).replace(" ", "-") or "table"
        return f"{province}-{_digest(account)}"

    @property
    def taken(self) -> Account | None:
        """The account that settles the table: the only one, or the one that the user accepts by its name."""
        if self.verdict is Verdict.ONLY_ONE:
            return self.accounts[0]
        named = (account for account in self.accounts if self.name_of(account) == self.accepted)
        return next(named, None) if self.accepted else None

    @property
    def settled(self) -> bool:
        """Whether the residents may be taken as they are or as corrected."""
        return self.verdict is Verdict.MATCHES or self.taken is not None

    def corrected(self) -> Mapping[str, int]:
        """The residents that settle the table, by the code of the unit; empty where nothing is settled."""
        changes = self.taken.changes if self.taken is not None else ()
        return {change.unit.code: change.after for change in changes}


def _digest(account: Account) -> str:
    changes = ";".join(f"{change.unit.code}={change.after}" for change in account.changes)
    return hashlib.sha256(changes.encode()).hexdigest()[:_DIGITS]


class ReconcileReport(Struct, frozen=True):
    """Every province of a table, in the order they came in."""

    provinces: tuple[Reconciliation, ...]
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    time_limit: int = 30
