"""A table whose rows are all units is read column by column to what a look at each row gives."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quota.core.units import UnitTable
from quota.tables.columns import cells, codes
from quota.tables.readers.units.population import read_units
from quota.tables.readers.units.rows import ReadColumns

_CODES = st.sampled_from(["00001", "00002", "00003", "00004", "00005", "", "4", "123456", "1.0", " 7"])
_NAMES = st.sampled_from(["Xã A", "Phường Tây Hồ", "P. 5", "UBND xã B", "1. Xã C", "", "A", "Xã\u00a0D"])
_TYPES = st.sampled_from(["xã", "ward", "đặc khu", "", "huyện"])
_COUNTS = st.sampled_from(["18000", "0", "", "-", "1.234", "12,5", "007", "1" * 16, "30", "x", " 25 ", "٣"])
_TERRAIN = st.sampled_from(["", "có", "no", "maybe"])
_ROWS = st.tuples(_CODES, _NAMES, _TYPES, _COUNTS, _COUNTS, _TERRAIN)
_SOUND = st.tuples(
    st.just(""),
    st.sampled_from(["Xã A", "Phường Tây Hồ"]),
    st.sampled_from(["xã", "ward"]),
    *(st.sampled_from(["18000", "0", ""]), st.sampled_from(["30", ""])),
    _TERRAIN,
)


def _read(folder: Path, rows: list[tuple[str, ...]]) -> UnitTable:
    table = folder / "units.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    heading = "code,name,type,population,government,mountain"
    table.write_text("\n".join([heading, *lines]), encoding="utf-8")
    return read_units(table)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_ROWS, min_size=1, max_size=5)
    | st.lists(_SOUND, min_size=1, max_size=5).map(
        lambda rows: [(f"{place:05}", *row[1:]) for place, row in enumerate(rows, start=1)]
    )
)
def test_columns_give_what_each_row_gives(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    found = _read(tmp_path, rows)
    with mock.patch.object(ReadColumns, "are_units", return_value=False):
        row_by_row = _read(tmp_path, rows)
    assert found == row_by_row
    assert [unit.origin for unit in found.units] == [unit.origin for unit in row_by_row.units]


def test_tables_read_as_one_share_their_codes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("code,name,type,population\n1,Xã A,xã,1000\n", encoding="utf-8")
    found = read_units(tmp_path / "a.csv", tmp_path / "b.csv")
    assert len(found.units) == 1
    assert [problem.code for problem in found.problems if problem.code == "duplicate-code"]


@given(st.sets(st.text("0123456789 .,-٣²", max_size=3) | st.integers(0, 10**16).map(str), max_size=5))
def test_plain_counts_are_those_of_the_pattern(texts: set[str]) -> None:
    assert set(cells._plain_counts(texts)) == set(filter(cells._DIGITS.fullmatch, texts))


@given(st.lists(st.text("0123456789", max_size=8), max_size=4))
def test_numbers_longer_than_official_codes_have_lost_no_zeros(numbers: list[str]) -> None:
    written = ["1234567", *numbers]
    assert codes.mended(written) == written
    assert not any(map(codes.of_day, written))
    assert not any(map(codes._SHORTENED.fullmatch, written))
