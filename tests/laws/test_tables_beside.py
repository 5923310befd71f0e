"""Tables beside population and staff say what they say in every dressing, or are refused: never otherwise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from quota.core.problems import Severity
from tests.forms import csv_text, write_xlsx
from tests.laws.beside import FOUND, UNITS, Table, make
from tests.laws.often import LONG

TABLES = 20_000 if LONG else 150
FEWEST_READ = 0.6
CODES = {name: code for code, name in UNITS.items()}


def judged(table: Table, path: Path) -> str:
    """Whether the table was read "right", "refused", "told" of something, or "wrong".

    A key of no unit is refused by the command that matches it, as other tests hold.
    """
    read, found = FOUND[table.kind](path)
    severities = {problem.severity for problem in read.problems}
    if Severity.ERROR in severities:
        return "refused"
    matched = {tuple(CODES.get(part, part) for part in key): value for key, value in found.items()}
    if table.kind in ("distances", "done"):
        strange = [key for key in matched if not set(key) <= set(UNITS)]
    else:
        strange = [key for key in matched if key[0] not in UNITS and table.kind != "departments"]
    for key in strange:
        del matched[key]
    if table.kind == "departments":  # a note below counts nobody
        matched = {key: value for key, value in matched.items() if key in table.truth or value != (0, 0)}
    if matched == table.truth:
        return "right"
    return "told" if strange or Severity.WARNING in severities else "wrong"


def test_tables_in_every_dressing_are_read_right_or_refused(tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    wrong = []
    for seed in range(TABLES):
        table, worn = make(Random(seed))
        path = tmp_path / ("table.xlsx" if seed % 8 == 0 and "d" not in table.marks else "table.csv")
        if path.suffix == ".csv":
            path.write_text(csv_text(table.lines), encoding="utf-8")
        else:
            write_xlsx(path, {"Biểu": table.lines})
        outcome = judged(table, path)
        outcomes[outcome] += 1
        if outcome == "wrong":
            wrong.append((seed, table.kind, worn))
    assert wrong == []
    assert outcomes["right"] >= FEWEST_READ * TABLES, outcomes
