"""Proposals against every possibility on small maps, and on real provinces against plain counting."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.core.problems import InputError
from quota.core.units import Border, BorderTable, Terrain, Unit, UnitTable, UnitType
from quota.core.what_if.proposals import Aim, Proposal, ProposalObjective, Wish
from quota.norms.loading import load_frame
from quota.planning.mergers.packing import Packing
from quota.planning.mergers.suggesting import suggest
from quota.planning.mergers.verifying import verify

pytest.importorskip("ortools")
DATA = Path(__file__).parents[4] / "data"
DAY = date(2026, 11, 22)
FRAME = load_frame()


def ask(wish: Wish, units: list[Unit], borders: list[Border]) -> Proposal:
    return suggest(wish, UnitTable(tuple(units)), BorderTable(tuple(borders)), FRAME, as_of=DAY)


def minimum(amount: int, **more: object) -> Wish:
    return Wish(Aim.MINIMUM, amount, **more)  # type: ignore[arg-type]  # the keys of Wish


def commune(code: str, residents: int | None, kind: UnitType = UnitType.COMMUNE, **more: object) -> Unit:
    return Unit(code, f"Xã {code}", kind, residents, **more)  # type: ignore[arg-type]  # the keys of Unit


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Unit], list[Border]]:
    count = draw(st.integers(1, 7))
    kinds = st.sampled_from([UnitType.COMMUNE, UnitType.COMMUNE, UnitType.WARD])
    units = [commune(str(place), draw(st.integers(0, 20)), draw(kinds)) for place in range(count)]
    pairs = [(first, second) for first in range(count) for second in range(first + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    borders = [Border(str(first), str(second), Decimal(draw(st.integers(1, 9)))) for first, second in chosen]
    return units, borders


def partitions(items: list[str]) -> Iterator[list[list[str]]]:
    if not items:
        yield []
        return
    first, *rest = items
    for smaller in partitions(rest):
        for place, group in enumerate(smaller):
            yield [*smaller[:place], [first, *group], *smaller[place + 1 :]]
        yield [[first], *smaller]


def hangs_together(group: list[str], borders: list[Border]) -> bool:
    reached, left = {group[0]}, set(group[1:])
    while left:
        near = {
            code
            for code in left
            if any({border.code_a, border.code_b} == {code, other} for border in borders for other in reached)
        }
        if not near:
            return False
        reached, left = reached | near, left - near
    return True


def score(groups: list[list[str]], units: list[Unit], borders: list[Border]) -> tuple[int, ...]:
    """What is sought, in order; the smaller the better."""
    by_code = {unit.code: unit for unit in units}
    merged = [group for group in groups if len(group) > 1]
    inside = sum(
        int((border.km or 0) * 1000)
        for border in borders
        for group in merged
        if {border.code_a, border.code_b} <= {*group}
    )
    return (
        -len(groups),
        sum(len(group) for group in merged),
        sum(len({by_code[code].type for code in group}) > 1 for group in merged),
        -inside,
        sum((sum(by_code[code].population or 0 for code in group) // 100) ** 2 for group in merged),
    )


def best(units: list[Unit], borders: list[Border], least: int, most: int | None) -> tuple[int, ...] | None:
    """The best score over every partition there is."""
    residents = {unit.code: unit.population or 0 for unit in units}
    possible = [
        score(groups, units, borders)
        for groups in partitions([unit.code for unit in units])
        if all(sum(residents[code] for code in group) >= least for group in groups)
        and all(most is None or len(group) <= most for group in groups)
        and all(hangs_together(group, borders) for group in groups)
    ]
    return min(possible, default=None)


@settings(max_examples=60, deadline=None)
@given(maps(), st.integers(1, 30), st.none() | st.integers(2, 4))
def test_a_minimum_against_every_partition(
    drawn: tuple[list[Unit], list[Border]], least: int, most: int | None
) -> None:
    units, borders = drawn
    found = ask(minimum(least, max_merge=most), units, borders)
    wanted = best(units, borders, least, most)
    if wanted is None:
        assert found.scenario is None
        assert found.problems
        return
    assert score([list(group) for group in found.groups], units, borders) == wanted
    assert found.optimal
    values = {certificate.objective: certificate.value for certificate in found.certificates}
    assert list(values) == list(ProposalObjective)
    assert (
        -values[ProposalObjective.UNITS],
        values[ProposalObjective.TOUCHED],
        values[ProposalObjective.MIXED],
    ) == wanted[:3]


@settings(max_examples=30, deadline=None)
@given(maps(), st.integers(1, 7))
def test_a_number_of_units_against_every_partition(
    drawn: tuple[list[Unit], list[Border]], number: int
) -> None:
    units, borders = drawn
    found = ask(Wish(Aim.UNITS, number, max_merge=3), units, borders)
    possible = [
        score(groups, units, borders)
        for groups in partitions([unit.code for unit in units])
        if len(groups) == number
        and all(len(group) <= 3 for group in groups)
        and all(hangs_together(group, borders) for group in groups)
    ]
    if not possible:
        assert found.scenario is None
        return
    assert score([list(group) for group in found.groups], units, borders) == min(possible)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def province(name: str) -> tuple[list[Unit], list[Border]]:
    return (
        [commune(row["code"], int(row["population"]), UnitType(row["type"])) for row in rows(name)],
        [
            Border(row["code_a"], row["code_b"], Decimal(row["shared_border_km"]))
            for row in rows(f"{name}-neighbours")
        ],
    )


BEST = [pytest.param("cao-bang", 29, marks=pytest.mark.slow), ("hue", 35), ("ha-tinh", 62), ("ha-noi", 125)]


@pytest.mark.parametrize(("name", "number"), BEST)
def test_real_provinces_are_proven_optimal_and_hold_by_plain_counting(name: str, number: int) -> None:
    units, borders = province(name)
    found = ask(minimum(16_000), units, borders)
    assert found.optimal
    assert len(found.groups) == number
    residents = {unit.code: unit.population or 0 for unit in units}
    assert sorted(code for group in found.groups for code in group) == sorted(residents)
    for group in found.groups:
        assert sum(residents[code] for code in group) >= 16_000
        assert hangs_together(list(group), borders)
    assert found.report is not None
    assert sum(after.audit.unit.population or 0 for after in found.report.units) == sum(residents.values())
    assert ask(minimum(16_000), units, borders).groups == found.groups, "the same input, the same answer"


def line(*residents: int | None, **more: object) -> tuple[list[Unit], list[Border]]:
    """Units in a row, each beside the next."""
    units = [commune(str(place), count) for place, count in enumerate(residents)]
    return units, [Border(str(place), str(place + 1), Decimal(1)) for place in range(len(units) - 1)]


@pytest.mark.parametrize(("least", "possible"), [(10, True), (11, False)])
def test_an_island_below_the_minimum_stops_it(least: int, possible: bool) -> None:
    units, borders = line(20, 20)
    units.append(commune("9", 10, UnitType.SPECIAL_ZONE))
    borders.append(Border("1", "9", Decimal(1)))  # even a bordered special zone is never joined
    found = ask(minimum(least), units, borders)
    assert (found.scenario is not None) == possible
    if not possible:
        assert [(problem.code, problem.value) for problem in found.problems] == [("island", "9")]
        exempt = ask(minimum(least, exempt=frozenset({"9"})), units, borders)
        assert exempt.groups == (("0",), ("1",), ("9",))
        assert [problem.code for problem in exempt.problems] == ["exempt"]


def test_a_unit_without_neighbours_stops_it() -> None:
    units, borders = line(20, 20)
    found = ask(minimum(15), [*units, commune("9", 10)], borders)
    assert [(problem.code, problem.value) for problem in found.problems] == [("island", "9")]
    flagged = commune("9", 10, terrain=Terrain(island=True))
    found = ask(minimum(15), [*units, flagged], [*borders, Border("1", "9")])
    assert [(problem.code, problem.value) for problem in found.problems] == [("island", "9")]


def test_a_kept_unit_stops_it_by_itself_or_by_standing_between() -> None:
    units, borders = line(10, 20, 30)
    found = ask(minimum(15, keep=frozenset({"0"})), units, borders)
    assert [(problem.code, problem.value) for problem in found.problems] == [("kept-unit", "0")]
    found = ask(minimum(15, keep=frozenset({"1"})), units, borders)
    assert [(problem.code, problem.value) for problem in found.problems] == [("kept-unit", "0")]
    assert "Xã 1" in str(found.problems[0].message)


def test_the_most_units_in_a_merger_can_be_what_stops_it() -> None:
    units, borders = line(4, 4, 4)
    assert [problem.code for problem in ask(minimum(12, max_merge=2), units, borders).problems] == [
        "impossible"
    ]
    assert ask(minimum(12, max_merge=3), units, borders).groups == (("0", "1", "2"),)


def test_unknown_residents_stop_a_minimum_and_are_left_alone_otherwise() -> None:
    units, borders = line(10, None, 10, 10)
    found = ask(minimum(5), units, borders)
    assert [(problem.code, problem.value) for problem in found.problems] == [("unknown-residents", "1")]
    fewer = ask(Wish(Aim.UNITS, 3), units, borders)
    assert set(fewer.groups) == {("0",), ("1",), ("2", "3")}


def test_units_of_different_provinces_are_never_joined() -> None:
    units = [commune("0", 10, province="A"), commune("1", 10, province="B"), commune("2", 10, province="B")]
    borders = [Border("0", "1", Decimal(9)), Border("1", "2", Decimal(1))]
    assert set(ask(Wish(Aim.UNITS, 2), units, borders).groups) == {("0",), ("1", "2")}


def test_posts_to_save_are_saved_at_the_low_ends() -> None:
    """Two of 16,000 have 57–62 posts each, 32,000 residents have 65–70: 49 are saved at the low ends."""
    units, borders = line(16_000, 16_000, 16_000)
    assert len(ask(Wish(Aim.SAVE_POSTS, 49), units, borders).groups) == 2
    assert len(ask(Wish(Aim.SAVE_POSTS, 50), units, borders).groups) == 1
    assert ask(Wish(Aim.SAVE_POSTS, 200), units, borders).scenario is None


def test_the_checker_finds_what_is_wrong() -> None:
    units, borders = line(10, 10, 10)
    wish = minimum(15)
    good = ask(wish, units, borders)
    assert good.report is not None
    assert good.groups == (("0", "1", "2"),)
    for groups in ([["0", "1"]], [["0", "2"], ["1"]], [["0", "1"], ["2"]], [["0", "1", "2"], ["2"]]):
        assert verify(wish, units, borders, groups, good.report)
    assert verify(minimum(31), units, borders, good.groups, good.report)
    assert verify(minimum(15, keep=frozenset({"1"})), units, borders, good.groups, good.report)
    assert verify(minimum(15, max_merge=2), units, borders, good.groups, good.report)
    assert verify(wish, units, borders[:1], good.groups, good.report)
    assert not verify(wish, units, borders, good.groups, good.report)


@pytest.mark.parametrize(("most", "found_any"), [(300, False), (1_500, True)])
def test_more_groups_than_can_be_looked_at_is_said_and_the_bound_stays_true(
    monkeypatch: pytest.MonkeyPatch, most: int, found_any: bool
) -> None:
    monkeypatch.setattr("quota.planning.mergers.groups.MOST_GROUPS", most)
    units, borders = province("cao-bang")
    found = ask(minimum(16_000, seconds=20), units, borders)
    assert found.most_tried is not None
    assert (found.scenario is not None) == found_any
    if not found_any:
        (problem,) = found.problems
        assert problem.code == "too-many-groups"
        assert str(problem.message) == (
            f"no mergers of up to {found.most_tried} units meet it; larger ones are too many to try"
        )
        return
    first = found.certificates[0]
    assert first.value <= 29 <= first.bound == 35
    assert not found.optimal


def without_time(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The solver finds out nothing any more after so many searches."""
    from ortools.sat.python import cp_model

    class Solver(cp_model.CpSolver):  # type: ignore[misc]  # it carries no types
        searches = 0

        def solve(self, model: object) -> int:
            Solver.searches += 1
            return cp_model.UNKNOWN if Solver.searches > after else super().solve(model)

    monkeypatch.setattr(cp_model, "CpSolver", Solver)


def test_where_time_runs_out_before_anything_is_found_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    without_time(monkeypatch, after=0)
    found = ask(minimum(15, seconds=7), *line(10, 10, 10))
    (problem,) = found.problems
    assert (found.scenario, problem.code) == (None, "out-of-time")
    assert str(problem.message) == "no proposal was found in 7 seconds, and none was ruled out"
    assert str(problem.fix) == "give more time: --time-limit SECONDS"


def test_where_time_runs_out_later_the_first_objective_stands_proven_and_the_rest_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    units, borders = line(10, 5, 10, 10)
    wanted = ask(minimum(15), units, borders)
    without_time(monkeypatch, after=1)
    found = ask(minimum(15), units, borders)
    assert found.certificates[0] == wanted.certificates[0]
    assert found.certificates[0].proven
    assert not found.optimal
    for certificate, proven in zip(found.certificates, wanted.certificates, strict=True):
        low, high = sorted((certificate.value, certificate.bound))
        assert low <= proven.value <= high, "the best lies between what was found and the bound"


def test_a_wrong_answer_of_the_search_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quota.planning.mergers.suggesting.pack", lambda *_, **__: Packing((), ()))
    with pytest.raises(InputError) as refused:
        ask(minimum(15), *line(10, 20))
    assert [str(problem.message) for problem in refused.value.problems] == [
        "10 residents, under the minimum: Xã 0"
    ]


def test_the_checker_says_what_is_wrong() -> None:
    units = [commune(str(place), 16_000, province="AB"[place // 2]) for place in range(3)]
    borders = [Border("0", "1"), Border("1", "2")]
    wish = Wish(Aim.UNITS, 2, max_merge=2)
    good = ask(wish, units, borders)
    assert good.report is not None
    assert set(good.groups) == {("0", "1"), ("2",)}

    def wrong(wish: Wish, groups: list[list[str]], of: list[Unit] = units) -> list[str]:
        assert good.report is not None
        return [str(problem.message) for problem in verify(wish, of, borders, groups, good.report)]

    held = [["0", "1"], ["2"]]
    assert wrong(wish, held) == []
    assert wrong(Wish(Aim.UNITS, 3), held) == ["2 units, not 3"]
    assert wrong(Wish(Aim.SAVE_POSTS, 49), held) == []
    assert wrong(Wish(Aim.SAVE_POSTS, 50), held) == ["fewer posts are saved than asked for"]
    assert wrong(wish, [["0"], ["1", "2"]]) == [
        "in several provinces: Xã 1, Xã 2",
        "the scenario's units are not the groups",
    ]
    assert wrong(Wish(Aim.UNITS, 3), [["0"], ["1"], ["2"]]) == [
        "the scenario makes 2 units of 3 groups",
        "the scenario's units are not the groups",
    ]
    fewer = [*units[:2], commune("2", 15_999, province="B")]
    assert wrong(wish, held, fewer) == ["residents are not conserved"]


def test_land_of_many_units_below_the_minimum_names_some_and_counts_the_rest() -> None:
    found = ask(minimum(100), *line(*[1] * 10))
    (problem,) = found.problems
    assert str(problem.message) == (
        "Xã 0, Xã 1, Xã 2, Xã 3, Xã 4, Xã 5, Xã 6, Xã 7 and 2 more have no other neighbours to join and "
        "10 residents together, under 100"
    )
    assert str(problem.fix) == "leave it out of the minimum: --exempt 0"


def test_borders_of_unknown_length_are_said_to_count_for_nothing() -> None:
    units, borders = line(10, 20, 20)
    found = ask(minimum(15), units, [replace(borders[0], km=None), borders[1]])
    (problem,) = found.problems
    assert str(problem.message) == (
        "the length of 1 border is unknown: it counts as none where mergers are kept compact"
    )
    assert str(problem.fix) == "fill in shared_border_km"
    both = ask(minimum(15), units, [replace(border, km=None) for border in borders])
    assert str(both.problems[0].message).startswith("the lengths of 2 borders are unknown")
