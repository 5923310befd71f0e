"""The audit of a toy province that no decree can change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota import InputError, audit, load_frame, read_staff, read_units
from quota.analysis.audit.matching import with_staff
from quota.analysis.audit.sorting import SORT_KEYS, select, sort
from quota.analysis.audit.statuses import filling_in, status_in, status_of
from quota.core.blocs import UNKNOWN_STAFF, Bloc, ByBloc
from quota.core.posts import Gap
from quota.core.problems import Problem, Severity
from quota.core.results import AuditReport, Status
from quota.core.text import say
from quota.core.units import StaffRow, StaffTable, Unit, UnitTable, UnitType
from tests.blocs import three

DAY = date(2026, 11, 22)


@pytest.fixture
def report(toy: Path) -> AuditReport:
    return audit(
        read_units(toy / "units.csv"), load_frame(toy / "toy.yaml"), read_staff(toy / "staff.csv"), as_of=DAY
    )


def test_each_unit_stands_as_worked_by_hand(report: AuditReport) -> None:
    by_code = {audited.unit.code: audited for audited in report.units}
    first = by_code["00001"]
    assert first.quota is not None
    assert [(posts.low, posts.high) for posts in first.quota.blocs] == [(7, 7), (2, 4), (1, 2)]
    assert first.gap == three(Gap(), Gap(surplus=1), Gap(shortfall=1))
    assert (first.status, first.total_gap) == (Status.MIXED, Gap(1, 1))
    assert (by_code["00002"].status, by_code["00002"].below_minimum) == (Status.SURPLUS, True)
    assert by_code["00003"].status is Status.WITHIN
    assert [note.code for note in by_code["00003"].notes] == ["special-zone"]


def test_unknown_residents_have_no_quota_and_an_unknown_bloc_no_gap(report: AuditReport) -> None:
    by_code = {audited.unit.code: audited for audited in report.units}
    unknown = by_code["00004"]
    assert (unknown.quota, unknown.total_gap, unknown.status) == (None, None, Status.UNKNOWN)
    assert unknown.staff == three(6, 2, None)  # placed by name, whichever way its tone is written
    partly = by_code["00005"]
    assert partly.gap == three(Gap(), None, Gap())
    assert (partly.total_gap, partly.status) == (None, Status.UNKNOWN)


def test_totals_are_sums_over_what_is_known_and_count_the_rest(report: AuditReport) -> None:
    totals = report.totals
    assert (totals.units, totals.population, totals.unknown_population) == (5, 999, 1)
    assert totals.quota is not None
    assert [(posts.low, posts.high) for posts in totals.quota.blocs] == [(30, 30), (9, 17), (6, 9)]
    assert totals.staff == three(40, 12, 6)
    assert totals.gap == three(Gap(0, 4), Gap(0, 1), Gap(1, 0))
    assert totals.unknown_staff == three(0, 1, 1)
    assert totals.below_minimum == 2
    assert totals.status == {
        Status.SHORT: 0,
        Status.SURPLUS: 1,
        Status.MIXED: 1,
        Status.WITHIN: 1,
        Status.UNKNOWN: 2,
    }


def test_the_order_of_rows_changes_no_total(toy: Path, report: AuditReport) -> None:
    units = read_units(toy / "units.csv")
    turned = UnitTable(units.units[::-1], units.problems, units.sources)
    again = audit(turned, load_frame(toy / "toy.yaml"), read_staff(toy / "staff.csv"), as_of=DAY)
    assert again.totals == report.totals
    assert sort(again, "shortfall").units == sort(report, "shortfall").units


@pytest.mark.parametrize("key", SORT_KEYS)
def test_every_key_sorts_and_keeps_every_unit(report: AuditReport, key: str) -> None:
    assert {audited.unit.code for audited in sort(report, key).units} == {
        audited.unit.code for audited in report.units
    }


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("government_quota", ["00003", "00001", "00002", "00005", "00004"]),
        ("party_quota", ["00003", "00001", "00002", "00005", "00004"]),
        ("quota", ["00003", "00001", "00002", "00005", "00004"]),
        ("front_staff", ["00003", "00005", "00002", "00001", "00004"]),
        ("staff", ["00003", "00001", "00002", "00004", "00005"]),
        ("front_shortfall", ["00001", "00002", "00003", "00005", "00004"]),
        ("status", ["00002", "00001", "00003", "00004", "00005"]),
    ],
)
def test_sorting_by_a_bloc_and_by_all_of_them(report: AuditReport, key: str, codes: list[str]) -> None:
    assert [audited.unit.code for audited in sort(report, key).units] == codes


def test_a_problem_with_a_staff_row_shows_the_cell_that_is_wrong() -> None:
    for staff_row, column, value in (
        (row("9", "Xã Bắc"), "code", "9"),
        (row(None, "Xã Bắc"), "name", "Xã Bắc"),
    ):
        with pytest.raises(InputError) as refused:
            audit(UNITS, load_frame(), StaffTable((staff_row,)), as_of=DAY)
        found = next(problem for problem in refused.value.problems if problem.code == "unmatched")
        assert (found.column, found.value) == (column, value)


def test_a_bare_name_of_another_unit_is_refused_and_one_of_no_unit_is_a_warning() -> None:
    with pytest.raises(InputError, match="the name that of 2"):
        audit(UNITS, load_frame(), StaffTable((row("1", "Tây"),)), as_of=DAY)
    report = audit(UNITS, load_frame(), StaffTable((row("1", "Bắc"),)), as_of=DAY)
    assert [problem.code for problem in report.problems if problem.severity == "warning"] == ["other-name"]


def test_numbers_sort_from_the_greatest_and_unknown_stands_last(report: AuditReport) -> None:
    assert [audited.unit.population for audited in sort(report, "population").units] == [
        500,
        250,
        150,
        99,
        None,
    ]
    assert [audited.unit.code for audited in sort(report, "surplus").units][:2] == ["00002", "00001"]


def test_a_selection_shows_fewer_units_and_leaves_the_totals(report: AuditReport) -> None:
    shown = select(report, [Status.MIXED], below_minimum_only=True)
    assert [audited.unit.code for audited in shown.units] == ["00001", "00002", "00005"]
    assert shown.totals == report.totals
    assert shown.selection == {"only": ["mixed", "below-minimum"], "limit": None, "units": 3}
    assert select(report, limit=2).units == report.units[:2]
    assert select(report) is report


def test_with_a_bloc_selection_and_order_go_by_its_status(report: AuditReport) -> None:
    short = select(report, [Status.SHORT], bloc=Bloc.FRONT)
    assert [audited.unit.code for audited in short.units] == ["00001"]
    assert short.selection == {"only": ["short"], "bloc": "front", "limit": None, "units": 1}
    over = select(report, [Status.SURPLUS], bloc=Bloc.PARTY)
    assert all((gap := audited.gap[Bloc.PARTY]) is not None and gap.surplus for audited in over.units)
    assert [audited.unit.code for audited in over.units] == ["00001"]
    assert "bloc" not in select(report, limit=2, bloc=Bloc.PARTY).selection
    # short, mixed and over, exact, unknown: in the order of Status, equal ones by code
    found = [status_in(audited, Bloc.FRONT) for audited in sort(report, "status", Bloc.FRONT).units]
    assert found == sorted(found, key=list(Status).index)
    assert found != [status_in(audited, Bloc.FRONT) for audited in sort(report, "status").units]


@pytest.mark.parametrize("bloc", [Bloc.GOVERNMENT, Bloc.PARTY, Bloc.FRONT])
def test_a_blocs_verdicts_are_those_of_its_gaps_alone(toy: Path, bloc: Bloc) -> None:
    frame, units = load_frame(toy / "toy.yaml"), read_units(toy / "units.csv")
    row = StaffRow("00001", None, UNKNOWN_STAFF, assigned=three(8, 3, None))
    assigned = StaffTable((row,))
    found = audit(units, frame, read_staff(toy / "staff.csv"), assigned, as_of=DAY)
    for audited in found.units:
        gap = audited.gap[bloc]
        expected = Status.UNKNOWN if gap is None else Status.WITHIN
        if gap is not None and gap != Gap():
            expected = Status.SHORT if gap.shortfall else Status.SURPLUS
        assert status_in(audited, bloc) is expected
        assert status_in(audited, None) is audited.status
    first, second, *_ = found.units
    assert first.assignment is not None
    against = {"government": Status.SHORT, "party": Status.SURPLUS}
    assert filling_in(first, bloc) is against.get(bloc, Status.UNKNOWN)
    assert filling_in(first, None) is first.assignment.status
    assert filling_in(second, bloc) is Status.UNKNOWN


def unit(code: str, name: str) -> Unit:
    return Unit(code, name, UnitType.COMMUNE, 1000)


def row(code: str | None, name: str | None, government: int = 1) -> StaffRow:
    return StaffRow(code, name, three(government, 1, 1))


UNITS = UnitTable((unit("1", "Xã Đông"), unit("2", "Xã Tây"), unit("3", "Xã Nam"), unit("4", "Xã Nam")))
TWINS = UnitTable((unit("5", "Xã Bình An"), Unit("6", "Phường Bình An", UnitType.WARD, 1000)))


def test_staff_of_a_commune_is_never_put_to_the_ward_of_the_same_name() -> None:
    swapped = StaffTable((row("5", "Phường Bình An", 39), row("6", "Xã Bình An", 34)))
    with pytest.raises(InputError) as refused:
        audit(TWINS, load_frame(), swapped, as_of=DAY)
    assert [problem.code for problem in refused.value.problems if problem.severity == "error"] == [
        "code-against-name",
        "code-against-name",
    ]
    plain = StaffTable((row("5", "Bình An", 39), row("6", "Phường Bình An", 34)))
    report = audit(TWINS, load_frame(), plain, as_of=DAY)
    assert [audited.staff["government"] for audited in report.units] == [39, 34]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row("9", None)], "unmatched"),
        ([row("9", "Xã Bắc")], "unmatched"),
        ([row(None, "Xã Dông")], "unmatched"),
        ([row("1", None), row("1", None)], "matched-twice"),
        ([row("1", None), row(None, "xã đông")], "matched-twice"),
        ([row(None, "Xã Nam")], "matches-several"),
        ([row("1", "Xã Tây")], "code-against-name"),
    ],
)
def test_a_staff_row_that_fits_no_unit_or_not_for_certain_stops_the_run(
    rows: list[StaffRow], code: str
) -> None:
    with pytest.raises(InputError) as refused:
        audit(UNITS, load_frame(), StaffTable(tuple(rows)), as_of=DAY)
    assert code in [problem.code for problem in refused.value.problems]


def test_where_no_unit_could_be_read_rows_of_staff_are_not_said_to_be_of_none() -> None:
    refused = UnitTable((), (Problem("missing-column", Severity.ERROR, say("no column")),))
    rows = StaffTable((row("1", None), row("2", None)))
    with pytest.raises(InputError) as found:
        audit(refused, load_frame(), rows, rows, as_of=DAY)
    assert [problem.code for problem in found.value.problems] == ["missing-column"]
    with pytest.raises(InputError) as found:
        audit(UnitTable(()), load_frame(), rows, as_of=DAY)
    assert [problem.code for problem in found.value.problems] == ["unmatched", "unmatched"]


@pytest.mark.parametrize(
    ("rows", "code", "placed"),
    [
        ([row("9", "Xã Tây", 7)], "placed-by-name", "2"),
        ([row("2", "Xã Tây (mới)", 7)], "other-name", "2"),
        ([row("2", "Tây", 7)], None, "2"),
    ],
)
def test_a_row_that_can_be_placed_is_placed_with_a_word_about_it(
    rows: list[StaffRow], code: str | None, placed: str
) -> None:
    report = audit(UNITS, load_frame(), StaffTable(tuple(rows)), as_of=DAY)
    warned = [problem.code for problem in report.problems if problem.severity == "warning"]
    assert warned == ([code] if code else [])
    assert {audited.unit.code for audited in report.units if audited.staff["government"] == 7} == {placed}
    assert sum(problem.code == "no-staff-row" for problem in report.problems) == 3


def test_a_name_spelled_with_the_other_i_beside_its_code_is_the_same_name() -> None:
    units = UnitTable((unit("1", "Xã Mỹ Đức"), unit("2", "Xã Tây")))
    report = audit(units, load_frame(), StaffTable((row("1", "Xã Mĩ Đức", 7),)), as_of=DAY)
    assert report.units[0].staff["government"] == 7
    assert [problem.code for problem in report.problems] == ["no-staff-row"]


def test_a_row_about_nobody_in_particular_is_put_to_no_unit() -> None:
    """The reader of the table has said so; here it neither counts nor is said again."""
    report = audit(UNITS, load_frame(), StaffTable((row(None, None, 7), row("1", None, 8))), as_of=DAY)
    assert [audited.staff["government"] for audited in report.units] == [8, None, None, None]
    assert {problem.code for problem in report.problems} == {"no-staff-row"}


def test_a_staff_table_beside_staff_columns_is_used_with_a_warning() -> None:
    carried = Unit("1", "Xã Đông", UnitType.COMMUNE, 1000, staff=three(9, 9, 9))
    report = audit(UnitTable((carried,)), load_frame(), StaffTable((row("1", None),)), as_of=DAY)
    assert [problem.code for problem in report.problems] == ["staff-twice"]
    assert report.units[0].staff == three(1, 1, 1)


gaps = st.one_of(st.none(), st.builds(Gap, st.integers(0, 3)), st.builds(Gap, st.just(0), st.integers(0, 3)))


@given(gap=st.builds(three, gaps, gaps, gaps))
def test_status_says_what_the_blocs_say(gap: ByBloc[Gap | None]) -> None:
    known = [bloc_gap for bloc_gap in gap if bloc_gap is not None]
    short, over = any(bloc_gap.shortfall for bloc_gap in known), any(bloc_gap.surplus for bloc_gap in known)
    expected = {
        (True, True): Status.MIXED,
        (True, False): Status.SHORT,
        (False, True): Status.SURPLUS,
        (False, False): Status.WITHIN,
    }[short, over]
    if expected is not Status.MIXED and len(known) < 3:
        expected = Status.UNKNOWN
    assert status_of(gap) is expected


def test_a_name_without_its_type_is_not_guessed_but_the_unit_is_named() -> None:
    units = [Unit("1", "Xã Bình An", UnitType.COMMUNE, 1), Unit("2", "Phường Bình Hòa", UnitType.WARD, 1)]
    rows = [StaffRow(None, "Bình An", UNKNOWN_STAFF), StaffRow(None, "Xã Bình Hòa", UNKNOWN_STAFF)]
    _, problems = with_staff(units, rows)
    fixes = [str(problem.fix) for problem in problems if problem.code == "unmatched"]
    assert "if Xã Bình An (1) is meant, write the name with its type in front, or the code" in fixes[0]
    assert "Phường Bình Hòa (2)" in fixes[1]
