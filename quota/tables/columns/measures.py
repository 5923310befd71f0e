"""What a measured figure can be, degrees, areas and distances in Vietnam; and how a column writes it.

"106,325" is a longitude with a decimal comma, or a number that no longitude can be. A column's kind of figure
decides what its separators mean: the reading that its kind can have is taken, and where it can have both, the
user is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import inf

from msgspec import Struct

from quota.core.characters import pattern
from quota.core.problems import Severity
from quota.core.text import Text, say
from quota.tables.columns.numbers import Convention, convention_of

POPULATION = "population"
AS_PROGRAMS_WRITE = Convention(None, ".")
_WITH_COMMA, _WITH_POINT = Convention(".", ","), Convention(",", ".")
_CAN_BE_BOTH = pattern("[1-9][0-9]{0,2}[.,][0-9]{3}")
"""One group of three digits: thousands, or decimals."""


class Kind(Struct, frozen=True):
    """The least and the greatest figure of a column, and the range that its cells are told apart by."""

    low: float
    high: float
    what: Text
    fix: Text
    degrees: bool = False
    likely: float = 0
    """What is less is no likely reading of a number that has two."""
    severity: Severity = Severity.WARNING

    def holds(self, figure: float) -> bool:
        """Whether a figure of this kind can be as great."""
        return self.low <= figure <= self.high

    def may_be(self, figure: float) -> bool:
        """Whether a reading as this figure is likely; degrees may be in each other's column."""
        return self.likely <= figure <= self.high if not self.degrees else 6 <= figure <= 117


_IGNORE = say('correct it, or set its column to "ignore" in a file for --columns')
KINDS: Mapping[str, Kind] = {
    "lon": Kind(
        102, 117, say("a longitude of Vietnam is from {low} to {high}", low=102, high=117), _IGNORE, True
    ),
    "lat": Kind(6, 24, say("a latitude of Vietnam is from {low} to {high}", low=6, high=24), _IGNORE, True),
    POPULATION: Kind(0, 1_000_000, say("no commune has as many residents"), say("write people"), likely=50),
    "area_km2": Kind(
        0,
        2_000,
        say("no commune's area is more than {most} km²", most=2_000),
        say("write square kilometres: 12.25"),
        likely=0.3,
    ),
    "km": Kind(0, 3_000, say("no distance in Vietnam"), say("write kilometres"), severity=Severity.ERROR),
    "shared_border_km": Kind(
        0,
        500,
        say("no border between two communes is longer than {most} km", most=500),
        say("write kilometres"),
    ),
}
"""By column. The largest commune has 1,114 km², the longest border 66 km (2025); Trường Sa is at 7.9° N."""

_EASTING, _NORTHING = (100_000, 900_000), (880_000, 2_650_000)
"""Metres that VN-2000's projections give points of Vietnam."""


class Fault(Struct, frozen=True):
    """Why a figure is not taken."""

    code: str
    message: Text
    fix: Text
    severity: Severity = Severity.WARNING
    once: bool = True
    """Whether it is the column's fault, said at its first cell only."""


def fault_of(column: str, figure: float) -> Fault | None:
    """The fault of a figure that its column does not allow; None where it is sound."""
    kind = KINDS.get(column)
    if kind is None or kind.holds(figure):
        return None
    if not kind.degrees:
        return Fault("absurd", kind.what, kind.fix, kind.severity, once=False)
    if any(low <= figure <= high for low, high in (_EASTING, _NORTHING)):
        return Fault(
            "vn-2000",
            say("metres of VN-2000, not degrees"),
            say('convert them to degrees (WGS 84), or set the column to "ignore" in a file for --columns'),
            Severity.ERROR,
        )
    if KINDS["lat" if column == "lon" else "lon"].holds(figure):
        return Fault(
            "swapped-degrees",
            say("longitude and latitude have changed places"),
            say("longitudes of Vietnam are from 102 to 117, latitudes from 6 to 24: exchange the headings"),
            Severity.ERROR,
        )
    message = say("{what}; taken as unknown", what=kind.what)
    return Fault("outside-vietnam", message, kind.fix, Severity.WARNING, once=False)


def range_of(column: str) -> tuple[float, float]:
    """The least and the greatest figure that is sound in a column."""
    kind = KINDS.get(column)
    return (-inf, inf) if kind is None else (kind.low, kind.high)


def measures_convention(column: str, cells: Sequence[str], factor: Decimal = Decimal(1)) -> Convention | None:
    """How a column of measures writes its figures; None where both ways are possible and nothing decides.

    What a cell can only be decides first (12,5); then the reading that the column's kind can have, `factor`
    of which one of its units is (a hectare is 0.01 km²).
    """
    if "," not in "".join(cells) and not _may_group(cells):
        return AS_PROGRAMS_WRITE
    kind = KINDS.get(column)
    unsigned = [text.removeprefix("-") for text in cells]
    found = convention_of(unsigned, whole=False)
    if kind is None or _decided(unsigned):
        return found
    decimal, grouped = (_possible(kind, cells, way, factor) for way in _ways(unsigned))
    if decimal == grouped:
        return None if decimal else found
    first, second = _ways(unsigned)
    return first if decimal > grouped else second


def _may_group(cells: Iterable[str]) -> bool:
    """Whether points may be between thousands: two in a cell, or three digits after each of them."""
    pointed = [text for text in cells if "." in text]
    return "".join(pointed).count(".") > len(pointed) or (
        bool(pointed) and all(_CAN_BE_BOTH.fullmatch(text.removeprefix("-")) for text in pointed)
    )


def _decided(cells: Iterable[str]) -> bool:
    """Whether some cell with a separator can be read in one way only."""
    return any(
        ("." in text or "," in text) and _CAN_BE_BOTH.fullmatch(text) is None and any(map(str.isdigit, text))
        for text in cells
    )


def _ways(cells: Iterable[str]) -> tuple[Convention, Convention]:
    """The separator that the column has as the start of decimals, and as the mark between thousands."""
    comma = any("," in text for text in cells)
    return (_WITH_COMMA, _WITH_POINT) if comma else (_WITH_POINT, _WITH_COMMA)


def _possible(kind: Kind, cells: Iterable[str], convention: Convention, factor: Decimal) -> int:
    """Cells with a separator that are figures of this kind when read so."""
    read = [
        (text.startswith("-"), convention.plain(text.removeprefix("-")))
        for text in cells
        if "." in text or "," in text
    ]
    return sum(
        plain is not None and kind.may_be(float(factor) * (-float(plain) if negative else float(plain)))
        for negative, plain in read
    )
