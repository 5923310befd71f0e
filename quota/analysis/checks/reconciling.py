"""Reconciling a table with a control total: which values lost zeros, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from quota.analysis.checks.beside import Beside
from quota.analysis.checks.exactly import explained
from quota.analysis.checks.expecting import judged
from quota.analysis.checks.narrowing import left_for
from quota.analysis.checks.plausibility import THOUSANDFOLD, Weighed
from quota.analysis.checks.slips import KnownAreas, Placement, placements
from quota.core.reconciliation import Account, Cause, Reconciliation, Verdict
from quota.core.units import Unit

_MOST = 4
"""So many accounts are given at most."""


def reconcile(
    name: str,
    units: Sequence[Unit],
    control_total: int,
    seconds_left: Callable[[], float],
    *,
    accept: Collection[str] = (),
    published_units: int | None = None,
    embedded: Mapping[str, int] | None = None,
    areas: KnownAreas | None = None,
) -> Reconciliation:
    """Find which values lost one, two or three zeros: the residents then add up to `control_total` exactly.

    Of all accounts the most plausible comes first (beside what is expected of each unit; each zero put back
    has its price), then others with as few or fewer changes. One whose name is in `accept` settles the
    table. Where none fits, one is looked for that leaves a few residents, or in which a copied row or figures
    in thousands are known between bounds only: these settle nothing. Nor do those in which rows slipped, that
    are found where the table has other areas than units are known to have (`areas`). `embedded` has figures
    that are known, by code: a reading that is one of them is a thousand times likelier.
    `seconds_left` tells how long the search may still take. Units with unknown residents leave the gap open,
    and so do units that are not there (fewer or more than `published_units`, of which the total is): nothing
    adds up for certain then. Every account is added up again, without the solver, before it is given back.
    """
    by_code = sorted(units, key=lambda unit: unit.code)  # the order of rows decides between no equals
    known = [unit for unit in by_code if unit.population is not None]
    published = sum(unit.population or 0 for unit in known)
    unknown = len(units) - len(known)
    weighed = Weighed.of(known, embedded or {})

    def answer(verdict: Verdict, accounts: Sequence[Account] = ()) -> Reconciliation:
        found = Reconciliation(
            name,
            control_total,
            published,
            tuple(units),
            verdict,
            tuple(accounts),
            weighed.candidates,
            unknown,
            control_total - weighed.likeliest,
            published_units=published_units,
        )
        names = (found.name_of(account) for account in accounts)
        return replace(found, accepted=next((each for each in names if each in accept), None) or "")

    whole = not unknown and published_units in (None, len(units))
    placed = placements(known, areas or KnownAreas({}), seconds_left)
    if not placed:
        return answer(Verdict.OUT_OF_TIME)
    if any(placement.moved for placement in placed):
        total = control_total if whole else None
        accounts = [
            account
            for placement in placed
            for account in _put_back(
                placement, known, areas or KnownAreas({}), total, embedded or {}, seconds_left
            )
        ]
        return answer(Verdict.SLIPPED, _by_odds(accounts))
    if published == control_total and not unknown:
        return answer(Verdict.MATCHES)  # also where units were merged since: all their residents are here
    if not whole:
        return answer(Verdict.UNEXPLAINED)
    return answer(*explained(weighed, control_total, seconds_left))


def _put_back(
    placement: Placement,
    units: Sequence[Unit],
    areas: KnownAreas,
    control_total: int | None,
    embedded: Mapping[str, int],
    seconds_left: Callable[[], float],
) -> Iterator[Account]:
    """The accounts of a table whose rows are put back; one without changes where none is found."""
    table = placement.put_back(units)
    left = None
    accounts: Sequence[Account] = ()
    if control_total is not None:
        weighed = Weighed.of(table, embedded)
        if placement.lacking:
            accounts = _lacking(placement, weighed, areas, control_total, seconds_left)
        else:
            left = control_total - sum(unit.population or 0 for unit in table)
            _, accounts = explained(weighed, control_total, seconds_left)
    for account in accounts or (Account((), 0, off=left),):
        yield replace(account, surprise=account.surprise + placement.surprise, moved=placement.moved)


def _lacking(
    placement: Placement,
    weighed: Weighed,
    areas: KnownAreas,
    control_total: int,
    seconds_left: Callable[[], float],
) -> Sequence[Account]:
    """What the total leaves for units whose figures stand in no row, by what is usual on their own areas."""
    own = [replace(unit, area_km2=Decimal(str(areas.km2[unit.code]))) for unit in placement.lacking]
    here = [*weighed.units, *own]
    expected = judged(here, Beside(here), every=True)
    usual = [(unit, expected[unit.code]) for unit in placement.lacking]
    return list(left_for(usual, weighed, control_total, seconds_left, Cause.SLIPPED))


def _by_odds(accounts: Sequence[Account]) -> Sequence[Account]:
    """The likeliest accounts; one that leaves residents over is no match for those that leave none."""
    exact = any(account.off == 0 for account in accounts)
    fair = [
        replace(account, surprise=account.surprise + THOUSANDFOLD) if exact and account.off else account
        for account in accounts
    ]
    least = min(account.surprise for account in fair)
    likely = [account for account in fair if account.surprise - least <= THOUSANDFOLD]
    return sorted(likely, key=lambda account: account.surprise)[:_MOST]
