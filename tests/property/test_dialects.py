"""A random clean table, written in any dialect, is read back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quota import read_units
from tests.forms import ENCODERS, HEADER, csv_text, to_tcvn3, write_xlsx

WORDS = [
    "Hồng",
    "Bàng",
    "Cát",
    "Hải",
    "Đắk",
    "Mỹ",
    "Thượng",
    "Nghĩa",
    "Quý",
    "Ấp",
    "Ươm",
    "Đông",
    "Lộc",
    "Vĩnh",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
UNITS = st.lists(
    st.tuples(
        st.integers(0, 99_999),
        NAMES,
        st.sampled_from(["Xã", "Phường", "Đặc khu"]),
        st.one_of(st.none(), st.integers(0, 999_999)),
        st.integers(1, 99_999).map(lambda hundredths: f"{hundredths / 100:.2f}"),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda unit: unit[0],
)


@pytest.mark.parametrize("encoding", ENCODERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    units=UNITS,
    delimiter=st.sampled_from(",;\t|"),
    thousands=st.sampled_from(["", ".", ",", " ", "\u00a0"]),
    decimal=st.sampled_from(".,"),
)
def test_a_table_in_any_dialect_reads_back(
    tmp_path: Path,
    encoding: str,
    units: list[tuple[int, str, str, int | None, str]],
    delimiter: str,
    thousands: str,
    decimal: str,
) -> None:
    assume(thousands != decimal)
    # a column of nothing but round thousands does not say what its separator is: that is another test
    people = [unit[3] for unit in units if unit[3] is not None]
    assume(
        thousands not in tuple(".,")
        or any(n > 999 and n % 1000 for n in people)
        or max(people, default=0) < 1000
    )
    rows = [
        [
            f"{code:05}",
            f"{kind} {name}",
            kind,
            "" if residents is None else f"{residents:,}".replace(",", thousands),
            area.replace(".", decimal),
        ]
        for code, name, kind, residents, area in units
    ]
    path = tmp_path / "units.csv"
    path.write_bytes(ENCODERS[encoding](csv_text([HEADER, *rows], delimiter)))
    read = read_units(path)
    assert [(unit.code, unit.name, unit.population, str(unit.area_km2)) for unit in read.units] == [
        (f"{code:05}", f"{kind} {name}", residents, area) for code, name, kind, residents, area in units
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=UNITS, titles=st.integers(0, 3), old_font=st.booleans())
def test_a_workbook_reads_back(
    tmp_path: Path, units: list[tuple[int, str, str, int | None, str]], titles: int, old_font: bool
) -> None:
    rows: list[list[object]] = [["BÁO CÁO DÂN SỐ", "", "", "", ""] for _ in range(titles)]
    rows.append(list(HEADER))
    rows += [
        [f"{code:05}", f"{kind} {name}", kind, "" if residents is None else residents, float(area)]
        for code, name, kind, residents, area in units
    ]
    if old_font:
        rows = [[to_tcvn3(c).decode("latin-1") if isinstance(c, str) else c for c in row] for row in rows]
    write_xlsx(tmp_path / "units.xlsx", {"Sheet1": rows})
    read = read_units(tmp_path / "units.xlsx")
    assert [(unit.code, unit.population) for unit in read.units] == [
        (f"{code:05}", residents) for code, _, _, residents, _ in units
    ]
    assert [unit.name for unit in read.units] == [f"{kind} {name}" for _, name, kind, _, _ in units]
