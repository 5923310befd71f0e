"""Where people wait: the commands that are measured, as they are typed, and the tables they are given."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tables import table

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-11-28")
SIZES = (114, 3_321, 10_000)
"""A province, the country, three times the country."""
COLUMNS = 100
"""Of the terminal."""


TYPED = {
    "help": "--help",
    "audit, xlsx": "audit -o x.xlsx",
    "report, html": "report -o x.html",
    "report, docx": "report -o x.docx",
    "rank, terminal": "rank --group-by province",
    "audit, terminal": "audit",
    "changes, csv": "changes --format csv",
    "plan, csv": "plan --format csv",
    "audit, csv": "audit --format csv",
    "clerk, csv": "audit clerk.csv --format csv",
    "check, json": "check --format json",
    "rank, csv": "rank --group-by province --format csv",
}
"""What of each command is typed, by its name here."""


@dataclass(frozen=True)
class Wait:
    """One command: its name, its arguments, and the tables that it reads.

    It writes into the file that is its last argument, or on a terminal where `shown`. `ends` are the exit
    codes that are no failures: a check that finds something ends with 1.
    """

    name: str
    arguments: tuple[str, ...]
    read: tuple[str, ...] = ()
    shown: bool = False
    ends: tuple[int, ...] = (0,)

    @property
    def form(self) -> str:
        """What it makes: csv, json, xlsx, html, docx or terminal."""
        return self.name.rpartition(", ")[2]


HELP = Wait("help", (TYPED["help"],))
"""The only one whose work does not hang on a table."""


def label(name: str, terminal: str) -> str:
    """How a page calls a command, with its word for a terminal."""
    return f"`{TYPED[name]}`{f', {terminal}' if name.endswith('terminal') else ''}"


def waits(folder: Path, size: int) -> Iterator[Wait]:
    """Every command for tables of `size` units, which are made in `folder` where they are not there."""
    units, changed = str(units_table(folder, size)), str(units_table(folder, size, seed=1))
    tables = {"changes, csv": (units, changed), "clerk, csv": (str(table(folder, size)),)}
    for name, typed in TYPED.items():
        if name != HELP.name:
            yield _wait(name, typed, tables.get(name, (units,)), folder / f"out-{size}")


def _wait(name: str, typed: str, read: tuple[str, ...], out: Path) -> Wait:
    command, *options = typed.partition(" -o ")[0].replace("clerk.csv ", "").split()
    form = name.rpartition(", ")[2]
    ends = (0, 1) if command == "check" else (0,)
    arguments = (command, *read, *options, *(() if command == "check" else DAY))
    if form == "terminal":
        return Wait(name, arguments, read, shown=True, ends=ends)
    return Wait(name, (*arguments, "-o", str(out.with_suffix(f".{form}"))), read, ends=ends)


def units_table(folder: Path, size: int, seed: int = 0) -> Path:
    """A table of `size` units of the country with provinces, areas, places and made-up staff; made once.

    Another `seed` has other residents and staff in some rows.
    """
    path = folder / f"waiting-{size}-{seed}.csv"
    if path.exists():
        return path
    with (ROOT / "data" / "vietnam.csv").open(encoding="utf-8-sig", newline="") as lines:
        units = [row for row in csv.DictReader(lines) if row["population"] not in ("", "0")]
    rng, other = random.Random(size), random.Random(seed)
    columns = ("name", "type", "province", "population", "area_km2", "lon", "lat")
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["code", *columns, "government", "party", "front"])
        for number, unit in enumerate(islice(cycle(units), size)):
            staff = [rng.randrange(25, 70), rng.randrange(14, 24), rng.randrange(6, 13)]
            cells = {column: unit[column] for column in columns}
            again = number // len(units)  # a name is there once in a province
            cells["province"] += f" {again + 1}" if again else ""
            if seed and other.random() < 0.5:
                cells["population"] = str(int(int(unit["population"]) * other.uniform(0.9, 1.1)))
                staff[0] += other.randrange(-3, 4)
            writer.writerow([f"{number:08}", *cells.values(), *staff])
    return path
