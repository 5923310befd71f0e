"""Whose people are where on a day, what the work feels, and what goes home with them.

Books never change with the day. On every day the hands of all units and departments add up to their books:
a secondee who leaves one place's hands is in another's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from quota.core.blocs import Bloc, Blocs, ByBloc, Staff, gathered
from quota.core.months import ONE_DAY, first_of_month, next_month
from quota.core.posts import Gap, known_gap
from quota.core.results import UnitAudit
from quota.core.secondments import DepartmentAway, Hands, MonthOfReturns, Secondment, Workplace
from quota.core.sums import known_sum


class HandsChange(Struct, frozen=True):
    """People of a place who are away, and people it received, by bloc; nobody of a bloc that is left out."""

    away: Mapping[Bloc, int]
    received: Mapping[Bloc, int]

    def hands(self, books: Staff) -> Staff:
        """People at work there: books − away + received; None where the books are unknown."""

        def present(bloc: Bloc) -> int | None:
            known = books[bloc]
            return None if known is None else known - self.away.get(bloc, 0) + self.received.get(bloc, 0)

        return ByBloc.of(books.order, present)


NO_CHANGE = HandsChange({}, {})


def changes_on(secondments: Iterable[Secondment], day: date) -> Mapping[Workplace, HandsChange]:
    """The people away from and received by each place on `day`; places without either are left out."""
    away: dict[Workplace, Counter[Bloc]] = defaultdict(Counter)
    received: dict[Workplace, Counter[Bloc]] = defaultdict(Counter)
    for secondment in secondments:
        if secondment.away_on(day):
            away[secondment.home][secondment.bloc] += secondment.people
            received[secondment.host][secondment.bloc] += secondment.people
    places = dict.fromkeys((*away, *received))
    return {place: HandsChange(away.get(place, {}), received.get(place, {})) for place in places}


def hands_of(audit: UnitAudit, change: HandsChange) -> Hands:
    """A unit's hands beside its quota."""
    present = change.hands(audit.staff)

    def gap(bloc: Bloc) -> Gap | None:
        people = present[bloc]
        return None if people is None or audit.quota is None else audit.quota.blocs[bloc].gap(people)

    blocs = audit.staff.order
    return Hands(
        ByBloc.of(blocs, lambda bloc: change.away.get(bloc, 0)),
        ByBloc.of(blocs, lambda bloc: change.received.get(bloc, 0)),
        present,
        ByBloc.of(blocs, gap),
    )


def hands_by_code(
    audits: Sequence[UnitAudit], secondments: Sequence[Secondment], day: date
) -> Mapping[str, Hands]:
    """Each unit's hands on `day`."""
    changes = {place.code: change for place, change in changes_on(secondments, day).items()}
    return {audit.unit.code: hands_of(audit, changes.get(audit.unit.code, NO_CHANGE)) for audit in audits}


def sum_hands(hands: Iterable[Hands], blocs: Blocs) -> Hands:
    """All units together, by bloc, over what is known (None: nothing); shortfalls and surpluses apart."""
    every = tuple(hands)
    return Hands(
        gathered(blocs, [unit.away for unit in every]).map(sum),
        gathered(blocs, [unit.received for unit in every]).map(sum),
        gathered(blocs, [unit.present for unit in every]).map(known_sum),
        gathered(blocs, [unit.gap for unit in every]).map(known_gap),
    )


def departments_on(secondments: Iterable[Secondment], day: date) -> tuple[DepartmentAway, ...]:
    """The departments that have people away on `day`, by name."""
    away: Counter[str] = Counter()
    for secondment in secondments:
        if secondment.home.code is None and secondment.away_on(day):
            away[secondment.home.name] += secondment.people
    return tuple(DepartmentAway(name, away[name]) for name in sorted(away))


def leaving(secondments: Sequence[Secondment]) -> tuple[Secondment, ...]:
    """The secondments after which the host has fewer hands, with only the people who leave it.

    A row of the same id at the same host from the next day on prolongs the stay of as many as it names.
    """
    staying: Counter[tuple[str, Workplace, Bloc, date]] = Counter()
    for secondment in secondments:
        staying[secondment.id, secondment.host, secondment.bloc, secondment.start] += secondment.people
    left = [
        (
            secondment,
            secondment.people - staying[secondment.id, secondment.host, secondment.bloc, secondment.back],
        )
        for secondment in secondments
    ]
    return tuple(replace(secondment, people=people) for secondment, people in left if people > 0)


def returning(secondments: Sequence[Secondment], as_of: date, days: int) -> tuple[Secondment, ...]:
    """Those whose first day back is one of the `days` after `as_of`, in that order."""
    found = [secondment for secondment in leaving(secondments) if 0 < (secondment.back - as_of).days <= days]
    return tuple(sorted(found, key=lambda secondment: (secondment.back, secondment.host.key, secondment.id)))


def months_of_returns(
    secondments: Sequence[Secondment], as_of: date, audits: Sequence[UnitAudit] = ()
) -> tuple[MonthOfReturns, ...]:
    """From the month of `as_of` to that of the last first day back after it, every month between included.

    The shortfall that returns is computed from `audits` (units with quota and staff), bloc by bloc.
    """
    ends = [secondment for secondment in leaving(secondments) if secondment.back > as_of]
    if not ends:
        return ()
    by_month: dict[date, list[Secondment]] = defaultdict(list)
    for secondment in ends:
        by_month[first_of_month(secondment.back)].append(secondment)
    known = {audit.unit.code: audit for audit in audits if any(gap is not None for gap in audit.gap)}
    found = []
    month = first_of_month(as_of)
    while month <= max(by_month):
        found.append(_month(month, by_month[month], secondments, as_of, known))
        month = next_month(month)
    return tuple(found)


def _month(
    month: date,
    ends: Sequence[Secondment],
    secondments: Sequence[Secondment],
    as_of: date,
    known: Mapping[str, UnitAudit],
) -> MonthOfReturns:
    last = next_month(month) - ONE_DAY
    changes = changes_on(secondments, last)
    shortfalls = []
    for (host, bloc), people in _missed(secondments, max(month, as_of + ONE_DAY), last).items():
        audit = known.get(host.code or "")
        if audit is None or audit.quota is None:
            continue
        hands = changes.get(host, NO_CHANGE).hands(audit.staff)[bloc]
        if hands is not None:
            posts = audit.quota.blocs[bloc]
            shortfalls.append(posts.gap(hands).shortfall - posts.gap(hands + people).shortfall)
    return MonthOfReturns(
        month,
        sum(secondment.people for secondment in ends),
        len({secondment.host for secondment in ends}),
        sum(shortfalls) if shortfalls or (known and not ends) else None,
        sum(secondment.people for secondment in secondments if secondment.away_on(last)),
    )


def _missed(
    secondments: Iterable[Secondment], first: date, last: date
) -> Mapping[tuple[Workplace, Bloc], int]:
    """People whose first day back is from `first` to `last`, and who are not at that host again on `last`.

    A person who leaves a host twice in that time is missed there once.
    """
    left: dict[tuple[str, Workplace, Bloc], int] = {}
    there: Counter[tuple[str, Workplace, Bloc]] = Counter()
    for secondment in secondments:
        stay = (secondment.id, secondment.host, secondment.bloc)
        if first <= secondment.back <= last:
            left[stay] = max(left.get(stay, 0), secondment.people)
        if secondment.away_on(last):
            there[stay] += secondment.people
    missed: Counter[tuple[Workplace, Bloc]] = Counter()
    for stay, people in left.items():
        missed[stay[1:]] += max(people - there[stay], 0)
    return missed


def unknown_hosts(secondments: Iterable[Secondment], as_of: date, audits: Sequence[UnitAudit]) -> int:
    """Hosts, from `as_of` on, whose shortfall cannot be told: staff or residents are unknown."""
    gaps = {audit.unit.code: audit.gap for audit in audits}
    open_ = {
        secondment.host
        for secondment in secondments
        if secondment.back > as_of
        and (secondment.host.code not in gaps or gaps[secondment.host.code][secondment.bloc] is None)
    }
    return len(open_)
