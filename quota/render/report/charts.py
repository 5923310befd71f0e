"""The report's pictures as Vega-Lite: drawn as SVG or PNG here, made interactive by the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from quota.core.posts import Gap
from quota.core.results import AuditReport, Status, UnitAudit
from quota.core.text import say
from quota.render.audit.columns import FIGURES, NAME, QUOTA, RESIDENTS, STATUS, TYPE, lines_of, listed
from quota.render.kit.language import Language, language
from quota.render.kit.words import STATUS_NAMES, called, words
from quota.render.report.contents import Report, ranked
from quota.run.extras import need

Spec = dict[str, Any]
MAPS, MAP_HEIGHT = 640, 460
_STEPS = (10, 5, 1)
_SHORT = ("#8F1D13", "#D6543F", "#F2A08E")
_OVER = ("#1F5F9E", "#5B96CE", "#A9CBEB")
_OTHERS = {Status.MIXED: "#8E5BB0", Status.WITHIN: "#6FAE80", Status.UNKNOWN: "#C4C4C4"}
_CONFIG: Spec = {
    "aria": False,  # a picture has one name; its figures are in the table, where they can be read one by one
    "font": "Be Vietnam Pro, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 170, "grid": False},
    "legend": {"labelFontSize": 12, "labelLimit": 200},
}


def charts(report: Report) -> Mapping[str, tuple[str, Spec]]:
    """Each picture by its name: what it shows, in words, and its specification."""
    audit = report.audit
    found: dict[str, tuple[str, Spec]] = {}
    drawn = _map(report)
    if drawn is not None:
        found["map"] = (_map_words(report), drawn)
    if audit.has_staff:
        found["shortfall"] = (
            words(say("Greatest shortfalls")),
            _bars(audit, lambda gap: gap.shortfall, _SHORT[1]),
        )
        found["surplus"] = (words(say("Greatest surpluses")), _bars(audit, lambda gap: gap.surplus, _OVER[1]))
        found["classes"] = (words(say("Units by shortfall and surplus")), _classes(audit))
    found["residents"] = (words(say("Units by number of residents")), _residents(audit))
    return {name: (said, spec) for name, (said, spec) in found.items() if spec["data"]["values"]}


def svg(spec: Spec) -> str:
    """The picture as SVG."""
    need("report", "vl_convert")
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_fixed(spec)))


def png(spec: Spec) -> bytes:
    """The picture as PNG, for print."""
    need("report", "vl_convert")
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_fixed(spec), scale=2.5))


def as_json(spec: Spec) -> str:
    """A specification that can stand inside a page: nothing in it ends or opens an element."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def class_of(audited: UnitAudit) -> tuple[str, str]:
    """The class a unit is coloured by, and its colour: how far short or over, or neither of the two."""
    gap = audited.known_gap
    if audited.status is Status.SHORT:
        return _step(gap.shortfall, words(STATUS_NAMES[Status.SHORT]), _SHORT)
    if audited.status is Status.SURPLUS:
        return _step(gap.surplus, words(STATUS_NAMES[Status.SURPLUS]), _OVER)
    return words(STATUS_NAMES[audited.status]), _OTHERS[audited.status]


def _step(people: int, name: str, colours: tuple[str, ...]) -> tuple[str, str]:
    for place, least in enumerate(_STEPS):
        if people >= least:
            most = f"–{_STEPS[place - 1] - 1}" if place else "+"
            return f"{name} {least}{most}", colours[place]
    return name, colours[-1]


def _all_classes() -> list[tuple[str, str]]:
    """Every class in order: from most short, through the middle, to most over."""
    short = [_step(least, words(STATUS_NAMES[Status.SHORT]), _SHORT) for least in _STEPS]
    over = [_step(least, words(STATUS_NAMES[Status.SURPLUS]), _OVER) for least in reversed(_STEPS)]
    middle = [(words(STATUS_NAMES[status]), colour) for status, colour in _OTHERS.items()]
    return [*short, *middle[:2], *over, *middle[2:]]


def _colours(audit: AuditReport) -> Spec:
    present = {class_of(audited)[0] for audited in audit.units}
    shown = [(name, colour) for name, colour in _all_classes() if name in present]
    return {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": [name for name, _ in shown], "range": [colour for _, colour in shown]},
        "legend": {"orient": "bottom", "columns": 3, "title": None},
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
        "class": class_of(audited)[0],
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


def _fixed(spec: Spec) -> Spec:
    """The same picture at one width, for where there is no page to fit into."""
    return {**spec, "width": MAPS, "background": "white"}


def _map_words(report: Report) -> str:
    if not report.audit.has_staff:
        return words(say("Map of posts granted"))
    return words(say("Map of shortfall and surplus"))


def _map(report: Report) -> Spec | None:
    """Units in their boundaries, or as points sized by residents; None where nothing says where they are."""
    audit, names = report.audit, _names(report.audit)
    values: list[Spec] = []
    if report.shapes:
        for audited in audit.units:
            shape = report.shapes.get(audited.unit.code)
            if shape is not None:
                values.append(
                    {
                        "type": "Feature",
                        "geometry": shape,
                        "properties": None,
                        **_row(audited, names[audited.unit.code]),
                    }
                )
        mark: Spec = {"type": "geoshape", "stroke": "white"}
        placed: Spec = {}
    else:
        values += [
            {**_row(audited, names[audited.unit.code]), "lon": audited.unit.lon, "lat": audited.unit.lat}
            for audited in audit.units
            if audited.unit.lon is not None and audited.unit.lat is not None
        ]
        mark = {"type": "circle", "stroke": "white", "opacity": 0.9}
        placed = {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
            "size": {
                "field": "residents",
                "type": "quantitative",
                "scale": {"range": [20, 700]},
                "legend": None,
            },
        }
    if not values:
        return None
    colour = _colours(audit) if audit.has_staff else _posts_colour()
    return {
        **_base(values, MAP_HEIGHT),
        "projection": {"type": "mercator"},
        "params": [{"name": "over", "select": {"type": "point", "on": "pointerover", "clear": "pointerout"}}],
        "mark": mark,
        "encoding": {
            **placed,
            "color": colour,
            "strokeWidth": {"condition": {"param": "over", "empty": False, "value": 2.5}, "value": 0.7},
            "stroke": {"condition": {"param": "over", "empty": False, "value": "#111111"}, "value": "white"},
            "tooltip": _tooltip(audit),
        },
    }


def _posts_colour() -> Spec:
    legend = {"orient": "bottom", "title": words(say("Posts granted"))}
    return {"field": "posts", "type": "quantitative", "scale": {"scheme": "blues"}, "legend": legend}


def _bars(audit: AuditReport, part: Callable[[Gap], int], colour: str) -> Spec:
    known = _names(audit)
    values = [
        {**_row(audited, known[audited.unit.code]), "people": people}
        for audited, people in ranked(audit, part)
    ]
    names = {"field": "name", "type": "nominal", "sort": None, "title": None}
    people = {
        "field": "people",
        "type": "quantitative",
        "title": words(say("People")),
        "axis": {"tickMinStep": 1},
    }
    return {
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


def _classes(audit: AuditReport) -> Spec:
    order = [name for name, _ in _all_classes()]
    colour = {**_colours(audit), "legend": None}
    axis = {"labelAngle": -35, "labelLimit": 140}
    units = {
        "aggregate": "count",
        "type": "quantitative",
        "title": words(say("Units")),
        "axis": {"tickMinStep": 1},
    }
    return {
        **_base([{"class": class_of(audited)[0]} for audited in audit.units], 240),
        "encoding": {
            "x": {"field": "class", "type": "nominal", "sort": order, "title": None, "axis": axis},
            "y": units,
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": colour}},
            {
                "mark": {"type": "text", "dy": -7, "fontSize": 12},
                "encoding": {"text": {"aggregate": "count", "type": "quantitative"}},
            },
        ],
    }


def _residents(audit: AuditReport) -> Spec:
    known = [
        {"residents": audited.unit.population}
        for audited in audit.units
        if audited.unit.population is not None
    ]
    x = {
        "field": "residents",
        "bin": {"maxbins": 24},
        "type": "quantitative",
        "title": words(say("Residents")),
        "axis": {"format": ",d", "labelFlush": False, "labelOverlap": True},
    }
    y = {
        "aggregate": "count",
        "type": "quantitative",
        "title": words(say("Units")),
        "axis": {"tickMinStep": 1},
    }
    return {**_base(known, 200), "mark": {"type": "bar", "color": "#5A6F94"}, "encoding": {"x": x, "y": y}}
