"""What no sequence of operations may break: counts, ancestry, undoing, and the order of mergers."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.core.problems import InputError
from quota.core.units import ProvinceClass, Terrain, Unit, UnitType
from quota.core.what_if.lineage import joined
from quota.core.what_if.scenarios import Holding, Merge, Operation, Rename, Retype, Scenario, Split, Transfer
from quota.planning.mergers.scenario import Outcome, begin, carry_on, carry_out, undo
from tests.blocs import three

TYPES = st.sampled_from([UnitType.COMMUNE, UnitType.WARD])
MAYBE_PEOPLE = st.none() | st.integers(0, 400)
AREAS = st.none() | st.decimals(0, 500, places=2)


@st.composite
def unit_sets(draw: st.DrawFn, unknown: bool = True) -> tuple[Unit, ...]:
    people = MAYBE_PEOPLE if unknown else st.integers(0, 400)
    areas = AREAS if unknown else st.decimals(0, 500, places=2)
    return tuple(
        Unit(
            code=f"{place:03}",
            name=f"Xã {place}",
            type=draw(TYPES),
            population=draw(people),
            province=draw(st.sampled_from(["A", "B", None])),
            area_km2=draw(areas),
            lon=draw(st.sampled_from([None, 105.5, 106.25])),
            lat=draw(st.sampled_from([None, 20.5])),
            staff=three(draw(people), draw(people), draw(people)),
            terrain=Terrain(
                mountain=draw(st.sampled_from([None, True, False])),
                highland=draw(st.sampled_from([None, True, False])),
                border=draw(st.sampled_from([None, True, False])),
                minority_share=draw(st.sampled_from([None, Fraction(1, 3), Fraction(1, 2), Fraction(0)])),
            ),
            more={"Ghi chú": draw(st.sampled_from(["", "a", "b"]))},
        )
        for place in range(draw(st.integers(2, 7)))
    )


def cut(draw: st.DrawFn, whole: int | None, parts: int) -> list[int | None]:
    if whole is None:
        return [draw(st.none() | st.integers(0, 9)) for _ in range(parts - 1)] + [None]
    ends = sorted(draw(st.lists(st.integers(0, whole), min_size=parts - 1, max_size=parts - 1)))
    return [high - low for low, high in zip([0, *ends], [*ends, whole], strict=True)]


@st.composite
def operations(draw: st.DrawFn, state: tuple[Holding, ...], number: int) -> Operation:
    """One that can be carried out on `state`."""
    units = [holding.unit for holding in state]
    kind = draw(st.sampled_from(["merge", "split", "transfer", "retype", "rename"]))
    if kind == "merge" and len(units) > 1:
        some = draw(
            st.lists(st.sampled_from(units), min_size=2, max_size=4, unique_by=lambda unit: unit.code)
        )
        return Merge(tuple(unit.code for unit in some), f"m{number}", f"Gộp {number}", draw(TYPES))
    unit = draw(st.sampled_from(units))
    if kind == "split":
        parts = draw(st.integers(2, 3))
        residents = cut(draw, unit.population, parts)
        blocs = [cut(draw, count, parts) for count in unit.staff]
        hundredths = cut(draw, None if unit.area_km2 is None else int(unit.area_km2 * 100), parts)
        return Split(
            unit.code,
            tuple(
                Unit(
                    f"s{number}-{place}",
                    f"Tách {number}-{place}",
                    draw(TYPES),
                    residents[place],
                    area_km2=None if km is None else Decimal(km) / 100,
                    staff=three(*(bloc[place] for bloc in blocs)),
                )
                for place, km in enumerate(hundredths)
            ),
        )
    others = [other for other in units if other.code != unit.code]
    if kind == "transfer" and others and unit.population:
        other = draw(st.sampled_from(others))
        if draw(st.booleans()):
            return Transfer(unit.code, other.code, share=Fraction(draw(st.integers(1, 7)), 7))
        moving = tuple(draw(st.integers(0, count)) if count else 0 for count in unit.staff)
        return Transfer(
            unit.code,
            other.code,
            residents=draw(st.integers(1, unit.population)),
            area_km2=unit.area_km2 and (unit.area_km2 / 2).quantize(Decimal("0.01")).min(unit.area_km2),
            staff=three(moving[0], moving[1], moving[2]),
        )
    if kind == "retype":
        return Retype(unit.code, UnitType.WARD if unit.type is UnitType.COMMUNE else UnitType.COMMUNE)
    return Rename(unit.code, f"Tên {number}")


def sums(units: tuple[Unit, ...]) -> list[object]:
    """What must not change: sums over all units, unknown where one is unknown."""
    columns: list[list[int | Decimal | None]] = [
        [unit.population for unit in units],
        [unit.area_km2 for unit in units],
        *([unit.staff["government"] for unit in units],),
        *([unit.staff["party"] for unit in units],),
        *([unit.staff["front"] for unit in units],),
    ]
    return [
        None if None in column else sum(value for value in column if value is not None) for column in columns
    ]


@given(st.data())
def test_residents_area_and_staff_are_conserved_and_every_ancestor_is_there_once(data: st.DataObject) -> None:
    units = data.draw(unit_sets(unknown=data.draw(st.booleans())))
    outcome = Outcome(begin(units), ())
    for number in range(data.draw(st.integers(1, 8))):
        operation = data.draw(operations(outcome.holdings, number))
        outcome = carry_on(outcome.holdings, [operation])
        assert sums(outcome.units) == sums(units)
        fragments = [fragment for holding in outcome.holdings for fragment in holding.lineage]
        assert max(Counter(fragments).values()) == 1
        together = joined(holding.lineage for holding in outcome.holdings)
        assert sorted((fragment.code, fragment.cuts) for fragment in together) == [
            (unit.code, ()) for unit in units
        ]


@given(st.data())
def test_undoing_a_merger_by_its_recorded_split_gives_the_parent_back(data: st.DataObject) -> None:
    units = data.draw(unit_sets())
    before = Outcome(begin(units), ())
    for number in range(data.draw(st.integers(0, 3))):
        before = carry_on(before.holdings, [data.draw(operations(before.holdings, number))])
    if len(before.units) < 2:
        return
    some = data.draw(st.lists(st.sampled_from([unit.code for unit in before.units]), min_size=2, unique=True))
    after = carry_on(before.holdings, [Merge(tuple(some), some[0], "Gộp", UnitType.WARD)])
    back = undo(after, after.done[-1])
    assert {holding.unit.code: holding for holding in back.holdings} == {
        holding.unit.code: holding for holding in before.holdings
    }


@given(st.data())
def test_merging_in_any_order_gives_the_same_set(data: st.DataObject) -> None:
    units = data.draw(unit_sets())
    codes = [unit.code for unit in units]
    at_once = carry_out(units, Scenario("", (Merge(tuple(codes), "x", "X", UnitType.WARD),)))
    pool, steps = data.draw(st.permutations(codes)), []
    for number in range(len(codes) - 1):
        pool = data.draw(st.permutations(pool))
        last = number == len(codes) - 2
        into = "x" if last else f"t{number}"
        name, kind = ("X", UnitType.WARD) if last else ("T", data.draw(TYPES))
        steps.append(Merge((pool[0], pool[1]), into, name, kind))
        pool = [*pool[2:], into]
    one_by_one = carry_out(units, Scenario("", tuple(steps)))
    assert one_by_one.holdings == at_once.holdings


def plain(code: str, residents: int | None = 100, **more: object) -> Unit:
    return Unit(code, f"Xã {code}", UnitType.COMMUNE, residents, **more)  # type: ignore[arg-type]  # keys of Unit


def test_unknown_and_known_is_unknown() -> None:
    units = (plain("1", None, staff=three(1, None, 3)), plain("2", 5, staff=three(10, 20, 30)))
    (made,) = carry_out(units, Scenario("", (Merge(("1", "2"), "3", "X", UnitType.WARD),))).units
    assert made.population is None
    assert made.staff == three(11, None, 33)


@pytest.mark.parametrize(("share", "moved"), [("1/3", 33), ("2/3", 66), ("1", 100), ("1/101", 0)])
def test_a_share_is_rounded_down_to_whole_residents(share: str, moved: int) -> None:
    units = (plain("1"), plain("2"))
    outcome = carry_out(units, Scenario("", (Transfer("1", "2", share=Fraction(share)),)))
    assert [unit.population for unit in outcome.units] == [100 - moved, 100 + moved]
    assert outcome.done[0].residents_moved == moved


@pytest.mark.parametrize(("residents", "possible"), [(99, True), (100, True), (101, False)])
def test_residents_moved_are_at_most_those_there(residents: int, possible: bool) -> None:
    scenario = Scenario("", (Transfer("1", "2", residents=residents),))
    if possible:
        assert carry_out((plain("1"), plain("2")), scenario).units[0].population == 100 - residents
    else:
        with pytest.raises(InputError) as refused:
            carry_out((plain("1"), plain("2")), scenario)
        assert [problem.code for problem in refused.value.problems] == ["residents-exceed"]


def test_the_minorities_of_a_merged_unit_are_weighted_by_residents() -> None:
    units = (
        plain("1", 100, terrain=Terrain(minority_share=Fraction(1, 2))),
        plain("2", 300, terrain=Terrain(minority_share=Fraction(1, 10))),
    )
    (made,) = carry_out(units, Scenario("", (Merge(("1", "2"), "3", "X", UnitType.COMMUNE),))).units
    assert made.terrain.minority_share == Fraction(1, 5)


@pytest.mark.parametrize("column", [name for name in Terrain.__struct_fields__ if name != "unit_class"])
def test_what_all_members_are_the_whole_is(column: str) -> None:
    values = {"minority_share": Fraction(1, 4), "province_class": ProvinceClass.OTHER}
    terrain = Terrain(**{column: values.get(column, True)})
    (made,) = carry_out(
        (plain("1", terrain=terrain), plain("2", terrain=terrain)),
        Scenario("", (Merge(("1", "2"), "3", "X", UnitType.COMMUNE),)),
    ).units
    assert made.terrain == terrain


def test_one_run_names_every_operation_that_cannot_be_done_and_nothing_twice() -> None:
    scenario = Scenario(
        "",
        (
            Merge(("1", "9"), "a", "A", UnitType.WARD),
            Rename("a", "B"),  # not made, because of the first: not reported again
            Merge(("1", "2"), "b", "B", UnitType.WARD),
            Rename("1", "C"),
            Split("3", (plain("4", 50), plain("5", 49))),
        ),
    )
    with pytest.raises(InputError) as refused:
        carry_out((plain("1"), plain("2"), plain("3")), scenario)
    assert [problem.code for problem in refused.value.problems] == [
        "unknown-unit",
        "used-twice",
        "does-not-add-up",
    ]


def test_the_name_of_a_unit_that_is_no_more_never_means_one_with_a_like_name() -> None:
    units = (
        Unit("1", "Xã Hòa Bình", UnitType.COMMUNE, 1),
        Unit("2", "Xã Đông", UnitType.COMMUNE, 2),
        Unit("3", "Xã Hoa Binh", UnitType.COMMUNE, 3),
    )
    for code in ("1", "9"):
        merge = Merge(("Xã Hòa Bình", "2"), code, "Xã Mới", UnitType.COMMUNE)
        for named in ("Xã Hòa Bình", "Hoà Bình"):
            with pytest.raises(InputError) as refused:
                carry_out(units, Scenario("", (merge, Rename(named, "X"))))
            assert [problem.code for problem in refused.value.problems] == ["used-twice"]
        renamed = carry_out(units, Scenario("", (merge, Rename("Xã Hoa Binh", "X"))))
        assert [unit.name for unit in renamed.units] == ["Xã Mới", "X"]


def test_a_new_unit_may_go_by_the_name_of_one_of_its_own() -> None:
    merge = Merge(("1", "2"), "1", "Xã 1", UnitType.COMMUNE)
    outcome = carry_out((plain("1"), plain("2")), Scenario("", (merge, Rename("Xã 1", "X"))))
    assert [unit.name for unit in outcome.units] == ["X"]


def test_a_new_unit_may_take_a_members_code_but_no_others() -> None:
    units = (plain("1"), plain("2"), plain("3"))
    assert [
        unit.code
        for unit in carry_out(units, Scenario("", (Merge(("1", "2"), "2", "X", UnitType.WARD),))).units
    ] == ["2", "3"]
    with pytest.raises(InputError) as refused:
        carry_out(units, Scenario("", (Merge(("1", "2"), "3", "X", UnitType.WARD),)))
    assert [problem.code for problem in refused.value.problems] == ["code-taken"]


def test_areas_that_cannot_be_added_up_exactly_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        carry_out((plain("1", area_km2=Decimal("1e30")), plain("2")), Scenario("", ()))
    assert [problem.code for problem in refused.value.problems] == ["absurd-area"]


def unknown(code: str) -> Unit:
    return Unit(code, f"Xã {code}", UnitType.COMMUNE, None)


def test_only_a_merger_is_undone() -> None:
    outcome = carry_out([unknown("1")], Scenario("Thử", (Rename("1", "Xã Mới"),)))
    with pytest.raises(ValueError, match="only a merger records its split"):
        undo(outcome, outcome.done[0])


def test_a_merger_is_not_undone_once_others_have_joined_what_it_made() -> None:
    """Nobody's residents are known, so that only the ancestry shows that more is inside than came in."""
    merge = Merge(("1", "2"), "1", "Xã Mới", UnitType.COMMUNE)
    outcome = carry_out([unknown(code) for code in "123"], Scenario("Thử", (merge,)))
    later = carry_on(outcome.holdings, [Merge(("1", "3"), "1", "Xã Lớn", UnitType.COMMUNE)])
    assert [unit.code for unit in undo(outcome, outcome.done[0]).units] == ["1", "2", "3"]
    with pytest.raises(InputError) as refused:
        undo(later, outcome.done[0])
    (problem,) = refused.value.problems
    assert (problem.code, str(problem.message)) == (
        "lineage-differs",
        "the parts do not come from what Xã Lớn comes from",
    )
    assert str(problem.fix) == "undo the merger that made this unit"
