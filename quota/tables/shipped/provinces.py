"""The published provinces, and finding one by what a table calls it."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from msgspec.structs import replace

from quota.core.characters import pattern
from quota.core.findings import Province
from quota.core.names import without_accents
from quota.core.units import ProvinceClass, UnitTable
from quota.tables.shipped.country import changes
from quota.tables.shipped.embedded import shipped_rows

_WORDS = pattern(r"^(?:tinh|thanh pho|tp\.?)\s+")


@cache
def provinces() -> tuple[Province, ...]:
    """All of them, in the order of their codes."""
    return tuple(
        Province(
            line["code"],
            line["name"],
            int(line["units"]),
            int(line["population"]),
            line["kind"] == ProvinceClass.CENTRAL_CITY,
        )
        for line in shipped_rows("provinces")
    )


@lru_cache(maxsize=1_000)  # every row of a table asks
def find_province(wanted: str) -> Province | None:
    """The province of this code or name; accents and "Tỉnh", "Thành phố" may be left out."""
    return _by_key().get(_key(wanted))


def with_classes(table: UnitTable, day: date) -> UnitTable:
    """The table with `central_city` as the class of province of each unit that lies in one on `day`.

    What the table itself says stays. A province that is no central city stays unknown: which provinces are
    mountain or border ones is not embedded.
    """
    cities = {province.name for province in provinces() if is_central_city(province, day)}
    return replace(
        table,
        units=tuple(
            replace(unit, terrain=replace(unit.terrain, province_class=ProvinceClass.CENTRAL_CITY))
            if unit.terrain.province_class is None and unit.province in cities
            else unit
            for unit in table.units
        ),
    )


def is_central_city(province: Province, day: date) -> bool:
    """Whether it is a centrally run city on `day`; a province may have become one since 01/07/2025."""
    types = [
        change.type
        for change in changes()
        if change.level == "province" and change.code == province.code and change.day <= day
    ]
    return types[-1] == ProvinceClass.CENTRAL_CITY if types else province.is_central_city


def keys_of(name: str) -> list[str]:
    """What finds the province that is called so: without accents, and without words for what it is."""
    return [key for key, province in _by_key().items() if province.name == name]


@cache
def _by_key() -> dict[str, Province]:
    found: dict[str, Province] = {}
    for province in provinces():
        for key in (province.code, _key(province.name)):
            found.setdefault(key, province)
    return found


def _key(name: str) -> str:
    return _WORDS.sub("", without_accents(name))
