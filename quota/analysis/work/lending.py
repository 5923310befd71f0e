"""Whether units lend more people than they have: on a day, and by what is planned after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity, refuse_errors
from quota.core.results import UnitAudit
from quota.core.secondments import Secondment
from quota.core.text import count, say


class _Overdrawn(Struct, frozen=True):
    """The people `away` since `day`, and the secondment that was one too many."""

    day: date
    away: int
    secondment: Secondment


def refuse_overdrawn(audits: Sequence[UnitAudit], secondments: Iterable[Secondment], as_of: date) -> None:
    """`InputError` where a unit lends more people of a bloc than its books hold: never fewer hands than 0."""
    found = _found(audits, secondments, as_of)
    refuse_errors([_on_the_day(audit, bloc, now) for audit, bloc, now, _ in found if now is not None])


def overdrawn_later(
    audits: Sequence[UnitAudit], secondments: Iterable[Secondment], as_of: date
) -> tuple[Problem, ...]:
    """A warning for the first day after `as_of` on which that is planned, for each unit and bloc."""
    found = _found(audits, secondments, as_of)
    return tuple(_planned(audit, bloc, later) for audit, bloc, _, later in found if later is not None)


def _found(
    audits: Sequence[UnitAudit], secondments: Iterable[Secondment], as_of: date
) -> Iterator[tuple[UnitAudit, Bloc, _Overdrawn | None, _Overdrawn | None]]:
    lent: Mapping[tuple[str | None, Bloc], list[Secondment]] = defaultdict(list)
    for secondment in secondments:
        lent[secondment.home.code, secondment.bloc].append(secondment)
    for audit in audits:
        for bloc, books in audit.staff.items():
            loans = lent.get((audit.unit.code, bloc))
            if books is not None and loans:
                yield audit, bloc, *_beyond(books, loans, as_of)


def _beyond(
    books: int, loans: Iterable[Secondment], as_of: date
) -> tuple[_Overdrawn | None, _Overdrawn | None]:
    """The state on `as_of`, where too many are away on it, and the first day after it with too many."""
    moves = [(loan.start, loan.people, loan) for loan in loans]
    moves += [(loan.back, -loan.people, loan) for loan in loans]
    moves.sort(key=lambda move: move[:2])  # on one day, those who come home first
    away, now = 0, None
    for day, group in groupby(moves, key=lambda move: move[0]):
        if day > as_of and now is not None:
            break
        was, ones = away, list(group)
        away += sum(people for _, people, _ in ones)
        latest = ones[-1][2]
        if away <= books:
            now = None
        elif day > as_of:
            return None, _Overdrawn(day, away, latest)
        else:
            now = _Overdrawn(day, away, latest if now is None or away > was else now.secondment)
    return now, None


def _on_the_day(audit: UnitAudit, bloc: Bloc, found: _Overdrawn) -> Problem:
    message = count(
        "{name} has {books} {bloc} staff on its books and {n} is away",
        "{name} has {books} {bloc} staff on its books and {n} are away",
        **_figures(audit, bloc, found),
    )
    fix = say("the staff table counts books, secondees included: correct it or the secondments")
    origin, code = found.secondment.origin, audit.unit.code
    return problem_at(origin, "more-away-than-books", Severity.ERROR, message, fix, value=code)


def _planned(audit: UnitAudit, bloc: Bloc, found: _Overdrawn) -> Problem:
    message = count(
        "{name} has {books} {bloc} staff on its books and {n} is to be away on {day}",
        "{name} has {books} {bloc} staff on its books and {n} are to be away on {day}",
        **_figures(audit, bloc, found),
        day=found.day,
    )
    fix = say("its shortfall from then on is too great: correct the staff table or the secondments")
    origin, code = found.secondment.origin, audit.unit.code
    return problem_at(origin, "more-away-than-books-later", Severity.WARNING, message, fix, value=code)


def _figures(audit: UnitAudit, bloc: Bloc, found: _Overdrawn) -> dict[str, object]:
    return {"name": audit.unit.name, "books": audit.staff[bloc], "bloc": bloc, "n": found.away}
