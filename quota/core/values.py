"""Values that are equal, and hashed, by less than all of their fields."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class ComparedByContent(Struct, frozen=True):
    """A value that two tables can both hold: equal where its contents are, wherever it was read.

    The field `origin` (file, row, sheet) is left out of comparing and hashing. A mapping is compared, and
    left out of hashing alone: it has no hash. A subclass compares equal only to its own class.
    """

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ComparedByContent) or type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __ne__(self, other: object) -> bool:
        return not self == other  # a struct's own compares every field

    def __hash__(self) -> int:
        return hash(tuple([value for value in self._compared() if not isinstance(value, Mapping)]))

    def _compared(self) -> list[object]:
        return [getattr(self, name) for name in self.__struct_fields__ if name != "origin"]
