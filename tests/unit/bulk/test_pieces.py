"""How much of a file is held at once: so many characters, whatever the length of its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from quota.bulk import files
from quota.bulk.writing import ROW_GROUP


@pytest.mark.parametrize(("width", "rows"), [(50, 400_000), (2_000, 10_000)])
def test_long_lines_are_audited_fewer_at_once(tmp_path: Path, width: int, rows: int) -> None:
    source = tmp_path / "units.csv"
    source.write_text(f"{'x' * (width - 1)}\n" * 100)
    assert files.rows_at_once(source) == rows


def test_without_lines_to_go_by_it_is_a_group_of_rows(tmp_path: Path) -> None:
    source = tmp_path / "units.csv"
    source.write_text("no line ends here")
    assert files.rows_at_once(source) == ROW_GROUP
    assert files.rows_at_once(tmp_path / "units.parquet") == ROW_GROUP


@pytest.mark.parametrize(
    ("text", "rows", "may_have"),
    [
        ('a\n"1"\n', 1, False),
        ('a\n"1"', 1, False),
        ('a\n"1\n2"\n', 1, True),
        ('a\n"1\n2"', 1, True),
        ("a\n1\n2\n", 1, False),
    ],
)
def test_rows_are_looked_for_in_quotes_where_there_are_quotes_and_lines_left_over(
    tmp_path: Path, text: str, rows: int, may_have: bool
) -> None:
    source = tmp_path / "units.csv"
    source.write_text(text)
    assert files.lines_in_quotes(source, rows) is may_have
