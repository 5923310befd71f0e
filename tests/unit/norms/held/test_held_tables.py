"""What a frame asks of a table that it cannot answer is said at the frame's line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota.analysis.audit.auditing import audit
from quota.core.problems import InputError, Problem, Severity
from quota.core.units import InputFile, Unit, UnitTable, UnitType
from quota.norms.held.tables import not_in_table
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests.grants import HEAD

OPENING = (
    HEAD
    + """\
blocs:
  government:
    base: 32
    source: law
"""
)


def ours(folder: Path, *said: str) -> Frame:
    (folder / "ours.yaml").write_text(OPENING + "".join(f"    {line}\n" for line in said), encoding="utf-8")
    return load_frame(folder / "ours.yaml")


def table(*units: Unit) -> UnitTable:
    return UnitTable(units, (), (InputFile("tinh.csv", None, "0" * 64),))


def unit(code: str = "18313", **more: str) -> Unit:
    return Unit(code, "A", UnitType.COMMUNE, 20_000, more=more)


def said(problem: Problem) -> tuple[object, ...]:
    name = Path(problem.file).name if problem.file else None
    return problem.code, problem.severity, name, problem.row, problem.column, problem.value


ASKED = (
    "supplement: {posts: 1, when: {any: [{columns: {Hải_đảo_xa: có}}, {not: {unit: ['18313', '99999']}}]}}"
)
COUNTED = "increment: {posts: 1, counts: Số_thôn, per: 5, above: 0, rounding: down}"


def test_a_column_of_a_condition_that_the_table_lacks_is_a_warning_at_the_frames_line(tmp_path: Path) -> None:
    norms = ours(tmp_path, ASKED.replace(", '99999'", "")).norms()
    (found,) = not_in_table(norms, table(unit(Hai_đảo_xa="có")))
    where = "blocs.government.supplement.when.any[0].columns.Hải_đảo_xa"
    assert said(found) == ("column-not-in-table", Severity.WARNING, "ours.yaml", 12, where, "Hải_đảo_xa")
    assert str(found.message) == "the frame asks for this column, and there is none called so in tinh.csv"
    assert str(found.fix) == "did you mean Hai_đảo_xa?"
    assert not_in_table(norms, table(unit(), unit("2", Hải_đảo_xa=""))) == ()


def test_a_unit_that_is_named_and_not_there_is_a_warning_at_the_frames_line(tmp_path: Path) -> None:
    norms = ours(tmp_path, ASKED).norms()
    (found,) = not_in_table(norms, table(unit(Hải_đảo_xa="có"), unit("11383", Hải_đảo_xa="")))
    where = "blocs.government.supplement.when.any[1].not.unit[1]"
    assert said(found) == ("unit-not-in-table", Severity.WARNING, "ours.yaml", 12, where, "99999")
    assert str(found.message) == "the frame names this unit, and no unit of tinh.csv has its code"
    assert str(found.fix) == "correct the code, or give the table that the unit is in"
    (near,) = not_in_table(norms, table(unit(Hải_đảo_xa="có"), unit("99998", Hải_đảo_xa="")))
    assert str(near.fix) == "did you mean 99998?"


def test_a_column_that_is_counted_is_an_error_and_no_audit_is_made(tmp_path: Path) -> None:
    frame = ours(tmp_path, COUNTED)
    with pytest.raises(InputError) as refused:
        audit(table(unit()), frame, as_of=date(2026, 1, 1))
    (found,) = refused.value.problems
    where = "blocs.government.increment.counts"
    assert said(found) == ("column-not-in-table", Severity.ERROR, "ours.yaml", 12, where, "Số_thôn")
    assert str(found.fix) == "add the column to the table, or name it in the frame as the table does"
    (counted,) = audit(table(unit(Số_thôn="11")), frame, as_of=date(2026, 1, 1)).units
    assert counted.quota is not None
    assert counted.quota.total.low == 34


def test_the_audit_says_it_among_its_problems_and_counts_without(tmp_path: Path) -> None:
    report = audit(table(unit()), ours(tmp_path, ASKED), as_of=date(2026, 1, 1))
    assert [found.code for found in report.problems] == ["column-not-in-table", "unit-not-in-table"]
    assert report.totals.unsettled is not None


def test_a_table_of_no_units_lacks_nothing(tmp_path: Path) -> None:
    assert not_in_table(ours(tmp_path, ASKED).norms(), table()) == ()


def test_bands_of_a_column_are_found_at_their_line_too(tmp_path: Path) -> None:
    text = OPENING.replace("    base: 32\n", "    bands: {of: Số_thôn, rows: [[0, 5, 7], [5, null, 9]]}\n")
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    (found,) = not_in_table(load_frame(tmp_path / "ours.yaml").norms(), table(unit()))
    where = "blocs.government.bands.of"
    assert said(found) == ("column-not-in-table", Severity.ERROR, "ours.yaml", 10, where, "Số_thôn")


def test_a_frame_made_in_memory_and_a_table_without_a_file_are_named_by_what_is_known(tmp_path: Path) -> None:
    frame = ours(tmp_path, ASKED)
    again = Frame.model_validate(frame.model_dump(by_alias=True))
    found = not_in_table(again.norms(), UnitTable((unit("7"),)))
    assert [said(problem)[2:] for problem in found] == [
        (None, None, None, "Hải_đảo_xa"),
        (None, None, None, "18313"),
        (None, None, None, "99999"),
    ]
    assert "none called so in the table" in str(found[0].message)


def test_the_shipped_frames_ask_for_no_column_of_ones_own() -> None:
    assert not_in_table(load_frame().norms(), table(unit(""))) == ()
