"""The difference of two frames for programs."""

from __future__ import annotations

from quota._version import __version__
from quota.analysis.what_if.frames_diff import FramesDifference, UnitDifference, Worth
from quota.analysis.what_if.shifts import Shift, sum_shifts
from quota.core.blocs import ByBloc, all_of
from quota.core.results import Quota
from quota.core.text import LocalText
from quota.norms.flattening import FieldValue
from quota.render.audit.columns import GAP
from quota.render.audit.laid_out import csv_shape
from quota.render.audit.unsettled import unsettled_plain
from quota.render.kit.plain import (
    frame_plain,
    gap_plain,
    gaps_plain,
    inputs_plain,
    local_plain,
    problem_plain,
    quota_plain,
)


def diff_plain(found: FramesDifference) -> dict[str, object]:
    """The difference's JSON."""
    return {
        "quota_version": __version__,
        "a": frame_plain(found.a),
        "b": frame_plain(found.b),
        "inputs": inputs_plain(found.inputs),
        "fields": [
            {"path": field.path, "a": _field_plain(field.a), "b": _field_plain(field.b)}
            for field in found.fields
        ],
        "units": [unit_plain(difference) for difference in found.units],
        "provinces": [_worth_plain(worth) for worth in found.provinces],
        "all": _worth_plain(found.whole),
        "status_changes": [
            {"a": a.value, "b": b.value, "units": units} for (a, b), units in found.statuses.items()
        ],
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def diff_shape(found: FramesDifference) -> dict[str, object]:
    """A unit of which all is known, and of which something unknown might change its norms."""
    of_a, of_b = csv_shape(found.a.blocs), csv_shape(found.b.blocs)
    both = csv_shape(all_of((found.a.blocs, found.b.blocs)))
    gap = GAP.shape()
    return {
        **dict.fromkeys(("code", "name", "type", "province", "population"), ""),
        "a": of_a["quota"],
        "b": of_b["quota"],
        "difference": both["quota"],
        "difference_possible": both["quota"],
        **dict.fromkeys(("status_a", "status_b"), ""),
        "gap_a": gap,
        "gap_b": gap,
        "possible_a": of_a["quota"],
        "possible_b": of_b["quota"],
    }


def _field_plain(value: FieldValue) -> object:
    if isinstance(value, LocalText):
        return local_plain(value)
    return list(value) if isinstance(value, tuple) else value


def unit_plain(difference: UnitDifference) -> dict[str, object]:
    unit = difference.a.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type.value,
        "province": difference.province,
        "population": unit.population,
        "a": quota_plain(difference.a.quota),
        "b": quota_plain(difference.b.quota),
        "difference": shifts_plain(difference.shift) if difference.shift else None,
        **({"difference_possible": shifts_plain(difference.possible)} if difference.possible else {}),
        "status_a": difference.a.status.value,
        "status_b": difference.b.status.value,
        "gap_a": gap_plain(difference.a.total_gap),
        "gap_b": gap_plain(difference.b.total_gap),
        **_possible_plain(difference),
    }


def _possible_plain(difference: UnitDifference) -> dict[str, object]:
    """What either frame may grant with what is unknown of the unit; nothing where that is the same."""
    sides = {"possible_a": difference.a.quota, "possible_b": difference.b.quota}
    return {
        key: quota_plain(Quota(quota.possible))
        for key, quota in sides.items()
        if quota is not None and quota.possible is not None
    }


def shifts_plain(shifts: ByBloc[Shift]) -> dict[str, object]:
    """Differences by bloc and in all, each as [low, high]."""
    whole = sum_shifts(shifts)
    by_bloc: dict[str, object] = {bloc: [shift.low, shift.high] for bloc, shift in shifts.items()}
    return by_bloc | {"total": [whole.low, whole.high]}


def _worth_plain(worth: Worth) -> dict[str, object]:
    return {
        "province": worth.name,
        "units": worth.a.units,
        "unknown_population": worth.a.unknown_population,
        "a": quota_plain(worth.a.quota),
        "b": quota_plain(worth.b.quota),
        "gained": shifts_plain(worth.gained) if worth.gained else None,
        "lost": shifts_plain(worth.lost) if worth.lost else None,
        **({"gained_possible": shifts_plain(worth.gained_possible)} if worth.gained_possible else {}),
        **({"lost_possible": shifts_plain(worth.lost_possible)} if worth.lost_possible else {}),
        "gap_a": gaps_plain(worth.a.gap) | {"total": gap_plain(worth.a.total_gap)},
        "gap_b": gaps_plain(worth.b.gap) | {"total": gap_plain(worth.b.total_gap)},
        **{
            f"{key}_{side}": value
            for side, totals in (("a", worth.a), ("b", worth.b))
            for key, value in unsettled_plain(totals.unsettled).items()
        },
    }
