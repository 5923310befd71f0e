"""The nearest moves of each place, found without sorting all moves at once."""

from __future__ import annotations

from typing import Any

from quota.planning.redeploy.distances import UNKNOWN

AT_ONCE = 1 << 18
"""Moves looked at together: more of them would only take more memory."""


def known(metres: Any, longest: int) -> Any:
    """Whole metres, an unknown distance counting as `longest`."""
    import numpy as np

    return np.where(metres == UNKNOWN, longest, metres)


def nearest(places: Any, number: int, metres: Any, longest: int, each: int) -> Any:
    """The moves that are among the `each` nearest of their place, by their index, place by place.

    `places` has the place of each move, from 0 to `number` - 1; `metres` has its metres. Of equally near
    moves the earlier one is nearer.
    """
    import numpy as np

    best, farthest = np.zeros(0, dtype=np.int64), np.full(number, longest + 1, dtype=np.int64)
    for start in range(0, len(places), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        nearer = known(metres[part], longest) < farthest[places[part]]
        best = np.concatenate([best, start + np.nonzero(nearer)[0]])
        best = best[np.lexsort((known(metres[best], longest), places[best]))]
        found = places[best]
        rank = np.arange(len(best)) - np.searchsorted(found, found)
        last = rank == each - 1
        farthest[found[last]] = known(metres[best[last]], longest)
        best = best[rank < each]
    return best
