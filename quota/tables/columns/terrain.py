"""The columns that decide which standard a unit must meet: mountain, island, border, minorities, province."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from quota.core.names import fold, without_accents
from quota.core.problems import Severity
from quota.core.text import Text, say
from quota.core.units import ProvinceClass, Terrain
from quota.tables.columns.cells import CellReader
from quota.tables.files.raw import Row

if TYPE_CHECKING:  # as in `quota.core.units`
    from fractions import Fraction

V = TypeVar("V")

TRUTH = {"yes": True, "true": True, "co": True, "x": True, "1": True} | {
    "no": False,
    "false": False,
    "khong": False,
    "0": False,
}
_CLASSES = {
    "central_city": ProvinceClass.CENTRAL_CITY,
    "centrally run city": ProvinceClass.CENTRAL_CITY,
    "thanh pho": ProvinceClass.CENTRAL_CITY,
    "thanh pho truc thuoc trung uong": ProvinceClass.CENTRAL_CITY,
    "mountain_or_border": ProvinceClass.MOUNTAIN_OR_BORDER,
    "mien nui": ProvinceClass.MOUNTAIN_OR_BORDER,
    "bien gioi": ProvinceClass.MOUNTAIN_OR_BORDER,
    "tinh mien nui": ProvinceClass.MOUNTAIN_OR_BORDER,
    "tinh bien gioi": ProvinceClass.MOUNTAIN_OR_BORDER,
    "other": ProvinceClass.OTHER,
    "khac": ProvinceClass.OTHER,
}
_UNIT_CLASSES = {"i": "I", "ii": "II", "iii": "III", "1": "I", "2": "II", "3": "III"}
TERRAIN_COLUMNS = (
    *("mountain", "highland", "island", "border"),
    *("minority_share", "province_class", "unit_class"),
)
_PERCENT = r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%"  # compiled where a table has such a column
_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,9})?"
_PART = r"[01](?:\.[0-9]{1,9})?|[0-9]{1,9}/[1-9][0-9]{0,8}"


def province_classes() -> Mapping[str, ProvinceClass]:
    """The classes of provinces by how they are written, in plain small letters."""
    return _CLASSES


def unit_classes() -> Mapping[str, str]:
    """The classes of units by how they are written, in plain small letters."""
    return _UNIT_CLASSES


def read_terrain(reader: CellReader, row: Row) -> Terrain:
    """What the row says; what it does not say, or not clearly (a warning), is unknown."""
    truth = say("write yes or no (có, không), or leave it empty if unknown")
    classes = say("write central_city, mountain_or_border or other (thành phố, miền núi, biên giới, khác)")
    return Terrain(
        mountain=_one_of(reader, row, "mountain", TRUTH, truth),
        island=_one_of(reader, row, "island", TRUTH, truth),
        border=_one_of(reader, row, "border", TRUTH, truth),
        minority_share=_share(reader, row),
        province_class=_one_of(reader, row, "province_class", _CLASSES, classes),
        highland=_one_of(reader, row, "highland", TRUTH, truth),
        unit_class=_one_of(reader, row, "unit_class", _UNIT_CLASSES, say("write I, II or III")),
    )


def _one_of(reader: CellReader, row: Row, column: str, known: Mapping[str, V], fix: Text) -> V | None:
    text = reader.text(row, column)
    found = known.get(without_accents(fold(text)))
    if text and found is None:
        message = say("not understood; taken as unknown")
        reader.report(row, column, "not-understood", message, fix, Severity.WARNING)
    return found


def _share(reader: CellReader, row: Row) -> Fraction | None:
    """`62%`, `0.62`, `31/50`, or `62` in a column of per cents; None, with a warning, for a `1` of either."""
    text = reader.text(row, "minority_share")
    if not text:
        return None
    from fractions import Fraction  # as above

    percent = re.fullmatch(_PERCENT, text)
    share: Fraction | None = None
    bare = _bare(text)
    if percent is not None:
        share = Fraction(percent[1].replace(",", ".")) / 100
    elif bare is None:
        share = Fraction(text) if re.fullmatch(_PART, text) else None
    else:
        column = reader.column("minority_share")
        if (of := _whole_of(reader.columns.heading("minority_share"), tuple(set(column)), bare)) is None:
            reader.report(
                row,
                "minority_share",
                "share-unclear",
                say("one per cent, or all: nothing in the column shows which; taken as unknown"),
                say("write 1% or 100%"),
                Severity.WARNING,
            )
            return None
        share = bare / of
    if share is not None and share <= 1:
        return share
    message = say("not a share from 0 to 1; taken as unknown")
    fix = say("write 62%, 0.62 or 31/50")
    reader.report(row, "minority_share", "not-a-share", message, fix, Severity.WARNING)
    return None


def _bare(text: str) -> Fraction | None:
    """A number without a sign of per cent."""
    from fractions import Fraction  # as above

    return Fraction(text.replace(",", ".")) if re.fullmatch(_NUMBER, text) else None


def _whole_of(heading: str, column: tuple[str, ...], share: Fraction) -> int | None:
    """What the column's bare numbers are shares of: 100 or 1; None where it cannot be told.

    A number of 2 or more, or a heading with %, makes a column of per cents; a part such as 0.62 one of
    shares.
    """
    numbers = [number for text in column if (number := _bare(text)) is not None]
    if "%" in heading or any(number >= 2 for number in numbers):
        return 100
    marked = any("%" in text for text in column)
    parts = any(number.denominator > 1 for number in numbers)
    if share == 0 or (parts and not marked) or (marked and share < 1):
        return 1
    return None
