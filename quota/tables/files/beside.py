"""What a sheet has beside plain cells under one heading: merged and hidden cells, notes, comments, formulas.

Nearly every CSV file has none of it, and is read without this.
"""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.problems import Problem
from quota.tables.files.form import Form
from quota.tables.files.merged import fill_merged, hidden_cells, hidden_rows
from quota.tables.files.notes import note_problems, units_around
from quota.tables.files.sheets import Remark, Sheet
from quota.tables.files.uncomputed import formula_problems
from quota.tables.files.units_said import Said
from quota.tables.files.wordings import Wordings


def beside(
    sheet: Sheet, form: Form, label: str, wordings: Wordings
) -> tuple[Form, list[Remark], list[Problem], Mapping[str, Said]]:
    """The form with merged cells filled; remarks, problems, and the units of measure that are said around it.

    `label` is what the file is called in problems.
    """
    form, filled = fill_merged(form, sheet, wordings)
    remarks = [*filled, *hidden_rows(form, sheet), *hidden_cells(form, sheet, wordings)]
    problems = [
        *note_problems(sheet, form, label, wordings),
        *formula_problems(form, sheet, label, wordings),
    ]
    return form, remarks, problems, units_around(sheet, form)
