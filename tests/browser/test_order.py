"""The order of names is the one that browsers have for Vietnamese: the Unicode CLDR's."""

from __future__ import annotations

from typing import Any

from quota.core.names import alphabetical, fold
from quota.tables.shipped.country import country


def test_every_name_of_the_country_is_sorted_as_chromium_sorts_it(chromium: Any) -> None:
    names = sorted({fold(unit.name) for unit in country().values()})
    page = chromium.new_page()
    theirs = page.evaluate("names => names.sort(new Intl.Collator('vi').compare)", names)
    assert sorted(names, key=alphabetical) == theirs
