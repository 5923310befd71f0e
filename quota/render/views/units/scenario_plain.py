"""A scenario's result as plain values for JSON."""

from __future__ import annotations

from quota.core.sums import known_sum, whole_sum
from quota.core.units import Unit
from quota.core.what_if.lineage import ancestors, is_partial
from quota.core.what_if.scenario_results import After, ChangedUnits, Saved, ScenarioReport, sum_saved
from quota.core.what_if.scenarios import Done, Split
from quota.planning.mergers.possible import report_with_the_unknown
from quota.render.audit.plain import steps_plain, totals_plain, unit_plain
from quota.render.kit.plain import Plain, heading_plain, problem_plain, sources_plain


def scenario_plain(report: ScenarioReport) -> Plain:
    """The result's JSON."""
    saved: Plain = {bloc: saved_plain(posts) for bloc, posts in report.saved.items()}
    return heading_plain(report.frame, report.as_of.isoformat(), report.inputs) | {
        "scenario": {
            "title": report.scenario.title,
            "file": report.scenario.file,
            "sources": sources_plain(report.scenario.sources),
        },
        "operations": [_operation(done) for done in report.done],
        "changes": [_change(change) for change in report.changes],
        "units": [_unit(unit_after) for unit_after in report.units],
        "below_minimum": [unit_after.audit.unit.code for unit_after in report.failing],
        "before": totals_plain(report.before),
        "after": totals_plain(report.after),
        "posts_saved": saved | {"total": saved_plain(sum_saved(report.saved))},
        "people_to_place": dict(report.to_place.items()) | {"total": known_sum(report.to_place)},
        **with_unknown_plain(report),
        "unknown": {
            "posts_saved": report.unknown_saved,
            "people_to_place": dict(report.unknown_to_place.items()),
        },
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def with_unknown_plain(report: ScenarioReport) -> Plain:
    """Posts saved and people to place with what is unknown of the units; nothing where that is the same."""
    then = report_with_the_unknown(report)
    if then is None:
        return {}
    saved: Plain = {bloc: saved_plain(posts) for bloc, posts in then.saved.items()}
    people: Plain = dict(then.to_place.items())
    return {
        "with_unknown": {
            "posts_saved": saved | {"total": saved_plain(sum_saved(then.saved))},
            "people_to_place": people | {"total": known_sum(then.to_place)},
        }
    }


def saved_plain(saved: Saved | None) -> list[int] | None:
    """[at the low ends, at the high ends]."""
    return None if saved is None else [saved.low, saved.high]


def _operation(done: Done) -> Plain:
    about = done.operation.about
    return {
        "operation": type(done.operation).__name__.lower(),
        "date": about.date.isoformat() if about.date else None,
        "source": about.source,
        "line": about.origin.row if about.origin else None,
        "before": [_brief(holding.unit) for holding in done.before],
        "after": [_brief(holding.unit) for holding in done.after],
        "residents_moved": done.residents_moved,
        "undo": None if done.undo is None else _split(done.undo),
    }


def _split(split: Split) -> Plain:
    """The split that undoes a merger, as a scenario file says it."""
    return {"split": {"unit": split.unit, "parts": [_part(part) for part in split.parts]}}


def _part(unit: Unit) -> Plain:
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type.value,
        "residents": unit.population,
        "area_km2": None if unit.area_km2 is None else f"{unit.area_km2:f}",
        "staff": dict(unit.staff.items()),
    }


def _brief(unit: Unit) -> Plain:
    return {"code": unit.code, "name": unit.name, "type": unit.type.value, "population": unit.population}


def _change(change: ChangedUnits) -> Plain:
    to_place = change.to_place
    saved: Plain = {bloc: saved_plain(posts) for bloc, posts in change.saved.items()}
    people: Plain = dict(to_place.items())
    return {
        "operations": list(change.operations),
        "before": [unit_plain(audited) for audited in change.before],
        "after": [_with_steps(unit_after) for unit_after in change.after],
        "posts_saved": saved | {"total": saved_plain(change.total_saved)},
        "people_to_place": people | {"total": whole_sum(to_place)},
    }


def _unit(unit_after: After) -> Plain:
    return unit_plain(unit_after.audit) | {
        "ancestors": list(ancestors(unit_after.lineage)),
        "partial": is_partial(unit_after.lineage),
    }


def _with_steps(unit_after: After) -> Plain:
    return _unit(unit_after) | {"steps": steps_plain(unit_after.steps)}
