"""The rule that was found, as a frame's rule file."""

from __future__ import annotations

from datetime import date

from quota.analysis.fitting.fitting import Fit
from quota.analysis.fitting.rule import AreaSteps, Split
from quota.norms.frame_writing import frame_file


def frame_text(fit: Fit, id_: str, bloc: str, day: date, table: str) -> str:
    """The file that says the rule, for `load_frame` to read; `id_` is the file's name without its ending.

    `day` is the day it was found, `table` what it was found from: the frame's only source.
    """
    grant: dict[str, object] = {"base": fit.rule.base}
    increments = [*_by_residents(fit), *_by_area(fit.rule.area)]
    if increments:
        grant["increment"] = increments if len(increments) > 1 else increments[0]
    if fit.rule.most:
        grant["most"] = {unit_type.value: most for unit_type, most in fit.rule.most.items()}
    named = {} if bloc in ("government", "party", "front") else {"name": {"vi": bloc, "en": bloc}}
    plain = {
        "id": id_,
        "title": {"vi": f"Quy tắc suy ra từ {table}", "en": f"Rule found from {table}"},
        "status": "draft",
        "effective": {"from": date.fromordinal(day.toordinal())},
        "reading": {
            "vi": f"Khớp đúng {fit.explained} trong {fit.points} đơn vị; không phải văn bản",
            "en": f"Explains {fit.explained} of {fit.points} units exactly; no decree says it",
        },
        "sources": {"fitted": {"title": table, "publisher": "quota rules fit", "date": day}},
        **_standards(fit.rule.area),
        "blocs": {bloc: {**named, **grant, "source": "fitted"}},
    }
    return frame_file(plain)


_STANDARD = "standard-area"


def _by_residents(fit: Fit) -> list[dict[str, object]]:
    if fit.rule.steps is None:
        return []
    way, steps = fit.ways[0], fit.rule.steps
    if fit.rule.split is Split.NONE:
        return [_increment(steps[0], way.chosen, way.rounding.value)]
    when: dict[str, object] = {"mountain": True}
    if fit.rule.split is Split.MOUNTAIN_BUT_ZONES:
        when["type"] = ["commune", "ward"]
    without = {key: list(value) if isinstance(value, list) else value for key, value in when.items()}
    return [
        {**_increment(steps[1], way.chosen, way.rounding.value), "when": when},
        {**_increment(steps[0], way.chosen, way.rounding.value), "when": {"not": without}},
    ]


def _increment(step: int, above: int, rounding: str) -> dict[str, object]:
    return {"posts": 1, "per_residents": step, "above": above, "rounding": rounding}


def _by_area(area: AreaSteps | None) -> list[dict[str, object]]:
    if area is None:
        return []
    counted: dict[str, object] = {"posts": 1, "counts": "area_km2"}
    if area.is_one:
        return [{**counted, "per": area.other, "above": area.other * area.above, "rounding": "down"}]
    step = {"share": 1, "of": _STANDARD}
    return [{**counted, "per": step, "above": _STANDARD, "rounding": "down"}]


def _standards(area: AreaSteps | None) -> dict[str, object]:
    """The areas of which each 100 % brings a post, where they differ by kind of unit."""
    if area is None or area.is_one:
        return {}
    cases = [
        {"figure": area.ward, "when": {"type": "ward"}},
        {"figure": area.mountain, "when": {"mountain": True}},
        {"figure": area.other},
    ]
    if area.mountain == area.other:  # a condition that changes nothing would leave the unknown open
        del cases[1]
    return {"standards": {_STANDARD: {"cases": cases, "source": "fitted"}}}
