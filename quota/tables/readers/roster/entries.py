"""What a list of people says of each: a person, or a post in which nobody is, in a unit and a bloc."""

from __future__ import annotations

from msgspec import Struct

from quota.core.names import fold
from quota.core.problems import Problem
from quota.core.units import Employment


class PostRow(Struct, frozen=True):
    """A row of a post in a unit and a bloc, with somebody in it or not.

    `post` is what it is called, where all its words are known: else it may name a person.
    """

    row: int
    code: str
    unit: str
    bloc: str
    employment: Employment
    post: str

    @property
    def place(self) -> str:
        """The unit, whatever it is called by."""
        return self.code or fold(self.unit)


class Vacancy(PostRow, frozen=True):
    """A row of a post in which nobody is."""


class Entry(PostRow, frozen=True):
    """A row of one person. `identity` and `birth` tell people apart and are never shown.

    `is_number` says that `identity` is a person's number and no name. `another` says that the row is a
    second office of a person who has one elsewhere.
    """

    identity: str
    birth: str
    is_number: bool
    another: bool


class Listed(Struct, frozen=True):
    """The people of a table, and all that is to be said of its rows."""

    entries: list[Entry]
    problems: list[Problem]
    vacancies: list[Vacancy]
