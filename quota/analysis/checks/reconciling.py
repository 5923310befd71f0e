"""Reconciling a table with a control total: which values lost zeros, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quota.analysis.checks.accounts import Choice, search
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading, peers_of, readings
from quota.core.reconciliation import Account, Correction, Reconciliation, Verdict
from quota.core.units import Unit


def reconcile(
    name: str,
    units: Sequence[Unit],
    control_total: int,
    seconds_left: Callable[[], float],
    *,
    accept: bool = False,
    published_units: int | None = None,
) -> Reconciliation:
    """Find which values lost one, two or three zeros: the residents then add up to `control_total` exactly.

    Of all accounts the most plausible comes first (peers of the type; each zero put back has its price), then
    others with as few or fewer changes. With `accept` the first of several settles the table. `seconds_left`
    tells how long the search may still take. Units with unknown residents leave the gap open, and so do units
    that are not there (fewer or more than `published_units`, of which the total is): nothing adds up for
    certain then. Every account is added up again, without the solver, before it is given back.
    """
    known = [unit for unit in units if unit.population is not None]
    published = sum(unit.population or 0 for unit in known)
    unknown = len(units) - len(known)
    peers = peers_of(known)
    figures = [readings(unit.population or 0, peers.get(unit.type)) for unit in known]
    candidates = sum(any(one.zeros for one in options) for options in figures)
    likeliest = sum(min(options, key=lambda one: one.surprise).residents for options in figures)

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
    if (control_total - published) % 9:
        return answer(Verdict.UNEXPLAINED)  # a zero put back adds 9, 99 or 999 times the figure
    found = search(figures, control_total, seconds_left)
    accounts = [_account(known, figures, choice, control_total) for choice in found.choices]
    if not accounts:
        return answer(Verdict.UNEXPLAINED if found.complete else Verdict.OUT_OF_TIME)
    if len(accounts) > 1:
        clear = accounts[1].surprise - accounts[0].surprise > THOUSANDFOLD
        return answer(Verdict.CLEAR if clear else Verdict.SEVERAL, accounts)
    return answer(Verdict.ONLY_ONE if found.complete else Verdict.NOT_PROVEN, accounts)


def _account(
    units: Sequence[Unit], figures: Sequence[Sequence[Reading]], choice: Choice, control_total: int
) -> Account:
    chosen = [options[which] for options, which in zip(figures, choice, strict=True)]
    changes = tuple(
        Correction(unit, unit.population, one.residents, one.zeros)
        for unit, one in zip(units, chosen, strict=True)
        if one.zeros and unit.population is not None
    )
    added = sum(unit.population or 0 for unit in units) + sum(one.after - one.before for one in changes)
    if added != control_total or any(one.after != one.before * 10**one.zeros for one in changes):
        raise AssertionError("an account that does not add up")
    return Account(changes, sum(one.surprise for one in chosen))
