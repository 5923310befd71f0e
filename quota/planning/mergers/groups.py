"""Every group of neighbouring units that a best proposal could contain.

Units are numbered, groups are whole numbers whose bits are their units. A group is connected: its units can
be reached from each other over borders inside it.

**Groups worth looking at.** Where every group must have a minimum of residents and as many groups as possible
are wanted, a group that falls into two connected parts which both have the minimum is in no best proposal:
its two parts would be one group more. Such a group is divisible. A divisible group stays divisible when
neighbouring units are added, one at a time: each joins a part that it borders. So indivisible groups are all
found by adding one neighbour at a time to smaller indivisible ones, never going on from a divisible one: an
indivisible group less one of its units that leaves it connected (there always is one: a leaf of a spanning
tree) cannot be divisible. What is found is therefore complete, and small: in Cao Bằng, with 56 units and a
minimum of 16,000, there are 1,728 such groups, so that the exact problem is solved in a second.

Where the number of units or of posts saved is asked for, every connected group up to a size is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

MOST_GROUPS = 120_000
MOST_WORK = 8_000_000
"""Parts of groups looked at when testing whether they are divisible: seconds, not minutes."""


class Land(Struct, frozen=True):
    """Units by number: residents of each, and its neighbours as bits. `free` units may be merged."""

    residents: Sequence[int]
    beside: Sequence[int]
    free: int


class Groups(Struct, frozen=True):
    """The groups found. `complete_to` is the size up to which none is missing; None where none is at all."""

    found: tuple[int, ...]
    complete_to: int | None = None


def numbers(group: int) -> Iterator[int]:
    """The units of a group."""
    while group:
        lowest = group & -group
        yield lowest.bit_length() - 1
        group ^= lowest


def indivisible_groups(land: Land, minimum: int, most_units: int | None) -> Groups:
    """The connected groups of free units that have the minimum of residents and are not divisible."""
    test = _Divider(land, minimum)
    level = {1 << unit: land.residents[unit] for unit in numbers(land.free)}
    found = [group for group, residents in level.items() if residents >= minimum]
    size = 1
    while level and size != most_units:
        larger: dict[int, int] = {}
        for group, residents in _grown(land, level):
            if not test.divides(group, residents):
                larger[group] = residents
            if len(found) + len(larger) > MOST_GROUPS or test.work > MOST_WORK:
                return Groups(tuple(found), size)
        found += [group for group, residents in larger.items() if residents >= minimum]
        level = larger
        size += 1
    return Groups(tuple(found))


def connected_groups(land: Land, most_units: int) -> Groups:
    """Every connected group of up to `most_units` free units."""
    level = {1 << unit: land.residents[unit] for unit in numbers(land.free)}
    found = list(level)
    for size in range(2, most_units + 1):
        larger: dict[int, int] = {}
        for group, residents in _grown(land, level):
            larger[group] = residents
            if len(found) + len(larger) > MOST_GROUPS:
                return Groups(tuple(found), size - 1)
        found += larger
        level = larger
    return Groups(tuple(found))


def _grown(land: Land, level: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Each group with one more neighbour, once."""
    seen: set[int] = set()
    for group, residents in level.items():
        around = 0
        for unit in numbers(group):
            around |= land.beside[unit]
        for unit in numbers(around & land.free & ~group):
            larger = group | 1 << unit
            if larger not in seen:
                seen.add(larger)
                yield larger, residents + land.residents[unit]


class _Divider:
    """Tests whether groups fall into two connected parts that both have the minimum."""

    def __init__(self, land: Land, minimum: int) -> None:
        self.land, self.minimum, self.work = land, minimum, 0

    def divides(self, group: int, residents: int) -> bool:
        if residents < 2 * self.minimum:
            return False
        rest = list(numbers(group))[1:]  # the part without the first unit says what the other part is
        parts = [(0, 0)]
        self.work += 1 << len(rest)
        for unit in rest:
            parts += [(part | 1 << unit, has + self.land.residents[unit]) for part, has in parts]
        return any(
            self.minimum <= has <= residents - self.minimum
            and connected(self.land.beside, part)
            and connected(self.land.beside, group & ~part)
            for part, has in parts
        )


def connected(beside: Sequence[int], group: int) -> bool:
    """Whether a group, not empty, hangs together."""
    return _reached(beside, group) == group


def pieces(land: Land) -> list[int]:
    """The free units, by what hangs together."""
    left, found = land.free, list[int]()
    while left:
        found.append(_reached(land.beside, left))
        left &= ~found[-1]
    return found


def _reached(beside: Sequence[int], among: int) -> int:
    """What hangs together with the first unit, among units that are not none."""
    reached = edge = among & -among
    while edge:
        around = 0
        for unit in numbers(edge):
            around |= beside[unit]
        edge = around & among & ~reached
        reached |= edge
    return reached
