"""People who leave, or arrive, by a day that is known: by age, because they resign, are recruited, sent."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.problems import Problem
from quota.core.units import InputFile, Origin


class Person(Struct, frozen=True):
    """Somebody at work in a unit's bloc: birth date and sex, and nothing that says who it is."""

    code: str
    bloc: Bloc
    born: date
    woman: bool
    origin: Origin | None = None


class PersonTable(Struct, frozen=True):
    """A table of people, a row a person."""

    people: tuple[Person, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class Leaver(Struct, frozen=True):
    """People of a unit's bloc whose last day at work is known; in a table of arrivals, the first."""

    code: str
    bloc: Bloc
    last: date
    people: int = 1
    origin: Origin | None = None


class LeaverTable(Struct, frozen=True):
    """A table of leavers: resignations, ends of contract; or of people who arrive."""

    leavers: tuple[Leaver, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()
