"""The rest of a plan: what is done stays done, and as few announced moves change as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from quota.core.moves import Move, Place, Situation
from quota.core.names import fold
from quota.norms.policy import Policy, StageRule
from quota.planning.redeploy.check import refuse_breaches
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.model import solve
from quota.planning.redeploy.progress import Progress
from quota.planning.redeploy.situations import after
from quota.planning.redeploy.stages import moves_of
from quota.planning.redeploy.task import StageLaws, Task, laws_of, task_of

RELEASE = tuple(
    fold(word) for word in ("release", "không cho đi", "chưa cho đi", "không đồng ý cho", "chưa đồng ý cho")
)
"""Reasons with one of these say that a unit does not let people go: nobody goes from there in their place."""


class Replan(Struct, frozen=True):
    """What is still to be done, stage by stage; how much of it was announced; what stays empty."""

    moves: tuple[Move, ...]
    kept: int
    new: tuple[Move, ...]
    dropped: tuple[Move, ...]
    """Announced people who neither moved nor will."""
    end: Situation
    held: Mapping[Place, int]
    """People over whom their units do not release: they stay, and are not in the surplus of `end`."""

    @property
    def short(self) -> int:
        """Posts that stay empty."""
        return sum(cell.short for cell in self.end.cells.values())


def replan(progress: Progress, policy: Policy, distances: Distances) -> Replan:
    """Stage by stage: the most posts filled, then the most announced moves kept, then cost, then metres.

    Announced is what the first plan announced, also where the file is a later week's: so a report made week
    after week is the report made at once. No stage takes the people or the posts of a later stage's announced
    moves. What is left after all stages goes through them once more, for posts that can still be filled.

    People a unit will not release stay; between other places that are stuck nobody moves any more.
    """
    held = _held(progress)
    start = now = _holding(progress.now, held)
    remaining = _remaining(progress)
    closed = {(row.origin, row.target) for row in progress.stuck}
    left, out, into = _already(progress, len(policy.stages))
    people: Counter[tuple[int, Place, Place]] = Counter()
    facts: dict[tuple[int, Place, Place], Move] = {}
    order = tuple(criterion for criterion in policy.objective.order if criterion != "worst")
    for sweep in range(2):
        for number, rule in enumerate(policy.stages):
            later, this = range(number + 1, len(policy.stages)), range(number, number + 1)
            ahead = {} if sweep else _announced(remaining, closed, later)
            kept = {} if sweep else _announced(remaining, closed, this)
            laws = laws_of(policy, rule, now, progress.as_of, left)
            free = _without(now, ahead, policy)
            task = _open(task_of(free, laws, distances), closed, laws, out[number], into[number])
            ways = {(origin, target): people for (_, origin, target), people in kept.items()}
            solution = solve(task, order, ways)
            made = moves_of(number, rule, solution, now)
            for (origin, target), move in zip(sorted(solution.flows), made, strict=True):
                people[number, origin, target] += move.people
                facts[number, origin, target] = move
                if rule.kind != "internal":
                    into[number][target.code] += move.people
                if rule.kind != "internal" and not move.department:
                    left[origin.code] += move.people
                    out[number][origin.code] += move.people
            now = after(now, made, rule.kind.value)
    moves = {key: replace(facts[key], people=number) for key, number in sorted(people.items())}
    refuse_breaches(start, policy, distances, progress.as_of, moves.values())
    return _compared(moves, remaining, policy, now, held)


Announced = Mapping[tuple[int, Place, Place], int]


def _announced(
    remaining: Announced, closed: set[tuple[Place | None, Place | None]], stages: range
) -> Announced:
    """What was announced in some stages and can still be done."""
    return {
        key: people
        for key, people in remaining.items()
        if people > 0 and key[0] in stages and (key[1], key[2]) not in closed
    }


def _without(now: Situation, ahead: Announced, policy: Policy) -> Situation:
    """The situation without the people and posts that later stages' announced moves are about."""
    cells, pools = dict(now.cells), dict(now.pools)
    for (stage, origin, target), people in ahead.items():
        if origin in cells:
            cell = cells[origin]
            cells[origin] = replace(cell, staff=cell.staff - min(people, cell.surplus))
        else:
            pool = pools[origin]
            name = "secondment" if policy.stages[stage].kind == "secondment" else "transfer"
            pools[origin] = replace(pool, **{name: max(getattr(pool, name) - people, 0)})
        cell = cells[target]
        if cell.wanted:
            posts = cell.staff + max(cell.wanted - people, 0)
            low = cell.staff + max(cell.short - people, 0) if cell.short else min(cell.low, cell.staff)
            cells[target] = replace(cell, low=low, target=posts, high=max(posts, cell.staff))
    return replace(now, cells=cells, pools=pools)


def _remaining(progress: Progress) -> dict[tuple[int, Place, Place], int]:
    found: Counter[tuple[int, Place, Place]] = Counter()
    for move in progress.plan.moves:
        if move.stage >= 0 and move.origin and move.target:
            found[move.stage, move.origin, move.target] += move.people
    for (stage, origin, target), people in progress.done.items():
        if origin and target and (stage, origin, target) in found:
            found[stage, origin, target] -= people
    return dict(found)


def _holding(now: Situation, held: Mapping[Place, int]) -> Situation:
    """The situation in which the people whom their units do not release stay."""
    cells = {
        place: replace(cell, staying=cell.staying + held[place]) if held[place] else cell
        for place, cell in now.cells.items()
    }
    return replace(now, cells=cells)


def _held(progress: Progress) -> Counter[Place]:
    """People over whom their units do not release, by place."""
    held = Counter[Place]()
    for row in progress.stuck:
        is_held = any(word in fold(row.reason) for word in RELEASE)
        if row.origin and row.origin in progress.start.cells and is_held:
            held[row.origin] += row.stuck
    return held


def _already(progress: Progress, stages: int) -> tuple[Counter[str], list[Counter[str]], list[Counter[str]]]:
    """Who left each unit in all, and who left and came in each stage, by what is done.

    What was done in no stage counts in the first: there the limits have been used.
    """
    left = Counter[str]()
    out = [Counter[str]() for _ in range(stages)]
    into = [Counter[str]() for _ in range(stages)]
    for (stage, origin, target), people in progress.done.items():
        if origin and target and origin.code == target.code:
            continue
        number = stage if 0 <= stage < stages else 0
        if origin and origin not in progress.departments:
            left[origin.code] += people
            out[number][origin.code] += people
        if target:
            into[number][target.code] += people
    return left, out, into


def _open(
    task: Task,
    closed: set[tuple[Place | None, Place | None]],
    laws: StageLaws,
    out: Counter[str],
    into: Counter[str],
) -> Task:
    """The task without the moves that are stuck, its limits less what is done in the stage already."""
    keep = [
        (task.supplies[a][0], task.demands[b][0]) not in closed
        for a, b in zip(task.tails.tolist(), task.heads.tolist(), strict=True)
    ]
    return replace(
        task,
        tails=task.tails[keep],
        heads=task.heads[keep],
        metres=task.metres[keep],
        costs=task.costs[keep],
        most_in={code: max(most - into[code], 0) for code, most in task.most_in.items()},
        most_out={
            code: most if laws.per_unit is None else min(most, max(laws.per_unit - out[code], 0))
            for code, most in task.most_out.items()
        },
    )


def _compared(
    moves: Mapping[tuple[int, Place, Place], Move],
    remaining: dict[tuple[int, Place, Place], int],
    policy: Policy,
    end: Situation,
    held: Mapping[Place, int],
) -> Replan:
    rules: tuple[StageRule, ...] = policy.stages
    again = dict(remaining)
    new = []
    for key, move in moves.items():
        known = min(max(again.get(key, 0), 0), move.people)
        again[key] = again.get(key, 0) - known
        if move.people > known:
            new.append(replace(move, people=move.people - known))
    dropped = [
        Move(stage, rules[stage].kind.value, origin, target, people)
        for (stage, origin, target), people in sorted(again.items())
        if people > 0 and stage < len(rules)
    ]
    kept = sum(move.people for move in moves.values()) - sum(move.people for move in new)
    return Replan(tuple(moves.values()), kept, tuple(new), tuple(dropped), end, held)
