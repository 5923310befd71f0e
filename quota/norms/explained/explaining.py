"""How a unit's posts come about, step by step: what was added and why, and what was not and why not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quota.core.blocs import Bloc
from quota.core.explanations import Step
from quota.core.posts import Posts
from quota.core.text import Text, say
from quota.norms.arithmetic.counting import divide
from quota.norms.arithmetic.rounding import division_in_words, rounded_to, steps_in_words
from quota.norms.arithmetic.whole import left_for
from quota.norms.explained.step_words import Pair, added, ends, grown, named, plain_step, posts_words, shown
from quota.norms.explained.unit_under_frame import UnitUnderFrame
from quota.norms.language.amounts import Increment, Supplement
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.bounds import bound
from quota.norms.language.parts import Exact
from quota.norms.language.starts import Bands
from quota.norms.language.when import When

_NOTHING: Pair = (0, 0)


class Explaining(UnitUnderFrame):
    """The steps of one unit's posts under one frame."""

    def steps(self, bloc: Bloc) -> tuple[Step, ...]:
        """Every step of one bloc."""
        rule, path = self._type.rules[bloc]
        steps = [*self._start(rule, path)]
        start = steps[-1].result
        sums: list[Pair] = [(start.low, start.high)]
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
        whole = self._unbounded(sums, percent, rule)
        if len(sums) > 1:
            steps.append(self._sum(rule, path, sums, percent, whole))
        steps += self._bounds(rule, path, whole)
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
            yield plain_step(f"{path}.range", rule.source, say("range"), rule.start)
        else:
            yield plain_step(f"{path}.base", rule.source, say("base"), rule.start)

    def _band(self, bands: Bands, path: str, source: str) -> Step:
        column = bands.of
        number = self._number(column)
        starts = bands.starts()
        place = sum(last is not None and number > last for last, _ in starts)
        first, (last, posts) = bands.rows[place][0], starts[place]
        what = say("band of {column}: {first} and more", column=named(column), first=first)
        if last is not None:
            what = say("band of {column}: {first} to {last}", column=named(column), first=first, last=last)
        inputs = {column: shown(number)}
        return Step(f"{path}.bands.rows.{place}", source, what, inputs, posts_words(posts), posts)

    def _cases(self, rule: BlocRule, path: str) -> Iterator[Step]:
        cases = rule.cases or ()
        taken = self._first_that_holds(cases)
        for place, case in enumerate(cases[: taken + 1]):
            where, source = f"{path}.cases.{place}", case.source or rule.source
            if place < taken:
                yield self._not_holding(case.when, where, source)
            else:
                what = say("all the others") if case.when is None else self._in_words(case.when)
                yield plain_step(where, source, what, case.start)

    def _increment(self, increment: Increment, bloc_source: str, path: str) -> tuple[list[Step], Pair]:
        source = increment.source or bloc_source
        if not self._holds(increment.when):
            return [self._not_holding(increment.when, path, source)], _NOTHING
        column = increment.column
        number, above = self._number(column), self._above(increment)
        within = number if increment.up_to is None else min(number, increment.up_to)
        counted = max(within - above, 0)
        steps = []
        if increment.when is not None:
            what = self._in_words(increment.when)
            steps.append(Step(f"{path}.when", source, what, {}, say("holds"), Posts.exactly(0)))
        steps.append(self._counted(increment, path, source, within, above, counted))
        size = self._size(increment)
        if increment.rounding == "none":
            made: Exact = Fraction(counted) / size
            arithmetic = say(
                "{counted} ÷ {per} = {steps}", counted=shown(counted), per=shown(size), steps=shown(made)
            )
            what = say("steps of {per}", per=shown(size))
        else:
            made = divide(counted, size, increment.rounding)
            way, per = increment.rounding, shown(size)
            what = steps_in_words(way, per, residents=column == "residents")
            arithmetic = division_in_words(way, shown(counted), per, shown(made))
        key = "per_residents" if increment.counts is None else "per"
        inputs = {"counted": shown(counted), key: shown(size)}
        steps.append(Step(f"{path}.{key}", source, what, inputs, arithmetic, Posts.exactly(int(made))))
        low, high = [made * end for end in increment.ends]
        most = increment.most
        if most is not None and high > most:
            low, high = min(low, most), most
            words = say("at most {most}", most=most)
        else:
            words = say(
                "{steps} × {posts} = {granted}",
                steps=shown(made),
                posts=ends(increment.ends),
                granted=ends((low, high)),
            )
        inputs = {"steps": shown(made), "posts": shown(increment.ends[1])}
        result = Posts(int(low), int(high))
        steps.append(Step(f"{path}.posts", source, say("posts for them"), inputs, words, result))
        return steps, (low, high)

    def _counted(
        self, increment: Increment, path: str, source: str, within: Exact, above: Exact, counted: Exact
    ) -> Step:
        column = increment.column
        if column == "residents":
            what = say("residents above {above}", above=shown(above)) if above else say("residents counted")
        else:
            what = say("{column} above {above}", column=named(column), above=shown(above))
        if increment.up_to is not None:
            what = say("{what}, up to {up_to}", what=what, up_to=increment.up_to)
        arithmetic = say("{residents} is not above {above} = 0", residents=shown(within), above=shown(above))
        if within > above:
            arithmetic = say(
                "{residents} − {above} = {counted}",
                residents=shown(within),
                above=shown(above),
                counted=shown(counted),
            )
        inputs = {column: shown(self._number(column)), "above": shown(above)}
        return Step(f"{path}.above", source, what, inputs, arithmetic, Posts.exactly(int(counted)))

    def _supplement(self, supplement: Supplement, bloc_source: str, path: str) -> tuple[Step, Pair]:
        source = supplement.source or bloc_source
        if not self._holds(supplement.when):
            return self._not_holding(supplement.when, path, source), _NOTHING
        what = say("supplement") if supplement.when is None else self._in_words(supplement.when)
        if supplement.percent is not None:
            words = say("{percent} % of the sum", percent=supplement.percent)
            return Step(
                f"{path}.percent", source, what, {"percent": supplement.percent}, words, Posts.exactly(0)
            ), _NOTHING
        low, high = supplement.ends
        words, result = say("{posts}", posts=ends((low, high))), Posts(max(int(low), 0), max(int(high), 0))
        return Step(f"{path}.posts", source, what, {}, words, result), (low, high)

    def _not_holding(self, when: When | None, path: str, source: str) -> Step:
        """A step that was not taken, or of which nobody knows whether to take it."""
        words = say("unknown: counted without it") if self._may_hold(when) else say("does not hold")
        return Step(f"{path}.when", source, self._in_words(when), {}, words, Posts.exactly(0))

    def _sum(self, rule: BlocRule, path: str, sums: list[Pair], percent: int, whole: Posts) -> Step:
        start, *gained = sums
        inputs: dict[str, int | str] = {"start_low": shown(start[0]), "start_high": shown(start[1])}
        inputs["granted"] = shown(sum(high for _, high in gained))
        plain = added(sums)
        words = self._added_words(start, gained, plain)
        if percent:
            more = ends(grown(plain, percent))
            words = say("{sum}, × {percent} % = {total}", sum=words, percent=100 + percent, total=more)
        if rule.rounding is not None:
            said = {"rounding": rounded_to(rule.rounding), "quota": ends((whole.low, whole.high))}
            words = say("{sum}, {rounding} {quota}", sum=words, **said)
        return Step(path, rule.source, say("quota"), inputs, words, whole)

    def _added_words(self, start: Pair, gained: list[Pair], whole: Pair) -> Text:
        parts = [pair for pair in gained if pair != _NOTHING] or [_NOTHING]
        if len(parts) == 1:
            said = {"start": ends(start), "granted": ends(parts[0]), "quota": ends(whole)}
            return say("{start} + {granted} = {quota}", **said)
        words = say("{start} + {granted}", start=ends(start), granted=ends(parts[0]))
        for pair in parts[1:]:
            words = say("{start} + {granted}", start=words, granted=ends(pair))
        return say("{parts} = {total}", parts=words, total=ends(whole))

    def _unbounded(self, sums: list[Pair], percent: int, rule: BlocRule) -> Posts:
        """Start and all that is added, rounded; before floor and ceiling."""
        plain = added(sums)
        low, high = (max(end, 0) for end in grown(plain, percent))
        if rule.rounding is not None:
            return Posts(divide(low, 1, rule.rounding), divide(high, 1, rule.rounding))
        return Posts(int(low), int(high))

    def _bounds(self, rule: BlocRule, path: str, posts: Posts) -> Iterator[Step]:
        least, most = bound(rule.least, self.unit.type), bound(rule.most, self.unit.type)
        if least is not None and posts.low < least:
            posts = Posts(least, max(posts.high, least))
            words = say("at least {least}", least=least)
            yield Step(f"{path}.least", rule.source, say("floor"), {"least": least}, words, posts)
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
