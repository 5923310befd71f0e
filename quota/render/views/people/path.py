"""The path to the deadline in all forms; nothing in it names a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from quota._version import __version__
from quota.core.blocs import BLOCS, Bloc, Blocs
from quota.core.posts import Gap
from quota.core.text import Text, say
from quota.planning.path.paths import Fate, Path, Point, Step, headline
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of, tables_of
from quota.render.kit.pictures import bar
from quota.render.kit.plain import frame_plain, inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import called, day, gap_marks, words
from quota.render.views.people.plan_words import ends_words, group_words, km_words

_WIDTH = 24


def path_rendering(path: Path) -> Rendering:
    """How to write it."""
    return page_rendering(path_page(path), lambda: _plain(path), lambda: _rows(path))


def path_page(path: Path, *, advice: bool = True) -> Page:
    """Its tables and words; without `advice`, nothing of options: a paper that is handed in has none."""
    return Page(
        _heading(path),
        sections_of(
            (say("Year by year"), _years(path)),
            (say("If nobody moves, by bloc"), _blocs(path)),
            (say("Moves and recruits"), _steps(path)),
            (say("Units that do not meet their {aim} by themselves", aim=path.aim), _units(path)),
        ),
        [*_closing(path), *(settle_line(path.unsettled) if advice else ())],
    )


def _heading(path: Path) -> list[tuple[str, str]]:
    return [
        (words(say("Path")), f"{tables_of(path.inputs, path.as_of)} → {day(path.deadline)}"),
        *(frame_lines(path.frame) if path.frame else ()),
        (words(say("Policy")), path.policy),
        (words(say("Retirement")), path.retirement),
        *beware_pairs(path.problems),
    ]


def _years(path: Path) -> Grid:
    most = len(path.units)
    return table(
        path.points,
        Shown(say("On"), lambda point: day(point.day)),
        figures(say("Retired"), lambda point: point.retired),
        figures(say("Left"), lambda point: point.left),
        figures(say("Within"), lambda point: point.meeting),
        figures(say("Short"), lambda point: sum(point.short.values())),
        figures(say("Over"), lambda point: sum(point.over.values())),
        figures(say("With moves"), lambda point: point.meeting_with_steps),
        Shown(
            say("Units within their {aim}", aim=path.aim),
            lambda point: _picture(point, most),
            key="picture",
            whole=True,
        ),
        closing=[
            say("█ within the {aim} by themselves, ░ more with the moves and recruits below.", aim=path.aim)
        ],
    )


def _picture(point: Point, most: int) -> str:
    alone = bar(point.meeting, most, _WIDTH)
    more = max(point.meeting_with_steps - point.meeting, 0)
    return alone + "░" * (max(round(more * _WIDTH / most), 1) if more and most else 0)


def _blocs(path: Path) -> Grid:
    return table(
        path.points,
        Shown(say("On"), lambda point: day(point.day)),
        *map(_bloc, _order(path)),
        closing=[say("− short of the {aim}, + over, added up separately, never netted.", aim=path.aim)],
    )


def _order(path: Path) -> Blocs:
    return path.frame.blocs if path.frame else BLOCS


def _bloc(bloc: Bloc) -> Shown[Point]:
    return figures(bloc.name, lambda point: gap_marks(Gap(point.short.get(bloc, 0), point.over.get(bloc, 0))))


def _steps(path: Path) -> Grid:
    names = called(fate.unit for fate in path.units)
    return table(
        path.steps,
        Shown(say("By"), lambda step: day(step.day)),
        Shown(say("From"), lambda step: names[step.origin.code] if step.origin else say("recruited")),
        Shown(say("To"), lambda step: "" if _is_inside(step) else names[step.target.code]),
        Shown(say("Bloc"), lambda step: ends_words(step.origin or step.target, step.target)),
        figures(say("People"), lambda step: step.people),
        figures(
            say("km"),
            lambda step: "" if step.origin is None or _is_inside(step) else km_words(step.metres),
        ),
    )


def _is_inside(step: Step) -> bool:
    return step.origin is not None and step.origin.code == step.target.code


def _units(path: Path) -> Grid:
    with_steps, never = say("with moves or recruits"), say("not by the deadline")
    names = called(fate.unit for fate in path.units)
    return table(
        [fate for fate in path.units if fate.alone is None],
        Shown(say("Unit"), lambda fate: names[fate.unit.code]),
        Shown(say("Meets its {aim}", aim=path.aim), lambda fate: with_steps if fate.meets else never),
        Shown(say("Still over or short"), _left),
    )


def _left(fate: Fate) -> str:
    over = [f"{group_words(group)} {gap_marks(Gap(0, people))}" for group, people in fate.over.items()]
    short = [f"{group_words(group)} {gap_marks(Gap(posts, 0))}" for group, posts in fate.short.items()]
    return ", ".join((*over, *short))


def _closing(path: Path) -> Iterator[Text]:
    recruits = sum(step.people for step in path.steps if step.origin is None)
    moved = sum(step.people for step in path.steps if step.origin is not None)
    yield headline(path)
    yield say("{moved} people move, {recruits} are recruited.", moved=moved, recruits=recruits)
    yield say(
        "Proven: no way has more than {units} units within their {aim}, none for as many needs fewer people.",
        aim=path.aim,
        units=path.best.most_units[1],
    )
    if path.stays:
        yield say(
            "Counted before: {planned} come for good by the plan, {lent} on loan while they serve there.",
            planned=sum(stay.people for stay in path.stays if stay.people > 0 and not stay.on_loan),
            lent=sum(stay.people for stay in path.stays if stay.people > 0 and stay.on_loan),
        )
    if path.listed < path.staff:
        yield say(
            "Retirements are known of {listed} of {staff} people in post; nobody else is taken to retire.",
            listed=path.listed,
            staff=path.staff,
        )
    if path.unknown:
        yield say("{n} units with an unknown bloc are not counted.", n=path.unknown)
    yield say("Counted again by plain arithmetic: nobody moves twice, no place is overfilled by a move.")
    yield from unsettled_lines(path.unsettled)


def _plain(path: Path) -> object:
    return {
        "quota_version": __version__,
        "frame": frame_plain(path.frame) if path.frame else None,
        "policy": path.policy,
        "retirement": path.retirement,
        "target": "assigned" if path.by_assigned else "norm",
        "as_of": path.as_of.isoformat(),
        "deadline": path.deadline.isoformat(),
        "inputs": inputs_plain(path.inputs),
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
        "staff": path.staff,
        "listed": path.listed,
        "unknown": path.unknown,
        **unsettled_plain(path.unsettled),
        "problems": [problem_plain(problem) for problem in path.problems],
    }


def _rows(path: Path) -> Iterator[Sequence[Cell]]:
    """A row a unit: from when it meets its norm by itself, whether with the steps, and what is left."""
    blocs = _order(path)
    of_blocs = (f"{side}_{bloc}" for side in ("over", "short") for bloc in blocs)
    yield ("code", "name", "alone", "meets", *of_blocs)
    for fate in path.units:
        yield (
            fate.unit.code,
            fate.unit.name,
            fate.alone.isoformat() if fate.alone else None,
            fate.meets,
            *(fate.over.get(bloc, 0) for bloc in blocs),
            *(fate.short.get(bloc, 0) for bloc in blocs),
        )
