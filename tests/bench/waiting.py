"""Where people wait: whole commands at three sizes, each beside the floor of its kind.

The floor only writes: the same cells and formulas by bare XlsxWriter, the same table by rich, the same
pictures by vl-convert, the same tables by python-docx, the same rows read and written by Polars. What it
writes is taken from what the command wrote, before anything is measured.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from measuring import PEERS, Contest, Limits, Peer, once

ROOT = Path(__file__).parents[2]
_DAY = ("--as-of", "2026-11-28")
SIZES = (114, 3_321, 10_000)
"""A province, the country, three times the country."""
_MOST_REPORTED = 3_321
"""Units of a report: nobody hands in more, and python-docx takes minutes for them."""


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


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    for size in (size for size in SIZES if size <= limits.rows):
        source = str(units_table(folder, size))
        changed = str(units_table(folder, size, seed=1))
        rank = ("rank", source, "--group-by", "province")
        yield _workbook(folder, size, ("audit", source))
        yield _written(folder, size, "audit, csv", ("audit", source), [source])
        yield _shown(folder, size, "audit, terminal", ("audit", source))
        yield _shown(folder, size, "rank, terminal", rank)
        yield _written(folder, size, "rank, csv", rank, [source])
        yield _written(folder, size, "changes, csv", ("changes", source, changed), [source, changed])
        yield _written(folder, size, "check, json", ("check", source), [source], form="json")
        if size <= _MOST_REPORTED:
            yield _report(folder, size, "html", source, "vl-convert, the same pictures")
            yield _report(folder, size, "docx", source, "python-docx, the same tables")
        if size == min(SIZES):
            yield _written(folder, size, "plan, csv", ("plan", source), [source])


_ANY_END = """
import sys
from quota.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    sys.exit(end.code == 2)
"""
"""`quota`, for a command that ends with 1 where it finds something."""


def _command(*arguments: str) -> list[str]:
    if arguments[0] == "check":
        return ["-c", _ANY_END, *arguments]
    return ["-m", "quota", *arguments, *_DAY]


def _floor(kind: str, *files: object) -> list[str]:
    return [str(PEERS / "floor.py"), kind, *map(str, files)]


def _contest(what: str, size: int, floor: Peer, command: Sequence[str]) -> Contest:
    ours = Peer(f"quota {command[2]}", command)
    return Contest(f"waiting: {what}", size, [floor, ours], verdict=lambda *_: "beside its floor")


def _workbook(folder: Path, size: int, arguments: Sequence[str]) -> Contest:
    book, cells = folder / f"waiting-{size}.xlsx", folder / f"waiting-{size}-cells.json"
    command = _command(*arguments, "-o", str(book))
    once(command)
    once(_floor("cells", book, cells))
    floor = Peer("XlsxWriter, the same cells", _floor("xlsx", cells, folder / "floor.xlsx"), "xlsxwriter")
    return _contest("audit, xlsx", size, floor, command)


def _written(
    folder: Path, size: int, what: str, arguments: Sequence[str], read: Sequence[str], form: str = "csv"
) -> Contest:
    out = folder / f"waiting-{what.split(',', maxsplit=1)[0]}-{size}.{form}"
    command = _command(*arguments, "--format", form, "-o", str(out))
    once(command)
    rows = out.with_suffix(".parquet")
    once(_floor("rows", out, rows))
    work = _floor("rewrite", rows, folder / f"floor.{form}", *read)
    floor = Peer("polars, reading and writing", work, "polars")
    return _contest(what, size, floor, command)


def _shown(folder: Path, size: int, what: str, arguments: Sequence[str]) -> Contest:
    shown = folder / f"waiting-{what.split(',', maxsplit=1)[0]}-{size}.txt"
    once(_command(*arguments, "-o", str(shown)))
    floor = Peer("rich, the same lines as a table", _floor("rich", shown), "rich")
    return _contest(what, size, floor, _command(*arguments))


def _report(folder: Path, size: int, form: str, source: str, name: str) -> Contest:
    out = folder / f"waiting-{size}.{form}"
    command = _command("report", source, "-o", str(out))
    once(command)
    held = folder / f"waiting-{size}-{form}.json"
    once(_floor(f"held-{form}", out, held))
    needs = {"html": "vl_convert", "docx": "docx"}[form]
    floor = Peer(name, _floor(form, held, folder / f"floor.{form}"), needs)
    return _contest(f"report, {form}", size, floor, command)
