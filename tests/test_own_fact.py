"""One more fact of a unit, declared once: it is in every form of the audit, in reports and in bulk.

The residents to each post that is granted at least, against figures worked by hand: 18,000 residents and
33 + 17 + 8 posts, 20,000 and 34 + 17 + 8.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from quota.core.results import UnitAudit
from quota.core.text import say
from quota.render.audit import columns
from quota.render.audit.shapes import Fact
from tests.office.books import opened

Quota = Callable[..., Any]

TABLE = "code,name,type,population,government,party,front\n00001,Xã A,commune,18000,33,18,9\n"
MORE = "00002,Xã B,commune,20000,30,20,9\n00003,Xã C,commune,,30,20,9\n"
RULES = ("--rules", "central-2025")


def to_a_post(audited: UnitAudit) -> int | None:
    found, people = audited.quota, audited.unit.population
    return None if found is None or people is None else people // found.total.low


TO_A_POST = Fact(
    "residents_to_a_post",
    say("Residents to a post"),
    to_a_post,
    lambda audited: str(to_a_post(audited) or "?"),
    is_number=True,
    is_listed=True,
    counted=lambda column: column("population") // column("total_low"),
)
FIRST, SECOND = 18_000 // (33 + 17 + 8), 20_000 // (34 + 17 + 8)


@pytest.fixture(autouse=True)
def declared(quota: Quota, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The list of facts with it, in every module that takes facts from there; a table in this folder."""
    for name in ("quota.bulk.frames", "quota.render.audit.laid_out", "quota.render.audit.plain"):
        import_module(name)  # each has a name of its own for the list
    facts = columns.CLOSING
    for name, module in list(sys.modules.items()):
        if name.startswith("quota.") and getattr(module, "CLOSING", None) is facts:
            monkeypatch.setattr(module, "CLOSING", (*facts, TO_A_POST))
    (tmp_path / "units.csv").write_text(TABLE + MORE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_programs_have_it(quota: Quota) -> None:
    rows = list(csv.DictReader(quota("audit", "units.csv", *RULES, "--format", "csv").out.splitlines()))
    assert [row["residents_to_a_post"] for row in rows] == [str(FIRST), str(SECOND), ""]
    units = json.loads(quota("audit", "units.csv", *RULES, "--format", "json").out)["units"]
    assert [unit["residents_to_a_post"] for unit in units] == [FIRST, SECOND, None]


@pytest.mark.parametrize("wide", [80, 100, 160])
@pytest.mark.parametrize("more", [(), ("--bloc", "party")])
def test_people_read_it_on_a_terminal(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, wide: int, more: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(wide))
    run = quota("audit", "units.csv", *RULES, *more)
    said = set(run.out.split())  # a heading wraps
    assert {"Residents", "to", "a", "post", str(FIRST), str(SECOND)} <= said


def test_people_read_it_where_no_staff_is_known(quota: Quota, tmp_path: Path) -> None:
    rows = [line.rsplit(",", 3)[0] for line in (TABLE + MORE).splitlines()]
    (tmp_path / "units.csv").write_text("\n".join(rows), encoding="utf-8")
    for form in ("table", "markdown"):
        out = quota("audit", "units.csv", *RULES, "--format", form).out
        assert "Residents to a post" in out
        assert f" {FIRST}" in out


def test_people_read_it_in_markdown_and_on_a_page(quota: Quota, tmp_path: Path) -> None:
    assert f"| {FIRST} |" in quota("audit", "units.csv", *RULES, "--format", "markdown").out
    assert quota("report", "units.csv", *RULES, "--output", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Residents to a post" in page
    assert f">{FIRST}<" in page


def test_a_workbook_has_it_as_a_number(quota: Quota, tmp_path: Path) -> None:
    assert quota("audit", "units.csv", *RULES, "--output", "audit.xlsx").code == 0
    sheet = opened(tmp_path / "audit.xlsx", values=True)["Units"]
    (place,) = (cell.column for cell in sheet[4] if cell.value == "Residents to a post")
    assert [sheet.cell(row, place).value for row in (5, 6, 7)] == [FIRST, SECOND, None]
    assert sheet.column_dimensions[sheet.cell(4, place).column_letter].width > 5


def test_the_word_report_has_it_in_its_first_appendix(quota: Quota, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    assert quota("report", "units.csv", *RULES, "--output", "report.docx").code == 0
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(tmp_path / "report.docx")).tables
    ]
    (found,) = (rows for rows in tables if any("Residents to a post" in row for row in rows))
    assert [row[-1] for row in found[-4:]] == [str(FIRST), str(SECOND), "?", ""]


def test_bulk_counts_it_whatever_the_headings_of_the_table(quota: Quota, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(TABLE.replace("population", "Dân số") + MORE, encoding="utf-8")
    assert quota("bulk", "units.csv", "bulk.csv", *RULES).code == 0
    with (tmp_path / "bulk.csv").open(encoding="utf-8", newline="") as lines:
        found = [row["residents_to_a_post"] for row in csv.DictReader(lines)]
    assert found == [str(FIRST), str(SECOND), ""]
