"""JSON, CSV, the terminal, Markdown, a workbook and the page say the same numbers of the same table.

Each is read back here by its own few lines and held against arithmetic that shares no code with the program:
so every form is right, not only like the others, and no shortfall is ever set against a surplus.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given

from tests.laws.often import often
from tests.laws.tables import BLOCS, LINES, Figures, Line, by_default, table_of, totals_by_default
from tests.laws.test_command_line import ran

DAY = ("--as-of", "2026-11-22")
GROUPS = (*BLOCS, "total")
NUMBER = r"(\?|[\d,]+)"
POSTS = r"(\?|[\d,]+(?:–[\d,]+)?)"
GAP = r"(\?|0|−[\d,]+(?: \+[\d,]+)?|\+[\d,]+)"
FIRST = Line("99999", "ward", 20_000, (30, 25, 9))
"""A unit of which all is known stands in each table, so that each form has columns for staff."""


def whole(text: str) -> int | None:
    return None if text == "?" else int(text.replace(",", "").lstrip("−+"))


def figures(cells: list[str]) -> Figures:
    """Quota, staff and gap by group, as people read them, apart again."""
    found: Figures = {}
    for place, group in enumerate(GROUPS):
        posts, staff, gap = cells[place * 3 : place * 3 + 3]
        low, _, high = posts.partition("–")
        found[f"{group}_low"], found[f"{group}_high"] = whole(low), whole(high or low)
        found[f"{group}_staff"] = whole(staff)
        short, over = re.search(r"−([\d,]+)", gap), re.search(r"\+([\d,]+)", gap)
        unknown = gap == "?"
        found[f"{group}_shortfall"] = None if unknown else whole(short[1]) if short else 0
        found[f"{group}_surplus"] = None if unknown else whole(over[1]) if over else 0
    return found


def of_csv(text: str) -> dict[str, Figures]:
    keys = [
        f"{group}_{part}" for group in GROUPS for part in ("low", "high", "staff", "shortfall", "surplus")
    ]
    return {
        row["code"]: {key: int(row[key]) if row[key] else None for key in keys}
        for row in csv.DictReader(io.StringIO(text))
    }


def of_json(text: str) -> dict[str, Figures]:
    found = {}
    for unit in json.loads(text, parse_float=pytest.fail)["units"]:
        own: Figures = {}
        for group in GROUPS:
            quota, gap = unit["quota"], unit["gap"][group]
            own[f"{group}_low"], own[f"{group}_high"] = quota[group] if quota else (None, None)
            own[f"{group}_staff"] = unit["staff"][group]
            own[f"{group}_shortfall"] = gap["shortfall"] if gap else None
            own[f"{group}_surplus"] = gap["surplus"] if gap else None
        found[unit["code"]] = own
    return found


def of_terminal(text: str) -> dict[str, Figures]:
    line = re.compile(
        rf"\S+(?: khu)? Số (\d+)[*†‡§¶]*\s+{NUMBER}" + rf"\s+{POSTS}\s+{NUMBER}\s+{GAP}" * 4 + r"\s+\w+"
    )
    return {
        f"{int(found[1]):05}": figures(list(found.groups()[2:]))
        for row in text.splitlines()
        if (found := line.fullmatch(row.strip()))
    }


def of_markdown(text: str) -> dict[str, Figures]:
    found = {}
    for row in text.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        name = re.match(r"\S+(?: khu)? Số (\d+)", cells[0])
        if row.startswith("| ") and name:
            found[f"{int(name[1]):05}"] = figures(cells[2:14])
    return found


def of_workbook(content: bytes) -> dict[str, Figures]:
    """What a spreadsheet shows before it calculates: the results that were written with the formulas."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning)
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Units"]
    found = {}
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[0] is None or not re.fullmatch(r"\d{5}", str(row[0])):
            continue
        cells = [None if cell in (None, "") else int(str(cell)) for cell in row[4:23]]
        government, rest = cells[:4], cells[4:]
        own: Figures = {"government_low": government[0], "government_high": government[0]}
        own |= dict(
            zip(
                ("government_staff", "government_shortfall", "government_surplus"),
                government[1:],
                strict=True,
            )
        )
        for place, group in enumerate(GROUPS[1:]):
            parts = (f"{group}_{part}" for part in ("low", "high", "staff", "shortfall", "surplus"))
            own |= dict(zip(parts, rest[place * 5 : place * 5 + 5], strict=True))
        found[str(row[0])] = own
    return found


class Cells(HTMLParser):
    """The rows of a page's tables."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self._in = tag in ("td", "th", "button") or (self._in and tag in ("span", "b", "strong", "a"))
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._in = False

    def handle_data(self, data: str) -> None:
        if self._in and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def of_page(text: str) -> dict[str, Figures]:
    """Gaps by bloc, posts, staff and gaps in all: what the page's table has."""
    page = Cells()
    page.feed(text)
    found = {}
    for row in page.rows:
        name = re.match(r"\S+(?: khu)? Số (\d+)", row[0]) if row else None
        if name and len(row) == 11:
            dots = [f"?|?|{gap}".split("|") for gap in row[3:6]]
            posts, staff, short, over = row[6:10]
            own = figures([cell for three in dots for cell in three] + [posts, staff, "?"])
            own["total_shortfall"], own["total_surplus"] = whole(short), whole(over)
            found[f"{int(name[1]):05}"] = own
    return found


def known_of_page(own: Figures) -> Figures:
    """What the page's table does not show left out."""
    hidden = {f"{bloc}_{part}" for bloc in BLOCS for part in ("low", "high", "staff")}
    return {key: None if key in hidden else value for key, value in own.items()}


@often(4, long=300)
@given(lines=LINES.filter(lambda lines: all(line.code != FIRST.code for line in lines)))
@example(lines=[Line("00001", "commune", None, (None, 0, 60)), Line("00002", "special_zone", 0, (0, 0, 0))])
def test_every_form_says_what_plain_arithmetic_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[Line]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    every = [FIRST, *lines]
    Path("units.csv").write_text(table_of(every), encoding="utf-8")
    expected = {line.code: by_default(line) for line in every}

    def audit(form: str) -> str:
        run = ran(["audit", "units.csv", *DAY, "--format", form])
        assert run.code == 0, run.said
        return run.out.decode("utf-8")

    assert of_csv(audit("csv")) == expected
    assert of_json(audit("json")) == expected
    assert of_terminal(audit("table")) == expected
    assert of_markdown(audit("markdown")) == expected
    run = ran(["audit", "units.csv", *DAY, "--output", "audit.xlsx"])
    assert run.code == 0
    assert of_workbook(Path("audit.xlsx").read_bytes()) == expected
    assert ran(["report", "units.csv", *DAY, "--output", "page.html"]).code == 0
    page = of_page(Path("page.html").read_text(encoding="utf-8"))
    assert page == {code: known_of_page(own) for code, own in expected.items()}
    totals(every, audit)


def totals(every: list[Line], audit: object) -> None:
    """The sums: each of shortfalls alone and of surpluses alone."""
    assert callable(audit)
    expected = totals_by_default(every)
    plain = json.loads(audit("json"))["totals"]
    for group in GROUPS:
        assert plain["staff"][group] == expected[f"{group}_staff"]
        gap = plain["gap"][group] or {"shortfall": None, "surplus": None}
        assert gap == {part: expected[f"{group}_{part}"] for part in ("shortfall", "surplus")}
    said = {
        label: re.findall(r"(?:\?|[−+]?[\d,]+)", line[len(label) :])
        for line in audit("table").splitlines()
        for label in ("Shortfall", "Surplus", "Staff")
        if re.match(rf"{label}\s+[\d?−+]", line)
    }
    for label, part in (("Shortfall", "shortfall"), ("Surplus", "surplus"), ("Staff", "staff")):
        assert [whole(figure) for figure in said[label]] == [expected[f"{group}_{part}"] for group in GROUPS]
