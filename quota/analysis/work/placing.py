"""From rows as written to secondments between places that exist, one place at a time for each id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from quota.analysis.audit.finding import UnitIndex
from quota.analysis.work.naming import FieldNames, problem_in
from quota.core.names import fold, without_accents, without_prefix
from quota.core.places import problem_at, row_at
from quota.core.problems import Problem, Severity
from quota.core.secondments import Secondment, SecondmentRow, SecondmentTable, Workplace
from quota.core.text import say
from quota.core.units import Unit
from quota.norms.fields import Fields

_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)[ .,:]+(?=(?:xa|phuong|dac khu) )")
"""A unit by its committee or council: "UBND phường ..." is the unit, "UBND thành phố ..." is none."""
_ALMOST = 0.85
"""How like a unit's name a department's must be to be doubted."""


def resolve(
    units: Sequence[Unit], table: SecondmentTable, rules: Fields
) -> tuple[tuple[Secondment, ...], tuple[Problem, ...]]:
    """The secondments of the rows that can be placed for certain, and the problems of all.

    A host is a unit. A home is a unit, or else a department, unless it is written like a unit (a digit or
    "Xã", "Phường", "Đặc khu" in front, also after "UBND", or a unit's name but for its accents): then it is
    an unknown unit.
    Rows of one id may not overlap.
    """
    places = _Places(UnitIndex(units), table.headings)
    names = FieldNames(rules)
    problems: list[Problem] = []
    found: list[Secondment] = []
    for row in table.rows:
        home, host = places.home(row), places.host(row)
        field = None
        if row.field is not None:
            named = names.of(row.field, row.origin, table, "field")
            field = None if isinstance(named, Problem) else named
            problems += [named] if isinstance(named, Problem) else []
        problems += [place for place in (home, host) if isinstance(place, Problem)]
        if isinstance(home, Problem) or isinstance(host, Problem):
            continue
        if home == host:
            message = say("home and host are the same unit")
            fix = say("correct one of the two, or remove the row")
            problems.append(
                problem_in(row.origin, table.headings, "host", "home-is-host", message, fix, value=row.host)
            )
            continue
        found.append(
            Secondment(row.id, home, host, field, row.start, row.end, row.people, row.bloc, row.origin)
        )
    every = (*problems, *_overlaps(table), *places.doubts())
    return tuple(found), tuple(sorted(every, key=lambda problem: problem.row or 0))


class _Places:
    def __init__(self, index: UnitIndex, headings: Mapping[str, str]) -> None:
        self.index, self.headings = index, headings
        self.departments: dict[str, tuple[Workplace, SecondmentRow]] = {}

    def host(self, row: SecondmentRow) -> Workplace | Problem:
        found = self.index.the_one(row.host)
        if isinstance(found, Problem):
            return self._at(found, row, "host", row.host)
        return Workplace(found.code, found.name)

    def home(self, row: SecondmentRow) -> Workplace | Problem:
        found = self.index.called(row.home)
        if len(found) == 1:
            return Workplace(found[0].code, found[0].name)
        plain = _COMMITTEE.sub("", without_accents(row.home))
        coded, typed = plain[:1].isdecimal(), without_prefix(plain) != plain
        if found or coded or typed or self.index.has_letters(row.home):
            return self._at(self.index.not_one(row.home, found), row, "home", row.home)
        place, _ = self.departments.setdefault(fold(row.home), (Workplace(None, row.home), row))
        return place

    def doubts(self) -> Iterable[Problem]:
        """Departments that may be units misspelt."""
        names = {without_prefix(without_accents(unit.name)): unit for unit in self.index.units}
        for place, row in self.departments.values():
            plain = without_accents(place.name)
            close = _within(plain, names) or get_close_matches(plain, list(names), n=1, cutoff=_ALMOST)
            if close:
                unit = names[close[0]]
                message = say("no unit is called so; taken as a department")
                fix = say("if {name} is meant, write {code}", name=unit.name, code=unit.code)
                at = self.headings.get("home", "home")
                code = "unit-or-department"
                yield problem_at(row.origin, code, Severity.WARNING, message, fix, column=at, value=row.home)

    def _at(self, problem: Problem, row: SecondmentRow, column: str, value: str) -> Problem:
        return replace(
            problem,
            file=row.origin.file if row.origin else None,
            row=row.origin.row if row.origin else None,
            column=self.headings.get(column, column),
            value=value,
        )


def _within(plain: str, names: Iterable[str]) -> Sequence[str]:
    """The longest name that is whole in `plain` ("dang uy thanh dong"); one syllable says nothing."""
    text = f" {re.sub(r'[^0-9a-z]+', ' ', plain)} "
    return sorted((name for name in names if " " in name and f" {name} " in text), key=len)[-1:]


def _overlaps(table: SecondmentTable) -> Iterable[Problem]:
    """Rows that begin while an earlier one of the same id still runs."""
    last: dict[str, SecondmentRow] = {}
    for row in sorted(table.rows, key=lambda row: (row.start, row.end)):
        earlier = last.get(row.id)
        if earlier is not None and row.start <= earlier.end:
            message = say(
                "{id} is away already, from {start} to {end} (row {row})",
                id=row.id,
                start=earlier.start,
                end=earlier.end,
                row=row_at(earlier.origin),
            )
            fix = say("one id is in one place at a time: correct the days or the id")
            yield problem_in(
                row.origin, table.headings, "start", "overlap", message, fix, value=row.start.isoformat()
            )
        if earlier is None or row.end > earlier.end:
            last[row.id] = row
