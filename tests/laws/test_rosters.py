"""A list of people is counted right or refused, and names nobody: never counted wrongly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from quota import read_staff
from quota.core.names import fold
from quota.core.problems import Problem, Severity
from quota.norms.loading import load_offices
from quota.tables.files.raw import ReadOptions
from quota.tables.shipped.country import country
from tests.forms import csv_text, write_xlsx
from tests.laws.often import LONG
from tests.laws.rosters import Roster, make_roster

ROSTERS = 10_000 if LONG else 60
OPTIONS = ReadOptions(offices=load_offices())
FEWEST_READ = 0.95
"""Of the lists that need no question."""


def judged(roster: Roster, path: Path) -> tuple[str, Problem | None]:
    """Whether the list was counted "right", "wrong", "refused" and why, or whether it "names" somebody."""
    if len(roster.sheets) == 1:
        (rows,) = roster.sheets.values()
        path.write_text(csv_text(rows), encoding="utf-8")
    else:
        path = path.with_suffix(".xlsx")
        write_xlsx(path, roster.sheets)
    table = read_staff(path, options=OPTIONS)
    said = repr(table)
    if any(name in said for name in roster.names):
        return "names", None
    for problem in table.problems:
        if problem.severity is Severity.ERROR:
            return "refused", problem
    if roster.truth is None:
        return "wrong", None
    codes = {fold(country()[code].name): code for code in roster.truth}
    found = {row.code or codes.get(fold(row.name or ""), row.name): tuple(row.staff) for row in table.rows}
    return ("right" if found == roster.truth else "wrong"), None


def test_lists_of_people_are_counted_right_or_refused_and_name_nobody(tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    bad = []
    for seed in range(ROSTERS):
        roster = make_roster(Random(seed))
        outcome, problem = judged(roster, tmp_path / "list.csv")
        if roster.truth is not None:
            outcomes[outcome] += 1
            refused.update([f"{problem.code} {problem.message}"] if problem else [])
        if outcome in ("wrong", "names"):
            bad.append((seed, outcome, roster.what))
    assert bad == []
    assert outcomes["right"] >= FEWEST_READ * outcomes.total(), refused.most_common()
