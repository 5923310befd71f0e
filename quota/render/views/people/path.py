"""The path to the deadline in all forms; nothing in it names a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from quota._version import __version__
from quota.core.blocs import BLOCS
from quota.core.text import Text, say
from quota.planning.path.paths import Fate, Path, Point, Step, headline
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.audit.words import frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.pictures import bar
from quota.render.kit.plain import frame_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import day, words
from quota.render.views.people.plan_words import group_words, km_words

_WIDTH = 24


def path_rendering(path: Path) -> Rendering:
    """How to write it."""
    return page_rendering(path_page(path), lambda: _plain(path), lambda: _rows(path))


def path_page(path: Path) -> Page:
    """Its tables and words."""
    return Page(
        _heading(path),
        sections_of(
            (say("Year by year"), _years(path)),
            (say("If nobody moves, by bloc"), _blocs(path)),
            (say("Moves and recruits"), _steps(path)),
            (say("Units that do not meet their {aim} by themselves", aim=path.aim), _units(path)),
        ),
        _closing(path),
    )


def _heading(path: Path) -> list[tuple[str, str]]:
    files = " + ".join(words(source.path) for source in path.inputs)
    return [
        (words(say("Path")), f"{files} · {day(path.as_of)} → {day(path.deadline)}"),
        *(frame_lines(path.frame) if path.frame else ()),
        (words(say("Policy")), path.policy),
        (words(say("Retirement")), path.retirement),
    ]


def _years(path: Path) -> Grid:
    columns = [
        Column("day", say("On")),
        Column("retired", say("Retired"), numeric=True),
        Column("left", say("Left"), numeric=True),
        Column("alone", say("Within"), numeric=True),
        Column("short", say("Short"), numeric=True),
        Column("over", say("Over"), numeric=True),
        Column("with_steps", say("With moves"), numeric=True),
        Column("picture", say("Units within their {aim}", aim=path.aim), whole=True),
    ]
    most = len(path.units)
    rows: list[dict[str, Value]] = [
        {
            "day": day(point.day),
            "retired": point.retired,
            "left": point.left,
            "alone": point.meeting,
            "short": sum(point.short.values()),
            "over": sum(point.over.values()),
            "with_steps": point.meeting_with_steps,
            "picture": _picture(point, most),
        }
        for point in path.points
    ]
    closing = [
        say("█ within the {aim} by themselves, ░ more with the moves and recruits below.", aim=path.aim)
    ]
    return Grid("years", columns, rows, {}, closing)


def _picture(point: Point, most: int) -> str:
    alone = bar(point.meeting, most, _WIDTH)
    more = max(point.meeting_with_steps - point.meeting, 0)
    return alone + "░" * (max(round(more * _WIDTH / most), 1) if more and most else 0)


def _blocs(path: Path) -> Grid:
    columns = [Column("day", say("On"))]
    blocs = path.frame.blocs if path.frame else BLOCS
    columns += [Column(bloc, bloc.name, numeric=True) for bloc in blocs]
    rows: list[dict[str, Value]] = []
    for point in path.points:
        row: dict[str, Value] = {"day": day(point.day)}
        for bloc in blocs:
            row[bloc] = f"−{point.short.get(bloc, 0)} +{point.over.get(bloc, 0)}"
        rows.append(row)
    closing = [say("− short of the {aim}, + over, added up separately, never netted.", aim=path.aim)]
    return Grid("blocs", columns, rows, {}, closing)


def _steps(path: Path) -> Grid:
    columns = [
        Column("day", say("By")),
        Column("from", say("From")),
        Column("to", say("To")),
        Column("group", say("Bloc")),
        Column("people", say("People"), numeric=True),
        Column("km", say("km"), numeric=True),
    ]
    names = {fate.unit.code: fate.unit.name for fate in path.units}
    rows: list[dict[str, Value]] = [_step_row(step, names) for step in path.steps]
    return Grid("steps", columns, rows, {})


def _step_row(step: Step, names: dict[str, str]) -> dict[str, Value]:
    origin, target = step.origin, step.target
    inside = origin is not None and origin.code == target.code
    group = group_words(target.group)
    if origin is not None and origin.group != target.group:
        group = f"{group_words(origin.group)} → {group}"
    return {
        "day": day(step.day),
        "from": words(say("recruited")) if origin is None else names[origin.code],
        "to": "" if inside else names[target.code],
        "group": group,
        "people": step.people,
        "km": "" if inside or origin is None else km_words(step.metres),
    }


def _units(path: Path) -> Grid:
    columns = [
        Column("unit", say("Unit")),
        Column("meets", say("Meets its {aim}", aim=path.aim)),
        Column("left", say("Still over or short")),
    ]
    rows: list[dict[str, Value]] = [
        {"unit": fate.unit.name, "meets": _meets(fate), "left": _left(fate)}
        for fate in path.units
        if fate.alone is None
    ]
    return Grid("units", columns, rows, {})


def _meets(fate: Fate) -> Text:
    return say("with moves or recruits") if fate.meets else say("not by the deadline")


def _left(fate: Fate) -> str:
    over = [f"{group_words(group)} +{people}" for group, people in fate.over.items()]
    short = [f"{group_words(group)} −{posts}" for group, posts in fate.short.items()]
    return ", ".join((*over, *short))


def _closing(path: Path) -> list[Text]:
    recruits = sum(step.people for step in path.steps if step.origin is None)
    moved = sum(step.people for step in path.steps if step.origin is not None)
    lines = [
        headline(path),
        say("{moved} people move, {recruits} are recruited.", moved=moved, recruits=recruits),
        say(
            "Proven: no way has more than {units} units within their {aim}, none for as many needs fewer"
            " people.",
            aim=path.aim,
            units=path.best.most_units[1],
        ),
    ]
    planned = sum(stay.people for stay in path.stays if stay.people > 0 and not stay.on_loan)
    lent = sum(stay.people for stay in path.stays if stay.people > 0 and stay.on_loan)
    if path.stays:
        lines.append(
            say(
                "Counted before: {planned} people of the plan's moves, {lent} on loan while they"
                " serve there.",
                planned=planned,
                lent=lent,
            )
        )
    if path.unknown:
        lines.append(say("{n} units with an unknown bloc are not counted.", n=path.unknown))
    lines.append(
        say("Counted again by plain arithmetic: nobody moves twice, no place is overfilled by a move.")
    )
    return [*lines, *unsettled_lines(path.unsettled), *settle_line(path.unsettled)]


def _plain(path: Path) -> object:
    return {
        "quota_version": __version__,
        "frame": frame_plain(path.frame) if path.frame else None,
        "policy": path.policy,
        "retirement": path.retirement,
        "target": "assigned" if path.by_assigned else "norm",
        "as_of": path.as_of.isoformat(),
        "deadline": path.deadline.isoformat(),
        "inputs": [
            {"path": source.path, "sha256": source.sha256, "rows": source.rows} for source in path.inputs
        ],
        "points": [
            {
                "day": point.day.isoformat(),
                "retired": point.retired,
                "left": point.left,
                "within": point.meeting,
                "short": dict(point.short),
                "over": dict(point.over),
                "within_with_steps": point.meeting_with_steps,
                "short_with_steps": point.short_with_steps,
                "over_with_steps": point.over_with_steps,
            }
            for point in path.points
        ],
        "units": [
            {
                "code": fate.unit.code,
                "name": fate.unit.name,
                "alone": fate.alone.isoformat() if fate.alone else None,
                "meets": fate.meets,
                "over": dict(fate.over),
                "short": dict(fate.short),
            }
            for fate in path.units
        ],
        "steps": [
            {
                "day": step.day.isoformat(),
                "from": {"code": step.origin.code, "group": step.origin.group} if step.origin else None,
                "to": {"code": step.target.code, "group": step.target.group},
                "people": step.people,
                "metres": step.metres,
            }
            for step in path.steps
        ],
        "stays": [
            {
                "from": stay.first.isoformat(),
                "until": stay.last.isoformat() if stay.last < date.max else None,
                "code": stay.place.code,
                "group": stay.place.group,
                "people": stay.people,
                "on_loan": stay.on_loan,
            }
            for stay in path.stays
        ],
        "certificates": {
            "units": {"value": path.best.most_units[0], "bound": path.best.most_units[1]},
            "people": {"value": path.best.fewest[0], "bound": path.best.fewest[1]},
        },
        "unknown": path.unknown,
        **unsettled_plain(path.unsettled),
        "problems": [problem_plain(problem) for problem in path.problems],
    }


def _rows(path: Path) -> Iterator[Sequence[Cell]]:
    """A row a unit: from when it meets its norm by itself, whether with the steps, and what is left."""
    blocs = path.frame.blocs if path.frame else BLOCS
    yield (
        "code",
        "name",
        "alone",
        "meets",
        *(f"over_{bloc}" for bloc in blocs),
        *(f"short_{bloc}" for bloc in blocs),
    )
    for fate in path.units:
        yield (
            fate.unit.code,
            fate.unit.name,
            fate.alone.isoformat() if fate.alone else None,
            fate.meets,
            *(fate.over.get(bloc, 0) for bloc in blocs),
            *(fate.short.get(bloc, 0) for bloc in blocs),
        )
