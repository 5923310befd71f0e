"""Positions and states: filled and vacant add up, nothing is netted, each figure equals a recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.analysis.audit.auditing import audit
from quota.analysis.work.working import Work, audit_work, explain_work
from quota.core.blocs import BLOCS, Bloc
from quota.core.positions import (
    OF_POSITIONS,
    Leaver,
    LeaverTable,
    Person,
    PersonTable,
    PositionList,
    PositionRow,
    State,
    StateTables,
)
from quota.core.problems import InputError
from quota.core.results import AuditReport
from quota.core.secondments import SecondmentRow, SecondmentTable
from quota.core.units import InputFile, Origin, Unit, UnitTable, UnitType
from quota.norms.loading import load_fields, load_frame, load_rules
from quota.norms.retirement import Retirement
from tests.blocs import three

FIELDS, FRAME = load_fields(), load_frame("central-2025")
RETIREMENT = load_rules("retirement-2021", Retirement)
DAY, UNTIL = date(2026, 11, 1), date(2027, 10, 31)
HERE, THERE = "00001", "00002"
GOVERNMENT, PARTY, FRONT = BLOCS


def unit(code: str, name: str, government: int | None = 32) -> Unit:
    staff = three(government, 17, 8)
    return Unit(code, name, UnitType.COMMUNE, 16_000, staff=staff, origin=Origin("units.csv", int(code) + 1))


UNITS = (unit(HERE, "Xã Một", 31), unit(THERE, "Phường Hai", 34), unit("00003", "Xã Ba", None))


def row(
    code: str, kind: str, positions: int | None, people: int | None, bloc: Bloc = GOVERNMENT, number: int = 2
) -> PositionRow:
    return PositionRow(
        code, None, bloc, ("", kind), positions, people, origin=Origin("positions.csv", number)
    )


def audited(
    *rows: PositionRow,
    leavers: Sequence[Leaver] | None = None,
    arrivals: Sequence[Leaver] | None = None,
    people: Sequence[Person] | None = None,
    loans: Sequence[SecondmentRow] | None = None,
    units: Sequence[Unit] = UNITS,
) -> AuditReport:
    tables = StateTables(
        UNTIL,
        PositionList(tuple(rows)) if rows else None,
        None if people is None else PersonTable(tuple(people)),
        None if leavers is None else LeaverTable(tuple(leavers)),
        None if arrivals is None else LeaverTable(tuple(arrivals)),
    )
    ledger = None if loans is None else SecondmentTable(tuple(loans))
    work = Work(FIELDS, secondments=ledger, states=tables, retirement=RETIREMENT)
    return audit_work(UnitTable(tuple(units)), FRAME, None, work, as_of=DAY)


def of(report: AuditReport, code: str, state: State, bloc: Bloc = GOVERNMENT) -> int | None:
    (found,) = [audited.states for audited in report.units if audited.unit.code == code]
    assert found is not None
    return found.counts[state][bloc]


def codes(report: AuditReport) -> list[str]:
    return [problem.code for problem in report.problems]


def test_vacant_positions_are_not_filled_by_people_beyond_others() -> None:
    report = audited(row(HERE, "kế toán", 3, 1), row(HERE, "tư pháp", 2, 4))
    figures = [of(report, HERE, state) for state in OF_POSITIONS]
    assert figures == [5, 3, 2, 2]
    totals = report.totals.states
    assert totals is not None
    assert [totals.total(state) for state in (State.POSITIONS, State.VACANT)] == [5, 2]
    assert totals.unknown[State.VACANT][GOVERNMENT] == 2


def test_what_is_unknown_stays_unknown() -> None:
    report = audited(
        row(HERE, "kế toán", 3, None), row(THERE, "kế toán", None, 3), row(THERE, "lái xe", 1, 1)
    )
    assert [of(report, HERE, state) for state in (State.POSITIONS, State.FILLED, State.VACANT)] == [
        3,
        None,
        None,
    ]
    assert [of(report, THERE, state) for state in (State.POSITIONS, State.FILLED)] == [None, None]
    assert of(report, "00003", State.POSITIONS) is None
    assert of(report, HERE, State.POSITIONS, PARTY) is None
    state = report.units[0].states
    assert state is not None
    assert state.total(State.POSITIONS) is None


def test_a_list_of_people_says_who_fills_a_position_and_perhaps_how_many_there_are() -> None:
    listed = PositionRow(HERE, None, GOVERNMENT, (), None, 31, listed=True)
    report = audited(listed)
    assert [of(report, HERE, state) for state in (State.POSITIONS, State.FILLED, State.VACANT)] == [
        None,
        31,
        None,
    ]
    report = audited(PositionRow(HERE, None, GOVERNMENT, (), 33, 31, listed=True))
    assert [of(report, HERE, state) for state in (State.POSITIONS, State.FILLED, State.VACANT)] == [33, 31, 2]


def test_who_is_on_loan_keeps_the_position_at_home() -> None:
    loan = SecondmentRow("a", HERE, THERE, None, DAY, UNTIL, people=2)
    report = audited(row(HERE, "kế toán", 31, 31), row(THERE, "kế toán", 36, 34), loans=[loan])
    assert [of(report, HERE, state) for state in (State.FILLED, State.AWAY, State.RECEIVED)] == [31, 2, 0]
    assert [of(report, THERE, state) for state in (State.VACANT, State.AWAY, State.RECEIVED)] == [2, 0, 2]


@pytest.mark.parametrize(
    ("day", "leaves", "arrives"),
    [
        (DAY - timedelta(days=1), 0, 0),
        (DAY, 1, 0),  # the last day at work; whose first day it is, is there
        (DAY + timedelta(days=1), 1, 1),
        (UNTIL, 1, 1),
        (UNTIL + timedelta(days=1), 0, 0),
    ],
)
def test_days_count_up_to_the_last(day: date, leaves: int, arrives: int) -> None:
    there = Leaver(HERE, GOVERNMENT, day, origin=Origin("l.csv", 2))
    report = audited(leavers=[there], arrivals=[there])
    assert of(report, HERE, State.LEAVING) == leaves
    assert of(report, HERE, State.ARRIVING) == arrives
    assert ("left-already" in codes(report)) is (day < DAY)
    assert ("there-already" in codes(report)) is (day <= DAY)


def test_who_retires_leaves_and_who_is_past_the_age_too() -> None:
    old, soon, young = date(1960, 1, 1), date(1965, 9, 1), date(1990, 1, 1)
    assert RETIREMENT.last_day(old, woman=False) < DAY
    assert DAY <= RETIREMENT.last_day(soon, woman=False) <= UNTIL
    people = [Person(HERE, PARTY, born, woman=False) for born in (old, soon, young)]
    report = audited(people=people)
    assert of(report, HERE, State.LEAVING, PARTY) == 2
    assert "past-age" in codes(report)


@pytest.mark.parametrize("code", ["99999", "Nguyễn Văn An"])
def test_people_of_no_unit_are_refused_at_their_row_and_not_by_name(code: str) -> None:
    stranger = Leaver(code, GOVERNMENT, DAY, origin=Origin("l.csv", 7))
    with pytest.raises(InputError) as refused:
        audited(leavers=[stranger], people=[Person(code, PARTY, DAY, woman=True)])
    values = [(problem.code, problem.row, problem.value) for problem in refused.value.problems]
    assert ("unmatched", 7, code if code.isdecimal() else None) in values
    assert "Nguyễn" not in str([problem.value for problem in refused.value.problems])


def test_a_position_twice_is_refused_at_its_row() -> None:
    with pytest.raises(InputError) as refused:
        audited(row(HERE, "kế toán", 3, 1), row(HERE, "kế toán", 2, 1, number=5), row("00009", "x", 1, 1))
    found = {problem.code: problem.row for problem in refused.value.problems}
    assert found["doubled-row"] == 5
    assert "unmatched" in found


def test_tables_that_contradict_each_other_are_told() -> None:
    report = audited(row(HERE, "kế toán", 31, 30))
    (problem,) = [found for found in report.problems if found.code == "positions-against-staff"]
    assert (problem.file, problem.row, problem.value) == ("units.csv", 2, HERE)
    assert "positions-against-staff" not in codes(audited(row(HERE, "kế toán", 31, 31)))
    with pytest.raises(InputError) as refused:
        audited(leavers=[Leaver(HERE, GOVERNMENT, DAY, 32)])
    assert [found.code for found in refused.value.problems if found.severity == "error"] == [
        "more-than-there"
    ]
    loan = SecondmentRow("a", "00003", THERE, None, DAY, UNTIL, people=3)
    with pytest.raises(InputError) as refused:  # the staff table says nothing of this unit; the positions do
        audited(row("00003", "kế toán", 2, 2), loans=[loan])
    assert "more-than-there" in [found.code for found in refused.value.problems]


def test_made_up_tables_say_so_and_are_among_the_inputs() -> None:
    source = InputFile("p.csv", "0" * 64, 1, illustrative=True)
    tables = StateTables(UNTIL, PositionList((row(HERE, "x", 31, 31),), sources=(source,)))
    work = Work(FIELDS, states=tables, retirement=RETIREMENT)
    report = audit_work(UnitTable(UNITS), FRAME, None, work, as_of=DAY)
    assert report.inputs[-1] == source
    assert "illustrative" in codes(report)
    explained = explain_work(HERE, UnitTable(UNITS), FRAME, None, work, as_of=DAY)
    assert explained.until == UNTIL
    assert explained.audit.states == report.units[0].states


def test_without_tables_of_states_an_audit_is_what_it_was() -> None:
    bare = audit(UnitTable(UNITS), FRAME, as_of=DAY)
    report = audited(row(HERE, "kế toán", 33, 31), leavers=[], arrivals=[], people=[], loans=[])
    for before, after in zip(bare.units, report.units, strict=True):
        assert (before.quota, before.staff, before.gap, before.status) == (
            after.quota,
            after.staff,
            after.gap,
            after.status,
        )
        assert before.states is None
    assert bare.totals.states is None
    assert audited(units=(), leavers=[]).totals.states is None


numbers = st.none() | st.integers(0, 6)
rows = st.lists(
    st.tuples(st.sampled_from([HERE, THERE]), st.sampled_from(BLOCS), st.integers(0, 3), numbers, numbers),
    max_size=12,
    unique_by=lambda found: found[:3],
)
days = st.lists(
    st.tuples(
        st.sampled_from([HERE, THERE]),
        st.sampled_from(BLOCS),
        st.dates(DAY - timedelta(days=9), UNTIL + timedelta(days=9)),
        st.integers(1, 2),
    ),
    max_size=3,
)


@settings(max_examples=60)
@given(rows, days, days)
def test_counts_equal_a_recount(
    found: list[tuple[str, Bloc, int, int | None, int | None]],
    going: list[tuple[str, Bloc, date, int]],
    coming: list[tuple[str, Bloc, date, int]],
) -> None:
    report = audited(
        row("00003", "always", 1, 1),
        *(row(code, f"kind {kind}", there, people, bloc) for code, bloc, kind, there, people in found),
        leavers=[Leaver(*row) for row in going],
        arrivals=[Leaver(*row) for row in coming],
    )
    left, came = Counter[tuple[str, Bloc]](), Counter[tuple[str, Bloc]]()
    for code, bloc, day, people in going:
        left[code, bloc] += people * (DAY <= day <= UNTIL)
    for code, bloc, day, people in coming:
        came[code, bloc] += people * (DAY < day <= UNTIL)
    for code in (HERE, THERE):
        for bloc in BLOCS:
            mine = [(there, people) for who, whose, _, there, people in found if (who, whose) == (code, bloc)]
            positions, filled, vacant, beyond = (
                of(report, code, state, bloc)
                for state in (State.POSITIONS, State.FILLED, State.VACANT, State.BEYOND)
            )
            blank = any(there is None for there, _ in mine) or not mine
            assert positions == (None if blank else sum(there or 0 for there, _ in mine))
            if blank or any(people is None for _, people in mine):
                assert (filled, vacant, beyond) == (None, None, None)
            else:
                one_by_one = [(there or 0, people or 0) for there, people in mine]
                assert filled == sum(min(there, people) for there, people in one_by_one)
                assert vacant == sum(there - people for there, people in one_by_one if people < there)
                assert beyond == sum(people - there for there, people in one_by_one if people > there)
                assert filled is not None
                assert vacant is not None
                assert filled + vacant == positions
            assert of(report, code, State.LEAVING, bloc) == left[code, bloc]
            assert of(report, code, State.ARRIVING, bloc) == came[code, bloc]
    totals = report.totals.states
    assert totals is not None
    for state in totals.counts:
        for bloc in BLOCS:
            known = [of(report, each.unit.code, state, bloc) for each in report.units]
            held = [people for people in known if people is not None]
            assert totals.counts[state][bloc] == (sum(held) if held else None)
            assert totals.unknown[state][bloc] == known.count(None)
