"""The columns of an audit: each is said here once, and every form takes it from here.

A `Figure` is what each bloc has, and all blocs together: posts, staff, gap. Its `Part`s are its numbers:
programs and the workbook give each a column of its own, people read them in one cell. A `Fact` is what a unit
has once: its name, its residents, its status.

The dataframe engines and the workbook calculate a part from others by its `excess`; what a frame grants they
take from `quota.norms.arithmetic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct

from quota.core.blocs import Blocs, ByBloc
from quota.core.results import AuditReport, Status, Totals, UnitAudit
from quota.core.text import LocalText, Text, say
from quota.core.units import Decision
from quota.render.kit.plain import Plain, gap_plain, local_plain, quota_plain
from quota.render.kit.rendering import Cell
from quota.render.kit.words import (
    MINUS,
    NO,
    STATUS_NAMES,
    TYPE_WORDS,
    UNKNOWN,
    YES,
    gap_marks,
    interval,
    number,
    words,
)

SHORT, OVER = "short", "over"
"""The two colours of a gap."""
Values = tuple[Any, ...]
"""A figure of each bloc, then of all blocs together; None is unknown."""


class Part(Struct, frozen=True):
    """One number of a figure.

    `key` follows the bloc's in the keys of programs, `caption` heads its column in a workbook, `title` names
    it where there is one column for all blocs, `row` its row in the workbook's summary where that needs other
    words. `excess` names two parts: it is the first less the second, or 0. `ink` is its colour, `width` its
    room in a Word table in millimetres.
    """

    key: str
    caption: Text
    title: Text
    sign: str = ""
    excess: tuple[str, str] | None = None
    ink: str = ""
    width: int = 13
    row: Text | None = None


class Figure(Struct, frozen=True):
    """What each bloc has, and all blocs together.

    `key` is its name in JSON, `caption` heads it in a table of units. `values` takes it from the audit of a
    unit or from the totals, `shown` is how people read a value, `plain` what JSON holds. `attributes` are the
    names of its parts in a value; without any, a value is its one part.
    `is_whole`: its parts share a column where all blocs have one. `needs` says whether an audit has it,
    `is_tabled` whether lists of units have room for it, `partly` whether some unit's is unknown.
    `rests_on` is what of an audit alone decides its values, where many units share that, or lack it.
    """

    key: str
    caption: Text
    parts: tuple[Part, ...]
    values: Callable[[UnitAudit | Totals], Values]
    shown: Callable[[Any], str]
    plain: Callable[[UnitAudit | Totals], object]
    attributes: tuple[str, ...] = ()
    rests_on: str = ""
    is_whole: bool = False
    needs: Callable[[AuditReport], bool] = lambda _: True
    is_tabled: bool = True
    partly: Callable[[Totals], bool] = lambda totals: _no_residents(totals) or _no_staff(totals)

    def split(self, value: Any) -> tuple[int | None, ...]:
        """The parts of a value; None where it is unknown."""
        if not self.attributes:
            return (value,)
        return tuple([None if value is None else getattr(value, name) for name in self.attributes])

    def columns(self, values: list[Any]) -> list[list[Cell]]:
        """The parts of many values, column by column."""
        if not self.attributes or values.count(None) == len(values):
            return [values] * len(self.parts)
        if None in values:
            parts = map(attrgetter, self.attributes)
            return [[None if value is None else part(value) for value in values] for part in parts]
        return [list(map(attrgetter(name), values)) for name in self.attributes]

    def rows(self, units: Sequence[UnitAudit]) -> list[Values]:
        """`values` of each unit, worked out once for those that rest on the same."""
        if not self.rests_on:
            return [self.values(audited) for audited in units]
        shared = list(map(attrgetter(self.rests_on), units))
        first = {id(found): audited for found, audited in zip(shared, units, strict=True)}
        made = {key: self.values(audited) for key, audited in first.items()}
        return [made[id(found)] for found in shared]

    def named(self, value: Any) -> Plain | None:
        """The parts of a value by their keys; null where it is unknown."""
        if value is None:
            return None
        return dict(zip([part.key for part in self.parts], self.split(value), strict=True))

    def shape(self) -> object:
        """What JSON holds of a bloc, with zeros."""
        if len(self.parts) == 1:
            return 0
        return [0] * len(self.parts) if self.is_whole else {part.key: 0 for part in self.parts}


class Line(Struct, frozen=True):
    """A figure of all blocs, or one part of it, as one column of a list of units or one row of totals."""

    key: str
    title: Text
    figure: Figure
    part: int | None
    sign: str = ""
    ink: str = ""
    width: int = 17

    def text(self, value: Any) -> str:
        """How people read it."""
        return self.figure.shown(value) if self.part is None else number(self.figure.split(value)[self.part])

    def signed(self, value: Any) -> str:
        """The same with its sign: `−9`, `+1`, `0`."""
        if self.part is None or not self.sign:
            return self.text(value)
        people = self.figure.split(value)[self.part]
        return UNKNOWN if people is None else f"{self.sign}{number(people)}" if people else "0"

    def amount(self, value: Any) -> int | None:
        """The number to sort by."""
        return self.figure.split(value)[self.part or 0]


class Fact(Struct, frozen=True):
    """What a unit has once: `value` for programs, `text` for people, `plain` for JSON where it differs.

    `width` is its room in a Word table in millimetres, `sheet_width` in a workbook in characters.
    """

    key: str
    heading: Text
    value: Callable[[UnitAudit], Cell]
    text: Callable[[UnitAudit], str]
    plain: Callable[[UnitAudit], object] | None = None
    is_number: bool = False
    width: int = 0
    sheet_width: float = 0
    is_listed: bool = False
    """Whether reports list it beside the name."""
    needs: Callable[[AuditReport], bool] = lambda _: True
    """Whether an audit has it."""

    def json(self, audited: UnitAudit) -> object:
        """What JSON holds."""
        return self.value(audited) if self.plain is None else self.plain(audited)


def _no_residents(totals: Totals) -> bool:
    return bool(totals.unknown_population)


def _no_staff(totals: Totals) -> bool:
    return any(totals.unknown_staff)


def _no_posts(totals: Totals) -> bool:
    return totals.assignment is None or any(totals.assignment.unknown)


_ENDS = ("low", "high")
_SIDES = ("shortfall", "surplus")


def _posts(found: UnitAudit | Totals) -> Values:
    quota = found.quota
    return (None,) * (len(found.gap.order) + 1) if quota is None else (*quota.blocs.values, quota.total)


def _filling(audited: UnitAudit) -> Status:
    """How the people in post compare with the assigned posts."""
    return audited.assignment.status if audited.assignment is not None else Status.UNKNOWN


def decision_words(decision: Decision) -> Text:
    """A decision by its number and day, as far as they are known."""
    if decision.number is None:
        return say("a decision of {day}", day=decision.day)
    if decision.day is None:
        return say("decision {number}", number=decision.number)
    return say("decision {number} of {day}", number=decision.number, day=decision.day)


def by_bloc(counts: ByBloc[Any], whole: object) -> Plain:
    """Each bloc's value and that of all, for JSON."""
    return {**dict(counts.items()), "total": whole}


def _assigned(found: UnitAudit | Totals, name: str) -> Values:
    """A figure of the assignment; nothing is known where there is none."""
    assignment = found.assignment
    if assignment is None:
        return (None,) * (len(found.gap.order) + 1)
    return (*getattr(assignment, name).values, getattr(assignment, f"total_{name}"))


def _assigned_plain(found: UnitAudit | Totals, name: str, plain: Callable[[Any], object]) -> Plain | None:
    """The same for JSON; null where no table says what was assigned."""
    if found.assignment is None:
        return None
    groups = (*found.gap.order, "total")
    return {group: plain(value) for group, value in zip(groups, _assigned(found, name), strict=True)}


QUOTA = Figure(
    "quota",
    say("quota"),
    (
        Part("low", say("quota, low"), say("Posts granted"), row=say("Posts granted, at least"), width=17),
        Part("high", say("quota, high"), say("Posts granted"), row=say("Posts granted, at most"), width=17),
    ),
    values=_posts,
    shown=interval,
    plain=lambda found: quota_plain(found.quota),
    attributes=_ENDS,
    rests_on="quota",
    is_whole=True,
    partly=_no_residents,
)
STAFF = Figure(
    "staff",
    say("staff"),
    (Part("staff", say("staff"), say("Staff")),),
    values=lambda found: (*found.staff.values, found.total_staff),
    shown=number,
    plain=lambda found: by_bloc(found.staff, found.total_staff),
    partly=_no_staff,
    needs=lambda report: report.has_staff,
)
GAP = Figure(
    "gap",
    say("gap"),
    (
        Part("shortfall", say("short"), say("Shortfall"), MINUS, ("low", "staff"), SHORT, 14),
        Part("surplus", say("surplus"), say("Surplus"), "+", ("staff", "high"), OVER, 12),
    ),
    values=lambda found: (*found.gap.values, found.total_gap),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: by_bloc(found.gap.map(gap_plain), gap_plain(found.total_gap)),
    needs=lambda report: report.has_staff,
)
ASSIGNED = Figure(
    "assigned",
    say("assigned"),
    (Part("assigned", say("assigned"), say("Assigned posts"), width=14),),
    values=lambda found: _assigned(found, "posts"),
    shown=number,
    plain=lambda found: _assigned_plain(found, "posts", lambda posts: posts),
    partly=_no_posts,
    needs=lambda report: report.has_assigned,
    rests_on="assignment",
)
VACANCY: Figure = Figure(
    "vacancy",
    say("unfilled"),
    (
        Part("vacant", say("unfilled"), say("Unfilled"), MINUS, ("assigned", "staff"), SHORT, 14),
        Part(
            "above_assigned", say("above assigned"), say("Above assigned"), "+", ("staff", "assigned"), OVER
        ),
    ),
    values=lambda found: _assigned(found, "vacancy"),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: _assigned_plain(found, "vacancy", VACANCY.named),
    partly=lambda totals: _no_posts(totals) or _no_staff(totals),
    needs=lambda report: report.has_assigned and report.has_staff,
    rests_on="assignment",
)
OFF_NORM: Figure = Figure(
    "assigned_off_norm",
    say("assigned off the norm"),
    (
        Part(
            *("assigned_below_norm", say("assigned below the norm"), say("Assigned below the norm"), MINUS),
            excess=("low", "assigned"),
            ink=SHORT,
        ),
        Part(
            *("assigned_above_norm", say("assigned above the norm"), say("Assigned above the norm"), "+"),
            excess=("assigned", "high"),
            ink=OVER,
        ),
    ),
    values=lambda found: _assigned(found, "off_norm"),
    shown=gap_marks,
    attributes=_SIDES,
    plain=lambda found: _assigned_plain(found, "off_norm", OFF_NORM.named),
    needs=lambda report: report.has_assigned,
    is_tabled=False,
    rests_on="assignment",
)
FIGURES = (QUOTA, STAFF, GAP, ASSIGNED, VACANCY, OFF_NORM)
"""Every figure of an audit, in the order in which forms show them."""

NAME = Fact(
    *("name", say("Unit"), lambda audited: audited.unit.name, lambda audited: words(audited.unit.name)),
    width=41,
    sheet_width=25,
)
TYPE = Fact(
    "type",
    say("Type"),
    lambda audited: audited.unit.type._value_,
    lambda audited: words(TYPE_WORDS[audited.unit.type]),
    width=15,
    sheet_width=8.5,
    is_listed=True,
)
RESIDENTS = Fact(
    "population",
    say("Residents"),
    lambda audited: audited.unit.population,
    lambda audited: number(audited.unit.population),
    is_number=True,
    width=16,
    sheet_width=9.5,
    is_listed=True,
)
STATUS = Fact(
    "status",
    say("Status"),
    lambda audited: audited.status._value_,
    lambda audited: words(STATUS_NAMES[audited.status]),
    width=25,
    sheet_width=13.5,
    is_listed=True,
)
BELOW = Fact(
    "below_minimum",
    say("Below the minimum"),
    lambda audited: audited.below_minimum,
    lambda audited: words(YES if audited.below_minimum else NO),
    sheet_width=9,
)
FILLING = Fact(
    "assigned_status",
    say("Against assigned"),
    lambda audited: _filling(audited)._value_,
    lambda audited: words(STATUS_NAMES[_filling(audited)]),
    width=25,
    sheet_width=13.5,
    is_listed=True,
    needs=lambda report: report.has_assigned and report.has_staff,
)
ABOUT = (
    Fact(
        *("code", say("Code"), lambda audited: audited.unit.code, lambda audited: words(audited.unit.code)),
        sheet_width=7.5,
    ),
    NAME,
    TYPE,
    RESIDENTS,
)
"""What stands before the figures."""
NOTES = Fact(
    "notes",
    say("Note"),
    lambda audited: " ".join([note.code for note in audited.notes]),
    lambda audited: "; ".join(words(note.text) for note in audited.notes),
    plain=lambda audited: [{"code": note.code, **local_plain(note.text)} for note in audited.notes],
    sheet_width=44,
)
DECIDED = Fact(
    "decision",
    say("Assigned by"),
    lambda audited: None,
    lambda audited: words(decision_words(audited.unit.decision)) if audited.unit.decision else "",
    sheet_width=26,
    needs=lambda report: any(audited.unit.decision is not None for audited in report.units),
)
"""In forms for people; programs get number and day apart."""
CLOSING = (
    STATUS,
    BELOW,
    NOTES,
    FILLING,
)
"""What stands after them."""
RUN = ("frame", "as_of", "illustrative")
"""What made a row: rows get cut and pasted."""


def figures_of(report: AuditReport) -> tuple[Figure, ...]:
    """The figures that this audit has."""
    return tuple(figure for figure in FIGURES if figure.needs(report))


def always(report: AuditReport) -> tuple[Figure, ...]:
    """The same and what no table tells of: those of staff are shown as unknown."""
    return tuple(figure for figure in FIGURES if figure in (STAFF, GAP) or figure.needs(report))


def tabled(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those that a list of units has room for."""
    return tuple(figure for figure in figures if figure.is_tabled)


def closing_of(report: AuditReport) -> tuple[Fact, ...]:
    """The facts after the figures that this audit has."""
    return tuple(fact for fact in CLOSING if fact.needs(report))


def figure_keys(blocs: Blocs, figures: Sequence[Figure] = FIGURES) -> list[str]:
    """The keys of these figures' parts: all of a bloc, then all of the next, then of all blocs."""
    parts = [part.key for figure in figures for part in figure.parts]
    return [f"{group}_{key}" for group in (*blocs, "total") for key in parts]


def keys(blocs: Blocs) -> tuple[str, ...]:
    """The columns for programs, for a frame of these blocs: facts, figures, facts, what made the row."""
    facts = [fact.key for fact in ABOUT]
    return (*facts, *figure_keys(blocs), *(fact.key for fact in CLOSING), *RUN)


def figure_columns(
    units: Sequence[UnitAudit], width: int, figures: Sequence[Figure] = FIGURES
) -> list[list[Cell]]:
    """The cells under `figure_keys`, column by column; `width` is the number of blocs."""
    taken = [figure.rows(units) for figure in figures]
    columns: list[list[Cell]] = []
    for group in range(width + 1):
        for figure, rows in zip(figures, taken, strict=True):
            columns += figure.columns([row[group] for row in rows])
    return columns


def unit_columns(units: Sequence[UnitAudit], blocs: Blocs) -> list[list[Cell]]:
    """The cells under `keys`, column by column, without what made the row."""
    about = [[fact.value(audited) for audited in units] for fact in ABOUT]
    closing = [[fact.value(audited) for audited in units] for fact in CLOSING]
    return [*about, *figure_columns(units, len(blocs)), *closing]


def lines_of(figures: Sequence[Figure]) -> Iterator[Line]:
    """Each figure, or each of its parts, as one column of a list of units or one row of totals."""
    for figure in figures:
        if figure.is_whole:
            part = figure.parts[0]
            yield Line(figure.key, part.title, figure, None, width=part.width)
            continue
        for place, part in enumerate(figure.parts):
            yield Line(part.key, part.title, figure, place, part.sign, part.ink, part.width)


def listed(report: AuditReport) -> tuple[Sequence[Fact], Sequence[Line], Sequence[Fact]]:
    """What a report lists of each unit after its name: facts, the figures of all blocs, facts."""
    closing = closing_of(report) if report.has_staff else ()
    return (
        [fact for fact in ABOUT if fact.is_listed],
        list(lines_of(tabled(figures_of(report)))),
        [fact for fact in closing if fact.is_listed],
    )


def bloc_headings(blocs: Blocs) -> list[str]:
    """The blocs' names and "All"."""
    names: list[LocalText | Text] = [*(bloc.name for bloc in blocs), say("All")]
    return [words(name) for name in names]


def csv_shape(blocs: Blocs) -> Plain:
    """What JSON's figures hold where all are known: the columns that a flat table has, known or not."""
    shape: Plain = {figure.key: dict.fromkeys((*blocs, "total"), figure.shape()) for figure in FIGURES}
    return shape | {"decision": {"number": "", "date": ""}}
