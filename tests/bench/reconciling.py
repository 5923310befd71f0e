"""`python tests/bench/reconciling.py`: each published province: gap, changes, uniqueness, seconds.

As a subject: reading the same units from CSV and from .xlsx. Both need the reference tables.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from measuring import PEERS, Contest, Limits, Peer

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from quota import read_units  # noqa: E402  (the path comes first)
from quota.analysis.checks.reconciling import reconcile  # noqa: E402  (as above)
from quota.tables.shipped.provinces import find_province  # noqa: E402  (as above)
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
            after = {change.unit.code: change.after for change in found.accounts[0].changes}
            mine = sorted(after.get(unit.code, unit.population or 0) for unit in units)
            true = sorted(unit.population or 0 for unit in read_units(TRUTH[name]).units)
            truth = ", as the truth" if mine == true else ", NOT as the truth"
        figures = f"{found.gap:>11,}{changes:>9}{remainder:>11}{seconds:>9.2f}"
        sys.stdout.write(f"{name:12}{figures}  {found.verdict.value}{truth}\n")


def contests(folder: Path, limits: Limits) -> Iterator[Contest]:
    if not TABLE.exists():
        return
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[: limits.rows + 1]
    numeric = {
        place for place, heading in enumerate(rows[0]) if heading in ("population", "area_km2", "lon", "lat")
    }
    cells = [
        [float(cell) if place in numeric and cell and number else cell for place, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    plain, book = folder / "read.csv", folder / "read.xlsx"
    with plain.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    write_xlsx(book, {"Sheet1": cells})
    peers = [
        Peer(f"read_units, {path.suffix}", [str(PEERS / "reading.py"), str(path)]) for path in (plain, book)
    ]
    yield Contest("reading a table", len(rows) - 1, peers, turns=15)


if __name__ == "__main__":
    provinces()
