"""The people of a list, row by row: their unit, bloc and employment; whatever is unclear by its row.

A cell of such a list may name a person, so no problem here carries one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from quota.core.blocs import group_name
from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, tidy, type_in_name
from quota.core.problems import Severity
from quota.core.text import LocalText, Text, say
from quota.core.units import Employment
from quota.tables.columns.cells import CellReader
from quota.tables.columns.codes import Codes
from quota.tables.columns.headings import Columns
from quota.tables.files.raw import RawTable, Row
from quota.tables.readers.roster.columns import RosterColumns
from quota.tables.readers.roster.entries import Entry, Listed, Vacancy
from quota.tables.readers.roster.judging import Judge
from quota.tables.readers.roster.naming import fault_of_name, is_nobody
from quota.tables.readers.roster.placing import Said, Words
from quota.tables.readers.roster.sections import Heading, Section, Sections, heading_in, unit_above

_ORDINAL = pattern(r"[0-9]{1,6}(?:\.[0-9]{1,4})*[.)]?")
_CODE = pattern(r"[0-9]{1,6}")


class Place(Struct, frozen=True):
    """The office a row is about, and whether its own cell says so, or one above."""

    text: str
    is_own: bool


class _Placed(Struct, frozen=True):
    """Where a row's person, or post, counts, and what its words say."""

    code: str
    unit: str
    bloc: str
    employment: Employment
    post: Said
    office: Said


class Lister:
    """Reads the rows of one list of people; the vacant posts that it lists too, where `of_posts`."""

    def __init__(
        self, table: RawTable, columns: RosterColumns, words: Words, *, of_posts: bool = False
    ) -> None:
        self._table, self._columns, self._words = table, columns, words
        self._reader = CellReader(table, Columns(columns.known, table.header))
        self._codes = Codes(self._reader, "code")
        self._carries_unit = _is_carried([columns.text(row, columns.unit) for row in table.rows])
        self._carries_office = _is_carried([columns.text(row, *columns.offices) for row in table.rows])
        self._judge = Judge(table, columns, words)
        self._entries: list[Entry] = []
        self._vacancies: list[Vacancy] = []
        self._of_posts = of_posts
        self._are_told_more = False

    def read(self) -> Listed:
        """Every row, in order."""
        rows = self._table.rows
        named = [row for row in rows if self._who(row) and self._heading(row) is None]
        self._are_told_more = sum(map(self._is_told_more, named)) * 2 > len(named)
        numbered = sum(map(self._has_number, named)) * 2 > len(named)
        sure = [place for place, row in enumerate(rows) if self._is_sure(row, numbered=numbered)]
        last = sure[-1] if sure else -1
        start = heading_in([self._table.sheet or ""], self._words)
        sections = Sections(Section(unit=self._unit_above()))
        if start is not None:
            sections.enter(start)
        unit = office = ""
        for place, row in enumerate(rows):
            heading = self._heading(row)
            if heading is not None and not (place > last and not heading.is_total):
                sections.enter(heading)
                unit, office = ("", "") if heading.unit else (unit, office)
                continue
            if tuple(row.cells) == tuple(self._table.header):
                continue
            if place > last and not self._is_typed(row):
                self._below(row, numbered=numbered, is_apart=self._is_apart(place, last))
                continue
            here = self._columns.text(row, self._columns.unit)
            own = self._columns.text(row, *self._columns.offices)
            office = own or (office if self._carries_office and here in ("", unit) else "")
            unit = here or (unit if self._carries_unit else "")
            self._row(row, unit, Place(office, bool(own)), sections.now)
        of_codes = (replace(problem, value=None) for problem in self._reader.problems)
        return Listed(self._entries, [*self._judge.problems, *of_codes], self._vacancies)

    def _heading(self, row: Row) -> Heading | None:
        """What a heading between rows says; None for a row that says something of one person's own."""
        columns, known = self._columns, self._columns.known
        own = (known.get(column) for column in ("bloc", "employment", "born", "person"))
        if columns.text(row, *columns.posts, *columns.offices, *columns.notes, *own):
            return None
        return heading_in(row.cells, self._words)

    def _unit_above(self) -> str | None:
        """The unit of a list that is one unit's: no column and no heading between its rows names any."""
        if self._columns.unit is not None or "code" in self._columns.known:
            return None
        found = unit_above(self._table.above)
        if found is not None:
            message = say("no column for units: all are of {unit}, as the lines above say", unit=found)
            problem = self._table.of_heading("unit-above", message, severity=Severity.INFORMATION)
            self._judge.problems.append(problem)
        return found

    def _has_number(self, row: Row) -> bool:
        place = self._columns.ordinal
        return place is not None and _ORDINAL.fullmatch(row.cells[place].strip()) is not None

    def _is_typed(self, row: Row) -> bool:
        """Whether the row itself says which unit it is about."""
        name = self._columns.text(row, self._columns.unit)
        return type_in_name(spelled_out(name)) is not None or bool(
            _CODE.fullmatch(self._columns.cell(row, "code"))
        )

    def _is_sure(self, row: Row, *, numbered: bool) -> bool:
        """Whether a row is a person's without any doubt."""
        if not self._who(row):
            return numbered and self._has_number(row) and bool(self._columns.text(row, *self._columns.posts))
        if numbered:
            return self._has_number(row)
        known = self._columns.known
        if self._columns.text(row, *(known.get(column) for column in ("born", "person", "employment"))):
            return True
        said = self._words.said(self._columns.text(row, *self._columns.offices, *self._columns.posts))
        return self._is_typed(row) or (len(said.blocs) == 1 and not said.unclear)

    def _is_apart(self, place: int, last: int) -> bool:
        """Whether an empty row is between the last person and this row."""
        numbers = [row.number for row in self._table.rows[max(last, 0) : place + 1]]
        return any(later - earlier > 1 for earlier, later in pairwise(numbers))

    def _below(self, row: Row, *, numbered: bool, is_apart: bool) -> None:
        """A row after the last person: no person's where a gap is above it, or a name alone has no number."""
        filled = self._columns.text(row, self._columns.unit, *self._columns.offices, *self._columns.posts)
        if is_apart or not (filled or (self._who(row) and not numbered)):
            message = say("below the table; left out")
            self._judge.say(row, "left-out", message, severity=Severity.INFORMATION)
        else:
            message = say("a person, or what stands below the table: nothing in the row shows which")
            self._judge.say(
                row, "unclear-row", message, say("number the row, or leave an empty row above it")
            )

    def _is_told_more(self, row: Row) -> bool:
        """Whether a row says more of a person than a name and its number in the list."""
        columns, known = self._columns, self._columns.known
        own = (known.get(column) for column in ("bloc", "employment", "born", "person", "code"))
        return bool(columns.text(row, *columns.posts, *columns.offices, columns.unit, *own))

    def _who(self, row: Row) -> str:
        return self._columns.person(row) or self._columns.cell(row, "person")

    def _fault(self, row: Row) -> tuple[str, Text, Text] | None:
        """What keeps the row from being one person: line ends in a cell count, so it is as written."""
        faults = (fault_of_name(row.cells[place]) for place in self._columns.persons)
        return next((fault for fault in faults if fault is not None), None)

    def _row(self, row: Row, unit: str, office: Place, section: Section) -> None:
        who = self._who(row)
        own = self._columns.text(row, *self._columns.offices, *self._columns.posts)
        if is_nobody(who) or (not who and self._has_number(row)):
            if self._of_posts:
                self._vacant(row, unit, office, section)
                return
            message = say("nobody is named: a vacant post; not counted")
            self._judge.say(row, "vacant-post", message, severity=Severity.INFORMATION)
        elif who and self._are_told_more and not self._is_told_more(row):
            message = say("a name alone, or a heading that is not understood: nothing in the row shows which")
            self._judge.say(
                row, "unclear-row", message, say("write the post, or the heading as an office or a unit")
            )
        elif (fault := self._fault(row)) is not None:
            self._judge.say(row, *fault)
        elif who:
            self._person(row, who, unit, office, section)
        elif own and self._entries:
            message = say("another office of the person above; counted once")
            self._judge.say(row, "several-offices", message, severity=Severity.INFORMATION)
        else:
            message = say("neither a person nor a heading that is understood")
            self._judge.say(row, "unclear-row", message, say("remove the row, or write whose it is"))

    def _vacant(self, row: Row, unit: str, office: Place, section: Section) -> None:
        found = self._placed(row, unit, office, section)
        if found is not None:
            post = self._post(row, found.post)
            vacancy = Vacancy(row.number, found.code, found.unit, found.bloc, found.employment, post)
            self._vacancies.append(vacancy)

    def _post(self, row: Row, said: Said) -> str:
        return "" if said.unclear else tidy(self._columns.text(row, *self._columns.posts))

    def _placed(self, row: Row, unit: str, office: Place, section: Section) -> _Placed | None:
        """Where the row counts; None with problems where that is unclear."""
        code, name = self._unit(row, unit, section)
        post = self._columns.text(row, *self._columns.posts)
        said_of_post = self._words.said(post, name)
        carried = "" if office.is_own or said_of_post.offices else office.text
        where = (office.text if office.is_own else carried) or section.office or ""
        said_of_office = self._words.said(where, name)
        if not office.is_own and self._judge.is_against(row, said_of_office, said_of_post, carried):
            return None
        bloc = self._judge.bloc(row, said_of_office, said_of_post, named=bool(where or post))
        employment = self._judge.employment(row, said_of_office, said_of_post, section)
        if not code and not name:
            message = say("which unit the person belongs to is not said")
            fix = say("write the code, or the name with its type in front: Phường …, Xã …")
            self._judge.say(row, "no-unit", message, fix, column=self._columns.unit)
        if not (code or name) or bloc is None or employment is None:
            return None
        return _Placed(code, name, bloc, employment, said_of_post, said_of_office)

    def _name(self, bloc: str) -> LocalText:
        return group_name(bloc, self._table.wordings.blocs)

    def _person(self, row: Row, who: str, unit: str, office: Place, section: Section) -> None:
        found = self._placed(row, unit, office, section)
        self._judge.doubt_note(row)
        if found is None:
            return
        bloc, said_of_post, said_of_office = found.bloc, found.post, found.office
        number = self._columns.cell(row, "person")
        post = self._columns.text(row, *self._columns.posts)
        note = self._words.said(self._columns.text(row, *self._columns.notes), found.unit)
        offices = said_of_office.blocs | said_of_post.offices
        several = said_of_post.holds_another or said_of_office.holds_another or len(said_of_post.blocs) > 1
        if several:
            message = say("holds several offices; counted once, in the bloc {bloc}", bloc=self._name(bloc))
            self._judge.say(row, "several-offices", message, severity=Severity.INFORMATION)
        elif offices - {bloc} and said_of_office.blocs:
            message = say(
                "the office or the post is of another bloc; counted in the bloc {bloc}", bloc=self._name(bloc)
            )
            fix = say("check the row; who holds two offices counts where the first is")
            self._judge.say(row, "other-bloc", message, fix, severity=Severity.WARNING)
        birth = self._columns.cell(row, "born")
        self._entries.append(
            Entry(
                row.number,
                found.code,
                found.unit,
                bloc,
                found.employment,
                self._post(row, said_of_post),
                fold(number or who),
                birth,
                bool(number),
                note.holds_another or post.casefold().startswith("kiêm"),
            )
        )

    def _unit(self, row: Row, unit: str, section: Section) -> tuple[str, str]:
        """Code and name of the row's unit, each only where it looks like one."""
        code = self._codes.at(row, "code")
        name = tidy(spelled_out(unit))
        if type_in_name(name) is None:
            name = ""
        if not unit and not code:
            name = section.unit or ""
        return (code if _CODE.fullmatch(code) else ""), name


def _is_carried(cells: Sequence[str]) -> bool:
    """Whether a column is written once for all rows it holds for: most are blank, and none repeats."""
    filled = sum(bool(cell) for cell in cells)
    repeats = any(upper and upper == lower for upper, lower in pairwise(cells))
    return 0 < filled * 2 < len(cells) and not repeats
