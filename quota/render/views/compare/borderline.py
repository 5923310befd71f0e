"""Units near a step in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from quota.analysis.what_if.borderline import Borderline, Line, Projection
from quota.analysis.what_if.shifts import between
from quota.core.blocs import ByBloc
from quota.core.text import Text, count, say
from quota.render.audit.unsettled import IF_SO, unknown_lines, unsettled_lines, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Section
from quota.render.kit.pictures import sparkline
from quota.render.kit.plain import heading_plain, problem_plain, quota_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import called, interval, number, signed, words


def borderline_rendering(found: Borderline) -> Rendering:
    """How to write it; as CSV, the lines near a step, or with growth all lines."""
    heading = run_lines(say("Borderline"), found.inputs, found.as_of, found.frame, found.problems)
    sheets, closing = _sections(found), [*_closing(found)]
    if found.then is not None:
        for section in _sections(found.then):
            title = say("{title}, if so", title=section.title or say("Provinces"))
            sheets.append(replace(section, title=title))
        closing += unsettled_lines(found.unsettled)
        closing += [say("If so: {line}", line=_gains(found.then)), IF_SO]
    page = Page(heading, sheets, closing)
    return page_rendering(page, lambda: borderline_plain(found), lambda: flat_rows(_csv_lines(found), _SHAPE))


def _sections(found: Borderline) -> list[Section]:
    near = sorted((line for line in found.lines if line.near), key=_nearest)
    sheets = [_near(near, found.within)] if near else []
    if found.growth is not None:
        crossing = sorted((line for line in found.lines if line.crosses_in), key=_soonest)
        sheets += [_crossing(crossing)] if crossing else []
        sheets += [_by_year(found.projections), _sparklines(found.projections)]
    return sheets


def _csv_lines(found: Borderline) -> Iterator[dict[str, object]]:
    """The lines near a step, first the nearest, last those near it only if so; with growth all lines."""
    if found.growth is not None:
        order = list(range(len(found.lines)))
    else:
        near = [place for place, line in enumerate(found.lines) if line.near]
        order = sorted(near, key=lambda place: _nearest(found.lines[place]))
        if found.then is not None:
            then = found.then.lines
            order += [place for place, line in enumerate(then) if line.near and not found.lines[place].near]
    for place in order:
        plain = _line_plain(found.lines[place])
        yield plain if found.then is None else plain | {"with_unknown": _margins(found.then.lines[place])}


def borderline_plain(found: Borderline) -> dict[str, object]:
    """The JSON: every line, near or not; `with_unknown` is the same where what is unknown is so."""
    growth = found.growth
    then = {} if found.then is None else {"with_unknown": _found_plain(found.then)}
    return heading_plain(found.frame, found.as_of.isoformat(), found.inputs) | {
        "within": found.within,
        "growth_percent": float(growth.rate * 100) if growth else None,
        "years": growth.years if growth else None,
        "units": found.units,
        "unknown_population": found.unknown_population,
        **_found_plain(found),
        **unsettled_plain(found.unsettled),
        **then,
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _found_plain(found: Borderline) -> dict[str, object]:
    return {
        "lines": [_line_plain(line) for line in found.lines],
        "posts_to_gain": _counts_plain(found.to_gain),
        "posts_to_lose": _counts_plain(found.to_lose),
        "projections": [
            {
                "province": projection.name,
                "years": [
                    {"year": total.year, "population": total.residents, "quota": quota_plain(total.quota)}
                    for total in projection.years
                ],
            }
            for projection in found.projections
        ],
    }


_ABOUT = ("code", "name", "type", "province", "population", "bloc")
_MARGINS = (
    *("residents_to_next", "residents_to_fewer", "posts_to_gain", "posts_to_lose", "near"),
    *("crosses_in_years", "posts_at_crossing"),
)
_SHAPE = dict.fromkeys((*_ABOUT, *_MARGINS), "") | {"with_unknown": dict.fromkeys(_MARGINS, "")}
"""The columns of the CSV: those of a line where something unknown might change its norm."""


def _counts_plain(counts: ByBloc[int]) -> dict[str, int]:
    return dict(counts.items()) | {"total": sum(counts)}


def _line_plain(line: Line) -> dict[str, object]:
    unit = line.unit
    about = (unit.code, unit.name, unit.type.value, line.province, line.residents, line.bloc)
    return {**dict(zip(_ABOUT, about, strict=True)), **_margins(line)}


def _margins(line: Line) -> dict[str, object]:
    found = (line.margin.residents_to_next, line.margin.residents_to_fewer, line.gain, line.lose, line.near)
    return dict(zip(_MARGINS, (*found, line.crosses_in, line.crossing), strict=True))


def _nearest(line: Line) -> tuple[int, str]:
    margins = (line.margin.residents_to_next, line.margin.residents_to_fewer)
    return (min(margin for margin in margins if margin is not None), line.unit.code)


def _soonest(line: Line) -> tuple[int, str]:
    return (line.crosses_in or 0, line.unit.code)


def _near(near: Sequence[Line], within: int) -> Section:
    names = called(line.unit for line in near)
    grid = table(
        near,
        Shown(say("Unit"), lambda line: names[line.unit.code]),
        figures(say("Residents"), lambda line: line.residents),
        Shown(say("Bloc"), lambda line: line.bloc.name),
        figures(
            say("More for the next"), lambda line: number(line.margin.residents_to_next) if line.gain else ""
        ),
        figures(
            say("Fewer to lose one"), lambda line: number(line.margin.residents_to_fewer) if line.lose else ""
        ),
        figures(
            say("Posts"), lambda line: " ".join(signed(posts) for posts in (-line.lose, line.gain) if posts)
        ),
    )
    return Section(grid, say("Within {n} residents of a step", n=within))


def _crossing(crossing: Sequence[Line]) -> Section:
    names = called(line.unit for line in crossing)
    grid = table(
        crossing,
        Shown(say("Unit"), lambda line: names[line.unit.code]),
        figures(say("Residents"), lambda line: line.residents),
        Shown(say("Bloc"), lambda line: line.bloc.name),
        figures(say("Crosses in year"), lambda line: line.crosses_in),
        figures(say("Posts"), lambda line: signed(line.crossing or 0)),
    )
    return Section(grid, say("The next step of each unit that reaches one"))


def _name(projection: Projection) -> str:
    """A province, or all of them: the last projection is of no name."""
    return words(say("All")) if projection.name is None else projection.name


def _by_year(projections: Sequence[Projection]) -> Section:
    years = range(len(projections[-1].years))
    grid = table(
        years,
        figures(say("Year"), lambda place: projections[-1].years[place].year),
        *map(_posts_of, projections),
    )
    return Section(grid, say("Posts by year"))


def _posts_of(projection: Projection) -> Shown[int]:
    """A province's posts in each year."""
    quotas = [total.quota for total in projection.years]
    heading = say("{name}", name=_name(projection))
    return figures(heading, lambda place: interval(quota.total if (quota := quotas[place]) else None))


def _sparklines(projections: Sequence[Projection]) -> Section:
    grid = table(
        projections,
        Shown(say("Province"), _name),
        figures(say("Residents now"), lambda projection: number(projection.years[0].residents)),
        figures(say("in the last year"), lambda projection: number(projection.years[-1].residents)),
        figures(say("Posts"), _change),
    )
    posts = [
        [total.quota.total.high for total in projection.years if total.quota] for projection in projections
    ]
    return Section(grid, pictures=[partial(_line_of, values) for values in posts])


def _change(projection: Projection) -> str:
    first, last = projection.years[0].quota, projection.years[-1].quota
    return shift_words(between(first.total, last.total) if first and last else None)


def _line_of(values: Sequence[int], width: int) -> str:
    """A sparkline of all values, or of as many as there is room for, evenly apart."""
    if len(values) <= width:
        return sparkline(values)
    return sparkline([values[place * (len(values) - 1) // (width - 1)] for place in range(width)])


def _gains(found: Borderline) -> Text:
    return say(
        "{gain} would gain {gained} and {lose} would lose {lost} within {n} residents.",
        gain=count("{n} unit", "{n} units", n=len({line.unit.code for line in found.lines if line.gain})),
        gained=count("{n} post", "{n} posts", n=sum(found.to_gain)),
        lose=count("{n} unit", "{n} units", n=len({line.unit.code for line in found.lines if line.lose})),
        lost=count("{n} post", "{n} posts", n=sum(found.to_lose)),
        n=found.within,
    )


def _closing(found: Borderline) -> Iterator[Text]:
    yield _gains(found)
    growth = found.growth
    if growth is not None:
        yield say(
            "Every unit changes by {percent} % a year, compounded from the table's figure and cut to "
            "whole people.",
            percent=float(growth.rate * 100),
        )
        yield say(
            "{n} of {all} reach no step in {years}.",
            n=sum(line.crosses_in is None for line in found.lines),
            all=len(found.lines),
            years=count("{n} year", "{n} years", n=growth.years),
        )
    yield from unknown_lines(found.unknown_population)
