"""The three blocs of a unit's staff, and a value for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
R = TypeVar("R")


class Bloc(StrEnum):
    """A bloc of a unit's staff: khối chính quyền, khối Đảng, khối Mặt trận Tổ quốc."""

    GOVERNMENT = "government"
    PARTY = "party"
    FRONT = "front"


class ByBloc(Struct, Generic[T], frozen=True):
    """One value a bloc, in the order government, Party, Front."""

    government: T
    party: T
    front: T

    @classmethod
    def of(cls, make: Callable[[Bloc], T]) -> ByBloc[T]:
        """Ask `make` for each bloc's value."""
        return cls(make(Bloc.GOVERNMENT), make(Bloc.PARTY), make(Bloc.FRONT))

    def __getitem__(self, bloc: Bloc) -> T:
        if bloc is Bloc.GOVERNMENT:
            return self.government
        return self.party if bloc is Bloc.PARTY else self.front

    def __iter__(self) -> Iterator[T]:
        return iter((self.government, self.party, self.front))

    def items(self) -> tuple[tuple[Bloc, T], ...]:
        """Each bloc with its value."""
        return tuple(zip(Bloc, self, strict=True))

    def map(self, change: Callable[[T], R]) -> ByBloc[R]:
        """The same blocs with each value changed."""
        return ByBloc(change(self.government), change(self.party), change(self.front))


Staff = ByBloc[int | None]
"""People in post a bloc; None where the table does not say (unknown, which is not zero)."""

UNKNOWN_STAFF: Staff = ByBloc(None, None, None)


def total(counts: Staff) -> int | None:
    """All people in post, or None where a bloc is unknown: part of a sum is not the sum."""
    government, party, front = counts.government, counts.party, counts.front
    return None if government is None or party is None or front is None else government + party + front
