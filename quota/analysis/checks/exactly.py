"""Which readings of a table's figures make its total, exactly or nearly, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quota.analysis.checks.accounts import Choice, search, surprise
from quota.analysis.checks.narrowing import corrections, narrowed
from quota.analysis.checks.plausibility import THOUSANDFOLD, Weighed
from quota.core.reconciliation import Account, Verdict

LIKELY_ENOUGH = 4_000
"""An account this much more surprising than the likeliest reading of every value may fit by chance.

Fifty times: so few choices are likelier that one in thousands adds up to a total that it should not.
"""


def explained(
    weighed: Weighed, control_total: int, seconds_left: Callable[[], float]
) -> tuple[Verdict, Sequence[Account]]:
    """The accounts of a table whose units are all here, most plausible first, and what they are worth.

    Where those that add up exactly are a thousand times less plausible than one that nearly does, chance has
    made them, and nothing is certain.
    """
    published = weighed.published
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
        nearly = narrowed(weighed, control_total, seconds_left)
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
    changes = corrections(weighed, choice)
    added = weighed.published + sum(change.after - change.before for change in changes)
    if added != control_total or any(change.after != change.before * 10**change.zeros for change in changes):
        raise AssertionError("an account that does not add up")
    return Account(changes, surprise(weighed.figures, choice))
