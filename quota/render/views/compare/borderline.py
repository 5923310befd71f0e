"""Units near a step in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from quota.analysis.what_if.borderline import Borderline, Line, Projection
from quota.analysis.what_if.shifts import between
from quota.core.blocs import ByBloc
from quota.core.results import Quota
from quota.core.text import Text, count, say
from quota.render.audit.unsettled import IF_SO, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Picture, Section, inputs_line
from quota.render.kit.pictures import sparkline
from quota.render.kit.plain import heading_plain, problem_plain, quota_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import called, day, interval, number, signed, words


def borderline_rendering(found: Borderline) -> Rendering:
    """How to write it; as CSV, the lines near a step, or with growth all lines."""
    heading = [
        (words(say("Borderline")), f"{inputs_line(found.inputs)} · {day(found.as_of)}"),
        *frame_lines(found.frame),
        *beware_pairs(found.problems),
    ]
    sheets = _sections(found)
    closing = _closing(found)
    if found.then is not None:
        sheets += [
            replace(section, title=say("{title}, if so", title=section.title or say("Provinces")))
            for section in _sections(found.then)
        ]
        closing += [
            *unsettled_lines(found.unsettled),
            say("If so: {line}", line=_gains(found.then)),
            IF_SO,
        ]
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
                    {
                        "year": total.year,
                        "population": total.residents,
                        "quota": quota_plain(total.quota),
                    }
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
    columns = [
        Column("name", say("Unit")),
        Column("residents", say("Residents"), numeric=True),
        Column("bloc", say("Bloc")),
        Column("next", say("More for the next"), numeric=True),
        Column("fewer", say("Fewer to lose one"), numeric=True),
        Column("posts", say("Posts"), numeric=True),
    ]
    names = called(line.unit for line in near)
    rows: list[dict[str, Value]] = [
        {
            "name": names[line.unit.code],
            "residents": line.residents,
            "bloc": line.bloc.name,
            "next": number(line.margin.residents_to_next) if line.gain else "",
            "fewer": number(line.margin.residents_to_fewer) if line.lose else "",
            "posts": " ".join(signed(posts) for posts in (-line.lose, line.gain) if posts),
        }
        for line in near
    ]
    title = say("Within {n} residents of a step", n=within)
    return Section(Grid("lines", columns, rows, {}), title)


def _crossing(crossing: Sequence[Line]) -> Section:
    columns = [
        Column("name", say("Unit")),
        Column("residents", say("Residents"), numeric=True),
        Column("bloc", say("Bloc")),
        Column("year", say("Crosses in year"), numeric=True),
        Column("posts", say("Posts"), numeric=True),
    ]
    names = called(line.unit for line in crossing)
    rows: list[dict[str, Value]] = [
        {
            "name": names[line.unit.code],
            "residents": line.residents,
            "bloc": line.bloc.name,
            "year": line.crosses_in,
            "posts": signed(line.crossing or 0),
        }
        for line in crossing
    ]
    return Section(Grid("crossing", columns, rows, {}), say("The next step of each unit that reaches one"))


def _name(projection: Projection) -> str:
    """A province, or all of them: the last projection is of no name."""
    return words(say("All")) if projection.name is None else projection.name


def _by_year(projections: Sequence[Projection]) -> Section:
    keys = [f"province {place}" for place in range(len(projections))]
    columns = [Column("year", say("Year"), numeric=True)]
    columns += [
        Column(key, say("{name}", name=_name(projection)), numeric=True)
        for key, projection in zip(keys, projections, strict=True)
    ]
    rows: list[dict[str, Value]] = []
    for place, total in enumerate(projections[-1].years):
        posts = [_posts(projection.years[place].quota) for projection in projections]
        rows.append({"year": total.year, **dict(zip(keys, posts, strict=True))})
    return Section(Grid("years", columns, rows, {}), say("Posts by year"))


def _posts(quota: Quota | None) -> str:
    return interval(quota.total if quota else None)


def _sparklines(projections: Sequence[Projection]) -> Section:
    columns = [
        Column("province", say("Province")),
        Column("residents", say("Residents now"), numeric=True),
        Column("later", say("in the last year"), numeric=True),
        Column("change", say("Posts"), numeric=True),
    ]
    rows: list[dict[str, Value]] = []
    pictures: list[Picture] = []
    for projection in projections:
        first, last = projection.years[0], projection.years[-1]
        shift = between(first.quota.total, last.quota.total) if first.quota and last.quota else None
        rows.append(
            {
                "province": _name(projection),
                "residents": number(first.residents),
                "later": number(last.residents),
                "change": shift_words(shift),
            }
        )
        pictures.append(
            partial(_line_of, [total.quota.total.high for total in projection.years if total.quota])
        )
    return Section(Grid("provinces", columns, rows, {}), pictures=pictures)


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


def _closing(found: Borderline) -> list[Text]:
    lines = [_gains(found)]
    growth = found.growth
    if growth is not None:
        lines.append(
            say(
                "Every unit changes by {percent} % a year, compounded from the table's figure and cut to "
                "whole people.",
                percent=float(growth.rate * 100),
            )
        )
        still = sum(line.crosses_in is None for line in found.lines)
        lines.append(
            say(
                "{n} of {all} reach no step in {years}.",
                n=still,
                all=len(found.lines),
                years=count("{n} year", "{n} years", n=growth.years),
            )
        )
    if found.unknown_population:
        lines.append(
            count(
                "Residents unknown in {n} unit: in no figure.",
                "Residents unknown in {n} units: in no figure.",
                n=found.unknown_population,
            )
        )
    return lines
