"""From what was typed to tables: defaults, and words about the run on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.core.units import StaffTable, UnitTable
from quota.render.output import Output
from quota.render.problems import problem_lines
from quota.render.rendering import Format
from quota.tables.embedded import DEFAULT_POPULATION, DEFAULT_STAFF
from quota.tables.reading import read_staff, read_units


def read_inputs(population: str | None, staff: str | None) -> tuple[UnitTable, StaffTable | None]:
    """The tables asked for; with neither named, the embedded province and its sample staff."""
    if population is None and staff is None:
        staff = DEFAULT_STAFF
    refuse_empty(population, staff)
    units = read_units(population if population is not None else DEFAULT_POPULATION)
    return units, read_staff(staff) if staff is not None else None


def refuse_empty(*names: str | None) -> None:
    """An empty name is a variable that was never set in someone's script: no default stands in for it."""
    if any(name is not None and not name.strip() for name in names):
        message = say("a table's name is empty")
        fix = say("name a file or an embedded table; leave the argument out for the embedded province")
        raise InputError([Problem("empty-name", Severity.ERROR, message, fix)])


def read_several(
    populations: Sequence[str] | None, staff: Sequence[str] | None
) -> tuple[UnitTable, StaffTable | None]:
    """Several tables read as one, by the same defaults."""
    if not populations and not staff:
        staff = [DEFAULT_STAFF]
    refuse_empty(*(populations or []), *(staff or []))
    units = read_units(*(populations or [DEFAULT_POPULATION]))
    return units, read_staff(*staff) if staff else None


def tell(problems: Iterable[Problem], output: Output) -> None:
    """Say on stderr what is worth knowing of the input and does not stand in the output already."""
    shown_above = output.path is None and output.format in (Format.TABLE, Format.MARKDOWN)
    for line in problem_lines(one for one in problems if not (shown_above and one.code == "illustrative")):
        sys.stderr.write(f"{line}\n")
