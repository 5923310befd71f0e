"""What checking a plan found, in all forms."""

from __future__ import annotations

from quota.core.moves import aim_of
from quota.core.plan_lines import KIND_NAMES
from quota.core.text import count, say
from quota.planning.redeploy.check import Judgement
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Rendering


def judgement_rendering(judgement: Judgement) -> Rendering:
    """People by stage, and whether every law is kept; the breaches themselves are problems."""
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
    grid = table(
        judgement.people,
        Shown(say("Stage"), lambda row: row[0] + 1, key="stage"),
        Shown(say("Kind"), lambda row: row[1], key="kind", hidden=True),
        Shown(say("What"), lambda row: KIND_NAMES[row[1]], key="name"),
        figures(say("People"), lambda row: row[2], key="people"),
        name="stages",
        about=about,
        closing=closing,
    )
    return grid_rendering(grid)
