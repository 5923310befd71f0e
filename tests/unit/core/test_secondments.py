"""Places and days of a secondment."""

from __future__ import annotations

from quota.core.secondments import Workplace


def test_units_of_one_name_are_set_apart_by_their_codes_and_departments_by_their_names() -> None:
    assert Workplace("00001", "Xã Một").key == "00001 Xã Một"
    assert Workplace(None, "Sở Tài chính").key == "Sở Tài chính"
    assert Workplace("00001", "Xã Một").key != Workplace("00002", "Xã Một").key
