"""The most units that meet their norm on the deadline, and the fewest moves and recruits by which they do.

People of a unit's bloc who are over on the deadline, after everybody whose departure is known has left, move
to the same bloc of another unit (of the same province, where provinces are known), or to another bloc of
their own unit where the policy lets blocs exchange there. Between units the policy's limits on who is
released, who receives and how many leave a unit hold. Nobody moves twice. What is still missing is recruited.
No unit is pushed below its norm, or filled above it, that was not so before. Two whole-number
programs (OR-Tools CP-SAT), one after the other: the most units, then the fewest people who move or are
recruited. Each is solved to the end, so that its bound is its value: that is the certificate.

Why the deadline is all that counts: known departures only take people away. Who fits in on the deadline
without overfilling the place fits in from some day on before it, and until then stays where the place is
over. So moves can always be dated afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any

from msgspec import Struct

from quota.analysis.checks.searching import repeating_solver
from quota.core.moves import Place

Pairs = frozenset[tuple[str, str]]
"""Which bloc's people may fill which other bloc's posts in their own unit."""


class Post(Struct, frozen=True):
    """A unit's bloc on the deadline, if nobody moves: people left, the norm's ends, where it lies.

    `staying` counts those who serve there on loan: nobody sends them on. The policy says whether its unit
    `releases` people to other units, and `receives` people of others.
    """

    place: Place
    staff: int
    low: int
    high: int
    area: str = ""
    staying: int = 0
    releases: bool = True
    receives: bool = True

    @property
    def over(self) -> int:
        """People above the norm who may go."""
        return max(min(self.staff - self.high, self.staff - self.staying), 0)


class Fewest(Struct, frozen=True):
    """What is best: units that meet their norm, who gives and takes, who is recruited; and what proves it.

    `inside` has people by unit, from which bloc to which; `gives` and `takes` are people between units.
    """

    meeting: frozenset[str]
    inside: Mapping[tuple[str, str, str], int]
    gives: Mapping[Place, int]
    takes: Mapping[Place, int]
    recruits: Mapping[Place, int]
    most_units: tuple[int, int]
    """Units that meet their norm, and the bound that no way passes."""
    fewest: tuple[int, int]
    """People who move or are recruited, and the bound that no way for as many units goes below."""


def fewest(
    posts: Sequence[Post], pairs: Pairs, *, recruiting: bool = True, most_leaving: int | None = None
) -> Fewest:
    """The best way for these posts; at most `most_leaving` people go from a unit to others.

    The same posts give the same answer on every machine.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    by_unit: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_unit[post.place.code].append(post)
    meets = {code: model.new_bool_var("") for code in by_unit}
    parts = _Parts(model, posts, by_unit, pairs, recruiting=recruiting)
    for post in posts:
        end, meet = parts.end(post), meets[post.place.code]
        most = max(post.staff, post.high)
        model.add(end >= min(post.staff, post.low))
        model.add(end <= most)
        model.add(end >= post.low).only_enforce_if(meet)
        model.add(end <= post.high).only_enforce_if(meet)
    for code in by_unit if most_leaving is not None else ():
        leaving = [people for place, people in parts.gives.items() if place.code == code]
        model.add(sum(leaving, 0) <= most_leaving)
    units = sum(meets.values())
    most_units = _solved(model, units, upwards=True)
    model.add(units == most_units[0])
    people = parts.people()
    least = _solved(model, people, upwards=False)
    solver = repeating_solver(relaxing=True)
    model.add(people == least[0])
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("what was found is there to be found")
    return Fewest(
        meeting=frozenset(code for code, meet in meets.items() if solver.boolean_value(meet)),
        inside=_positive(parts.inside, solver),
        gives=_positive(parts.gives, solver),
        takes=_positive(parts.takes, solver),
        recruits=_positive(parts.recruits, solver),
        most_units=most_units,
        fewest=least,
    )


class _Parts:
    """The variables: people who change bloc in their unit, leave it, come to it, are recruited."""

    def __init__(
        self,
        model: Any,
        posts: Sequence[Post],
        by_unit: Mapping[str, list[Post]],
        pairs: Pairs,
        *,
        recruiting: bool,
    ) -> None:
        self.gives: dict[Place, Any] = {}
        self.takes: dict[Place, Any] = {}
        self.recruits: dict[Place, Any] = {}
        self.inside: dict[tuple[str, str, str], Any] = {}
        pools: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for post in posts:
            over, room = post.over, max(post.high - post.staff, 0)
            pool = pools[post.area, post.place.group]
            if over and post.releases:
                self.gives[post.place] = model.new_int_var(0, over, "")
                pool.append(self.gives[post.place])
            if room and post.receives:
                self.takes[post.place] = model.new_int_var(0, room, "")
                pool.append(-self.takes[post.place])
            if recruiting and post.staff < post.low:
                self.recruits[post.place] = model.new_int_var(0, post.low - post.staff, "")
        for pool in pools.values():
            model.add(sum(pool) == 0)
        self._rearrange(model, posts, by_unit, pairs)

    def _rearrange(
        self, model: Any, posts: Sequence[Post], by_unit: Mapping[str, list[Post]], pairs: Pairs
    ) -> None:
        """People who change bloc in their unit; only those above the norm go, wherever they go."""
        for code, cells in by_unit.items():
            for giving, taking in permutations(cells, 2):
                most = min(giving.over, taking.high - taking.staff)
                if most > 0 and (giving.place.group, taking.place.group) in pairs:
                    key = (code, giving.place.group, taking.place.group)
                    self.inside[key] = model.new_int_var(0, most, "")
        self._by_code: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for key in self.inside:
            self._by_code[key[0]].append(key)
        for post in posts:
            out = [self.inside[key] for key in self._by_code[post.place.code] if key[1] == post.place.group]
            if out:
                model.add(self.gives.get(post.place, 0) + sum(out) <= post.over)

    def end(self, post: Post) -> Any:
        """People on the deadline."""
        place = post.place
        inside = [
            self.inside[key] if key[2] == place.group else -self.inside[key]
            for key in self._by_code[place.code]
            if place.group in key[1:]
        ]
        return (
            post.staff
            - self.gives.get(place, 0)
            + self.takes.get(place, 0)
            + self.recruits.get(place, 0)
            + sum(inside)
        )

    def people(self) -> Any:
        """Everybody who moves or is recruited, once."""
        return sum((*self.gives.values(), *self.recruits.values(), *self.inside.values()), 0)


def _solved(model: Any, aim: Any, *, upwards: bool) -> tuple[int, int]:
    """The best value and its bound; both the same, or this program is at fault."""
    from ortools.sat.python import cp_model

    if isinstance(aim, int):
        return aim, aim
    (model.maximize if upwards else model.minimize)(aim)
    solver = repeating_solver(relaxing=True)
    if solver.solve(model) != cp_model.OPTIMAL:
        raise AssertionError("the best is always found: nothing moving is a way")
    return round(solver.objective_value), round(solver.best_objective_bound)


def _positive(variables: Mapping[Any, Any], solver: Any) -> dict[Any, int]:
    found = ((key, int(solver.value(variable))) for key, variable in variables.items())
    return {key: people for key, people in sorted(found) if people}


def ends(posts: Iterable[Post], best: Fewest) -> dict[Place, int]:
    """People of each bloc on the deadline when all is done, by plain addition."""
    staff = {post.place: post.staff for post in posts}
    for place, people in best.gives.items():
        staff[place] -= people
    for place, people in (*best.takes.items(), *best.recruits.items()):
        staff[place] += people
    for (code, have, need), people in best.inside.items():
        staff[Place(code, have)] -= people
        staff[Place(code, need)] += people
    return staff
