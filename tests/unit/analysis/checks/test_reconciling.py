"""Which values lost zeros: against the truth, against brute force, and honest where it cannot be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota import read_units
from quota.analysis.checks.accounts import Found
from quota.analysis.checks.exactly import LIKELY_ENOUGH
from quota.analysis.checks.expecting import judged
from quota.analysis.checks.plausibility import THOUSANDFOLD, Reading, readings
from quota.analysis.checks.reconciling import reconcile
from quota.core.reconciliation import Cause, Verdict
from quota.core.units import Unit, UnitType
from quota.tables.shipped.country import country
from quota.tables.shipped.provinces import find_province

pytest.importorskip("ortools")


def always() -> float:
    return 60.0


def units_of(people: list[int]) -> list[Unit]:
    return [Unit(f"9{n:04}", f"Xã {n}", UnitType.COMMUNE, residents) for n, residents in enumerate(people)]


PEOPLE = [14_211, 17_377, 15_419, 21_003, 18_877, 16_531, 19_249, 22_613, 17_909, 15_733]


def test_a_table_that_adds_up_is_left() -> None:
    assert reconcile("", units_of(PEOPLE), sum(PEOPLE), always).verdict is Verdict.MATCHES


@pytest.mark.parametrize(("lost", "true"), [(1_813, 18_130), (196, 19_600), (17, 17_000)])
def test_one_two_and_three_zeros(lost: int, true: int) -> None:
    found = reconcile("", units_of([*PEOPLE, lost]), sum(PEOPLE) + true, always)
    assert found.verdict is Verdict.ONLY_ONE
    assert [(change.before, change.after) for change in found.accounts[0].changes] == [(lost, true)]
    assert found.corrected() == {"90010": true}


def test_two_that_fit_alike_change_nothing_until_accepted() -> None:
    people = [*PEOPLE, 5_003, 5_003]
    total = sum(people) + 9 * 5_003
    found = reconcile("", units_of(people), total, always)
    assert found.verdict is Verdict.SEVERAL
    assert len(found.accounts) == 2
    assert found.corrected() == {}
    for account in found.accounts:
        name = found.name_of(account)
        assert name is not None
        taken = reconcile("", units_of(people), total, always, accept=[name])
        (change,) = account.changes
        assert (taken.accepted, taken.corrected()) == (name, {change.unit.code: change.after})
    assert reconcile("", units_of(people), total, always, accept=["table-000000"]).corrected() == {}


def test_of_few_units_too_the_lost_zero_is_found() -> None:
    few = reconcile("", units_of([14_211, 17_377, 1_813]), 14_211 + 17_377 + 18_130, always)
    assert few.verdict is Verdict.ONLY_ONE
    assert [change.after for change in few.accounts[0].changes] == [18_130]


def test_a_total_that_is_off_by_a_little_is_explained_and_never_settled() -> None:
    for off in (1, -160):
        found = reconcile("", units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 18_130 + off, always)
        assert found.verdict is Verdict.NEARLY
        assert [(account.off, account.bounds) for account in found.accounts] == [(off, ())]
        assert [change.after for change in found.accounts[0].changes] == [18_130]
        assert (found.settled, found.corrected()) == (False, {})


def test_figures_in_thousands_are_known_between_bounds_that_hold_the_truth() -> None:
    true = [21_377, 18_622]
    rounded = [round(people / 1000) for people in true]
    found = reconcile("", units_of([*PEOPLE, *rounded]), sum(PEOPLE) + sum(true), always)
    assert found.verdict is Verdict.NARROWED
    (account,) = found.accounts
    for bounds, people in zip(account.bounds, true, strict=True):
        assert bounds.low <= people <= bounds.high
        assert bounds.high - bounds.low <= 1000
        assert bounds.cause is Cause.THOUSANDS
    assert (found.settled, account.off) == (False, 0)


@pytest.mark.parametrize(("true", "bounds"), [(21_377, (21_177, 21_500)), (21_000, (20_800, 21_200))])
def test_one_figure_in_thousands_is_what_the_total_leaves_while_that_is_off_by_a_little(
    true: int, bounds: tuple[int, int]
) -> None:
    """A figure of 21,000 that lost its zeros under a total off by one must not become 21,001."""
    for off in (0, 1):
        found = reconcile("", units_of([*PEOPLE, 21]), sum(PEOPLE) + true + off, always)
        for account in found.accounts:
            assert [(known.low, known.high) for known in account.bounds] in (
                [],
                [(bounds[0] + off, min(bounds[1] + off, 21_500))],
            )
    assert found.accounts[0].bounds


def copied_row(*lost: int) -> list[Unit]:
    people = [*PEOPLE, *lost, 61_517, 61_517]
    units = [replace(unit, area_km2=Decimal(20 + n)) for n, unit in enumerate(units_of(people))]
    units[-1] = replace(units[-1], area_km2=units[-2].area_km2)
    return units


def test_a_copied_row_is_what_the_total_leaves_for_either() -> None:
    units = copied_row()
    found = reconcile("", units, sum(PEOPLE) + 61_517 + 18_541, always)
    assert found.verdict is Verdict.NARROWED
    assert [
        [(bounds.unit.code, bounds.low, bounds.high, bounds.cause) for bounds in account.bounds]
        for account in found.accounts
    ] == [[(unit.code, 18_341, 18_741, Cause.COPIED)] for unit in units[-2:]]
    assert not found.settled
    implausible = reconcile("", units, sum(PEOPLE) + 61_517 + 41, always)
    assert implausible.verdict is Verdict.UNEXPLAINED


def test_what_is_left_for_a_copied_row_is_open_as_far_as_the_other_figures_are() -> None:
    units = copied_row(1_813, 5_203)
    expected = judged(units, every=True)
    total = sum(PEOPLE) + 18_130 + 5_203 + 61_517 + 18_541
    found = reconcile("", units, total, always)
    assert [account.bounds[0].unit.code for account in found.accounts] == [unit.code for unit in units[-2:]]
    for account in found.accounts:
        (bounds,) = account.bounds
        assert bounds.low <= 18_541 <= bounds.high
        for change in account.changes:
            options = readings(change.before, expected[change.unit.code])
            (chosen,) = [reading for reading in options if reading.residents == change.after]
            others = [reading.surprise for reading in options if reading is not chosen]
            assert all(surprise - chosen.surprise > 4_000 for surprise in others)


def test_what_is_left_for_a_copied_row_is_as_wide_as_is_usual_where_the_time_is_up() -> None:
    units = copied_row()
    turns = iter([60.0, 60.0, 0.0, 60.0, 0.0])
    found = reconcile("", units, sum(PEOPLE) + 61_517 + 18_542, lambda: next(turns))
    usual = judged(units, every=True)[units[-1].code]
    for account in found.accounts:
        (bounds,) = account.bounds
        assert bounds.low <= usual.expected * 0.9
        assert bounds.high >= usual.expected * 1.1


def test_an_account_that_chance_may_have_made_is_not_called_the_only_one() -> None:
    people = [*PEOPLE, 7_903]
    found = reconcile("", units_of(people), sum(PEOPLE) + 79_030, always)
    assert found.verdict is Verdict.UNLIKELY
    assert found.accounts[0].surprise > LIKELY_ENOUGH
    assert found.corrected() == {}
    known = reconcile("", units_of(people), sum(PEOPLE) + 79_030, always, embedded={"90010": 79_030})
    assert known.verdict is Verdict.ONLY_ONE


def test_sets_of_zeros_that_chance_makes_fit_give_way_to_a_total_that_is_off_by_a_little() -> None:
    """Bắc Ninh's published total is 9 less than its units: three sets of unlikely zeros add up to it."""
    units = [unit for unit in country().values() if unit.province == "Bắc Ninh"]
    true = {unit.code: unit.population or 0 for unit in units}
    lost = [
        replace(unit, population=int(str(unit.population).rstrip("0")))
        if unit.population and unit.population > 999
        else unit
        for unit in units
    ]
    found = reconcile("Bắc Ninh", lost, sum(true.values()) - 9, always)
    first, *others = found.accounts
    assert (found.verdict, first.off, found.settled) == (Verdict.NEARLY, -9, False)
    changed = {change.unit.code: change.after for change in first.changes}
    assert {unit.code: changed.get(unit.code, unit.population) for unit in lost} == true
    assert others
    assert all(account.off == 0 and found.name_of(account) is None for account in others)


def test_of_many_that_fit_alike_no_more_than_four_are_looked_for() -> None:
    people = [*PEOPLE, *[5_003] * 6]
    found = reconcile("", units_of(people), sum(people) + 9 * 5_003, always)
    assert found.verdict is Verdict.SEVERAL
    changed = {account.changes[0].unit.code for account in found.accounts}
    assert len(found.accounts) == len(changed) == 4
    assert changed <= {f"9{place:04}" for place in range(10, 16)}


def test_an_account_that_does_not_add_up_is_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    units = units_of([*PEOPLE, 1_813])
    wrong = Found((tuple(0 for _ in units),), complete=True)
    monkeypatch.setattr("quota.analysis.checks.exactly.search", lambda *_: wrong)
    with pytest.raises(AssertionError, match="an account that does not add up"):
        reconcile("", units, sum(PEOPLE) + 18_130, always)


def test_what_cannot_be_explained_says_what_remains() -> None:
    found = reconcile("", units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 28_135, always)
    assert (found.verdict, found.remainder) == (Verdict.UNEXPLAINED, 10_005)
    found = reconcile("", units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 18_130 + 9_000, always)
    assert (found.verdict, found.remainder) == (Verdict.UNEXPLAINED, 9_000)
    unknown = [*units_of(PEOPLE), Unit("1", "Xã", UnitType.COMMUNE, None)]
    assert reconcile("", unknown, sum(PEOPLE) + 900, always).verdict is Verdict.UNEXPLAINED


def test_figures_that_may_have_lost_zeros_are_counted() -> None:
    units = [replace(unit, area_km2=Decimal(33)) for unit in units_of([*PEOPLE, 1_813, 17])]
    found = reconcile("", units, sum(PEOPLE) + 18_130 + 17_000, always)
    expected = judged(units, every=True)
    options = [readings(unit.population or 0, expected[unit.code]) for unit in units]
    assert found.candidates == sum(any(reading.zeros for reading in each) for each in options)
    assert 2 <= found.candidates < len(units)


def test_what_fits_explains_nothing_while_residents_or_units_are_missing() -> None:
    units, total = units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 18_130
    unknown = Unit("1", "Xã", UnitType.COMMUNE, None)
    assert reconcile("", [*units, unknown], total, always).verdict is Verdict.UNEXPLAINED
    verdicts = [
        reconcile("", units, total, always, published_units=published).verdict
        for published in (len(units) - 1, len(units), len(units) + 1)
    ]
    assert verdicts == [Verdict.UNEXPLAINED, Verdict.ONLY_ONE, Verdict.UNEXPLAINED]


def test_two_alike_are_two_however_far_off_both_are() -> None:
    people = [*PEOPLE, 9_003, 9_003]
    found = reconcile("", units_of(people), sum(people) + 9 * 9_003, always)
    assert [account.surprise > THOUSANDFOLD / 2 for account in found.accounts] == [True, True]
    assert found.verdict is Verdict.SEVERAL


@pytest.mark.parametrize(("more", "verdict"), [(0, Verdict.SEVERAL), (1, Verdict.CLEAR)])
def test_the_first_is_clear_where_the_next_is_more_than_a_thousand_times_less_plausible(
    more: int, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    surprises = iter((20, 20 + THOUSANDFOLD + more))
    monkeypatch.setattr(
        "quota.analysis.checks.plausibility.readings",
        lambda residents, *_: (Reading(residents, 0, 0), Reading(10 * residents, 1, next(surprises))),
    )
    assert reconcile("", units_of([5_003, 5_003]), 11 * 5_003, always).verdict is verdict


def test_a_time_limit_that_is_up_is_said() -> None:
    found = reconcile("", units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 18_130, lambda: 0.0)
    assert found.verdict is Verdict.OUT_OF_TIME
    turns = iter([60.0, 0.0])
    found = reconcile("", units_of([*PEOPLE, 1_813]), sum(PEOPLE) + 18_130, lambda: next(turns))
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.corrected() == {}


@settings(max_examples=25, deadline=None)
@given(
    people=st.lists(st.integers(12_000, 30_000), min_size=9, max_size=12),
    lost=st.lists(st.sampled_from([121, 1_449, 17, 2_003, 5_501, 6_007]), min_size=1, max_size=3),
    factor=st.sampled_from([10, 100]),
)
def test_the_search_finds_what_trying_everything_finds(
    people: list[int], lost: list[int], factor: int
) -> None:
    units = units_of([*people, *lost])
    total = sum(people) + factor * sum(lost)
    expected = judged(units, every=True)
    figures = [readings(unit.population or 0, expected[unit.code]) for unit in units]
    exact = [choice for choice in product(*figures) if sum(reading.residents for reading in choice) == total]
    found = reconcile("", units, total, always)
    if not exact:
        assert found.verdict in (Verdict.UNEXPLAINED, Verdict.NEARLY, Verdict.NARROWED)
        return
    best = min(sum(reading.surprise for reading in choice) for choice in exact)
    assert found.accounts[0].surprise == best
    changes = len(found.accounts[0].changes)
    rivals = [choice for choice in exact if sum(reading.zeros > 0 for reading in choice) <= changes]
    assert (found.verdict in (Verdict.ONLY_ONE, Verdict.UNLIKELY)) == (len(rivals) == 1)
    assert found.verdict is not Verdict.ONLY_ONE or best <= LIKELY_ENOUGH


def test_published_provinces(reference: Path) -> None:
    provinces = defaultdict(list)
    for unit in read_units(reference / "communes.csv").units:
        provinces[unit.province or ""].append(unit)
    truth = {"Hải Phòng": "hai-phong", "Hà Nội": "ha-noi", "Huế": "hue", "Cao Bằng": "cao-bang"}
    explained = set()
    for name, units in provinces.items():
        published = find_province(name)
        assert published is not None
        found = reconcile(name, units, published.population, always)
        if not found.accounts:
            assert found.verdict is Verdict.UNEXPLAINED
            continue
        if found.verdict in (Verdict.NEARLY, Verdict.NARROWED):
            assert name in {"Quảng Trị": Verdict.NEARLY, "Cần Thơ": Verdict.NARROWED}
            continue
        explained.add(name)
        changed = {change.unit.code: change.after for change in found.accounts[0].changes}
        after = {unit.code: changed.get(unit.code, unit.population) for unit in units}
        assert sum(people or 0 for people in after.values()) == published.population
        if name not in truth:
            continue
        # Hà Nội's has two sound figures that look wrong: without embedded figures chance may have made it
        assert found.settled is (name != "Hà Nội")
        assert found.settled or replace(found, accepted=found.name_of(found.accounts[0]) or "").settled
        true = {unit.code: unit.population for unit in read_units(truth[name]).units}
        slipped = {code for code in true if after[code] != true[code]}
        assert sorted(str(people) for people in after.values()) == sorted(
            str(people) for people in true.values()
        )
        assert len(slipped) == (5 if name == "Hải Phòng" else 0)
    assert explained >= {*truth, "Điện Biên", "Lai Châu", "Hưng Yên", "Ninh Bình", "Tây Ninh"}
    assert not explained & {"Hồ Chí Minh", "Quảng Ninh", "Đà Nẵng"}


def test_the_commands(quota: Callable[..., object], tmp_path: Path) -> None:
    import csv
    import json

    rows = "".join(
        f"{unit.code},{unit.name},xã,{unit.population},20\n" for unit in units_of([*PEOPLE, 1_813])
    )
    path, out = tmp_path / "units.csv", tmp_path / "out.csv"
    path.write_text("code,name,type,population,area_km2\n" + rows, encoding="utf-8")
    total = sum(PEOPLE) + 18_130
    run = quota("reconcile", path, "--control-total", total, "--output", out)
    assert run.code == 0, run.err  # type: ignore[attr-defined]
    assert "1 change explains it exactly" in run.err  # type: ignore[attr-defined]
    with out.open(encoding="utf-8") as lines:
        last = list(csv.DictReader(lines))[-1]
    assert (last["population"], last["original_population"]) == ("18130", "1813")
    answer = json.loads(quota("reconcile", path, "--control-total", total, "--format", "json").out)  # type: ignore[attr-defined]
    (explanation,) = answer["provinces"][0]["explanations"]
    assert explanation["changes"][0]["after"] == 18_130
    assert (explanation["off"], explanation["bounds"], explanation["times_less_plausible"]) == (0, [], 1)
    two = tmp_path / "two.csv"
    two.write_text(path.read_text(encoding="utf-8") + "99999,Xã Hai,xã,1813,20\n", encoding="utf-8")
    several = ("reconcile", two, "--control-total", total + 1_813)
    run = quota(*several, "--format", "json")
    (answer,) = json.loads(run.out)["provinces"]  # type: ignore[attr-defined]
    names = [each["name"] for each in answer["explanations"]]
    assert (run.code, answer["settled"], len(set(names))) == (1, False, 2)  # type: ignore[attr-defined]
    assert quota(*several, "--accept", names[1], "--output", out).code == 0  # type: ignore[attr-defined]
    changed = answer["explanations"][1]["changes"][0]["code"]
    with out.open(encoding="utf-8") as lines:
        corrected = {row["code"]: row["population"] for row in csv.DictReader(lines)}
    assert sorted(code for code, people in corrected.items() if people == "18130") == [changed]
    for wrong, said in (
        (("--accept", "table-0"), "Those that can are table-"),
        ([word for name in names for word in ("--accept", name)], "are explanations of the same figures"),
    ):
        refused = quota(*several, *wrong)
        assert (refused.code, said in " ".join(refused.err.split())) == (2, True)  # type: ignore[attr-defined]
    none = quota("reconcile", path, "--control-total", total, "--accept", names[0])
    assert (none.code, "Leave --accept out" in none.err) == (2, True)  # type: ignore[attr-defined]
    assert quota("reconcile", path, "--control-total", total + 1).code == 1  # type: ignore[attr-defined]
    assert quota("reconcile", path).code == 2  # type: ignore[attr-defined]
    named = quota("reconcile", path, "--province", "thanh pho hue", "--format", "json")  # type: ignore[attr-defined]
    assert json.loads(named.out)["provinces"][0]["name"] == "Huế"
    assert quota("check", path, "--control-total", total, "--fix", out).code == 1  # type: ignore[attr-defined]
    with out.open(encoding="utf-8") as lines:
        last = list(csv.DictReader(lines))[-1]
    assert (last["population"], last["original_population"]) == ("18130", "1813")
    found = json.loads(quota("check", path, "--format", "json").out)["findings"]  # type: ignore[attr-defined]
    assert [(finding["code"], finding["row"], finding["suggested"]) for finding in found] == [
        ("lost-zeros", 12, None)
    ]
    assert "1 finding" in quota("audit", path).err  # type: ignore[attr-defined]
