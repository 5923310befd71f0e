"""A grid over a frame's numbers in all forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quota.analysis.what_if.sensitivity import Outcome, Point, Sensitivity
from quota.analysis.what_if.shifts import between
from quota.core.blocs import ByBloc
from quota.core.posts import Gap, sum_gaps, sum_posts
from quota.core.results import Quota
from quota.core.text import Text, count, say
from quota.render.audit.laid_out import csv_shape
from quota.render.audit.unsettled import unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Picture, Section, inputs_line
from quota.render.kit.pictures import bar
from quota.render.kit.plain import gap_plain, gaps_plain, heading_plain, problem_plain, quota_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import UNKNOWN, day, interval, number, signed, words


def sensitivity_rendering(found: Sensitivity) -> Rendering:
    """How to write it: the grid, or without one the fields that can be varied."""
    heading = [
        (words(say("Sensitivity")), f"{inputs_line(found.inputs)} · {day(found.as_of)}"),
        *frame_lines(found.frame),
        *beware_pairs(found.problems),
    ]
    page = Page(heading, [_grid(found) if found.points else _fields(found)], _closing(found))
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
    columns = [
        *(Column(path, say("{path}", path=_spaced(path))) for path in found.varied),
        Column("posts", say("Posts"), numeric=True),
        Column("shift", say("Difference"), numeric=True),
    ]
    if any(found.known_staff):
        columns += [
            Column("shortfall", say("Shortfall"), numeric=True),
            Column("surplus", say("Surplus"), numeric=True),
        ]
    if any(point.then is not None for point in found.points):
        columns.append(Column("posts_then", say("Posts, if so"), numeric=True))
        if any(found.known_staff):
            columns += [
                Column("shortfall_then", say("Short, if so"), numeric=True),
                Column("surplus_then", say("Over, if so"), numeric=True),
            ]
    if any(path.startswith("minimum_population.") for path in found.varied):
        columns.append(Column("below", say("Under minimum"), numeric=True))
    rows = [_row(point, found) for point in found.points]
    highs = [sum_posts(point.outcome.posts).high for point in found.points]
    pictures: list[Picture] = [partial(bar, high, max(highs)) for high in highs]
    return Section(Grid("points", columns, rows, {}), pictures=pictures)


def _spaced(path: str) -> str:
    """A path that can be wrapped."""
    return path.removeprefix("blocs.").replace(".", " ")


def _row(point: Point, found: Sensitivity) -> dict[str, Value]:
    posts, gap = sum_posts(point.outcome.posts), sum_gaps(point.outcome.gap)
    as_it_stands = all(found.fields[path] == value for path, value in point.settings.items())
    return {
        **{path: f"{number(value)}{'†' if as_it_stands else ''}" for path, value in point.settings.items()},
        "posts": interval(posts if _any_known(found) else None),
        "shift": shift_words(between(sum_posts(found.base.posts), posts) if _any_known(found) else None),
        "shortfall": signed(-gap.shortfall),
        "surplus": signed(gap.surplus),
        "below": point.outcome.below_minimum,
        **_then_cells(point, found),
    }


def _then_cells(point: Point, found: Sensitivity) -> dict[str, Value]:
    if point.then is None:
        return {}
    posts, gap = sum_posts(point.then.posts), sum_gaps(point.then.gap)
    return {
        "posts_then": interval(posts if _any_known(found) else None),
        "shortfall_then": signed(-gap.shortfall),
        "surplus_then": signed(gap.surplus),
    }


def _fields(found: Sensitivity) -> Section:
    columns = [
        Column("path", say("Field that --vary can take"), whole=True),
        Column("value", say("Value"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [{"path": path, "value": value} for path, value in found.fields.items()]
    return Section(Grid("fields", columns, rows, {}))


def _closing(found: Sensitivity) -> list[Text]:
    base, gap = sum_posts(found.base.posts), sum_gaps(found.base.gap)
    known = any(found.known_staff)
    lines = [
        say(
            "The frame as it stands: {posts} posts, units: {units}, shortfall {shortfall}, surplus "
            "{surplus}.",
            posts=interval(base if _any_known(found) else None),
            shortfall=number(gap.shortfall) if known else UNKNOWN,
            surplus=number(gap.surplus) if known else UNKNOWN,
            units=found.units,
        ),
        say("Shortfall and surplus are summed separately, never netted."),
    ]
    if found.points:
        lines.append(say("† as the frame stands."))
    else:
        field, value = max(found.fields.items(), key=lambda field: field[0].endswith("per_residents"))
        setting = f"{field.removeprefix('blocs.')}={value},{value + max(value // 2, 1)}"
        lines.append(say("Vary one: --vary {setting}; `blocs.` may be left out.", setting=setting))
    if found.unknown_population:
        lines.append(
            count(
                "Residents unknown in {n} unit: in no figure.",
                "Residents unknown in {n} units: in no figure.",
                n=found.unknown_population,
            )
        )
    if known and any(known_units < found.units for known_units in found.known_staff):
        lines.append(say("Shortfall and surplus cover the blocs whose staff is known."))
    lines += unsettled_lines(found.unsettled)
    if any(point.then is not None for point in found.points):
        lines.append(
            say("If so: where what is unknown is taken to be so (mountain, highland, island, border).")
        )
    return lines
