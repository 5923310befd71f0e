"""Official codes that lost their leading zeros to a spreadsheet's number typing."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

from quota.tables.embedded import embedded_tables

LENGTH = 5
"""An official code of a commune-level unit has five digits."""

_NUMBER = re.compile(r"([0-9]{1,5})(?:\.0+)?")


def restored(codes: Sequence[str]) -> list[str]:
    """The codes of a column with five digits each, where the whole column shows that zeros were lost.

    It does where every code is a number of at most five digits, none starts with a zero, and either some have
    all five or all of them, filled up, are codes of the embedded tables. Otherwise they stay as they are.
    """
    numbers: list[str] = []
    for code in codes:
        found = _NUMBER.fullmatch(code)
        if found is None and code:
            return list(codes)
        numbers.append(found.group(1) if found else "")
    given = [number for number in numbers if number]
    if any(number.startswith("0") for number in given):
        return list(codes)
    if not any(len(number) == LENGTH for number in given):
        known = embedded_codes()
        if not given or any(number.zfill(LENGTH) not in known for number in given):
            return list(codes)
    return [number.zfill(LENGTH) if number else number for number in numbers]


@cache
def embedded_codes() -> frozenset[str]:
    """Every unit's code in the embedded population tables."""
    codes: set[str] = set()
    for table in embedded_tables():
        if table.kind == "population":
            with table.path.open(encoding="utf-8", newline="") as lines:
                codes.update(row["code"] for row in csv.DictReader(lines))
    return frozenset(codes)
