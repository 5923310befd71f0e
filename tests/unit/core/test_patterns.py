"""A pattern finds what the same one compiled at once finds."""

from __future__ import annotations

import re

import pytest

from quota.core.patterns import pattern


def test_it_finds_what_the_compiled_one_finds_again_and_again() -> None:
    later, now = pattern(r"(xã|phường)\s", re.IGNORECASE), re.compile(r"(xã|phường)\s", re.IGNORECASE)
    for text in ("Xã A", "phường B", "C", "Xã D"):
        assert [found.span() for found in later.finditer(text)] == [
            found.span() for found in now.finditer(text)
        ]
        assert later.sub("-", text) == now.sub("-", text)
    assert later.pattern == now.pattern


def test_what_is_no_pattern_is_found_out_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")
