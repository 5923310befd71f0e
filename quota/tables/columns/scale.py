"""Residents that no tables of communes can have: all of them in thousands, and nothing says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quota.core.problems import Problem
from quota.core.text import Text, say
from quota.core.units import Origin, Unit, UnitType
from quota.tables.files.raw import RawTable
from quota.tables.files.units_said import PEOPLE, unit_at_end
from quota.tables.shipped.country import official_codes

LEAST_RESIDENTS = 700
"""Fewer than any commune or ward of the embedded country has (752), more than thousands of the largest."""
_FEWEST_UNITS = 3
"""Fewer units may well be small ones."""


def in_thousands(tables: Iterable[RawTable], units: Sequence[Unit]) -> Iterator[Problem]:
    """A problem where every commune and ward has so few residents that they seem to be thousands.

    Of units that are most of them the official ones, by their codes; others may be anything. A table whose
    heading says that it counts people, "Dân số (người)", is left out, and so are special zones, where a few
    hundred may live.
    """
    open_to_doubt = {(table.file, table.sheet): table for table in tables if not _says_people(table)}
    doubted: list[tuple[str, int, Origin, RawTable]] = []
    for unit in units:
        if not unit.population or unit.origin is None or unit.type is UnitType.SPECIAL_ZONE:
            continue
        table = open_to_doubt.get((unit.origin.file, unit.origin.sheet))
        if table is not None and unit.population >= LEAST_RESIDENTS:
            return
        if table is not None:
            doubted.append((unit.code, unit.population, unit.origin, table))
    if not seem_thousands([(code, residents) for code, residents, _, _ in doubted]):
        return
    _, residents, origin, table = doubted[0]
    heading = table.header[table.columns.index("population")]
    fix = say(
        'say in the heading what is counted: "{heading} (nghìn người)", or "{heading} (người)" for people',
        heading=" ".join(heading.split()),
    )
    yield table.problem(
        "few-residents",
        few_residents(len(doubted)),
        fix,
        row=origin.row,
        column=heading,
        value=str(residents),
    )


def seem_thousands(units: Sequence[tuple[str, int]]) -> bool:
    """Whether the residents of communes and wards, each with its code, are too few to be people."""
    if len(units) < _FEWEST_UNITS or any(residents >= LEAST_RESIDENTS for _, residents in units):
        return False
    official = sum(code in official_codes() for code, _ in units)
    return official >= _FEWEST_UNITS and official * 2 > len(units)


def few_residents(units: int) -> Text:
    """The problem of a table whose residents seem to be counted in thousands."""
    return say(
        "each of {n} units has fewer than {most} residents, as in no province: they may be thousands",
        n=units,
        most=LEAST_RESIDENTS,
    )


def _says_people(table: RawTable) -> bool:
    """Whether the heading of the residents, or a title, says what is counted; or there are no residents."""
    if PEOPLE in table.units or "population" not in table.columns:
        return True
    return unit_at_end(table.header[table.columns.index("population")])[1] is not None
