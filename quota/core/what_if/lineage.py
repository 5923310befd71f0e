"""Where a unit comes from: which units of the parent table are in it, whole or in part.

A unit of the parent table is one fragment. A split cuts each fragment of the unit into numbered pieces, a
merger joins what the units hold, and pieces that come together again are whole again. So every ancestor is
somewhere exactly once, whatever was done to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct


class Fragment(Struct, frozen=True, order=True):
    """The unit of the parent table with this code, or a piece of it.

    `cuts` are the splits that led here, as (which piece, of how many); none where the unit is whole.
    """

    code: str
    cuts: tuple[tuple[int, int], ...] = ()


Lineage = frozenset[Fragment]


def whole(code: str) -> Lineage:
    """The lineage of a unit of the parent table: itself."""
    return frozenset({Fragment(code)})


def joined(lineages: Iterable[Lineage]) -> Lineage:
    """The pieces of all of these, joined; all pieces of one split become the unit that was split."""
    held = {fragment for lineage in lineages for fragment in lineage}
    while True:
        pieces = Counter(
            (fragment.code, fragment.cuts[:-1], fragment.cuts[-1][1]) for fragment in held if fragment.cuts
        )
        complete = [found for found, many in pieces.items() if many == found[2]]
        if not complete:
            return frozenset(held)
        for code, cuts, of in complete:
            held -= {Fragment(code, (*cuts, (place, of))) for place in range(1, of + 1)}
            held.add(Fragment(code, cuts))


def cut(lineage: Lineage, of: int) -> tuple[Lineage, ...]:
    """The lineage of each of `of` parts (at least 2): a piece of everything that was in the unit."""
    return tuple(
        frozenset(Fragment(fragment.code, (*fragment.cuts, (place, of))) for fragment in lineage)
        for place in range(1, of + 1)
    )


def ancestors(lineage: Lineage) -> tuple[str, ...]:
    """The codes of the parent table's units that are in it, whole or in part, in order."""
    return tuple(sorted({fragment.code for fragment in lineage}))


def is_partial(lineage: Lineage) -> bool:
    """Whether some ancestor is only partly in it."""
    return any(fragment.cuts for fragment in lineage)
