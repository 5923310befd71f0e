"""The rule that was found, as a frame's rule file."""

from __future__ import annotations

from datetime import date

from quota.analysis.fitting.fitting import Fit
from quota.analysis.fitting.rule import Split
from quota.norms.frame_writing import frame_file


def frame_text(fit: Fit, id_: str, bloc: str, day: date, table: str) -> str:
    """The file that says the rule, for `load_frame` to read; `id_` is the file's name without its ending.

    `day` is the day it was found, `table` what it was found from: the frame's only source.
    """
    grant: dict[str, object] = {"base": fit.rule.base}
    if fit.rule.steps is not None:
        grant["increment"] = _increments(fit)
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
        "blocs": {bloc: {**named, **grant, "source": "fitted"}},
    }
    return frame_file(plain)


def _increments(fit: Fit) -> object:
    way, steps = fit.ways[0], fit.rule.steps or (1, 1)
    if fit.rule.split is Split.NONE:
        return _increment(steps[0], way.chosen, way.rounding.value)
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
