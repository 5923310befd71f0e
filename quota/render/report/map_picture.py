"""The whole map as one picture for print: the main part, what is drawn apart beside it, what colours mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from quota.render.report.axes import FONT
from quota.render.report.map import OUTLINE, STRIPES, Map, Panel, fill, stripes_of
from quota.render.report.naming import PRINTED, SIZE
from quota.render.report.scale import Class
from quota.run.extras import need

_LETTERS = round(SIZE / PRINTED * 0.85)
"""A little smaller than on a screen: the fonts that a picture is drawn with are wider."""
_SWATCH, _GAP, _LINE = 280, 120, 190
_PIXELS = 0.2
"""Pixels of the picture for a tenth of a pixel of the drawing: twice what a screen has."""
_SOFT = 1 / _PIXELS / STRIPES / 2
"""Half a pixel as a share of the stripes' period: so much of a stripe's edge lies between both colours."""


def map_png(drawn: Map) -> bytes:
    """The map as PNG."""
    need("report", "vl_convert")
    import vl_convert

    return bytes(vl_convert.svg_to_png(map_svg(drawn)))


def map_svg(drawn: Map) -> str:
    """The map as one SVG."""
    main, *apart = drawn.panels
    width = main.width + (max(panel.width for panel in apart) + _GAP if apart else 0)
    legend, legend_height = _legend(drawn.classes, width, main.height + _GAP)
    height = main.height + _GAP + legend_height
    stripes = "".join(map(_stripes, drawn.fills))
    parts = [_panel(main, 0, 0)]
    low = main.height
    for panel in reversed(apart):
        lines = _wrapped(panel.caption, panel.width)
        low -= panel.height + len(lines) * _LINE + _GAP
        parts.append(_panel(panel, main.width + _GAP, low, frame=True))
        parts += [
            _text(line, main.width + _GAP + panel.width // 2, low + panel.height + place * _LINE, "middle")
            for place, line in enumerate(lines, start=1)
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{round(width * _PIXELS)}" '
        f'height="{round(height * _PIXELS)}" viewBox="0 0 {width} {height}" font-family={quoteattr(FONT)}>'
        f'<defs>{stripes}</defs><rect width="{width}" height="{height}" fill="white"/>'
        f"{''.join(parts)}{legend}</svg>"
    )


def _stripes(found: Class) -> str:
    """The two colours of a class as a gradient that repeats, the same stripes as on a page.

    What draws the picture makes a tile of a pattern anew for each unit, which takes longer than all the rest.
    """
    if not found.second:
        return ""
    start, end = (round(STRIPES * share / math.sqrt(2), 2) for share in (-0.25, 0.75))
    colours = (found.colour, found.second, found.second, found.colour)
    edges = (0.25 - _SOFT, 0.25 + _SOFT, 0.75 - _SOFT, 0.75 + _SOFT)
    stops = "".join(
        f'<stop offset="{edge:.3f}" stop-color="{colour}"/>'
        for edge, colour in zip(edges, colours, strict=True)
    )
    return (
        f'<linearGradient id="{stripes_of(found)}" gradientUnits="userSpaceOnUse" spreadMethod="repeat" '
        f'x1="{start}" y1="{start}" x2="{end}" y2="{end}">{stops}</linearGradient>'
    )


def _panel(panel: Panel, x: int, y: int, *, frame: bool = False) -> str:
    labels = "".join(label.svg(_LETTERS) for label in panel.labels if label.level <= PRINTED)
    sides = f'width="{panel.width}" height="{panel.height}"'
    edge = f'<rect x="{x}" y="{y}" {sides} fill="none" stroke="#9AA6BA" stroke-width="10"/>'
    return (
        f'{edge if frame else ""}<svg x="{x}" y="{y}" {sides} viewBox="0 0 {panel.width} {panel.height}">'
        f'<g stroke="white" stroke-width="{OUTLINE}">{"".join(panel.drawn)}</g>'
        '<g text-anchor="middle" font-weight="600" fill="#14203A" stroke="white" stroke-width="40" '
        f'stroke-linejoin="round" paint-order="stroke">{labels}</g></svg>'
    )


def _legend(classes: Sequence[Class], width: int, top: int) -> tuple[str, int]:
    """Swatches with their words, in as many lines as they take; and their height."""
    parts, x, y = [], 0, 0
    for found in classes:
        room = _SWATCH + _GAP + _room(found.name) + _GAP
        if x and x + room > width:
            x, y = 0, y + _LINE
        sides = f'x="{x}" y="{top + y}" width="{_SWATCH}" height="130"'
        parts.append(f'<rect {sides} fill="{fill(found)}" stroke="#9AA6BA" stroke-width="8"/>')
        parts.append(_text(found.name, x + _SWATCH + _GAP // 2, top + y + 110, "start"))
        x += room
    return "".join(parts), y + _LINE


def _text(text: str, x: int, y: int, anchor: str) -> str:
    look = f'font-size="{_LETTERS}" text-anchor="{anchor}" fill="#14203A"'
    return f'<text x="{x}" y="{y}" {look}>{escape(text)}</text>'


def _room(text: str) -> int:
    """About the width of a text."""
    return round(len(text) * _LETTERS * 0.56)


def _wrapped(text: str, width: int) -> list[str]:
    """The words of a text in lines no wider than `width`, or of one word."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _room(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
