"""What a frame can ask of a unit: each column's value, as an expression counts it.

Residents are counted one by one; every other number in millionths, so that an area of 12.25 km² is a whole
number. A value that is not known is None, which is neither no nor zero.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from quota.core.characters import pattern
from quota.core.units import Unit

if TYPE_CHECKING:  # as in `quota.core.units`
    from fractions import Fraction

Value = int | bool | str | None
RESIDENTS = "residents"
FLAGS = ("mountain", "highland", "island", "border")
"""The yes-or-no columns, of which something can be assumed."""
FINE = 1_000_000
"""Into how many parts a unit of a number other than residents is divided."""
LARGEST = 10_000_000
"""The largest number a table may give for a column that a frame counts."""
_PREFIX = "table:"
_NUMBER = pattern(r"[0-9]{1,8}(?:[.][0-9]{1,6})?")


def table_column(heading: str) -> str:
    """The name, in expressions, of a column that the table calls `heading`."""
    return _PREFIX + heading


def heading_of(column: str) -> str | None:
    """The table's heading behind a column of an expression; None for one of the program's own."""
    return column.removeprefix(_PREFIX) if column.startswith(_PREFIX) else None


def scale_of(column: str) -> int:
    """In how many parts a whole of this column is counted."""
    return 1 if column == RESIDENTS else FINE


def _fine(number: Decimal | Fraction | None) -> int | None:
    return None if number is None or number > LARGEST else int(number * FINE)


def _mountain(unit: Unit) -> bool | None:
    """A unit in the highlands lies in the mountains, whether or not the table says so."""
    if unit.terrain.mountain is None and unit.terrain.highland:
        return True
    return unit.terrain.mountain


def _minority(unit: Unit) -> int | None:
    share = unit.terrain.minority_share
    return None if share is None else _fine(share * 100)


def _province_class(unit: Unit) -> str | None:
    found = unit.terrain.province_class
    return None if found is None else found.value


_OWN: dict[str, Callable[[Unit], Value]] = {
    RESIDENTS: lambda unit: unit.population,
    "area_km2": lambda unit: _fine(unit.area_km2),
    "minority_percent": _minority,
    "mountain": _mountain,
    "highland": lambda unit: unit.terrain.highland,
    "island": lambda unit: unit.terrain.island,
    "border": lambda unit: unit.terrain.border,
    "code": lambda unit: unit.code,
    "province": lambda unit: unit.province,
    "province_class": _province_class,
    "unit_class": lambda unit: unit.terrain.unit_class,
}


def reader(column: str, *, number: bool) -> Callable[[Unit], Value]:
    """How to read a column of a unit; `number` says whether a column of the table is counted or compared."""
    heading = heading_of(column)
    if heading is None:
        return _OWN[column]

    def word(unit: Unit) -> Value:
        return unit.more.get(heading, "").strip() or None

    def count(unit: Unit) -> Value:
        text = unit.more.get(heading, "").strip()
        return _fine(Decimal(text)) if _NUMBER.fullmatch(text) else None

    return count if number else word
