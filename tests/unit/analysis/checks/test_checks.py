"""The bounds of checks on both sides, and what a finding says of its cell."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from msgspec.structs import replace

from quota.analysis.checks import areas, figures, identity, known, zeros
from quota.analysis.checks.areas import MIN_UNITS
from quota.analysis.checks.checking import check, suggestions
from quota.analysis.checks.context import Context
from quota.analysis.checks.expecting import Judged
from quota.analysis.checks.expecting import judged as judge
from quota.core.findings import CheckReport, Finding, Province
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.units import Border, Unit, UnitTable, UnitType

COMMUNE = UnitType.COMMUNE


def unit(code: str, people: int | None, area: str | None = None, name: str = "") -> Unit:
    return Unit(code, name or f"Xã {code}", COMMUNE, people, area_km2=Decimal(area) if area else None)


def toy(count: int = 12, area: str | None = "20") -> list[Unit]:
    return [unit(f"{n:05}", 15_000 + 137 * n, area) for n in range(count)]


def context(units: list[Unit], **more: object) -> Context:
    return Context("A", units, **more)  # type: ignore[arg-type]  # fields of a Context


def report(*findings: Finding) -> CheckReport:
    return CheckReport((), findings)


def judged(*chances: float, deviation: float = -5.0) -> Judged:
    return Judged(15_000.0, 0.4, deviation, chances)


@pytest.mark.parametrize(
    ("sound", "severity"),
    [(0.76, None), (0.74, Severity.WARNING), (0.06, Severity.WARNING), (0.04, Severity.ERROR)],
)
def test_lost_zeros_are_doubted_from_one_chance_in_four_and_an_error_from_nineteen_in_twenty(
    sound: float, severity: Severity | None
) -> None:
    doubt = {"1": judged(sound, 1 - sound, 0.0, 0.0)}
    found = list(zeros.lost_zeros(context([unit("1", 1_889)], judged=doubt)))
    assert [finding.problem.severity for finding in found] == ([severity] if severity else [])
    assert all(finding.residents is None and finding.problem.value == "1889" for finding in found)


@pytest.mark.parametrize(
    ("sound", "share", "found"), [(0.52, 0.1, False), (0.46, 0.1, True), (0.7, 0.03, True)]
)
def test_a_table_s_many_faults_are_no_evidence_against_a_figure(
    sound: float, share: float, found: bool
) -> None:
    """Where one in ten is wrong, ten times likelier is a chance of 10 to 9; where few are, one in four."""
    doubt = replace(judged(sound, 1 - sound, 0.0, 0.0), share=share)
    assert zeros.doubted(doubt) is found
    beyond = list(zeros.lost_zeros(context([unit("1", 1_889)], judged={"1": doubt})))
    assert bool(beyond) is found


def test_how_many_figures_lost_zeros_is_told_of_each() -> None:
    units = [unit(str(place), 15_000 + 7 * place) for place in range(20)] + [unit("x", 1_601)]
    shares = {each.share for each in judge(units).values()}
    assert len(shares) == 1
    assert 0.02 < shares.pop() < 0.15


def test_what_is_usual_and_each_likely_reading_is_named() -> None:
    doubt = {"1": judged(0.1, 0.8, 0.1, 0.0)}
    (found,) = zeros.lost_zeros(context([unit("1", 1_889)], judged=doubt))
    low, high = round(15_000 / math.exp(1)), round(15_000 * math.exp(1))
    assert f"{low:,} to {high:,}" in str(found.problem.message)
    assert "18,890 residents / 188,900 residents?" in str(found.problem.message)


@pytest.mark.parametrize(
    ("people", "embedded", "lost"),
    [
        (1_701, 17_010, 1),
        (171, 17_100, 2),
        (17, 17_000, 3),
        (170_100, 17_010, -1),
        (17_010, 17_010, 0),
        (1_701, 17_011, 0),
    ],
)
def test_a_figure_that_is_the_embedded_one_but_for_zeros(people: int, embedded: int, lost: int) -> None:
    assert known.tenfold(people, embedded) == lost


def test_a_figure_that_lost_zeros_is_not_far_from_the_embedded_one_as_well() -> None:
    embedded = {"1": unit("1", 17_010)}
    for people, found in ((1_701, 0), (1_702, 1)):
        here = context([unit("1", people)], registry=embedded)
        assert len(list(known.far_from_known(here))) == found


def test_only_an_embedded_figure_whose_province_adds_up_and_whose_name_is_the_same_is_suggested() -> None:
    embedded = unit("1", 17_010, name="Xã Một")
    for here, sure, residents in (
        (unit("1", 1_701, name="Xã Một"), {"1"}, 17_010),
        (unit("1", 1_701, name="Xã Một"), set(), None),
        (unit("1", 1_701, name="Xã Hai"), {"1"}, None),
        (unit("1", 170_100, name="Xã Một"), {"1"}, 17_010),
    ):
        (found,) = zeros.lost_zeros(context([here], registry={"1": embedded}, sure=frozenset(sure)))
        assert found.residents == residents
        assert "17,010 residents" in str(found.problem.message)


def test_all_likely_readings_together_are_suggested_where_they_are_the_control_total() -> None:
    doubt = {"1": judged(0.0, 1.0, 0.0, 0.0), "2": judged(1.0, 0.0, 0.0, 0.0)}
    units = [unit("1", 1_701), unit("2", 16_000)]
    (found,) = zeros.lost_zeros(context(units, judged=doubt, control_total=33_010))
    assert found.residents == 17_010
    (found,) = zeros.lost_zeros(context(units, judged=doubt, control_total=33_011))
    assert found.residents is None
    (found,) = zeros.lost_zeros(context(units, judged=doubt, control_total=33_010, total_in_doubt=True))
    assert found.residents is None
    other = {"1": unit("1", 17_019)}
    (found,) = zeros.lost_zeros(context(units, judged=doubt, control_total=33_010, registry=other))
    assert found.residents is None


@pytest.mark.parametrize(("gap", "found"), [(7_654, 0), (7_655, 1), (-7_654, 0), (-7_655, 1)])
def test_a_total_that_is_nearly_right_leaves_no_room_for_a_lost_zero(gap: int, found: int) -> None:
    units = [unit("1", 1_701), unit("2", 16_000)]
    doubt = {"1": judged(0.1, 0.9, 0.0, 0.0)}
    here = context(units, judged=doubt, control_total=17_701 + gap)
    assert len(list(zeros.lost_zeros(here))) == found


@pytest.mark.parametrize(("many", "found"), [(2, 0), (3, 1)])
def test_three_figures_in_thousands_are_a_scale_of_their_own(many: int, found: int) -> None:
    units = [unit(str(n), 17) for n in range(many)]
    doubt = {unit.code: judged(0.0, 0.0, 0.1, 0.9) for unit in units}
    assert len(list(zeros.mixed_scales(context(units, judged=doubt)))) == found


@pytest.mark.parametrize(("deviation", "found"), [(5.01, 1), (-5.01, 1), (4.99, 0), (-4.99, 0)])
def test_figures_five_spreads_off_are_implausible(deviation: float, found: int) -> None:
    doubt = {"1": judged(1.0, 0.0, 0.0, 0.0, deviation=deviation)}
    (*here,) = figures.implausible(context([unit("1", 300_000)], judged=doubt))
    assert [finding.problem.code for finding in here] == ["implausible-population"] * found


def test_usual_residents_on_an_odd_area_put_the_area_in_doubt() -> None:
    doubt = {"1": judged(1.0, 0.0, 0.0, 0.0, deviation=6)}
    (found,) = figures.implausible(context([unit("1", 15_500, "0.05")], judged=doubt))
    assert (found.problem.code, found.problem.column, found.problem.value) == (
        "implausible-density",
        "area_km2",
        "0.05",
    )


def test_nobody_and_a_missing_area_are_findings() -> None:
    units = [*toy(10), unit("a", 0, "3"), unit("b", 15_000)]
    assert [finding.problem.code for finding in figures.blank(context(units))] == ["no-residents"]
    assert [finding.problem.code for finding in figures.blank_area(context(units))] == ["blank-area"]
    few = [*toy(4), unit("b", 15_000)]
    assert list(figures.blank_area(context(few))) == []


def test_a_finding_shows_the_cell_it_is_about() -> None:
    (found,) = identity.same_name(context([unit("1", 15_000, "20", "Xã A"), unit("2", 15_001, None, "xã a")]))
    assert (found.problem.column, found.problem.value) == ("name", "xã a")


@pytest.mark.parametrize(
    ("area", "found"), [("161", 1), ("160", 0), ("159", 0), ("2.4", 1), ("2.5", 0), ("2.6", 0)]
)
def test_an_area_may_be_eight_times_what_is_usual_for_its_borders(area: str, found: int) -> None:
    units = [*toy(), unit("x", 15_500, area)]
    borders = [Border(unit.code, "", Decimal(15)) for unit in units]
    assert len(list(areas.wrong_area(context(units, borders=borders)))) == found


def test_a_doubtful_area_is_shown_beside_its_unit_s_borders() -> None:
    units = [*toy(), unit("x", 15_000, "200")]
    borders = [Border(units[n].code, units[n + 1].code, Decimal(8)) for n in range(12)]
    found = check(UnitTable(tuple(units)), {}, lambda _: None, borders=borders).findings
    (area,) = [finding.problem for finding in found if finding.problem.code == "area-against-borders"]
    assert (area.value, area.column) == ("200", "area_km2")
    assert "its 8 km of borders" in str(area.message)


def test_an_area_grows_with_the_square_of_its_borders() -> None:
    units = [*toy(), unit("x", 15_500, "2000")]
    borders = [Border(unit.code, "", Decimal(15)) for unit in units]
    more = Border("x", "", Decimal(135))
    assert list(areas.wrong_area(context(units, borders=[*borders, more]))) == []
    assert len(list(areas.wrong_area(context(units, borders=borders)))) == 1


def test_areas_are_held_to_borders_from_enough_units_on() -> None:
    units = [*toy(MIN_UNITS - 1), unit("x", 15_500, "2000")]
    borders = [Border(unit.code, "", Decimal(15)) for unit in units]
    assert len(list(areas.wrong_area(context(units, borders=borders)))) == 1
    assert list(areas.wrong_area(context(units[1:], borders=borders))) == []


def test_a_total_says_which_table_and_by_how_much() -> None:
    (found,) = figures.wrong_total(context([unit("1", 900), unit("2", 50)], control_total=1_000))
    assert "A: the residents add up to 950, the control total is 1,000, a gap of 50" in str(
        found.problem.message
    )
    (found,) = figures.wrong_total(Context("", [unit("1", 900)], control_total=1_000))
    assert str(found.problem.message).startswith("the table: ")


def test_rows_without_residents_or_area_are_no_copies() -> None:
    for a, b in (
        (unit("1", 5, None), unit("2", 5, None)),
        (unit("1", None, "2"), unit("2", None, "2")),
    ):
        assert list(identity.same_figures(context([a, b]))) == []
    assert len(list(identity.same_figures(context([unit("1", 5, "2"), unit("2", 5, "2")])))) == 1


@pytest.mark.parametrize(("known", "found"), [(1, 0), (2, 1)])
def test_codes_are_doubted_where_more_than_half_of_them_are_official(known: int, found: int) -> None:
    units = toy(known + 1)
    registry = {unit.code: unit for unit in units[:known]}
    codes = [finding.problem.code for finding in identity.unknown_code(context(units, registry=registry))]
    assert codes == ["unknown-code"] * found


@pytest.mark.parametrize(("people", "found"), [((100, 100), 0), ((100, 60, 40), 1)])
def test_of_two_units_neither_is_the_total_of_the_other(people: tuple[int, ...], found: int) -> None:
    units = [unit(str(n), residents) for n, residents in enumerate(people)]
    assert len(list(identity.total_as_unit(context(units)))) == found


@pytest.mark.parametrize(("units", "found"), [(6, 0), (7, 1), (12, 0)])
def test_an_extract_of_half_a_province_is_left_alone(units: int, found: int) -> None:
    province = Province("00", "A", 12, 999_999)
    assert len(list(identity.number_of_units(context(toy(units), province=province)))) == found


def test_of_missing_units_the_first_few_are_named() -> None:
    everyone = [replace(unit, province="A") for unit in toy(20)]
    registry = {unit.code: unit for unit in everyone}
    province = Province("00", "A", 20, 999_999)
    most = identity._MOST_NAMED
    for lacking in (most, most + 1):
        (found,) = identity.number_of_units(context(everyone[lacking:], registry=registry, province=province))
        said = str(found.problem.message)
        assert said.endswith(" …") is (lacking > most)
        assert said.count("Xã ") == most


def test_one_suggestion_a_unit_and_none_from_a_finding_that_makes_none() -> None:
    problem = Problem("x", Severity.ERROR, say("x"))
    a, b = unit("1", 5), unit("2", 5)
    assert suggestions(report(Finding(problem, a, 50), Finding(problem, a), Finding(problem))) == {"1": 50}
    assert suggestions(report(Finding(problem, b, 50), Finding(problem, b, 500))) == {}


def test_what_reading_remarked_is_no_finding_and_what_it_warned_of_is_one_in_its_place() -> None:
    def at(severity: Severity, file: str, row: int) -> Problem:
        return Problem(f"{file}{row}", severity, say("x"), file=file, row=row)

    problems = (
        at(Severity.WARNING, "b", 2),
        at(Severity.WARNING, "b", 1),
        at(Severity.WARNING, "a", 9),
        at(Severity.ERROR, "b", 7),
        at(Severity.INFORMATION, "a", 1),
    )
    found = check(UnitTable(tuple(toy()), problems), {}, lambda _: None).findings
    assert [finding.problem.code for finding in found] == ["b7", "a9", "b1", "b2"]


def test_borders_add_up_and_unknown_ones_add_nothing() -> None:
    units = toy()
    borders = [Border(unit.code, "x", Decimal(15)) for unit in units]
    borders += [Border(units[0].code, "y", None), Border(units[0].code, "z", Decimal(135))]
    units[0] = replace(units[0], area_km2=Decimal(2_000))
    found = check(UnitTable(tuple(units)), {}, lambda _: None, borders=borders).findings
    assert "area-against-borders" not in [finding.problem.code for finding in found]


def test_a_control_total_that_is_given_comes_before_the_published_one() -> None:
    units = [replace(unit, province="A") for unit in toy()]
    people = sum(unit.population or 0 for unit in units)
    published = Province("00", "A", len(units), people + 1)
    table = UnitTable(tuple(units))
    assert [finding.problem.code for finding in check(table, {}, lambda _: published).findings] == [
        "wrong-total"
    ]
    assert check(table, {}, lambda _: published, control_total=people).findings == ()


def test_a_small_figure_may_be_another_s_by_chance() -> None:
    for own, found in ((999, 0), (1_000, 1)):
        embedded = {"1": unit("1", own), "2": unit("2", 5_003)}
        units = [unit("1", 777), unit("2", own)]
        assert len(list(known.moved(context(units, registry=embedded)))) == found
