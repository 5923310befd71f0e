"""The report's pictures as Vega-Lite: drawn as SVG or PNG here, made interactive by the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quota.core.posts import Gap
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import say
from quota.render.audit.columns import FIGURES, NAME, QUOTA, RESIDENTS, STATUS, TYPE
from quota.render.audit.laid_out import lines_of, listed
from quota.render.kit.language import Language, language
from quota.render.kit.words import called, words
from quota.render.report.contents import Report, ranked
from quota.render.report.scale import OVER_INK, SHORT_INK, plain_colour, scale_of
from quota.run.extras import need

Spec = dict[str, Any]
_WIDTH = 640
_CONFIG: Spec = {
    "aria": False,  # a picture has one name; its figures are in the table, where they can be read one by one
    "font": "Be Vietnam Pro, Segoe UI, Roboto, Noto Sans, Arial, DejaVu Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 170, "grid": False},
    "mark": {"aria": False},
}


def charts(report: Report) -> Mapping[str, tuple[str, Spec]]:
    """Each picture by its name: what it shows, in words, and its specification."""
    audit = report.audit
    found: dict[str, tuple[str, Spec]] = {}
    if audit.has_staff:
        found["shortfall"] = (
            words(say("Greatest shortfalls")),
            _bars(audit, lambda gap: gap.shortfall, SHORT_INK),
        )
        found["surplus"] = (words(say("Greatest surpluses")), _bars(audit, lambda gap: gap.surplus, OVER_INK))
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


def stacked(parts: Sequence[tuple[str, str, int]], counted: str, colours: Mapping[str, str]) -> Spec:
    """Bars of parts on top of each other: where each is, what the part is, how many; in this order."""
    order = {name: place for place, name in enumerate(colours)}
    values = [
        {"bar": bar, "part": part, "number": number, "place": order[part]} for bar, part, number in parts
    ]
    scale = {"domain": list(colours), "range": list(colours.values())}
    legend = {"orient": "top", "labelFontSize": 12, "labelLimit": 400}
    return {
        **_base(values, 240),
        "mark": "bar",
        "encoding": {
            "x": {"field": "bar", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "number", "type": "quantitative", "title": counted, "axis": {"tickMinStep": 1}},
            "color": {"field": "part", "type": "nominal", "scale": scale, "title": None, "legend": legend},
            "order": {"field": "place", "type": "quantitative"},
        },
    }


def as_json(spec: Spec) -> str:
    """A specification that can be inside a page: nothing in it ends or opens an element."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _colours(audit: AuditReport) -> Spec:
    classes = scale_of(audit.units).classes(audit.units)
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


def _fixed(spec: Spec) -> Spec:
    """The same picture at one width, for where there is no page to fit into."""
    return {**spec, "width": _WIDTH, "background": "white"}


def _bars(audit: AuditReport, part: Callable[[Gap], int], colour: str) -> Spec:
    known = _names(audit)
    values = [
        {**_row(audited, known[audited.unit.code]), "people": people}
        for audited, people in ranked(audit, part)
    ]
    most = max((value["people"] for value in values), default=0)
    names = {"field": "name", "type": "nominal", "sort": None, "title": None}
    people = {
        "field": "people",
        "type": "quantitative",
        "title": words(say("People")),
        "axis": {"tickMinStep": 1},
        "scale": {"domainMax": most * 1.15, "nice": False},  # room for the figure behind the longest bar
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
    scale = scale_of(audit.units)
    order = [found.name for found in scale.classes(audit.units)]
    axis = {"labelAngle": -35, "labelLimit": 140}
    units = {
        "aggregate": "count",
        "type": "quantitative",
        "title": words(say("Units")),
        "axis": {"tickMinStep": 1},
    }
    return {
        **_base([{"class": scale.of(audited).name} for audited in audit.units], 240),
        "encoding": {
            "x": {"field": "class", "type": "nominal", "sort": order, "title": None, "axis": axis},
            "y": units,
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": _colours(audit)}},
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
