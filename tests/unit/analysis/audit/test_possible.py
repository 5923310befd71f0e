"""An audit with what is unknown of a unit: the posts that are possible, and the gaps beside them."""

from __future__ import annotations

from quota.analysis.audit.auditing import audit_unit
from quota.analysis.audit.possible import taking_it_as_so, unsettled_under, with_the_unknown
from quota.core.posts import Gap, Posts
from quota.core.results import Status
from quota.core.units import Terrain, Unit, UnitType
from quota.norms.granting import Assumption
from quota.norms.loading import load_frame
from tests.blocs import three

FRAME = load_frame("cv-09-2025")
OPEN = Unit("1", "Xã A", UnitType.COMMUNE, 30_000, staff=three(43, 18, 9))
KNOWN = Unit("2", "Xã B", UnitType.COMMUNE, 30_000, terrain=Terrain(mountain=True))
NOBODY = Unit("3", "Xã C", UnitType.COMMUNE, None)
SMALL = Unit("4", "Xã D", UnitType.COMMUNE, 9_000)


def test_posts_gaps_and_status_are_those_with_it() -> None:
    audited = audit_unit(OPEN, FRAME)
    then = with_the_unknown(audited)
    assert audited.quota is not None
    assert then.quota is not None
    assert (audited.quota.blocs["government"], audited.status) == (Posts(39, 39), Status.SURPLUS)
    assert (then.quota.blocs["government"], then.status) == (Posts(46, 46), Status.SHORT)
    assert then.gap["government"] == Gap(3, 0)
    assert then.quota.possible is None
    assert then.quota.unsettled == ()


def test_where_nothing_hangs_on_it_nothing_is_changed() -> None:
    for unit in (KNOWN, NOBODY, SMALL):
        audited = audit_unit(unit, FRAME)
        assert with_the_unknown(audited) is audited


def test_what_hangs_on_it_is_asked_of_the_frame_over_units() -> None:
    found = unsettled_under(FRAME, [OPEN, KNOWN, NOBODY, SMALL])
    assert found is not None
    assert (found.columns, found.units) == (("mountain",), 2)
    assert (found.given["government"], found.blocs["government"]) == (Posts(117, 117), Posts(124, 124))
    assert (found.within, found.short) == (4, 3)
    assert unsettled_under(FRAME, [KNOWN]) is None
    assert unsettled_under(load_frame("central-2025"), [OPEN]) is None


def test_a_frame_takes_it_as_so() -> None:
    as_so = taking_it_as_so(FRAME, unsettled_under(FRAME, [OPEN]))
    assert as_so is not None
    assert dict(as_so.assumed) == {"mountain": Assumption.YES}
    assert taking_it_as_so(FRAME, None) is None
