"""What a frame grants when it is applied: posts for each type of unit, as plain values.

A frame's rule file is read strictly and said in full by `schema`; what an audit needs of it is this. It is
made from the frame (`Frame.norms`), for the shipped ones beforehand (`applying`), so that the default audit
waits neither for YAML nor for its validation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import chain, product
from math import prod

from msgspec import Struct, field
from msgspec.structs import replace

from quota.core.blocs import Blocs, ByBloc
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Note, Quota
from quota.core.units import Unit, UnitType
from quota.norms.arithmetic.columns import RESIDENTS, Value, heading_of, reader
from quota.norms.arithmetic.counting import Count, counting, counting_worlds
from quota.norms.arithmetic.whole import Ends, Whole, held

COMPILED_WORLDS = 64
"""Up to how many things that the unknown columns may be together are compiled: text takes time and room."""
Known = bool | int | str


class Assumption(StrEnum):
    """What is taken for a yes-or-no column where a unit's is unknown; RANGE runs from no to yes."""

    NO = "no"
    YES = "yes"
    RANGE = "range"


class Norm(Struct, frozen=True):
    """What a frame says of one type of unit.

    A quota needs the columns `counted`. `asked` are those that decide whether something holds, each with the
    values that may stand for one that is unknown: first the one without which the frame grants what it grants
    to all. `turns` are the residents at which a condition or a band begins. `minimum` is the fewest residents
    a new unit should have; `notes` go wherever a unit's quota is shown, `notes_below` where it has fewer.
    """

    grants: ByBloc[Ends]
    counted: tuple[str, ...] = (RESIDENTS,)
    asked: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    turns: tuple[int, ...] = ()
    minimum: int | None = None
    notes: tuple[Note, ...] = ()
    notes_below: tuple[Note, ...] = ()
    whole: Whole | None = None
    """The bounds of all blocs together, which `grants` keep already."""

    def is_number(self, column: str) -> bool:
        """Whether a column of the table is counted or compared, not asked for a word or yes or no."""
        known = self.asked.get(column, ())
        return column in self.counted or any(type(value) is int for value in known)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that the grants depend on, residents first."""
        return (*self.counted, *(column for column in self.asked if column not in self.counted))

    def below_minimum(self, residents: int) -> bool:
        """Whether a unit has fewer residents than the frame asks of a new unit of its type."""
        return self.minimum is not None and residents < self.minimum

    def notes_for(self, residents: int) -> tuple[Note, ...]:
        """The remarks that go wherever this unit's quota is shown."""
        return self.notes_below if self.below_minimum(residents) else self.notes


class Norms(Struct, frozen=True):
    """A frame as it is applied: what every output says of it, and what it says of each type of unit."""

    summary: FrameSummary
    commune: Norm
    ward: Norm
    special_zone: Norm
    assumed: Mapping[str, Assumption] = field(default_factory=dict)
    """What is taken for columns that are unknown; nothing is, for one that is not named."""
    asked_at: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    """File, line and path where a column of the table (by its name in expressions) or a code is asked for."""

    def of(self, unit_type: UnitType) -> Norm:
        """The norm of units of this type."""
        norm: Norm = getattr(self, unit_type.value)
        return norm

    @property
    def open_columns(self) -> tuple[str, ...]:
        """The columns that it asks for and of which nothing is assumed: posts may hang on what is unknown."""
        asked = dict.fromkeys(column for unit_type in UnitType for column in self.of(unit_type).asked)
        return tuple(column for column in asked if column not in self.assumed)

    @property
    def asks_of_tables(self) -> bool:
        """Whether it asks for columns that only some tables have, or names units: a table may lack these."""
        columns = {column for unit_type in UnitType for column in self.of(unit_type).columns}
        return "code" in columns or any(heading_of(column) is not None for column in columns)

    @property
    def hangs_on_the_unknown(self) -> bool:
        """Whether posts may come from more than one thing that what is unknown may be."""
        return bool(self.open_columns) or Assumption.RANGE in self.assumed.values()

    def assuming(self, assumed: Mapping[str, Assumption]) -> Norms:
        """The same with what is unknown in these columns settled."""
        return replace(self, assumed={**self.assumed, **assumed})

    def granters(self) -> dict[UnitType, Granter]:
        """What counts the posts of each type of unit."""
        return {unit_type: Granter(self.of(unit_type), self.assumed) for unit_type in UnitType}


Counts = tuple[int, ...]
"""Low and high end of each bloc, in order."""


class _Made(dict[Counts, Quota]):
    """Quotas by what was counted: each is made once, and shared by all units of which the same is counted."""

    def __init__(self, make: Callable[[Counts], Quota]) -> None:
        self._make = make

    def __missing__(self, counts: Counts) -> Quota:
        quota = self[counts] = self._make(counts)
        return quota


class _Open:
    """Counts the units of which the same columns are unknown: for each, in every world there may be.

    `count` gives every bloc's ends in each world, or in place of all the furthest of each end; first those
    of the world in which nothing hangs on what is unknown.
    """

    def __init__(self, count: Count, unknown: tuple[str, ...], norm: Norm, *, ranged: bool) -> None:
        self._count, self._unknown, self._ranged = count, unknown, ranged
        self._blocs, self._whole = norm.grants.order, norm.whole
        self._quotas = _Made(self._made)

    def quotas(self, columns: Sequence[Sequence[Value]]) -> Iterator[Quota]:
        """The quotas of units by their columns, counted without what is unknown, beside what they may be."""
        return map(self._quotas.__getitem__, map(self._count, *columns))

    def _made(self, counts: Counts) -> Quota:
        ends = 2 * len(self._blocs)
        every = [counts[start : start + ends] for start in range(0, len(counts), ends)]
        if self._ranged:
            return Quota(_by_bloc(self._within(_envelope(every)), self._blocs))
        without = every[0]
        most = self._within(tuple(map(max, *every)))
        if most == without:  # what is unknown can only take posts away
            most = self._within(tuple(map(min, *every)))
        possible = None if most == without else _by_bloc(most, self._blocs)
        return Quota(_by_bloc(without, self._blocs), possible, self._unknown)

    def _within(self, counts: Counts) -> Counts:
        """Ends that come from several worlds, within the bounds of all blocs together."""
        return counts if self._whole is None else held(counts, self._whole)


class Granter:
    """Counts the posts of units of one type: the norm's expressions, compiled once."""

    def __init__(self, norm: Norm, assumed: Mapping[str, Assumption] | None = None) -> None:
        self.norm = norm
        self.columns = norm.columns
        self._ends = [number for found in norm.grants for number in (found.low, found.high)]
        self._readers = [reader(column, number=norm.is_number(column)) for column in self.columns]
        self._needed = len(norm.counted)
        taken = dict(assumed or {})
        self._ranged = frozenset(column for column in taken if taken[column] is Assumption.RANGE)
        self._taken: dict[str, Value] = {
            column: taken[column] is Assumption.YES for column in taken if column not in self._ranged
        }
        self._quotas = _Made(lambda counts: Quota(_by_bloc(counts, norm.grants.order)))
        self._open: dict[tuple[bool, ...], _Open] = {}

    @cached_property
    def count(self) -> Count:
        """The function that counts both ends of every bloc from the values of `columns`."""
        return counting(self._ends, self.columns)

    def values(self, unit: Unit) -> list[Value]:
        """The unit's columns, with what is assumed of them; None where one is unknown."""
        values = [read(unit) for read in self._readers]
        if self._taken and None in values:
            for place, column in enumerate(self.columns):
                if values[place] is None:
                    values[place] = self._taken.get(column)
        return values

    def lacking(self, unit: Unit) -> list[str]:
        """The numbers that are counted and that the unit's table does not give: without them, no quota."""
        counted = zip(self.norm.counted, self.values(unit), strict=False)
        return [column for column, value in counted if value is None]

    def quota(self, unit: Unit) -> Quota | None:
        """Posts by bloc; None where a number that the frame counts is unknown.

        Where it is unknown whether something holds, the unit is counted without it, and the quota says what
        it would be with it (`possible`).
        """
        (quota,) = self.quotas([unit])
        return quota

    def quotas(self, units: Sequence[Unit]) -> list[Quota | None]:
        """`quota` of each unit, column by column; units of which the same is unknown are counted together."""
        columns = self._columns_of(units)
        if all(column.count(None) in (0, len(units)) for column in columns):  # nearly every table
            where = tuple([column[:1] == [None] for column in columns])
            if any(where[: self._needed]):
                return [None] * len(units)
            return list(self._quotas_where(where, columns))
        places: defaultdict[tuple[bool, ...], list[int]] = defaultdict(list)
        unknown = zip(*[[value is None for value in column] for column in columns], strict=True)
        for place, where in enumerate(unknown):
            places[where].append(place)
        found: list[Quota | None] = [None] * len(units)
        for where, here in places.items():
            if any(where[: self._needed]):
                continue
            values = [[column[place] for place in here] for column in columns]
            for place, quota in zip(here, self._quotas_where(where, values), strict=True):
                found[place] = quota
        return found

    def _quotas_where(self, where: tuple[bool, ...], columns: Sequence[Sequence[Value]]) -> Iterator[Quota]:
        """The quotas of units of which the same columns are unknown."""
        if not any(where):
            return map(self._quotas.__getitem__, map(self.count, *columns))
        if where not in self._open:
            self._open[where] = self._opened([column[0] for column in columns])
        return self._open[where].quotas(columns)

    def _columns_of(self, units: Sequence[Unit]) -> list[list[Value]]:
        """`values` of each unit, column by column."""
        columns = [list(map(read, units)) for read in self._readers]
        for place, column in enumerate(self.columns):
            taken = self._taken.get(column)
            if taken is not None and None in columns[place]:
                columns[place] = [taken if value is None else value for value in columns[place]]
        return columns

    def without(self, values: Sequence[Value]) -> list[Value]:
        """The values with what is unknown put so that nothing hangs on it."""
        return [
            self.norm.asked[column][0] if value is None else value
            for column, value in zip(self.columns, values, strict=True)
        ]

    def worlds(self, values: Sequence[Value]) -> Iterator[Sequence[Value]]:
        """The values with everything that the unknown ones may be."""
        pairs = zip(self.columns, values, strict=True)
        return product(*[self.norm.asked[column] if value is None else (value,) for column, value in pairs])

    def _opened(self, values: Sequence[Value]) -> _Open:
        """What counts the units of which the same is unknown as of the one with these values."""
        pairs = zip(self.columns, values, strict=True)
        unknown = tuple([column for column, value in pairs if value is None])
        choices = [self.norm.asked[column] for column in unknown]
        if prod(map(len, choices)) <= COMPILED_WORLDS:
            worlds = [dict(zip(unknown, world, strict=True)) for world in product(*choices)]
            count = counting_worlds(self._ends, self.columns, worlds)
        else:
            # Only a frame that asks for many columns comes here: none that is shipped waits for it.
            from quota.norms.arithmetic.furthest import furthest

            asked = {column: self.norm.asked[column] for column in unknown}
            count = furthest(self._ends, self.columns, asked) or self._one_by_one
        ranged = self._ranged.issuperset(unknown)
        return _Open(count, unknown, self.norm, ranged=ranged)

    def _one_by_one(self, *values: Value) -> Counts:
        """The counts in each world that these values leave open, where they are too many to compile."""
        return tuple(chain.from_iterable([self.count(*world) for world in self.worlds(values)]))

    def is_ranged(self, unit: Unit) -> bool:
        """Whether the unit's quota runs from without what is unknown to with it, as was assumed."""
        return bool(self._ranged) and None in self.values(unit)


def _envelope(every: Sequence[Counts]) -> Counts:
    """From the lowest low end to the highest high end, bloc by bloc."""
    return tuple(
        (min if place % 2 == 0 else max)(counts[place] for counts in every) for place in range(len(every[0]))
    )


def _by_bloc(counts: Counts, blocs: Blocs) -> ByBloc[Posts]:
    return ByBloc(blocs, tuple([Posts(*ends) for ends in zip(counts[::2], counts[1::2], strict=True)]))
