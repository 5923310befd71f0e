"""`python tests/bench/page.py [--write] RUN.txt ...`: the tables of performance/bench.md, from a run.

A row a size, a column a peer: its time as a ratio to the first one's, and the megabytes at its peak. Under
them by which power of the rows the time grows from the smallest size to the greatest: 1 is linear. What was
measured of `prompt` and `waiting` has tables of its own, which `--write` also puts into the pages.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from against import WORDS
from growth import power
from languages import LANGUAGES, figure, markdown, write
from waits import label

WHAT, ROWS, PEER = slice(0, 24), slice(24, 36), slice(38, 72)
FLOORS = {("audit, xlsx", 3_321): 0.6, ("report, html", 114): 1.3, ("report, html", 3_321): 1.3}
"""The most that a command may take of its floor's time, by its name and units."""
_WAITING = "waiting: "


@dataclass(frozen=True)
class Line:
    """One peer of one contest: seconds, megabytes and the ratio to the first peer, or the word why not."""

    what: str
    size: int
    peer: str
    told: str
    seconds: float | None = None
    megabytes: int = 0
    ratio: float = 0.0


def parsed(printed: Iterable[str]) -> Iterator[Line]:
    """The lines of a run that tell of a peer."""
    for line in printed:
        size = line[ROWS].strip().replace(",", "")
        if not size.isdigit():
            continue
        what, peer, told = line[WHAT].strip(), line[PEER].strip(), line[72:].split()
        if told[0].replace(".", "").isdigit():
            figures = float(told[0]), int(told[1]), float(told[2])
            yield Line(what, int(size), peer, f"{told[2]} ({told[1]} MB)", *figures)
        else:
            yield Line(what, int(size), peer, told[0].rstrip(":"))


def pages(lines: Iterable[Line]) -> Iterator[str]:
    """Markdown, table by table, in the order they were printed."""
    tables: dict[str, dict[int, dict[str, Line]]] = {}
    for line in lines:
        tables.setdefault(line.what, {}).setdefault(line.size, {})[line.peer] = line
    for what, sizes in tables.items():
        peers = list(dict.fromkeys(peer for row in sizes.values() for peer in row))
        yield f"| {what} | {' | '.join(peers)} |"
        yield f"| ---: |{' ---: |' * len(peers)}"
        for size, row in sizes.items():
            cells = [row[peer].told if peer in row else "" for peer in peers]
            yield f"| {size:,} | {' | '.join(cells)} |"
        if len(sizes) > 1:
            grows = [_grows([row[peer] for row in sizes.values() if peer in row]) for peer in peers]
            yield f"| grows by | {' | '.join(grows)} |"
        yield ""


def _grows(lines: Iterable[Line]) -> str:
    """The power of the rows by which the time grows; nothing where too little was measured."""
    seconds = {line.size: line.seconds for line in lines if line.seconds is not None}
    if len(seconds) < 2 or not all(seconds.values()):
        return ""
    return f"{power(seconds, min(seconds), max(seconds)):.2f}"


HEADINGS = {
    "en": ("to its floor", "units", "aimed at"),
    "vi": ("so với mức sàn", "đơn vị", "mức muốn đạt"),
}
TO = {"en": "to", "vi": "so với"}


def waiting(lines: Iterable[Line], language: str) -> str:
    """A row a command: its time as a ratio to its floor's by units, and what was aimed at."""
    rows: dict[str, dict[int, Line]] = {}
    floors: dict[str, str] = {}
    for line in lines:
        if line.what.startswith(_WAITING):
            name = line.what.removeprefix(_WAITING)
            if line.peer.startswith("quota"):
                rows.setdefault(name, {})[line.size] = line
            else:
                floors[name] = line.peer.partition(",")[0]
    sizes = sorted({size for row in rows.values() for size in row})
    first, units, aimed = HEADINGS[language]
    table = [
        [
            f"{label(name, WORDS[language]['terminal'])}, {TO[language]} {floors[name]}",
            *(_beside(row.get(size), language) for size in sizes),
            "; ".join(_verdict(name, line, language) for line in row.values() if (name, line.size) in FLOORS),
        ]
        for name, row in rows.items()
    ]
    return markdown([first, *(f"{figure(size, language, 0)} {units}" for size in sizes), aimed], table)


def _beside(line: Line | None, language: str) -> str:
    if line is None or line.seconds is None:
        return ""
    return f"{figure(line.ratio, language)} ({figure(line.megabytes, language, 0)} MB)"


def _verdict(name: str, line: Line, language: str) -> str:
    most = FLOORS[name, line.size]
    verdict = WORDS[language]["met" if line.seconds is not None and line.ratio <= most else "missed"]
    return f"{figure(line.size, language, 0)}: {figure(most, language)}, {verdict}"


SCRIPTS = {"en": "a {} script", "vi": "tập lệnh {}"}
RATIO = {"en": "ratio", "vi": "tỷ số"}


def prompt(lines: Iterable[Line], language: str) -> str:
    """What the program takes at the prompt, as a ratio of its time to each other's."""
    by_what: dict[str, dict[str, float]] = {"start": {}, "prompt": {}}
    for line in lines:
        if line.what in by_what and line.seconds:
            by_what[line.what][line.peer] = line.seconds
    table = []
    for seconds in by_what.values():
        ours = [peer for peer in seconds if peer.startswith("quota")]
        for peer in (peer for peer in seconds if not peer.startswith("quota")):
            name, script, _ = peer.partition(" script")
            other = SCRIPTS[language].format(name) if script else f'`python -c "{peer}"`'
            table += [
                [f"`{our}`, {TO[language]} {other}", f"{seconds[our] / seconds[peer]:.2f}"] for our in ours
            ]
    if language == "vi":
        table = [[name, ratio.replace(".", ",")] for name, ratio in table]
    return markdown(["", RATIO[language]], table)


def circumstances(printed: Iterable[str], language: str) -> str:
    """Cores and load, as the run says them."""
    text = "\n".join(printed)
    cores = re.search(r"^(\d+) cores", text, re.MULTILINE)
    loads = re.findall(r"^.*load (before|after) the run ([\d.]+)", text, re.MULTILINE)
    before, after = (
        figure(max((float(load) for when, load in loads if when == word), default=0), language, 1)
        for word in ("before", "after")
    )
    if language == "vi":
        return f"Đo trên {cores and cores[1]} nhân, tải {before} trước và {after} sau khi đo."
    return f"On {cores and cores[1]} cores, load {before} before and {after} after."


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN.txt", help="what tests/bench printed")
    parser.add_argument("--write", action="store_true", help="also into the pages on performance")
    given = parser.parse_args()
    printed = [line for file in given.runs for line in file.read_text(encoding="utf-8").splitlines()]
    lines = list(parsed(printed))
    sys.stdout.write("\n".join(pages(lines)) + "\n")
    for name, made, begins in (("prompt", prompt, ("prompt", "start")), ("waiting", waiting, (_WAITING,))):
        if any(line.what.startswith(begins) for line in lines):
            blocks = {
                language: f"{circumstances(printed, language)}\n\n{made(lines, language)}"
                for language in LANGUAGES
            }
            sys.stdout.write(f"{blocks['en']}\n")
            if given.write:
                write(name, blocks)


if __name__ == "__main__":
    main()
