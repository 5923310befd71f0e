"""What a plan was made from, as its file says it, and whether a command's own inputs are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from quota.core.citations import RuleSource
from quota.core.moves import ASSIGNED, Made, Situation
from quota.core.places import file_of
from quota.core.plan_lines import DISTANCE_WORDS, KIND_NAMES
from quota.core.plan_tables import PairTable, PlanTable
from quota.core.problems import Problem, Severity
from quota.core.results import FrameSummary
from quota.core.text import Text, say
from quota.norms.policy import Policy
from quota.planning.redeploy.announced import kinds_of, start_of
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.exchanges import exchanges_in
from quota.planning.redeploy.spellings import Spellings, placed_pairs

WORDS = {
    "policy": say("policy"),
    "target": say("target"),
    "rules": say("frame"),
    "by": say("moves by"),
    "distances": say("distances"),
}
"""What a plan's file and a command must agree on."""


def made_of(
    policy: Policy, frame: FrameSummary | None, distances: Distances, as_of: date, start: Situation
) -> tuple[Made, ...]:
    """Everything that makes a plan what it is: policy, target, frame, options, day, input files."""
    facts = list(path_facts(policy, frame, start))
    facts.append(Made("distances", distances.how))
    facts.append(Made("as-of", as_of.isoformat()))
    facts += [Made("input", source.path, source.sha256) for source in start.sources]
    return tuple(facts)


def path_facts(policy: Policy, frame: FrameSummary | None, start: Situation) -> tuple[Made, ...]:
    """What a plan and a path that takes its moves must agree on: policy, target, frame, bloc or position."""
    facts = [Made("policy", policy.id, _hash(policy.files)), _target(policy, start)]
    if frame is not None:
        facts.append(Made("rules", frame.id, _hash(frame.files)))
    facts.append(Made("by", "position" if start.by_position else "bloc"))
    return tuple(facts)


def _target(policy: Policy, start: Situation) -> Made:
    """To what units are filled: the level of the norm that the policy names, or what was assigned."""
    return Made("target", ASSIGNED if start.by_assigned else policy.target.level)


def _hash(files: Iterable[RuleSource]) -> str:
    """The hash of a rule file, or of all it extends too, joined."""
    return "+".join(source.sha256 for source in files)


def made_otherwise(
    plan: PlanTable, made: Iterable[Made], about: tuple[str, ...] = tuple(WORDS)
) -> Iterator[Problem]:
    """An error for each thing that the plan was made from and that is another one here."""
    here = {fact.about: fact for fact in made}
    for fact in plan.made:
        mine = here.get(fact.about)
        if fact.about not in about or mine == fact:
            continue
        if mine is None:
            message = say(
                "the plan was made with {what} {value}", what=WORDS[fact.about], value=_called(fact)
            )
        elif mine.value == fact.value:
            message = say(
                "the plan was made with another version of {what} {value}",
                what=WORDS[fact.about],
                value=_called(fact),
            )
        else:
            message = say(
                "the plan was made with {what} {value}, not {mine}",
                what=WORDS[fact.about],
                value=_called(fact),
                mine=_called(mine),
            )
        yield Problem(
            "made-otherwise", Severity.ERROR, message, _fix(fact), file=file_of(plan), value=fact.value
        )


def _called(fact: Made) -> Text | str:
    """What people call the fact's value; an id as it is typed."""
    if fact.about == "distances":
        return DISTANCE_WORDS.get(fact.value, fact.value)
    if fact.about == "by":
        return say("bloc") if fact.value == "bloc" else say("position")
    return fact.value


def _fix(fact: Made) -> Text:
    if fact.about == "policy":
        return say("give --policy {value} as it was, or make the plan anew", value=fact.value)
    if fact.about == "target" and fact.value == ASSIGNED:
        return say("give --target assigned as it was, or make the plan anew")
    if fact.about == "rules":
        return say("give --rules {value} as it was, or make the plan anew", value=fact.value)
    return say("give the same options, or make the plan anew")


def against_policy(plan: PlanTable, policy: Policy) -> Iterator[Problem]:
    """An error for each stage of the plan's moves that is another one in the policy."""
    fix = say("give the policy that the plan was made with: --policy")
    for stage, kind, _, row in kinds_of(plan):
        if stage >= len(policy.stages):
            message = say(
                "the plan has a stage {stage}, the policy only {n}", stage=stage + 1, n=len(policy.stages)
            )
        elif kind != policy.stages[stage].kind:
            message = say(
                "stage {stage} is {kind} in the plan, {other} in the policy",
                stage=stage + 1,
                kind=KIND_NAMES.get(kind, kind),
                other=KIND_NAMES[policy.stages[stage].kind],
            )
        else:
            continue
        yield Problem("made-otherwise", Severity.ERROR, message, fix, file=file_of(plan), row=row)


def against_exchanges(plan: PlanTable, policy: Policy, start: Situation) -> Iterator[Problem]:
    """An error for the first move from one group to another that neither policy nor substitutes allow.

    People whom a report has counted went as they went: no policy is held against that.
    """
    for move in plan.moves:
        if move.people <= move.reported:
            continue
        if move.origin is None or move.target is None or not 0 <= move.stage < len(policy.stages):
            continue
        have, need = move.origin.group, move.target.group
        if have in (need, "") or (have, need) in exchanges_in(policy.stages[move.stage].kind, policy, start):
            continue
        message = say(
            "people of {have} fill posts of {need} in the plan, but may not here",
            have=move.origin.called,
            need=move.target.called,
        )
        fix = say(
            "give the substitutes that the plan was made with: --substitutes"
            if start.by_position
            else "give the policy that the plan was made with: --policy"
        )
        yield Problem("made-otherwise", Severity.ERROR, message, fix, file=file_of(plan), row=move.row)
        return


def not_this_policy(plan: PlanTable, policy: Policy, start: Situation) -> tuple[Problem, ...]:
    """Errors where a plan was made under another policy, or with other substitutes, than are given now."""
    facts = [Made("policy", policy.id, _hash(policy.files)), _target(policy, start)]
    found = (*made_otherwise(plan, facts, ("policy", "target")), *against_policy(plan, policy))
    return found or tuple(against_exchanges(plan, policy, start))


def start_for(plan: PlanTable, pairs: PairTable | None) -> tuple[Situation, tuple[Problem, ...]]:
    """Who was where before the plan, with the substitutes given; errors where the plan has others.

    A plan's file says its substitutes: without `pairs` those hold.
    """
    start = start_of(plan)
    if pairs is None:
        return start, ()
    groups = {place.group for place in (*start.cells, *start.pools)}
    placed, problems = placed_pairs(pairs, Spellings(groups))
    if plan.start is None or placed == dict(start.substitutes):
        return replace(start, substitutes=placed), problems
    message = say("the plan was made with other substitutes")
    fix = say("leave --substitutes out: the plan has its own; or make the plan anew")
    return start, (*problems, Problem("made-otherwise", Severity.ERROR, message, fix, file=file_of(plan)))
