"""The posts a frame grants, as columns of a dataframe: both ends of each bloc, and what they may be.

What is unknown of a unit may make its posts others: those are the `possible` ones.
"""

from __future__ import annotations

from functools import reduce
from operator import add, or_, sub
from typing import Any

import narwhals as nw

from quota.bulk.granted import by_type, with_granted
from quota.bulk.worlds import Asking, Worlds, hangs, unknown_columns
from quota.core.blocs import Bloc, Blocs
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import Number
from quota.norms.arithmetic.whole import Whole
from quota.norms.granting import Norms

_POSTS = "{bloc}_{end}"
_MOST, _LEAST = "__quota_most_{bloc}_{end}", "__quota_least_{bloc}_{end}"
_MORE, _FEWER = "__quota_more", "__quota_fewer"
_ENDS = ("low", "high")


def with_posts(table: Any, asking: Asking) -> Any:
    """The table with both ends of each bloc's posts; beside them what they may be, if that can differ."""
    norms = asking.norms
    worlds = {unit_type: Worlds(asking, norms.of(unit_type)) for unit_type in UnitType}
    wanted: dict[str, dict[UnitType, Number]] = {}
    for bloc in norms.summary.blocs:
        for unit_type, found in worlds.items():
            ends = norms.of(unit_type).grants[bloc]
            posts = found.low_and_high(ends.low, ends.high)
            for end, own, counted in zip(_ENDS, (ends.low, ends.high), posts, strict=True):
                wanted.setdefault(_POSTS.format(bloc=bloc, end=end), {})[unit_type] = counted
                if norms.open_columns:
                    wanted.setdefault(_MOST.format(bloc=bloc, end=end), {})[unit_type] = found.most(own)
                    wanted.setdefault(_LEAST.format(bloc=bloc, end=end), {})[unit_type] = found.least(own)
    table = with_granted(table, asking, list(worlds.values()), wanted)
    for name in (_POSTS, _MOST, _LEAST) if norms.open_columns else (_POSTS,):
        table = _within_the_whole(table, norms, name)
    return table


def with_possible(table: Any, asking: Asking) -> Any:
    """The table of `with_posts` with what is unknown, and both ends of all posts with it; else null.

    Notes say on what the posts hang. The ends are the most that they may be; where what is unknown can only
    take posts away, the least.
    """
    norms = asking.norms
    blocs = norms.summary.blocs
    table = table.with_columns(unknown_columns=_unknown(asking))
    may_differ = [bloc for bloc in blocs if _hangs(norms, bloc)] or blocs

    def differs(possible: str) -> nw.Expr:
        pairs = [(bloc, end) for bloc in may_differ for end in _ENDS]
        return reduce(or_, [nw.col(possible.format(bloc=b, end=e)) != nw.col(f"{b}_{e}") for b, e in pairs])

    unknown = ~nw.col("unknown_columns").is_null()
    # Columns of their own: engines that look for nothing twice would compare all ends for each column below.
    table = table.with_columns(**{_MORE: unknown & differs(_MOST), _FEWER: unknown & differs(_LEAST)})
    more, fewer = nw.col(_MORE), nw.col(_FEWER)
    found = {}
    for end in _ENDS:
        most, least = (
            [nw.col(name.format(bloc=bloc, end=end)) for bloc in blocs] for name in (_MOST, _LEAST)
        )
        for group, high, low in zip(
            (*blocs, "total"), (*most, reduce(add, most)), (*least, reduce(add, least)), strict=True
        ):
            found[f"{group}_possible_{end}"] = nw.when(more).then(high).otherwise(nw.when(fewer).then(low))
    hanging = nw.when(more | fewer).then(_unknown(asking, "unknown-"))
    notes = nw.col("notes")
    both = nw.concat_str(notes, hanging, separator=" ")
    said = (
        nw.when(hanging.is_null())
        .then(notes)
        .otherwise(nw.when(notes.is_null()).then(hanging).otherwise(both))
    )
    return table.with_columns(**found, notes=said)


def _unknown(asking: Asking, prefix: str = "") -> nw.Expr:
    norms = asking.norms
    found = {unit_type: unknown_columns(asking, norms.of(unit_type), prefix) for unit_type in UnitType}
    return by_type(found, {unit_type: tuple(norms.of(unit_type).asked) for unit_type in UnitType})


def _hangs(norms: Norms, bloc: Bloc) -> bool:
    """Whether the bloc's posts may be others with what is unknown of a unit of some type."""
    of_types = [norms.of(unit_type) for unit_type in UnitType]
    return any(
        norm.whole is not None or hangs(norms, norm, end)
        for norm in of_types
        for end in (norm.grants[bloc].low, norm.grants[bloc].high)
    )


def _within_the_whole(table: Any, norms: Norms, name: str) -> Any:
    """The table with both ends of the bloc that adjusts held to the bounds of all blocs together.

    An expression keeps them in each world; ends that come from several worlds are held to them here.
    """
    wholes = {unit_type: norms.of(unit_type).whole for unit_type in UnitType}
    place = next((whole.place for whole in wholes.values() if whole is not None), None)
    if place is None or not norms.hangs_on_the_unknown:
        return table
    blocs = norms.summary.blocs
    others = tuple([bloc for number, bloc in enumerate(blocs) if number != place])
    columns = {}
    for end in _ENDS:
        given = {
            unit_type: _held(name, blocs[place], end, others, whole) for unit_type, whole in wholes.items()
        }
        columns[name.format(bloc=blocs[place], end=end)] = by_type(given, wholes)
    return table.with_columns(**columns)


def _held(name: str, bloc: str, end: str, others: Blocs, whole: Whole | None) -> nw.Expr:
    """One end of the bloc that adjusts, beside the ends of the others."""
    own = nw.col(name.format(bloc=bloc, end=end))
    for bound, side in () if whole is None else ((whole.least, "low"), (whole.most, "high")):
        if bound is not None:
            left = reduce(
                sub, [nw.col(name.format(bloc=other, end=side)) for other in others], own * 0 + bound.value
            )
            further = own < left if side == "low" else own > left
            own = nw.when(further).then(left).otherwise(own)
    return own
