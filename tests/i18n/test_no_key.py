"""Where tables contradict one another, a Vietnamese reader is told of blocs by their names, not their keys.

A plan made under a frame with a bloc of its own is changed cell by cell, and tables are given that fit no
frame: whatever is said then, no key of a file is in it that has a name.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.laws.province import DAY, FRAME, LEAVERS, STAFF, write_province
from tests.running import ran

OWN = (
    FRAME.partition("examples:")[0]
    .replace("id: ours", "id: own")
    .replace(
        "blocs:\n  government:",
        "blocs:\n  military:\n    name: {vi: Ban Chỉ huy quân sự, en: Military Command}\n"
        "    range: [3, 4]\n    source: toy-law\n  government:",
    )
)
BASE = ("units.csv", "--staff", "more.csv", "--rules", "own.yaml", *DAY)
KEYS = (
    *("government", "party", "front", "military", "internal", "transfer", "secondment"),
    *("points", "neighbours", "departments", "position", "distances", "policy", "rules", "input", "as-of"),
)
KEY = re.compile(rf"(?<![\w.\-/@{{}}<>=:\"]){'(?:' + '|'.join(KEYS) + ')'}(?![\w.\-/@=])")
OTHERS: Mapping[str, tuple[str, ...]] = {
    "from_group": ("party", "military", ""),
    "to_group": ("front", "military"),
    "kind": ("secondment", "internal", "left", "over", "start"),
    "from_code": ("00005", "00009"),
    "people": ("0", "1", "40"),
    "metres": ("1",),
    "norm_low": ("50",),
    "stage": ("3", "9"),
    "made_value": ("table", "position", "high"),
    "made_about": ("",),
}
"""What is written into the cells of a plan's columns."""
LISTS: Mapping[str, str] = {
    "roster.csv": (
        "Họ và tên,Đơn vị,Chức vụ,Khối\n"
        "Nguyễn Văn A,Xã An Bình,Bí thư Đảng ủy kiêm Chủ tịch HĐND,\nTrần Thị B,Xã An Bình,Công chức,zz\n"
        "Lê Văn C,Xã An Bình,Chủ tịch UBMTTQ,\n"
    ),
    "twice.csv": (
        "Mã,Tên,Biên chế giao khối Đảng,Chỉ tiêu giao khối Đảng,BCHQS\n00001,Xã An Bình,17,18,2\n"
        "00002,Xã Bình An,17,18,2\n"
    ),
    "doubled.csv": "department,field,transfer,secondment\nSở X,military,1,0\nSở X,Ban Chỉ huy quân sự,1,0\n",
    "gone.csv": LEAVERS.replace("00001,government,2027-03-31,1", "00004,military,2027-03-31,30"),
    "unknown.csv": LEAVERS.replace("government", "zz"),
}
RUNS: tuple[tuple[str, ...], ...] = (
    ("audit", "units.csv", "--staff", "roster.csv", "--rules", "own.yaml", *DAY, "--verbose"),
    ("audit", *BASE, "--assigned", "twice.csv", "--verbose"),
    ("plan", *BASE, "--departments", "doubled.csv"),
    ("plan", *BASE, "--why", "00001"),
    ("path", *BASE, "--leavers", "gone.csv"),
    ("path", *BASE, "--leavers", "unknown.csv"),
    ("allocate", *BASE, "--total", "300", "--floor", "present", "--ceiling", "norm"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province with a bloc of its own and a plan made for it."""
    made = tmp_path_factory.mktemp("own-bloc")
    write_province(made)
    (made / "own.yaml").write_text(OWN, encoding="utf-8")
    head, *rows = STAFF.splitlines()
    more = [f"{head},military", *(f"{row},{number * 2 % 7}" for number, row in enumerate(rows, start=1))]
    (made / "more.csv").write_text("\n".join(more), encoding="utf-8")
    for name, text in LISTS.items():
        (made / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(made):
        run = ran(("plan", *BASE, "--format", "csv", "--output", "made.csv"))
    assert run.code == 0, run.err
    return made


def changed_plans(text: str) -> Iterator[str]:
    """The plan with one kind of change in each: a column of every fourth row written over, rows left out."""
    rows = list(csv.reader(text.splitlines()))
    places = {heading: place for place, heading in enumerate(rows[0])}
    for heading, values in OTHERS.items():
        for turn, value in enumerate(values):
            written = [list(row) for row in rows]
            for row in written[1 + turn :: 4] if not heading.startswith("made") else written[1:]:
                if row[places[heading]] or heading in ("metres", "stage"):
                    row[places[heading]] = value
            yield _csv(written)
    yield _csv(row for number, row in enumerate(rows) if number % 3 != 1)
    yield _csv(row for row in rows if "made" not in row or "by" in row)


def _csv(rows: Iterator[list[str]] | list[list[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def keys_in(text: str) -> list[str]:
    return [line for line in text.splitlines() if KEY.search(line)]


def test_no_key_in_what_is_said_of_a_plan_that_was_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "300")
    said = set()
    for text in changed_plans((folder / "made.csv").read_text(encoding="utf-8")):
        (folder / "changed.csv").write_text(text, encoding="utf-8")
        run = ran(("plan", *BASE, "--check", "changed.csv", "--lang", "vi"))
        assert run.code in (0, 1, 2), run.err
        said.update(keys_in(f"{run.out}\n{run.err}"))
    assert sorted(said) == []


@pytest.mark.parametrize("typed", RUNS, ids=lambda typed: "-".join((typed[0], *typed[-2:])))
def test_no_key_where_tables_do_not_fit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "300")
    run = ran([*typed, "--lang", "vi"])
    assert keys_in(f"{run.out}\n{run.err}") == []
