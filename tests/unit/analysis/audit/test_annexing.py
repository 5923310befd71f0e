"""An annex filled in: sums and differences equal a recount of its own; what is unknown is in no sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.audit.annexes import (
    Annex,
    AnnexColumn,
    AnnexLine,
    AnnexSection,
    Apart,
    Department,
    Figure,
    Holder,
    Kind,
    Shows,
)
from quota.analysis.audit.annexing import AnnexFilling, annex_table, difference
from quota.analysis.audit.auditing import audit
from quota.core.blocs import BLOCS, ByBloc, Staff
from quota.core.text import LocalText
from quota.core.units import Reserve, Unit, UnitTable, UnitType
from quota.norms.applying import load_norms

NORMS = load_norms("central-2025")
DAY = dt.date(2026, 8, 31)
WORD = LocalText("x", "x")


def column(
    key: str,
    shows: Shows,
    less: tuple[str, str] | None = None,
    bloc: str | None = None,
    *,
    apart: bool = False,
) -> AnnexColumn:
    return AnnexColumn(key, WORD, shows, 10, bloc=bloc, less=less, apart=apart)


ANNEX = Annex(
    "test",
    WORD,
    (WORD,),
    (
        column("name", Shows.NAME),
        column("norm", Shows.NORM),
        column("before", Shows.PROVISIONAL),
        column("assigned", Shows.ASSIGNED),
        column("present", Shows.PRESENT),
        column("net", Shows.LESS, ("assigned", "present")),
        column("apart", Shows.LESS, ("present", "assigned"), apart=True),
        column("off", Shows.LESS, ("present", "norm"), apart=True),
    ),
    tuple(AnnexSection("I", WORD, holds) for holds in Holder),
    WORD,
)
NORM_LOW, NORM_HIGH, BEFORE, ASSIGNED, PRESENT, NET, APART, OFF = range(1, 9)
Counts = tuple[int | None, int | None, int | None]
counts = st.one_of(st.none(), st.integers(0, 90))
three = st.tuples(counts, counts, counts)


def unit(place: int, said: Counts, population: int | None) -> Unit:
    def staff(count: int | None) -> Staff:
        return ByBloc(BLOCS, (count, 0, 0))

    return Unit(
        f"{place:05}",
        f"Xã {place}",
        UnitType.COMMUNE,
        population,
        staff=staff(said[0]),
        assigned=staff(said[1]),
    )


def filled(
    annex: Annex, units: Sequence[tuple[Counts, int | None]], departments: Sequence[Counts], kept: int | None
) -> tuple[AnnexLine, ...]:
    made = [unit(place, said, population) for place, (said, population) in enumerate(units)]
    report = audit(UnitTable(tuple(made)), NORMS, as_of=DAY)
    filling = AnnexFilling(
        report.units,
        {
            made_unit.code: ByBloc(BLOCS, (said[2], 0, 0))
            for made_unit, (said, _) in zip(made, units, strict=True)
        },
        [Department(f"Sở {place}", said[2], said[0], said[1]) for place, said in enumerate(departments)],
        Reserve(None, ByBloc(BLOCS, (kept, 0, 0))) if kept is not None else None,
        Reserve(None, ByBloc(BLOCS, (0, 0, 0))),
    )
    return annex_table(annex, filling, BLOCS).lines


def added(figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None


def less(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first - second


def apart(gaps: Sequence[int | None]) -> Figure:
    if not gaps or None in gaps:
        return None
    known = [gap for gap in gaps if gap is not None]
    return Apart(sum(-gap for gap in known if gap < 0), sum(gap for gap in known if gap > 0))


@given(
    st.lists(st.tuples(three, st.one_of(st.none(), st.integers(0, 60_000))), max_size=5),
    st.lists(three, max_size=4),
    counts,
)
def test_every_sum_equals_a_recount(
    units: list[tuple[Counts, int | None]], departments: list[Counts], kept: int | None
) -> None:
    units = [*units, ((30, 33, 31), 18_000)]  # one norm with two ends, or it has one column
    lines = filled(ANNEX, units, departments, kept)
    total = lines[-1].figures
    by_units = next(
        line.figures for line in lines if line.kind is Kind.SECTION and line.holds is Holder.UNITS
    )
    rows = [*departments, *(said for said, _ in units)]
    assigned, present = added([*(said[1] for said in rows), kept]), added([said[0] for said in rows])
    before = added([*(said[2] for said in rows), 0])
    assert (total[ASSIGNED], total[PRESENT], total[BEFORE]) == (assigned, present, before)
    assert total[NET] == less(assigned, present)
    assert total[APART] == apart([less(said[0], said[1]) for said in rows])
    assert by_units[ASSIGNED] == added([said[1] for said, _ in units])
    made = UnitTable(tuple(unit(place, said, people) for place, (said, people) in enumerate(units)))
    norms = [audited.quota for audited in audit(made, NORMS, as_of=DAY).units]
    lows = added([norm.total.low if norm else None for norm in norms])
    assert (total[NORM_LOW], total[NORM_HIGH]) == (
        lows,
        added([norm.total.high if norm else None for norm in norms]),
    )
    gaps = [
        None
        if said[0] is None or norm is None
        else -norm.total.gap(said[0]).shortfall + norm.total.gap(said[0]).surplus
        for (said, _), norm in zip(units, norms, strict=True)
    ]
    assert total[OFF] == apart(gaps)


def test_a_difference_is_none_inside_a_norm() -> None:
    assert [difference([people, 17, 20]) for people in (16, 17, 20, 21)] == [-1, 0, 0, 1]
    assert [difference([2, None]), difference([None, 2]), difference([2, 1, None])] == [None] * 3


def test_departments_have_no_norm_and_a_frame_may_lack_the_bloc() -> None:
    lines = filled(ANNEX, [((1, 2, 3), 18_000)], [(4, 5, 6)], 7)
    (department,) = [line for line in lines if line.holds is Holder.DEPARTMENTS and line.kind is Kind.ROW]
    assert department.figures[1:] == (None, None, 6, 5, 4, 1, -1, None)
    strange = Annex(
        "test",
        WORD,
        (WORD,),
        (*ANNEX.columns[:1], column("norm", Shows.NORM, bloc="army")),
        ANNEX.sections,
        WORD,
    )
    assert filled(strange, [((1, 2, 3), 18_000)], [], None)[-1].figures == (None, None, None)
