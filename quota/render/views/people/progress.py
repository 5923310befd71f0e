"""How much of a plan is done, in all forms, in the words departments report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota._version import __version__
from quota.core.moves import Move, Place
from quota.core.plan_tables import Done
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.planning.redeploy.progress import Progress
from quota.planning.redeploy.replan import Replan
from quota.planning.redeploy.tallying import Tally
from quota.render.audit.words import beware_pairs
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of, tables_of
from quota.render.kit.plain import inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import words
from quota.render.views.people.plan_plain import move_plain, place_plain
from quota.render.views.people.plan_rows import replan_rows
from quota.render.views.people.plan_words import ends_words, group_words, stage_words

_FIGURES = ("over", "moved", "short", "filled", "stuck")


def progress_rendering(progress: Progress, replan: Replan, sources: Sequence[InputFile]) -> Rendering:
    """How to write it."""
    names = dict(progress.plan.names)

    def stage_name(stage: int) -> Text:
        return say("outside the stages") if stage < 0 else stage_words(stage, progress.rules[stage].kind)

    stages = [(stage_name(stage), tally) for stage, tally in progress.stages.items()]
    groups = [(group_words(group), tally) for group, tally in progress.groups.items()]
    units = [(names.get(code, code), tally) for code, tally in progress.units.items()]
    return page_rendering(
        Page(
            [
                (words(say("Progress")), tables_of(sources, progress.as_of)),
                (words(say("Done")), words(headline(progress))),
                *beware_pairs(progress.problems),
            ],
            sections_of(
                (say("By stage"), _tallies(say("Stage"), stages)),
                (say("By bloc or position"), _tallies(say("Bloc or position"), groups)),
                (say("By unit"), _tallies(say("Unit"), units)),
                (say("Stuck"), _stuck(progress.stuck, names)),
                (say("No longer in the plan"), _changes(replan.dropped, names)),
                (say("New in the plan"), _changes(replan.new, names)),
            ),
            list(closing_lines(progress, replan)),
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


def closing_lines(progress: Progress, replan: Replan) -> Iterator[Text]:
    """Sentences on the people who are stuck and on what is still to be done."""
    people = sum(move.people for move in replan.moves)
    if progress.total.stuck:
        yield count("{n} person is stuck.", "{n} people are stuck.", n=progress.total.stuck)
    if kept := sum(replan.held.values()):
        yield count(
            "{n} of them stays with a unit that does not release people: nobody goes from there instead.",
            "{n} of them stay with units that do not release people: nobody goes from there instead.",
            n=kept,
        )
    yield say(
        "From here on {people} people move: {kept} as announced, {new} otherwise; {short} posts stay empty.",
        people=people,
        kept=replan.kept,
        new=people - replan.kept,
        short=replan.short,
    )


def _tallies(heading: Text, tallies: Iterable[tuple[Text | str, Tally]]) -> Grid:
    return table(
        tallies,
        Shown(heading, lambda row: row[0]),
        figures(say("Over"), lambda row: row[1].over),
        figures(say("Moved"), lambda row: row[1].moved),
        figures(say("Short"), lambda row: row[1].short),
        figures(say("Filled"), lambda row: row[1].filled),
        figures(say("Stuck"), lambda row: row[1].stuck),
    )


def _stuck(stuck: Sequence[Done], names: Mapping[str, str]) -> Grid:
    return table(
        stuck,
        Shown(say("From"), lambda row: _name(row.origin, names)),
        Shown(say("To"), lambda row: _name(row.target, names)),
        Shown(say("Bloc or position"), lambda row: _groups(row.origin, row.target)),
        figures(say("People"), lambda row: row.stuck),
        Shown(say("Reason"), lambda row: row.reason),
    )


def _changes(moves: Sequence[Move], names: Mapping[str, str]) -> Grid:
    return table(
        moves,
        Shown(say("Stage"), lambda move: stage_words(move.stage, move.kind)),
        Shown(say("From"), lambda move: _name(move.origin, names)),
        Shown(say("To"), lambda move: _name(move.target, names)),
        Shown(say("Bloc or position"), lambda move: _groups(move.origin, move.target)),
        figures(say("People"), lambda move: move.people),
    )


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
    yield ("total", None, *_tally_plain(progress.total).values())
    for stage, tally in progress.stages.items():
        yield ("stage", stage + 1 if stage >= 0 else None, *_tally_plain(tally).values())
    for by, tallies in (("group", progress.groups), ("unit", progress.units)):
        for key, tally in tallies.items():
            yield (by, key, *_tally_plain(tally).values())


def _tally_plain(tally: Tally) -> dict[str, Cell]:
    return {figure: getattr(tally, figure) for figure in _FIGURES}


def progress_plain(progress: Progress, replan: Replan, sources: Sequence[InputFile]) -> object:
    """The JSON."""
    names = dict(progress.plan.names)
    return {
        "quota_version": __version__,
        "as_of": progress.as_of.isoformat(),
        "inputs": inputs_plain(sources),
        "total": _tally_plain(progress.total),
        "stages": [
            {"stage": stage + 1 if stage >= 0 else None, **_tally_plain(tally)}
            for stage, tally in progress.stages.items()
        ],
        "groups": [{"group": key, **_tally_plain(tally)} for key, tally in progress.groups.items()],
        "units": [
            {"code": key, "name": names.get(key, key), **_tally_plain(tally)}
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
