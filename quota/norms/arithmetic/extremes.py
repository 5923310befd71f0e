"""The least and the most that a number may be with what is unknown, without counting each world whole.

A world says what each unknown column is taken to be. A sum is at its most where its parts are, if these hang
on different columns; what hangs on none is not asked again. A column that can only add is taken as what adds.
Only where parts that go both ways share a column are its values tried one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from quota.norms.arithmetic.certainty import Certainty
from quota.norms.arithmetic.expression import (
    ZERO,
    Choose,
    Difference,
    FloorDivision,
    Greatest,
    Least,
    Number,
    Product,
    Sum,
    folded,
)
from quota.norms.arithmetic.leaning import Leaning
from quota.norms.arithmetic.sharing import Taken, Value
from quota.norms.arithmetic.trying import Trying

MOST_NODES = 50_000
"""How many different things are made at most for what is unknown: seconds of work."""
_Term = tuple[bool, Number]
"""A part of a sum, and whether it is added."""


class TooManyWorldsError(Exception):
    """What is unknown may be more things together than are counted."""


class Extremes:
    """The least and the most that numbers may be.

    `choices` has what each column that may be unknown may be then; `silent` are those that no unit answers.
    What is found is over columns of other names: `shared.taken` says what they are. Raises
    `TooManyWorldsError` where more than `most_nodes` different things would have to be counted.
    """

    def __init__(
        self, choices: Mapping[str, Sequence[Value]], silent: Iterable[str] = (), *, most_nodes: int
    ) -> None:
        self._trying = Trying(choices, silent)
        self.shared = self._trying.shared
        self._most_nodes = most_nodes
        self._certainty = Certainty(self._trying)
        self._leaning = Leaning(self.shared)
        self._ends: dict[tuple[int, bool], Number] = {}

    def in_world(self, number: Number, world: Mapping[str, Value]) -> Number:
        """The number with these columns as the world says where they are unknown."""
        taken = {column: self._trying.taken(column, value) for column, value in world.items()}
        return self.shared.put(self.shared.of(number), taken)

    def least(self, number: Number) -> Number:
        """The least it may be with the columns that it still hangs on."""
        return self._end(self.in_world(number, {}), most=False)

    def most(self, number: Number) -> Number:
        """The most it may be with the columns that it still hangs on."""
        return self._end(self.in_world(number, {}), most=True)

    def _end(self, number: Number, *, most: bool) -> Number:
        if not self.shared.open(number):
            return number
        key = id(number), most
        found = self._ends.get(key)
        if found is None:
            if len(self.shared) > self._most_nodes:
                raise TooManyWorldsError
            found = self._ends[key] = self._found(self._leant(number, most=most), most=most)
        return found

    def _leant(self, number: Number, *, most: bool) -> Number:
        """The number with each column settled that moves it one way only."""
        for column in sorted(self.shared.open(number)):
            leaning = self._leaning.of(number, column) if column in self.shared.open(number) else None
            if leaning is not None:
                choices = self._trying.choices[column]
                value = max(choices) if (leaning > 0) is most else min(choices)
                number = self._trying.put(number, column, self._trying.taken(column, value))
        return number

    def _found(self, number: Number, *, most: bool) -> Number:
        passed: list[Choose] = []  # of a list of cases each would be several calls deeper
        while isinstance(number, Choose) and not self.shared.open(number.when):
            passed.append(number)
            number = number.otherwise
        found = self._inner(number, most=most)
        for choice in reversed(passed):
            found = self._trying.made(choice, choice.when, self._end(choice.then, most=most), found)
        return found

    def _inner(self, number: Number, *, most: bool) -> Number:  # noqa: PLR0911  (one case a kind of node)
        hangs = self.shared.open(number)
        if not hangs:
            return number
        shared = hangs
        match number:
            case Sum() | Difference():
                return self._sum(number, most=most)
            case Choose(when=when, then=then, otherwise=otherwise):
                shared = self.shared.open(when) & (self.shared.open(then) | self.shared.open(otherwise))
                if not shared:
                    return self._chosen(number, most=most)
            case FloorDivision(dividend=first, divisor=second) if not self.shared.open(second):
                return self._trying.made(number, self._end(first, most=most), second)
            case Least(first=first, second=second) | Greatest(first=first, second=second):
                shared = self.shared.open(first) & self.shared.open(second)
                if not shared:
                    return self._both(number, first, second, most=most)
            case Product(first=first, second=second):
                shared = self.shared.open(first) & self.shared.open(second)
                if not shared and min(self.shared.reach(first)[0], self.shared.reach(second)[0]) >= 0:
                    return self._both(number, first, second, most=most)
            case _:
                pass
        return self._tried(number, min(shared or hangs), most=most)

    def _both(self, number: Number, first: Number, second: Number, *, most: bool) -> Number:
        return self._trying.made(number, self._end(first, most=most), self._end(second, most=most))

    def _chosen(self, choice: Choose, *, most: bool) -> Number:
        """The extreme of a choice whose condition hangs on other columns than what is chosen."""
        then, otherwise = self._end(choice.then, most=most), self._end(choice.otherwise, most=most)
        may, must = (self._certainty.holds(choice.when, somewhere=either) for either in (True, False))
        if then is otherwise:
            return then
        (low, high), (least, greatest) = self.shared.reach(then), self.shared.reach(otherwise)
        if low >= greatest:
            return self._trying.made(choice, may if most else must, then, otherwise)
        if high <= least:
            return self._trying.made(choice, must if most else may, then, otherwise)
        either = self._further(then, otherwise, most=most)
        return self._trying.made(choice, must, then, self._trying.made(choice, may, either, otherwise))

    def _further(self, first: Number, second: Number, *, most: bool) -> Number:
        return self._trying.made((Greatest if most else Least)(first, second), first, second)

    def _sum(self, number: Number, *, most: bool) -> Number:
        """The extreme of a sum: of each group of terms that share columns by itself."""
        groups = self._groups(_terms(number))
        if len(groups) == 1:
            asked = Counter(column for _, term in groups[0] for column in sorted(self.shared.open(term)))
            (column, _), *_ = asked.most_common(1)
            return self._tried(number, column, most=most)
        total: Number = ZERO
        taken_away: list[Number] = []
        for group in groups:
            if any(added for added, _ in group):
                end = self._end(self._total(group), most=most)
                total = self._trying.made(Sum(total, end), total, end)
            else:
                end = self._total([(True, term) for _, term in group])
                taken_away.append(self._end(end, most=not most))
        for end in taken_away:
            total = self._trying.made(Difference(total, end), total, end)
        return total

    def _total(self, terms: Sequence[_Term]) -> Number:
        """A sum of which one term at least is added."""
        added = [term for is_added, term in terms if is_added]
        total = folded(lambda first, second: self._trying.made(Sum(first, second), first, second), added)
        for is_added, term in terms:
            if not is_added:
                total = self._trying.made(Difference(total, term), total, term)
        return total

    def _groups(self, terms: Iterable[_Term]) -> list[list[_Term]]:
        """Terms that hang on the same columns are together; each by itself that hangs on none."""
        groups: list[tuple[frozenset[str], list[_Term]]] = []
        for term in terms:
            hangs, together = self.shared.open(term[1]), [term]
            apart = []
            for columns, group in groups:
                if columns.isdisjoint(hangs):
                    apart.append((columns, group))
                else:
                    hangs, together = hangs | columns, group + together
            groups = [*apart, (hangs, together)]
        return [group for _, group in groups]

    def _tried(self, number: Number, column: str, *, most: bool) -> Number:
        """The extreme of what the number is with each value of a column."""

        def of(taken: Taken) -> Number:
            return self._end(self._trying.put(number, column, taken), most=most)

        def further(first: Number, second: Number) -> Number:
            return self._further(first, second, most=most)

        values = self._trying.telling(number, column)
        if self._trying.is_tried_everywhere(column, values):
            return _of_all(further, [of(self._trying.taken(column, value)) for value in values])
        unknown = _of_all(further, [of(Taken(value, settled=True)) for value in values])
        known = of(Taken(values[0]))
        asked = self._trying.is_unknown(column)
        return self._trying.made(Choose(asked, unknown, known), asked, unknown, known)


def _terms(number: Number) -> Iterator[_Term]:
    """What is added up in a sum, in order, and what is taken away."""
    waiting: list[_Term] = [(True, number)]
    while waiting:
        added, term = waiting.pop()
        match term:
            case Sum(first=first, second=second):
                waiting += [(added, second), (added, first)]
            case Difference(first=first, second=second):
                waiting += [(not added, second), (added, first)]
            case _:
                yield added, term


def _of_all(further: Callable[[Number, Number], Number], numbers: Sequence[Number]) -> Number:
    """The furthest of some, each of them once."""
    return folded(further, list({id(number): number for number in numbers}.values()))
