"""A note that says thousands of people is not left out in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota.bulk import notes
from quota.bulk.streaming import stream
from quota.core.problems import InputError

from .trials import CENTRAL

HEAD = "code,name,type,population\n"
ROWS = "00004,Phường Ba Đình,ward,50\n00008,Phường Ngọc Hà,ward,44\n"
DAY = date(2026, 1, 1)


def audited(source: Path, engine: str = "polars") -> int:
    target = source.with_name("out.csv")
    return stream(source, target, CENTRAL, as_of=DAY, engine=engine, form=".csv").rows


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "note",
    ["ĐVT: nghìn người,,,", "Đơn vị tính: 1.000 người,,,", ",Unit: thousand people,,", "ĐVT: triệu người,,,"],
)
@pytest.mark.parametrize("below", [True, False], ids=["below", "under the heading"])
def test_other_counts_are_refused_by_the_note(tmp_path: Path, note: str, engine: str, *, below: bool) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEAD + (ROWS + note + "\n" if below else note + "\n" + ROWS), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        audited(source, engine)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file, problem.value) == ("unit-of-measure", str(source), note.strip(","))


@pytest.mark.parametrize(
    "row",
    ["ĐVT: người,,,", "Đơn vị tính: ha,,,", "Người lập biểu,,,", "00012,Xã Đơn vị 1.000 người,commune,900"],
)
def test_other_rows_are_left_to_the_audit(tmp_path: Path, row: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEAD + ROWS + row + "\n", encoding="utf-8")
    assert audited(source) == 3


@pytest.mark.parametrize("many", [0, 1, 2, 3, 50])
def test_both_ends_of_a_file_of_any_length_are_seen(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "_SEEN", len(HEAD + ROWS))
    source = tmp_path / "in.csv"
    source.write_text(HEAD + ROWS * many + "ĐVT: nghìn người,,,\n", encoding="utf-8")
    with pytest.raises(InputError):
        notes.refuse_other_counts(source)


def test_what_is_no_csv_is_left_to_the_engine(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEAD + "x" * 200_000 + "\n", encoding="utf-8")
    notes.refuse_other_counts(source)
