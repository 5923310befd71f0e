"""Whether a condition holds whatever is unknown, or with something that it may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quota.norms.arithmetic.expression import Both, Condition, Either, Not, Truth
from quota.norms.arithmetic.sharing import Taken, Value
from quota.norms.arithmetic.trying import Trying


class Certainty:
    """Tells of conditions whether they hold in any world, or in every one."""

    def __init__(self, trying: Trying) -> None:
        self._trying = trying
        self._held: dict[tuple[int, bool], Condition] = {}

    def holds(self, condition: Condition, *, somewhere: bool) -> Condition:
        """Whether a condition holds in any world, or else whether it does in every one."""
        if not self._trying.shared.open(condition):
            return condition
        key = id(condition), somewhere
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = self._holding(condition, somewhere=somewhere)
        return found

    def _holding(self, condition: Condition, *, somewhere: bool) -> Condition:
        match condition:
            case Not(part=part):
                return self._trying.made(condition, self.holds(part, somewhere=not somewhere))
            case Both(parts=parts) | Either(parts=parts):
                asked = Counter(column for part in parts for column in sorted(self._trying.shared.open(part)))
                (column, times), *_ = asked.most_common(1)
                if times == 1 or isinstance(condition, Either) is somewhere:
                    found = [self.holds(part, somewhere=somewhere) for part in parts]
                    return self._trying.made(condition, *found)
            case _:
                column = min(self._trying.shared.open(condition))
                wanted = self._settling(condition, column, somewhere=somewhere)
                if wanted is not None:
                    return self._trying.put(condition, column, self._trying.taken(column, wanted))
        return self._tried_condition(condition, column, somewhere=somewhere)

    def _settling(self, condition: Condition, column: str, *, somewhere: bool) -> Value | None:
        """The value of a column with which it holds, or else fails; None where other columns decide too."""
        choices = self._trying.choices[column]
        answers = [self._trying.put(condition, column, Taken(value, settled=True)) for value in choices]
        if not all(isinstance(answer, Truth) for answer in answers):
            return None
        wanted = Truth(somewhere)
        return choices[answers.index(wanted) if wanted in answers else 0]

    def _tried_condition(self, condition: Condition, column: str, *, somewhere: bool) -> Condition:
        def of(taken: Taken) -> Condition:
            return self.holds(self._trying.put(condition, column, taken), somewhere=somewhere)

        def joined(parts: Sequence[Condition]) -> Condition:
            return self._trying.made((Either if somewhere else Both)(tuple(parts)), *parts)

        values = self._trying.telling(condition, column)
        if self._trying.is_tried_everywhere(column, values):
            return joined([of(self._trying.taken(column, value)) for value in values])
        unknown = self._trying.is_unknown(column)
        known = self._trying.made(Not(unknown), unknown)
        when_unknown = [unknown, joined([of(Taken(value, settled=True)) for value in values])]
        when_known = [known, of(Taken(values[0]))]
        both = [self._trying.made(Both(tuple(parts)), *parts) for parts in (when_unknown, when_known)]
        return self._trying.made(Either(tuple(both)), *both)
