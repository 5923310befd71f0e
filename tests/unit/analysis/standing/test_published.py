"""Published figures beside what frames give: exactly, with what is unknown, or not."""

from __future__ import annotations

import pytest

from quota.analysis.standing.published import Explained, FrameFigure, beside_published
from quota.core.citations import PublishedFigure
from quota.core.posts import Posts
from quota.core.text import LocalText
from quota.core.units import Unit, UnitType
from quota.norms.applying import load_norms
from quota.tables.shipped.country import country
from quota.tables.shipped.published import published_figures

NOTHING = LocalText("", "")
CV09 = load_norms("cv-09-2025")


def figure(posts: int, units: int = 2, blocs: tuple[str, ...] = ("government",)) -> PublishedFigure:
    return PublishedFigure("Toy", None, units, posts, None, blocs, NOTHING, "", NOTHING)


def units(*residents: int | None) -> list[Unit]:
    return [Unit(str(place), "Xã", UnitType.COMMUNE, count, "Toy") for place, count in enumerate(residents)]


def beside(posts: int, *residents: int, blocs: tuple[str, ...] = ("government",)) -> FrameFigure:
    (found,) = beside_published([figure(posts, len(residents), blocs)], units(*residents), [CV09])
    return found


@pytest.mark.parametrize(
    ("posts", "explained", "difference"),
    [
        (64, Explained.NO, -2),
        (66, Explained.YES, 0),  # 33 + 33
        (67, Explained.OPEN, 1),  # 33 + 34, one of the two in the mountains
        (68, Explained.OPEN, 2),
        (69, Explained.NO, 3),
    ],
)
def test_what_is_unknown_may_hold_for_some_units_and_not_for_others(
    posts: int, explained: Explained, difference: int
) -> None:
    found = beside(posts, 18_000, 18_000)
    assert (found.given, found.possible) == (Posts(66, 66), Posts(68, 68))
    assert (found.explained, found.difference) == (explained, difference)


def test_one_unit_lies_in_the_mountains_or_does_not() -> None:
    given = {posts: beside(posts, 37_524).explained for posts in (41, 42, 43, 49, 50, 51)}
    assert [posts for posts, explained in given.items() if explained is not Explained.NO] == [42, 50]
    assert given[42] is Explained.YES


def test_a_bloc_that_the_frame_lacks_adds_nothing_and_a_range_is_one() -> None:
    assert beside(66, 18_000, 18_000, blocs=("government", "military")).explained is Explained.YES
    with_party = {posts: beside(posts, 16_000, blocs=("government", "party")) for posts in (48, 49, 52, 53)}
    assert [found.difference for found in with_party.values()] == [-1, 0, 0, 1]
    assert [found.explained for found in with_party.values()] == [
        Explained.NO,
        Explained.YES,
        Explained.YES,
        Explained.NO,
    ]


def test_a_figure_about_other_units_than_the_tables_and_unknown_residents_are_refused() -> None:
    with pytest.raises(ValueError, match="3 units in the figure, 2 in the table"):
        beside_published([figure(1, 3)], units(1, 2), [CV09])
    with pytest.raises(ValueError, match="what cv-09-2025 counts is unknown"):
        beside_published([figure(1)], units(1, None), [CV09])


def by_hand(unit: Unit, *, mountain: bool) -> int:
    """The dispatch, written again."""
    above = max((unit.population or 0) - 16_000, 0)
    step = 1_000 if mountain and unit.type is not UnitType.SPECIAL_ZONE else 2_000
    return min(32 + above // step, 50 if unit.type is UnitType.COMMUNE else 70)


def test_the_shipped_figures_counted_again_by_hand() -> None:
    found = beside_published(published_figures(), country().values(), [CV09])
    assert [
        (compared.name or compared.figure.province, compared.figure.posts, compared.difference)
        for compared in found
    ] == [
        ("Hồ Chí Minh", 9_539, 51),
        ("Hưng Yên", 4_218, 19),
        ("Lạng Sơn", 2_457, 306),
        ("Quảng Trị", 3_169, 318),
        ("Xã Trà Giáp", 32, 0),
        ("Xã Phước Năng", 32, 0),
        ("Hà Tĩnh", 2_454, -10),
        ("Xã Sơn Kim 1", 25, -7),
        ("Xã Nghi Xuân", 43, 1),
    ]
    for compared in found:
        about = [
            unit
            for unit in country().values()
            if unit.province == compared.figure.province and compared.figure.code in (None, unit.code)
        ]
        assert compared.residents == sum(unit.population or 0 for unit in about)
        assert compared.given == Posts.exactly(sum(by_hand(unit, mountain=False) for unit in about))
        assert compared.possible == Posts.exactly(sum(by_hand(unit, mountain=True) for unit in about))


def test_without_ceilings_the_central_frame_gives_more_than_was_published() -> None:
    older = load_norms("central-2025")
    found = beside_published(published_figures(), country().values(), [older])
    given = {compared.name or compared.figure.province: compared.given.low for compared in found}
    assert (given["Hồ Chí Minh"], given["Hưng Yên"], given["Hà Tĩnh"]) == (11_292, 4_223, 2_464)


def test_figures_of_a_source_say_what_they_count() -> None:
    for found in published_figures():
        assert found.posts > 0
        assert found.counts.vi
        assert found.counts.en
        assert set(found.blocs) <= {"government", "party", "front", "military"}
        assert bool(found.note.vi) == bool(found.note.en)
