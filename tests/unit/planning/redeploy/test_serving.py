"""Secondments that run already: whom they keep where, and who cannot be sent again."""

from __future__ import annotations

from datetime import date

from quota.analysis.audit.auditing import audit
from quota.analysis.work.working import Work, audit_work, secondment_report
from quota.core.blocs import BLOCS, ByBloc
from quota.core.moves import OnLoan, Place, Pool, Situation
from quota.core.secondments import SecondmentRow, SecondmentTable
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.applying import load_policy
from quota.norms.loading import load_fields, load_frame
from quota.planning.redeploy.serving import with_secondments, without_people_away
from quota.planning.redeploy.situations import situation_of

DAY = date(2026, 11, 22)
FRAME = load_frame("central-2025")
POLICY = load_policy("redeployment-hai-phong-2025")
UNITS = UnitTable(
    tuple(
        Unit(code, name, UnitType.COMMUNE, 16_000, staff=ByBloc(BLOCS, (people, 17, 8)))
        for code, name, people in (
            ("10001", "Xã An", 35),
            ("10002", "Xã Bình", 29),
            ("10003", "Xã Châu", None),
        )
    )
)


def served(*rows: SecondmentRow) -> Situation:
    """Who is where on the day by these secondments."""
    table, fields = SecondmentTable(rows), load_fields()
    report = audit_work(UNITS, FRAME, None, Work(fields, secondments=table), as_of=DAY)
    ledger = secondment_report(UNITS, FRAME, None, table, fields, as_of=DAY, days=0)
    return with_secondments(situation_of(report, POLICY), report, ledger.now)


def row(home: str, host: str, people: int) -> SecondmentRow:
    return SecondmentRow(f"from {home}", home, host, None, date(2026, 6, 1), date(2026, 12, 31), people)


def test_people_on_loan_count_where_they_serve_and_stay_there() -> None:
    start = served(row("10001", "10002", 2), row("Sở Nội vụ", "10002", 1))
    home, host = (start.cells[Place(code, "government")] for code in ("10001", "10002"))
    assert (home.staff, home.staying) == (33, 0)
    assert (host.staff, host.staying, host.surplus) == (32, 3, 0)
    assert sum(loan.people for loan in start.on_loan) == 3
    assert OnLoan(date(2026, 12, 31), Place("10002", "government"), "Sở Nội vụ", 1) in start.on_loan
    assert dict(start.away) == {"sở nội vụ": 1}


def test_without_hands_in_the_audit_everybody_is_where_the_books_say() -> None:
    report = audit(UNITS, FRAME, as_of=DAY)
    start = situation_of(report, POLICY)
    assert with_secondments(start, report, ()) == start


def test_who_is_away_already_is_taken_off_those_who_can_be_seconded_those_of_any_bloc_first() -> None:
    anybody, party = Pool(Place("SỞ NỘI VỤ", ""), 1, 2), Pool(Place("SỞ NỘI VỤ", "party"), 0, 2)
    elsewhere = Pool(Place("Sở Tư pháp", ""), 0, 1)
    pools = {pool.place: pool for pool in (anybody, party, elsewhere)}
    found = without_people_away(Situation({}, pools, {}, away={"sở nội vụ": 3}))
    assert [pool.secondment for pool in found.pools.values()] == [0, 1, 1]
    assert [pool.transfer for pool in found.pools.values()] == [1, 0, 0]
    (problem,) = found.problems
    assert (problem.code, problem.value) == ("on-loan-already", "SỞ NỘI VỤ")
    assert "3 people" in str(problem.message)
