"""The laws of a plan: who is where, move by move, and which law each move breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from quota.core.moves import Move, Place, Situation
from quota.core.plan_lines import KIND_NAMES
from quota.core.text import Text, say
from quota.norms.policy import Policy, StageRule
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.exchanges import exchanges_in

Found = Iterator[tuple[str, Text]]


class Ledger:
    """Who is where, move by move."""

    def __init__(self, start: Situation, policy: Policy, distances: Distances, as_of: date) -> None:
        self.start, self.policy, self.distances, self.as_of = start, policy, distances, as_of
        self.bordered = policy.within is not None and start.several_provinces
        self.staff = {place: cell.staff for place, cell in start.cells.items()}
        self.drawn: Counter[tuple[Place, bool]] = Counter()
        self.left_in_all: Counter[str] = Counter()
        self.open()

    def open(self) -> None:
        """Begin a stage."""
        self.opening = dict(self.staff)
        self.came: Counter[Place] = Counter()
        self.went: Counter[Place] = Counter()
        self.unit_in: Counter[str] = Counter()
        self.unit_out: Counter[str] = Counter()

    def enter(self, move: Move) -> Found:
        """Write down a move; what it breaks."""
        origin, target = move.origin, move.target
        if origin is None or target is None:
            yield "not-conserved", say("people come from nowhere, or go nowhere")
            return
        if not 0 <= move.stage < len(self.policy.stages):
            yield "no-such-stage", say("the policy has {n} stages", n=len(self.policy.stages))
            return
        rule = self.policy.stages[move.stage]
        if move.people < 1:
            yield "nobody", say("nobody moves")
            return
        unknown = [
            place for place in (origin, target) if place not in self.staff and place not in self.start.pools
        ]
        if unknown or target in self.start.pools:
            place = unknown[0] if unknown else target
            yield "unknown-place", say("no {group} at {code}", group=place.called, code=place.code)
            return
        yield from self._kind(move, rule, origin, target)
        yield from self._fits(rule, origin, target)
        yield from self._giving(move, rule, origin)
        yield from self._receiving(move, target)
        if rule.kind != "internal":
            yield from self._limits(move, origin, target)

    def _kind(self, move: Move, rule: StageRule, origin: Place, target: Place) -> Found:
        if move.kind != rule.kind:
            yield "wrong-stage", say("stage {n} is {kind}", n=move.stage + 1, kind=KIND_NAMES[rule.kind])
        if (rule.kind == "internal") != (origin.code == target.code):
            yield "wrong-stage", say("an internal move stays in its unit, any other leaves it")
        home = "departments" if origin in self.start.pools else "units"
        if home not in rule.from_:
            yield (
                "wrong-origin",
                (
                    say("this stage takes nobody from departments")
                    if home == "departments"
                    else say("this stage takes nobody from units")
                ),
            )
        if move.months != rule.months:
            lasts = say("a secondment of this stage lasts {months} months", months=rule.months or 0)
            yield "wrong-months", lasts

    def _fits(self, rule: StageRule, origin: Place, target: Place) -> Found:
        if origin.group in (target.group, ""):
            return
        if (origin.group, target.group) not in exchanges_in(rule.kind, self.policy, self.start):
            message = say(
                "people of {have} do not fill posts of {need} in this stage",
                have=origin.called,
                need=target.called,
            )
            yield "no-exchange", message

    def _giving(self, move: Move, rule: StageRule, origin: Place) -> Found:
        if origin in self.start.pools:
            pool, lent = self.start.pools[origin], rule.kind == "secondment"
            self.drawn[origin, lent] += move.people
            there = pool.secondment if lent else pool.transfer
            drawn = self.drawn[origin, lent]
            if drawn > there:
                message = say(
                    "{n} people of {code} leave, {there} can", n=drawn, code=origin.code, there=there
                )
                yield "not-there", message
            return
        cell = self.start.cells[origin]
        self.went[origin] += move.people
        self.staff[origin] -= move.people
        remaining = self.opening[origin] - self.went[origin]
        if remaining < cell.low:
            message = say(
                "{code}, {group} is pushed below its {aim}: {n} people of {low}",
                **origin.said,
                aim=self.start.aim,
                n=remaining,
                low=cell.low,
            )
            yield "below-norm", message
        elif remaining - cell.staying < cell.high:
            message = say(
                "{code}, {group} gives more than its surplus: {n} would stay of {high}",
                **origin.said,
                n=remaining,
                high=cell.high + cell.staying,
            )
            yield "more-than-surplus", message
        if self.came[origin]:
            yield _moved_twice(origin)

    def _receiving(self, move: Move, target: Place) -> Found:
        cell = self.start.cells[target]
        self.came[target] += move.people
        self.staff[target] += move.people
        people = self.opening[target] + self.came[target]
        if people > cell.target:
            message = say(
                "{code}, {group} is filled beyond its target: {n} people of {target}",
                **target.said,
                n=people,
                target=cell.target,
            )
            yield "over-target", message
        if self.went[target]:
            yield _moved_twice(target)

    def _stays_inside(self, start: str, end: str) -> bool:
        border, provinces = self.policy.within, self.start.provinces
        named = border is not None and bool({start, end} & set(border.may_cross))
        return named or provinces.get(start) == provinces.get(end)

    def _limits(self, move: Move, origin: Place, target: Place) -> Found:
        limits, units = self.policy.limits, self.start.names
        from_unit = origin.code in units
        if from_unit:
            self.unit_out[origin.code] += move.people
            self.left_in_all[origin.code] += move.people
        self.unit_in[target.code] += move.people
        if from_unit and self.policy.keeps_surplus(self.as_of):
            yield "keep-surplus", say("units keep their people until keep_surplus_until")
        if limits.no_release and origin.code in limits.no_release.units:
            yield "no-release", say("{code} does not release people (limits.no_release)", code=origin.code)
        if limits.no_receive and target.code in limits.no_receive.units:
            yield "no-receive", say("{code} does not receive people (limits.no_receive)", code=target.code)
        whole, each = limits.people_leaving_unit, limits.moves_per_unit
        if whole and from_unit and self.left_in_all[origin.code] > whole.most:
            said = {"n": self.left_in_all[origin.code], "code": origin.code, "most": whole.most}
            yield (
                "leaving-limit",
                say("{n} people leave {code}, limits.people_leaving_unit is {most}", **said),
            )
        if each and from_unit and self.unit_out[origin.code] > each.most:
            said = {"n": self.unit_out[origin.code], "code": origin.code, "most": each.most}
            message = say("{n} people leave {code} in a stage, limits.moves_per_unit is {most}", **said)
            yield "moves-limit", message
        if each and self.unit_in[target.code] > each.most:
            said = {"n": self.unit_in[target.code], "code": target.code, "most": each.most}
            message = say("{n} people come to {code} in a stage, limits.moves_per_unit is {most}", **said)
            yield "moves-limit", message
        if self.bordered and not self._stays_inside(origin.code, target.code):
            message = say(
                "{origin} and {target} are not known to be in one province (within: province)",
                origin=origin.code,
                target=target.code,
            )
            yield "within-border", message
        metres = self.distances.metres(origin.code, target.code)
        if limits.km and (metres is None or metres > limits.km.most * 1000):
            far = say("unknown") if metres is None else say("{n} m", n=metres)
            yield "km-limit", say("the way is {far}, limits.km is {most}", far=far, most=limits.km.most)


def _moved_twice(place: Place) -> tuple[str, Text]:
    return "moved-twice", say("{code}, {group} takes people in and gives people in one stage", **place.said)
