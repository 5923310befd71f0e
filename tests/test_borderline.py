"""`quota borderline`: both sides of every step, and every year by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.analysis.what_if.borderline import Growth, borderline, grown
from quota.core.blocs import Bloc
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.loading import load_frame
from tests.independent import PROVINCES, granted, units

Quota = Callable[..., Any]
ALL = units()
DAY = date(2026, 11, 22)


def by_hand(residents: int, thousandths: int, years: int) -> int:
    """1.2 % is 1012 thousandths."""
    return residents * thousandths**years // 1000**years


def test_every_line_and_year_over_all_embedded_units_by_hand(quota: Quota) -> None:
    run = quota(
        "borderline", *PROVINCES, "--within", 150, "--growth", "1.2", "--years", 6, "--format", "json"
    )
    found = json.loads(run.out)
    assert [line["code"] for line in found["lines"]] == list(ALL)
    assert {line["bloc"] for line in found["lines"]} == {"government"}
    gain = lose = 0
    for line in found["lines"]:
        residents = ALL[line["code"]]["population"]
        unit = ALL[line["code"]]
        now = granted(unit)
        more = next((extra for extra in range(1, 20_001) if granted(unit, residents + extra) > now), None)
        fewer = next(
            (less for less in range(1, residents + 1) if granted(unit, residents - less) < now), None
        )
        assert (line["residents_to_next"], line["residents_to_fewer"]) == (more, fewer)
        assert line["posts_to_gain"] == int(more is not None and more <= 150)
        assert line["posts_to_lose"] == int(fewer is not None and fewer <= 150)
        assert line["near"] is bool(line["posts_to_gain"] or line["posts_to_lose"])
        gain, lose = gain + line["posts_to_gain"], lose + line["posts_to_lose"]
        later = [granted(unit, by_hand(residents, 1012, year)) - now for year in range(1, 7)]
        crosses = next((year for year, change in enumerate(later, 1) if change), None)
        assert line["crosses_in_years"] == crosses
        assert line["posts_at_crossing"] == (later[crosses - 1] if crosses else None)
    nothing = {"party": 0, "front": 0}
    assert found["posts_to_gain"] == {"government": gain, **nothing, "total": gain}
    assert found["posts_to_lose"] == {"government": lose, **nothing, "total": lose}
    assert [projection["province"] for projection in found["projections"]] == [*PROVINCES.values(), None]
    for projection in found["projections"]:
        inside = [unit for unit in ALL.values() if projection["province"] in (None, unit["province"])]
        assert [total["year"] for total in projection["years"]] == list(range(7))
        for total in projection["years"]:
            residents = [by_hand(unit["population"], 1012, total["year"]) for unit in inside]
            assert total["population"] == sum(residents)
            posts = sum(granted(unit, each) for unit, each in zip(inside, residents, strict=True))
            assert total["quota"]["government"] == [posts, posts]
            assert total["quota"]["total"] == [posts + 25 * len(inside), posts + 30 * len(inside)]


@pytest.mark.parametrize(
    ("residents", "gain", "lose"),
    [
        (17_899, 0, 0),
        (17_900, 1, 0),
        (17_999, 1, 0),
        (18_000, 0, 1),
        (18_099, 0, 1),
        (18_100, 0, 0),
        (0, 0, 0),
    ],
)
def test_both_sides_of_the_margin(residents: int, gain: int, lose: int) -> None:
    table = UnitTable((Unit("1", "A", UnitType.COMMUNE, residents),))
    (line,) = borderline(table, load_frame(), within=100, as_of=DAY).lines
    assert (line.gain, line.lose) == (gain, lose)


def test_more_residents_than_a_step_bring_several_posts() -> None:
    table = UnitTable((Unit("1", "A", UnitType.WARD, 250),))
    found = borderline(table, load_frame("tests/toy/toy.yaml"), within=1_000, as_of=DAY)
    lines = {line.bloc: (line.gain, line.lose) for line in found.lines}
    assert lines == {Bloc.GOVERNMENT: (20, 2), Bloc.PARTY: (1, 0)}
    assert (sum(found.to_gain), sum(found.to_lose)) == (21, 2)


@settings(deadline=None)
@given(st.integers(0, 300_000), st.integers(-500, 500), st.integers(1, 15))
def test_a_crossing_is_the_first_year_that_differs(residents: int, thousandths: int, years: int) -> None:
    table = UnitTable((Unit("1", "A", UnitType.WARD, residents),))
    growth = Growth(Fraction(thousandths, 10_000), years)
    (line,) = borderline(table, load_frame(), growth=growth, as_of=DAY).lines
    posts = [
        granted({"type": "ward"}, residents * (10_000 + thousandths) ** year // 10_000**year)
        for year in range(years + 1)
    ]
    if line.crosses_in is None:
        assert set(posts) == {posts[0]}
    else:
        assert set(posts[: line.crosses_in]) == {posts[0]}
        assert posts[line.crosses_in] - posts[0] == line.crossing != 0


def test_growth_is_compounded_from_today_and_cut_once() -> None:
    assert grown(99, Fraction(1, 100), 2) == 100  # 100.9899; cut each year it would be 99
    assert grown(100, Fraction(-1, 10), 2) == 81
    assert grown(0, Fraction(1), 50) == 0


def test_unknown_residents_are_counted_and_in_no_figure(quota: Quota) -> None:
    found = json.loads(
        quota("borderline", "tests/toy/units.csv", "--rules", "tests/toy/toy.yaml", "--format", "json").out
    )
    assert (found["units"], found["unknown_population"]) == (5, 1)
    assert "00004" not in {line["code"] for line in found["lines"]}
    assert found["projections"] == []


def test_csv_has_the_near_ones_or_with_growth_all(quota: Quota) -> None:
    def rows(*more: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(quota("borderline", "hue", *more, "--format", "csv").out)))

    assert all("true" in (row["near"], row["with_unknown_near"]) for row in rows())
    assert {row["near"] for row in rows("--assume", "mountain=no")} == {"true"}
    assert len(rows("--growth", "1", "--years", "3")) == 40


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_it_fits_the_width(quota: Quota, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    arguments = ("borderline", *PROVINCES, "--growth", "-0.5", "--years", "3")
    run = quota(*arguments)
    assert run.code == 0
    assert max(len(line) for line in run.out.splitlines()) <= columns
    assert "Posts by year" in run.out
    assert "**Posts by year**" in quota(*arguments, "--format", "markdown").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--growth", "1.2"], "belong together"),
        (["--years", "3"], "belong together"),
        (["--growth", "1,2", "--years", "3"], "decimal point"),
        (["--growth", "-100", "--years", "3"], "no percentage"),
        (["--growth", "101", "--years", "3"], "no percentage"),
        (["--growth", "1", "--years", "0"], "greater than or equal to 1"),
        (["--within", "0"], "greater than or equal to 1"),
    ],
)
def test_bad_questions_are_refused(quota: Quota, options: list[str], said: str) -> None:
    run = quota("borderline", *options)
    assert (run.code, run.out) == (2, "")
    assert said in " ".join(run.err.split())
