"""What operations save in posts, and what of it is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from quota.analysis.audit.auditing import audit
from quota.core.blocs import Bloc
from quota.core.results import UnitAudit
from quota.core.units import Unit, UnitTable, UnitType
from quota.core.what_if.scenario_results import After, ChangedUnits, Saved
from quota.norms.loading import load_frame
from tests.blocs import three


def audited(population: int | None) -> UnitAudit:
    units = UnitTable((Unit("1A", "Xã", UnitType.COMMUNE, population),))
    return audit(units, load_frame("central-2025"), as_of=date(2026, 11, 22)).units[0]


def change(before: list[int | None], after: list[int | None]) -> ChangedUnits:
    became = tuple(After(audited(unit), None, three((), (), ())) for unit in after)  # type: ignore[arg-type]  # where from is not asked
    return ChangedUnits(tuple(audited(unit) for unit in before), became, (1,))


@pytest.mark.parametrize(("before", "after"), [([16_000, None], [16_000]), ([16_000], [16_000, None])])
def test_unknown_residents_on_either_side_leave_what_is_saved_unknown(
    before: list[int | None], after: list[int | None]
) -> None:
    assert change(before, after).saved[Bloc.GOVERNMENT] is None
    assert change(before, after).total_saved is None


def test_a_unit_fewer_saves_its_posts() -> None:
    quota = audited(16_000).quota
    assert quota is not None
    posts = quota.blocs[Bloc.GOVERNMENT]
    assert change([16_000, 16_000], [16_000]).saved[Bloc.GOVERNMENT] == Saved(posts.low, posts.high)
    assert change([16_000], [16_000, 16_000]).saved[Bloc.GOVERNMENT] == Saved(-posts.low, -posts.high)
