"""Metres from place to place: over points, along neighbours, and what is unknown."""

from __future__ import annotations

from quota.planning.redeploy.distances import UNKNOWN, Distances, along_borders, great_circle

POINTS = {"A": (105.0, 21.0), "B": (105.1, 21.0), "C": (105.2, 21.0), "Z": (110.0, 10.0)}


def test_along_borders_the_way_leads_from_neighbour_to_neighbour() -> None:
    found = along_borders([("B", "C"), ("A", "B")], POINTS)
    step, other = great_circle(POINTS["A"], POINTS["B"]), great_circle(POINTS["B"], POINTS["C"])
    assert found.metres("A", "B") == found.metres("B", "A") == step
    assert found.metres("A", "C") == step + other
    assert found.metres("A", "A") == 0


def test_the_shorter_of_two_ways_counts_also_where_it_has_more_steps() -> None:
    points = {**POINTS, "D": (105.1, 22.0)}  # A–D–C makes a wide detour by the north
    found = along_borders([("A", "D"), ("C", "D"), ("A", "B"), ("B", "C")], points)
    assert found.metres("A", "C") == along_borders([("A", "B"), ("B", "C")], points).metres("A", "C")


def test_a_neighbour_without_a_point_leads_nowhere_and_an_island_is_at_an_unknown_distance() -> None:
    found = along_borders([("A", "nowhere"), ("C", "nowhere"), ("A", "B")], POINTS)
    assert found.metres("A", "C") is None
    assert found.metres("A", "nowhere") is None
    assert found.metres("A", "Z") is None
    assert found.matrix(["A"], ["B", "C", "Z"]).tolist() == [[found.metres("A", "B"), UNKNOWN, UNKNOWN]]


def test_between_points_the_array_holds_what_each_pair_says() -> None:
    far = Distances("points", POINTS)
    assert far.matrix(["A", "B"], ["C", "nowhere"]).tolist() == [
        [far.metres("A", "C"), UNKNOWN],
        [far.metres("B", "C"), UNKNOWN],
    ]
    assert far.metres("A", "nowhere") is None
