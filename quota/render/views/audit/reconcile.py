"""A reconciliation in all its forms; as CSV it is the corrected table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from quota._version import __version__
from quota.core.reconciliation import Account, Correction, Moved, ReconcileReport, Reconciliation, Verdict
from quota.core.text import Text, say
from quota.core.units import Unit
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.plain import inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.views.audit.check import checked_line
from quota.render.views.audit.reconcile_words import odds, verdict_words


def reconcile_rendering(
    report: ReconcileReport, corrected: Callable[[], Iterable[Sequence[Cell]]]
) -> Rendering:
    """How to write a reconciliation; as CSV, the rows of the corrected table."""
    units = sum(len(reconciliation.units) for reconciliation in report.provinces)
    shown = grid_rendering(_grid(report), lambda: [checked_line(report.inputs, units)])
    return Rendering(lambda: _plain(report), corrected, shown.markdown, shown.terminal)


class _Changed(Struct, frozen=True):
    """A unit whose residents an account changes, or finds in another row, before and after."""

    province: str
    unit: Unit
    before: int | None
    after: int | None
    density_after: int | None
    row: Text | str = ""


def _grid(report: ReconcileReport) -> Grid:
    rows = [
        row
        for reconciliation in report.provinces
        if reconciliation.accounts
        for row in _rows(reconciliation.name, reconciliation.taken or reconciliation.accounts[0])
    ]
    closing = [
        text
        for reconciliation in report.provinces
        for text in verdict_words(reconciliation, report.time_limit)
    ]
    closing.append(
        say(
            "Figures that changed places leave every sum as it is and cannot be seen here, unless their "
            "areas went with them and the units' own are known (--boundaries)."
        )
    )
    return table(
        rows,
        Shown(say("Province"), lambda row: row.province or "–"),
        Shown(say("Code"), lambda row: row.unit.code),
        Shown(say("Unit"), lambda row: row.unit.name),
        figures(say("Published"), lambda row: row.before),
        figures(say("Explained"), lambda row: row.after),
        figures(say("a km²"), lambda row: _density(row.unit, row.before)),
        figures(say("a km²"), lambda row: row.density_after),
        Shown(say("In the row of"), lambda row: row.row, when=any(row.row for row in rows)),
        closing=closing,
    )


def _rows(province: str, account: Account) -> Iterator[_Changed]:
    """The units that an account changes: figures that lost zeros, and those that are in another row."""
    changed = {change.unit.code: change for change in account.changes}
    moved = {move.unit.code: move for move in account.moved}
    for change in account.changes:
        if change.unit.code not in moved:
            density = _density(change.unit, change.after)
            yield _Changed(province, change.unit, change.before, change.after, density)
    for code, move in moved.items():
        yield _moved_row(province, move, changed.get(code))


def _moved_row(province: str, move: Moved, change: Correction | None) -> _Changed:
    own = move.put_back()
    after = change.after if change is not None else own.population if own is not None else None
    density = _density(own, after) if own is not None else None
    row = move.row.name if move.row is not None else say("no row")
    return _Changed(province, move.unit, move.unit.population, after, density, row)


def _density(unit: Unit, residents: int | None) -> int | None:
    return round(residents / unit.area_km2) if residents is not None and unit.area_km2 else None


def _change(change: Correction) -> dict[str, object]:
    return {
        "code": change.unit.code,
        "name": change.unit.name,
        "before": change.before,
        "after": change.after,
        "density_before": _density(change.unit, change.before),
        "density_after": _density(change.unit, change.after),
        "zeros": change.zeros,
    }


def _plain(report: ReconcileReport) -> object:
    return {
        "quota_version": __version__,
        "inputs": inputs_plain(report.inputs),
        "time_limit_seconds": report.time_limit,
        "provinces": [
            {
                "name": reconciliation.name or None,
                "control_total": reconciliation.control_total,
                "published": reconciliation.published,
                "gap": reconciliation.gap,
                "units": len(reconciliation.units),
                "published_units": reconciliation.published_units,
                "verdict": reconciliation.verdict.value,
                "settled": reconciliation.settled,
                "candidates": reconciliation.candidates,
                "unknown": reconciliation.unknown,
                "unexplained": 0
                if reconciliation.accounts or reconciliation.verdict is Verdict.MATCHES
                else reconciliation.remainder,
                "explanations": [
                    _explanation(reconciliation, account) for account in reconciliation.accounts
                ],
            }
            for reconciliation in report.provinces
        ],
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def _explanation(reconciliation: Reconciliation, account: Account) -> dict[str, object]:
    """An account; `times_less_plausible` is how much less than the first, as on the screen.

    `name` is what --accept takes it by, null where it cannot be taken.
    """
    return {
        "name": reconciliation.name_of(account),
        "changes": [_change(change) for change in account.changes],
        "bounds": [
            {
                "code": bounds.unit.code,
                "name": bounds.unit.name,
                "before": bounds.before,
                "low": bounds.low,
                "high": bounds.high,
                "cause": bounds.cause.value,
            }
            for bounds in account.bounds
        ],
        "moved": [
            {
                "code": move.unit.code,
                "name": move.unit.name,
                "row_code": move.row.code if move.row is not None else None,
                "row_name": move.row.name if move.row is not None else None,
            }
            for move in account.moved
        ],
        "off": account.off,
        "times_less_plausible": odds(reconciliation.accounts[0], account),
    }
