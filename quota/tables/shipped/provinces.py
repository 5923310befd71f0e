"""The published provinces, and finding one by what a table calls it."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from quota.core.findings import Province
from quota.core.names import without_accents
from quota.run.locations import data_folder

_WORDS = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")


@cache
def provinces() -> tuple[Province, ...]:
    """All of them, in the order of their codes."""
    with (data_folder() / "provinces.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Province(line["code"], line["name"], int(line["units"]), int(line["population"]))
            for line in csv.DictReader(lines)
        )


@lru_cache(maxsize=1_000)  # every row of a table asks
def find_province(wanted: str) -> Province | None:
    """The province of this code or name; accents and "Tỉnh", "Thành phố" may be left out."""
    return _by_key().get(_key(wanted))


@cache
def _by_key() -> dict[str, Province]:
    found: dict[str, Province] = {}
    for one in provinces():
        for key in (one.code, _key(one.name)):
            found.setdefault(key, one)
    return found


def _key(name: str) -> str:
    return _WORDS.sub("", without_accents(name))
