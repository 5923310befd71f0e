"""Which bloc a person of a list counts in, and how the person is employed; what is unclear is a problem."""

from __future__ import annotations

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Problem, Severity
from quota.core.text import Text, key, say
from quota.core.units import Employment
from quota.tables.files.raw import RawTable, Row
from quota.tables.readers.roster.columns import RosterColumns
from quota.tables.readers.roster.placing import Said, Words
from quota.tables.readers.roster.sections import Section, counted_by_default

_GONE = pattern(
    fold(
        r"nghỉ hưu|nghỉ việc|thôi việc|nghỉ chế độ|chuyển công tác|đã chuyển|chuyển đi|luân chuyển|biệt phái"
        r"|từ trần|đã mất|qua đời|hy sinh|đã nghỉ|xin nghỉ|không còn|(?:đã|được) tính|tính ở"
    )
)
_ADD = say("write the office or the post in full, or add it to a file of your own for --office-rules")


class Judge:
    """Says of each row what its words mean. A cell may name a person, so no problem carries one."""

    def __init__(self, table: RawTable, columns: RosterColumns, words: Words) -> None:
        self._table, self._columns, self._words = table, columns, words
        self.problems: list[Problem] = []

    def say(
        self,
        row: Row,
        code: str,
        message: Text,
        fix: Text | None = None,
        *,
        column: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at a row, without any cell of it."""
        heading = None if column is None else self._table.header[column]
        self.problems.append(
            self._table.problem(code, message, fix, severity=severity, row=row.number, column=heading)
        )

    def bloc(self, row: Row, office: Said, post: Said, *, named: bool) -> str | None:
        """The bloc a person counts in; None with a problem where it is unclear."""
        written = self._columns.cell(row, "bloc")
        if written:
            named_bloc = self._table.wordings.column_of(written)
            found = (
                named_bloc
                if named_bloc in self._table.wordings.blocs
                else self._table.wordings.role_of(written).bloc
            )
            said = self._words.said(written).blocs
            found = found or (next(iter(said)) if len(said) == 1 else None)
            if found is None:
                place = self._columns.known["bloc"]
                self.say(row, "unknown-bloc", say("no such bloc"), _choices(self._table), column=place)
            return found
        for said_here in (office, post):
            if said_here.unclear:
                message = say("the office, or the post, is none that is known: the row fits no bloc")
                self._no_bloc(row, message)
                return None
            blocs = said_here.first or said_here.blocs
            if len(blocs) == 1:
                return next(iter(blocs))
            if blocs:
                both = blocs & (post.first or post.blocs)
                if said_here is office and len(both) == 1:
                    return next(iter(both))
                self._no_bloc(row, say("offices of several blocs: which one counts is not said"))
                return None
        message = say("nothing in the row says the bloc") if named else say("neither a post nor an office")
        self._no_bloc(row, message)
        return None

    def is_against(self, row: Row, above: Said, post: Said, carried: str) -> bool:
        """Whether a post does not fit the office that a row above names: then who is right is not guessed.

        Under an office's heading its people's posts may have any words; one whose cell is blank is of the
        office `carried` from above only where its post is understood.
        """
        if (post.offices and above.blocs and post.offices != above.blocs) or (carried and post.unclear):
            self._no_bloc(row, say("the post may be of another office than the one above"))
            return True
        return False

    def doubt_note(self, row: Row) -> None:
        """Warn of a note by which a person may not be at work here any more, or not yet."""
        if _GONE.search(fold(self._columns.text(row, *self._columns.notes))):
            message = say("the note speaks of leaving, or of a loan; counted all the same")
            fix = say("remove the row if the person is not on the unit's books")
            self.say(row, "may-be-gone", message, fix, severity=Severity.WARNING)

    def _no_bloc(self, row: Row, message: Text) -> None:
        columns = self._columns
        places = [*columns.offices, *columns.posts]
        filled = next((place for place in places if row.cells[place].strip()), next(iter(places), None))
        self.say(row, "no-bloc", message, _ADD, column=filled)

    def employment(self, row: Row, office: Said, post: Said, section: Section) -> Employment | None:
        """How a person is employed; None with a problem where it is unclear."""
        written = self._columns.cell(row, "employment")
        if written:
            said = self._words.said(written)
            found = said.employments - ({Employment.CIVIL_SERVANT} if len(said.employments) > 1 else set())
            if len(found) == 1 and not said.unclear:
                return next(iter(found))
            message = say("how the person is employed is not understood")
            fix = say("write cán bộ, công chức; viên chức; hợp đồng; or không chuyên trách")
            self.say(row, "unknown-employment", message, fix, column=self._columns.known["employment"])
            return None
        note = self._words.said(self._columns.text(row, *self._columns.notes))
        others = (post.employments | office.employments) - {Employment.CIVIL_SERVANT}
        noted = note.employments - {Employment.CIVIL_SERVANT}
        if not others and noted and note.unclear:
            message = say("the note speaks of another employment; counted as a civil servant all the same")
            fix = say("say it in a column of its own: Đối tượng")
            self.say(row, "unclear-note", message, fix, severity=Severity.WARNING)
            noted = frozenset()
        others = others or noted
        if len(others) > 1:
            message = say("several ways of being employed")
            fix = say("say which one in a column of its own: Đối tượng")
            self.say(row, "unknown-employment", message, fix)
            return None
        return next(iter(others)) if others else counted_by_default(section)


def _choices(table: RawTable) -> Text:
    return say("write one of {choices}", choices=key(*table.wordings.blocs))
