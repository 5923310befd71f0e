"""Every message in both languages, as a table to read through: `python -m tests.i18n.table > messages.md`.

A civil servant who reads it needs neither the program nor the catalog; what is marked goes back into
quota/locale/vi/LC_MESSAGES/quota.po. With `--csv`, for a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import sys

from tests.i18n.extracting import kept


def rows() -> list[tuple[str, str]]:
    """Each message, English and Vietnamese, as the catalog has them; a plural is one cell."""
    return [(_forms(message.id), _forms(message.string)) for message in kept() if message.id]


def _forms(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else " / ".join(dict.fromkeys(words))


def markdown() -> str:
    """The table in Markdown."""
    lines = [("English", "Tiếng Việt"), ("---", "---"), *rows()]
    cells = (tuple(" ".join(cell.split()).replace("|", r"\|") for cell in line) for line in lines)
    return "".join(f"| {english} | {vietnamese} |\n" for english, vietnamese in cells)


def as_csv() -> str:
    """The table as CSV, with a column for remarks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("English", "Tiếng Việt", "Góp ý"))
    writer.writerows((*row, "") for row in rows())
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write(as_csv() if "--csv" in sys.argv else markdown())
