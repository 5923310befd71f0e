"""From what a frame says of a bloc to the expression of its posts, for one type of unit."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from quota.core.blocs import ByBloc
from quota.norms.arithmetic.columns import scale_of
from quota.norms.arithmetic.expression import (
    ZERO,
    AtLeast,
    Constant,
    Greatest,
    Least,
    Number,
    Quotient,
    at_least_zero,
    choose,
    folded,
    minus,
    plus,
    times,
)
from quota.norms.arithmetic.rounding import Rounding
from quota.norms.arithmetic.whole import Ends, Whole, adjusted
from quota.norms.holding import Holding
from quota.norms.language.amounts import Increment, Share, Supplement
from quota.norms.language.bloc_rule import BlocRule
from quota.norms.language.bounds import ByType
from quota.norms.language.parts import Exact
from quota.norms.language.starts import Bands, Case
from quota.norms.language.total import TotalRule


class Expressing(Holding):
    """The expressions of a frame's grants for one type of unit; `standards` are the frame's own."""

    def together(self, grants: ByBloc[Ends], rule: TotalRule | None) -> tuple[ByBloc[Ends], Whole | None]:
        """The grants within the bounds of all blocs together, and these bounds; None where there are none."""
        if rule is None:
            return grants, None
        least, most = self._bound(rule.least, "total.least"), self._bound(rule.most, "total.most")
        if least is None and most is None:
            return grants, None
        place = grants.order.index(rule.adjusts)
        whole = Whole(place, grants.values[place], least, most)
        return adjusted(grants, whole), whole

    def ends(self, rule: BlocRule, path: str) -> Ends:
        """Both ends of a bloc's posts; `path` is where the frame says the rule."""
        low, high = self._end(rule, path, 0), self._end(rule, path, 1)
        return Ends(low, high)

    def _end(self, rule: BlocRule, path: str, end: int) -> Number:
        parts = _parts_of(rule)
        terms = [times(self._start(rule, path, end), Constant(parts))]
        for place, increment in enumerate(rule.increments):
            where = _listed_at(path, "increment", place, rule.increment)
            terms.append(self._increment(increment, where, end, parts))
        percents: list[tuple[Supplement, str]] = []
        for place, supplement in enumerate(rule.supplements):
            where = _listed_at(path, "supplement", place, rule.supplement)
            if supplement.percent is not None:
                percents.append((supplement, where))
            else:
                terms.append(self._supplement(supplement, where, end, parts))
        total = folded(plus, terms)
        if percents:
            share: Number = Constant(100)
            for supplement, where in percents:
                percent = Constant(supplement.percent or 0, f"{where}.percent")
                share = plus(share, choose(self.condition(supplement.when), percent, ZERO))
            total, parts = times(total, share), parts * 100
        if any((taken.percent or 0) < 0 or taken.ends[0] < 0 for taken in rule.supplements):
            total = at_least_zero(total)
        if rule.rounding is not None:
            total = Quotient(total, Constant(parts), rule.rounding, f"{path}.rounding")
        return self._bounded(total, rule, path)

    def _bounded(self, total: Number, rule: BlocRule, path: str) -> Number:
        least, most = self._bound(rule.least, f"{path}.least"), self._bound(rule.most, f"{path}.most")
        if least is not None:
            total = Greatest(total, least)
        return total if most is None else Least(total, most)

    def _bound(self, said: int | ByType | None, path: str) -> Constant | None:
        if isinstance(said, ByType):
            value = said.of(self.unit_type)
            return None if value is None else Constant(value, f"{path}.{self.unit_type.value}")
        return None if said is None else Constant(said, path)

    def _start(self, rule: BlocRule, path: str, end: int) -> Number:
        if rule.bands is not None:
            return self._bands(rule.bands, f"{path}.bands.rows", end)
        if rule.cases is not None:
            return self.cases(rule.cases, lambda case, place: _posts(case, f"{path}.cases.{place}", end))
        return _posts(rule, path, end)

    def _bands(self, bands: Bands, path: str, end: int) -> Number:
        """The first band that ends at the number or above it."""
        number = self.counting(bands.of)

        def among(first: int, count: int) -> Number:
            """By halves: two hundred bands are eight questions deep."""
            if count == 1:
                _, _, *posts = bands.rows[first]
                column = min(end, len(posts) - 1)
                return Constant(posts[column] or 0, f"{path}.{first}.{2 + column}")
            middle = first + count // 2
            last = bands.rows[middle - 1][1] or 0
            self.bounds.setdefault(number.name, []).append((0, last * scale_of(bands.of)))
            bound = plus(self.scaled(Constant(last, f"{path}.{middle - 1}.1"), bands.of), Constant(1))
            lower, higher = among(first, count // 2), among(middle, count - count // 2)
            return choose(AtLeast(number, bound), higher, lower)

        return among(0, len(bands.rows))

    def _increment(self, increment: Increment, path: str, end: int, parts: int) -> Number:
        number: Number = self.counting(increment.column)
        if increment.up_to is not None:
            bound = self.scaled(Constant(increment.up_to, f"{path}.up_to"), increment.column)
            number = Least(number, bound)
        counted = minus(number, self._above(increment, f"{path}.above"))
        counted = at_least_zero(counted)
        posts = increment.ends[end] * parts
        if increment.rounding == "none":
            size = _whole_size(increment)
            amount = times(counted, Constant(int(posts // size)))
        else:
            steps = self._steps(counted, increment, path)
            amount = times(steps, _amount(increment.ends[end], parts, increment.posts, f"{path}.posts", end))
        if increment.most is not None:
            amount = Least(amount, times(Constant(increment.most, f"{path}.most"), Constant(parts)))
        return choose(self.condition(increment.when), amount, ZERO)

    def _above(self, increment: Increment, path: str) -> Number:
        if isinstance(increment.above, str):
            return self.scaled(self.standard(increment.above), increment.column)
        return self.scaled(Constant(increment.above, path) if increment.above else ZERO, increment.column)

    def _steps(self, counted: Number, increment: Increment, path: str) -> Number:
        size = increment.size
        key = "per_residents" if increment.counts is None else "per"
        if isinstance(size, Share):
            divisor = times(self.standard(size.of), Constant(size.part.numerator))
            counted = times(counted, Constant(size.part.denominator))
        else:
            divisor = Constant(size, f"{path}.{key}")
        divisor = self.scaled(divisor, increment.column)
        return Quotient(counted, divisor, Rounding(increment.rounding), f"{path}.rounding")

    def _supplement(self, supplement: Supplement, path: str, end: int, parts: int) -> Number:
        posts = supplement.posts or 0
        amount = _amount(supplement.ends[end], parts, posts, f"{path}.posts", end)
        return choose(self.condition(supplement.when), amount, ZERO)


def _posts(rule: BlocRule | Case, path: str, end: int) -> Constant:
    if rule.range is not None:
        return Constant(rule.range[end], f"{path}.range.{('low', 'high')[end]}")
    return Constant(rule.base or 0, f"{path}.base")


def _amount(amount: Exact, parts: int, posts: object, path: str, end: int) -> Number:
    """Posts in parts of a post; a whole number of the frame stays its own."""
    if amount.denominator > 1:
        return Constant(int(amount * parts))
    where = f"{path}.{('low', 'high')[end]}" if isinstance(posts, tuple) else path
    return times(Constant(int(amount), where), Constant(parts))


def _whole_size(increment: Increment) -> int:
    """The size of a step that is not rounded, in the column's finest unit."""
    size = increment.size
    return scale_of(increment.column) * (1 if isinstance(size, Share) else size)


def _parts_of(rule: BlocRule) -> int:
    """Into how many parts a post is divided, so that all that is added is a whole number of them."""
    found = 1
    for increment in rule.increments:
        size = _whole_size(increment) if increment.rounding == "none" else 1
        found = lcm(found, *(Fraction(end, size).denominator for end in increment.ends))
    return lcm(found, *(end.denominator for supplement in rule.supplements for end in supplement.ends))


def _listed_at(path: str, key: str, place: int, written: object) -> str:
    return f"{path}.{key}.{place}" if isinstance(written, tuple) else f"{path}.{key}"
