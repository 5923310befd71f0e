"""Posts shared among units, in all forms; the CSV is a table of assigned posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from quota.core.blocs import Bloc
from quota.core.text import Text, count, say
from quota.planning.allocate.methods import Method
from quota.planning.allocate.shares import Allocation, Share, UnitShare
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of, tables_of
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import UNKNOWN, called, number, separated, signed, words

METHOD_NAMES = {
    Method.LARGEST_REMAINDER: say("largest remainder"),
    Method.SAINTE_LAGUE: say("Sainte-Laguë"),
    Method.LEXIMIN: say("leximin, the worst-off first"),
}
BOUND_NAMES = {"present": say("people present"), "offices": say("a post an office"), "norm": say("the norm")}


def allocation_rendering(allocation: Allocation) -> Rendering:
    """How to write it."""
    return page_rendering(
        Page(
            _heading(allocation),
            sections_of(
                (say("Posts by unit"), _units(allocation)),
                (say("Bounds that bind"), _bounds(allocation)),
                (say("How the methods differ"), _methods(allocation)),
            ),
            list(_closing(allocation)),
        ),
        lambda: _plain(allocation),
        lambda: _rows(allocation),
    )


def _heading(allocation: Allocation) -> list[tuple[str, str]]:
    wanted = allocation.wanted
    method = say("{method}, by the low end of the norm", method=words(METHOD_NAMES[wanted.method]))
    return [
        (words(say("Posts shared")), tables_of(allocation.inputs, allocation.as_of)),
        *frame_lines(allocation.frame),
        (words(say("Method")), words(method)),
        (words(say("Blocs")), ", ".join(words(bloc.name) for bloc in wanted.blocs)),
        *beware_pairs(allocation.problems),
    ]


def _units(allocation: Allocation) -> Grid:
    wanted = allocation.wanted
    cut = wanted.before is not None
    names = called(row.unit for row in allocation.units)
    present = any(row.present is not None for row in allocation.units)
    return table(
        allocation.units,
        Shown(say("Unit"), lambda row: names[row.unit.code]),
        figures(say("Posts"), lambda row: row.posts),
        figures(say("Norm"), _norm),
        figures(say("To norm"), lambda row: signed(row.posts - row.norm)),
        figures(say("Present"), lambda row: row.present, when=present),
        figures(
            say("To present"),
            lambda row: UNKNOWN if row.present is None else signed(row.posts - row.present),
            when=present,
        ),
        figures(say("Today"), lambda row: row.before, when=cut),
        figures(say("Lost"), lambda row: None if row.before is None else row.before - row.posts, when=cut),
        *(_posts_of(place, bloc) for place, bloc in enumerate(wanted.blocs) if len(wanted.blocs) > 1),
        Shown(say("Bound"), lambda row: ", ".join(dict.fromkeys(map(bound_words, _binding(row))))),
    )


def _posts_of(place: int, bloc: Bloc) -> Shown[UnitShare]:
    return figures(bloc.name, lambda row: row.blocs[place][1].posts)


def _binding(row: UnitShare) -> list[str]:
    return [part.binds for _, part in row.blocs if part.binds]


def _norm(row: UnitShare) -> str:
    return number(row.norm) if row.possible == row.norm else f"{number(row.norm)} ({number(row.possible)})"


def bound_words(name: str) -> str:
    """A bound by its name, or the column as written."""
    return words(BOUND_NAMES[name]) if name in BOUND_NAMES else words(name)


def _bounds(allocation: Allocation) -> Grid:
    """How many shares each bound decides."""
    held: dict[str, list[int]] = {}
    for row in allocation.units:
        for _, part in row.blocs:
            if part.binds:
                held.setdefault(part.binds, []).append(part.posts)
    return table(
        sorted(held.items()),
        Shown(say("Bound"), lambda bound: bound_words(bound[0])),
        figures(say("Shares at it"), lambda bound: len(bound[1])),
        figures(say("Posts"), lambda bound: sum(bound[1])),
    )


def _methods(allocation: Allocation) -> Grid:
    """Each method beside the one that was asked for."""
    moved = [[row.by_method(place) - row.posts for row in allocation.units] for place, _ in enumerate(Method)]
    lowest = allocation.paradoxes.lowest
    return table(
        enumerate(Method),
        Shown(say("Method"), lambda row: METHOD_NAMES[row[1]]),
        figures(say("Units with other posts"), lambda row: sum(posts != 0 for posts in moved[row[0]])),
        figures(say("Posts elsewhere"), lambda row: sum(map(abs, moved[row[0]])) // 2),
        figures(say("Smallest share of its norm filled"), lambda row: _per_cent(lowest[row[0]])),
    )


def _per_cent(part: Fraction | None) -> str:
    if part is None:
        return UNKNOWN
    tenths = round(part * 1000)
    return separated(f"{tenths // 10:,}.{tenths % 10}") + " %"


def _closing(allocation: Allocation) -> Iterator[Text]:
    wanted, paradoxes = allocation.wanted, allocation.paradoxes
    yield say(
        "{total} posts: {shared} for {units} units, {reserve} in reserve.",
        total=number(wanted.total),
        shared=number(allocation.posts),
        units=number(len(allocation.units)),
        reserve=number(wanted.reserve),
    )
    if wanted.before is not None:
        before = sum(row.before or 0 for row in allocation.units)
        yield say(
            "Of {before} posts of today {lost} are cut.",
            before=number(before),
            lost=number(before - wanted.total),
        )
        if allocation.kept_back:
            yield count(
                "{n} post that the table keeps back is not among them.",
                "{n} posts that the table keeps back are not among them.",
                n=allocation.kept_back,
            )
        if not wanted.before_assigned:
            yield say("Today's posts are the norm: no table says which posts are assigned.")
    if paradoxes.lose:
        yield count(
            "With one post more in all, {n} share would be smaller by the largest remainder.",
            "With one post more in all, {n} shares would be smaller by the largest remainder.",
            n=paradoxes.lose,
        )
    if paradoxes.stray:
        yield count(
            "By Sainte-Laguë, {n} share is a post or more from the exact one.",
            "By Sainte-Laguë, {n} shares are a post or more from the exact one.",
            n=paradoxes.stray,
        )
    yield say("Counted again by plain addition: all posts are given, every floor and ceiling is kept.")
    yield from unsettled_lines(allocation.unsettled, bracketed=True)
    yield from settle_line(allocation.unsettled)


def _plain(allocation: Allocation) -> object:
    wanted, paradoxes = allocation.wanted, allocation.paradoxes
    return {
        **heading_plain(allocation.frame, allocation.as_of.isoformat(), allocation.inputs),
        "total": wanted.total,
        "reserve": wanted.reserve,
        "posts": allocation.posts,
        "method": wanted.method.value,
        "blocs": list(wanted.blocs),
        "floors": [bound.name for bound in wanted.floors],
        "ceilings": [bound.name for bound in wanted.ceilings],
        "fixed": wanted.fixed.name if wanted.fixed else None,
        "methods": [
            {
                "method": method.value,
                "lowest": _fraction(paradoxes.lowest[place]),
                "units": {row.unit.code: row.by_method(place) for row in allocation.units},
            }
            for place, method in enumerate(Method)
        ],
        "paradoxes": {"smaller_with_one_more": paradoxes.lose, "far_from_exact": paradoxes.stray},
        "units": [
            {
                "code": row.unit.code,
                "name": row.unit.name,
                "posts": row.posts,
                "norm": row.norm,
                "present": row.present,
                "before": row.before,
                "blocs": {bloc: _share_plain(part) for bloc, part in row.blocs},
            }
            for row in allocation.units
        ],
        "left_out": [{"code": unit.code, "name": unit.name} for unit in allocation.left_out],
        **unsettled_plain(allocation.unsettled),
        "problems": [problem_plain(problem) for problem in allocation.problems],
    }


def _fraction(part: Fraction | None) -> list[int] | None:
    return None if part is None else [part.numerator, part.denominator]


def _share_plain(part: Share) -> dict[str, object]:
    return {
        "posts": part.posts,
        "norm": part.norm,
        "present": part.present,
        "before": part.before,
        "binds": part.binds or None,
        **({} if part.possible is None else {"possible": part.possible}),
    }


def _rows(allocation: Allocation) -> Iterator[Sequence[Cell]]:
    """A table of assigned posts, beside it the norm, who is present, what binds, and the other methods."""
    blocs: Sequence[Bloc] = allocation.wanted.blocs
    yield (
        *("code", "name"),
        *(f"assigned_{bloc}" for bloc in blocs),
        *(f"norm_{bloc}" for bloc in blocs),
        *(f"present_{bloc}" for bloc in blocs),
        *(f"before_{bloc}" for bloc in blocs),
        *(f"bound_{bloc}" for bloc in blocs),
        *(f"posts_by_{method.value.replace('-', '_')}" for method in Method),
        *(f"possible_{bloc}" for bloc in (blocs if allocation.open_columns else ())),
    )
    for row in allocation.units:
        parts = [part for _, part in row.blocs]
        yield (
            *(row.unit.code, row.unit.name),
            *(part.posts for part in parts),
            *(part.norm for part in parts),
            *(part.present for part in parts),
            *(part.before for part in parts),
            *(part.binds or None for part in parts),
            *(row.by_method(place) for place, _ in enumerate(Method)),
            *(part.possible for part in (parts if allocation.open_columns else ())),
        )
