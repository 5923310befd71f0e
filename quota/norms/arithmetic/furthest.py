"""Counting the ends of a grant that hang on more unknown things than can be tried world by world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quota.norms.arithmetic.counting import Count, counting_in_parts
from quota.norms.arithmetic.cutting import cut
from quota.norms.arithmetic.expression import Number
from quota.norms.arithmetic.extremes import MOST_NODES, Extremes, TooManyWorldsError
from quota.norms.arithmetic.parts import InParts
from quota.norms.arithmetic.sharing import Value


def furthest(
    ends: Sequence[Number], columns: Sequence[str], asked: Mapping[str, Sequence[Value]]
) -> Count | None:
    """Counts the ends without the columns `asked`, then the least and the most that each may be with them.

    `asked` has what each of these columns may be, first the value with which nothing hangs on it. None where
    even that is too much.
    """
    extremes = Extremes(asked, asked, most_nodes=MOST_NODES)
    first = {column: values[0] for column, values in asked.items()}
    without = [extremes.in_world(end, first) for end in ends]
    try:
        made = cut([*without, *map(extremes.least, ends), *map(extremes.most, ends)])
    except TooManyWorldsError:
        return None
    parts = tuple([part for layer in made.layers for part in layer.items()])
    return counting_in_parts(InParts(made.numbers, parts), columns)
