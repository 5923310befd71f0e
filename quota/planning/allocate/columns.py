"""Floors, ceilings and fixed numbers from columns of the population table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quota.core.blocs import Bloc
from quota.core.names import fold
from quota.core.places import problem_at
from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import say
from quota.core.units import Unit
from quota.planning.allocate.bounds import Bounds

_WHOLE = re.compile(r"[0-9]{1,6}")
_UNKNOWN = ("", "-", "…")


def figures_in(report: AuditReport, column: str, blocs: Sequence[Bloc]) -> Bounds:
    """The figures of `column` by unit and bloc: COLUMN_government and so on, or COLUMN for a single bloc.

    Raises `InputError` where there is no such column, or a cell is no whole number.
    """
    units = [unit_audit.unit for unit_audit in report.units]
    headings = {fold(heading): heading for unit in units for heading in unit.more}
    found = {bloc: headings.get(fold(f"{column}_{bloc}")) for bloc in blocs}
    if len(blocs) == 1 and found[blocs[0]] is None:
        found[blocs[0]] = headings.get(fold(column))
    if not any(found.values()):
        message = say("the population table has no column {column}", column=_wanted(column, blocs))
        fix = say(
            "name a column of it; it has {columns}", columns=", ".join(sorted(headings.values())) or "none"
        )
        raise refusal("missing-column", message, fix, value=column)
    problems: list[Problem] = []
    figures = {
        (unit.code, bloc): _figure(unit, heading, problems)
        for unit in units
        for bloc, heading in found.items()
        if heading is not None
    }
    if problems:
        raise InputError(problems)

    def of(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
        return figures.get((unit_audit.unit.code, bloc))

    return of


def _wanted(column: str, blocs: Sequence[Bloc]) -> str:
    names = [f"{column}_{bloc}" for bloc in blocs]
    return " / ".join([column, *names] if len(blocs) == 1 else names)


def _figure(unit: Unit, heading: str, problems: list[Problem]) -> int | None:
    cells: Mapping[str, str] = unit.more
    text = cells.get(heading, "").strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    if text in _UNKNOWN:
        return None
    message, fix = say("not a whole number of posts"), say("write it in digits")
    found = problem_at(unit.origin, "no-posts", Severity.ERROR, message, fix, column=heading, value=text)
    problems.append(found)
    return None
