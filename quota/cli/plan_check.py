"""`quota plan --check`: a plan, edited by hand or not, judged law by law."""

from __future__ import annotations

from pathlib import Path

from quota.core.moves import DoneTable
from quota.core.problems import refuse_errors
from quota.planning.redeploy.check import judge
from quota.planning.redeploy.spellings import respelled
from quota.planning.redeploy.stages import Given, policy_problems
from quota.render.kit.output import Output, mention
from quota.render.kit.problems import problem_lines
from quota.render.views.people.plan_check import judgement_rendering
from quota.tables.readers.departments import BLOC_OF
from quota.tables.readers.plans import read_plan


def check_plan(given: Given, path: Path, out: Output) -> int:
    """Write what the check found; 1 where a row breaks a law, else 0. Raises `InputError` for bad input."""
    read = read_plan(path)
    table, _ = respelled(read, DoneTable(()), given.start, BLOC_OF)
    refuse_errors([*table.problems, *policy_problems(given)])
    judgement = judge(given.start, given.policy, given.distances, given.as_of, table, given.made)
    out.write(judgement_rendering(judgement))
    for line in problem_lines(judgement.problems):
        mention(line)
    return 1 if judgement.problems else 0
