"""Places and days of a secondment."""

from __future__ import annotations

from quota.core.secondments import Place


def test_units_of_one_name_are_set_apart_by_their_codes_and_departments_by_their_names() -> None:
    assert Place("00001", "Xã Một").key == "00001 Xã Một"
    assert Place(None, "Sở Tài chính").key == "Sở Tài chính"
    assert Place("00001", "Xã Một").key != Place("00002", "Xã Một").key
