"""The JSON of a rule that was found in a table of posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quota.analysis.fitting.fitting import Fit, FrameFit, Misfit
from quota.analysis.fitting.rule import Rule, Split, thresholds
from quota.core.units import InputFile
from quota.render.kit.rendering import Cell
from quota.render.views.rules.fitting_area import area_plain


def fit_plain(fit: Fit, frames: Sequence[FrameFit], inputs: Iterable[InputFile]) -> dict[str, object]:
    """The JSON."""
    return {
        "inputs": [{"path": file.path, "sha256": file.sha256} for file in inputs],
        "points": fit.points,
        "explained": fit.explained,
        "rule": _rule_plain(fit.rule),
        "others": [_rule_plain(rule) for rule in fit.others],
        "base_moves": fit.base_moves,
        "reached": {unit_type.value: posts for unit_type, posts in fit.reached.items()},
        "terrain_unknown": fit.terrain_unknown,
        "area_unknown": fit.area_unknown,
        "misfits": [misfit_plain(misfit) for misfit in fit.misfits],
        "totals": [
            {
                "province": found.total.name,
                "posts": found.total.posts,
                "given": found.given,
                "lowest": found.lowest,
                "highest": found.highest,
                "met": found.met,
            }
            for found in fit.totals
        ],
        "frames": [
            {
                "frame": beside.frame,
                "explained": beside.explained,
                "misfits": [misfit_plain(misfit) for misfit in beside.misfits],
                "totals": list(beside.totals),
            }
            for beside in frames
        ],
    }


def _rule_plain(rule: Rule) -> dict[str, object]:
    step, inside = rule.steps or (None, None)
    return {
        "base": rule.base,
        "step": step,
        "split": rule.split.value,
        "step_inside_split": None if rule.split is Split.NONE else inside,
        "thresholds": [
            {
                "rounding": way.rounding.value,
                "above": way.chosen,
                "lowest": way.lowest,
                "highest": way.highest,
            }
            for way in thresholds(rule)
        ],
        "most": {unit_type.value: most for unit_type, most in rule.most.items()},
        "area": area_plain(rule.area),
    }


def misfit_plain(misfit: Misfit) -> dict[str, Cell]:
    point = misfit.point
    return {
        "code": point.code,
        "name": point.name,
        "type": point.type.value,
        "population": point.residents,
        "posts": point.posts,
        "given": misfit.given,
        "difference": misfit.by,
    }
