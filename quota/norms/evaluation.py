"""What a frame grants one unit, with every step, and how far the unit is from more or fewer posts."""

from __future__ import annotations

from datetime import date

from quota.core.blocs import ByBloc
from quota.core.explanations import Margin, Step
from quota.core.posts import Posts
from quota.core.results import Note, Quota
from quota.core.text import Text, say
from quota.core.units import UnitType
from quota.norms.files.rulefile import RuleFile
from quota.norms.granting import refuse_outside
from quota.norms.rounding import Rounding
from quota.norms.schema import BlocRule, Frame, Increment


def refuse_out_of_force(frame: RuleFile, as_of: date, option: str = "--rules") -> None:
    """Raise `InputError` where the rules are not in force on `as_of`; `option` takes others."""
    period = frame.effective
    refuse_outside(frame.id, period.from_, period.to, as_of, option)


def quota_of(frame: Frame, unit_type: UnitType, residents: int) -> Quota:
    """Posts by bloc for a unit of this type with so many residents (not negative)."""
    return Quota(frame.rules_for(unit_type).map(lambda rule: rule.grant(residents)))


def below_minimum(frame: Frame, unit_type: UnitType, residents: int) -> bool:
    """Whether the unit has fewer residents than the frame asks of a new unit of its type."""
    minimum = frame.minimum_for(unit_type)
    return minimum is not None and residents < minimum


def notes_for(frame: Frame, unit_type: UnitType, residents: int) -> tuple[Note, ...]:
    """The remarks that go wherever this unit's quota is shown."""
    return frame.norm(unit_type).notes_for(residents)


def steps_of(frame: Frame, unit_type: UnitType, residents: int) -> ByBloc[tuple[Step, ...]]:
    """Every step from residents to posts; the last step's result is the bloc's quota."""
    rules = frame.rules_for(unit_type)
    return ByBloc.of(lambda bloc: _steps(rules[bloc], frame.path_of(unit_type, bloc), residents))


def margins_of(frame: Frame, unit_type: UnitType, residents: int) -> ByBloc[Margin]:
    """Residents to the next post and to one fewer, by bloc."""

    def margin(rule: BlocRule) -> Margin:
        if rule.increment is None:
            return Margin(None, None)
        return Margin(
            rule.increment.residents_to_next(residents), rule.increment.residents_to_fewer(residents)
        )

    return frame.rules_for(unit_type).map(margin)


def _steps(rule: BlocRule, path: str, residents: int) -> tuple[Step, ...]:
    start = rule.start
    if rule.range is None:
        first = Step(f"{path}.base", rule.source, say("base"), {}, say("{posts}", posts=start.low), start)
    else:
        arithmetic = say("{low}–{high}", low=start.low, high=start.high)
        first = Step(f"{path}.range", rule.source, say("range"), {}, arithmetic, start)
    if rule.increment is None:
        return (first,)
    return (first, *_increment_steps(rule, rule.increment, f"{path}.increment", residents))


def _increment_steps(rule: BlocRule, increment: Increment, path: str, residents: int) -> tuple[Step, ...]:
    counted, made, granted = (
        increment.counted(residents),
        increment.steps(residents),
        increment.granted(residents),
    )
    quota = rule.grant(residents)
    per, above, posts = increment.per_residents, increment.above, increment.posts

    def step(rule_path: str, what: Text, inputs: dict[str, int], arithmetic: Text, result: Posts) -> Step:
        return Step(rule_path, increment.source or rule.source, what, inputs, arithmetic, result)

    what, division = _division(increment, counted, made)
    none_above = say("{residents} is not above {above} = 0", residents=residents, above=above)
    subtracted = say("{residents} − {above} = {counted}", residents=residents, above=above, counted=counted)
    return (
        step(
            f"{path}.above",
            say("residents above {above}", above=above) if above else say("residents counted"),
            {"residents": residents, "above": above},
            subtracted if residents > above else none_above,
            Posts.exactly(counted),
        ),
        step(
            f"{path}.per_residents",
            what,
            {"counted": counted, "per_residents": per},
            division,
            Posts.exactly(made),
        ),
        step(
            f"{path}.posts",
            say("posts for them"),
            {"steps": made, "posts": posts},
            say("{steps} × {posts} = {granted}", steps=made, posts=posts, granted=granted),
            Posts.exactly(granted),
        ),
        step(
            path.removesuffix(".increment"),
            say("quota"),
            {"start_low": rule.start.low, "start_high": rule.start.high, "granted": granted},
            _sum_words(rule.start, granted, quota),
            quota,
        ),
    )


def _division(increment: Increment, counted: int, made: int) -> tuple[Text, Text]:
    """What the steps are, and their arithmetic, by the way of rounding."""
    per = increment.per_residents
    if increment.rounding is Rounding.DOWN:
        return (
            say("full steps of {per} residents", per=per),
            say("{counted} ÷ {per}, rounded down = {steps}", counted=counted, per=per, steps=made),
        )
    if increment.rounding is Rounding.UP:
        return (
            say("begun steps of {per} residents", per=per),
            say("{counted} ÷ {per}, rounded up = {steps}", counted=counted, per=per, steps=made),
        )
    return (
        say("steps of {per} residents", per=per),
        say("{counted} ÷ {per}, rounded to the nearest = {steps}", counted=counted, per=per, steps=made),
    )


def _sum_words(start: Posts, granted: int, quota: Posts) -> Text:
    if start.low == start.high:
        return say("{start} + {granted} = {quota}", start=start.low, granted=granted, quota=quota.low)
    return say(
        "{low}–{high} + {granted} = {quota_low}–{quota_high}",
        low=start.low,
        high=start.high,
        granted=granted,
        quota_low=quota.low,
        quota_high=quota.high,
    )
