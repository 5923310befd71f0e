"""How a unit's posts come about, step by step: what was added and why, and what was not and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from quota.core.blocs import Bloc
from quota.core.explanations import Step
from quota.core.posts import Posts
from quota.core.text import Text, say
from quota.core.units import Unit
from quota.norms.arithmetic.columns import scale_of
from quota.norms.arithmetic.counting import divide, holds
from quota.norms.arithmetic.rounding import division_in_words, rounded_to, steps_in_words
from quota.norms.arithmetic.whole import left_for
from quota.norms.conditions import when_words
from quota.norms.expressing import Expressing
from quota.norms.language.amounts import Increment, Share, Supplement
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.bounds import bound
from quota.norms.language.starts import Bands, Case, StandardCase
from quota.norms.language.when import When
from quota.norms.schema import Frame

Pair = tuple[Fraction, Fraction]
_NOTHING: Pair = (Fraction(0), Fraction(0))


class Explaining:
    """One unit under one frame."""

    def __init__(self, frame: Frame, unit: Unit) -> None:
        self.frame, self.unit = frame, unit
        granter = frame.granter(unit.type)
        self.granter, self.quota = granter, granter.quota(unit)
        self.expressing = Expressing(unit.type, frame.standards)
        if self.quota is None:
            return
        values = granter.values(unit)
        self._settled = dict(zip(granter.columns, granter.without(values), strict=True))
        self._worlds = [dict(zip(granter.columns, world, strict=True)) for world in granter.worlds(values)]

    def steps(self, bloc: Bloc) -> tuple[Step, ...]:
        """Every step of one bloc."""
        rule, path = self.frame.rule_for(self.unit, bloc)
        steps = [*self._start(rule, path)]
        start = steps[-1].result
        sums: list[Pair] = [(Fraction(start.low), Fraction(start.high))]
        for place, increment in enumerate(rule.increments):
            where = f"{path}.increment.{place}" if len(rule.increments) > 1 else f"{path}.increment"
            found, gained = self._increment(increment, rule.source, where)
            steps += found
            sums.append(gained)
        percent = 0
        for place, supplement in enumerate(rule.supplements):
            where = f"{path}.supplement.{place}" if len(rule.supplements) > 1 else f"{path}.supplement"
            step, gained = self._supplement(supplement, rule.source, where)
            steps.append(step)
            if self._holds(supplement.when) and supplement.percent is not None:
                percent += supplement.percent
            sums.append(gained)
        if len(sums) > 1:
            steps.append(self._sum(rule, path, sums, percent))
        steps += self._bounds(rule, path, self._unbounded(sums, percent, rule))
        steps += self._of_the_whole(bloc, steps[-1].result)
        return self._ending(tuple(steps), rule, path, bloc)

    def _ending(self, steps: tuple[Step, ...], rule: BlocRule, path: str, bloc: Bloc) -> tuple[Step, ...]:
        """The last step is the quota; where what is unknown was made a range, a step says so."""
        if self.quota is None or steps[-1].result == self.quota.blocs[bloc]:
            return steps
        quota = self.quota.blocs[bloc]
        words = say("{low}–{high}", low=quota.low, high=quota.high)
        said = say("from without what is unknown to with it")
        return (*steps, Step(path, rule.source, said, {}, words, quota))

    def _start(self, rule: BlocRule, path: str) -> Iterator[Step]:
        if rule.bands is not None:
            yield self._band(rule.bands, path, rule.source)
        elif rule.cases is not None:
            yield from self._cases(rule, path)
        elif rule.range is not None:
            yield _plain(f"{path}.range", rule.source, say("range"), rule.start)
        else:
            yield _plain(f"{path}.base", rule.source, say("base"), rule.start)

    def _band(self, bands: Bands, path: str, source: str) -> Step:
        column = bands.of
        number = self._number(column)
        starts = bands.starts()
        place = sum(last is not None and number > last for last, _ in starts)
        first, (last, posts) = bands.rows[place][0], starts[place]
        what = say("band of {column}: {first} and more", column=_named(column), first=first)
        if last is not None:
            what = say("band of {column}: {first} to {last}", column=_named(column), first=first, last=last)
        inputs = {column: _shown(number)}
        return Step(f"{path}.bands.rows.{place}", source, what, inputs, _posts_words(posts), posts)

    def _cases(self, rule: BlocRule, path: str) -> Iterator[Step]:
        cases = rule.cases or ()
        taken = self._first_that_holds(cases)
        for place, case in enumerate(cases[: taken + 1]):
            where, source = f"{path}.cases.{place}", case.source or rule.source
            if place < taken:
                yield self._not_holding(case.when, where, source)
            else:
                what = say("all the others") if case.when is None else when_words(case.when)
                yield _plain(where, source, what, case.start)

    def _increment(self, increment: Increment, bloc_source: str, path: str) -> tuple[list[Step], Pair]:
        source = increment.source or bloc_source
        if not self._holds(increment.when):
            return [self._not_holding(increment.when, path, source)], _NOTHING
        column = increment.column
        number, above = self._number(column), self._above(increment)
        within = number if increment.up_to is None else min(number, Fraction(increment.up_to))
        counted = max(within - above, Fraction(0))
        steps = []
        if increment.when is not None:
            what = when_words(increment.when)
            steps.append(Step(f"{path}.when", source, what, {}, say("holds"), Posts.exactly(0)))
        steps.append(self._counted(increment, path, source, within, above, counted))
        size = self._size(increment)
        if increment.rounding == "none":
            made = counted / size
            arithmetic = say(
                "{counted} ÷ {per} = {steps}", counted=_shown(counted), per=_shown(size), steps=_shown(made)
            )
            what = say("steps of {per}", per=_shown(size))
        else:
            made = Fraction(divide(counted, size, increment.rounding))
            way, per = increment.rounding, _shown(size)
            what = steps_in_words(way, per, residents=column == "residents")
            arithmetic = division_in_words(way, _shown(counted), per, _shown(made))
        key = "per_residents" if increment.counts is None else "per"
        inputs = {"counted": _shown(counted), key: _shown(size)}
        steps.append(Step(f"{path}.{key}", source, what, inputs, arithmetic, Posts.exactly(int(made))))
        low, high = (made * end for end in increment.ends)
        most = increment.most
        if most is not None and high > most:
            low, high = min(low, Fraction(most)), Fraction(most)
            words = say("at most {most}", most=most)
        else:
            words = say(
                "{steps} × {posts} = {granted}",
                steps=_shown(made),
                posts=_ends(increment.ends),
                granted=_ends((low, high)),
            )
        inputs = {"steps": _shown(made), "posts": _shown(increment.ends[1])}
        result = Posts(int(low), int(high))
        steps.append(Step(f"{path}.posts", source, say("posts for them"), inputs, words, result))
        return steps, (low, high)

    def _counted(
        self,
        increment: Increment,
        path: str,
        source: str,
        within: Fraction,
        above: Fraction,
        counted: Fraction,
    ) -> Step:
        column = increment.column
        if column == "residents":
            what = say("residents above {above}", above=_shown(above)) if above else say("residents counted")
        else:
            what = say("{column} above {above}", column=_named(column), above=_shown(above))
        if increment.up_to is not None:
            what = say("{what}, up to {up_to}", what=what, up_to=increment.up_to)
        arithmetic = say(
            "{residents} is not above {above} = 0", residents=_shown(within), above=_shown(above)
        )
        if within > above:
            arithmetic = say(
                "{residents} − {above} = {counted}",
                residents=_shown(within),
                above=_shown(above),
                counted=_shown(counted),
            )
        inputs = {column: _shown(self._number(column)), "above": _shown(above)}
        return Step(f"{path}.above", source, what, inputs, arithmetic, Posts.exactly(int(counted)))

    def _supplement(self, supplement: Supplement, bloc_source: str, path: str) -> tuple[Step, Pair]:
        source = supplement.source or bloc_source
        if not self._holds(supplement.when):
            return self._not_holding(supplement.when, path, source), _NOTHING
        what = say("supplement") if supplement.when is None else when_words(supplement.when)
        if supplement.percent is not None:
            words = say("{percent} % of the sum", percent=supplement.percent)
            return Step(
                f"{path}.percent", source, what, {"percent": supplement.percent}, words, Posts.exactly(0)
            ), _NOTHING
        low, high = supplement.ends
        result = Posts(max(int(low), 0), max(int(high), 0))
        return Step(f"{path}.posts", source, what, {}, say("{posts}", posts=_ends((low, high))), result), (
            low,
            high,
        )

    def _not_holding(self, when: When | None, path: str, source: str) -> Step:
        """A step that was not taken, or of which nobody knows whether to take it."""
        condition = self.expressing.condition(when)
        if any(holds(condition, world) for world in self._worlds):
            words = say("unknown: counted without it")
        else:
            words = say("does not hold")
        what = say("all") if when is None else when_words(when)
        return Step(f"{path}.when", source, what, {}, words, Posts.exactly(0))

    def _sum(self, rule: BlocRule, path: str, sums: list[Pair], percent: int) -> Step:
        start, *gained = sums
        whole = self._unbounded(sums, percent, rule)
        inputs: dict[str, int | str] = {"start_low": _shown(start[0]), "start_high": _shown(start[1])}
        inputs["granted"] = _shown(sum((high for _, high in gained), start=Fraction(0)))
        plain = _added(sums)
        words = self._added_words(start, gained, plain)
        if percent:
            grown = _ends(_grown(plain, percent))
            words = say("{sum}, × {percent} % = {total}", sum=words, percent=100 + percent, total=grown)
        if rule.rounding is not None:
            words = say(
                "{sum}, {rounding} {quota}",
                sum=words,
                rounding=rounded_to(rule.rounding),
                quota=_ends((Fraction(whole.low), Fraction(whole.high))),
            )
        return Step(path, rule.source, say("quota"), inputs, words, whole)

    def _added_words(self, start: Pair, gained: list[Pair], whole: Pair) -> Text:
        parts = [pair for pair in gained if pair != _NOTHING] or [_NOTHING]
        if len(parts) == 1:
            return say(
                "{start} + {granted} = {quota}",
                start=_ends(start),
                granted=_ends(parts[0]),
                quota=_ends(whole),
            )
        words = say("{start} + {granted}", start=_ends(start), granted=_ends(parts[0]))
        for pair in parts[1:]:
            words = say("{start} + {granted}", start=words, granted=_ends(pair))
        return say("{parts} = {total}", parts=words, total=_ends(whole))

    def _unbounded(self, sums: list[Pair], percent: int, rule: BlocRule) -> Posts:
        """Start and all that is added, rounded; before floor and ceiling."""
        plain = _added(sums)
        low, high = (max(end, Fraction(0)) for end in _grown(plain, percent))
        if rule.rounding is not None:
            return Posts(divide(low, Fraction(1), rule.rounding), divide(high, Fraction(1), rule.rounding))
        return Posts(int(low), int(high))

    def _bounds(self, rule: BlocRule, path: str, posts: Posts) -> Iterator[Step]:
        least, most = bound(rule.least, self.unit.type), bound(rule.most, self.unit.type)
        if least is not None and posts.low < least:
            raised = Posts(least, max(posts.high, least))
            yield Step(
                f"{path}.least",
                rule.source,
                say("floor"),
                {"least": least},
                say("at least {least}", least=least),
                raised,
            )
            posts = raised
        if most is not None and posts.high > most:
            held = Posts(min(posts.low, most), most)
            words = say("{posts} is above {most}: {most}", posts=posts.high, most=most)
            yield Step(f"{path}.most", rule.source, say("ceiling"), {"most": most}, words, held)

    def _of_the_whole(self, bloc: Bloc, posts: Posts) -> Iterator[Step]:
        """What the bounds of all blocs together add to the bloc that adjusts, or take from it."""
        total, whole = self.frame.total, self.granter.norm.whole
        if total is None or whole is None or bloc != total.adjusts:
            return
        least, most = left_for(self.granter.count(*self._settled.values()), whole)
        if whole.least is not None and least is not None and posts.low < least:
            words = say(
                "{least} in all − {others} of the other blocs = at least {left}: {more} more",
                least=whole.least.value,
                others=whole.least.value - least,
                left=least,
                more=least - posts.low,
            )
            posts = Posts(least, max(posts.high, least))
            what, inputs = say("floor of all blocs together"), {"least": whole.least.value}
            yield Step("total.least", total.source, what, inputs, words, posts)
        if whole.most is not None and most is not None and posts.high > most:
            words = say(
                "{most} in all − {others} of the other blocs = at most {left}: {fewer} fewer",
                most=whole.most.value,
                others=whole.most.value - most,
                left=most,
                fewer=posts.high - most,
            )
            posts = Posts(min(posts.low, most), most)
            what, inputs = say("ceiling of all blocs together"), {"most": whole.most.value}
            yield Step("total.most", total.source, what, inputs, words, posts)

    def _holds(self, when: When | None) -> bool:
        return when is None or holds(self.expressing.condition(when), self._settled)

    def _number(self, column: str) -> Fraction:
        name = self.expressing.number_column(column)
        return Fraction(int(self._settled[name] or 0), scale_of(column))

    def _above(self, increment: Increment) -> Fraction:
        if isinstance(increment.above, str):
            return self._figure(increment.above)
        return Fraction(increment.above)

    def _size(self, increment: Increment) -> Fraction:
        size = increment.size
        if isinstance(size, Share):
            return self._figure(size.of) * size.part
        return Fraction(size)

    def _figure(self, name: str) -> Fraction:
        """What a standard is for this unit."""
        cases = self.frame.standards[name].cases
        return Fraction(cases[self._first_that_holds(cases)].figure)

    def _first_that_holds(self, cases: Sequence[Case | StandardCase]) -> int:
        """The place of the case that is this unit's; the last is for all the others."""
        return [self._holds(case.when) for case in cases].index(True)


def _plain(path: str, source: str, what: Text, posts: Posts) -> Step:
    return Step(path, source, what, {}, _posts_words(posts), posts)


def _posts_words(posts: Posts) -> Text:
    if posts.low == posts.high:
        return say("{posts}", posts=posts.low)
    return say("{low}–{high}", low=posts.low, high=posts.high)


def _added(sums: list[Pair]) -> Pair:
    """Both ends added up."""
    zero = Fraction(0)
    return sum((low for low, _ in sums), start=zero), sum((high for _, high in sums), start=zero)


def _grown(pair: Pair, percent: int) -> Pair:
    low, high = (end * (100 + percent) / 100 for end in pair)
    return low, high


def _shown(number: Fraction | int) -> int | str:
    """A number as it is shown: whole, or with the fraction that is left over."""
    if number.denominator == 1:
        return number.numerator
    decimal = number.denominator
    for prime in (2, 5):
        while decimal % prime == 0:
            decimal //= prime
    return f"{float(number):.12g}" if decimal == 1 else str(number)


def _ends(pair: tuple[Fraction, Fraction]) -> int | str:
    low, high = (_shown(end) for end in pair)
    return low if low == high else f"{low}–{high}"


def _named(column: str) -> Text:
    return {"residents": say("residents"), "area_km2": say("area in km²")}.get(
        column, say("{column}", column=column)
    )
