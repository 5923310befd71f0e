"""Which unit a staff row is about: by code, else by name; what fits no unit, or fits twice, is a problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from msgspec.structs import replace

from quota.core.blocs import UNKNOWN_STAFF
from quota.core.names import TYPE_NAMES, fold, type_in_name, with_plain_i, without_prefix
from quota.core.places import problem_at, row_at
from quota.core.problems import Problem, Severity
from quota.core.sums import known_sum
from quota.core.text import Text, say
from quota.core.units import Origin, StaffRow, Unit


def with_staff(
    units: Sequence[Unit], rows: Iterable[StaffRow]
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units with the staff of their rows, and every row that could not be placed for certain.

    Staff that the units carried themselves is put aside, with a warning. A unit with no row has unknown
    staff, which is information, not zero.
    """
    first_row, problems = Matcher(units).rows_of(rows, _staffed_twice)
    staffed = tuple(_staffed(unit, first_row.get(unit.code)) for unit in units)
    return staffed, (*_staff_put_aside(units), *problems, *_without_row(units, first_row))


def _staffed_twice(unit: Unit, first: StaffRow, row: StaffRow) -> Problem:
    message = say("{name} already has staff, on row {row}", name=unit.name, row=row_at(first.origin))
    fix = say("a unit has one staff row: correct the code or add the two up")
    return row_problem(row, "matched-twice", message, fix)


def _staffed(unit: Unit, row: StaffRow | None) -> Unit:
    """The unit with the people of its row, and its assigned posts where the table has columns of them."""
    if row is None:
        return replace(unit, staff=UNKNOWN_STAFF)
    if not row.assigned.order:
        return replace(unit, staff=row.staff)
    return replace(unit, staff=row.staff, assigned=row.assigned, decision=row.decision)


class UnitReference(Protocol):
    """A row about a unit: its code, or its name where the code is blank, and where it is."""

    @property
    def code(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def origin(self) -> Origin | None: ...


Row = TypeVar("Row", bound=UnitReference)


class Matcher:
    """Finds the unit a row is about; what cannot be said for certain is a problem."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        self.by_bare: dict[str, list[Unit]] = defaultdict(list)
        self.by_loose: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            whole = _whole_name(unit)
            self.by_bare[without_prefix(whole)].append(unit)
            for name in {fold(unit.name), whole}:
                self.by_name[name].append(unit)
                self.by_loose[with_plain_i(name)].append(unit)

    def rows_of(
        self, rows: Iterable[Row], twice: Callable[[Unit, Row, Row], Problem]
    ) -> tuple[dict[str, Row], list[Problem]]:
        """The first row about each unit, by its code; `twice` words the problem of every further one."""
        first: dict[str, Row] = {}
        problems: list[Problem] = []
        for row in rows:
            if not row.code and not row.name:
                continue  # its table's reader has said so already
            unit, found = self.unit_of(row)
            problems.extend(found)
            if unit is not None and first.setdefault(unit.code, row) is not row:
                problems.append(twice(unit, first[unit.code], row))
        return first, problems

    def unit_of(self, row: UnitReference) -> tuple[Unit | None, list[Problem]]:
        """The row's unit, or None, and all problems with finding it."""
        unit = self.by_code.get(row.code) if row.code else None
        if unit is not None:
            return self._checked(unit, row)
        named = self._named(row.name) if row.name else []
        if len(named) > 1:
            message = say("several units are called so")
            fix = say("give the code: {codes}", codes=", ".join(unit.code for unit in named))
            return None, [row_problem(row, "matches-several", message, fix, "name")]
        if not named:
            message = say("no such unit in the population table")
            return None, [row_problem(row, "unmatched", message, self._way_out(row))]
        if row.code:
            message = say("no unit has this code; placed by its name, {name}", name=named[0].name)
            fix = say("correct the code: {code}", code=named[0].code)
            return named[0], [row_problem(row, "placed-by-name", message, fix, severity=Severity.WARNING)]
        return named[0], []

    def _way_out(self, row: UnitReference) -> Text:
        """What mends a row of no unit: in the population table, where a code lost its zeros there; else here.

        A name without its type may be one unit's; which one is for its reader to say.
        """
        shortened = row.code.lstrip("0") if row.code else ""
        if shortened in self.by_code and shortened != row.code:
            return say("the population table has {short}: write {code} there", short=shortened, code=row.code)
        bare = self.by_bare.get(_bare(row.name), []) if row.name else []
        if bare:
            meant = ", ".join(f"{unit.name} ({unit.code})" for unit in bare)
            return say("if {meant} is meant, write the name with its type in front, or the code", meant=meant)
        return say("correct the code or the name, or remove the row if the unit is not in this table")

    def _named(self, name: str) -> list[Unit]:
        """The units of this name; where none is spelled so, those that differ in y and i only."""
        return self.by_name.get(fold(name)) or self.by_loose.get(with_plain_i(fold(name)), [])

    def _checked(self, unit: Unit, row: UnitReference) -> tuple[Unit | None, list[Problem]]:
        """A code decides, unless the name beside it is another unit's: Xã Bình An is not Phường Bình An."""
        if not row.name or fold(row.name) in (fold(unit.name), _whole_name(unit)):
            return unit, []
        others = self._named(row.name)
        if unit in others:
            return unit, []
        if not others and without_prefix(fold(row.name)) == fold(row.name):
            if fold(row.name) == _bare(unit.name):
                return unit, []
            others = self.by_bare.get(fold(row.name), [])
        if others:
            other = others[0].code
            message = say("the code is that of {unit}, the name that of {other}", unit=unit.name, other=other)
            fix = say("correct the one that is wrong")
            return None, [row_problem(row, "code-against-name", message, fix)]
        message = say("the population table calls {code} {name}", code=unit.code, name=unit.name)
        fix = say("check that it is the same unit")
        return unit, [row_problem(row, "other-name", message, fix, "name", Severity.WARNING)]


def _whole_name(unit: Unit) -> str:
    """The unit's name with its type in front, as a table with a column for types may leave it out."""
    name = fold(unit.name)
    return name if type_in_name(name) is not None else fold(f"{TYPE_NAMES[unit.type]} {name}")


def _bare(name: str) -> str:
    return without_prefix(fold(name))


def row_problem(
    row: UnitReference,
    code: str,
    message: Text,
    fix: Text | None,
    column: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at the cell that says which unit a row, or a unit of its own, is about."""
    column = column or ("code" if row.code else "name")
    value = row.code if column == "code" else row.name
    return problem_at(row.origin, code, severity, message, fix, column=column, value=value)


def _staff_put_aside(units: Iterable[Unit]) -> Iterator[Problem]:
    message = say("the population table has staff columns; the staff table is used instead")
    return put_aside("staff-twice", (unit for unit in units if known_sum(unit.staff) is not None), message)


def put_aside(code: str, carrying: Iterable[Unit], message: Text) -> Iterator[Problem]:
    """A warning where units carry figures that a table apart gives, and that count instead."""
    for unit in islice(carrying, 1):
        fix, file = say("remove one of the two"), unit.origin.file if unit.origin else None
        yield Problem(code, Severity.WARNING, message, fix, file=file)


def _without_row(units: Iterable[Unit], rows: Mapping[str, StaffRow]) -> Iterable[Problem]:
    for unit in units:
        if unit.code not in rows:
            message = say("{name} has no row in the staff table: its staff is unknown", name=unit.name)
            fix = say("add a row for it")
            yield row_problem(unit, "no-staff-row", message, fix, "code", Severity.INFORMATION)
