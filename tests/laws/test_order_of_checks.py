"""What `check` and `reconcile` find does not depend on the order of rows, also where rows are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.checks.checking import check, suggestions
from quota.analysis.checks.reconciling import reconcile
from quota.core.units import Unit, UnitTable, UnitType
from quota.tables.shipped.country import country
from quota.tables.shipped.provinces import find_province
from tests.laws.often import often

FEW_FIGURES = st.lists(
    st.builds(
        Unit,
        code=st.integers(1, 40).map("9{:04}".format),
        name=st.sampled_from(["Xã Một", "Xã Hai", "Phường Ba", "Tổng cộng", "Xã Năm"]),
        type=st.sampled_from(UnitType),
        population=st.none() | st.sampled_from([0, 17, 1_813, 5_003, 9_003, 16_531, 19_249, 61_517]),
        area_km2=st.none() | st.sampled_from([Decimal(18), Decimal("40.5")]),
        lon=st.sampled_from([105.0, 105.2]),
        lat=st.sampled_from([20.0, 20.1]),
        province=st.sampled_from([None, "Cao Bằng"]),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda unit: unit.code,
)
"""Tables whose rows are alike in every way."""
FAULTS = st.lists(
    st.tuples(st.integers(0, 129), st.integers(0, 129), st.sampled_from(["copy", "zero", "swap"])), max_size=6
)


def findings(units: Sequence[Unit]) -> Any:
    report = check(UnitTable(tuple(units)), country(), find_province)
    found = Counter(
        (
            finding.problem.code,
            finding.unit.code if finding.unit else "",
            str(finding.problem.message),
            finding.residents,
        )
        for finding in report.findings
    )
    return found, suggestions(report)


@often(25, long=2_000)
@given(units=FEW_FIGURES, random=st.randoms(use_true_random=False))
def test_units_alike_in_any_order_are_found_alike(units: list[Unit], random: Any) -> None:
    as_written = findings(units)
    random.shuffle(units)
    assert findings(units) == as_written


@often(4)
@given(faults=FAULTS, random=st.randoms(use_true_random=False))
def test_a_province_in_any_order_is_found_alike(faults: list[tuple[int, int, str]], random: Any) -> None:
    units = [unit for unit in country().values() if unit.province == "Nghệ An"]
    for place, second, fault in faults:
        unit, other = units[place], units[second]
        if fault == "zero":
            units[place] = replace(unit, population=(unit.population or 0) // 10)
        else:
            units[place] = replace(unit, population=other.population, area_km2=other.area_km2)
        if fault == "swap":
            units[second] = replace(other, population=unit.population, area_km2=unit.area_km2)
    as_written = findings(units)
    random.shuffle(units)
    assert findings(units) == as_written


@often(10)
@given(
    people=st.lists(
        st.sampled_from([1_813, 5_003, 9_003, 16_531, 19_249, 18, 61_517]), min_size=2, max_size=9
    ),
    lost=st.integers(1, 8),
    off=st.sampled_from([0, 0, 0, 40, 9_000]),
    random=st.randoms(use_true_random=False),
)
def test_a_table_in_any_order_is_reconciled_alike(
    people: list[int], lost: int, off: int, random: Any
) -> None:
    pytest.importorskip("ortools")
    units = [
        Unit(f"9{place:04}", f"Xã {place}", UnitType.COMMUNE, residents, area_km2=Decimal(20))
        for place, residents in enumerate(people)
    ]
    total = sum(people) + 9 * people[lost % len(people)] + off
    as_written = reconcile("", units, total, lambda: 60.0)
    random.shuffle(units)
    again = reconcile("", units, total, lambda: 60.0)
    assert replace(again, units=as_written.units) == as_written
