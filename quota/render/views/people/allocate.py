"""Posts shared among units, in all forms; the CSV is a table of assigned posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from quota._version import __version__
from quota.core.blocs import Bloc
from quota.core.text import Text, count, say
from quota.planning.allocate.methods import Method
from quota.planning.allocate.shares import Allocation, Share, UnitShare
from quota.render.audit.unsettled import settle_line, unsettled_lines, unsettled_plain
from quota.render.audit.words import frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.plain import frame_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import UNKNOWN, day, number, separated, signed, words

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
            _closing(allocation),
        ),
        lambda: _plain(allocation),
        lambda: _rows(allocation),
    )


def _heading(allocation: Allocation) -> list[tuple[str, str]]:
    wanted = allocation.wanted
    files = " + ".join(words(source.path) for source in allocation.inputs)
    blocs = ", ".join(words(bloc.name) for bloc in wanted.blocs)
    return [
        (words(say("Posts shared")), f"{files} · {day(allocation.as_of)}"),
        *frame_lines(allocation.frame),
        (
            words(say("Method")),
            words(say("{method}, by the low end of the norm", method=words(METHOD_NAMES[wanted.method]))),
        ),
        (words(say("Blocs")), blocs),
    ]


def _units(allocation: Allocation) -> Grid:
    wanted = allocation.wanted
    columns = [
        Column("unit", say("Unit")),
        Column("posts", say("Posts"), numeric=True),
        Column("norm", say("Norm"), numeric=True),
        Column("to_norm", say("To norm"), numeric=True),
        Column("present", say("Present"), numeric=True),
        Column("to_present", say("To present"), numeric=True),
    ]
    if wanted.before is not None:
        columns += [
            Column("before", say("Today"), numeric=True),
            Column("lost", say("Lost"), numeric=True),
        ]
    if len(wanted.blocs) > 1:
        columns += [Column(bloc, bloc.name, numeric=True) for bloc in wanted.blocs]
    columns.append(Column("binds", say("Bound")))
    rows: list[dict[str, Value]] = [_row(row) for row in allocation.units]
    return Grid("units", columns, rows, {})


def _row(row: UnitShare) -> dict[str, Value]:
    present, before = row.present, row.before
    return {
        "unit": row.unit.name,
        "posts": row.posts,
        "norm": _norm(row),
        "to_norm": signed(row.posts - row.norm),
        "present": present,
        "to_present": UNKNOWN if present is None else signed(row.posts - present),
        "before": before,
        "lost": None if before is None else before - row.posts,
        "binds": ", ".join(dict.fromkeys(bound_words(part.binds) for _, part in row.blocs if part.binds)),
        **{bloc: part.posts for bloc, part in row.blocs},
    }


def _norm(row: UnitShare) -> str:
    return number(row.norm) if row.possible == row.norm else f"{number(row.norm)} ({number(row.possible)})"


def bound_words(name: str) -> str:
    """A bound by its name, or the column as written."""
    return words(BOUND_NAMES[name]) if name in BOUND_NAMES else words(name)


def _bounds(allocation: Allocation) -> Grid:
    """How many shares each bound decides."""
    held: dict[str, list[Share]] = {}
    for row in allocation.units:
        for _, part in row.blocs:
            if part.binds:
                held.setdefault(part.binds, []).append(part)
    columns = [
        Column("bound", say("Bound")),
        Column("shares", say("Shares at it"), numeric=True),
        Column("posts", say("Posts"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {"bound": bound_words(name), "shares": len(parts), "posts": sum(part.posts for part in parts)}
        for name, parts in sorted(held.items())
    ]
    return Grid("bounds", columns, rows, {})


def _methods(allocation: Allocation) -> Grid:
    """Each method beside the one that was asked for."""
    columns = [
        Column("method", say("Method")),
        Column("otherwise", say("Units with other posts"), numeric=True),
        Column("moved", say("Posts elsewhere"), numeric=True),
        Column("lowest", say("Smallest share of its norm filled"), numeric=True),
    ]
    rows: list[dict[str, Value]] = []
    for place, method in enumerate(Method):
        differences = [row.by_method(place) - row.posts for row in allocation.units]
        rows.append(
            {
                "method": METHOD_NAMES[method],
                "otherwise": sum(difference != 0 for difference in differences),
                "moved": sum(abs(difference) for difference in differences) // 2,
                "lowest": _per_cent(allocation.paradoxes.lowest[place]),
            }
        )
    return Grid("methods", columns, rows, {})


def _per_cent(part: Fraction | None) -> str:
    if part is None:
        return UNKNOWN
    tenths = round(part * 1000)
    return separated(f"{tenths // 10:,}.{tenths % 10}") + " %"


def _closing(allocation: Allocation) -> list[Text]:
    wanted, paradoxes = allocation.wanted, allocation.paradoxes
    lines = [
        say(
            "{total} posts: {shared} for {units} units, {reserve} in reserve.",
            total=number(wanted.total),
            shared=number(allocation.posts),
            units=number(len(allocation.units)),
            reserve=number(wanted.reserve),
        )
    ]
    before = sum(row.before or 0 for row in allocation.units)
    if wanted.before is not None:
        lines.append(
            say(
                "Of {before} posts of today {lost} are cut.",
                before=number(before),
                lost=number(before - allocation.posts),
            )
        )
        if not wanted.before_assigned:
            lines.append(say("Today's posts are the norm: the table has no columns assigned_government, …"))
    if paradoxes.lose:
        lines.append(
            count(
                "With one post more in all, {n} share would be smaller by the largest remainder.",
                "With one post more in all, {n} shares would be smaller by the largest remainder.",
                n=paradoxes.lose,
            )
        )
    if paradoxes.stray:
        lines.append(
            count(
                "By Sainte-Laguë, {n} share is a post or more from the exact one.",
                "By Sainte-Laguë, {n} shares are a post or more from the exact one.",
                n=paradoxes.stray,
            )
        )
    lines.append(
        say("Counted again by plain addition: all posts are given, every floor and ceiling is kept.")
    )
    return [
        *lines,
        *unsettled_lines(allocation.unsettled, bracketed=True),
        *settle_line(allocation.unsettled),
    ]


def _plain(allocation: Allocation) -> object:
    wanted, paradoxes = allocation.wanted, allocation.paradoxes
    return {
        "quota_version": __version__,
        "frame": frame_plain(allocation.frame),
        "as_of": allocation.as_of.isoformat(),
        "inputs": [
            {"path": source.path, "sha256": source.sha256, "rows": source.rows}
            for source in allocation.inputs
        ],
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
