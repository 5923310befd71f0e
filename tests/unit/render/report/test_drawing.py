"""Pictures of bars: every figure is drawn at its length, in its place, and nothing outside the picture."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.render.kit.words import number
from quota.render.report.axes import rounded_up, step_of, text, ticks, wide_enough, width_of
from quota.render.report.charts import stacked
from quota.render.report.drawing import MOST_STEPS, WIDTH, Bar, histogram, lying, on_white, standing

SVG = "{http://www.w3.org/2000/svg}"
Box = dict[str, str]


def boxes(picture: str) -> list[Box]:
    return [box.attrib for box in ET.fromstring(picture).iter(f"{SVG}rect")]  # noqa: S314  (drawn here)


def said(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314  (drawn here)


@pytest.mark.parametrize(
    ("most", "wanted", "step"),
    [
        (58, 10, 5),
        (58, 6, 10),
        (50.6, 16, 5),
        (42.5, 16, 2),
        (1, 6, 1),
        (0, 6, 1),
        (1_350, 10, 100),
        (1_500, 10, 200),
        (70, 10, 5),
    ],
)
def test_steps_are_round(most: float, wanted: int, step: int) -> None:
    assert step_of(most, wanted) == step


@pytest.mark.parametrize(("most", "end"), [(0, 1), (1, 1), (57, 60), (60, 60), (61, 65), (1_350, 1_400)])
def test_an_axis_ends_with_a_round_number_that_is_no_less(most: int, end: int) -> None:
    assert rounded_up(most) == end


@settings(max_examples=40)
@given(st.integers(0, 10**7), st.integers(40, 1_000))
def test_ticks_are_whole_and_as_many_as_have_room(most: int, length: int) -> None:
    values = ticks(most, length)
    assert values[0] == 0
    assert values[-1] <= most < values[-1] + values.step
    assert len(values) <= 2 * length / 40 + 3


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_the_least_width_of_which_few_fill_a_span(span: int) -> None:
    wide = wide_enough(span, 24)
    assert re.fullmatch("[125]0*", str(wide))
    assert wide * 24 >= span
    assert wide == 1 or wide / 2.5 * 24 < span


def test_letters_have_widths_whatever_their_accents() -> None:
    assert width_of("ế") == width_of("e")
    assert width_of("ill") < width_of("xao") < width_of("MẬM")
    assert width_of("") == 0
    assert text("", 1, 1, "start") == ""


def test_lying_bars_are_as_long_as_their_figures() -> None:
    picture = lying([Bar("Xã <A>", ((40, "#111"),), "40"), Bar("Xã B", ((10, "#222"),), "10")], "People")
    long, short = boxes(picture)
    assert float(long["width"]) == pytest.approx(WIDTH / 1.15, abs=0.1)
    assert float(short["width"]) == pytest.approx(float(long["width"]) / 4, abs=0.1)
    assert (long["x"], short["x"]) == ("0", "0")
    assert {"Xã <A>", "Xã B", "People", "40", "0"} <= set(said(picture))


def test_a_name_that_is_too_long_is_cut() -> None:
    name = "Phường " + "Một Hai Ba " * 9
    (first, *_) = said(lying([Bar(name, ((1, "#111"),))], "People"))
    assert first.endswith("…")
    assert name.startswith(first[:-1])
    assert 150 < width_of(first) <= 200


@pytest.mark.parametrize("slanted", [False, True])
def test_standing_bars_are_as_high_as_their_figures(slanted: bool) -> None:
    long = "a name that is longer than a bar is wide"
    named = [Bar(long, ((30, "#111"),), "30"), *(Bar(str(at), ((at, "#222"),)) for at in range(20))]
    picture = standing(named, "Units", 240, slanted=slanted)
    heights = [float(box["height"]) for box in boxes(picture)]
    assert heights == pytest.approx([30 * 8, *(at * 8 for at in range(20))], abs=0.1)
    assert all(
        float(box["y"]) + float(box["height"]) == pytest.approx(240, abs=0.1) for box in boxes(picture)
    )
    assert ("rotate(-35)" in picture) is slanted
    shift = re.search(r'<g transform="translate\((\d+) ', picture)
    assert shift
    assert int(shift[1]) > width_of(long) * (0.8 if slanted else 0.5) - WIDTH / 42


def test_parts_are_on_top_of_each_other_and_a_legend_names_them() -> None:
    colours = {"by themselves": "#111111", "more": "#222222", "a third kind with a name " * 5: "#333333"}
    parts = [("2026", "by themselves", 3), ("2026", "more", 2), ("2027", "more", 5)]
    picture = stacked(parts, "Units", colours)
    found = [(box["fill"], float(box["y"]), float(box["height"])) for box in boxes(picture)]
    keys, drawn = found[:3], found[3:]
    assert [colour for colour, *_ in keys] == list(colours.values())
    assert keys[0][1] == keys[1][1] < keys[2][1] < 0  # the long name has a line of its own
    assert drawn == [
        ("#111111", 96, 144),
        ("#222222", 0, 96),
        ("#333333", 0, 0),
        ("#111111", 240, 0),
        ("#222222", 0, 240),
        ("#333333", 0, 0),
    ]
    assert set(colours) <= set(said(picture))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=60))
def test_every_value_is_counted_in_its_step(values: list[int]) -> None:
    picture = histogram(values, "#111", "Residents", "Units", 200)
    wide = wide_enough(max(values) - min(values), MOST_STEPS)
    first = min(values) // wide * wide
    steps = max(-(-max(values) // wide) * wide - first, wide) // wide
    counts = Counter(min((value - first) // wide, steps - 1) for value in values)
    end = rounded_up(max(counts.values()))
    drawn = {round((float(box["x"]) - 0.5) / (WIDTH / steps)): float(box["height"]) for box in boxes(picture)}
    assert drawn == pytest.approx({at: many / end * 200 for at, many in counts.items()}, abs=0.06)
    assert number(first) in said(picture)
    assert steps <= MOST_STEPS + 1


def test_paper_is_as_large_as_the_picture() -> None:
    picture = on_white(lying([Bar("A", ((1, "#111"),))], "People"))
    paper, *_ = boxes(picture)
    assert (paper["fill"], paper["width"], paper["height"]) == ("white", "100%", "100%")
    assert 'viewBox="0 0 ' in picture
