"""A grid over a frame's numbers in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from quota.analysis.what_if.sensitivity import Outcome, Point, Sensitivity
from quota.analysis.what_if.shifts import between
from quota.core.blocs import ByBloc
from quota.core.posts import Gap, sum_gaps, sum_posts
from quota.core.results import Quota
from quota.core.text import LocalText, Text, say
from quota.norms.files.keys import heading
from quota.render.audit.laid_out import csv_shape
from quota.render.audit.unsettled import IF_SO, unknown_lines, unsettled_lines, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Section
from quota.render.kit.pictures import bar
from quota.render.kit.plain import gap_plain, gaps_plain, heading_plain, problem_plain, quota_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import UNKNOWN, interval, number, signed


def sensitivity_rendering(found: Sensitivity) -> Rendering:
    """How to write it: the grid, or without one the fields that can be varied."""
    heading = run_lines(say("Sensitivity"), found.inputs, found.as_of, found.frame, found.problems)
    page = Page(heading, [_grid(found) if found.points else _fields(found)], list(_closing(found)))
    return page_rendering(page, lambda: sensitivity_plain(found), lambda: _rows(found))


def sensitivity_plain(found: Sensitivity) -> dict[str, object]:
    """The grid's JSON."""
    return heading_plain(found.frame, found.as_of.isoformat(), found.inputs) | {
        "fields": dict(found.fields),
        "varied": list(found.varied),
        "units": found.units,
        "unknown_population": found.unknown_population,
        "base": _outcome_plain(found.base, found),
        "points": [_point_plain(point, found) for point in found.points],
        **unsettled_plain(found.unsettled),
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _outcome_plain(outcome: Outcome, found: Sensitivity) -> dict[str, object]:
    """Posts and gaps; a bloc of whose staff nothing is known has no gap."""
    gap: ByBloc[Gap | None] = ByBloc.of(
        outcome.gap.order, lambda bloc: outcome.gap[bloc] if found.known_staff[bloc] else None
    )
    whole = sum_gaps(outcome.gap) if any(found.known_staff) else None
    return {
        "quota": quota_plain(Quota(outcome.posts)) if _any_known(found) else None,
        "gap": gaps_plain(gap) | {"total": gap_plain(whole)},
        "below_minimum": outcome.below_minimum,
    }


def _any_known(found: Sensitivity) -> bool:
    return found.unknown_population < found.units


def _point_plain(point: Point, found: Sensitivity) -> dict[str, object]:
    plain: dict[str, object] = {"settings": dict(point.settings), **_outcome_plain(point.outcome, found)}
    return plain if point.then is None else plain | {"with_unknown": _sums_plain(point.then, found)}


def _sums_plain(outcome: Outcome, found: Sensitivity) -> dict[str, object]:
    plain = _outcome_plain(outcome, found)
    return {"quota": plain["quota"], "gap": plain["gap"]}


def _rows(found: Sensitivity) -> list[Sequence[Cell]]:
    """A row a point, the varied fields under their own paths; without a grid, a row a field."""
    if not found.points:
        return [["field", "value"], *found.fields.items()]
    rows: list[dict[str, object]] = []
    for point in found.points:
        plain = _point_plain(point, found)
        rows.append({**point.settings, **{key: plain[key] for key in plain if key != "settings"}})
    figures = csv_shape(found.base.gap.order)
    sums = {key: figures[key] for key in ("quota", "gap")}
    settings = dict.fromkeys(found.varied, 0)
    return flat_rows(rows, {**settings, **sums, "below_minimum": 0, "with_unknown": sums})


def _grid(found: Sensitivity) -> Section:
    staff = any(found.known_staff)
    then = any(point.then is not None for point in found.points)
    grid = table(
        found.points,
        *(_setting(path, found) for path in found.varied),
        figures(say("Quota"), lambda point: _posts(point.outcome, found)),
        figures(say("Difference"), lambda point: _difference(point, found)),
        figures(say("Shortfall"), lambda point: _short(point.outcome), when=staff),
        figures(say("Surplus"), lambda point: _over(point.outcome), when=staff),
        figures(say("Quota, if so"), lambda point: _posts(point.then, found), when=then),
        figures(say("Short, if so"), lambda point: _short(point.then), when=then and staff),
        figures(say("Over, if so"), lambda point: _over(point.then), when=then and staff),
        figures(
            say("Under minimum"),
            lambda point: point.outcome.below_minimum,
            when=any(path.startswith("minimum_population.") for path in found.varied),
        ),
    )
    highs = [sum_posts(point.outcome.posts).high for point in found.points]
    return Section(grid, pictures=[partial(bar, high, max(highs)) for high in highs])


def _setting(path: str, found: Sensitivity) -> Shown[Point]:
    """A varied field, its path so that it can be wrapped; † where all fields are as the frame stands."""

    def value(point: Point) -> str:
        as_it_stands = all(found.fields[field] == value for field, value in point.settings.items())
        return f"{number(point.settings[path])}{'†' if as_it_stands else ''}"

    field = path.removeprefix("blocs.")
    return Shown(LocalText(heading(field).vi, field.replace(".", " ")), value)


def _posts(outcome: Outcome | None, found: Sensitivity) -> str:
    return interval(sum_posts(outcome.posts) if outcome is not None and _any_known(found) else None)


def _difference(point: Point, found: Sensitivity) -> str:
    posts = sum_posts(found.base.posts), sum_posts(point.outcome.posts)
    return shift_words(between(*posts) if _any_known(found) else None)


def _short(outcome: Outcome | None) -> str:
    return UNKNOWN if outcome is None else signed(-sum_gaps(outcome.gap).shortfall)


def _over(outcome: Outcome | None) -> str:
    return UNKNOWN if outcome is None else signed(sum_gaps(outcome.gap).surplus)


def _fields(found: Sensitivity) -> Section:
    grid = table(
        found.fields.items(),
        Shown(say("Field that --vary can take"), lambda field: field[0], whole=True),
        figures(say("Value"), lambda field: field[1]),
    )
    return Section(grid)


def _closing(found: Sensitivity) -> Iterator[Text]:
    gap, known = sum_gaps(found.base.gap), any(found.known_staff)
    yield say(
        "The frame as it stands: {posts} posts, units: {units}, shortfall {shortfall}, surplus {surplus}.",
        posts=_posts(found.base, found),
        shortfall=number(gap.shortfall) if known else UNKNOWN,
        surplus=number(gap.surplus) if known else UNKNOWN,
        units=found.units,
    )
    yield say("Shortfall and surplus are summed separately, never netted.")
    if found.points:
        yield say("† as the frame stands.")
    else:
        field, value = max(found.fields.items(), key=lambda field: field[0].endswith("per_residents"))
        setting = f"{field.removeprefix('blocs.')}={value},{value + max(value // 2, 1)}"
        yield say("Vary one: --vary {setting}; `blocs.` may be left out.", setting=setting)
    yield from unknown_lines(found.unknown_population)
    if known and any(known_units < found.units for known_units in found.known_staff):
        yield say("Shortfall and surplus cover the blocs whose staff is known.")
    yield from unsettled_lines(found.unsettled)
    if any(point.then is not None for point in found.points):
        yield IF_SO
