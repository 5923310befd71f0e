"""The map of a report: units by their boundaries or as points, named, far ones in boxes of their own.

Drawn here as SVG, the same bytes each time; the page lets it be searched and zoomed. Lengths are tenths of a
pixel, so that whole numbers are fine enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct

from quota.core.names import TYPE_NAMES
from quota.core.results import UnitAudit
from quota.core.text import say
from quota.render.audit.columns import GAP
from quota.render.audit.laid_out import listed
from quota.render.kit.words import called, number, words
from quota.render.report.contents import Report
from quota.render.report.geography import Box, all_of, box_of, chord, kilometres, parted, projected
from quota.render.report.naming import LEVELS, PRINTED, Dot, Label, leveled
from quota.render.report.scale import Class, PostsScale, Scale, posts_scale, scale_of
from quota.render.report.tracing import Fit, Rings, around_of, box_of_rings, extent, path_of, rings_of

_WIDTH, _WIDTH_BESIDE, _MOST_HIGH, _LEAST_HIGH = 9_600, 7_800, 6_200, 2_600
_INSET = 1_600
_MARGIN, _MARGIN_OF_POINTS = 120, 520
"""Around units: points have names under them that reach further out."""
_RADII = (45, 170)
"""Circles for units without boundaries: of no residents, and of the most residents."""

STRIPES = 90
"""A stripe of each of two colours, together."""
OUTLINE = 12
"""The white line around a unit in print."""
_UNITS, _LEGEND = "both", "key"


class Place(Struct, frozen=True):
    """Where a unit lies: its rings, or one point; `box` holds them."""

    rings: Rings
    box: Box


class Panel(Struct, frozen=True):
    """A drawing: the main part, or one drawn apart with words under it."""

    width: int
    height: int
    drawn: tuple[str, ...]
    labels: tuple[Label, ...]
    caption: str = ""


class Map(Struct, frozen=True):
    """The main part, then what is drawn apart; what its colours mean; how many units have no place on it."""

    panels: tuple[Panel, ...]
    classes: tuple[Class, ...]
    fills: tuple[Class, ...]
    missing: int

    @property
    def defs(self) -> str:
        """The fills of units that are short in one bloc and over in another: stripes of both colours.

        Those of the legend are its own: a page makes those of units finer as it comes nearer.
        """
        return "".join(
            f'<pattern id="{stripes_of(found, use)}" width="{STRIPES}" height="{STRIPES}" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="{STRIPES}" height="{STRIPES}" fill="{found.colour}"/>'
            f'<rect width="{STRIPES // 2}" height="{STRIPES}" fill="{found.second}"/></pattern>'
            for use in (_UNITS, _LEGEND)
            for found in self.fills
            if found.second
        )


def map_of(report: Report, *, printed: bool = False) -> Map | None:
    """The map; None where nothing says where units are. Where it is `printed`, units do not say their
    figures: in a picture nobody points at them."""
    audit = report.audit
    places = _places(report)
    if not places:
        return None
    scale: Scale | PostsScale = scale_of(audit.units) if audit.has_staff else posts_scale(audit.units)
    units = [(place, audited) for place, audited in enumerate(audit.units) if audited.unit.code in places]
    parts = parted({code: place.box for code, place in places.items()}, _WIDTH / _MOST_HIGH)
    draw = _Drawer(report, scale, places, printed=printed)
    panels = []
    for number_of, part in enumerate(parts):
        held = set(part)
        shown = [(row, audited) for row, audited in units if audited.unit.code in held]
        if number_of:
            panels.append(draw.inset(shown, parts[0]))
        else:
            panels.append(draw.main(shown, report.around, beside=len(parts) > 1))
    fills = {scale.of(audited) for _, audited in units}
    classes = scale.classes(audit.units)
    return Map(
        tuple(panels),
        tuple(classes),
        tuple(sorted({*fills, *classes}, key=lambda found: found.key)),
        len(audit.units) - len(units),
    )


def map_title(report: Report) -> str:
    """What the map shows."""
    if not report.audit.has_staff:
        return words(say("Map of posts granted"))
    return words(say("Map of shortfall and surplus"))


def fill(found: Class, *, legend: bool = False) -> str:
    """How a class is painted."""
    return f"url(#{stripes_of(found, _LEGEND if legend else _UNITS)})" if found.second else found.colour


def stripes_of(found: Class, use: str = _UNITS) -> str:
    """What the stripes of a class of two colours are called."""
    return f"{use}{found.key}"


def _places(report: Report) -> dict[str, Place]:
    """Where units lie, by code: by their boundaries if there are any, else by the points of the table."""
    if report.shapes:
        known = {audited.unit.code for audited in report.audit.units}
        shapes = {code: rings_of(shape) for code, shape in report.shapes.items() if code in known}
        return {code: Place(rings, box_of_rings(rings)) for code, rings in shapes.items() if rings}
    found = {}
    for unit in (audited.unit for audited in report.audit.units):
        if unit.lon is not None and unit.lat is not None and abs(unit.lat) < 85:
            point = projected(unit.lon, unit.lat)
            found[unit.code] = Place([[point]], box_of([point]))
    return found


class _Drawer:
    """Draws parts of the map: what is the same for all of them."""

    def __init__(
        self, report: Report, scale: Scale | PostsScale, places: Mapping[str, Place], *, printed: bool
    ) -> None:
        self.beside, audit = report.beside, report.audit
        self.audit, self.scale, self.places, self.printed = audit, scale, places, printed
        before, lines, after = listed(audit)
        self.said_before = [(words(fact.heading), fact) for fact in before]
        self.said_after = [(words(fact.heading), fact) for fact in after]
        self.lines = [(words(line.title), line.figure, cache(line.text)) for line in lines]
        self.gap = cache(GAP.shown)
        self.has_staff = audit.has_staff
        self.names = called(audited.unit for audited in audit.units)
        self.rows = {audited.unit.code: row for row, audited in enumerate(audit.units)}
        points = all(len(place.rings[0]) == 1 for place in places.values())
        self.margin = _MARGIN_OF_POINTS if points else _MARGIN
        self.most = max((audited.unit.population or 0 for audited in audit.units), default=0)
        times = Counter(_short(audited) for audited in audit.units)
        self.twice = {name for name, many in times.items() if many > 1}

    def main(
        self, units: Sequence[tuple[int, UnitAudit]], around: Mapping[str, Mapping[str, Any]], *, beside: bool
    ) -> Panel:
        box = self._box(units)
        width = _WIDTH_BESIDE if beside else _WIDTH
        wide, high = width - 2 * self.margin, _MOST_HIGH - 2 * self.margin
        factor = min(wide / max(box.width, 1e-6), high / max(box.height, 1e-6))
        height = max(round(box.height * factor) + 2 * self.margin, _LEAST_HIGH)
        fit = Fit(box, factor, width, height)
        drawn = [*around_of(around, fit), *(self._unit(row, audited, fit) for row, audited in units)]
        dots = [dot for _, audited in units if (dot := self._dot(audited, fit)) is not None]
        named = (self._label(audited, fit) for _, audited in self._by_size(units))
        most = PRINTED if self.printed else LEVELS[-2]
        labels = leveled(named, dots, (0, 0, width, height), most)
        return Panel(width, height, tuple(drawn), tuple(labels))

    def inset(self, units: Sequence[tuple[int, UnitAudit]], rest: Sequence[str]) -> Panel:
        box = self._box(units)
        room = _INSET - 2 * _MARGIN
        factor = min(room / max(box.width, 1e-6), room / max(box.height, 1e-6))
        fit = Fit(box, factor, _INSET, _INSET)
        drawn = [self._unit(row, audited, fit) for row, audited in units]
        names = ", ".join(words(self.names[audited.unit.code]) for _, audited in units)
        away = kilometres(box, all_of(self.places[code].box for code in rest))
        caption = words(say("{names}: {km} km from the rest", names=names, km=number(max(round(away), 1))))
        return Panel(_INSET, _INSET, tuple(drawn), (), caption)

    def _box(self, units: Iterable[tuple[int, UnitAudit]]) -> Box:
        return all_of(self.places[audited.unit.code].box for _, audited in units)

    def _by_size(self, units: Iterable[tuple[int, UnitAudit]]) -> list[tuple[int, UnitAudit]]:
        return sorted(units, key=lambda pair: (-(pair[1].unit.population or 0), pair[1].unit.code))

    def _unit(self, row: int, audited: UnitAudit, fit: Fit) -> str:
        look = f'class="unit" data-row="{row}" fill="{fill(self.scale.of(audited))}"'
        if beside := sorted(self.rows[code] for code in self.beside.get(audited.unit.code, ())):
            look += f' data-beside="{" ".join(map(str, beside))}"'
        title = "" if self.printed else f"<title>{escape(self._title(audited))}</title>"
        if (dot := self._dot(audited, fit)) is not None:
            return self._circle(dot, look, title)
        return f'<path {look} d="{path_of(self.places[audited.unit.code].rings, fit)}">{title}</path>'

    def _circle(self, dot: Dot, look: str, title: str) -> str:
        """A dot; in print two discs, the lower one white: drawn in half the time of one with an outline."""
        x, y, radius = dot
        if not self.printed:
            return f'<circle {look} cx="{x}" cy="{y}" r="{radius}">{title}</circle>'
        sides = f'stroke="none" cx="{x}" cy="{y}"'
        around = f'<circle fill="white" {sides} r="{radius + OUTLINE // 2}"/>'
        return f'{around}<circle {look} {sides} r="{radius - OUTLINE // 2}"/>'

    def _dot(self, audited: UnitAudit, fit: Fit) -> Dot | None:
        """The circle that stands for a unit of which only a point is known."""
        place = self.places[audited.unit.code]
        if len(place.rings) > 1 or len(place.rings[0]) > 1:
            return None
        return (*fit.at(place.rings[0][0]), self._radius(audited))

    def _radius(self, audited: UnitAudit) -> int:
        least, most = _RADII
        share = math.sqrt((audited.unit.population or 0) / self.most) if self.most else 0
        return round(least + (most - least) * share)

    def _title(self, audited: UnitAudit) -> str:
        """The unit's figures, a line each."""
        said = [words(self.names[audited.unit.code])]
        said += [f"{heading}: {fact.text(audited)}" for heading, fact in self.said_before]
        said += [f"{title}: {text(figure.values(audited)[-1])}" for title, figure, text in self.lines]
        said += [f"{heading}: {fact.text(audited)}" for heading, fact in self.said_after]
        return "\n".join(said)

    def _label(self, audited: UnitAudit, fit: Fit) -> Label:
        place = self.places[audited.unit.code]
        ring = place.rings[0] if len(place.rings) == 1 else max(place.rings, key=extent)
        name = _short(audited)
        if name in self.twice:
            name = words(self.names[audited.unit.code])
        gap = self.gap(audited.known_gap) if self.has_staff else ""
        figures = gap if gap != "0" else ""
        if len(ring) == 1:
            x, y = fit.at(ring[0])
            return Label(name, figures, x, y, 0, 0, radius=self._radius(audited))
        x, y = fit.at(chord(ring))
        inside = box_of(ring)
        return Label(name, figures, x, y, round(inside.width * fit.factor), round(inside.height * fit.factor))


def _short(audited: UnitAudit) -> str:
    """A unit's name without its type: a map has little room."""
    name = words(audited.unit.name)
    return name.removeprefix(f"{TYPE_NAMES[audited.unit.type]} ")
