"""What a report says where units are unknown, are called alike, or are all as they should be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Quota = Callable[..., Any]
DAY = ("--as-of", "2026-11-22")
HEADER = "code,name,type,population,province,government,party,front\n"


def written(folder: Path, rows: str) -> Path:
    path = folder / "units.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Two communes of one name in two provinces, both short, and one of a name of its own."""
    return written(
        tmp_path,
        "10633,Xã Trần Phú,xã,30000,Hải Phòng,30,17,8\n10081,Xã Trần Phú,xã,20000,Hà Nội,29,17,8\n"
        "10651,Xã Thái Tân,xã,20000,Hải Phòng,50,17,8\n",
    )


def test_units_called_alike_are_never_drawn_as_one(twins: Path) -> None:
    from datetime import date

    from quota import audit, load_frame, read_units
    from quota.render.report.charts import charts
    from quota.render.report.contents import Report

    frame = load_frame("central-2025")
    made = charts(Report(audit(read_units(twins), frame, as_of=date(2026, 11, 22))))
    spec = made["shortfall"].spec
    field = spec["encoding"]["y"]["field"]
    bars = [(value[field], value["people"]) for value in spec["data"]["values"]]
    assert bars == [("Xã Trần Phú (10633)", 9), ("Xã Trần Phú (10081)", 5)]
    assert all(f">{name}</text>" in made["shortfall"].svg for name, _ in bars)


@pytest.mark.parametrize("command", ["audit", "rank", "borderline", "rules diff", "report"])
def test_units_called_alike_are_told_apart(quota: Quota, twins: Path, command: str) -> None:
    frames = ("central-2025", "central-2025-all-residents") if command == "rules diff" else ()
    options = {
        "borderline": ("--within", "5000", *DAY),
        "rules diff": ("--staff", twins),
        "report": ("--format", "md", *DAY),
    }.get(command, DAY)
    said = quota(*command.split(), *frames, twins, *options).out
    for name in ("Xã Trần Phú (10633)", "Xã Trần Phú (10081)"):
        assert name in said
    assert "Xã Thái Tân (" not in said


def test_sums_over_some_units_say_so_where_they_stand(quota: Quota, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "01273,Phường A,phường,41157,,,17,8\n01279,Phường B,phường,,,30,15,8\n"
        "01288,Phường C,phường,18000,,32,21,8\n",
    )
    said = quota("report", path, "--format", "md", *DAY).out
    summary = next(line for line in said.splitlines() if line.startswith("The table holds"))
    assert "residents of 1 unit are unknown: it is in neither the residents nor the posts" in summary
    assert "staff of 1 unit is unknown in a bloc" in summary
    assert "not sums over the same units" in summary
    page = tmp_path / "page.html"
    assert quota("report", path, "--output", page, *DAY).code == 0
    text = page.read_text(encoding="utf-8")
    for label in ("Residents", "Posts granted", "Staff", "Shortfall", "Surplus"):
        assert f"{label}, as far as known" in text
    whole = quota("report", "hai-phong", "--staff", "hai-phong-staff-sample", "--format", "md", *DAY).out
    assert "unknown" not in whole.split("|")[0]


def test_one_is_not_said_as_many(quota: Quota, tmp_path: Path) -> None:
    said = quota(
        "report", written(tmp_path, "01288,Phường C,phường,18000,,32,21,8\n"), "--format", "md", *DAY
    ).out
    assert not re.search(r"\b1 (?:people|posts|units|commune-level units)\b", said)


def test_the_sections_of_a_document_are_numbered_one_by_one(quota: Quota, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("vl_convert")
    path, out = written(tmp_path, "01288,Phường C,phường,18000,,33,18,8\n"), tmp_path / "report.docx"
    assert quota("report", path, "--output", out, *DAY).code == 0
    headings = [
        text
        for paragraph in docx.Document(str(out)).paragraphs
        if re.match(r"[IVX]+\. ", text := paragraph.text)
    ]
    assert [heading.split(".")[0] for heading in headings] == ["I", "II", "III"]
    assert json.loads(quota("audit", path, "--format", "json", *DAY).out)["units"][0]["status"] == "within"
