"""The pages of both languages are the same ones, in the same shape."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bench.doubting_vi import vietnamese
from tests.docs.reference import DOCS
from tests.i18n.english import allowed_words, english

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ENGLISH = {page.relative_to(DOCS / "en"): page for page in (DOCS / "en").rglob("*.md")}
VIETNAMESE = {page.relative_to(DOCS / "vi"): page for page in (DOCS / "vi").rglob("*.md")}
_TYPED = re.compile(r"--[a-z][a-z-]+|QUOTA_[A-Z_]+|\b[a-z]+(?:_[a-z]+)+\b")
FIGURES = ("performance/bench.md", "reference/untrusted-files.md")
"""Pages of measured figures and limits whose tables are written twice."""
OF_KEYS = {Path("reference/keys.md"), Path("reference/rule-keys.md"), Path("reference/options.md")}
"""Pages of commands and keys, as they are typed."""


def headings(text: str) -> list[int]:
    """The level of each heading, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", _BLOCK.sub("", text), re.MULTILINE)]


def figures_of_tables(text: str) -> list[str]:
    """Every number in the tables, as it is without what stands between thousands and before decimals."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", "\n".join(rows)))


def typed(text: str) -> set[str]:
    """The options, variables and keys that a page names."""
    return set(_TYPED.findall(text))


def figures_of_prose(text: str) -> set[str]:
    """Every number outside of code blocks and addresses, as it is without what stands between thousands."""
    prose = re.sub(r"\]\([^)]*\)", "]", _BLOCK.sub("", text))
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", prose)))


def python_of(text: str) -> list[str]:
    """The lines of Python that a page shows, without what they say to the reader."""
    code = [block for language, block in _BLOCK.findall(text) if language == "python"]
    return [line.partition("  #")[0] for block in code for line in block.splitlines()]


def test_each_page_is_there_in_both_languages() -> None:
    assert ENGLISH.keys() == VIETNAMESE.keys()


@pytest.mark.parametrize("page", sorted(ENGLISH.keys() & VIETNAMESE.keys()), ids=Path.as_posix)
def test_a_page_has_the_same_sections_in_both_languages(page: Path) -> None:
    english, vietnamese = (pages[page].read_text(encoding="utf-8") for pages in (ENGLISH, VIETNAMESE))
    assert headings(vietnamese) == headings(english)
    assert python_of(vietnamese) == python_of(english)
    assert english.partition("\n")[0] != vietnamese.partition("\n")[0], "it is not translated"


@pytest.mark.parametrize("page", sorted(ENGLISH.keys() - OF_KEYS), ids=Path.as_posix)
def test_what_the_english_page_names_and_counts_the_vietnamese_one_does(page: Path) -> None:
    english, vietnamese = (pages[page].read_text(encoding="utf-8") for pages in (ENGLISH, VIETNAMESE))
    assert typed(english) - typed(vietnamese) == set()
    assert figures_of_prose(english) - figures_of_prose(vietnamese) == set()


@pytest.mark.parametrize("page", FIGURES)
def test_measured_figures_are_the_same_in_both_languages(page: str) -> None:
    english, vietnamese = (pages[Path(page)].read_text(encoding="utf-8") for pages in (ENGLISH, VIETNAMESE))
    assert figures_of_tables(vietnamese) == figures_of_tables(english)


def test_the_page_on_doubt_is_written_from_the_english_one() -> None:
    page = Path("explanation/doubt.md")
    assert VIETNAMESE[page].read_text(encoding="utf-8") == vietnamese(
        ENGLISH[page].read_text(encoding="utf-8")
    )


def test_a_paragraph_without_vietnamese_words_is_told() -> None:
    with pytest.raises(KeyError, match="Something new"):
        vietnamese("Something new of 3 provinces.")


NAMES = frozenset(
    (
        *("Add", "Ctrl", "Dask", "dataframe", "Debian", "DuckDB", "English", "Enter", "Gauss"),
        *("Google", "haversine", "JavaScript", "Jinja2", "macOS", "Macro", "MarkupSafe", "NumPy"),
        *(
            "Notepad",
            "pandas",
            "Polars",
            "PowerShell",
            "PyArrow",
            "Python",
            "Spark",
            "SpreadsheetML",
            "Student",
        ),
        *("tab", "Tab", "Tools", "Unicode", "Windows", "Wine", "XlsxWriter"),
    )
)
"""Names of programs, keys and people, and what a button of an English program says, in Vietnamese pages."""
IN_BOTH = {Path("explanation/glossary.md"), Path("performance/bench.md"), Path("reference/headings.md")}
"""Pages that say English words, headings or commands on purpose."""


@pytest.mark.parametrize("page", sorted(VIETNAMESE.keys() - IN_BOTH - OF_KEYS), ids=Path.as_posix)
def test_no_english_word_in_a_vietnamese_page(page: Path) -> None:
    prose = _BLOCK.sub("", VIETNAMESE[page].read_text(encoding="utf-8"))
    prose = re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`]*`", "", prose))
    assert list(english(prose, allowed_words() | NAMES)) == []


def test_the_page_of_options_says_what_is_the_default_in_vietnamese() -> None:
    text = VIETNAMESE[Path("reference/options.md")].read_text(encoding="utf-8")
    assert "[default" not in text
    assert "[mặc định: " in text


def test_the_shape_of_a_page() -> None:
    text = "# Title\n\n```sh\n# a comment\n```\n\n## Part\n\n| a | 1,000 |\n\n```python\nx = 1  # one\n```\n"
    assert headings(text) == [1, 2]
    assert figures_of_tables(text) == ["1000"]
    assert figures_of_prose(text) == {"1000"}
    assert typed("`--as-of`, `of_low`: QUOTA_LANG well-known") == {"--as-of", "of_low", "QUOTA_LANG"}
    assert python_of(text) == ["x = 1"]
