"""`quota rules published` in every form and both languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from quota.norms.applying import compiled_frames
from quota.tables.shipped.published import published_figures


def test_every_figure_stands_beside_every_frame(quota: Callable[..., Any]) -> None:
    found = json.loads(quota("rules", "published", "--format", "json").out)
    assert found["residents_of"] == "2024-12-31"
    assert len(found["figures"]) == len(published_figures()) * len(compiled_frames())
    (city,) = [
        row for row in found["figures"] if (row["place"], row["frame"]) == ("Hồ Chí Minh", "cv-09-2025")
    ]
    expected = {"published": 9_539, "units": 168, "given_low": 9_488, "difference": 51, "explained": "open"}
    assert expected.items() <= city.items()
    rows = list(csv.DictReader(io.StringIO(quota("rules", "published", "--format", "csv").out)))
    assert [row["published"] for row in rows] == [str(row["published"]) for row in found["figures"]]


def test_people_read_what_a_figure_counts_and_where_it_comes_from(quota: Callable[..., Any]) -> None:
    english = quota("rules", "published", "--format", "markdown").out
    assert "Hưng Yên, 4,218: the norm: 3,328 (104 × 32) and 890; source: not known here" in english
    vietnamese = quota("rules", "published", "--lang", "vi", "--format", "markdown").out
    assert "Hà Tĩnh, 2.454: định mức suy ra: 2.697 công chức, thừa 243; nguồn: VietNamNet" in vietnamese
    assert "chưa giải thích được" in vietnamese
