"""The page's drawing library is what its script makes, and its licences name all that is in it."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.bundle import FILE, bundle

LOCK = Path(__file__).parents[4] / "constraints.txt"


def test_the_drawing_library_is_what_the_script_makes() -> None:
    locked = re.search(r"^vl-convert-python==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert locked
    if version("vl-convert-python") != locked[1]:
        pytest.skip(f"vl-convert-python is not the locked {locked[1]}")
    assert FILE.read_bytes().decode("utf-8") == bundle()


def test_the_licences_name_the_libraries_and_say_their_words() -> None:
    text = FILE.with_name("vega.LICENSES.txt").read_text(encoding="utf-8")
    for name in ("vega", "vega-lite", "vega-embed", "d3-geo", "topojson-client", "robust-predicates"):
        assert re.search(rf"^(.*, )?{name}(, .*)?: (BSD-3-Clause|ISC|MIT|Unlicense)$", text, re.MULTILINE), (
            name
        )
    for words in ("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS", "Permission to use, copy, modify"):
        assert words in text
