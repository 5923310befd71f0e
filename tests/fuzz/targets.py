"""What must hold of any bytes at all, target by target.

A reader gives values and problems and raises nothing else; each problem names its place; what is read does
not depend on the mark at the start of the file, its line endings, its encoding, or the order of its rows.
"""

from __future__ import annotations

import io
import math
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.core.problems import InputError, Problem, Severity
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.evaluation import margins_of, steps_of
from quota.norms.loading import load_frame, read_rules
from quota.norms.scenarios import load_scenario
from quota.norms.schema import Frame
from quota.planning.mergers.simulating import simulate
from quota.render.kit.problems import problem_lines
from quota.tables.columns.own_words import read_wordings, read_words
from quota.tables.files.raw import read_table
from quota.tables.readers.audits import read_audit
from quota.tables.readers.borders import read_borders
from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.positions import read_positions, read_substitutes
from quota.tables.readers.secondments import read_secondments
from quota.tables.readers.shapes.boundaries import read_boundaries
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.staff import read_staff
from tests.grants import quota_of, unit_of
from tests.laws.dumping import as_yaml

ROOT = Path(__file__).parents[2]
FOLDER = Path(tempfile.mkdtemp(prefix="quota-fuzz-"))
UNITS = read_units(ROOT / "tests" / "scenarios" / "units.csv")
KNOWN = replace(
    UNITS,
    units=tuple(
        replace(unit, population=unit.population or 0, staff=unit.staff.map(lambda people: people or 0))
        for unit in UNITS.units
    ),
)
"""The same with nothing unknown, so that every sum can be asked for."""
CENTRAL = load_frame("central-2025")
DAY = date(2026, 11, 22)

OF_A_FILE = frozenset(
    ("empty", "binary", "unknown-encoding", "not-in-encoding", "too-large", "encoding", "decomposed")
) | {"legacy-font", "delimiter", "locked", "other-form", "several-sheets", "sheet"}
"""What can be wrong with, or said of, a whole file."""
OF_A_ROW = frozenset(("ragged-row", "left-out", "form", "not-csv", "hidden-characters", "two-tables"))
"""What can be wrong with a whole row."""


def target(name: str) -> Callable[[bytes], None]:
    """The function to give bytes to; it raises where something does not hold."""
    found: Callable[[bytes], None] = globals()[f"fuzz_{name}"]
    return found


def given(content: bytes) -> str:
    """The name of an input of these bytes: standard input."""
    sys.stdin = SimpleNamespace(buffer=io.BytesIO(content))  # type: ignore[assignment]  # all that is read of it
    return "-"


def written(content: bytes, name: str) -> Path:
    """A file of these bytes."""
    path = FOLDER / name
    path.write_bytes(content)
    return path


def text_of(content: bytes) -> str | None:
    """Plain text without quotes or other line endings, for which the laws of form are promised; else None."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if set(text) & set('"\r\0\ufeff') or text[:4].lower() == "sep=" else text


def placed(problems: Iterable[Problem], content: bytes, file: str = "-") -> None:
    """Each problem can be said, and names file, row, column and value as far as it is about them."""
    found = list(problems)
    problem_lines(found, verbose=True)
    rows = content.count(b"\n") + content.count(b"\r") + 2
    header = read_table(Path("-"), given(content)).header
    for problem in found:
        assert problem.file == file, problem
        assert problem.row is None or 1 <= problem.row <= rows, problem
        if problem.code in OF_A_FILE:
            continue
        assert problem.row is not None, problem
        if problem.code not in OF_A_ROW:
            assert problem.column is not None, problem
        if problem.code not in (*OF_A_ROW, "missing-column", "ambiguous-column", "number-convention"):
            assert problem.value is not None or problem.column not in header, problem


def explained(refused: InputError, *, file: bool = False) -> None:
    """A refusal says why, in words, and of which file where that is certain."""
    assert refused.problems
    assert not file or all(problem.file for problem in refused.problems)
    problem_lines(refused.problems, verbose=True)


def units_as(content: bytes) -> tuple[tuple[Unit, ...], Counter[tuple[object, ...]]]:
    """Units, and problems without what reading the encoding adds."""
    table = read_units(given(content))
    said = Counter(
        (problem.code, problem.row, problem.column, problem.value)
        for problem in table.problems
        if problem.code != "encoding"
    )
    return table.units, said


def fuzz_units(content: bytes) -> None:
    """A population table and a staff table: the laws of form, and an audit that holds together."""
    if content[:4] in (b"PK\3\4", b"\xd0\xcf\x11\xe0"):
        return  # a workbook is opened in a process of its own
    table, staff = read_units(given(content)), read_staff(given(content))
    placed(table.problems, content)
    placed(staff.problems, content)
    assert len({unit.code for unit in table.units}) == len(table.units)
    for unit in table.units:
        assert unit.population is None or 0 <= unit.population <= 1_000_000
        assert unit.area_km2 is None or unit.area_km2.is_finite()
    try:
        report = audit(table, CENTRAL, staff if staff.rows else None, as_of=DAY)
    except InputError as refused:
        explained(refused)
    else:
        for audited in report.units:
            for gap in audited.gap:
                assert gap is None or not (gap.shortfall and gap.surplus)
    text = text_of(content)
    if text is None:
        return
    plain = units_as(content)
    for other in (b"\xef\xbb\xbf" + content, text.encode("utf-16"), text.replace("\n", "\r\n").encode()):
        assert units_as(other) == plain, other[:80]
    fuzz_order(text)


def fuzz_order(text: str) -> None:
    """A plain table says the same with its rows the other way round, wherever both are read as plain."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 50:
        return
    both = ["\n".join([*lines[:1], *order]).encode() for order in (lines[1:], lines[:0:-1])]
    for content in both:
        raw = read_table(Path("-"), given(content))
        if raw.header_row != 1 or len(raw.rows) != len(lines) - 1:
            return
    forwards, backwards = (read_units(given(content)) for content in both)
    if any(problem.code == "duplicate-code" for problem in (*forwards.problems, *backwards.problems)):
        return
    assert by_code(forwards) == by_code(backwards)
    assert told(forwards.problems) == told(backwards.problems)


def by_code(table: UnitTable) -> dict[str, Unit]:
    """Units by code, wherever they stood."""
    return {unit.code: replace(unit, origin=None) for unit in table.units}


def told(problems: Iterable[Problem]) -> Counter[tuple[object, ...]]:
    """What was said, wherever it stood; a convention is shown by the first cell it changes."""
    return Counter((problem.code, problem.column, problem.value) for problem in problems)


WORK: tuple[Callable[[Any], Any], ...] = (
    *(read_holders, read_needs, read_secondments, read_borders, read_distances, read_departments),
    *(read_positions, read_substitutes, read_plan, read_done),
)


def fuzz_work(content: bytes) -> None:
    """Every other table, each read as any kind."""
    if content[:4] in (b"PK\3\4", b"\xd0\xcf\x11\xe0"):
        return
    text = text_of(content)
    for read in WORK:
        table = read(given(content))
        placed(table.problems, content)
        if text is not None:
            crlf = read(given(text.replace("\n", "\r\n").encode()))
            marked = read(given(b"\xef\xbb\xbf" + content))
            assert told(crlf.problems) == told(marked.problems) == told(table.problems)
    for read_own in (read_wordings, read_words):
        try:
            read_own(written(content, "columns.csv"))
        except InputError as refused:
            explained(refused, file=True)


def fuzz_frames(content: bytes) -> None:
    """A rule file loads whole or is refused with lines; a frame grants what its steps say, and never less."""
    path = written(content, "ours.yaml")
    loaded = read_rules(path)
    assert (loaded.rules is None) == bool(loaded.problems)
    problem_lines(loaded.problems, verbose=True)
    for problem in loaded.problems:
        assert problem.severity is Severity.ERROR
        assert problem.file, problem
        assert problem.row is not None or problem.code in ("unreadable", "not-yaml"), problem
        own = problem.file == str(path)
        assert problem.row is None or 1 <= problem.row <= (
            len(content.splitlines()) + 2 if own else 10_000
        ), problem
    frame = loaded.rules
    if not isinstance(frame, Frame):
        return
    again = FOLDER / "again"
    again.mkdir(exist_ok=True)
    (again / "ours.yaml").write_text(as_yaml(frame), encoding="utf-8")
    assert said_by(load_frame(again / "ours.yaml")) == said_by(frame)
    for unit_type in UnitType:
        quotas = [quota_of(frame, unit_type, residents) for residents in RESIDENTS]
        assert all(
            before.low <= after.low and before.high <= after.high
            for earlier, later in pairwise(quotas)
            for before, after in zip(earlier.blocs, later.blocs, strict=True)
        )
        for residents, quota in zip(RESIDENTS, quotas, strict=True):
            steps = steps_of(frame, unit_of(unit_type, residents))
            assert [step[-1].result for step in steps] == list(quota.blocs)
            margins_of(frame, unit_of(unit_type, residents))


def said_by(frame: Frame) -> dict[str, object]:
    """Everything a frame says but whence it has it."""
    return frame.model_dump(by_alias=True, exclude_none=True, exclude={"extends"})


RESIDENTS = (0, 1, 99, 15_999, 16_000, 17_999, 18_000, 113_200, 1_000_000)


def fuzz_scenarios(content: bytes) -> None:
    """A scenario loads and is carried out, or is refused; what is carried out conserves residents."""
    path = written(content, "scenario.yaml")
    try:
        scenario = load_scenario(path)
        done = simulate(scenario, KNOWN, CENTRAL, as_of=DAY)
    except InputError as refused:
        explained(refused)
        return
    problem_lines(done.problems, verbose=True)
    assert done.before.population == done.after.population
    assert done.before.staff == done.after.staff


def fuzz_json(content: bytes) -> None:
    """An audit or boundaries: read or refused; no shape has a point that is nowhere."""
    path = written(content, "given.json")
    try:
        found = read_audit(path)
    except InputError as refused:
        explained(refused, file=True)
    else:
        assert set(found.quotas) == {unit.code for unit in found.table.units}
        for unit in found.table.units:
            str(unit.population)
    boundaries = read_boundaries(path, UNITS.units)
    problem_lines(boundaries.problems, verbose=True)
    for shape in boundaries.shapes.values():
        for polygon in shape["coordinates"]:
            for ring in polygon:
                assert all(math.isfinite(number) for point in ring for number in point)


def forget() -> None:
    """Remove the folder that inputs were written to."""
    shutil.rmtree(FOLDER, ignore_errors=True)
