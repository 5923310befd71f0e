"""Positions and the states of people: filled, vacant, on loan, leaving and arriving by a known day.

A position is one post for one person. A position filled and one vacant are never netted: who is beyond the
positions of one kind fills none of another. Who is on loan keeps the position at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from quota.core.blocs import Bloc, ByBloc, Staff, total
from quota.core.problems import Problem
from quota.core.sums import known_sum
from quota.core.units import InputFile, Origin, TableOf
from quota.core.values import ComparedByContent


class State(StrEnum):
    """The states that positions and people of a unit's bloc are counted in.

    Of positions: all, those with somebody, those with nobody, and people beyond the positions there are. Of
    people, on the day of the figures: on loan elsewhere, here on loan from elsewhere; and by a day after it:
    those who leave, those who arrive.
    """

    POSITIONS = "positions"
    FILLED = "positions_filled"
    VACANT = "positions_vacant"
    BEYOND = "beyond_positions"
    AWAY = "on_loan_elsewhere"
    RECEIVED = "on_loan_here"
    LEAVING = "leaving"
    ARRIVING = "arriving"


OF_POSITIONS = (State.POSITIONS, State.FILLED, State.VACANT, State.BEYOND)
"""Those that a table of positions, or a list of people, tells."""


class PositionRow(ComparedByContent, frozen=True):
    """Positions of one kind in a unit's bloc and the people in them; None is unknown, which is not zero.

    `kind` tells positions apart within a unit, and is never shown. A list of people gives one row for a bloc:
    each of its people fills a position, and how many there are is known where it lists the vacant ones.
    """

    code: str | None
    name: str | None
    bloc: Bloc
    kind: tuple[str, ...]
    positions: int | None
    people: int | None
    listed: bool = False
    """Whether the people were listed one by one."""
    origin: Origin | None = None

    def count(self, state: State) -> int | None:
        """The positions in a state, one of `OF_POSITIONS`."""
        if state is State.POSITIONS:
            return self.positions
        if self.listed and state is State.FILLED:
            return self.people
        if self.positions is None or self.people is None:
            return None
        if state is State.FILLED:
            return min(self.positions, self.people)
        if state is State.VACANT:
            return max(self.positions - self.people, 0)
        return max(self.people - self.positions, 0)


class PositionList(TableOf[PositionRow], frozen=True):
    """Positions as they were read."""


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


class StateTables(Struct, frozen=True):
    """The tables that states are counted from; None for none. Leavers and arrivals count up to `until`."""

    until: date
    positions: PositionList | None = None
    people: PersonTable | None = None
    leavers: LeaverTable | None = None
    arrivals: LeaverTable | None = None

    def by_option(self) -> Iterator[tuple[str, PositionList | PersonTable | LeaverTable]]:
        """Each table that was given, under the option that takes it."""
        tables = {
            "--positions": self.positions,
            "--people": self.people,
            "--leavers": self.leavers,
            "--arrivals": self.arrivals,
        }
        yield from ((option, table) for option, table in tables.items() if table is not None)


class States(Struct, frozen=True):
    """How many of a unit are in each state, by bloc; a state that no table tells of is not there."""

    counts: Mapping[State, Staff]

    def total(self, state: State) -> int | None:
        """All blocs together; None where a bloc's number is unknown."""
        return total(self.counts[state])


class StateTotals(Struct, frozen=True):
    """A table's states over what is known; None where nothing is. Those of days up to `until`.

    `unknown` counts the units whose number of a bloc is unknown.
    """

    counts: Mapping[State, Staff]
    unknown: Mapping[State, ByBloc[int]]
    until: date

    def total(self, state: State) -> int | None:
        """All blocs together, over what is known."""
        return known_sum(self.counts[state])
