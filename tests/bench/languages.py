"""What a measured table says in the pages of both languages, and where in them it is put."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = ("en", "vi")
PAGE = "performance/bench.md"


def figure(value: float, language: str, decimals: int = 2) -> str:
    """A number as the language writes it."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures."""
    head = f"| {' | '.join(headings)} |\n| --- |{' ---: |' * (len(headings) - 1)}"
    return "\n".join([head, *(f"| {' | '.join(row)} |" for row in rows)])


def put(page: str, name: str, block: str) -> str:
    """The page with `block` between the marks of that name.

    Raises:
        ValueError: the page has no such marks.
    """
    begins, ends = f"<!-- {name}: written by the bench -->\n", f"\n<!-- end of {name} -->"
    found = re.subn(
        f"(?<={re.escape(begins)}).*?(?={re.escape(ends)})", lambda _: block, page, flags=re.DOTALL
    )
    if found[1] != 1:
        raise ValueError(f"the page has no place for {name}: {begins.strip()} … {ends.strip()}")
    return found[0]


def write(name: str, blocks: Mapping[str, str], docs: Path = DOCS) -> None:
    """Put each language's block into its page."""
    for language, block in blocks.items():
        path = docs / language / PAGE
        path.write_text(put(path.read_text(encoding="utf-8"), name, block), encoding="utf-8")
