"""The official units that the program knows: those of the embedded country."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.units import Unit, UnitTable
from quota.tables.shipped.country import country, official_codes
from quota.tables.shipped.embedded import known_copy


def registry_for(table: UnitTable) -> Mapping[str, Unit]:
    """The known units to hold `table` against: all of them, or fewer where a check finds as much by these.

    They are its own where it is nothing but copies of embedded tables, which agree with themselves. None is
    needed where no unit has the code of one: they would only name the units that a province lacks, and tell
    which province units are of that name none, where others do.
    """
    if table.sources and all(known_copy(source.sha256) for source in table.sources):
        return {unit.code: unit for unit in table.units}
    codes = official_codes()
    if any(unit.code in codes for unit in table.units):
        return country()
    some_name_none = len({bool(unit.province) for unit in table.units}) > 1
    return country() if some_name_none else {}
