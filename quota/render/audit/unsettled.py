"""What hangs on columns that are unknown, as every command says it: lines for people, values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.blocs import Bloc, Blocs
from quota.core.posts import Posts
from quota.core.results import Quota, Totals, Unsettled
from quota.core.text import Text, count, say
from quota.norms.arithmetic.columns import FLAGS
from quota.render.kit.language import phrase
from quota.render.kit.plain import Plain, quota_plain
from quota.render.kit.rendering import Cell
from quota.render.kit.words import interval, words

IF_SO = say("If so: where what is unknown is taken to be so (mountain, highland, island, border).")
"""What is meant by figures that were counted with `--assume COLUMN=yes`."""


def unsettled_lines(found: Unsettled | None, *, bracketed: bool = False) -> Iterator[Text]:
    """Posts without and with what is unknown, bloc by bloc, and what becomes of people over and missing.

    `bracketed`: norms were written by `norm_words`, and a line says what is in brackets.
    """
    if found is None:
        return
    columns = columns_words(found)
    for bloc, possible in found.blocs.items():
        if possible == found.given[bloc]:
            continue
        values: dict[str, object] = {
            "n": found.units,
            "bloc": words(bloc.name),
            "posts": interval(found.given[bloc]),
            "possible": interval(possible),
        }
        if found.columns == ("mountain",):
            yield count(
                "{bloc}: {n} unit's terrain is unknown: {posts} posts, {possible} if it lies in mountains.",
                "{bloc}: {n} units' terrain is unknown: {posts} posts, {possible} if all lie in mountains.",
                **values,
            )
        else:
            yield count(
                "{bloc}: {columns} unknown in {n} unit: {posts} posts without it, {possible} with it.",
                "{bloc}: {columns} unknown in {n} units: {posts} posts without it, {possible} with it.",
                columns=columns,
                **values,
            )
    if found.within:
        yield count(
            "{n} of the surplus would be within the norm then.",
            "{n} of the surplus would be within the norm then.",
            n=found.within,
        )
    if found.short:
        yield count("{n} more would be missing then.", "{n} more would be missing then.", n=found.short)
    if bracketed and found.possible != found.posts:
        yield say("In brackets: the norm with what is unknown ({columns}).", columns=columns)


def unknown_lines(units: int) -> Iterator[Text]:
    """Units that no sum counts, if there are any."""
    if units:
        yield count(
            "Residents unknown in {n} unit: in no figure.",
            "Residents unknown in {n} units: in no figure.",
            n=units,
        )


def columns_words(found: Unsettled | None) -> str:
    """The unknown columns as a table heads them."""
    return ", ".join(phrase(column.removeprefix("table:")) for column in (found.columns if found else ()))


def settle_line(found: Unsettled | None) -> Iterator[Text]:
    """How to see what becomes of moves, mergers or shares that were chosen by norms that may be others."""
    flags = [column for column in (found.columns if found is not None else ()) if column in FLAGS]
    if found is not None and found.possible != found.posts and flags:
        yield say(
            "Chosen by the norm without it; --terrain FILE settles it, --assume {column}=yes shows the "
            "other.",
            column=flags[0],
        )


def unsettled_plain(found: Unsettled | None) -> Plain:
    """The same for programs, under `unsettled`; nothing where nothing is unknown."""
    if found is None:
        return {}
    return {
        "unsettled": {
            "columns": list(found.columns),
            "units": found.units,
            "possible": quota_plain(Quota(found.blocs)),
            "surplus_within": found.within,
            "more_shortfall": found.short,
        }
    }


def norm_of(totals: Totals) -> Quota | None:
    """The posts of a whole table, with those that are possible where they are others."""
    if totals.quota is None or totals.unsettled is None:
        return totals.quota
    return Quota(totals.quota.blocs, totals.unsettled.blocs)


def norm_words(quota: Quota | None, bloc: Bloc | None = None) -> str:
    """A norm, of a bloc or in all, and in brackets what it is with what is unknown, if that differs."""
    if quota is None:
        return interval(None)
    given = _of(quota, bloc)
    possible = given if quota.possible is None else _of(Quota(quota.possible), bloc)
    return interval(given) if possible == given else f"{interval(given)} ({interval(possible)})"


def _of(quota: Quota, bloc: Bloc | None) -> Posts:
    return quota.total if bloc is None else quota.blocs[bloc]


def possible_header(blocs: Blocs) -> tuple[str, ...]:
    """The columns that are in a table of units where the frame asks for what may be unknown of them."""
    ends = (f"{group}_possible_{end}" for group in (*blocs, "total") for end in ("low", "high"))
    return ("unknown_columns", *ends)


def possible_columns(quotas: Sequence[Quota | None], blocs: Blocs) -> list[Sequence[Cell]]:
    """The units' cells under `possible_header`, column by column; units of the same quota share them."""
    shared = {id(quota): quota for quota in quotas}
    made = {key: possible_cells(quota, blocs) for key, quota in shared.items()}
    return list(zip(*[made[id(quota)] for quota in quotas], strict=True))


def possible_cells(quota: Quota | None, blocs: Blocs) -> list[Cell]:
    """A unit's cells under `possible_header`: the posts with what is unknown, where that differs."""
    if quota is None or not quota.unsettled:
        return [None] * len(possible_header(blocs))
    cells: list[Cell] = [" ".join(quota.unsettled)]
    possible = quota.possible
    every: Sequence[Posts | None] = [None] * (len(blocs) + 1)
    if possible is not None:
        every = [*possible, Quota(possible).total]
    for posts in every:
        cells += [None, None] if posts is None else [posts.low, posts.high]
    return cells
