"""What a frame asks of a table that the table cannot answer: a column it lacks, a unit that is not in it.

Only the table shows it, so it is looked for where a frame is applied. A unit is counted without what is
unknown and marked; this says why, at the line of the frame.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from quota.core.problems import Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.core.units import UnitTable, UnitType
from quota.norms.arithmetic.columns import heading_of, table_column
from quota.norms.granting import Norms

_COLUMN = "column-not-in-table"


class _Asked(Struct, frozen=True):
    """What a frame asks: the columns it counts, the columns its conditions ask, the units they name."""

    counted: tuple[str, ...]
    headings: tuple[str, ...]
    codes: tuple[str, ...]


def not_in_table(norms: Norms, table: UnitTable) -> tuple[Problem, ...]:
    """An error for each column that is counted and lacking, a warning for each column that is asked for and
    lacking, and for each unit that is named and is not there.

    Frames that ask for nothing beyond the program's own columns cost nothing; so do tables of no units.
    """
    types = dict.fromkeys(unit.type for unit in table.units)
    asked = _asked(norms, types)
    if not table.units or asked == _Asked((), (), ()):
        return ()
    found = dict.fromkeys(heading for unit in table.units for heading in unit.more)
    codes = {unit.code for unit in table.units}
    paths = ", ".join(source.path for source in table.sources)
    where = say("{file}", file=paths) if paths else say("the table")
    problems = [
        *(_no_column(heading, found, where, Severity.ERROR) for heading in asked.counted),
        *(_no_column(heading, found, where, Severity.WARNING) for heading in asked.headings),
        *(_no_unit(code, codes, where) for code in asked.codes),
    ]
    return tuple([_placed(problem, norms) for problem in problems if problem is not None])


def _asked(norms: Norms, types: Iterable[UnitType]) -> _Asked:
    of_types = [norms.of(unit_type) for unit_type in types]
    counted = dict.fromkeys(column for norm in of_types for column in norm.counted)
    asked = dict.fromkeys(column for norm in of_types for column in norm.asked if column not in counted)
    codes = dict.fromkeys(str(code) for norm in of_types for code in norm.asked.get("code", ()) if code)
    return _Asked(_headings(counted), _headings(asked), tuple(codes))


def _headings(columns: Iterable[str]) -> tuple[str, ...]:
    """Those of them that are a table's own, by their headings."""
    return tuple(heading for column in columns if (heading := heading_of(column)) is not None)


def _no_column(heading: str, found: Iterable[str], where: Text, severity: Severity) -> Problem | None:
    if heading in found:
        return None
    message = say("the frame asks for this column, and there is none called so in {table}", table=where)
    fix = _meant(heading, found) or say(
        "add the column to the table, or name it in the frame as the table does"
    )
    return Problem(_COLUMN, severity, message, fix, value=heading)


def _no_unit(code: str, codes: Iterable[str], where: Text) -> Problem | None:
    if code in codes:
        return None
    message = say("the frame names this unit, and no unit of {table} has its code", table=where)
    fix = _meant(code, codes) or say("correct the code, or give the table that the unit is in")
    return Problem("unit-not-in-table", Severity.WARNING, message, fix, value=code)


def _meant(said: str, known: Iterable[str]) -> Text | None:
    return did_you_mean(said, [name for name in known if name])


def _placed(problem: Problem, norms: Norms) -> Problem:
    """The problem with the file, line and key of the frame that asks; none for a frame made in memory."""
    said = str(problem.value)
    place = norms.asked_at.get(table_column(said) if problem.code == _COLUMN else said)
    if place is None:
        return problem
    file, line, path = place
    return replace(problem, file=file, row=line, column=path)
