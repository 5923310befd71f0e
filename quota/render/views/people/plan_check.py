"""What checking a plan found, in all forms."""

from __future__ import annotations

from quota.core.moves import aim_of
from quota.core.plan_lines import KIND_NAMES
from quota.core.text import count, say
from quota.planning.redeploy.check import Judgement
from quota.planning.redeploy.stages import Given
from quota.render.audit.words import beware_pairs
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.page import tables_of
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import words
from quota.render.views.people.plan import basis_lines


def judgement_rendering(judgement: Judgement, file: str, given: Given) -> Rendering:
    """People by stage of the plan in `file`, and whether every law is kept; breaches are problems."""
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
    return grid_rendering(grid, lambda: _heading(file, given))


def _heading(file: str, given: Given) -> list[tuple[str, str]]:
    """The file, and what it is held against."""
    start, policy, norms = given.start, given.policy, given.norms
    frame = norms.summary if norms is not None else None
    return [
        (words(say("Plan checked")), words(file)),
        (words(say("Tables")), tables_of(start.sources, given.as_of)),
        *basis_lines((policy.id, policy.title), frame, given.distances.how, by_assigned=start.by_assigned),
        *beware_pairs(start.problems),
    ]
