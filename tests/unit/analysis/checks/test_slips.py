"""Rows that slipped: found by known areas, put back, never called certain by a sum that cannot see them."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quota.analysis.checks.reconciling import reconcile
from quota.analysis.checks.slips import AS_THEY_STAND, DRAWN, WRITTEN, KnownAreas, placements
from quota.core.reconciliation import Cause, ReconcileReport, Reconciliation, Verdict
from quota.core.units import Unit, UnitType
from quota.render.views.audit.reconcile import reconcile_rendering
from quota.render.views.audit.reconcile_words import verdict_words
from quota.tables.shipped.country import country
from tests.conftest import Run

pytest.importorskip("ortools")
OFTEN = 150 if os.environ.get("QUOTA_LAWS") == "long" else 6


def always() -> float:
    return 60.0


def units_of(areas: Sequence[float], people: Sequence[int] | None = None) -> list[Unit]:
    return [
        Unit(
            f"9{place:04}",
            f"Xã {chr(ord('A') + place)}",
            UnitType.COMMUNE,
            people[place] if people else 14_211 + 1_037 * place,
            area_km2=Decimal(str(area)),
        )
        for place, area in enumerate(areas)
    ]


TRUE = units_of([20, 25, 31, 39, 49, 61, 77, 96, 120, 150])
KNOWN = KnownAreas({unit.code: float(unit.area_km2 or 0) for unit in TRUE}, WRITTEN)
TOTAL = sum(unit.population or 0 for unit in TRUE)


def with_figures(unit: Unit, row: Unit) -> Unit:
    return replace(unit, population=row.population, area_km2=row.area_km2)


def slipped(units: Sequence[Unit], run: Sequence[int], by: int, *, closed: bool = True) -> list[Unit]:
    """The table whose rows of a run have the figures of the row `by` before; open, the first keep theirs."""
    table = list(units)
    for place, here in enumerate(run):
        if closed or place >= by:
            table[here] = with_figures(units[here], units[run[(place - by) % len(run)]])
    return table


def rows_of(found: Reconciliation) -> dict[str, str | None]:
    return {move.unit.code: move.row.code if move.row else None for move in found.accounts[0].moved}


def test_rows_that_fit_their_names_are_left_as_they_stand() -> None:
    assert placements(TRUE, KNOWN, always) == [AS_THEY_STAND]
    assert placements(TRUE, KnownAreas({}), always) == [AS_THEY_STAND]
    assert placements(slipped(TRUE, [1, 2], 1), KnownAreas({}), always) == [AS_THEY_STAND]
    assert reconcile("", TRUE, TOTAL, always, areas=KNOWN).verdict is Verdict.MATCHES


@pytest.mark.parametrize(("run", "by"), [([2, 3], 1), ([2, 3, 4, 5, 6], 1), ([1, 2, 3, 4, 5], 2)])
def test_a_run_that_slipped_round_is_found_and_nothing_is_settled(run: list[int], by: int) -> None:
    found = reconcile("", slipped(TRUE, run, by), TOTAL, always, areas=KNOWN)
    assert found.verdict is Verdict.SLIPPED
    assert rows_of(found) == {
        TRUE[run[(place - by) % len(run)]].code: TRUE[here].code for place, here in enumerate(run)
    }
    assert (found.accounts[0].off, found.accounts[0].changes) == (0, ())
    assert (found.settled, found.name_of(found.accounts[0]), found.corrected()) == (False, None, {})


def test_a_run_over_whose_last_row_others_slipped_leaves_that_to_the_total() -> None:
    found = reconcile("", slipped(TRUE, [3, 4, 5, 6], 1, closed=False), TOTAL, always, areas=KNOWN)
    assert found.verdict is Verdict.SLIPPED
    assert rows_of(found) == {"90004": "90005", "90005": "90006", "90006": None}
    (bounds,) = found.accounts[0].bounds
    assert (bounds.unit.code, bounds.cause) == ("90006", Cause.SLIPPED)
    assert bounds.low <= (TRUE[6].population or 0) <= bounds.high
    assert "The figures of Xã G stand in no row. The total leaves 20,233 to 20,633 for it." in [
        str(text) for text in verdict_words(found, 30)
    ]


def test_of_two_rows_that_others_slipped_over_each_may_have_what_the_other_leaves() -> None:
    found = reconcile("", slipped(TRUE, [3, 4, 5, 6, 7], 2, closed=False), TOTAL, always, areas=KNOWN)
    bounds = found.accounts[0].bounds
    assert [known.unit.code for known in bounds] == ["90006", "90007"]
    for known, true in zip(bounds, TRUE[6:8], strict=True):
        assert known.low <= (true.population or 0) <= known.high


def test_what_the_total_cannot_leave_is_said_to_stand_in_no_row() -> None:
    found = reconcile("", slipped(TRUE, [3, 4, 5], 1, closed=False), 10 * TOTAL + 1, always, areas=KNOWN)
    assert (found.verdict, found.accounts[0].bounds, found.accounts[0].off) == (Verdict.SLIPPED, (), None)
    assert "The figures of Xã F stand in no row." in [str(text) for text in verdict_words(found, 30)]


def test_zeros_that_figures_lost_are_put_back_with_their_rows() -> None:
    people = [unit.population or 0 for unit in TRUE]
    people[3] = 18_130
    true = units_of([float(unit.area_km2 or 0) for unit in TRUE], people)
    true[3] = replace(true[3], population=1_813)
    table = slipped(true, [2, 3, 4], 1)
    found = reconcile("", table, sum(people), always, areas=KNOWN)
    (change,) = found.accounts[0].changes
    assert (found.verdict, change.unit.code, change.after) == (Verdict.SLIPPED, "90003", 18_130)
    off = reconcile("", table, sum(people) + 40_000, always, areas=KNOWN)
    assert off.accounts[0].off == 40_000 + 18_130 - 1_813
    assert "So the residents miss the control total by 56,317." in [
        str(text) for text in verdict_words(off, 30)
    ]


def test_where_residents_or_units_are_missing_rows_are_found_and_no_sum_is_said() -> None:
    table = [*slipped(TRUE, [2, 3, 4], 1), Unit("99", "Xã Z", UnitType.COMMUNE, None)]
    found = reconcile("", table, TOTAL, always, areas=KNOWN)
    assert (found.verdict, found.accounts[0].off) == (Verdict.SLIPPED, None)
    fewer = reconcile("", table[:-1], TOTAL, always, areas=KNOWN, published_units=11)
    assert (fewer.verdict, fewer.accounts[0].off) == (Verdict.SLIPPED, None)


def test_a_unit_of_unknown_area_may_have_a_figure_that_no_other_has() -> None:
    """The row of B has C's figures, D's has B's; C's has those of D, whose area is not known."""
    known = KnownAreas({code: area for code, area in KNOWN.km2.items() if code != "90003"}, WRITTEN)
    found = reconcile("", slipped(TRUE, [1, 2, 3], 2), TOTAL, always, areas=known)
    assert rows_of(found) == {"90001": "90003", "90002": "90001", "90003": "90002"}


def test_where_the_likeliest_is_that_no_row_slipped_the_rival_is_given_with_its_odds() -> None:
    """Two areas are drawn coarsely, each a little like the other."""
    drawn = KnownAreas({**KNOWN.km2, "90001": 28.2, "90002": 27.3}, DRAWN)
    found = reconcile("", TRUE, TOTAL, always, areas=drawn)
    assert (found.verdict, found.accounts[0].moved) == (Verdict.SLIPPED, ())
    assert [len(account.moved) for account in found.accounts] == [0, 2]
    lines = [str(text) for text in verdict_words(found, 30)]
    assert lines[1] == "In the likeliest explanation no row slipped."
    assert lines[2].startswith("Explanation 2, ")
    assert lines[2].endswith(" times less plausible: Xã B ← Xã C; Xã C ← Xã B.")


def test_of_placements_that_areas_hardly_tell_apart_each_is_given() -> None:
    areas = [20.0, 20.05, 31.0, 39.0, 49.0, 61.0]
    true = units_of(areas)
    known = KnownAreas({unit.code: float(unit.area_km2 or 0) for unit in true}, WRITTEN)
    found = reconcile(
        "", slipped(true, [0, 1, 2], 1), sum(u.population or 0 for u in true), always, areas=known
    )
    assert found.verdict is Verdict.SLIPPED
    assert len(found.accounts) > 1
    line = next(str(text) for text in verdict_words(found, 30) if str(text).startswith("Explanation 2"))
    assert "Xã A ← " in line


def test_of_accounts_those_that_leave_nothing_over_come_first() -> None:
    """A row that repeats another is nearly its own by area; but without it the total leaves what is usual."""
    people = [unit.population or 0 for unit in TRUE]
    people[4] = people[3] + 100
    true = units_of([float(unit.area_km2 or 0) for unit in TRUE], people)
    table = slipped(true, [3, 4], 1, closed=False)
    drawn = KnownAreas({**KNOWN.km2, "90004": 40.5, "90009": 137.0}, DRAWN)
    assert placements(table, drawn, always)[0] == AS_THEY_STAND
    found = reconcile("", table, sum(people), always, areas=drawn)
    assert rows_of(found) == {"90004": None}
    assert [account.off for account in found.accounts] == [0, 0, 100]


def test_nothing_is_said_to_be_certain_where_the_time_was_up() -> None:
    table = slipped(TRUE, [2, 3, 4], 1)
    assert reconcile("", table, TOTAL, lambda: 0.0, areas=KNOWN).verdict is Verdict.OUT_OF_TIME


def test_a_table_of_one_row_has_no_other_place_for_it() -> None:
    (placement,) = placements(TRUE[:1], KnownAreas({"90000": 50.0}), always)
    assert placement == AS_THEY_STAND


@settings(max_examples=OFTEN, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_run_that_slipped_is_found_or_nothing_is_called_certain(seed: int) -> None:
    """A province of the country, a run slipped in its order of codes or of names, areas from another survey.

    What is certain by the sum has no area that is another's. Where areas are exact, and one is another's by
    far, there is an account in which every unit has its own area.
    """
    chance = random.Random(seed)
    name = chance.choice(("Huế", "Lai Châu", "Điện Biên", "Cao Bằng"))
    true = [unit for unit in country().values() if unit.province == name]
    if chance.random() < 0.5:
        true.sort(key=lambda unit: unit.name)
    length = chance.randint(2, 8)
    start = chance.randrange(len(true) - length)
    run, by = list(range(start, start + length)), chance.randint(1, length - 1)
    closed = chance.random() < 0.7
    table = slipped(true, run, by, closed=closed)
    noise = chance.choice((0.0, 0.01))
    known = KnownAreas(
        {unit.code: float(unit.area_km2 or 1) * (1 + chance.gauss(0, noise)) for unit in true},
        DRAWN if noise else WRITTEN,
    )
    lost = chance.randrange(len(table))
    people = table[lost].population or 1
    total = sum(unit.population or 0 for unit in true)
    if people % 10 == 0:
        table[lost] = replace(table[lost], population=people // 10)
    found = reconcile("", table, total, always, areas=known)
    if found.verdict in (Verdict.MATCHES, Verdict.ONLY_ONE, Verdict.CLEAR):
        assert all(abs(float(unit.area_km2 or 1) / known.km2[unit.code] - 1) < 0.09 for unit in table)
        return
    if not noise:
        own = {unit.code: unit.area_km2 for unit in true}
        tables = [
            [
                {move.unit.code: move.put_back() for move in account.moved}.get(unit.code, unit)
                for unit in table
            ]
            for account in found.accounts
        ]
        assert any(
            all(unit is None or _alike(unit.area_km2, own[unit.code]) for unit in put) for put in tables
        )


def _alike(area: Decimal | None, own: Decimal | None) -> bool:
    return abs(float(area or 1) / float(own or 1) - 1) < 0.03


def test_the_command_finds_them_by_the_embedded_areas_and_by_boundaries(
    quota: Callable[..., Run], tmp_path: Path
) -> None:
    true = [unit for unit in country().values() if unit.province == "Huế"]
    table = slipped(true, [4, 5, 6], 1)
    lines = [f"{unit.code},{unit.name},{unit.population},{unit.area_km2}" for unit in table]
    path = tmp_path / "hue.csv"
    path.write_text("code,name,population,area_km2\n" + "\n".join(lines) + "\n", encoding="utf-8")
    run = quota("reconcile", path, "--province", "Huế", "--format", "json")
    (answer,) = json.loads(run.out)["provinces"]
    assert (run.code, answer["verdict"], answer["settled"]) == (1, "slipped", False)
    moved = answer["explanations"][0]["moved"]
    assert [(move["code"], move["row_code"]) for move in moved] == sorted(
        (true[here].code, true[row].code) for here, row in ((4, 5), (5, 6), (6, 4))
    )
    assert answer["explanations"][0]["times_less_plausible"] == 1
    shown = " ".join(quota("reconcile", path, "--province", "Huế").out.split())
    assert "by their areas the figures of 3 units stand in other rows" in shown
    assert "Figures that changed places leave every sum as it is" in shown
    boundaries = tmp_path / "hue.geojson"
    boundaries.write_text(json.dumps(squares(true)), encoding="utf-8")
    run = quota("reconcile", path, "--province", "Huế", "--boundaries", boundaries, "--format", "json")
    by_shape = json.loads(run.out)["provinces"][0]
    assert (run.code, by_shape["explanations"][0]["moved"]) == (1, moved)
    boundaries.write_text("{}", encoding="utf-8")
    assert quota("reconcile", path, "--province", "Huế", "--boundaries", boundaries).code == 2


def squares(units: Sequence[Unit]) -> dict[str, object]:
    """Boundaries that enclose the units' areas, near the equator."""
    features = []
    for unit in units:
        side = float(unit.area_km2 or 1) ** 0.5 / 111.195
        ring = [[100, 0], [100 + side, 0], [100 + side, side], [100, side], [100, 0]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": unit.code},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def test_in_the_list_a_unit_without_its_figures_has_none() -> None:
    found = reconcile("", slipped(TRUE, [3, 4, 5, 6], 1, closed=False), TOTAL, always, areas=KNOWN)
    rows = str(reconcile_rendering(ReconcileReport((found,)), list).markdown())
    assert "no row" in rows
    assert "In the row of" in rows
