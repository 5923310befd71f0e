"""Values that are equal, and hashed, by less than all of their fields."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Aside(Struct, frozen=True):
    """A value beside which stands where it was read, its `origin`, which takes no part in comparing it.

    Mappings do take part in comparing; they have no hash, and none in this one.
    """

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Aside) or type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __ne__(self, other: object) -> bool:
        return not self == other  # a struct has its own, which need not know what is set aside

    def __hash__(self) -> int:
        return hash(tuple([one for one in self._compared() if not isinstance(one, Mapping)]))

    def _compared(self) -> list[object]:
        return [getattr(self, name) for name in self.__struct_fields__ if name != "origin"]
