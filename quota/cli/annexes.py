"""What fills an annex of `quota form`: the tables that were given, as the values that it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from msgspec.structs import replace

from quota.analysis.audit.annexes import EACH, Annex, Shows
from quota.analysis.audit.annexing import AnnexFilling, annex_table
from quota.analysis.audit.assigning import with_assigned
from quota.analysis.audit.auditing import audit, reserves_in
from quota.cli.answering import tell
from quota.cli.grouping import Group
from quota.cli.inputs import read_assignment, read_people_present, refuse_empty, settled
from quota.cli.options import AssignedFile, StaffFile, file_option, option
from quota.cli.reading import Reading
from quota.cli.refusing import usage_error
from quota.core.blocs import UNKNOWN_STAFF, Staff
from quota.core.places import problem_at
from quota.core.problems import InputError, Severity, refuse_errors
from quota.core.text import LocalText, say
from quota.core.units import Decision, Reserve, Unit, UnitTable
from quota.norms.granting import Norms
from quota.render.audit.unsettled import unsettled_lines
from quota.render.kit.output import Output, mention
from quota.render.kit.words import words
from quota.render.report.contents import made_up
from quota.render.views.reports.annex import AnnexSheet, Titled, annex_sheet
from quota.tables.readers.department_posts import read_department_posts
from quota.tables.shipped.provinces import find_province


class AnnexTables(Group, frozen=True):
    """The tables and the words that fill an annex; without them it is empty."""

    staff: StaffFile = None
    assigned: AssignedFile = None
    provisional: Annotated[
        str | None,
        file_option(
            "--provisional",
            "Table of the posts that an earlier decision assigned provisionally (tạm giao), as --assigned.",
        ),
    ] = None
    departments: Annotated[
        str | None,
        file_option(
            "--departments", "Table of the province's departments: name, provisional, assigned, present."
        ),
    ] = None
    decision: Annotated[
        str | None, option("--decision", "NUMBER", "The decision's number, as 12/QĐ-UBND.")
    ] = None
    year: Annotated[
        int | None,
        option(
            "--year",
            "YEAR",
            "The year that posts are assigned for.",
            min=1945,
            max=2100,
            show_default="that of --as-of",
        ),
    ] = None

    @property
    def any_given(self) -> bool:
        """Whether any was."""
        return any(getattr(self, name) is not None for name in self.__struct_fields__)


EMPTY = AnnexTables()
_BOTH_ENDS = say("Their norm here goes from what it is without what is unknown up to what it is with it.")
_SETTLED = say("A table of terrain settles it: --terrain FILE.")


def filled_annex(
    annex: Annex,
    units: UnitTable,
    norms: Norms,
    given: AnnexTables,
    how: Reading,
    day: dt.date,
    output: Output,
) -> AnnexSheet:
    """The annex of these units; `InputError` with all problems of the tables that fill it."""
    blocs = norms.summary.blocs
    for column in annex.columns:
        if column.bloc not in (None, EACH, *blocs):
            message = say(
                'the frame has no bloc "{bloc}"; it has {blocs}', bloc=column.bloc, blocs=", ".join(blocs)
            )
            raise usage_error(message)
    refuse_empty(given.staff, given.assigned, given.provisional, given.departments)
    if not units.units and (given.staff or given.assigned or given.provisional):
        raise usage_error(say("whose posts these are is not said: give --population FILE or --province NAME"))
    staff = [given.staff] if given.staff is not None else []
    present = read_people_present(staff, settled(how, blocs, (), staff)) if staff else None
    posts, before = (read_assignment(path, how, blocs) for path in (given.assigned, given.provisional))
    report = audit(units, norms, present, posts, as_of=day)
    tell(report.problems, output, verbose=how.verbose)
    provisional: dict[str, Staff] = {}
    if before is not None:
        bare = [replace(unit, assigned=UNKNOWN_STAFF, decision=None) for unit in units.units]
        placed, problems = with_assigned(bare, before.rows)
        refuse_errors((*before.problems, *problems))
        tell((*before.problems, *problems), output, verbose=how.verbose)
        provisional = {unit.code: unit.assigned for unit in placed}
    table = None
    if given.departments is not None:
        table = read_department_posts(given.departments, options=how.options(blocs))
        refuse_errors(table.problems)
        tell(table.problems, output, verbose=how.verbose)
    filling = AnnexFilling(
        report.units,
        provisional,
        table.departments if table else (),
        _only(reserves_in(units, present, posts)),
        _only(before.reserves if before is not None else ()),
    )
    shows_norm = any(column.shows is Shows.NORM for column in annex.columns)
    found = report.totals.unsettled if shows_norm else None
    unknown = [words(line) for line in (*unsettled_lines(found), *([_BOTH_ENDS] if found else []))]
    for line in (*unknown, *([words(_SETTLED)] if found else [])):
        mention(line)
    placed_units = [audited.unit for audited in report.units]
    decision = _decision(placed_units)
    titled = Titled(
        given.year or day.year,
        day,
        _province(placed_units),
        given.decision or (decision.number if decision else None),
        decision.day if decision and given.decision in (None, decision.number) else None,
        (*made_up(report), *unknown),
    )
    return annex_sheet(annex, annex_table(annex, filling, blocs), titled)


def _only(reserves: Sequence[Reserve]) -> Reserve | None:
    """The one reserve; None for none. `InputError` at the second row where there are more."""
    for second in reserves[1:]:
        message = say("a second row of posts that are kept back")
        fix = say("a form has one reserve: keep that of its province")
        raise InputError([problem_at(second.origin, "assigned-twice", Severity.ERROR, message, fix)])
    return reserves[0] if reserves else None


def _decision(units: Sequence[Unit]) -> Decision | None:
    """The one decision that all assigned posts are of, as far as the tables say."""
    found = {unit.decision for unit in units if unit.decision is not None}
    return found.pop() if len(found) == 1 else None


def _province(units: Sequence[Unit]) -> LocalText | None:
    """The one province of all units, with its kind; None where they are of several, or no table says it."""
    found = {unit.province for unit in units}
    name = found.pop() if len(found) == 1 else None
    known = find_province(name) if name is not None else None
    if known is None:
        return LocalText(name, name) if name is not None else None
    kind = "thành phố" if known.is_central_city else "tỉnh"
    return LocalText(f"{kind} {known.name}", known.name)
