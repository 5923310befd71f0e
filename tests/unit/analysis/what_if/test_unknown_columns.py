"""A number that the frame counts and the table does not give: no figure is made of it, anywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from quota.analysis.audit.auditing import audit_unit
from quota.analysis.audit.unsettled import unsettled
from quota.analysis.what_if.borderline import borderline
from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.analysis.what_if.shifts import Shift
from quota.core.units import Terrain, Unit, UnitTable, UnitType
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from tests.blocs import three
from tests.unit.analysis.what_if.decomposed import decompose

CENTRAL = load_frame("central-2025")
UNIT = Unit("1", "A", UnitType.COMMUNE, 20_000, staff=three(30, 17, 8))


def counting_area() -> Frame:
    """The central frame, but one post more in government for every 10 km²."""
    told = CENTRAL.model_dump(by_alias=True)
    told["blocs"]["government"]["increment"] = [
        {
            "posts": 1,
            "counts": "area_km2",
            "per": 10,
            "above": 0,
            "rounding": "down",
            "source": "hai-phong-2025-09",
        },
        told["blocs"]["government"]["increment"],
    ]
    told["examples"] = ()
    return Frame.model_validate(told)


def test_a_unit_without_an_area_has_no_line_and_one_with_it_has() -> None:
    known = replace(UNIT, code="2", area_km2=Decimal("12.5"))
    found = borderline(UnitTable((UNIT, known), ()), counting_area(), as_of=date(2026, 1, 1))
    assert {line.unit.code for line in found.lines} == {"2"}
    assert found.units == 2


def test_a_frame_that_counts_an_unknown_number_has_no_effect_that_is_known() -> None:
    effects = decompose(UNIT, UNIT, CENTRAL, counting_area())
    known = [[bool(effect.posts is not None) for effect in by_bloc] for by_bloc in effects.values()]
    assert [all(row) for row in known] == [True, True, False, False, False]
    assert all(effect == Effect() for effect in [*effects.values()][2])


def test_people_who_came_where_the_frame_counts_an_unknown_number_explain_nothing() -> None:
    more = replace(UNIT, staff=three(31, 17, 8))
    later = decompose(UNIT, more, CENTRAL, counting_area())
    assert {*later[Cause.FRAME], *later[Cause.STAFF]} == {Effect()}
    before = decompose(UNIT, more, counting_area(), CENTRAL)
    assert {*before[Cause.POPULATION], *before[Cause.FRAME]} == {Effect()}
    assert before[Cause.STAFF] == three(
        Effect(Shift(), GapShift(-1, 0)), *[Effect(Shift(), GapShift())] * 2
    )  # 34 posts in government


def test_people_that_are_not_known_move_nowhere_when_terrain_is_unknown() -> None:
    frame = load_frame("cv-09-2025")
    unit = replace(UNIT, population=40_000, staff=three(None, 17, 8), terrain=Terrain())
    audited = audit_unit(unit, frame)
    assert audited.quota is not None
    assert audited.quota.possible is not None
    found = unsettled([audited])
    assert found is not None
    assert (found.units, found.columns) == (1, ("mountain",))
    assert all(number == 0 for number in (found.within, found.short))
