"""How much of a plan is done, in all forms, in the words departments report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from quota._version import __version__
from quota.core.moves import Move, Place
from quota.core.plan_tables import Done
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.planning.redeploy.progress import Progress
from quota.planning.redeploy.replan import Replan
from quota.planning.redeploy.tallying import Tally
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import day, words
from quota.render.views.people.plan_plain import move_plain, place_plain
from quota.render.views.people.plan_rows import replan_rows
from quota.render.views.people.plan_words import KIND_NAMES, ends_words, group_words

_FIGURES = ("over", "moved", "short", "filled", "stuck")


def progress_rendering(progress: Progress, replan: Replan, sources: Sequence[InputFile]) -> Rendering:
    """How to write it."""
    names = dict(progress.plan.names)
    files = " + ".join(words(source.path) for source in sources)
    kinds = {move.stage: move.kind for move in progress.plan.moves}

    def stage_name(stage: int) -> str:
        if stage < 0:
            return words(say("outside the stages"))
        return words(say("{n} {kind}", n=stage + 1, kind=KIND_NAMES.get(kinds[stage], kinds[stage])))

    return page_rendering(
        Page(
            [
                (words(say("Progress")), f"{files} · {day(progress.as_of)}"),
                (words(say("Done")), words(headline(progress))),
            ],
            sections_of(
                (say("By stage"), _tallies(say("Stage"), progress.stages, stage_name)),
                (say("By bloc or position"), _tallies(say("Bloc or position"), progress.groups, group_words)),
                (
                    say("By unit"),
                    _tallies(say("Unit"), progress.units, lambda code: str(names.get(code, code))),
                ),
                (say("Stuck"), _stuck(progress.stuck, names)),
                (say("No longer in the plan"), _changes(replan.dropped, names)),
                (say("New in the plan"), _changes(replan.new, names)),
            ),
            closing_lines(progress, replan),
        ),
        lambda: progress_plain(progress, replan, sources),
        lambda: progress_rows(progress),
    )


def headline(progress: Progress) -> Text:
    """ "684 of 1,052 moved, 645 of 935 filled"."""
    total = progress.total
    return say(
        "{moved} of {over} moved, {filled} of {short} filled",
        moved=total.moved,
        over=total.over,
        filled=total.filled,
        short=total.short,
    )


def closing_lines(progress: Progress, replan: Replan) -> list[Text]:
    """Sentences on the people who are stuck and on what is still to be done."""
    people = sum(move.people for move in replan.moves)
    lines = []
    if progress.total.stuck:
        lines.append(count("{n} person is stuck.", "{n} people are stuck.", n=progress.total.stuck))
    lines.append(
        say(
            "From here on {people} people move: {kept} as announced, {new} otherwise; {short} posts stay"
            " empty.",
            people=people,
            kept=replan.kept,
            new=people - replan.kept,
            short=replan.short,
        )
    )
    return lines


def _tallies(
    heading: Text,
    tallies: Mapping[object, Tally] | Mapping[int, Tally] | Mapping[str, Tally],
    name: Callable[..., str],
) -> Grid:
    columns = [
        Column("key", heading),
        Column("over", say("Over"), numeric=True),
        Column("moved", say("Moved"), numeric=True),
        Column("short", say("Short"), numeric=True),
        Column("filled", say("Filled"), numeric=True),
        Column("stuck", say("Stuck"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {"key": name(key)} | {figure: getattr(tally, figure) for figure in _FIGURES}
        for key, tally in tallies.items()
    ]
    return Grid("tallies", columns, rows, {})


def _stuck(stuck: Sequence[Done], names: Mapping[str, str]) -> Grid:
    columns = [
        Column("from", say("From")),
        Column("to", say("To")),
        Column("group", say("Bloc or position")),
        Column("people", say("People"), numeric=True),
        Column("reason", say("Reason")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "from": _name(row.origin, names),
            "to": _name(row.target, names),
            "group": _groups(row.origin, row.target),
            "people": row.stuck,
            "reason": row.reason,
        }
        for row in stuck
    ]
    return Grid("stuck", columns, rows, {})


def _changes(moves: Sequence[Move], names: Mapping[str, str]) -> Grid:
    columns = [
        Column("stage", say("Stage")),
        Column("from", say("From")),
        Column("to", say("To")),
        Column("group", say("Bloc or position")),
        Column("people", say("People"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {
            "stage": say("{n} {kind}", n=move.stage + 1, kind=KIND_NAMES[move.kind]),
            "from": _name(move.origin, names),
            "to": _name(move.target, names),
            "group": _groups(move.origin, move.target),
            "people": move.people,
        }
        for move in moves
    ]
    return Grid("changes", columns, rows, {})


def _name(place: Place | None, names: Mapping[str, str]) -> str:
    return names.get(place.code, place.code) if place else ""


def _groups(origin: Place | None, target: Place | None) -> str:
    if origin and target:
        return ends_words(origin, target)
    place = origin or target
    return group_words(place.group) if place else ""


def progress_rows(progress: Progress) -> Iterator[Sequence[Cell]]:
    """A row for the whole, each stage, bloc or position, and unit."""
    yield ("by", "key", *_FIGURES)
    yield ("total", None, *_cells(progress.total))
    for stage, tally in progress.stages.items():
        yield ("stage", stage + 1 if stage >= 0 else None, *_cells(tally))
    for by, tallies in (("group", progress.groups), ("unit", progress.units)):
        for key, tally in tallies.items():
            yield (by, key, *_cells(tally))


def _cells(tally: Tally) -> list[Cell]:
    return [getattr(tally, figure) for figure in _FIGURES]


def _tally_plain(tally: Tally) -> dict[str, object]:
    return {figure: getattr(tally, figure) for figure in _FIGURES}


def progress_plain(progress: Progress, replan: Replan, sources: Sequence[InputFile]) -> object:
    """The JSON."""
    names = dict(progress.plan.names)
    return {
        "quota_version": __version__,
        "as_of": progress.as_of.isoformat(),
        "inputs": [{"path": source.path, "sha256": source.sha256, "rows": source.rows} for source in sources],
        "total": _tally_plain(progress.total),
        "stages": [
            {"stage": stage + 1 if stage >= 0 else None} | _tally_plain(tally)
            for stage, tally in progress.stages.items()
        ],
        "groups": [{"group": key} | _tally_plain(tally) for key, tally in progress.groups.items()],
        "units": [
            {"code": key, "name": names.get(key, key)} | _tally_plain(tally)
            for key, tally in progress.units.items()
        ],
        "stuck": [
            {
                "from": place_plain(row.origin, names) if row.origin else None,
                "to": place_plain(row.target, names) if row.target else None,
                "people": row.stuck,
                "reason": row.reason,
                "row": row.row,
            }
            for row in progress.stuck
        ],
        "replan": {
            "people": sum(move.people for move in replan.moves),
            "kept": replan.kept,
            "short": replan.short,
            "moves": [_move(move, names) for move in replan.moves],
            "new": [_move(move, names) for move in replan.new],
            "dropped": [_move(move, names) for move in replan.dropped],
        },
        "problems": [problem_plain(problem) for problem in progress.problems],
    }


def _move(move: Move, names: object) -> dict[str, object]:
    return {"stage": move.stage + 1, "kind": move.kind} | move_plain(move, names)


def replan_rows_rendering(progress: Progress, replan: Replan) -> Rendering:
    """The plan as it now is, done and still to do, as `quota plan --format csv` writes plans."""

    def rows() -> Iterator[Sequence[Cell]]:
        return replan_rows(progress, replan)

    return Rendering(list, rows, str, lambda width: "")
