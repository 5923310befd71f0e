"""How tables write the type of a unit."""

from __future__ import annotations

from functools import lru_cache

from quota.core.names import fold, without_accents
from quota.core.units import UnitType

_TYPES = {
    "commune": UnitType.COMMUNE,
    "xa": UnitType.COMMUNE,
    "ward": UnitType.WARD,
    "phuong": UnitType.WARD,
    "special_zone": UnitType.SPECIAL_ZONE,
    "special zone": UnitType.SPECIAL_ZONE,
    "dac khu": UnitType.SPECIAL_ZONE,
    "x": UnitType.COMMUNE,
    "p": UnitType.WARD,
    "dk": UnitType.SPECIAL_ZONE,
}


@lru_cache(maxsize=64)
def type_called(text: str) -> UnitType | None:
    """The type a cell names, in English or Vietnamese, short or whole; None where it names none."""
    return _TYPES.get(without_accents(fold(text)).rstrip("."))
