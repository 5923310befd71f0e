"""Names from files act on nothing, no terminal, spreadsheet, page or document; and come back the same."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from markdown_it import MarkdownIt

from quota import read_units
from quota.core.characters import coded, unguarded
from quota.core.names import tidy
from quota.tables.files.raw import ReadOptions
from tests.hostile.conftest import Tally
from tests.hostile.names import NAMES, table, write
from tests.office.books import opened

READ = ("--encoding", "utf-8")
KEPT = [tidy(coded(unguarded(name))) for name in NAMES]
"""As the program keeps them: on one line, with codes for what acts or hides."""


def acting(text: str) -> set[str]:
    """Characters that act or hide; a line's end is none."""
    return {letter for letter in text if category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}


@pytest.fixture
def units(tmp_path: Path) -> Path:
    return write(tmp_path)


COMMANDS = [
    ["audit", "{}", *READ],
    ["check", "{}"],
    ["rank", "{}"],
    ["borderline", "{}"],
    ["changes", "{}", "{}"],
    ["merge", "00001", "00002", "00003", "--name", "=[red]1\x1b[0m", "--population", "{}"],
    ["explain", "00003", "{}"],
    ["compare", "00009", "--population", "{}"],
]


def clean(units: Path) -> Path:
    """The same table without what needs an encoding named."""
    path = units.with_name("clean.csv")
    path.write_bytes(units.read_bytes().replace(b"\0", b""))
    return path


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda found: found[0])
def test_no_text_output_acts(
    quota: Callable[..., Any], units: Path, arguments: list[str], form: str, tally: Tally
) -> None:
    path = units if READ[0] in arguments else clean(units)
    run = quota(*(argument.format(path) for argument in arguments), "--format", form)
    assert run.code in (0, 1), run.err
    assert "fault in the program" not in run.err
    assert not acting(run.err)
    assert not acting(run.out) - ({"\t", "\r"} if form == "csv" else set())
    tally.note(f"{arguments[0]} {form}", refused=run.code == 2)


@pytest.mark.parametrize("width", [80, 100, 160])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_table_is_wider_than_the_terminal(
    quota: Callable[..., Any], units: Path, monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(width))
    run = quota("audit", str(units), *READ, "--lang", language)
    assert run.code == 0
    assert not acting(run.out)
    assert max(map(cell_len, run.out.splitlines())) <= width
    assert not re.search("[\u0300-\u036f]{5}", run.out)  # a stack of marks reaches into the lines above


def test_names_come_back_from_every_form(quota: Callable[..., Any], units: Path, tmp_path: Path) -> None:
    import json

    found = json.loads(quota("audit", str(units), *READ, "--format", "json").out)
    assert [unit["name"] for unit in found["units"]] == KEPT
    written = tmp_path / "audit.csv"
    written.write_text(quota("audit", str(units), *READ, "--format", "csv").out, encoding="utf-8")
    assert [unit.name for unit in read_units(written).units] == KEPT
    again = read_units(units, options=ReadOptions(encoding="utf-8"))
    assert [unit.name for unit in again.units] == KEPT


def test_no_cell_of_a_csv_is_a_formula(quota: Callable[..., Any], units: Path) -> None:
    rows = list(csv.reader(io.StringIO(quota("audit", str(units), *READ, "--format", "csv").out)))
    for row in rows:
        for cell in row:
            assert not re.match(r"[=+\-@＝＋－＠\t\r\n]", cell) or re.fullmatch(r"[-+]?[0-9.]*", cell), cell


def test_no_cell_of_a_workbook_is_a_formula_or_a_link_of_a_name(
    quota: Callable[..., Any], units: Path, tmp_path: Path
) -> None:
    for number, arguments in enumerate((["audit", str(units), *READ], ["rank", str(clean(units))])):
        path = tmp_path / f"{number}.xlsx"
        assert quota(*arguments, "--output", str(path)).code == 0
        book = opened(path)
        texts = set()
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    if isinstance(cell.value, str) and cell.data_type != "f":
                        texts.add(cell.value)
                        assert not acting(cell.value)
                        if cell.value.startswith(("=", "+", "-", "@")):
                            assert cell.quotePrefix
                    if cell.data_type == "f":
                        assert "cmd" not in str(cell.value)
                        assert "HYPERLINK" not in str(cell.value)
        assert {"=1+1", "@SUM(1,2)", "'+1+1", KEPT[2]} <= texts


class Page(HTMLParser):
    """The tags of a page, and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def scripts(page: Page) -> int:
    return sum(tag == "script" for tag, _ in page.tags)


@pytest.mark.slow
def test_no_name_is_more_than_text_in_the_page(
    quota: Callable[..., Any], units: Path, tmp_path: Path
) -> None:
    made, usual = tmp_path / "hostile.html", tmp_path / "usual.html"
    assert quota("report", str(clean(units)), "--output", str(made)).code == 0
    harmless = tmp_path / "harmless.csv"
    harmless.write_text(table(tuple(f"Xã {number}" for number in range(len(NAMES)))), encoding="utf-8")
    assert quota("report", str(harmless), "--output", str(usual)).code == 0
    page, plain = Page(made.read_text("utf-8")), Page(usual.read_text("utf-8"))
    assert scripts(page) == scripts(plain)
    assert not any(tag in ("img", "iframe", "link", "object") for tag, _ in page.tags)
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
    assert not acting(made.read_text("utf-8")) - {"\t", "\r"}
    assert any("<script>alert(1)</script>" in text for text in page.text)


def test_no_name_is_more_than_text_in_the_document(
    quota: Callable[..., Any], units: Path, tmp_path: Path
) -> None:
    from docx import Document

    made = tmp_path / "hostile.docx"
    assert quota("report", str(clean(units)), "--output", str(made)).code == 0
    with zipfile.ZipFile(made) as parts:
        for name in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(name)
    cells = {cell.text for held in Document(str(made)).tables for row in held.rows for cell in row.cells}
    assert "<script>alert(1)</script>" in cells


def pages(quota: Callable[..., Any], units: Path) -> Iterator[str]:
    for arguments in (["audit"], ["rank"], ["check"]):
        yield quota(*arguments, str(clean(units)), "--format", "markdown").out
    yield quota("report", str(clean(units)), "--format", "md").out
    odd = units.with_name("![i](x.csv) [red] <b>.csv")
    odd.write_bytes(clean(units).read_bytes())
    for arguments in (["audit"], ["rank"], ["check"], ["borderline"]):
        yield quota(*arguments, str(odd), "--format", "markdown").out
    yield quota("compare", "00009", "--population", str(odd), "--format", "markdown").out
    yield quota(
        "merge", "00026", "00027", "--name", "![i](x)", "--population", str(odd), "--format", "markdown"
    ).out
    yield quota("explain", "00026", str(clean(units)), "--format", "markdown").out


def test_no_name_is_more_than_text_in_markdown(quota: Callable[..., Any], units: Path) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    for text in pages(quota, units):
        assert text
        page = Page(reader.render(text))
        assert not {tag for tag, _ in page.tags} & {"a", "img", "script", "b", "iframe"}
    page = Page(reader.render(next(pages(quota, units))))
    assert any("[a](javascript:alert(1))" in cell for cell in page.text)
    assert any("x|y|z" in cell for cell in page.text)


ODD = "a\x1b[31m[red]\u202e<b>=1.csv"


def test_names_of_files_and_columns_are_shown_inertly(
    quota: Callable[..., Any], tmp_path: Path, tally: Tally
) -> None:
    path = tmp_path / ODD
    path.write_text("code,name,type,\x1b[31mpopulation\u202e\n1,a,b,c\n", encoding="utf-8")
    for arguments in (
        ["audit", path],
        ["audit", tmp_path / f"no{ODD}"],
        ["audit", "--rules", path],
        ["check", path],
    ):
        run = quota(*arguments)
        assert (run.code, run.out) == (2, "")
        assert not acting(run.err)
        tally.note(str(arguments), refused=True)
    path.write_text(table(("Xã A",)), encoding="utf-8")
    for form in ("table", "json", "csv", "markdown"):
        run = quota("audit", path, "--format", form)
        assert run.code == 0
        assert not acting(run.out + run.err)


@pytest.mark.parametrize("typed", ["\x1b[31mred", "\u202ex", "[red]x[/]", "x" * 20_000])
@pytest.mark.parametrize(
    "option", ["--sort", "--rules", "--as-of", "--sheet", "--encoding", "--format", "--lang"]
)
def test_what_is_typed_is_shown_inertly(quota: Callable[..., Any], option: str, typed: str) -> None:
    run = quota("audit", option, typed)
    assert run.code in (0, 2)
    assert not acting(run.err)
    assert not acting(run.out)
