"""A table of this program's own is read again, whatever it says of its units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_units

STAFF = ("--staff", "hai-phong-staff-sample", "--as-of", "2026-11-22")


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "hai-phong", *STAFF, "--assigned", "hai-phong-assigned-sample"),
        ("rank", "hai-phong", *STAFF),
        ("rules", "diff", "central-2025", "central-2025-all-residents", "hai-phong", *STAFF),
    ],
    ids=lambda words: words[0],
)
def test_a_status_is_no_kind_of_people(
    quota: Callable[..., Any], tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "written.csv"
    path.write_text(quota(*words, "--format", "csv").out, encoding="utf-8")
    assert ",short," in path.read_text(encoding="utf-8")
    assert len(read_units(path).units) == 114
