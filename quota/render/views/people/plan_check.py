"""What checking a plan found, in all forms."""

from __future__ import annotations

from quota.core.moves import aim_of
from quota.core.text import count, say
from quota.planning.redeploy.check import Judgement
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.views.people.plan_words import KIND_NAMES


def judgement_rendering(judgement: Judgement) -> Rendering:
    """People by stage, and whether every law is kept; the breaches themselves are problems."""
    columns = [
        Column("stage", say("Stage")),
        Column("kind", say("Kind"), hidden=True),
        Column("name", say("What")),
        Column("people", say("People"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {"stage": number + 1, "kind": kind, "name": KIND_NAMES[kind], "people": people}
        for number, kind, people in judgement.people
    ]
    broken = len(judgement.problems)
    closing = [
        say(
            "{short} posts stay short of the {aim}, {over} people over.",
            aim=aim_of(by_assigned=judgement.by_assigned),
            short=judgement.left.short,
            over=judgement.left.surplus,
        ),
        count("{n} breach of a law.", "{n} breaches of a law.", n=broken)
        if broken
        else say("Every law is kept."),
    ]
    about = {
        "sound": not broken,
        "left": {"short": judgement.left.short, "over": judgement.left.surplus},
        "problems": [problem_plain(problem) for problem in judgement.problems],
    }
    return grid_rendering(Grid("stages", columns, rows, about, closing))
