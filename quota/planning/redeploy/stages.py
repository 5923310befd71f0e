"""The plan, stage after stage: each is the best that can be made of what the stage before left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from quota.core.moves import Made, Move, Plan, Situation, StagePlan, Stopper
from quota.core.names import fold
from quota.core.problems import Problem, Severity, refusal, refuse_errors
from quota.core.results import Totals
from quota.core.text import Text, count, say
from quota.norms.granting import Norms
from quota.norms.policy import Policy, StageKind, StageRule
from quota.planning.redeploy.check import refuse_breaches
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.filling import most_filled
from quota.planning.redeploy.model import Solution, solve
from quota.planning.redeploy.reasons import reasons
from quota.planning.redeploy.situations import after, audit_totals, standing
from quota.planning.redeploy.task import StageLaws, laws_of, task_of
from quota.planning.redeploy.together import most_together


class Given(Struct, frozen=True):
    """Everything a plan is made from; `made` says it in the plan's file."""

    start: Situation
    policy: Policy
    distances: Distances
    as_of: date
    norms: Norms | None = None
    made: tuple[Made, ...] = ()


def plan(given: Given) -> Plan:
    """The staged plan under the policy; checked by plain code before it is returned.

    Raises `InputError` where the policy is not in force, names units that are not there, or the situation has
    errors. Shortfall and surplus are never netted: only moves that the policy allows fill a post.
    """
    refuse_errors([*given.start.problems, *policy_problems(given)])
    now, left = given.start, defaultdict[str, int](int)
    audited, counted = _auditing(given), standing(now)
    totals = audited(now)
    stages: list[StagePlan] = []
    for number, rule in enumerate(given.policy.stages):
        laws = laws_of(given.policy, rule, given.start, given.as_of, dict(left))
        task = task_of(now, laws, given.distances)
        solution = solve(task, given.policy.objective.order)
        moves = moves_of(number, rule, solution, now)
        then = after(now, moves, rule.kind.value)
        counted_then, totals_then = standing(then), audited(then)
        stoppers = tuple(_stoppers(now, then, laws, given.distances, solution))
        stages.append(
            StagePlan(
                number=number,
                kind=rule.kind.value,
                origins=rule.from_,
                months=rule.months,
                moves=moves,
                before=counted,
                after=counted_then,
                certificates=solution.certificates,
                stoppers=stoppers,
                audit_before=totals,
                audit_after=totals_then,
            )
        )
        for move in moves:
            if rule.kind is not StageKind.INTERNAL and move.origin and not move.department:
                left[move.origin.code] += move.people
        now, counted, totals = then, counted_then, totals_then
    moves = tuple(move for stage in stages for move in stage.moves)
    refuse_breaches(given.start, given.policy, given.distances, given.as_of, moves)
    for stage in stages:
        for certificate in stage.certificates:
            if not certificate.proven:
                raise AssertionError(f"stage {stage.number}: {certificate} proves nothing")
    together = most_together(given.start, given.policy, given.as_of)
    return Plan(
        policy=given.policy.id,
        policy_title=given.policy.title,
        as_of=given.as_of,
        start=given.start,
        end=now,
        stages=tuple(stages),
        distances=given.distances.how,
        frame=given.norms.summary if given.norms else None,
        problems=(*given.start.problems, *_warnings(given, stages)),
        sources=given.start.sources,
        made=given.made,
        reasons=reasons(now, given.policy),
        more_together=None if together is None else together - sum(move.people for move in moves),
    )


def _auditing(given: Given) -> Callable[[Situation], Totals | None]:
    """What gives the audit's totals of a situation; nothing where staff is given by position."""
    if given.norms is None or given.start.by_position:
        return lambda _: None
    granters, blocs = given.norms.granters(), given.norms.summary.blocs
    return lambda situation: audit_totals(situation, granters, blocs)


def moves_of(number: int, rule: StageRule, solution: Solution, now: Situation) -> tuple[Move, ...]:
    """The solution's moves in the order of their places."""
    kind, months, metres = rule.kind.value, rule.months, solution.metres
    return tuple(
        Move(number, kind, *way, people, metres[way], months, department=way[0] in now.pools)
        for way, people in sorted(solution.flows.items())
    )


def policy_problems(given: Given) -> Iterator[Problem]:
    """A policy that is not in force on the day, or speaks of places that the tables do not have."""
    policy = given.policy
    yield from problems_of_limits(policy, given.start, given.as_of)
    known = {*given.start.names, *(pool.code for pool in given.start.pools)}
    for code in policy.within.may_cross if policy.within else ():
        if code not in known:
            message = say("within.may_cross: no unit or department is called {code}", code=code)
            yield _unknown_unit(policy, given.start, message, code)
    for pool in given.start.pools:
        if pool.code in given.start.names:
            message = say("{code} is both a unit and a department", code=pool.code)
            yield Problem("two-meanings", Severity.ERROR, message, say("rename one"), value=pool.code)


def problems_of_limits(policy: Policy, start: Situation, as_of: date) -> Iterator[Problem]:
    """A policy that is not in force on the day, or whose limits are about units that are not there."""
    if not policy.effective.covers(as_of):
        message = say("{id} is not in force on {as_of}", id=policy.id, as_of=as_of)
        fix = say("give another day (--as-of) or policy (--policy)")
        yield Problem("not-in-force", Severity.ERROR, message, fix, value=as_of.isoformat())
    for key in ("no_release", "no_receive"):
        limit = getattr(policy.limits, key)
        for code in limit.units if limit else ():
            if code not in start.names:
                message = say("limits.{key}: no unit has the code {code}", key=key, code=code)
                yield _unknown_unit(policy, start, message, code)


def _unknown_unit(policy: Policy, start: Situation, message: Text, written: str) -> Problem:
    """A unit that the policy's file names by what is no code; its code, where its name is written."""
    codes = [code for code, name in start.names.items() if fold(name) == fold(written)]
    fix = say("write its code: {code}", code=codes[0]) if len(codes) == 1 else say("correct the code")
    file = policy.files[0].path if policy.files else None
    return Problem("unknown-unit", Severity.ERROR, message, fix, file, value=written)


def relaxations(laws: StageLaws) -> Iterator[tuple[str, StageLaws]]:
    """The laws with one limit lifted, for each limit there is."""
    if laws.leaving is not None:
        yield f"limits.people_leaving_unit: {laws.leaving}", replace(laws, leaving=None)
    if laws.per_unit is not None:
        yield f"limits.moves_per_unit: {laws.per_unit}", replace(laws, per_unit=None)
    if laws.km is not None:
        yield f"limits.km: {laws.km}", replace(laws, km=None)
    if laws.no_release:
        codes = ", ".join(sorted(laws.no_release))
        yield f"limits.no_release: {codes}", replace(laws, no_release=frozenset())
    if laws.no_receive:
        codes = ", ".join(sorted(laws.no_receive))
        yield f"limits.no_receive: {codes}", replace(laws, no_receive=frozenset())
    if laws.keep:
        yield "keep_surplus_until", replace(laws, keep=False)
    if laws.within:
        yield "within: province", replace(laws, within=False)


def _stoppers(
    now: Situation, then: Situation, laws: StageLaws, distances: Distances, solution: Solution
) -> Iterator[Stopper]:
    """Which limits keep posts empty that people are there for, each lifted alone, else all at once."""
    if laws.inside or not any(cell.wanted for cell in then.cells.values()):
        return
    lifted = list(relaxations(laws))
    filled = sum(solution.flows.values())
    found = False
    for limit, eased in lifted:
        more = most_filled(now, eased, distances) - filled
        if more:
            found = True
            yield Stopper(limit, more)
    if len(lifted) > 1 and not found:
        free = StageLaws(laws.kind, laws.origins, laws.pairs)
        more = most_filled(now, free, distances) - filled
        if more:
            yield Stopper(" + ".join(limit for limit, _ in lifted), more)


def _warnings(given: Given, stages: list[StagePlan]) -> Iterator[Problem]:
    for stage in stages:
        for stopper in stage.stoppers:
            message = count(
                "stage {stage}: {limit} keeps {n} post empty that somebody could fill",
                "stage {stage}: {limit} keeps {n} posts empty that somebody could fill",
                n=stopper.more,
                stage=stage.number + 1,
                limit=stopper.limit,
            )
            fix = say("ease the limit, or accept what is left")
            yield Problem("limit-stops-plan", Severity.WARNING, message, fix)
    yield from _crossing(given, stages)
    far = given.distances
    placed = far.points if far.pairs is None else {code for pair in far.pairs for code in pair}
    nowhere = [code for code in sorted({place.code for place in given.start.cells}) if code not in placed]
    codes = ", ".join(nowhere[:10])
    if nowhere and far.pairs is not None:
        message = count(
            "no distance of {n} unit is known: it counts as longer than any known one",
            "no distance of {n} units is known: they count as longer than any known one",
            n=len(nowhere),
        )
        fix = say("give the way to or from {codes}", codes=codes)
        yield Problem("no-distance", Severity.WARNING, message, fix)
    elif nowhere:
        message = count(
            "{n} unit has no point (lon, lat): its distances are unknown, longer than any known",
            "{n} units have no point (lon, lat): distances there are unknown, longer than any known",
            n=len(nowhere),
        )
        yield Problem("no-point", Severity.WARNING, message, say("give lon and lat for {codes}", codes=codes))


def _crossing(given: Given, stages: Iterable[StagePlan]) -> Iterator[Problem]:
    """How many people the plan moves to another province, and how far at most."""
    provinces = given.start.provinces
    far = [
        move
        for stage in stages
        for move in stage.moves
        if move.origin and move.target and _across(provinces, move.origin.code, move.target.code)
    ]
    if far:
        longest = max(move.metres or 0 for move in far)
        message = count(
            "{n} person moves to another province, up to {km} km",
            "{n} people move to another province, up to {km} km",
            n=sum(move.people for move in far),
            km=longest // 1000,
        )
        fix = say("write within: in the policy if people are to stay in their province")
        yield Problem("crosses-provinces", Severity.WARNING, message, fix)


def _across(provinces: Mapping[str, str], start: str, end: str) -> bool:
    return start in provinces and end in provinces and provinces[start] != provinces[end]


def refuse_empty(situation: Situation) -> None:
    """Raise `InputError` where nothing is known of anybody's posts and people."""
    if not situation.cells:
        message = say("no unit has both posts and people: there is nothing to plan")
        fix = say("give a staff table: --staff FILE, or positions: --positions FILE")
        raise refusal("nothing-to-plan", message, fix)
