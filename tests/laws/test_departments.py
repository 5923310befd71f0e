"""A form as a department keeps it is read to the truth or refused: it is never read wrongly."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

from quota import read_staff, read_units
from quota.core.names import fold
from quota.core.problems import Problem, Severity
from quota.core.units import StaffTable, UnitTable
from quota.tables.shipped.country import country
from tests.forms import csv_text, write_xlsx
from tests.laws.departments import Form, make_form
from tests.laws.often import LONG
from tests.laws.traps import TRAPS, make_trap

FORMS, MISLEADING = (10_000, 5_000) if LONG else (100, 120)
FEWEST_READ = 0.95


def bare(name: str | None) -> str:
    """A name without its type, as forms with a column for types write it."""
    return fold(re.sub("^(?:xã|phường|đặc khu) ", "", name or "", flags=re.IGNORECASE))


def written(form: Form, path: Path, *, as_csv: bool, delimiter: str = ",") -> Path:
    if as_csv and len(form.sheets) == 1:
        (rows,) = form.sheets.values()
        path = path.with_suffix(".csv")
        path.write_text(csv_text(rows, delimiter), encoding="utf-8")
    else:
        path = path.with_suffix(".xlsx")
        write_xlsx(path, form.sheets)
    return path


def judged(form: Form, path: Path) -> tuple[str, Problem | None]:
    """Whether the form was read "right", "wrong", or "refused" and why.

    A staff row that is no unit's and of which no staff is known is refused by whatever matches it to units.
    """
    table = read_staff(path) if form.kind == "staff" else read_units(path)
    for problem in table.problems:
        if problem.severity is Severity.ERROR:
            return "refused", problem
    truth: dict[str, object] = {**form.truth}
    if form.kind == "population":
        return ("right" if {unit.code: unit.population for unit in table.units} == truth else "wrong"), None
    if not form.coded:
        truth = {bare(country()[code].name): staff for code, staff in form.truth.items()}
    keys = [row.code or bare(row.name) for row in table.rows]
    if any(times > 1 and key in truth for key, times in Counter(keys).items()):
        return "wrong", None
    found = {key: tuple(row.staff) for key, row in zip(keys, table.rows, strict=True)}
    if found == truth:
        return "right", None
    extra = {key: staff for key, staff in found.items() if key not in truth}
    rest = {key: staff for key, staff in found.items() if key in truth}
    if rest == truth and all(set(staff) == {None} for staff in extra.values()):
        return "refused", None
    return "wrong", None


def test_forms_are_read_right_or_refused_and_nearly_all_are_read(tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    wrong = []
    for seed in range(FORMS):
        form = make_form(Random(seed))
        file = written(form, tmp_path / "form", as_csv=seed % 3 != 0, delimiter=",;\t"[seed // 3 % 3])
        outcome, problem = judged(form, file)
        outcomes[outcome] += 1
        if outcome == "refused":
            refused[f"{problem.code} {problem.message}" if problem else "a section taken for a unit"] += 1
        if outcome == "wrong":
            wrong.append((seed, form.what))
    assert wrong == []
    assert outcomes["right"] >= FEWEST_READ * FORMS, refused.most_common()


def test_a_form_that_misleads_is_read_right_or_asked_about(tmp_path: Path) -> None:
    seen, wrong = set(), []
    for seed in range(MISLEADING):
        trap = make_trap(Random(seed))
        seen.add(trap.name)
        path = tmp_path / "form.csv"
        path.write_text(csv_text(trap.rows), encoding="utf-8")
        table = read_staff(path) if trap.kind == "staff" else read_units(path)
        if any(problem.severity is Severity.ERROR for problem in table.problems):
            is_right = trap.truth is None or trap.may_be_refused
        else:
            is_right = trap.truth is not None and trap.truth == found_in(table)
        if not is_right:
            wrong.append((seed, trap.name))
    assert wrong == []
    assert seen == set(TRAPS)


def found_in(table: UnitTable | StaffTable) -> dict[str | None, object]:
    """What was read of each unit, by its code."""
    if isinstance(table, UnitTable):
        return {unit.code: unit.population for unit in table.units}
    return {row.code: tuple(row.staff) for row in table.rows}
