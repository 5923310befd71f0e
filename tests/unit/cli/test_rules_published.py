"""`quota rules published` in every form and both languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from quota.tables.shipped.published import published_figures

FRAMES = ("central-2025", "central-2025-all-residents", "cv-09-2025")


def test_every_figure_stands_beside_every_frame(quota: Callable[..., Any]) -> None:
    found = json.loads(quota("rules", "published", "--format", "json").out)
    assert found["residents_of"] == "2024-12-31"
    # an amendment of a bloc that a figure does not count is no other frame for it
    assert len(found["figures"]) == len(published_figures()) * len(FRAMES) + 1
    assert {row["frame"] for row in found["figures"]} == {*FRAMES, "cv-09-2025-military"}
    (with_command,) = [row for row in found["figures"] if row["frame"] == "cv-09-2025-military"]
    assert with_command["place"] == "Quảng Trị"
    lowland = {"published": 3_169, "units": 78, "given_low": 2_851 + 3 * 78, "given_high": 2_851 + 4 * 78}
    assert lowland.items() <= with_command.items()
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
