"""A small province's posts shared: which bound decides a number, who is left out, what a column must say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.core.blocs import Bloc, Blocs, ByBloc
from quota.core.problems import InputError, Problem
from quota.core.results import AuditReport
from quota.core.units import Origin, Unit, UnitTable, UnitType
from quota.norms.loading import load_frame
from quota.planning.allocate import allocating
from quota.planning.allocate.allocating import allocate
from quota.planning.allocate.bounds import Bound, norm, posts_after_cut, posts_today, present, sums_of
from quota.planning.allocate.columns import figures_in
from quota.planning.allocate.methods import Claim, Method
from quota.planning.allocate.shares import Allocation, Wanted

BLOC = (Bloc.GOVERNMENT,)


def audited(residents: Mapping[str, int | None], cells: Mapping[str, str] | None = None) -> AuditReport:
    """Communes by code, each with its residents and, where `cells` has its code, a column `held`."""
    units = tuple(
        Unit(
            code,
            f"Xã {code}",
            UnitType.COMMUNE,
            people,
            more={"held": cells[code]} if cells and code in cells else {},
            origin=Origin("units.csv", row),
        )
        for row, (code, people) in enumerate(residents.items(), 2)
    )
    return audit(UnitTable(units), load_frame("central-2025"), as_of=date(2026, 12, 1))


TWO = audited({"A": 16_000, "B": 20_000})  # 32 and 34 posts


def shared(report: AuditReport, total: int, **more: object) -> Allocation:
    return allocate(report, replace(Wanted(total, Method.LARGEST_REMAINDER, BLOC), **more))  # type: ignore[arg-type]  # the keys of Wanted


def test_a_ceiling_that_decides_a_number_is_named_and_no_post_more_can_be_shared() -> None:
    found = shared(TWO, 66, ceilings=(Bound("norm", norm),))
    assert [unit.blocs[0][1].binds for unit in found.units] == ["norm", "norm"]
    assert found.paradoxes.lose == 0  # with a post more in all there is no share to compare with


def test_a_number_that_no_bound_decides_names_none() -> None:
    found = shared(TWO, 60, ceilings=(Bound("norm", norm),))
    assert [unit.blocs[0][1].binds for unit in found.units] == ["", ""]


def test_a_unit_without_a_known_norm_gets_no_post_and_that_is_said() -> None:
    found = shared(audited({"A": 16_000, "B": None}), 30)
    assert [unit.code for unit in found.left_out] == ["B"]
    assert [(problem.code, problem.value) for problem in found.problems] == [("takes-no-part", "B")]
    assert found.posts == 30


def test_a_floor_of_people_present_is_said_not_to_hold_where_nobody_knows_them() -> None:
    found = shared(TWO, 60, floors=(Bound("present", present),))
    assert [problem.code for problem in found.problems] == ["unknown-floor"]
    assert found.units[0].present is None
    known = tuple(
        replace(unit_audit, staff=replace(unit_audit.staff, values=(30, 17, 8))) for unit_audit in TWO.units
    )
    found = shared(replace(TWO, units=known), 60, floors=(Bound("present", present),))
    assert (found.problems, found.units[0].present) == ((), 30)


@pytest.mark.parametrize(
    ("posts", "said"),
    [([3, 4], "allows no such number"), ([5, 7], "allows no such number"), ([5, 6], "11 posts are shared")],
)
def test_a_sharing_that_does_not_add_up_is_never_shown(posts: list[int], said: str) -> None:
    claims = [Claim(5, 4, 5), Claim(6, 4, 6)]
    with pytest.raises(AssertionError, match=said):
        allocating._count_again(claims, posts, 10)


def refused(cells: Mapping[str, str]) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        figures_in(audited({"A": 16_000, "B": 20_000}, cells), "held", BLOC)
    return list(caught.value.problems)


@pytest.mark.parametrize("text", ["30 người", "3.5", "-4"])
def test_a_cell_that_is_no_whole_number_of_posts_is_refused_at_its_place(text: str) -> None:
    (problem,) = refused({"A": "30", "B": text})
    assert (problem.file, problem.row, problem.column, problem.value) == ("units.csv", 3, "held", text)
    assert "not a whole number" in str(problem.message)


@pytest.mark.parametrize("text", ["", "-", "…"])
def test_a_blank_cell_is_unknown(text: str) -> None:
    report = audited({"A": 16_000, "B": 20_000}, {"A": "30", "B": text})
    of = figures_in(report, "held", BLOC)
    assert [of(unit_audit, Bloc.GOVERNMENT) for unit_audit in report.units] == [30, None]


def assigned_to(residents: Mapping[str, int | None], posts: Mapping[str, int | None]) -> AuditReport:
    units = tuple(
        replace(unit_audit.unit, assigned=ByBloc(BLOC, (posts[unit_audit.unit.code],)))
        for unit_audit in audited(residents).units
    )
    return audit(UnitTable(units), load_frame("central-2025"), as_of=date(2026, 12, 1))


def test_a_cut_takes_from_posts_of_units_that_take_part_and_of_no_others() -> None:
    report = assigned_to({"A": 16_000, "B": 20_000, "C": None}, {"A": 30, "B": 40, "C": 50})
    before = posts_today(report, BLOC)
    assert [before(unit_audit, Bloc.GOVERNMENT) for unit_audit in report.units] == [30, 40, 50]
    total = posts_after_cut(sums_of(report, BLOC, before), Fraction(10))
    assert total == 63
    found = shared(report, total, before=before)
    assert sum(unit.before or 0 for unit in found.units) - found.posts == 7
    (problem,) = [problem for problem in found.problems if problem.code == "takes-no-part"]
    assert "not among those that are cut and shared" in str(problem.message)


@pytest.mark.parametrize(("blocs", "missing"), [(BLOC, ["B"]), ((Bloc.PARTY,), ["A", "B"])])
def test_part_of_the_assigned_posts_is_not_what_a_cut_takes_from(blocs: Blocs, missing: list[str]) -> None:
    report = assigned_to({"A": 16_000, "B": 20_000, "C": None}, {"A": 30, "B": None, "C": None})
    with pytest.raises(InputError) as caught:
        posts_today(report, blocs)
    assert [problem.value for problem in caught.value.problems] == missing


def test_where_no_posts_are_assigned_today_is_the_norm() -> None:
    report = audited({"A": 16_000, "B": 20_000, "C": None})
    before = posts_today(report, BLOC)
    assert [before(unit_audit, Bloc.GOVERNMENT) for unit_audit in report.units] == [32, 34, None]


def test_a_unit_made_without_a_file_is_refused_without_a_place() -> None:
    report = audited({"A": 16_000}, {"A": "many"})
    (unit_audit,) = report.units
    nowhere = replace(unit_audit, unit=replace(unit_audit.unit, origin=None))
    with pytest.raises(InputError) as caught:
        figures_in(replace(report, units=(nowhere,)), "held", BLOC)
    assert caught.value.problems[0].file is None
