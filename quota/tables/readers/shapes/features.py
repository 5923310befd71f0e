"""What a feature of a GeoJSON file says of itself: the unit's code, a name, and why it has no shape."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, TypeGuard

from quota.core.names import fold, spelled_out, type_in_name, with_plain_i, without_accents, without_prefix
from quota.tables.columns.measures import Fault, fault_of

CODE_KEYS = ("code", "unit_code", "ma", "ma_xa", "maxa")
"""Properties that a code may be in: the first with one of a unit counts, else the first that is there."""
NAME_KEYS = (
    *("name", "ten", "ten_xa", "tenxa", "tên", "ten_dvhc", "tendvhc", "ten_don_vi", "tendonvi"),
    *("xa", "phuong", "xa_phuong", "commune", "name_3", "adm3_vi", "adm3_name"),
)
"""Properties that a name may be in: those of Vietnamese offices, of GADM and of the UN's boundaries."""
_TYPE_KEYS = ("type", "loai", "loai_dvhc", "loaidvhc", "loại", "type_3")
_PROVINCE_KEYS = ("province", "tinh", "ten_tinh", "tentinh", "tỉnh", "name_1", "adm1_vi", "adm1_name")
_DIGITS = 5
"""Digits of a unit's code."""


def code_of(feature: object, wanted: Container[str]) -> str | None:
    """The code that the feature gives itself; None where it gives none.

    A number is a code without its zeros; a feature's `id` is a code only as a text, since programs number
    features themselves.
    """
    own = _properties(feature)
    given = [own.get(key) for key in CODE_KEYS]
    its_id = feature.get("id") if isinstance(feature, dict) else None
    codes = [value.strip() for value in (*given, its_id) if isinstance(value, str) and value.strip()]
    codes += [f"{int(value):0{_DIGITS}}" for value in given if _is_whole(value)]
    return next((code for code in codes if code in wanted), None) or next(iter(codes), None)


def _is_whole(value: object) -> TypeGuard[float]:
    """Whether a value is a number that a code without its zeros may be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < 10**_DIGITS and value == int(value)


def name_of(feature: object) -> str | None:
    """The name that the feature gives itself."""
    return _text(feature, NAME_KEYS)


def type_of(feature: object) -> str | None:
    """The word for the feature's type of unit where it is apart from the name: xã, Phường."""
    said = _text(feature, _TYPE_KEYS)
    return said if said is not None and type_in_name(f"{said} X") is not None else None


def province_of(feature: object) -> str | None:
    """The province that the feature says it lies in."""
    return _text(feature, _PROVINCE_KEYS)


def _text(feature: object, keys: Iterable[str]) -> str | None:
    """The first of these properties that is a text."""
    own = _properties(feature)
    return next(
        (text.strip() for key in keys if isinstance(text := own.get(key), str) and text.strip()), None
    )


def _properties(feature: object) -> dict[str, Any]:
    """The feature's properties by their names in small letters: maXa, MA_XA."""
    found = feature.get("properties") if isinstance(feature, dict) else None
    return (
        {str(key).casefold(): value for key, value in reversed(found.items())}
        if isinstance(found, dict)
        else {}
    )


def named_otherwise(name: str, unit: str) -> bool:
    """Whether a feature's name is not the unit's, whatever their types, accents and spelling.

    A name that holds the unit's is that: "Ba Dinh Ward" is Phường Ba Đình.
    """
    theirs, ours = _bare(name), _bare(unit)
    return theirs not in ours and ours not in theirs


def _bare(name: str) -> str:
    return (
        with_plain_i(without_accents(without_prefix(fold(spelled_out(name)))))
        .replace("-", "")
        .replace(" ", "")
    )


def misplaced(feature: object) -> Fault | None:
    """Why the feature's coordinates are no degrees, where they are metres or have changed places."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    first = next(_numbers(geometry.get("coordinates") if isinstance(geometry, dict) else None), None)
    fault = None if first is None else fault_of("lon", first)
    return fault if fault is not None and fault.code in ("vn-2000", "swapped-degrees") else None


def _numbers(coordinates: object) -> Iterator[float]:
    """The first coordinate of each point, as deep as they lie."""
    if not isinstance(coordinates, list) or not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0])
    else:
        for part in coordinates:
            yield from _numbers(part)
