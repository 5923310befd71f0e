"""A reconciliation in all its forms; as CSV it is the corrected table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from quota._version import __version__
from quota.core.reconciliation import Account, Change, ReconcileReport, Reconciliation, Verdict
from quota.core.text import Text, count, say
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import number
from quota.render.views.audit.check import corrected_rows


def reconcile_rendering(report: ReconcileReport) -> Rendering:
    """How to write a reconciliation."""
    grid = _grid(report)
    shown = grid.rendering()
    return Rendering(lambda: _plain(report), lambda: _table(report), shown.markdown, shown.terminal)


def _grid(report: ReconcileReport) -> Grid:
    columns = [
        Column("province", say("Province")),
        Column("code", say("Code")),
        Column("name", say("Unit")),
        Column("before", say("Published"), numeric=True),
        Column("after", say("Explained"), numeric=True),
        Column("density_before", say("a km²"), numeric=True),
        Column("density_after", say("a km²"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {"province": one.name or "–", **_change(change)}
        for one in report.provinces
        if one.accounts
        for change in one.accounts[0].changes
    ]
    if not rows:
        columns = columns[:1]
        rows = [{"province": one.name or "–"} for one in report.provinces]
    closing = [text for one in report.provinces for text in verdict_words(one, report.time_limit)]
    return Grid("changes", columns, rows, {}, closing)


def _change(change: Change) -> dict[str, Value]:
    return {
        "code": change.unit.code,
        "name": change.unit.name,
        "before": change.before,
        "after": change.after,
        "density_before": _whole(change, change.before),
        "density_after": _whole(change, change.after),
    }


def _whole(change: Change, residents: int) -> int | None:
    density = change.density(residents)
    return None if density is None else round(density)


def verdict_words(one: Reconciliation, time_limit: int) -> Iterator[Text]:
    """What came of a province: the sums, then how far the explanation can be trusted."""
    yield say(
        "{name}: published {published}, control total {total}, gap {gap}.",
        name=one.name or say("The table"),
        published=one.published,
        total=one.control_total,
        gap=one.gap,
    )
    changes = len(one.accounts[0].changes) if one.accounts else 0
    if one.accounts:
        yield count("{n} change explains it exactly.", "{n} changes explain it exactly.", n=changes)
    yield _trust(one, time_limit)
    if one.accounts and not one.settled:
        yield say("Nothing is changed; --accept takes the explanation above.")
    if one.verdict is Verdict.SEVERAL:
        for place, account in enumerate(one.accounts[1:], start=2):
            yield _other(one.accounts[0], account, place)


def _trust(one: Reconciliation, time_limit: int) -> Text:
    if one.other_units and one.verdict is Verdict.UNEXPLAINED:
        return say(
            "{n} units here, the province has {published}: the control total is of those, and no explanation "
            "can add up for certain.",
            n=len(one.units),
            published=one.published_units,
        )
    if one.unknown:
        return count(
            "Residents unknown in {n} unit: no explanation can add up for certain. The most plausible "
            "reading of the others leaves {left} residents for it.",
            "Residents unknown in {n} units: no explanation can add up for certain. The most plausible "
            "reading of the others leaves {left} residents for them.",
            n=one.unknown,
            left=one.remainder,
        )
    if one.verdict is Verdict.UNEXPLAINED and one.gap % 9:
        return say(
            "Lost zeros cannot explain it: each adds a multiple of nine, the gap is none. The most "
            "plausible reading of each value leaves {left} residents unexplained.",
            left=one.remainder,
        )
    words = {
        Verdict.MATCHES: say("It adds up as it is."),
        Verdict.ONLY_ONE: say("No other plausible explanation has as few or fewer changes."),
        Verdict.UNEXPLAINED: say(
            "No plausible set of lost zeros explains it. The most plausible reading of each value "
            "leaves {left} residents unexplained.",
            left=one.remainder,
        ),
        Verdict.NOT_PROVEN: say(
            "The time limit of {n} seconds was up before other explanations were ruled out.", n=time_limit
        ),
        Verdict.OUT_OF_TIME: say(
            "The time limit of {n} seconds was up before an explanation was found or ruled out.", n=time_limit
        ),
        Verdict.SEVERAL: say(
            "Several explanations fit with as few or fewer changes: which is true stays open."
        ),
    }
    if one.verdict is not Verdict.CLEAR:
        return words[one.verdict]
    return say(
        "Others add up with as few or fewer changes; the nearest is {times} times less plausible (the "
        "figures beside those of the units of the same type).",
        times=odds(one.accounts[0], one.accounts[1]),
    )


def _other(first: Account, other: Account, place: int) -> Text:
    listed = "; ".join(map(_from_to, other.changes))
    mine = {(one.unit.code, one.after) for one in first.changes}
    apart = [one for one in other.changes if (one.unit.code, one.after) not in mine]
    if apart and len(apart) < len(other.changes):
        listed = "; ".join(map(_from_to, apart))
        return say("Explanation {n} has among others: {changes}.", n=place, changes=listed)
    return say("Explanation {n}: {changes}.", n=place, changes=listed)


def _from_to(change: Change) -> str:
    return f"{change.unit.name} {number(change.before)} → {number(change.after)}"


def odds(first: Account, other: Account) -> int:
    """How many times less plausible `other` is, in two leading digits; never more than a million million."""
    times = min(math.exp(min((other.surprise - first.surprise) / 1000, 30)), 1e12)
    whole = int(times)
    step = int("1" + "0" * max(len(str(whole)) - 2, 0))
    return whole // step * step


def _plain(report: ReconcileReport) -> object:
    return {
        "quota_version": __version__,
        "inputs": [{"path": one.path, "sha256": one.sha256, "rows": one.rows} for one in report.inputs],
        "time_limit_seconds": report.time_limit,
        "provinces": [
            {
                "name": one.name or None,
                "control_total": one.control_total,
                "published": one.published,
                "gap": one.gap,
                "units": len(one.units),
                "published_units": one.published_units,
                "verdict": one.verdict.value,
                "settled": one.settled,
                "candidates": one.candidates,
                "unknown": one.unknown,
                "unexplained": 0 if one.accounts or one.verdict is Verdict.MATCHES else one.remainder,
                "explanations": [
                    {"changes": [_change(change) | {"zeros": change.zeros} for change in account.changes]}
                    for account in one.accounts
                ],
            }
            for one in report.provinces
        ],
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def _table(report: ReconcileReport) -> Iterator[Sequence[Cell]]:
    units = [unit for one in report.provinces for unit in one.units]
    corrected = [one.corrected() for one in report.provinces]
    return corrected_rows(units, {code: people for found in corrected for code, people in found.items()})
