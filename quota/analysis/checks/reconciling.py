"""Reconciling a table with a control total: which values lost zeros, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quota.analysis.checks.accounts import Choice, search, surprise
from quota.analysis.checks.beside import Beside
from quota.analysis.checks.expecting import Judged, judged
from quota.analysis.checks.narrowing import corrections, narrowed
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading, readings
from quota.core.reconciliation import Account, Reconciliation, Verdict
from quota.core.units import Unit

LIKELY_ENOUGH = 4_000
"""An account this much more surprising than the likeliest reading of every value may fit by chance.

Fifty times: so few choices are likelier that one in thousands adds up to a total that it should not.
"""


def reconcile(
    name: str,
    units: Sequence[Unit],
    control_total: int,
    seconds_left: Callable[[], float],
    *,
    accept: bool = False,
    published_units: int | None = None,
    embedded: Mapping[str, int] | None = None,
) -> Reconciliation:
    """Find which values lost one, two or three zeros: the residents then add up to `control_total` exactly.

    Of all accounts the most plausible comes first (beside what is expected of each unit; each zero put back
    has its price), then others with as few or fewer changes. With `accept` the first of several settles the
    table. Where none fits, one is looked for that leaves a few residents, or in which a copied row or figures
    in thousands are known between bounds only: these settle nothing. `embedded` has figures that are known,
    by code: a reading that is one of them is a thousand times likelier. `seconds_left` tells how long the
    search may still take. Units with unknown residents leave the gap open, and so do units that are not there
    (fewer or more than `published_units`, of which the total is): nothing adds up for certain then. Every
    account is added up again, without the solver, before it is given back.
    """
    by_code = sorted(units, key=lambda unit: unit.code)  # the order of rows decides between no equals
    known = [unit for unit in by_code if unit.population is not None]
    published = sum(unit.population or 0 for unit in known)
    unknown = len(units) - len(known)
    expected = judged(known, Beside(known), every=True)
    figures = [
        readings(unit.population or 0, expected.get(unit.code), (embedded or {}).get(unit.code))
        for unit in known
    ]
    candidates = sum(any(reading.zeros for reading in options) for options in figures)
    likeliest = sum(_best(options).residents for options in figures)

    def answer(verdict: Verdict, accounts: Sequence[Account] = ()) -> Reconciliation:
        return Reconciliation(
            name,
            control_total,
            published,
            tuple(units),
            verdict,
            tuple(accounts),
            candidates,
            unknown,
            control_total - likeliest,
            accept,
            published_units,
        )

    if published == control_total and not unknown:
        return answer(Verdict.MATCHES)  # also where units were merged since: all their residents are here
    if unknown or (published_units is not None and published_units != len(units)):
        return answer(Verdict.UNEXPLAINED)
    if (control_total - published) % 9 == 0:  # a zero put back adds 9, 99 or 999 times the figure
        found = search(figures, control_total, seconds_left)
        accounts = [_account(known, figures, choice, control_total) for choice in found.choices]
        if accounts:
            return answer(_verdict(accounts, complete=found.complete), accounts)
        if not found.complete:
            return answer(Verdict.OUT_OF_TIME)
    return answer(*_narrowed(known, figures, control_total, expected, seconds_left))


def _best(options: Sequence[Reading]) -> Reading:
    return min(options, key=lambda reading: reading.surprise)


def _verdict(accounts: Sequence[Account], *, complete: bool) -> Verdict:
    first = accounts[0].surprise
    if len(accounts) > 1:
        clear = accounts[1].surprise - first > THOUSANDFOLD and first <= LIKELY_ENOUGH
        return Verdict.CLEAR if clear else Verdict.SEVERAL
    if not complete:
        return Verdict.NOT_PROVEN
    return Verdict.ONLY_ONE if first <= LIKELY_ENOUGH else Verdict.UNLIKELY


def _narrowed(
    units: Sequence[Unit],
    figures: Sequence[Sequence[Reading]],
    control_total: int,
    expected: Mapping[str, Judged],
    seconds_left: Callable[[], float],
) -> tuple[Verdict, Sequence[Account]]:
    accounts = narrowed(units, figures, control_total, expected, seconds_left)
    if not accounts:
        return Verdict.UNEXPLAINED, ()
    return (Verdict.NARROWED if accounts[0].bounds else Verdict.NEARLY), accounts


def _account(
    units: Sequence[Unit], figures: Sequence[Sequence[Reading]], choice: Choice, control_total: int
) -> Account:
    changes = corrections(units, figures, choice)
    added = sum(unit.population or 0 for unit in units) + sum(
        change.after - change.before for change in changes
    )
    if added != control_total or any(change.after != change.before * 10**change.zeros for change in changes):
        raise AssertionError("an account that does not add up")
    return Account(changes, surprise(figures, choice))
