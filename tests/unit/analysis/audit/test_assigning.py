"""Assigned posts beside people and norm: both gaps are recounted here, and nothing else changes with them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.analysis.audit.sorting import sort
from quota.core.blocs import BLOCS, UNKNOWN_STAFF, ByBloc, Staff
from quota.core.problems import InputError, Problem
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.units import Decision, Origin, Reserve, StaffRow, StaffTable, Unit, UnitTable, UnitType
from quota.norms.loading import load_frame
from tests.blocs import three
from tests.laws.often import often

FRAME = load_frame("central-2025")
DAY = date(2026, 11, 28)
COUNT = st.none() | st.integers(0, 60)
THREE = st.tuples(COUNT, COUNT, COUNT)
UNITS = st.lists(
    st.tuples(st.none() | st.integers(0, 90_000), THREE, st.none() | THREE), min_size=1, max_size=8
)


def _by_bloc(counts: tuple[int | None, ...]) -> Staff:
    return ByBloc(BLOCS, counts)


def _table(
    drawn: list[tuple[int | None, tuple[int | None, ...], tuple[int | None, ...] | None]],
) -> UnitTable:
    return UnitTable(
        tuple(
            Unit(
                f"{place:05}",
                f"Xã {place}",
                UnitType.COMMUNE,
                residents,
                staff=_by_bloc(staff),
                assigned=_by_bloc(posts) if posts is not None else UNKNOWN_STAFF,
                origin=Origin("units.csv", place + 2),
            )
            for place, (residents, staff, posts) in enumerate(drawn)
        )
    )


def _sides(low: int | None, high: int | None, people: int | None) -> tuple[int, int] | None:
    """What is missing up to `low`, what is above `high`, counted one by one."""
    if low is None or high is None or people is None:
        return None
    return len(range(people, low)), len(range(high, people))


@often(100)
@given(UNITS)
def test_both_gaps_are_what_a_recount_finds(
    drawn: list[tuple[int | None, tuple[int | None, ...], tuple[int | None, ...] | None]],
) -> None:
    report = audit(_table(drawn), FRAME, as_of=DAY)
    vacant: dict[str, list[tuple[int, int]]] = {bloc: [] for bloc in BLOCS}
    for audited, (_, staff, posts) in zip(report.units, drawn, strict=True):
        if posts is None:
            assert audited.assignment is None
            continue
        assert audited.assignment is not None
        for place, bloc in enumerate(BLOCS):
            expected = _sides(posts[place], posts[place], staff[place])
            gap = audited.assignment.vacancy[bloc]
            assert (None if gap is None else (gap.shortfall, gap.surplus)) == expected
            vacant[bloc] += [expected] if expected else []
            norm = audited.quota.blocs[bloc] if audited.quota else None
            off = audited.assignment.off_norm[bloc]
            expected = _sides(norm.low if norm else None, norm.high if norm else None, posts[place])
            assert (None if off is None else (off.shortfall, off.surplus)) == expected
        _holds_its_totals(audited)
    found = report.totals.assignment
    assert (found is None) == all(posts is None for _, _, posts in drawn)
    if found is not None:
        for bloc, pairs in vacant.items():
            gap = found.vacancy[bloc]
            assert (gap is None) == (not pairs)
            if gap is not None:
                assert gap.shortfall == sum(pair[0] for pair in pairs)
                assert gap.surplus == sum(pair[1] for pair in pairs)
        assert sum(found.status.values()) == len(drawn)


def _holds_its_totals(audited: UnitAudit) -> None:
    found = audited.assignment
    assert found is not None
    assert found.total_posts == (None if None in found.posts.values else sum(found.posts.values))
    for gaps, whole in ((found.vacancy, found.total_vacancy), (found.off_norm, found.total_off_norm)):
        known = [gap for gap in gaps if gap is not None]
        if len(known) < len(BLOCS):
            assert whole is None
        else:
            assert whole is not None
            assert whole.shortfall == sum(gap.shortfall for gap in known)
            assert whole.surplus == sum(gap.surplus for gap in known)


@often(100)
@given(UNITS)
def test_nothing_else_changes_with_assigned_posts(
    drawn: list[tuple[int | None, tuple[int | None, ...], tuple[int | None, ...] | None]],
) -> None:
    table = _table(drawn)
    bare = UnitTable(tuple(replace(unit, assigned=UNKNOWN_STAFF) for unit in table.units))

    def without(report: AuditReport) -> AuditReport:
        units = tuple(
            replace(audited, assignment=None, unit=replace(audited.unit, assigned=UNKNOWN_STAFF))
            for audited in report.units
        )
        kept = [problem for problem in report.problems if not problem.code.startswith("assigned-")]
        totals = replace(report.totals, assignment=None)
        return replace(report, units=units, totals=totals, problems=tuple(kept))

    assert without(audit(table, FRAME, as_of=DAY)) == without(audit(bare, FRAME, as_of=DAY))


UNIT = Unit("00001", "Xã A", UnitType.COMMUNE, 18_000, staff=three(33, 17, 9), origin=Origin("u.csv", 2))
OTHER = Unit("00002", "Xã B", UnitType.COMMUNE, 18_000, staff=three(33, 17, 9), origin=None)


def _row(code: str | None, *posts: int | None, row: int = 2, name: str | None = None) -> StaffRow:
    return StaffRow(code, name, UNKNOWN_STAFF, Origin("a.csv", row), three(*posts))


def _report(
    *rows: StaffRow, units: tuple[Unit, ...] = (UNIT, OTHER), **more: tuple[Reserve, ...]
) -> AuditReport:
    return audit(UnitTable(units), FRAME, None, StaffTable(rows, **more), as_of=DAY)


def _refused(*rows: StaffRow) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        _report(*rows)
    return [problem for problem in caught.value.problems if problem.severity.value == "error"]


def test_a_second_row_of_a_unit_is_refused_at_its_cell() -> None:
    (problem,) = _refused(_row("00001", 34, 17, 9), _row("00001", 34, 17, 9, row=3))
    assert (problem.code, problem.file, problem.row, problem.column, problem.value) == (
        *("assigned-twice", "a.csv", 3, "code", "00001"),
    )
    assert "row 2" in str(problem.message)
    first = replace(_row("00001", 34, 17, 9), origin=None)
    (problem,) = _refused(first, _row("00001", 34, 17, 9, row=3))
    assert "row ?" in str(problem.message)


@pytest.mark.parametrize(
    ("first", "second", "cell"),
    [
        ("12/QĐ-UBND", "13/QĐ-UBND", ("decision", "13/QĐ-UBND")),
        ("12/QĐ-UBND", "12/QĐ-UBND", ("code", "00001")),
        ("12/QĐ-UBND", None, ("code", "00001")),
        (None, "13/QĐ-UBND", ("code", "00001")),
    ],
)
def test_two_decisions_for_a_unit_are_a_problem_at_the_second(
    first: str | None, second: str | None, cell: tuple[str, str]
) -> None:
    rows = [
        replace(_row("00001", 34, 17, 9, row=row), decision=Decision(number, DAY))
        for row, number in ((2, first), (3, second))
    ]
    (problem,) = _refused(*rows)
    assert (problem.code, problem.row, problem.column, problem.value) == ("assigned-twice", 3, *cell)
    (problem,) = _refused(replace(rows[0], decision=None), rows[1])
    assert problem.column == "code"


def test_a_unit_has_the_decision_of_its_row_and_of_no_other() -> None:
    decision = Decision("12/QĐ-UBND", DAY)
    carried = replace(OTHER, assigned=three(1, 1, 1), decision=Decision("1/QĐ", None))
    report = _report(replace(_row("00001", 34, 17, 9), decision=decision), units=(UNIT, carried))
    assert [audited.unit.decision for audited in report.units] == [decision, None]
    rows = (replace(_row("00001", 34, 17, 9), decision=decision), StaffRow("00002", None, three(1, 1, 1)))
    found = audit(UnitTable((UNIT, carried)), FRAME, StaffTable(rows), as_of=DAY)
    assert [audited.unit.decision for audited in found.units] == [decision, carried.decision]


def test_a_row_of_no_unit_is_refused_and_one_that_says_nothing_was_by_its_reader() -> None:
    (problem,) = _refused(_row("00009", 34, 17, 9), _row(None, 1, 1, 1, row=5))
    assert (problem.code, problem.row, problem.value) == ("unmatched", 2, "00009")


def test_a_unit_without_a_row_has_unknown_posts() -> None:
    report = _report(_row("00001", 34, 17, 11))
    first, second = report.units
    assert first.assignment is not None
    assert second.assignment is None
    found = report.totals.assignment
    assert found is not None
    assert tuple(found.unknown) == (1, 1, 1)
    assert found.total_posts == 62
    assert found.total_vacancy is not None
    assert (found.total_vacancy.shortfall, found.total_vacancy.surplus) == (3, 0)
    assert found.total_off_norm is not None
    assert (found.total_off_norm.shortfall, found.total_off_norm.surplus) == (0, 2)
    assert found.status[Status.UNKNOWN] == 1


def test_what_is_off_the_norm_is_remarked_at_the_units_cell() -> None:
    report = _report(_row("00001", 30, 17, 11), _row("00002", 34, 17, 9, row=3))
    said = [(found.code, found.row, str(found.message)) for found in report.problems]
    assert said == [
        ("assigned-below-norm", 2, "Xã A, Government: 3 posts fewer are assigned than the norm grants"),
        ("assigned-above-norm", 2, "Xã A, Front: 1 post more is assigned than the norm grants"),
        ("assigned-above-norm", None, "Xã B, Government: 1 post more is assigned than the norm grants"),
    ]


def test_columns_of_the_tables_are_put_aside_for_a_table_of_assigned_posts() -> None:
    carried = (replace(UNIT, assigned=three(50, 50, 50)), OTHER)
    report = _report(_row("00001", 33, 17, 9), units=carried)
    (problem,) = [found for found in report.problems if found.code == "assigned-twice"]
    assert problem.severity.value == "warning"
    assert problem.file == "u.csv"
    assert report.units[0].unit.assigned == three(33, 17, 9)
    unread = (replace(UNIT, assigned=three(50, 50, 50), origin=None), OTHER)
    report = _report(_row("00001", 33, 17, 9), units=unread)
    assert [found.file for found in report.problems if found.code == "assigned-twice"] == [None]


def test_what_is_kept_back_is_in_no_sum() -> None:
    reserves = (Reserve("Hải Phòng", three(5, None, 1)),)
    report = _report(_row("00001", 33, 17, 9), reserves=reserves)
    found = report.totals.assignment
    assert found is not None
    assert found.reserves == reserves
    assert found.total_posts == 59


def test_a_reserve_alone_is_said_and_nothing_is_guessed_from_it() -> None:
    report = _report(reserves=(Reserve(None, three(5, 5, 5)),))
    found = report.totals.assignment
    assert found is not None
    assert found.total_posts is None
    assert found.total_vacancy is None
    assert found.total_off_norm is None


def test_a_staff_table_with_columns_of_assigned_posts_brings_them() -> None:
    rows = (StaffRow("00001", None, three(33, 17, 9), Origin("s.csv", 2), three(34, 17, 9)),)
    report = audit(UnitTable((replace(UNIT, staff=UNKNOWN_STAFF), OTHER)), FRAME, StaffTable(rows), as_of=DAY)
    assert report.units[0].assignment is not None
    assert report.units[0].assignment.status is Status.SHORT


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("assigned", "213"),
        ("party_assigned", "123"),
        ("vacant", "213"),
        ("government_vacant", "213"),
        ("above_assigned", "123"),
        ("front_above_assigned", "123"),
    ],
)
def test_units_sort_by_what_was_assigned_and_unknown_ones_stand_last(key: str, codes: str) -> None:
    given = {"1": (33, 17, 8), "2": (40, 17, 9), "3": (None, 17, None)}
    units = [replace(UNIT, code=code, assigned=three(*posts)) for code, posts in given.items()]
    report = audit(UnitTable((*units, replace(UNIT, code="4"))), FRAME, as_of=DAY)
    assert "".join(audited.unit.code for audited in sort(report, key).units) == f"{codes}4"
