"""What a Vietnamese reader sees has no English word in it but those that a list allows."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from quota.run.locations import data_folder, rules_folder
from tests.commands import LEAVES
from tests.docs.reference import DOCS
from tests.i18n.english import allowed_words, english, typed_words
from tests.laws.province import RECORDED, RUNS, TEXTS, in_folder, write_province
from tests.running import ran

FOR_EDITORS = ("rules schema",)
"""Commands that write a machine's format, which is the same in every language."""
ALLOWED = allowed_words()


def names_of(paths: Iterable[Path]) -> frozenset[str]:
    """The words of files' names."""
    return frozenset(word for path in paths for word in path.stem.split("-"))


AS_TYPED = {
    "sensitivity": frozenset(("party", "low")),
    "help": names_of((DOCS / "vi").rglob("*.md")) | {"Python", "Windows"},
    "data list": names_of(data_folder().glob("*.csv")),
    "rules list": names_of(rules_folder().glob("*.yaml")),
}
"""Words that are typed so, by the command that shows them: paths of a frame, names of pages, ids."""
HEADINGS = {
    "code": "mã",
    "name": "tên",
    "type": "loại",
    "population": "dân số",
    "province": "tỉnh",
    "government": "khối chính quyền",
    "party": "khối đảng",
    "front": "khối MTTQ",
    "lon": "kinh độ",
    "lat": "vĩ độ",
}
"""The headings of the sample's tables, and of a department's."""
TYPED = ALLOWED | typed_words()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province of the laws, with the record of a run."""
    made = tmp_path_factory.mktemp("province")
    write_province(made)
    for name in ("units.csv", "staff.csv"):
        header, rest = TEXTS[name].split("\n", 1)
        written = ",".join(HEADINGS.get(heading, heading) for heading in header.split(","))
        (made / name).write_text(f"{written}\n{rest}", encoding="utf-8")
    with contextlib.chdir(made):
        ran(RECORDED)
    return made


@pytest.mark.parametrize("command", [words for words in RUNS if words not in FOR_EDITORS])
def test_no_english_word_in_what_a_command_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    for arguments in RUNS[command]:
        run = ran([*in_folder(arguments, folder), "--lang", "vi"])
        assert run.code in (0, 1, None), run.err
        allowed = ALLOWED | AS_TYPED.get(command, frozenset())
        assert list(english(f"{run.out}\n{run.err}", allowed)) == []


DAY = ("--as-of", "2026-11-22")
PAPERS = ("page.html", "audit.xlsx", "report.docx")


def text_of(path: Path) -> Iterator[str]:
    """What a reader sees in a page, a workbook or a document, in pieces."""
    if path.suffix == ".html":
        text = re.sub(r"(?s)<(style|script).*?</\1>", "", path.read_text(encoding="utf-8"))
        yield from (html.unescape(piece).strip() for piece in re.split(r"<[^>]*>", text))
        yield from map(html.unescape, re.findall(r'(?:title|aria-label|placeholder)="([^"]*)"', text))
    elif path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        yield from book.sheet_names
        rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
        yield from (cell for row in rows for cell in row if isinstance(cell, str))
    else:
        import docx

        document = docx.Document(str(path))
        yield from (run.text or "" for run in document.element.iter() if str(run.tag).endswith("}t"))


@pytest.mark.parametrize("paper", PAPERS)
def test_no_english_word_in_what_is_handed_in(folder: Path, paper: str) -> None:
    for package in ("docx", "vl_convert") if paper.endswith(".docx") else ():
        pytest.importorskip(package)
    command = "audit" if paper.endswith(".xlsx") else "report"
    path = folder / paper
    with contextlib.chdir(folder):
        run = ran((command, "units.csv", "--staff", "staff.csv", "--lang", "vi", *DAY, "--output", paper))
    assert run.code == 0, run.err
    assert list(english("\n".join(text_of(path)), ALLOWED)) == []


def test_no_english_word_in_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    for words in ("", *LEAVES):
        run = ran([*words.split(), "--help", "--lang", "vi"])
        assert list(english(run.out.partition("Ví dụ:")[0], TYPED)) == [], words


WRONG = (
    ("audit", "--sort", "zz"),
    ("audit", "--nope"),
    ("audit", "--staf", "staff.csv"),
    ("audti",),
    ("explain",),
    ("audit", "no-such.csv"),
    ("audit", "staff.csv"),
    ("audit", "units.csv", "--rules", "no-such"),
    ("audit", "--as-of", "yesterday"),
    ("merge", "hong bang", "zzzz"),
    ("report", "--output", "report.pdf"),
    ("help", "limit"),
    ("help", "zzzz"),
    ("rules", "show", "zzzz"),
    ("rules", "diff", "central-2025", "zzzz"),
    ("rules", "schema", "--kind", "zzzz"),
    ("rules", "fit", "units.csv", "--posts", "3"),
    ("data", "units", "--province", "zzzz"),
    ("data", "list", "--format", "zzzz"),
    ("read",),
    ("read", "no-such.csv"),
    ("form", "zzzz"),
    ("form", "staff", "--output", "report.pdf"),
    ("form", "staff", "--province", "zzzz", "--output", "out.xlsx"),
    ("explain", "zzzz", "units.csv"),
    ("allocate", "units.csv"),
    ("reconcile", "units.csv"),
    ("verify", "no-such.json"),
    ("audit", "units.csv", "--assume", "mountain=zzzz"),
)


@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_no_english_word_where_something_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    run = ran([*typed, "--lang", "vi"])
    assert run.code == 2
    allowed = TYPED | {"nope", "staf", "audti", "zz", "zzzz", "yesterday", "such", "pdf", "report", "central"}
    assert list(english(run.err, allowed)) == []


def test_a_word_is_found_and_a_syllable_is_not() -> None:
    said = "chưa rõ: island, mountain; hãy xem trang hai-phong.csv, --limit, UBND và quota"
    assert [word for word, _ in english(said, ALLOWED - {"island", "mountain"})] == ["island", "mountain"]
