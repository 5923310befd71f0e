"""What a sheet has beside plain cells under one heading: merged and hidden cells, notes, comments, formulas.

Nearly every CSV file has none of it, and is read without this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.tables.files.form import Form
from quota.tables.files.meanings import meanings
from quota.tables.files.merged import fill_merged, hidden_cells, hidden_rows
from quota.tables.files.notes import note_problems, units_around
from quota.tables.files.sheets import Remark, Sheet
from quota.tables.files.uncomputed import formula_problems
from quota.tables.files.units_said import PEOPLE, Said
from quota.tables.files.wordings import Wordings


def beside(
    sheet: Sheet, form: Form, label: str, wordings: Wordings, wanted: Sequence[str]
) -> tuple[Form, list[Remark], list[Problem], Mapping[str, Said]]:
    """The form with merged cells filled; remarks, problems, and the units of measure that are said around it.

    `label` is what the file is called in problems, `wanted` are the columns that its reader is after.
    """
    columns = meanings(form, wordings, wanted)
    form, filled = fill_merged(form, sheet, columns)
    remarks = [*filled, *hidden_rows(form, sheet), *hidden_cells(form, sheet, columns)]
    problems = [
        *note_problems(sheet, form, label, wordings, columns),
        *formula_problems(form, sheet, label, columns),
    ]
    units = units_around(sheet, form)
    said = units.get(PEOPLE)
    if said is not None and said.factor != 1 and "population" not in columns:
        message = say(
            'around the table stands "{unit}"; its figures are read as so many people or posts',
            unit=said.text,
        )
        fix = say("see that they are; where they are not, write the figures in full")
        problems.append(
            Problem("unit-not-used", Severity.WARNING, message, fix, label, form.header_row, sheet=sheet.name)
        )
    return form, remarks, problems, units
