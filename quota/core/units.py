"""A commune-level unit, as a population table gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct, field

from quota.core.blocs import UNKNOWN_STAFF, Staff
from quota.core.problems import Problem
from quota.core.values import ComparedByContent

if TYPE_CHECKING:  # few tables have a share of anything, and every run has units
    from fractions import Fraction


class UnitType(StrEnum):
    """xã, phường, đặc khu."""

    COMMUNE = "commune"
    WARD = "ward"
    SPECIAL_ZONE = "special_zone"


class Employment(StrEnum):
    """cán bộ, công chức; viên chức; lao động hợp đồng; người hoạt động không chuyên trách."""

    CIVIL_SERVANT = "civil-servant"
    PUBLIC_EMPLOYEE = "public-employee"
    CONTRACT = "contract"
    PART_TIME = "part-time"


CIVIL_SERVANTS = (Employment.CIVIL_SERVANT,)
"""Who is counted where nothing is said: the posts that a frame grants are theirs."""


class Origin(Struct, frozen=True):
    """Where a value was read: the file as the user named it, its row (the first is 1), a workbook's sheet."""

    file: str
    row: int
    sheet: str | None = None


class ProvinceClass(StrEnum):
    """What kind of province a unit lies in, where the standard for wards asks: thành phố trực thuộc
    trung ương, tỉnh miền núi or biên giới, any other."""

    CENTRAL_CITY = "central_city"
    MOUNTAIN_OR_BORDER = "mountain_or_border"
    OTHER = "other"


class Terrain(Struct, frozen=True):
    """What decides which standard a unit must meet, and what a frame grants it; None is unknown.

    `unit_class` is the unit's own class: I, II or III.
    `border` is a land border of the country. `minority_share` is the part of the residents who belong to
    ethnic minorities, from 0 to 1.
    """

    mountain: bool | None = None
    island: bool | None = None
    border: bool | None = None
    minority_share: Fraction | None = None
    province_class: ProvinceClass | None = None
    highland: bool | None = None
    unit_class: str | None = None


UNKNOWN_TERRAIN = Terrain()


class Decision(Struct, frozen=True):
    """What assigned posts: the decision's number as it was written, the day it was made; None is unknown."""

    number: str | None
    day: date | None


class Unit(ComparedByContent, frozen=True):
    """A commune, ward or special zone.

    `code` is text ("00004"). `population` counts residents; None is unknown, never zero. `area_km2` is in
    square kilometres, `lon` and `lat` are degrees (WGS 84) of a point inside the unit. `more` keeps every
    column beyond code, name, type, population and staff, untouched, in the order they came in; `province`,
    `area_km2`, `lon`, `lat` and `terrain` are read from there.
    """

    code: str
    name: str
    type: UnitType
    population: int | None
    province: str | None = None
    area_km2: Decimal | None = None
    lon: float | None = None
    lat: float | None = None
    staff: Staff = UNKNOWN_STAFF
    terrain: Terrain = UNKNOWN_TERRAIN
    more: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = None
    assigned: Staff = UNKNOWN_STAFF
    """Posts that a decision assigned to it, by bloc; without any bloc where no table says."""
    decision: Decision | None = None
    """Which decision that was, where the table says."""


def namesakes(units: Iterable[Unit]) -> frozenset[str]:
    """The names that several of the units have."""
    times = Counter([unit.name for unit in units])
    return frozenset(name for name, units_called_so in times.items() if units_called_so > 1)


class StaffRow(ComparedByContent, frozen=True):
    """One row of a staff table: for the unit of this code, or of this name where the code is blank."""

    code: str | None
    name: str | None
    staff: Staff
    origin: Origin | None = None
    assigned: Staff = UNKNOWN_STAFF
    decision: Decision | None = None
    """What assigned these posts, where the table says."""


class TerrainRow(Struct, frozen=True):
    """One row of a terrain table: for the unit of this code, or name, in this province where it says one."""

    code: str | None
    name: str | None
    province: str | None
    terrain: Terrain
    origin: Origin | None = None


class Reserve(ComparedByContent, frozen=True):
    """Assigned posts that a province keeps back (dự phòng), by bloc; `province` where the table says it."""

    province: str | None
    posts: Staff
    origin: Origin | None = None


class InputFile(Struct, frozen=True):
    """A file that was read: the path as given, the SHA-256 of its bytes, the rows of data in it."""

    path: str
    sha256: str
    rows: int
    illustrative: bool = False


class Border(Struct, frozen=True):
    """Two units that share a border, and its length in km (None where the table does not say)."""

    code_a: str
    code_b: str
    km: Decimal | None = None


R = TypeVar("R")


class TableOf(ComparedByContent, Generic[R], frozen=True):
    """A table as it was read: its rows in the order they came in, all problems, the files behind them."""

    rows: tuple[R, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class ListTable(TableOf[R], frozen=True):
    """A table whose rows are about people; `headings` are its own words for the columns."""

    headings: Mapping[str, str] = field(default_factory=dict)
    names_people: bool = False
    """Whether the file has people's names: then no problem carries a cell of it."""


class BorderTable(Struct, frozen=True):
    """A neighbour table: pairs of unit codes, each pair once, all problems, the files they came from."""

    borders: tuple[Border, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()


class UnitTable(Struct, frozen=True):
    """Population tables read as one: units in the order they came in, all problems, the files behind them."""

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[InputFile, ...] = ()
    in_short: tuple[Problem, ...] = ()
    """The one remark that stands for all those of `problems` on how the tables were read."""
    reserves: tuple[Reserve, ...] = ()
    """Assigned posts that no unit has."""
    assigned_columns: tuple[str, ...] = ()
    """The headings in `more` of its units whose figures are their `assigned` posts."""


class StaffTable(TableOf[StaffRow], frozen=True):
    """Staff tables read as one."""

    in_short: tuple[Problem, ...] = ()
    """The one remark that stands for all those of `problems` on how the tables were read."""
    reserves: tuple[Reserve, ...] = ()
    """Assigned posts that no unit has."""


class TerrainTable(TableOf[TerrainRow], frozen=True):
    """Terrain tables read as one."""
