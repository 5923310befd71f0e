"""The report's pictures: as SVG or PNG, and as Vega-Lite that answers the pointer on a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from quota.core.posts import Gap
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import Text, say
from quota.render.audit.columns import FIGURES, NAME, QUOTA, RESIDENTS, STATUS, TYPE
from quota.render.audit.laid_out import lines_of, listed
from quota.render.kit.language import Language, language
from quota.render.kit.words import called, number, words
from quota.render.report.axes import FONT
from quota.render.report.contents import Report, ranked
from quota.render.report.drawing import MOST_STEPS, ROOM_BEHIND, Bar, histogram, lying, on_white, standing
from quota.render.report.scale import OVER_INK, SHORT_INK, Class, plain_colour, scale_of
from quota.run.extras import need

Spec = dict[str, Any]
_CONFIG: Spec = {
    "aria": False,  # a picture has one name; its figures are in the table, where they can be read one by one
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 170, "grid": False},
    "mark": {"aria": False},
}


class Chart(Struct, frozen=True):
    """A picture: what it shows, in words, how a page's script draws it, and how it is drawn here."""

    title: str
    spec: Spec
    svg: str


def charts(report: Report) -> Mapping[str, Chart]:
    """Each picture by its name."""
    audit = report.audit
    found = {
        "shortfall": _bars(audit, say("Greatest shortfalls"), lambda gap: gap.shortfall, SHORT_INK),
        "surplus": _bars(audit, say("Greatest surpluses"), lambda gap: gap.surplus, OVER_INK),
        "classes": class_chart(audit),
        "residents": _residents(audit),
    }
    return {name: chart for name, chart in found.items() if chart is not None}


def png(svg: str) -> bytes:
    """A picture as PNG, for print."""
    need("report", "vl_convert")
    import vl_convert

    return bytes(vl_convert.svg_to_png(on_white(svg), scale=2.5))


def stacked(parts: Sequence[tuple[str, str, int]], counted: str, colours: Mapping[str, str]) -> str:
    """Bars of parts on top of each other: where each is, what the part is, how many; in this order."""
    held: dict[str, dict[str, int]] = {}
    for bar, part, amount in parts:
        held.setdefault(bar, {})[part] = amount
    bars = [
        Bar(name, tuple((of_bar.get(part, 0), colour) for part, colour in colours.items()))
        for name, of_bar in held.items()
    ]
    return standing(bars, counted, 240, legend=colours)


def as_json(spec: Spec) -> str:
    """A specification that can be inside a page: nothing in it ends or opens an element."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _colours(classes: Sequence[Class]) -> Spec:
    return {
        "field": "class",
        "type": "nominal",
        "scale": {
            "domain": [found.name for found in classes],
            "range": [plain_colour(found) for found in classes],
        },
        "legend": None,
    }


def _row(audited: UnitAudit, name: str) -> Spec:
    return {
        "code": audited.unit.code,
        "name": words(name),  # bars of one name would be stacked: a sum that is nobody's
        "kind": TYPE.text(audited),
        "residents": RESIDENTS.value(audited),
        "residents_shown": RESIDENTS.text(audited),
        "posts": QUOTA.split(QUOTA.values(audited)[-1])[0],
        **{line.key: line.text(line.figure.values(audited)[-1]) for line in lines_of(FIGURES)},
        "status": STATUS.text(audited),
    }


def _names(audit: AuditReport) -> Mapping[str, str]:
    return called(audited.unit for audited in audit.units)


def _tooltip(audit: AuditReport) -> list[Spec]:
    shown = [("name", NAME.heading), ("kind", TYPE.heading), ("residents_shown", RESIDENTS.heading)]
    _, lines, after = listed(audit)
    shown += [(line.key, line.title) for line in lines]
    shown += [(fact.key, fact.heading) for fact in after]
    return [{"field": name, "type": "nominal", "title": words(said)} for name, said in shown]


def _base(values: list[Spec], height: int) -> Spec:
    vietnamese = language() is Language.VI
    marks = {"decimal": ",", "thousands": "."} if vietnamese else {"decimal": ".", "thousands": ","}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "background": "transparent",
        "data": {"values": values},
        "config": {**_CONFIG, "locale": {"number": {**marks, "grouping": [3], "currency": ["", ""]}}},
    }


def _bars(audit: AuditReport, title: Text, part: Callable[[Gap], int], colour: str) -> Chart | None:
    """The units with most people missing or over; none where no staff is known, or there is no such unit."""
    found = ranked(audit, part) if audit.has_staff else []
    if not found:
        return None
    known = _names(audit)
    values = [{**_row(audited, known[audited.unit.code]), "people": people} for audited, people in found]
    most = max(people for _, people in found)
    counted = words(say("People"))
    names = {"field": "name", "type": "nominal", "sort": None, "title": None}
    people = {
        "field": "people",
        "type": "quantitative",
        "title": counted,
        "axis": {"tickMinStep": 1},
        "scale": {"domainMax": most * ROOM_BEHIND, "nice": False},
    }
    spec = {
        **_base(values, 24 * len(values)),
        "encoding": {"y": names, "x": people, "tooltip": _tooltip(audit)},
        "layer": [
            {"mark": {"type": "bar", "color": colour}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                "encoding": {"text": {"field": "people", "type": "quantitative"}},
            },
        ],
    }
    bars = [Bar(value["name"], ((value["people"], colour),), number(value["people"])) for value in values]
    return Chart(words(title), spec, lying(bars, counted))


def class_chart(audit: AuditReport) -> Chart | None:
    """How many units are in each class of the map; none where no staff is known."""
    if not audit.has_staff or not audit.units:
        return None
    scale = scale_of(audit.units)
    classes = scale.classes(audit.units)
    named = [scale.of(audited).name for audited in audit.units]
    counted = words(say("Units"))
    x = {
        "field": "class",
        "type": "nominal",
        "sort": [found.name for found in classes],
        "title": None,
        "axis": {"labelAngle": -35, "labelLimit": 140},
    }
    y = {"aggregate": "count", "type": "quantitative", "title": counted, "axis": {"tickMinStep": 1}}
    spec = {
        **_base([{"class": name} for name in named], 240),
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": "bar", "encoding": {"color": _colours(classes)}},
            {
                "mark": {"type": "text", "dy": -7, "fontSize": 12},
                "encoding": {"text": {"aggregate": "count", "type": "quantitative"}},
            },
        ],
    }
    many = Counter(named)
    bars = [
        Bar(found.name, ((many[found.name], plain_colour(found)),), number(many[found.name]))
        for found in classes
    ]
    return Chart(
        words(say("Units by shortfall and surplus")), spec, standing(bars, counted, 240, slanted=True)
    )


def _residents(audit: AuditReport) -> Chart | None:
    """How many units have how many residents; none where residents are known of no unit."""
    known = [audited.unit.population for audited in audit.units if audited.unit.population is not None]
    if not known:
        return None
    measured, counted, colour = words(say("Residents")), words(say("Units")), "#5A6F94"
    x = {
        "field": "residents",
        "bin": {"maxbins": MOST_STEPS},
        "type": "quantitative",
        "title": measured,
        "axis": {"format": ",d", "labelFlush": False, "labelOverlap": True},
    }
    y = {"aggregate": "count", "type": "quantitative", "title": counted, "axis": {"tickMinStep": 1}}
    values = [{"residents": residents} for residents in known]
    spec = {**_base(values, 200), "mark": {"type": "bar", "color": colour}, "encoding": {"x": x, "y": y}}
    drawn = histogram(known, colour, measured, counted, 200)
    return Chart(words(say("Units by number of residents")), spec, drawn)
