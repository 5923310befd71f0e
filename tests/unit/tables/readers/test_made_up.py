"""A copy of made-up figures is known by its content, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from quota.tables.shipped.embedded import embedded_tables, is_made_up


def test_copies_of_the_embedded_tables(tmp_path: Path) -> None:
    for table in embedded_tables():
        copy = tmp_path / "copy.csv"
        copy.write_bytes(table.path.read_bytes())
        assert is_made_up(copy) is table.illustrative
        copy.write_bytes(table.path.read_bytes()[:-2] + b"9\n")  # of the same size, and no copy
        assert not is_made_up(copy)


def test_what_cannot_be_read_is_no_copy(tmp_path: Path) -> None:
    assert not is_made_up(tmp_path)
    assert not is_made_up(tmp_path / "nowhere.csv")
