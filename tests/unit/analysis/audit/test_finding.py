"""Units by what people type."""

from __future__ import annotations

import pytest

from quota import InputError, read_units
from quota.analysis.audit.finding import find_unit
from quota.core.units import Unit, UnitType

HAI_PHONG = read_units("hai-phong").units


def unit(code: str, name: str) -> Unit:
    return Unit(code, name, UnitType.COMMUNE, 1)


@pytest.mark.parametrize(
    "wanted", ["11311", "Phường Hồng Bàng", "hồng bàng", "hong bang", "HONG-BANG", "phuong hong bang"]
)
def test_code_and_name_with_and_without_accents_and_type(wanted: str) -> None:
    assert find_unit(HAI_PHONG, wanted).code == "11311"


def test_either_place_of_the_tone() -> None:
    units = [unit("1", "Xã Hòa Bình"), unit("2", "Xã Bình")]
    assert find_unit(units, "Hoà Bình").code == "1"


def test_accents_tell_twins_apart_and_without_them_both_are_listed() -> None:
    twins = [unit("1", "Xã Hà Nam"), unit("2", "Xã Hạ Nam")]
    assert find_unit(twins, "hạ nam").code == "2"
    with pytest.raises(InputError) as refused:
        find_unit(twins, "ha nam")
    (problem,) = refused.value.problems
    assert "fits 2 units" in str(problem.message)
    assert "1 Xã Hà Nam; 2 Xã Hạ Nam" in str(problem.fix)


@pytest.mark.parametrize("wanted", ["xã hồng bàng", "hồng bạng", "xa hong bang"])
def test_a_wrong_type_or_a_wrong_accent_is_not_forgiven(wanted: str) -> None:
    with pytest.raises(InputError):
        find_unit(HAI_PHONG, wanted)


def test_some_accents_may_be_left_out() -> None:
    assert find_unit(HAI_PHONG, "hồng bang").code == "11311"


def test_a_code_comes_before_a_name() -> None:
    assert find_unit([unit("1", "Xã 2"), unit("2", "Xã B")], "2").name == "Xã B"


def test_what_fits_nothing_gets_the_nearest() -> None:
    with pytest.raises(InputError, match="no unit is called") as refused:
        find_unit(HAI_PHONG, "hong banh")
    assert "Phường Hồng Bàng" in str(refused.value.problems[0].fix)
    with pytest.raises(InputError) as refused:
        find_unit(HAI_PHONG, "zzzzzz")
    assert "or its code" in str(refused.value.problems[0].fix)


@pytest.mark.parametrize("wanted", ["P. Hồng Bàng", "p.hong bang", "phường hồng bàng "])
def test_a_shortened_type_is_a_type(wanted: str) -> None:
    assert find_unit(HAI_PHONG, wanted).code == "11311"


def test_a_shortened_type_that_is_another_is_not_forgiven() -> None:
    with pytest.raises(InputError):
        find_unit(HAI_PHONG, "X. Hồng Bàng")


@pytest.mark.parametrize("wanted", ["Mĩ Đức", "mi duc", "my duc", "Xã Mĩ Đức", "xa mi duc"])
def test_a_final_y_may_be_an_i_where_no_name_is_spelled_so(wanted: str) -> None:
    units = [unit("1", "Xã Mỹ Đức"), unit("2", "Xã Thủy Đức")]
    assert find_unit(units, wanted).code == "1"
    assert find_unit([*units, unit("3", "Xã Mĩ Đức")], "mĩ đức").code == "3"
    with pytest.raises(InputError):
        find_unit(units, "Mị Đức")


def test_a_code_that_lost_its_zeros_is_found_where_nothing_else_is_called_so() -> None:
    units = [unit("00004", "Xã A"), unit("00008", "Xã B")]
    assert find_unit(units, "4").code == "00004"
    assert find_unit([*units, unit("00009", "Xã 4")], "4").code == "00009"
    with pytest.raises(InputError):
        find_unit(units, "5")
