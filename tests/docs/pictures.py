"""Draw the pictures of the documentation anew: `python -m tests.docs.pictures`.

A terminal as SVG by rich, the page by headless Chromium, the workbook and the document by LibreOffice and
pdftoppm. Draw them where what they show has changed; it takes half a minute. The tests hold that each picture
that a page names is there, that each is light, and that each is used.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from tests.docs.reference import DOCS, ROOT

PICTURES = DOCS / "pictures"
LANGUAGES = ("vi", "en")
DRAWN = frozenset(
    [
        *(f"{what}-{language}.png" for what in ("page", "workbook") for language in LANGUAGES),
        *(f"terminal-{language}.svg" for language in LANGUAGES),
        "document-vi.png",
    ]
)
"""The pictures that there are; a report is handed in in Vietnamese."""
_RESIDENTS = {"vi": "dan-so.csv", "en": "residents.csv"}
"""What the tutorial calls the table that it mends."""
_TABLES = "--staff docs/tutorial/bieu-02-bien-che.xlsx --assigned docs/tutorial/phu-luc-giao-bien-che.xlsx"
_DAY = "--as-of 2026-11-28"
_SCREEN = {"width": 1180, "height": 840}
_WIDE = 100
"""Columns of the terminal."""
_A4 = "-r 62"
_CUT = "-r 116 -x 30 -y 50 -W 1100 -H 500"
"""How pdftoppm draws a page: the whole, or the corner of a sheet that is read first."""


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "docs" / "tutorial", folder / "docs" / "tutorial")
        for language in LANGUAGES:
            table = _RESIDENTS[language]
            _quota(folder, language, f"check docs/tutorial/bieu-01-dan-so.xlsx --fix {table}", answer=1)
            _terminal(folder, language)
            _quota(folder, language, f"report {_DAY} -o page.html")
            _page(folder / "page.html", PICTURES / f"page-{language}.png")
            _quota(folder, language, f"audit {table} {_TABLES} {_DAY} -o workbook.xlsx")
            _paper(folder / "workbook.xlsx", 2, _CUT, PICTURES / f"workbook-{language}.png")
        _quota(folder, "vi", f"report {_RESIDENTS['vi']} {_TABLES} {_DAY} -o document.docx")
        _paper(folder / "document.docx", 1, _A4, PICTURES / "document-vi.png")


def _quota(folder: Path, language: str, words: str, *, answer: int = 0) -> str:
    """What a command prints on a terminal, in colours."""
    more = {"QUOTA_LANG": language, "COLUMNS": str(_WIDE), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    here, there = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "quota", *shlex.split(words)],
        cwd=folder,
        env={**os.environ, **more},
        stdout=there,
        stderr=subprocess.DEVNULL,
    ) as run:
        os.close(there)
        printed = b""
        while part := _read(here):
            printed += part
    os.close(here)
    if run.returncode != answer:
        raise RuntimeError(f"quota {words}: exit code {run.returncode}")
    return printed.decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """The next bytes; none where the program has ended."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def _terminal(folder: Path, language: str) -> None:
    """The table that the tutorial asks for, as a terminal shows it; nothing in it is fetched."""
    typed = f"audit {_RESIDENTS[language]} {_TABLES} --sort shortfall --limit 10"
    printed = _quota(folder, language, f"{typed} {_DAY}")
    console = Console(record=True, width=_WIDE, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ quota {typed}", style="bold"))
    console.print(Text.from_ansi(printed))
    drawn = console.export_svg(title="quota audit", unique_id="quota")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code, monospace", "Consolas, Menlo, 'DejaVu Sans Mono', monospace")
    (PICTURES / f"terminal-{language}.svg").write_text(drawn, encoding="utf-8")


def _page(page: Path, picture: Path) -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        shown = browser.new_page(viewport=_SCREEN, color_scheme="light")
        shown.goto(page.as_uri())
        shown.wait_for_function("document.getElementById('whole').dataset.zoom")
        shown.screenshot(path=picture)
        browser.close()


def _paper(path: Path, number: int, cut: str, picture: Path) -> None:
    """A page of a workbook or document as it is printed."""
    office = ["soffice", f"-env:UserInstallation={(path.parent / 'office').as_uri()}", "--headless"]
    convert = [*office, "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(convert, check=True, capture_output=True)
    draw = ["pdftoppm", "-png", "-singlefile", "-f", str(number), "-l", str(number), *shlex.split(cut)]
    subprocess.run([*draw, str(path.with_suffix(".pdf")), str(picture.with_suffix(""))], check=True)


if __name__ == "__main__":
    main()
