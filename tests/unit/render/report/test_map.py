"""The map: what stands apart, where names have room, how colours go from short to over."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quota import audit, load_frame, read_staff, read_units
from quota.core.text import say
from quota.render.report.contents import Report, title
from quota.render.report.geography import Box, all_of, box_of, chord, kilometres, parted, projected
from quota.render.report.map import Map, map_of, map_title
from quota.render.report.map_picture import map_svg
from quota.render.report.naming import LEVELS, PRINTED, Label, Side, leveled
from quota.render.report.scale import PostsScale, Scale, plain_colour, posts_scale, scale_of

FRAME = load_frame("central-2025")
DAY = date(2026, 11, 22)


def boxes(*places: tuple[float, float], side: float = 0.1) -> dict[str, Box]:
    return {f"{number:03}": Box(x, y, x + side, y + side) for number, (x, y) in enumerate(places)}


def grid(columns: int, rows: int) -> list[tuple[float, float]]:
    return [(column * 0.1, row * 0.1) for column in range(columns) for row in range(rows)]


@pytest.mark.parametrize(("away", "apart"), [(0.24, False), (0.26, True)])
def test_a_unit_stands_apart_where_the_rest_is_then_a_quarter_larger(away: float, apart: bool) -> None:
    """Ten columns are one degree wide; with an islet of no size 0.25 out it is a quarter more."""
    found = {**boxes(*grid(10, 5)), "far": Box(1 + away, 0.2, 1 + away, 0.2)}
    main, *others = parted(found, 2)
    assert others == ([["far"]] if apart else [])
    assert ("far" in main) is not apart


def test_no_more_than_a_tenth_stands_apart_and_the_furthest_first() -> None:
    far = boxes((9, 0), (9, 3), (3, 9))
    found = {**boxes(*grid(9, 3)), **{f"far {key}": box for key, box in far.items()}}
    assert len(found) == 30
    assert [len(part) for part in parted(found, 1.5)] == [27, 1, 2]
    assert [len(part) for part in parted({**found, "one more": Box(20, 20, 20, 20)}, 1.5)] == [29, 1, 1]
    few = {**boxes(*grid(3, 3)[:8]), "far": Box(9, 9, 9, 9)}
    assert [len(part) for part in parted(few, 1.5)] == [9]


def test_what_is_high_and_no_wider_loses_nothing() -> None:
    """A drawing twice as high as wide: an islet beside it takes no room from it."""
    found = {**boxes(*grid(5, 20)), "beside": Box(1.0, 1.0, 1.0, 1.0)}
    assert [len(part) for part in parted(found, 1)] == [101]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=60))
def test_every_unit_is_in_one_part(places: list[tuple[float, float]]) -> None:
    found = boxes(*places)
    parts = parted(found, 1.5)
    assert sorted(key for part in parts for key in part) == sorted(found)
    assert sum(map(len, parts[1:])) <= len(found) // 10


def test_every_province_with_far_islands_has_them_apart() -> None:
    """By the points of the country's table: islands a good way out, and none of the mainland's."""
    country: dict[str, dict[str, tuple[float, float]]] = {}
    for unit in read_units("vietnam").units:
        if unit.lon is not None and unit.lat is not None and unit.province:
            country.setdefault(unit.province, {})[unit.name] = (unit.lon, unit.lat)
    apart = {}
    for province, units in country.items():
        parts = parted({name: box_of([projected(*point)]) for name, point in units.items()}, 1.55)
        apart[province] = {name for part in parts[1:] for name in part}
    assert apart["Hải Phòng"] == {"Đặc khu Bạch Long Vĩ"}
    assert apart["Khánh Hòa"] == {"Đặc khu Trường Sa"}
    assert apart["Đà Nẵng"] == {"Đặc khu Hoàng Sa"}
    assert apart["Hà Nội"] == apart["Cao Bằng"] == set()
    assert all(name.startswith("Đặc khu") for names in apart.values() for name in names), apart


def test_projection_and_distance() -> None:
    assert projected(105, 0) == (105, 0)
    x, y = projected(106, 60)
    assert x == 106
    assert y == pytest.approx(-math.degrees(math.log(math.tan(math.radians(75)))))
    here, there = box_of([projected(105, 20)]), box_of([projected(106, 20)])
    assert kilometres(here, there) == pytest.approx(104.5, abs=0.1)
    assert kilometres(here, here) == 0
    assert all_of([here, there]) == here | there
    assert not here.meets(there)
    assert here.meets(here | there)


def test_a_name_stands_where_its_unit_is_widest() -> None:
    hourglass = [(0.0, 0.0), (10.0, 0.0), (5.5, 5.0), (8.0, 10.0), (2.0, 10.0), (4.5, 5.0)]
    x, y = chord(hourglass)
    assert (round(x), round(y)) == (5, 3)
    assert chord([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]) == (2, 2)


def label(name: str, x: int, y: int, room: int = 0) -> Label:
    return Label(name, "−1", x, y, room, room)


def test_names_come_when_they_have_room_and_never_lie_on_each_other() -> None:
    found = leveled(
        label(name, x, 1_000, 5_000) for name, x in (("Một hai", 1_000), ("Ba bốn", 1_100), ("Xa", 9_000))
    )
    level = {shown.name: shown.level for shown in found}
    assert level["Một hai"] == level["Xa"] == LEVELS[0]
    assert (
        level["Ba bốn"] == 6.5
    )  # 7 and 6 letters are 403 wide at a zoom of 1: 100 apart is room from 4.03 on
    assert {shown.name: shown.level for shown in leveled([label("Một", 0, 0, 10)])} == {"Một": LEVELS[-1]}
    small = leveled([label("Một hai ba bốn", 1_000, 1_000, 500)])[0]
    assert small.level == 1.6  # 868 over 500 and a quarter


PLACES = st.lists(
    st.tuples(
        st.text("abc", min_size=1, max_size=12),
        st.integers(0, 3_000),
        st.integers(0, 3_000),
        st.integers(45, 170),
    ),
    max_size=40,
)


def named_and_dots(
    places: list[tuple[str, int, int, int]], *, are_dots: bool
) -> tuple[list[Label], list[tuple[int, int, int]]]:
    named = [
        Label(name, "−1", x, y, 0, 0, radius=radius) if are_dots else label(name, x, y, 5_000)
        for name, x, y, radius in places
    ]
    return named, [(x, y, radius) for _, x, y, radius in places if are_dots]


@given(PLACES, st.booleans())
def test_in_print_the_names_are_those_that_have_room_at_its_zoom(
    places: list[tuple[str, int, int, int]], are_dots: bool
) -> None:
    named, dots = named_and_dots(places, are_dots=are_dots)
    whole = leveled(named, dots, (0, 0, 3_000, 3_000))
    printed = leveled(named, dots, (0, 0, 3_000, 3_000), PRINTED)
    shown = [name for name in whole if name.level <= PRINTED]
    assert [name for name in printed if name.level < LEVELS[-1]] == shown
    assert len(printed) == len(whole)


@given(PLACES, st.booleans())
def test_at_no_zoom_does_a_name_lie_on_a_name_or_a_dot(
    places: list[tuple[str, int, int, int]], are_dots: bool
) -> None:
    named, dots = named_and_dots(places, are_dots=are_dots)
    found = leveled(named, dots, (0, 0, 3_000, 3_000))
    assert sorted(shown.name for shown in found) == sorted(name for name, *_ in places)
    for zoom in LEVELS[:-1]:
        shown = [name.box(zoom) for name in found if name.level <= zoom]
        for number, (left, top, right, bottom) in enumerate(shown):
            for other in shown[number + 1 :]:
                apart = max(other[0] - right, left - other[2], other[1] - bottom, top - other[3])
                assert apart >= -1e-6
            for x, y, radius in dots:
                nearest = (min(max(x, left), right), min(max(y, top), bottom))
                assert math.dist(nearest, (x, y)) >= radius - 20 - 1e-6
            assert not are_dots or 0 <= left < right <= 3_000 >= bottom > top >= 0


def test_a_name_stands_under_its_dot_else_beside_it_else_over_it() -> None:
    here = Label("Một", "−1", 1_000, 1_000, 0, 0, radius=100)
    under, right, left, over = (1_000, 1_500, 100), (1_550, 1_000, 100), (450, 1_000, 100), (1_000, 500, 100)
    expected = [Side.UNDER, Side.RIGHT, Side.LEFT, Side.OVER]
    for near, side in zip(([], [under], [under, right], [under, right, left]), expected, strict=True):
        (found,) = leveled([here], [(1_000, 1_000, 100), *near])
        assert (found.side, found.level) == (side, LEVELS[0])
    (found,) = leveled([here], [(1_000, 1_000, 100), under, right, left, over])
    assert found.level > LEVELS[0]
    x = {Side.UNDER: 1_000, Side.RIGHT: 1_125, Side.LEFT: 875, Side.OVER: 1_000}
    y = {Side.UNDER: 1_100, Side.RIGHT: 1_000, Side.LEFT: 1_000, Side.OVER: 900}
    anchor = {Side.RIGHT: ' text-anchor="start"', Side.LEFT: ' text-anchor="end"'}
    down = {Side.UNDER: "1em", Side.OVER: "-1.35em"}
    for choice in here.choices:
        side = choice.side
        assert choice.svg() == (
            f'<text data-level="10" y="{y[side]}" font-size="110"{anchor.get(side, "")}>'
            f'<tspan x="{x[side]}" dy="{down.get(side, "-0.2em")}">Một</tspan>'
            f'<tspan class="gap" x="{x[side]}" dy="1.05em">−1</tspan></text>'
        )


ROWS = (
    "1,Xã A,xã,17000,22,17,8,106.1,20.1",
    "2,Xã B,xã,17000,31,17,8,106.2,20.1",
    "3,Phường C,phường,17000,40,17,8,106.3,20.1",
    "4,Xã D,xã,17000,,17,8,106.1,20.2",
    "5,Xã E,xã,17000,40,10,8,106.2,20.2",
    "6,Xã <F>,xã,17000,32,17,8,106.3,20.2",
    "7,Xã C,xã,,32,17,8,,",
)


def report(
    folder: Path, rows: tuple[str, ...] = ROWS, *, staff: bool = True, shapes: object = None
) -> Report:
    path = folder / "units.csv"
    header = "code,name,type,population,government,party,front,lon,lat"
    cut = (
        rows if staff else [",".join([*row.split(",")[:4], "", "", "", *row.split(",")[7:]]) for row in rows]
    )
    path.write_text("\n".join([header, *cut]) + "\n", encoding="utf-8")
    units = read_units(path)
    made = audit(units, FRAME, read_staff(path) if staff else None, as_of=DAY)
    return Report(made, **({} if shapes is None else shapes))  # type: ignore[arg-type]  # what a test gives


def drawn(made: Report) -> Map:
    found = map_of(made)
    assert found is not None
    return found


def test_one_scale_from_short_to_over_and_both_colours_where_both(tmp_path: Path) -> None:
    made = report(tmp_path)
    units = {found.unit.code: found for found in made.audit.units}
    scale = scale_of(made.audit.units)
    assert scale == Scale((10, 5, 1))
    names = {code: scale.of(found).name for code, found in units.items()}
    assert names == {
        "1": "short 10 or more",
        "2": "short 1–4",
        "3": "surplus 5–9",
        "4": "unknown",
        "5": "mixed",
        "6": "within",
        "7": "unknown",
    }
    order = [found.name for found in scale.classes(made.audit.units)]
    assert order == ["short 10 or more", "short 1–4", "within", "surplus 5–9", "mixed", "unknown"]
    mixed = scale.of(units["5"])
    assert (mixed.colour, mixed.second) == ("#D6543F", "#4A8AC9")  # 7 short, 8 over
    assert plain_colour(mixed) != mixed.colour
    assert plain_colour(scale.of(units["1"])) == scale.of(units["1"]).colour


@pytest.mark.parametrize(
    ("most", "steps"),
    [(19, (10, 5, 1)), (39, (10, 5, 1)), (40, (20, 10, 1)), (99, (20, 10, 1)), (100, (50, 20, 1))],
)
def test_the_steps_grow_with_the_greatest_gap(tmp_path: Path, most: int, steps: tuple[int, ...]) -> None:
    made = report(tmp_path, (f"1,Xã A,xã,17000,{32 + most},17,8,106,20",))
    assert scale_of(made.audit.units).steps == steps


def test_posts_are_coloured_where_no_staff_is_known(tmp_path: Path) -> None:
    rows = [f"{number},Xã {number},xã,{16_000 + 2_000 * number},,,,106.{number},20" for number in range(10)]
    made = report(tmp_path, (*rows, "99,Xã Z,xã,,,,,106,21"), staff=False)
    scale = posts_scale(made.audit.units)
    assert scale == PostsScale((57, 59, 61, 63, 65))
    names = [found.name for found in scale.classes(made.audit.units)]
    assert names == ["57–58", "59–60", "61–62", "63–64", "65 or more", "unknown"]
    assert [found.name for found in drawn(made).classes] == names
    assert map_title(made) == "Map of posts granted"
    assert posts_scale([]) == PostsScale((0,))


def test_units_as_points_and_those_without_a_place(tmp_path: Path) -> None:
    made = report(tmp_path)
    found = drawn(made)
    assert found.missing == 1
    (panel,) = found.panels
    assert len(panel.drawn) == 6
    assert all(shape.startswith("<circle") for shape in panel.drawn)
    assert "Xã &lt;F&gt;" in "".join(panel.drawn)
    assert {"A", "Phường C", "<F>"} <= {shown.name for shown in panel.labels}  # there is Xã C as well
    assert {shown.figures for shown in panel.labels} >= {"−10", "+8", "−7 +8", ""}
    assert "#both-d6543f-4a8ac9" not in found.defs
    assert 'id="both-d6543f-4a8ac9"' in found.defs
    assert ">short 10 or more</text>" in map_svg(found)
    assert map_title(made) == "Map of shortfall and surplus"


def test_in_print_a_dot_is_a_disc_on_a_white_one_and_stripes_are_a_gradient(tmp_path: Path) -> None:
    """What rasters the picture takes longer for an outline and much longer for a pattern."""
    made = report(tmp_path)
    found = map_of(made, printed=True)
    assert found is not None
    on_page, in_print = ("".join(shown.panels[0].drawn) for shown in (drawn(made), found))
    page_dots = re.findall(r'cx="(\d+)" cy="(\d+)" r="(\d+)"', on_page)
    dots = [
        (fill, *map(int, place))
        for fill, *place in re.findall(
            r'fill="([^"]+)" stroke="none" cx="(\d+)" cy="(\d+)" r="(\d+)"', in_print
        )
    ]
    assert len(dots) == 2 * len(page_dots) == 2 * 6
    for (x, y, radius), under, over in zip(page_dots, dots[::2], dots[1::2], strict=True):
        assert under == ("white", int(x), int(y), int(radius) + 6)
        assert over[1:] == (int(x), int(y), int(radius) - 6)
    assert "<title>" not in in_print
    picture = map_svg(found)
    assert "<pattern" not in picture
    (gradient,) = set(re.findall(r"<linearGradient.*?</linearGradient>", picture))
    assert 'id="both-d6543f-4a8ac9"' in gradient
    assert picture.count("url(#both-d6543f-4a8ac9)") == 2  # the unit and the legend
    start, end = (float(re.search(rf'{side}="([-.\d]+)"', gradient)[1]) for side in ("x1", "x2"))  # type: ignore[index]  # it is there
    assert math.hypot(end - start, end - start) == pytest.approx(90, abs=0.02)  # the period of the page's
    assert re.findall(r'offset="([.\d]+)" stop-color="#(..)', gradient) == [
        ("0.222", "D6"),
        ("0.278", "4A"),
        ("0.722", "4A"),
        ("0.778", "D6"),
    ]


def test_nowhere_is_no_map(tmp_path: Path) -> None:
    assert map_of(report(tmp_path, ("1,Xã A,xã,17000,22,17,8,,", "2,Xã B,xã,17000,22,17,8,106,90"))) is None


def square(x: float, y: float, side: float = 1.0) -> dict[str, object]:
    ring = [[x, y], [x + side, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "MultiPolygon", "coordinates": [[ring, []]]}


def test_boundaries_surroundings_and_an_island_far_out(tmp_path: Path) -> None:
    rows = tuple(f"{number},Xã {number},xã,17000,22,17,8,," for number in range(20))
    shapes = {str(number): square(100 + number % 5, 10 + number // 5) for number in range(19)}
    shapes["19"] = square(120, 10, 1e-6)
    around = {"beside <it>": square(105, 10), "far": square(140, 40), "nothing": {"coordinates": [[[]]]}}
    shapes["18"] = square(103, 13, 1e-6)
    given_shapes = {**shapes, "99": square(0, 0), "0": square(100, 10)}
    found = drawn(report(tmp_path, rows, shapes={"shapes": given_shapes, "around": around}))
    main, inset = found.panels
    assert len(main.drawn) == 20  # 19 units and what lies beside
    assert "h10v10z" in main.drawn[19]  # smaller than a tenth of a pixel is a dot
    assert main.drawn[0].startswith('<path class="around"')
    assert "beside &lt;it&gt;" in main.drawn[0]
    assert re.fullmatch(r"Xã 19: 1,\d\d\d km from the rest", inset.caption)
    assert inset.labels == ()
    assert main.width + inset.width <= 9_600
    assert "Xã 19" in map_svg(found)


def test_units_beside_each_other_are_told_by_their_rows(tmp_path: Path) -> None:
    beside = {"1": {"3", "2"}, "2": {"1"}, "7": {"1"}}
    found = drawn(report(tmp_path, shapes={"beside": beside}))
    told = re.findall(r'data-row="(\d)"[^>]*? data-beside="([\d ]+)"', "".join(found.panels[0].drawn))
    assert dict(told).items() >= {"0": "1 2", "1": "0"}.items()
    assert len(told) <= 3


def test_the_picture_is_the_same_each_time(tmp_path: Path) -> None:
    made = report(tmp_path)
    assert map_svg(drawn(made)) == map_svg(drawn(made))


def test_many_classes_take_several_lines_and_long_words_their_own(tmp_path: Path) -> None:
    rows = [
        f"{number},Xã {number},xã,17000,{22 + number},17,8,{106 + number / 50},20" for number in range(30)
    ]
    rows.append(f"99,Xã {'x' * 60} y z,xã,17000,22,17,8,116,20")
    found = drawn(report(tmp_path, tuple(rows)))
    text = map_svg(replace(found, classes=found.classes * 3))
    tops = {int(top) for top in re.findall(r'<rect x="\d+" y="(\d+)" width="280"', text)}
    assert len(tops) >= 2
    assert f">{'x' * 60}</text>" in text


def test_a_title_names_the_province(tmp_path: Path) -> None:
    made = report(tmp_path)
    assert title(made) == "Staffing of commune-level units against their quota"
    named = Report(made.audit, province=say("the city of {name}", name="Huế"))
    assert title(named) == "Staffing of commune-level units of the city of Huế against their quota"
