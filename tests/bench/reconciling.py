"""`python tests/bench/reconciling.py`: each published province: gap, changes, uniqueness, seconds.

Also how long the same 1,464 units take to read from CSV and from .xlsx. Needs the reference tables.
"""

from __future__ import annotations

import csv
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from quota import read_units  # noqa: E402  (the path comes first)
from quota.analysis.reconciling import reconcile  # noqa: E402  (as above)
from quota.tables.provinces import find_province  # noqa: E402  (as above)
from tests.forms import write_xlsx  # noqa: E402  (as above)

TABLE = ROOT.parent / "shared" / "data" / "reference" / "communes.csv"
TRUTH = {"Hải Phòng": "hai-phong", "Hà Nội": "ha-noi", "Huế": "hue", "Cao Bằng": "cao-bang"}


def left(until: float) -> float:
    return until - time.monotonic()


def provinces() -> None:
    groups = defaultdict(list)
    for unit in read_units(TABLE).units:
        groups[unit.province or ""].append(unit)
    sys.stdout.write(
        f"{'province':12}{'gap':>11}{'changes':>9}{'remainder':>11}{'seconds':>9}  uniqueness, truth\n"
    )
    for name, units in groups.items():
        published = find_province(name)
        if published is None:
            continue
        started = time.monotonic()
        found = reconcile(name, units, published.population, partial(left, started + 30))
        seconds = time.monotonic() - started
        changes = str(len(found.accounts[0].changes)) if found.accounts else "-"
        remainder = "0" if found.accounts else f"{found.remainder:,}"
        truth = ""
        if name in TRUTH and found.accounts:
            after = {one.unit.code: one.after for one in found.accounts[0].changes}
            mine = sorted(after.get(unit.code, unit.population or 0) for unit in units)
            true = sorted(unit.population or 0 for unit in read_units(TRUTH[name]).units)
            truth = ", as the truth" if mine == true else ", NOT as the truth"
        figures = f"{found.gap:>11,}{changes:>9}{remainder:>11}{seconds:>9.2f}"
        sys.stdout.write(f"{name:12}{figures}  {found.verdict.value}{truth}\n")


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def reading() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    numeric = {
        place for place, heading in enumerate(rows[0]) if heading in ("population", "area_km2", "lon", "lat")
    }
    cells = [
        [float(cell) if place in numeric and cell and number else cell for place, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        plain, book = Path(folder) / "units.csv", Path(folder) / "units.xlsx"
        with plain.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        write_xlsx(book, {"Sheet1": cells})
        imported = timed(lambda: __import__("python_calamine"))
        turns = [(timed(lambda: read_units(plain)), timed(lambda: read_units(book))) for _ in range(15)]
    from_csv, from_book = (statistics.median(turn[which] for turn in turns) for which in (0, 1))
    sys.stdout.write(
        f"1,464 units: CSV {from_csv:.3f} s, .xlsx {from_book:.3f} s ({from_book / from_csv:.2f} times), "
        f"import of python-calamine {imported:.3f} s\n"
    )


if __name__ == "__main__":
    provinces()
    reading()
