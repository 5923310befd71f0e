"""The ledger: places found for certain, hands on each day, what leaves with whom; people are conserved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.analysis.work.hands import NO_CHANGE, changes_on, months_of_returns, returning, unknown_hosts
from quota.analysis.work.lending import overdrawn_later, refuse_overdrawn
from quota.analysis.work.placing import resolve
from quota.analysis.work.working import Work, audit_work, secondment_report
from quota.core.blocs import BLOCS, Bloc, Staff, total
from quota.core.posts import Gap
from quota.core.problems import InputError
from quota.core.secondments import Secondment, SecondmentRow, SecondmentTable, Workplace
from quota.core.units import Origin, StaffRow, StaffTable, Unit, UnitTable, UnitType
from quota.norms.loading import load_fields, load_frame
from tests.blocs import three

FIELDS = load_fields()
FRAME = load_frame("central-2025")
START, END = date(2026, 9, 1), date(2027, 2, 28)
ONE, TWO = Workplace("00001", "Xã Một"), Workplace("00002", "Phường Hai")
HEALTH = Workplace(None, "Sở Y tế")


def unit(code: str, name: str, government: int | None = 32) -> Unit:
    return Unit(code, name, UnitType.COMMUNE, 16_000, staff=three(government, 17, 8))


UNITS = (unit("00001", "Xã Một", 31), unit("00002", "Phường Hai", 34), unit("00003", "Xã Ba", None))


def row(
    home: str,
    host: str,
    start: date = START,
    end: date = END,
    *,
    who: str = "a",
    number: int = 2,
    **more: object,
) -> SecondmentRow:
    given = {"field": None, "people": 1, "bloc": Bloc.GOVERNMENT} | more
    return SecondmentRow(who, home, host, start=start, end=end, origin=Origin("s.csv", number), **given)  # type: ignore[arg-type]  # keywords of mixed types


def table(*rows: SecondmentRow) -> SecondmentTable:
    return SecondmentTable(rows, headings={"home": "Nơi đi", "host": "Nơi đến", "start": "Từ ngày"})


def test_homes_and_hosts_are_found_by_code_or_name_and_departments_are_what_is_no_unit() -> None:
    found, problems = resolve(
        UNITS,
        table(row("00001", "phuong hai"), row("Sở Y tế", "xã một", who="b"), row("sở y tế", "Hai", who="c")),
        FIELDS,
    )
    assert not problems
    assert [(secondment.home, secondment.host) for secondment in found] == [
        (ONE, TWO),
        (HEALTH, ONE),
        (HEALTH, TWO),
    ]


@pytest.mark.parametrize(
    ("stay", "code", "column", "value"),
    [
        (row("Sở Y tế", "00009"), "unknown-unit", "Nơi đến", "00009"),
        (row("Sở Y tế", "Sở Nội vụ"), "unknown-unit", "Nơi đến", "Sở Nội vụ"),
        (row("00009", "00001"), "unknown-unit", "Nơi đi", "00009"),
        (row("0000l", "00001"), "unknown-unit", "Nơi đi", "0000l"),
        (row("Hải", "00001"), "unknown-unit", "Nơi đi", "Hải"),  # Hai, with an accent that is wrong
        (row("Xã Mười", "00001"), "unknown-unit", "Nơi đi", "Xã Mười"),
        (row("UBND xã Mười", "00001"), "unknown-unit", "Nơi đi", "UBND xã Mười"),
        (
            row("Ủy ban nhân dân Phường Mười", "00001"),
            "unknown-unit",
            "Nơi đi",
            "Ủy ban nhân dân Phường Mười",
        ),
        (row("00001", "UBND xã Một"), "home-is-host", "Nơi đến", "UBND xã Một"),
        (row("Sở Y tế", "00001", field="đất đai"), "unknown-field", "field", "đất đai"),
    ],
)
def test_unknown_places_fields_and_a_home_that_is_its_host(
    stay: SecondmentRow, code: str, column: str, value: str
) -> None:
    _, problems = resolve(UNITS, table(stay), FIELDS)
    assert [(found.code, found.row, found.column, found.value) for found in problems] == [
        (code, 2, column, value)
    ]


def test_a_unit_misspelt_without_its_type_is_doubted() -> None:
    units = (*UNITS, unit("00004", "Phường Hồng Bàng"))
    found, problems = resolve(units, table(row("Hong Bangg", "00001")), FIELDS)
    assert found[0].home.code is None
    assert [(problem.code, problem.severity.value) for problem in problems] == [
        ("unit-or-department", "warning")
    ]


def test_a_home_with_its_type_shortened_is_written_like_a_unit() -> None:
    units = (*UNITS, unit("00004", "Phường Hồng Bàng"))
    found, problems = resolve(units, table(row("P.Hồng Bàng", "00001")), FIELDS)
    assert (found[0].home.code, problems) == ("00004", ())
    found, problems = resolve(units, table(row("X.Hồng Bàng", "00001")), FIELDS)
    assert found == ()
    assert [problem.severity for problem in problems] == ["error"]
    assert "00004" in str(problems[0].fix)


@pytest.mark.parametrize(
    ("home", "doubted"),
    [
        ("Đảng ủy Hồng Bàng", True),
        ("Trung tâm Phục vụ hành chính công (phường Hồng Bàng)", True),
        ("Sở Hồng", False),
        ("Sở Một", False),  # a unit of one syllable is in too many names
        ("UBND thành phố", False),
        ("Hội đồng nhân dân thành phố", False),
    ],
)
def test_a_department_that_carries_a_units_name_is_doubted(home: str, doubted: bool) -> None:
    units = (*UNITS, unit("00004", "Phường Hồng Bàng"))
    found, problems = resolve(units, table(row(home, "00001")), FIELDS)
    assert [secondment.home for secondment in found] == [Workplace(None, home)]
    assert [(problem.code, problem.row) for problem in problems] == (
        [("unit-or-department", 2)] if doubted else []
    )
    assert all("00004" in str(problem.fix) for problem in problems)


@pytest.mark.parametrize(
    ("start", "overlaps"), [(END - timedelta(days=1), True), (END, True), (END + timedelta(days=1), False)]
)
def test_rows_of_one_id_overlap_up_to_the_last_day(start: date, overlaps: bool) -> None:
    later = row("Sở Y tế", "00002", start, start + timedelta(days=5), number=3)
    for rows in ([row("Sở Y tế", "00001"), later], [later, row("Sở Y tế", "00001")]):
        _, problems = resolve(UNITS, table(*rows), FIELDS)
        assert [(problem.code, problem.row, problem.column) for problem in problems] == (
            [("overlap", 3, "Từ ngày")] if overlaps else []
        )


def test_of_two_stays_that_end_together_the_one_that_began_first_is_named() -> None:
    rows = [row("Sở Y tế", "00001", START + timedelta(days=n), END, number=4 - n) for n in range(3)]
    elsewhere = row("Sở Y tế", "00009", number=5, who="b")
    _, problems = resolve(UNITS, table(elsewhere, *rows), FIELDS)
    assert [(problem.code, problem.row) for problem in problems] == [
        ("overlap", 2),
        ("overlap", 3),
        ("unknown-unit", 5),
    ]
    assert all("(row 4)" in str(problem.message) for problem in problems[:2])


def test_a_host_is_open_until_the_day_its_people_are_back() -> None:
    secondment = Secondment("a", ONE, HEALTH, None, START, END, 1, Bloc.GOVERNMENT, None)
    assert [unknown_hosts([secondment], day, ()) for day in (END, END + timedelta(days=1))] == [1, 0]


def test_a_long_stay_overlaps_whatever_begins_inside_it() -> None:
    short = row("Sở Y tế", "00002", START + timedelta(days=1), START + timedelta(days=2), number=3)
    third = row("Sở Y tế", "00002", END, END + timedelta(days=2), number=4)
    _, problems = resolve(UNITS, table(row("Sở Y tế", "00001"), short, third), FIELDS)
    assert [problem.row for problem in problems] == [3, 4]


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (START - timedelta(days=1), 0),
        (START, 2),
        (START + timedelta(days=1), 2),
        (END - timedelta(days=1), 2),
        (END, 2),
        (END + timedelta(days=1), 0),
    ],
)
def test_the_audit_counts_books_and_shows_hands_on_the_day(day: date, away: int) -> None:
    rows = table(row("00002", "00001", people=2), row("Sở Y tế", "00001", who="b"))
    report = audit_work(UnitTable(UNITS), FRAME, None, Work(FIELDS, secondments=rows), as_of=day)
    host, lender, unknown = report.units
    assert (host.staff["government"], lender.staff["government"]) == (31, 34)  # books, on any day
    assert (host.gap["government"], lender.gap["government"]) == (Gap(shortfall=1), Gap(surplus=2))
    assert host.hands is not None
    assert lender.hands is not None
    assert unknown.hands is not None
    here = away + (1 if away else 0)
    assert (host.hands.present["government"], lender.hands.present["government"]) == (31 + here, 34 - away)
    assert unknown.hands.present["government"] is None
    assert host.hands.gap["government"] == (Gap(surplus=2) if away else Gap(shortfall=1))
    assert lender.hands.gap["government"] == (Gap() if away else Gap(surplus=2))
    assert [(found.name, found.away) for found in report.departments] == ([("Sở Y tế", 1)] if away else [])
    assert report.hands is not None
    assert report.hands.received["government"] == here


def test_nobody_lends_more_than_the_books_hold() -> None:
    work = Work(FIELDS, secondments=table(row("00001", "00002", people=31)))
    audit_work(UnitTable(UNITS), FRAME, None, work, as_of=START)
    work = Work(FIELDS, secondments=table(row("00001", "00002", people=32)))
    with pytest.raises(InputError) as refused:
        audit_work(UnitTable(UNITS), FRAME, None, work, as_of=START)
    assert [problem.code for problem in refused.value.problems] == ["more-away-than-books"]
    audit_work(UnitTable(UNITS), FRAME, None, work, as_of=END + timedelta(days=1))


def test_the_row_that_is_one_too_many_is_named() -> None:
    rows = table(
        row("00001", "00002", START - timedelta(3), START - timedelta(1), people=31, who="gone", number=2),
        row("00001", "00002", people=2, who="late", number=3),
        row("00001", "00002", START - timedelta(2), people=0, who="none", number=4),
        row("00001", "00002", people=30, who="early", number=5),
    )
    with pytest.raises(InputError) as refused:
        audit_work(UnitTable(UNITS), FRAME, None, Work(FIELDS, secondments=rows), as_of=END)
    (found,) = refused.value.problems
    assert (found.file, found.row, found.value) == ("s.csv", 5, "00001")
    assert "32 are away" in str(found.message)


def test_lending_more_than_the_books_on_a_later_day_is_warned_of() -> None:
    later = date(2027, 3, 1)
    rows = table(
        row("00001", "00002", people=20),
        row("00001", "00002", later, date(2027, 4, 30), people=31, who="b", number=3),
        row("00001", "00002", date(2027, 4, 1), date(2027, 4, 30), who="c", number=4),
        row(
            "00001",
            "00002",
            date(2027, 4, 1),
            date(2027, 4, 30),
            people=9,
            who="d",
            number=5,
            bloc=Bloc.PARTY,
        ),
    )
    report = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=START, days=30)
    (found,) = report.problems
    assert (found.code, found.severity.value, found.row) == ("more-away-than-books-later", "warning", 4)
    assert "32 are to be away on 2027-04-01" in str(found.message)
    with pytest.raises(InputError):
        secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=date(2027, 4, 1), days=30)
    after = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=date(2027, 5, 1), days=30)
    assert after.problems == ()


def test_problems_of_all_tables_come_at_once() -> None:
    staff = StaffTable((StaffRow("00009", None, three(1, 1, 1)),))
    work = Work(FIELDS, secondments=table(row("00001", "00001")))
    with pytest.raises(InputError) as refused:
        audit_work(UnitTable(UNITS), FRAME, staff, work, as_of=START)
    codes = [problem.code for problem in refused.value.problems]
    assert "unmatched" in codes
    assert "home-is-host" in codes


def secondment(home: Workplace, host: Workplace, start: date, end: date) -> Secondment:
    return Secondment("a", home, host, None, start, end)


@pytest.mark.parametrize(
    ("as_of", "days", "found"),
    [
        (END - timedelta(days=1), 1, 0),
        (END - timedelta(days=1), 2, 1),
        (END, 0, 0),
        (END, 1, 1),
        (END + timedelta(days=1), 30, 0),
    ],
)
def test_who_leaves_in_the_next_days(as_of: date, days: int, found: int) -> None:
    assert len(returning([secondment(HEALTH, ONE, START, END)], as_of, days)) == found


def test_a_stay_prolonged_at_the_same_host_is_no_leaving() -> None:
    first = secondment(HEALTH, ONE, START, END)
    again = secondment(HEALTH, ONE, END + timedelta(1), date(2027, 5, 31))
    assert returning([first, again], END, 5) == ()
    elsewhere = replace(again, host=TWO)
    assert returning([first, elsewhere], END, 5) == (first,)
    fewer, group = replace(again, people=3), replace(first, people=4)
    assert returning([group, fewer], END, 5) == (replace(group, people=1),)  # three of the four stay
    assert returning([replace(first, people=2), fewer], END, 5) == ()
    a_day_later = replace(again, start=END + timedelta(2))
    assert returning([first, a_day_later], END, 5) == (first,)


def test_who_is_back_by_today_is_missed_already_and_who_is_back_on_a_months_last_day_in_that_month() -> None:
    rows = table(
        row("Sở Y tế", "00001", START, date(2027, 3, 9), people=3),
        row("Sở Y tế", "00002", START, date(2027, 3, 30), who="b"),  # 34 on the books: nobody is missed
    )
    report = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=date(2027, 3, 10), days=30)
    assert [(month.month, month.people, month.shortfall) for month in report.months] == [
        (date(2027, 3, 1), 1, 0)
    ]
    day_before = date(2027, 3, 9)
    report = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=day_before, days=30)
    assert [(month.month, month.people, month.shortfall) for month in report.months] == [
        (date(2027, 3, 1), 4, 1)
    ]


def test_the_shortfall_that_returns_is_told_bloc_by_bloc_and_month_by_month() -> None:
    rows = table(
        row("Sở Y tế", "00001", people=3),  # 31 on the books, 32 granted: one of the three is missed
        row("Sở Y tế", "00002", START, date(2027, 4, 30), who="b"),  # 34 on the books: nobody is
        row("Sở Y tế", "00003", START, date(2027, 4, 30), who="c"),  # unknown
    )
    report = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=date(2027, 2, 1), days=30)
    assert [
        (month.month.isoformat(), month.people, month.hosts, month.shortfall, month.away)
        for month in report.months
    ] == [
        ("2027-02-01", 0, 0, 0, 5),
        ("2027-03-01", 3, 1, 1, 2),
        ("2027-04-01", 0, 0, 0, 2),
        ("2027-05-01", 2, 2, 0, 0),
    ]
    assert report.unknown_hosts == 1
    assert [leaving.people for leaving in report.returning] == [3]
    after = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=date(2027, 5, 1), days=30)
    assert after.months == ()
    assert after.now == ()


def test_only_those_of_a_group_who_are_not_prolonged_are_missed() -> None:
    stays = table(
        row("Sở Y tế", "00001", people=4),
        row("Sở Y tế", "00001", END + timedelta(1), date(2027, 5, 31), people=1),
    )
    units = UnitTable((unit("00001", "Xã Một", 29),))  # 32 granted: 33, then 30 at work
    found = secondment_report(
        units, FRAME, None, stays, FIELDS, as_of=date(2027, 3, 1) - timedelta(1), days=30
    )
    assert [(month.month.month, month.people, month.shortfall) for month in found.months if month.people] == [
        (3, 3, 2),
        (6, 1, 1),
    ]


def test_who_is_back_at_the_host_by_the_end_of_the_month_is_not_missed_there() -> None:
    stays = table(
        row("Sở Y tế", "00001", date(2027, 2, 1), date(2027, 3, 4)),
        row("Sở Y tế", "00001", date(2027, 3, 8), date(2027, 3, 12)),
        row("Sở Y tế", "00001", date(2027, 3, 20), date(2027, 4, 30)),
        row("Sở Y tế", "00001", date(2027, 5, 10), date(2027, 5, 12)),
    )
    units = UnitTable((unit("00001", "Xã Một", 20),))
    found = secondment_report(units, FRAME, None, stays, FIELDS, as_of=date(2027, 2, 1), days=30)
    assert [(month.month.month, month.people, month.shortfall) for month in found.months] == [
        (2, 0, 0),
        (3, 2, 0),
        (4, 0, 0),
        (5, 2, 1),  # the last of April and a few days of May: one person is missing at its end
    ]


def test_a_month_whose_hosts_are_all_unknown_has_an_unknown_shortfall() -> None:
    rows = table(row("Sở Y tế", "00003"), row("Sở Y tế", "00001", START, date(2027, 4, 30), who="b"))
    found = secondment_report(UnitTable(UNITS), FRAME, None, rows, FIELDS, as_of=END, days=30)
    assert [(month.month.month, month.people, month.shortfall) for month in found.months] == [
        (2, 0, 0),
        (3, 1, None),
        (4, 0, 0),
        (5, 1, 1),
    ]


def test_without_staff_the_shortfall_is_unknown_not_none() -> None:
    bare = tuple(replace(unit, staff=three(None, None, None)) for unit in UNITS)
    (month, *_) = secondment_report(
        UnitTable(bare), FRAME, None, table(row("Sở Y tế", "00001")), FIELDS, as_of=END, days=30
    ).months
    assert month.shortfall is None


PLACES = (
    *(Workplace(f"{place:05}", f"Xã {place}") for place in range(4)),
    Workplace(None, "Sở A"),
    Workplace(None, "Sở B"),
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Secondment, ...]:
    """Secondments between any two places; those of one id one after another."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        day = draw(DAYS)
        for _ in range(draw(st.integers(1, 3))):
            home, host = draw(st.permutations(PLACES))[:2]
            end = day + timedelta(days=draw(st.integers(0, 90)))
            found.append(
                Secondment(
                    f"p{number}",
                    home,
                    host,
                    None,
                    day,
                    end,
                    draw(st.integers(1, 4)),
                    draw(st.sampled_from(BLOCS)),
                )
            )
            day = end + timedelta(days=draw(st.sampled_from((1, 1, 5, 40))))
    return tuple(found)


BOOKS = st.lists(st.builds(three, *[st.integers(0, 90)] * 3), min_size=len(PLACES), max_size=len(PLACES))


@given(ledger=ledgers(), books=BOOKS, day=DAYS, other=DAYS)
def test_hands_of_all_places_add_up_to_the_books_on_every_day(
    ledger: tuple[Secondment, ...], books: list[Staff], day: date, other: date
) -> None:
    def all_hands(on: date) -> list[int]:
        changes = changes_on(ledger, on)
        hands = [
            changes.get(place, NO_CHANGE).hands(staff) for place, staff in zip(PLACES, books, strict=True)
        ]
        return [sum(present[bloc] or 0 for present in hands) for bloc in BLOCS]

    assert (
        all_hands(day) == all_hands(other) == [sum(people[bloc] or 0 for people in books) for bloc in BLOCS]
    )


@settings(max_examples=50, deadline=None)
@given(ledger=ledgers(), day=DAYS, other=DAYS)
def test_in_an_audit_books_never_change_and_hands_move_between_units_and_departments(
    ledger: tuple[Secondment, ...], day: date, other: date
) -> None:
    units = tuple(
        Unit(place.code, place.name, UnitType.COMMUNE, 20_000, staff=three(200, 200, 200))
        for place in PLACES
        if place.code
    )
    rows = tuple(
        SecondmentRow(
            f"{number}",
            secondment.home.code or secondment.home.name,
            secondment.host.code,
            None,
            secondment.start,
            secondment.end,
            secondment.people,
            secondment.bloc,
        )
        for number, secondment in enumerate(ledger)
        if secondment.host.code
    )
    work = Work(FIELDS, secondments=SecondmentTable(rows))
    reports = [audit_work(UnitTable(units), FRAME, None, work, as_of=on) for on in (day, other)]
    for report in reports:
        assert [audited.staff for audited in report.units] == [unit.staff for unit in units]
        assert [audited.gap for audited in report.units] == [audited.gap for audited in reports[0].units]
        away = sum(department.away for department in report.departments)
        hands = [total(audited.hands.present) or 0 for audited in report.units if audited.hands]
        assert sum(hands) - away == 600 * len(units)


@given(ledger=ledgers(), day=DAYS)
def test_each_month_says_who_is_still_away_and_all_who_leave_are_in_some_month(
    ledger: tuple[Secondment, ...], day: date
) -> None:
    months = months_of_returns(ledger, day)
    staying = {
        (secondment.id, secondment.host, secondment.bloc, secondment.start): secondment.people
        for secondment in ledger
    }
    ends = {
        secondment: secondment.people
        - staying.get((secondment.id, secondment.host, secondment.bloc, secondment.back), 0)
        for secondment in ledger
        if secondment.end >= day
        and secondment.people
        > staying.get((secondment.id, secondment.host, secondment.bloc, secondment.back), 0)
    }
    assert sum(month.people for month in months) == sum(ends.values())
    if months:
        assert months[0].month == day.replace(day=1)
        assert months[-1].month == max(stay.back for stay in ends).replace(day=1)


@settings(max_examples=60, deadline=None)
@given(ledger=ledgers(), day=DAYS, books=st.integers(20, 40))
def test_the_shortfall_that_returns_is_that_of_the_people_named_one_by_one(
    ledger: tuple[Secondment, ...], day: date, books: int
) -> None:
    rows = SecondmentTable(
        tuple(
            SecondmentRow(
                secondment.id,
                "Sở A",
                secondment.host.code,
                None,
                secondment.start,
                secondment.end,
                secondment.people,
            )
            for secondment in ledger
            if secondment.host.code in ("00000", "00001")
        )
    )
    units = UnitTable(tuple(unit(f"0000{n}", f"Xã {n}", books) for n in range(2)))
    year = day.replace(year=2026)
    report = secondment_report(units, FRAME, None, rows, FIELDS, as_of=year, days=0)

    def there(host: str, on: date) -> set[tuple[str, int]]:
        return {
            (row.id, person)
            for row in rows.rows
            if row.host == host and row.start <= on <= row.end
            for person in range(row.people)
        }

    for month in report.months:
        days = [month.month + timedelta(days=n) for n in range(31)]
        days = [on for on in days if on.month == month.month.month]
        expected = 0
        for host in ("00000", "00001"):
            stayed = there(host, days[-1])
            gone = set[tuple[str, int]]()
            for on in days:
                if on > year:
                    gone |= there(host, on - timedelta(days=1)) - there(host, on)
            expected += max(32 - books - len(stayed), 0) - max(32 - books - len(stayed | gone), 0)
        assert month.shortfall == expected


@pytest.mark.parametrize(
    ("day", "row"),
    [
        (2, None),  # one away of one
        (3, 3),
        (4, 4),  # the latest that made it worse
        (5, 4),  # one home and another away: no worse
        (6, 4),  # one home: better, yet too many
        (7, None),
        (8, 6),  # and anew
    ],
)
def test_who_was_one_too_many_is_the_latest_that_made_it_worse(day: int, row: int | None) -> None:
    lender = unit("00000", "Xã 0", 1)
    (lending,) = audit(UnitTable((lender,)), FRAME, as_of=date(2026, 1, 1)).units
    stays = [(2, 9, 2), (3, 4, 3), (4, 6, 4), (5, 5, 5), (8, 9, 6)]  # first day, last day, row
    ledger = [
        Secondment(
            str(row),
            Workplace("00000", "Xã 0"),
            ONE,
            None,
            date(2026, 1, first),
            date(2026, 1, last),
            1,
            Bloc.GOVERNMENT,
            Origin("s.csv", row),
        )
        for first, last, row in stays
    ]
    if row is None:
        refuse_overdrawn((lending,), ledger, date(2026, 1, day))
        return
    with pytest.raises(InputError) as refused:
        refuse_overdrawn((lending,), ledger, date(2026, 1, day))
    assert [problem.row for problem in refused.value.problems] == [row]


@given(ledger=ledgers(), day=DAYS, books=st.integers(0, 12))
def test_lending_too_much_is_found_on_the_day_and_on_the_first_day_after_it(
    ledger: tuple[Secondment, ...], day: date, books: int
) -> None:
    lender = unit("00000", "Xã 0", books)
    (lending,) = audit(UnitTable((lender,)), FRAME, as_of=date(2026, 1, 1)).units

    def away(on: date) -> int:
        loans = [loan for loan in ledger if loan.home.code == "00000" and loan.bloc == Bloc.GOVERNMENT]
        return sum(loan.people for loan in loans if loan.start <= on <= loan.end)

    ledger = tuple(replace(loan, bloc=Bloc.GOVERNMENT) for loan in ledger)
    later = [on for n in range(1, 800) if away(on := day + timedelta(days=n)) > books]
    if away(day) > books:
        with pytest.raises(InputError, match=f"{away(day)} (is|are) away"):
            refuse_overdrawn((lending,), ledger, day)
        return
    refuse_overdrawn((lending,), ledger, day)
    found = [str(problem.message) for problem in overdrawn_later((lending,), ledger, day)]
    assert [text.endswith(f" on {later[0]}") for text in found] == ([True] if later else [])
