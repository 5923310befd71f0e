"""The blocs of a unit's staff, as a frame names them, and a value for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, Generic, Self, TypeVar

from msgspec import Struct

from quota.core.text import LocalText

T = TypeVar("T")
R = TypeVar("R")

_KNOWN: dict[str, tuple[LocalText, tuple[str, ...]]] = {
    "government": (
        LocalText(vi="Chính quyền", en="Government"),
        (
            *("government", "chính quyền", "khối chính quyền", "khối ubnd"),
            *("khối hđnd, ubnd", "khối nhà nước"),
        ),
    ),
    "party": (
        LocalText(vi="Đảng", en="Party"),
        ("party", "đảng", "khối đảng", "khối đảng ủy", "đảng ủy", "cơ quan đảng"),
    ),
    "front": (
        LocalText(vi="MTTQ", en="Front"),
        (
            *("front", "mttq", "mặt trận", "khối mttq", "khối mặt trận", "khối mặt trận tổ quốc"),
            *("mặt trận tổ quốc", "ubmttq", "khối mttq và đoàn thể", "mttq và các đoàn thể"),
            *("mttq, đoàn thể", "khối mttq, đoàn thể"),
        ),
    ),
}
"""What is known of a bloc by its key alone: its name, and the headings its staff is under."""


class Bloc(str):
    """A bloc of a unit's staff: text, its key in the frame, that knows its name and its headings.

    Two blocs are the same where their keys are. `headings` are those of its column in a staff table.
    """

    __slots__ = ("headings", "name")

    GOVERNMENT: ClassVar[Bloc]
    PARTY: ClassVar[Bloc]
    FRONT: ClassVar[Bloc]

    name: LocalText
    headings: tuple[str, ...]

    def __new__(cls, key: str, name: LocalText | None = None, headings: Iterable[str] = ()) -> Self:
        """The bloc of `key`; name and headings are those known of it, else the key, where none are given."""
        bloc = super().__new__(cls, key)
        known_name, known_headings = _KNOWN.get(key, (LocalText(key, key), (key,)))
        bloc.name = name or known_name
        own = () if bloc.name == known_name else (bloc.name.vi, bloc.name.en)
        bloc.headings = tuple(dict.fromkeys((*known_headings, *own, *headings)))
        return bloc

    @property
    def is_known(self) -> bool:
        """Whether its name is known without a frame: it is one of the central frames' three."""
        return self in _KNOWN

    def __reduce__(self) -> tuple[type[Bloc], tuple[str, LocalText, tuple[str, ...]]]:
        return Bloc, (str(self), self.name, self.headings)


def group_name(group: str, blocs: Iterable[Bloc] = ()) -> LocalText:
    """What people call a group of posts: a bloc by its name, any other (a position) as it is written.

    `blocs` are those of the frame, which has names for its own.
    """
    found = group if isinstance(group, Bloc) else next((bloc for bloc in blocs if bloc == group), Bloc(group))
    return found.name


NOT_BLOCS = frozenset(
    (
        *("all", "total", "code", "name", "type", "population", "residents", "province", "area", "status"),
        *("frame", "as_of", "notes", "problem", "illustrative", "below_minimum", "ignore", "unit", "units"),
        *("staff", "quota", "gap", "people", "hands", "field", "fields", "position", "bloc", "blocs", "low"),
        *("high", "shortfall", "surplus", "assigned", "vacant", "reserve", "present", "norm", "key", "other"),
    )
)
"""Keys that no bloc may have: outputs and tables mean something else by them."""

Blocs = tuple[Bloc, ...]
"""Blocs in a frame's order."""

BLOCS: Blocs = tuple(Bloc(key) for key in _KNOWN)
"""Those of the central frames: khối chính quyền, khối Đảng, khối Mặt trận Tổ quốc."""

Bloc.GOVERNMENT, Bloc.PARTY, Bloc.FRONT = BLOCS


class ByBloc(Struct, Generic[T], frozen=True):
    """One value a bloc, in the order of the frame's blocs."""

    order: Blocs
    values: tuple[T, ...]

    @classmethod
    def of(cls, order: Blocs, make: Callable[[Bloc], T]) -> ByBloc[T]:
        """Ask `make` for each bloc's value."""
        return cls(order, tuple([make(bloc) for bloc in order]))

    def __getitem__(self, bloc: str) -> T:
        """The bloc's value. Raises `KeyError` for a bloc that is not among them."""
        try:
            return self.values[self.order.index(bloc)]
        except ValueError:
            raise KeyError(bloc) from None

    def __contains__(self, bloc: object) -> bool:
        return bloc in self.order

    def __iter__(self) -> Iterator[T]:
        return iter(self.values)

    def items(self) -> Iterator[tuple[Bloc, T]]:
        """Each bloc with its value."""
        return zip(self.order, self.values, strict=True)

    def get(self, bloc: str) -> T | None:
        """The bloc's value, or None where it is not among them."""
        return self[bloc] if bloc in self.order else None

    def map(self, change: Callable[[T], R]) -> ByBloc[R]:
        """The same blocs with each value changed."""
        return ByBloc(self.order, tuple([change(value) for value in self.values]))


def gathered(blocs: Blocs, rows: Iterable[ByBloc[T]]) -> ByBloc[list[T]]:
    """Each bloc's values in the order of the rows, all of which have these blocs."""
    columns = map(list, zip(*[row.values for row in rows], strict=True))
    return ByBloc(blocs, tuple(columns) or tuple([[] for _ in blocs]))


def plain_bloc(value: object) -> object:
    """A bloc as text where all of it is known by its key, else with its name and headings; see `bloc_of`."""
    if not isinstance(value, Bloc):
        raise NotImplementedError  # what msgspec asks of a hook for any type that it does not know
    known = Bloc(str(value))
    if (value.name, value.headings) == (known.name, known.headings):
        return str(value)
    return [str(value), value.name.vi, value.name.en, *value.headings]


def bloc_of(wanted: type, plain: object) -> Bloc:
    """What `plain_bloc` wrote. Raises `TypeError` where a value of another type is wanted."""
    if wanted is not Bloc:
        raise TypeError(wanted)
    if not isinstance(plain, list):
        return Bloc(str(plain))
    key, vietnamese, english, *headings = map(str, plain)
    return Bloc(key, LocalText(vietnamese, english), headings)


def all_of(orders: Iterable[Blocs]) -> Blocs:
    """Every bloc of these, each once, in the order they come."""
    return tuple(dict.fromkeys(bloc for order in orders for bloc in order))


Staff = ByBloc[int | None]
"""People in post a bloc; None where the table does not say (unknown, which is not zero)."""

UNKNOWN_STAFF: Staff = ByBloc((), ())
"""Staff of which nothing is said: no bloc of it is known."""


def staff_of(staff: Staff, blocs: Blocs) -> Staff:
    """The staff of these blocs; None for a bloc that it does not name."""
    return staff if staff.order is blocs or staff.order == blocs else ByBloc.of(blocs, staff.get)


def by_column(rows: Sequence[Staff], blocs: Blocs) -> dict[str, list[int | None]]:
    """Each of these blocs with its staff in every row; None where a row says nothing of it."""
    distinct = {id(counts): counts for counts in rows}  # rows of which nothing is said are often one
    values = {key: staff_of(counts, blocs).values for key, counts in distinct.items()}
    columns = zip(*[values[id(counts)] for counts in rows], strict=True) if rows else [()] * len(blocs)
    return {bloc: list(column) for bloc, column in zip(blocs, columns, strict=True)}


def total(counts: Staff) -> int | None:
    """All people in post, or None where a bloc is unknown: part of a sum is not the sum."""
    people = 0
    for count in counts.values:
        if count is None:
            return None
        people += count
    return people if counts.values else None
