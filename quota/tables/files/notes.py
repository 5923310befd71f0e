"""What notes below a table and comments on its headings say of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.tables.files.form import Form
from quota.tables.files.meanings import Meanings
from quota.tables.files.roles import Measure
from quota.tables.files.said.titles import counts_some, foretells, grants
from quota.tables.files.sheets import Sheet
from quota.tables.files.units_said import Said, units_noted
from quota.tables.files.wordings import Wordings

_NOTE = pattern(r"\W*" + fold("(?:ghi chú|chú thích|lưu ý|chú ý|note)") + r"(?!\w)|[*+]|\([0-9*]\)")
_OF_FIGURES = pattern(fold(r"(?<!\w)số liệu(?!\w)"))

_DENIED = pattern(fold(r"(?<!\w)(?:(?:không|chưa) phải|not)(?!\w).*?(?=(?<!\w)(?:mà|but)(?!\w)|[,.;]|$)"))
"""What figures are said not to be, up to what they are."""


def notes_below(sheet: Sheet, form: Form) -> Iterator[str]:
    """The notes below the table's last unit: they say so, or speak of its figures. Not what is signed."""
    last = form.rows[-1].number
    for row in sheet.rows:
        if row.number <= last:
            continue
        text = " ".join(" ".join(row.cells).split())
        if _NOTE.match(fold(text)) or _OF_FIGURES.search(fold(text)):
            yield text


def comments_above(sheet: Sheet, form: Form) -> list[str]:
    """The comments on cells above the first unit: on headings and titles."""
    first = form.rows[0].number
    return [text for (row, _), text in sorted(sheet.comments.items()) if row < first]


def note_problems(
    sheet: Sheet, form: Form, label: str, wordings: Wordings, columns: Meanings
) -> Iterator[Problem]:
    """A warning for each note by which figures are others than they seem; a remark for a unit's comment.

    None of a list of people: a note there may name one.
    """
    if "full_name" in columns:
        return
    for note in (*notes_below(sheet, form), *comments_above(sheet, form)):
        if _is_doubtful(note, form, columns, wordings):
            message = say(
                'a note says: "{note}"; figures are read as those of everybody who is there', note=note
            )
            yield Problem(
                *("doubtful-note", Severity.WARNING, message, say("see that they are")),
                *(label, form.header_row),
                sheet=sheet.name,
            )
    numbers = {row.number for row in form.rows} if sheet.comments else frozenset()
    for (row, column), text in sorted(sheet.comments.items()):
        if row in numbers and column <= len(columns) and columns[column - 1] is not None:
            message = say('a comment on the cell says: "{note}"', note=text)
            yield Problem(
                *("comment", Severity.INFORMATION, message, None, label, row, form.header[column - 1]),
                sheet=sheet.name,
            )


def _is_doubtful(note: str, form: Form, columns: Sequence[str | None], wordings: Wordings) -> bool:
    """Whether by a note figures are of posts assigned, of some people only, or foreseen; not what it denies.

    Where the table has a column that says that it is of posts the note may well be about that one.
    """
    note = _DENIED.sub("", fold(note))
    if "population" in columns and foretells(note, wordings.known_year):
        return True
    of_posts = any(wordings.role_of(heading).measure is Measure.ASSIGNED for heading in form.header)
    is_of_staff = any(column in wordings.blocs for column in columns) and not (form.granting or of_posts)
    return is_of_staff and (grants(note, wordings.known_year) or counts_some(note))


def units_around(sheet: Sheet, form: Form) -> Mapping[str, Said]:
    """The units of measure around a table: above, below, in comments on headings, in the sheet's name."""
    if not form.rows:
        return {}
    named = [*comments_above(sheet, form), *([] if sheet.name is None else [sheet.name])]
    if sheet.rows[0].number == form.header_row and sheet.rows[-1] == form.rows[-1]:
        return units_noted(named)
    last = form.rows[-1].number
    around = (row for row in sheet.rows if not form.header_row <= row.number <= last)
    return units_noted([*(" ".join(filter(None, row.cells)) for row in around), *named])
