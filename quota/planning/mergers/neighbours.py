"""Which units lie beside which, and into how many pieces a set of them falls."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from quota.core.places import file_of
from quota.core.problems import Problem, Severity
from quota.core.text import count, say
from quota.core.units import Border, BorderTable, Unit


class Neighbours(Struct, frozen=True):
    """For each unit that has borders at all, its neighbours and the length of each border in km."""

    beside: Mapping[str, Mapping[str, Decimal | None]]

    def __contains__(self, code: str) -> bool:
        return code in self.beside

    def of(self, code: str) -> Mapping[str, Decimal | None]:
        """A unit's neighbours."""
        return self.beside.get(code, {})

    def pieces(self, groups: Sequence[Iterable[str]]) -> list[list[int]]:
        """Places of groups of codes that hang together over borders; each group is taken as one."""
        home = {code: place for place, group in enumerate(groups) for code in group}
        left = set(range(len(groups)))
        members: list[list[str]] = [[] for _ in groups]
        for code, place in home.items():
            members[place].append(code)
        found: list[list[int]] = []
        while left:
            piece, edge = set[int](), {min(left)}
            while edge:
                piece |= edge
                reached = {
                    home[other]
                    for place in edge
                    for code in members[place]
                    for other in self.of(code)
                    if other in home
                }
                edge = reached - piece
            found.append(sorted(piece))
            left -= piece
        return found


def unmatched(table: BorderTable, units: Sequence[Unit]) -> Iterator[Problem]:
    """Borders of units that the population table does not have: an error where there are no others."""
    codes = {unit.code for unit in units}
    elsewhere = [border for border in table.borders if not {border.code_a, border.code_b} <= codes]
    if not elsewhere:
        return
    first = next(code for code in (elsewhere[0].code_a, elsewhere[0].code_b) if code not in codes)
    file = file_of(table)
    if len(elsewhere) == len(table.borders):
        message = say("no border here is between units of the population table")
        fix = say("give the neighbour table of the same units, with the same codes")
        yield Problem("wrong-neighbours", Severity.ERROR, message, fix, file=file, value=first)
        return
    message = count(
        "{n} border is with a unit that the population table does not have, and is left out",
        "{n} borders are with units that the population table does not have, and are left out",
        n=len(elsewhere),
    )
    fix = say("correct the code, or leave it so if the table is about fewer units ({code})", code=first)
    yield Problem("border-elsewhere", Severity.WARNING, message, fix, file=file, value=first)


def within_provinces(borders: Iterable[Border], units: Iterable[Unit]) -> Neighbours:
    """The neighbours among `units` that may be merged: not those known to lie in another province."""
    province = {unit.code: unit.province for unit in units}
    inside = [
        border
        for border in borders
        if len({province.get(border.code_a), province.get(border.code_b)} - {None}) < 2
    ]
    return neighbours_of(inside, province)


def neighbours_of(borders: Iterable[Border], units: Container[str]) -> Neighbours:
    """The neighbours among `units`; borders with any other unit are left out."""
    beside: dict[str, dict[str, Decimal | None]] = {}
    for border in borders:
        if border.code_a in units and border.code_b in units:
            beside.setdefault(border.code_a, {})[border.code_b] = border.km
            beside.setdefault(border.code_b, {})[border.code_a] = border.km
    return Neighbours(beside)
