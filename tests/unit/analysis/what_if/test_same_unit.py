"""Codes decide which units are the same; names that say otherwise are warned of."""

from __future__ import annotations

from quota.analysis.what_if.same_unit import doubts_of_codes
from quota.core.units import Unit, UnitType


def doubts(
    old: dict[str, str], new: dict[str, str], kind: UnitType = UnitType.COMMUNE
) -> list[tuple[str, str]]:
    before, after = (
        {code: Unit(code, name, of, 1) for code, name in names.items()}
        for names, of in ((old, UnitType.COMMUNE), (new, kind))
    )
    return [(found.code, str(found.message)) for found in doubts_of_codes(before, after)]


def test_another_name_under_one_code_is_warned_of_and_another_word_for_the_type_is_not() -> None:
    (found,) = doubts({"1": "Xã Bình An", "2": "Xã Hoà Bình"}, {"1": "Xã Bình Yên", "2": "xã Hòa Bình"})
    assert found[0] == "other-name"
    assert "1 is Xã Bình An in the old table, Xã Bình Yên in the new one" in found[1]
    assert doubts({"1": "Xã Bình An"}, {"1": "Phường Bình An"}, UnitType.WARD) == []
    assert (
        doubts({"1": "Xã Mỹ Lý", "2": "Xã Kỳ Anh"}, {"1": "Xã Mĩ Lí", "3": "Xã Kì Anh"})[0][0] == "other-code"
    )


def test_one_name_under_another_code_is_warned_of_where_no_two_units_have_it() -> None:
    (found,) = doubts({"1": "Xã A", "2": "Xã B"}, {"1": "Xã A", "3": "Xã B", "4": "Xã C"})
    assert found[0] == "other-code"
    assert "Xã B has the code 2 in the old table, 3 in the new one" in found[1]
    assert doubts({"2": "Xã B"}, {"3": "Xã B"}, UnitType.WARD) == []
    for several in ({"2": "Xã B", "5": "Xã B"}, {"2": "Xã B"}):
        assert doubts(several, {"3": "Xã B", "4": "Xã B"}) == []
        assert doubts({"3": "Xã B", "4": "Xã B"}, several) == []
