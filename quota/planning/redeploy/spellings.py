"""Names of blocs, positions and departments, matched by their spelling as people vary it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from msgspec.structs import replace

from quota.core.moves import ANY, Move, Place, Pool, Situation
from quota.core.names import spelled_alike, without_accents
from quota.core.places import file_of
from quota.core.plan_tables import Done, DoneTable, PairTable, PlanTable, PoolTable
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say

_CLOSE = 0.85
"""How like a known name another must be to be named in a message."""


class Spellings:
    """Known names, each found by any spelling that differs in capitals, tone places, or i and y."""

    def __init__(self, known: Iterable[str], other_words: Mapping[str, str] | None = None) -> None:
        self.known = dict.fromkeys(name for name in known if name)
        self._by_spelling = {**(other_words or {}), **{spelled_alike(name): name for name in self.known}}

    def of(self, written: str) -> str | None:
        """The known name that is meant; None where none is spelled alike."""
        return self._by_spelling.get(spelled_alike(written))

    def close(self, written: str) -> str | None:
        """A known name that is nearly the same, in case it is meant."""
        plain = {without_accents(name): name for name in self.known}
        found = get_close_matches(without_accents(written), list(plain), n=1, cutoff=_CLOSE)
        return plain[found[0]] if found else None

    def apart(self, written: str) -> tuple[str, ...]:
        """The known names that are this one with a bloc behind it, as two blocs' positions of a name are."""
        start = spelled_alike(f"{written} (")
        return tuple(name for name in self.known if spelled_alike(name).startswith(start))


def doubtful_pairs(names: Iterable[str], file: str | None) -> Iterator[Problem]:
    """Positions that are told apart though they are the same but for accents or a dash: are they one?"""
    seen: dict[str, str] = {}
    for name in dict.fromkeys(names):
        plain = "".join(letter for letter in without_accents(name) if letter.isalnum())
        before = seen.setdefault(plain, name)
        if before != name:
            message = say("{name} and {before} are counted as two positions", name=name, before=before)
            fix = say("write one of them everywhere if they are the same")
            yield Problem("nearly-the-same", Severity.WARNING, message, fix, file=file, value=name)


def placed_pools(
    table: PoolTable, spellings: Spellings, what: str, *, doubled_file: str | None = None
) -> tuple[tuple[Pool, ...], tuple[Problem, ...]]:
    """The departments' people under the blocs or positions that their field means; what means none is said.

    `what` is `bloc` or `position`: what the plan is made by.
    """
    pools: dict[Place, Pool] = {}
    problems: list[Problem] = []
    for pool in table.pools:
        written = pool.place.group
        meant = ANY if written == ANY else spellings.of(written)
        if meant is None:
            message = say(
                "no position in this plan is called so: these people fill no post"
                if what == "position"
                else "no bloc is called so: these people fill no post"
            )
            problems.append(_unmatched("field", message, spellings, written, doubled_file))
        place = Place(pool.place.code, written if meant is None else meant)
        if place in pools:
            message = say("{code}: two of its rows are about {group}", **place.said)
            fix = say("add the two up")
            problems.append(Problem("doubled-row", Severity.ERROR, message, fix, doubled_file, value=written))
        pools[place] = replace(pool, place=place)
    return tuple(pools.values()), tuple(problems)


def placed_pairs(
    table: PairTable, spellings: Spellings
) -> tuple[dict[tuple[str, str], int], tuple[Problem, ...]]:
    """Which position may fill which, by the positions' own spelling; a name that fits none is said once."""
    file = file_of(table)
    problems = []
    for written in dict.fromkeys(name for pair in table.pairs for name in pair):
        if spellings.of(written) is None:
            message = say("no position in this plan is called so: its rows change nothing")
            problems.append(_unmatched("position", message, spellings, written, file))
    pairs = {
        (spellings.of(have) or have, spellings.of(need) or need): cost
        for (have, need), cost in table.pairs.items()
    }
    return pairs, tuple(problems)


def _unmatched(column: str, message: Text, spellings: Spellings, written: str, file: str | None) -> Problem:
    if apart := spellings.apart(written):
        fix = say("write one of {choices}", choices=", ".join(apart))
    elif close := spellings.close(written):
        fix = say("did you mean {word}?", word=close)
    else:
        fix = say("check its spelling")
    return Problem("matches-nothing", Severity.WARNING, message, fix, file, column=column, value=written)


class _Places:
    """The places of a plan, by any spelling of their codes and groups."""

    def __init__(self, start: Situation, other_words: Mapping[str, str]) -> None:
        places = (*start.cells, *start.pools)
        self.places = {place: place for place in places}
        self.codes = Spellings(place.code for place in places)
        self.groups = Spellings((place.group for place in places), other_words)

    def of(self, place: Place | None) -> Place | None:
        """The place meant: as written where it is known so, else by its spelling."""
        if place is None or place in self.places:
            return None if place is None else self.places[place]  # whose group knows its name
        group = self.groups.of(place.group) if place.group else place.group
        return Place(self.codes.of(place.code) or place.code, place.group if group is None else group)


def respelled(
    plan: PlanTable, done: DoneTable, start: Situation, other_words: Mapping[str, str]
) -> tuple[PlanTable, DoneTable]:
    """The plan and what was done of it, with every place written as in the plan's start."""
    places = _Places(start, {} if start.by_position else other_words)

    def moved(row: Move) -> Move:
        return replace(row, origin=places.of(row.origin), target=places.of(row.target))

    def carried(row: Done) -> Done:
        return replace(row, origin=places.of(row.origin), target=places.of(row.target))

    return (
        replace(plan, moves=tuple(moved(row) for row in plan.moves)),
        replace(done, rows=tuple(carried(row) for row in done.rows)),
    )
