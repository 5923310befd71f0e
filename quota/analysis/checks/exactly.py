"""Which readings of a table's figures make its total, exactly or nearly, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from quota.analysis.checks.accounts import Choice, search, surprise
from quota.analysis.checks.beside import Beside
from quota.analysis.checks.expecting import Judged, judged
from quota.analysis.checks.narrowing import corrections, narrowed
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading, readings
from quota.core.reconciliation import Account, Verdict
from quota.core.units import Unit

LIKELY_ENOUGH = 4_000
"""An account this much more surprising than the likeliest reading of every value may fit by chance.

Fifty times: so few choices are likelier that one in thousands adds up to a total that it should not.
"""


class Weighed(Struct, frozen=True):
    """Units with residents, what is expected of each by code, and the readings of each figure."""

    units: Sequence[Unit]
    expected: Mapping[str, Judged]
    figures: Sequence[Sequence[Reading]]

    @classmethod
    def of(cls, units: Sequence[Unit], embedded: Mapping[str, int]) -> Weighed:
        """The units weighed beside each other; a reading that is the `embedded` figure is far likelier."""
        expected = judged(units, Beside(units), every=True)
        return cls(
            units,
            expected,
            [
                readings(unit.population or 0, expected.get(unit.code), embedded.get(unit.code))
                for unit in units
            ],
        )

    @property
    def candidates(self) -> int:
        """How many figures may have lost zeros."""
        return sum(any(reading.zeros for reading in options) for options in self.figures)

    @property
    def likeliest(self) -> int:
        """The sum of the likeliest reading of every figure."""
        return sum(min(options, key=lambda reading: reading.surprise).residents for options in self.figures)


def explained(
    weighed: Weighed, control_total: int, seconds_left: Callable[[], float]
) -> tuple[Verdict, Sequence[Account]]:
    """The accounts of a table whose units are all here, most plausible first, and what they are worth.

    Where those that add up exactly are a thousand times less plausible than one that nearly does, chance has
    made them, and nothing is certain.
    """
    published = sum(unit.population or 0 for unit in weighed.units)
    if published == control_total:
        return Verdict.MATCHES, ()
    exact: Sequence[Account] = ()
    complete = True
    if (control_total - published) % 9 == 0:  # a zero put back adds 9, 99 or 999 times the figure
        found = search(weighed.figures, control_total, seconds_left)
        exact = [_account(weighed, choice, control_total) for choice in found.choices]
        complete = found.complete
    if not exact and not complete:
        return Verdict.OUT_OF_TIME, ()
    if not exact or exact[0].surprise > THOUSANDFOLD:
        nearly = narrowed(weighed.units, weighed.figures, control_total, weighed.expected, seconds_left)
        if nearly and (not exact or nearly[0].surprise + THOUSANDFOLD < exact[0].surprise):
            return (Verdict.NARROWED if nearly[0].bounds else Verdict.NEARLY), [*nearly, *exact]
    return (_verdict(exact, complete=complete), exact) if exact else (Verdict.UNEXPLAINED, ())


def _verdict(accounts: Sequence[Account], *, complete: bool) -> Verdict:
    first = accounts[0].surprise
    if len(accounts) > 1:
        clear = accounts[1].surprise - first > THOUSANDFOLD and first <= LIKELY_ENOUGH
        return Verdict.CLEAR if clear else Verdict.SEVERAL
    if not complete:
        return Verdict.NOT_PROVEN
    return Verdict.ONLY_ONE if first <= LIKELY_ENOUGH else Verdict.UNLIKELY


def _account(weighed: Weighed, choice: Choice, control_total: int) -> Account:
    changes = corrections(weighed.units, weighed.figures, choice)
    added = sum(unit.population or 0 for unit in weighed.units) + sum(
        change.after - change.before for change in changes
    )
    if added != control_total or any(change.after != change.before * 10**change.zeros for change in changes):
        raise AssertionError("an account that does not add up")
    return Account(changes, surprise(weighed.figures, choice))
