"""Tables beside population and staff say what they say in every dressing, or are refused: never otherwise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quota.core.names import fold, spelled_out, without_prefix
from quota.core.problems import Severity
from quota.tables.files.workbooks import workbook
from quota.tables.files.workbooks.opening import opened
from tests.laws.beside import FOUND, POSITIONS, TWICE, UNITS, Table
from tests.laws.dressings import make, written
from tests.laws.often import LONG

TABLES = 20_000 if LONG else 300
FEWEST_READ = 0.5
CODES = {without_prefix(fold(spelled_out(name))): code for code, name in UNITS.items()}
OF_NO_UNITS = ("departments", "posts", "substitutes")
OF_TWO_UNITS = ("distances", "done", "plan", "borders", "secondments")


def judged(table: Table, path: Path) -> str:
    """Whether the table was read "right", "refused", "told" of something, or "wrong".

    A key of no unit is refused by the command that matches it, as other tests hold.
    """
    read, found = FOUND[table.kind](path)
    severities = {problem.severity for problem in read.problems}
    if Severity.ERROR in severities:
        return "refused"
    keys = [_key(table.kind, key) for key in found]
    if len(set(keys)) < len(keys) and table.kind in ("assigned", "terrain"):
        return "refused"  # a unit by its code and by its name: as one that stands twice, below
    matched = {key: _plain(value) for key, value in zip(keys, found.values(), strict=True)}
    units = {} if table.kind in OF_NO_UNITS else {key: _units(table.kind, key) for key in matched}
    strange = [key for key, codes in units.items() if not set(codes) <= set(UNITS)]
    if table.kind == "substitutes":
        strange = [key for key in matched if not set(key) <= set(map(fold, POSITIONS))]
    for key in strange:
        del matched[key]
    truth = {_key(table.kind, key): _plain(value) for key, value in table.truth.items()}
    if table.kind == "departments":  # a note below counts nobody
        matched = {key: value for key, value in matched.items() if key in truth or value != (0, 0)}
    if TWICE in matched.values() and table.kind in ("assigned", "terrain"):
        return "refused"  # where they are matched with units, as other tests hold
    is_said = {problem.code for problem in read.problems} & table.shown.must_say
    if table.shown.must_say and not is_said and Severity.WARNING not in severities:
        return "told" if strange else "wrong"
    if matched == truth:
        return "right"
    return "told" if strange or Severity.WARNING in severities else "wrong"


def _units(kind: str, key: tuple[str, ...]) -> tuple[str, ...]:
    return key[:2] if kind in OF_TWO_UNITS else key[:1]


def _key(kind: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """A key with its units' codes, and its words as names are compared; a pair with the lesser code first."""
    named = tuple(CODES.get(without_prefix(fold(spelled_out(part))), fold(part)) for part in key)
    return tuple(sorted(named)) if kind in ("distances", "borders") else named


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return fold(value) if isinstance(value, str) else value


def test_tables_in_every_dressing_are_read_right_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_opened", opened)  # thousands of processes would take hours
    outcomes: Counter[str] = Counter()
    wrong = []
    for seed in range(TABLES):
        table, worn = make(Random(seed))
        path = written(table, tmp_path, book=seed % 8 == 0)
        outcome = judged(table, path)
        outcomes[outcome] += 1
        if outcome == "wrong":
            wrong.append((seed, table.kind, worn))
    assert wrong == []
    assert outcomes["right"] >= FEWEST_READ * TABLES, outcomes
