"""What a reconciliation says of itself: how far an explanation can be trusted, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from quota.analysis.checks.reconciling import reconcile
from quota.core.reconciliation import Account, Correction, Reconciliation, Verdict
from quota.core.units import Unit, UnitType
from quota.render.views.audit.reconcile_words import odds, verdict_words

pytest.importorskip("ortools")
PEOPLE = [14_211, 17_377, 15_419, 21_003, 18_877, 16_531, 19_249, 22_613, 17_909, 15_733]


def always() -> float:
    return 60.0


def said(
    people: Sequence[int | None],
    total: int,
    left: Callable[[], float] = always,
    published_units: int | None = None,
) -> list[str]:
    units = [Unit(f"9{n:04}", f"Xã {n}", UnitType.COMMUNE, residents) for n, residents in enumerate(people)]
    found = reconcile("Huế", units, total, left, published_units=published_units)
    return [str(line) for line in verdict_words(found, 30)]


def test_a_table_that_adds_up() -> None:
    assert said(PEOPLE, sum(PEOPLE)) == [
        "Huế: published 178,922, control total 178,922, gap 0.",
        "It adds up as it is.",
    ]


def test_one_explanation_and_several() -> None:
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 18_130)[1:] == [
        "1 change explains it exactly.",
        "No other plausible explanation has as few or fewer changes.",
    ]
    assert said([*PEOPLE, 5_003, 5_003], sum(PEOPLE) + 11 * 5_003)[1:] == [
        "1 change explains it exactly.",
        "Several explanations fit with as few or fewer changes: which is true stays open.",
        "Nothing is changed. To take the explanation above: --accept hue-ccfe13",
        "Explanation 2 (--accept hue-526c2c): Xã 11 5,003 → 50,030.",
    ]


def test_an_explanation_that_leaves_its_rivals_far_behind_is_clear_and_still_not_taken_by_itself() -> None:
    """Eight that lost a zero come to as much as the first unit would with one more, which no commune has."""
    lost = [*[1_776] * 7, 1_779]
    assert sum(lost) == PEOPLE[0]
    assert said([*PEOPLE, *lost], sum(PEOPLE) + 10 * sum(lost))[1:] == [
        "8 changes explain it exactly.",
        (
            "Others add up with as few or fewer changes; the nearest is 15,000,000,000 times less "
            "plausible (the figures beside those of units like them)."
        ),
        "Nothing is changed. To take the explanation above: --accept hue-71c62c",
    ]


def test_what_is_narrowed_is_said_and_stays_open() -> None:
    open_still = "No sum proves this: which figures are right stays open, and nothing is changed."
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 18_135)[1:] == [
        "1 change explains all but 5 residents: the control total or a figure is off by that.",
        open_still,
    ]
    assert said([*PEOPLE, 21], sum(PEOPLE) + 21_377)[1:] == [
        "Xã 10 is in thousands, rounded: 21 stands for 21,177 to 21,500.",
        open_still,
    ]


def test_what_cannot_be_explained_and_why() -> None:
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 28_135)[1:] == [
        (
            "Lost zeros cannot explain it: each adds a multiple of nine, the gap is none. The most plausible "
            "reading of each value leaves 10,005 residents unexplained."
        )
    ]
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 18_130 + 9_000)[1:] == [
        (
            "No plausible set of lost zeros explains it. The most plausible reading of each value leaves "
            "9,000 residents unexplained."
        )
    ]
    assert said([*PEOPLE, None], sum(PEOPLE) + 900)[1:] == [
        (
            "Residents unknown in 1 unit: no explanation can add up for certain. The most plausible reading "
            "of the others leaves 900 residents for it."
        )
    ]
    assert said(PEOPLE, sum(PEOPLE) + 9, published_units=11)[1:] == [
        (
            "10 units here, the province has 11: the control total is of those, and no explanation can add "
            "up for certain."
        )
    ]


def test_a_search_that_ran_out_of_time_says_what_it_did_not_rule_out() -> None:
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 18_130, lambda: 0.0)[1:] == [
        "The time limit of 30 seconds was up before an explanation was found or ruled out."
    ]
    turns = iter([60.0, 0.0])
    assert said([*PEOPLE, 1_813], sum(PEOPLE) + 18_130, lambda: next(turns))[1:] == [
        "1 change explains it exactly.",
        "The time limit of 30 seconds was up before other explanations were ruled out.",
        "Nothing is changed. To take the explanation above: --accept hue-b98193",
    ]


ONE, TWO, THREE = (
    Correction(Unit(code, f"Xã {code}", UnitType.COMMUNE, 1_000), 1_000, 10_000, 1) for code in "123"
)


def test_what_was_chosen_by_name_comes_first_and_is_no_more_certain() -> None:
    accounts = (Account((ONE,), 0), Account((TWO,), 1_000))
    found = Reconciliation("", 12_000, 3_000, (ONE.unit, TWO.unit), Verdict.SEVERAL, accounts)
    name = found.name_of(accounts[1]) or ""
    lines = [str(text) for text in verdict_words(replace(found, accepted=name), 30)]
    assert f"It was chosen by its name, {name}; no sum proves it." in lines
    assert lines[-1] == f"Explanation 1 (--accept {found.name_of(accounts[0])}): Xã 1 1,000 → 10,000."


def test_what_adds_up_exactly_is_chance_where_what_nearly_does_is_far_likelier() -> None:
    accounts = (Account((ONE,), 0, off=5), Account((TWO,), 9_000))
    found = Reconciliation("", 12_005, 3_000, (ONE.unit, TWO.unit), Verdict.NEARLY, accounts)
    assert [str(text) for text in verdict_words(found, 30)][2:4] == [
        "Or:",
        "With 1 change it adds up exactly, 8,100 times less plausible.",
    ]


def test_rivals_are_told_by_what_sets_them_apart() -> None:
    """The first has changed 1 and 2, the second 1 and 3."""
    accounts = (Account((ONE, TWO), 0), Account((ONE, THREE), 1_000))
    units = tuple(change.unit for change in (ONE, TWO, THREE))
    found = Reconciliation(
        name="",
        units=units,
        control_total=21_000,
        published=3_000,
        verdict=Verdict.SEVERAL,
        accounts=accounts,
        candidates=3,
        unknown=0,
        remainder=0,
    )
    lines = [str(line) for line in verdict_words(found, 30)]
    assert lines[0].startswith("The table: published 3,000")
    assert lines[-1] == "Explanation 2 (--accept table-83fc60) has among others: Xã 3 1,000 → 10,000."


@pytest.mark.parametrize(
    ("surprise", "times"),
    [(0, 1), (1_000, 2), (3_000, 20), (7_000, 1_000), (9_250, 10_000), (10**9, 10**12)],
)
def test_odds_are_two_leading_digits_and_never_beyond_a_million_million(surprise: int, times: int) -> None:
    assert odds(Account((), 0), Account((), surprise)) == times
