"""Units that are audited together, column by column, are audited as each is alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.audit.auditing import audit, audits_of
from quota.analysis.audit.unsettled import unsettled
from quota.core.blocs import BLOCS, UNKNOWN_STAFF, ByBloc
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.applying import load_norms
from quota.norms.granting import Assumption
from quota.norms.kinds import DEFAULT_FRAME
from tests.laws.test_language import terrain_of

DAY = date(2025, 7, 1)
NORMS = load_norms(DEFAULT_FRAME, DAY)
GRANTERS = {
    None: NORMS.granters(),
    **{assumed: NORMS.assuming({"mountain": assumed}).granters() for assumed in Assumption},
}
_COUNTS = st.none() | st.integers(0, 80)
_STAFF = st.tuples(_COUNTS, _COUNTS, _COUNTS).map(lambda counts: ByBloc(BLOCS, counts))
_KNOWN = st.sampled_from([None, True, False])
UNITS = st.builds(
    lambda kind, people, staff, assigned, terrain: Unit(
        "1", "Xã A", kind, people, staff=staff, assigned=assigned, terrain=terrain
    ),
    st.sampled_from(UnitType),
    st.none() | st.integers(0, 120_000),
    _STAFF | st.just(UNKNOWN_STAFF),
    st.just(UNKNOWN_STAFF) | _STAFF,
    st.builds(terrain_of, mountain=_KNOWN, highland=_KNOWN),
)


@pytest.mark.parametrize("assumed", [None, *Assumption])
@given(units=st.lists(UNITS, max_size=8))
def test_a_table_is_audited_as_its_units_are(units: list[Unit], assumed: Assumption | None) -> None:
    granters = GRANTERS[assumed]
    together = audits_of(units, granters)
    alone = [audited for unit in units for audited in audits_of([unit], granters)]
    assert list(together) == alone
    for unit, audited in zip(units, together, strict=True):
        granter = granters[unit.type]
        assert granter.quota(unit) == audited.quota
        assert (audited.quota is None) is (unit.population is None)
        if audited.quota is not None and None not in granter.values(unit):
            counts = granter.count(*granter.values(unit))
            ends = [(posts.low, posts.high) for posts in audited.quota.blocs]
            assert list(zip(counts[::2], counts[1::2], strict=True)) == ends


@given(st.lists(UNITS, max_size=8))
def test_what_hangs_on_the_unknown_is_the_sum_over_units(units: list[Unit]) -> None:
    report = audit(UnitTable(tuple(units)), NORMS, as_of=DAY)
    alone = [found for audited in report.units if (found := unsettled([audited])) is not None]
    found = report.totals.unsettled
    if found is None:
        assert not alone
        return
    assert (found.within, found.short, found.units) == tuple(
        map(sum, zip(*[(each.within, each.short, each.units) for each in alone], strict=True))
    )
    for audited in report.units:
        possible = audited.quota.possible if audited.quota is not None else None
        if possible is not None and audited.quota is not None:
            assert possible != audited.quota.blocs
