"""A ranking and its groups in all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from quota.analysis.standing.measures import density, staff_per_post
from quota.analysis.standing.ranking import Ranking, Summary
from quota.core.blocs import total
from quota.core.results import Status, Totals, UnitAudit
from quota.core.text import Text, count, say
from quota.core.units import UnitType
from quota.render.audit.columns import ASSIGNED, VACANCY
from quota.render.audit.shapes import Figure
from quota.render.audit.unsettled import norm_of, norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, frame_lines, unknown_in
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.measures import decimal, measure_name, per_post, places_of
from quota.render.kit.page import Page, Picture, Section, inputs_line
from quota.render.kit.pictures import bar, gap_bar
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import (
    TYPE_WORDS,
    UNKNOWN,
    called,
    day,
    gap_marks,
    number,
    over_words,
    short_words,
    words,
)
from quota.render.views.compare.ranking_plain import (
    rank_of,
    ranked_plain,
    ranked_shape,
    ranking_plain,
    summary_plain,
    summary_shape,
)

_IN_THE_TABLE = ("population", "quota", "staff", "shortfall", "surplus")
_Row = tuple[Text | str, Summary]
T = TypeVar("T")


def ranking_rendering(ranking: Ranking) -> Rendering:
    """How to write a ranking; as CSV, the groups where there are any, else the units."""
    blocs = ranking.frame.blocs

    def rows() -> list[Sequence[Cell]]:
        if ranking.group_by:
            return flat_rows(map(summary_plain, ranking.groups), summary_shape(blocs))
        return flat_rows(map(ranked_plain, ranking.units), ranked_shape(blocs))

    return page_rendering(lambda: _page(ranking), lambda: ranking_plain(ranking), rows)


def _page(ranking: Ranking) -> Page:
    heading = [
        (
            words(say("Rank")),
            words(
                say(
                    "{files} · {day} · by {measure}, from the least"
                    if ranking.ascending
                    else "{files} · {day} · by {measure}",
                    files=inputs_line(ranking.inputs),
                    day=day(ranking.as_of),
                    measure=measure_name(ranking.by),
                )
            ),
        ),
        *frame_lines(ranking.frame),
        *beware_pairs(ranking.problems),
    ]
    sheets = [_units(ranking), *_summaries(ranking), *_histogram(ranking)]
    return Page(heading, sheets, list(_closing(ranking)))


def _units(ranking: Ranking) -> Section:
    grouped, staff = bool(ranking.group_by), ranking.has_staff
    names = called((ranked.audit.unit for ranked in ranking.units), ranking.namesakes)
    grid = table(
        ranking.units,
        Shown(say("Unit"), lambda ranked: names[ranked.audit.unit.code]),
        figures(say("Rank"), lambda ranked: number(rank_of(ranked.standing))),
        figures(
            say("Ranked by"),
            lambda ranked: decimal(ranked.value, places_of(ranking.by)),
            when=ranking.by not in _IN_THE_TABLE,
        ),
        figures(say("in"), lambda ranked: number(rank_of(ranked.in_group)), when=grouped),
        Shown(say("Group"), lambda ranked: _group_name(ranked.group, ranking.group_by), when=grouped),
        figures(say("Residents"), lambda ranked: number(ranked.audit.unit.population)),
        figures(say("per km²"), lambda ranked: decimal(density(ranked.audit.unit), 0), when=not grouped),
        figures(say("Quota"), lambda ranked: norm_words(ranked.audit.quota)),
        figures(say("Staff"), lambda ranked: number(total(ranked.audit.staff)), when=staff),
        figures(say("Gap"), lambda ranked: gap_marks(ranked.audit.total_gap), when=staff),
        *_assigned(ranking, lambda ranked: ranked.audit),
        figures(
            say("WISN"),
            lambda ranked: per_post(staff_per_post(ranked.audit), 2),
            when=staff and not grouped and not ranking.has_assigned,
        ),
    )
    return Section(grid, pictures=_bars(ranking))


def _bars(ranking: Ranking) -> list[Picture]:
    """Gaps by unit where staff is known, else the values that units are ranked by."""
    if ranking.has_staff:
        gaps = [ranked.audit.known_gap for ranked in ranking.units]
        most = max((max(gap.shortfall, gap.surplus) for gap in gaps), default=0)
        return [partial(gap_bar, gap.shortfall, gap.surplus, most) for gap in gaps]
    values = [ranked.value or 0 for ranked in ranking.units]
    most_of_all = max(values, default=0)
    return [partial(bar, value, most_of_all) for value in values]


def _summaries(ranking: Ranking) -> list[Section]:
    staff = ranking.has_staff
    totals = table(
        _all(ranking),
        Shown(say("Group"), lambda row: row[0]),
        figures(say("Units"), lambda row: row[1].totals.units),
        figures(say("Residents"), lambda row: row[1].totals.population),
        figures(
            say("Residents unknown"),
            lambda row: row[1].totals.unknown_population,
            when=bool(ranking.group_by and ranking.whole.totals.unknown_population),
        ),
        figures(say("Quota"), lambda row: norm_words(norm_of(row[1].totals))),
        figures(say("Staff"), lambda row: number(row[1].totals.total_staff), when=staff),
        figures(say("Shortfall"), lambda row: short_words(row[1].totals.total_gap), when=staff),
        figures(say("Surplus"), lambda row: over_words(row[1].totals.total_gap), when=staff),
        figures(
            say("Status unknown"),
            lambda row: row[1].totals.status[Status.UNKNOWN],
            when=bool(staff and ranking.group_by and ranking.whole.totals.status[Status.UNKNOWN]),
        ),
        *_assigned(ranking, lambda row: row[1].totals),
    )
    medians = table(
        _all(ranking),
        Shown(say("Medians"), lambda row: row[0]),
        _median(say("Residents"), "population"),
        _median(say("per km²"), "density"),
        _median(say("per post"), "residents_per_post"),
        _gini("residents_per_post"),
        _median(say("per servant"), "residents_per_civil_servant", when=staff),
        _gini("residents_per_civil_servant", when=staff),
        _median(say("WISN"), "staff_per_post", when=staff),
    )
    return [Section(totals), Section(medians)]


def _median(heading: Text, key: str, *, when: bool = True) -> Shown[_Row]:
    return figures(heading, lambda row: decimal(row[1].medians[key], places_of(key)), when=when)


def _gini(key: str, *, when: bool = True) -> Shown[_Row]:
    return figures(say("Gini"), lambda row: decimal(row[1].inequality[key].gini, 3), when=when)


def _assigned(ranking: Ranking, of: Callable[[T], UnitAudit | Totals]) -> list[Shown[T]]:
    """The assigned posts, and with people in post what is unfilled and who is above, each with its sign."""
    shown = (ASSIGNED, VACANCY) if ranking.has_staff else (ASSIGNED,)
    return [_of_all(figure, of) for figure in (shown if ranking.has_assigned else ())]


def _of_all(figure: Figure, of: Callable[[T], UnitAudit | Totals]) -> Shown[T]:
    """A figure of all blocs in words."""
    return figures(figure.caption, lambda thing: figure.shown(figure.values(of(thing))[-1]))


def _all(ranking: Ranking) -> list[_Row]:
    """Each group by its name, and the whole."""
    groups: list[_Row] = [
        (_group_name(summary.name, ranking.group_by), summary) for summary in ranking.groups
    ]
    return [*groups, (say("All"), ranking.whole)]


def _group_name(name: str | None, group_by: str | None) -> Text | str:
    """A type in words, a size as `10,000–19,999`, a province as it is."""
    if name is None:
        return UNKNOWN
    if group_by == "type":
        return TYPE_WORDS[UnitType(name)]
    if group_by != "size":
        return name
    start, _, end = name.partition("-")
    return f"{number(int(start))}–{number(int(end))}" if end else say("{n} and more", n=int(start))


def _histogram(ranking: Ranking) -> list[Section]:
    if not ranking.histogram:
        return []
    grid = table(
        ranking.histogram,
        figures(measure_name(ranking.spread_of), lambda span: f"{number(span.start)} – < {number(span.end)}"),
        figures(say("Units"), lambda span: span.count),
    )
    most = max(span.count for span in ranking.histogram)
    return [Section(grid, pictures=[partial(bar, span.count, most) for span in ranking.histogram])]


def _closing(ranking: Ranking) -> Iterator[Text]:
    yield say(
        "Gini: half the mean difference between two units' residents per government post (or civil "
        "servant), over the mean; 0 is equal. After C. Gini, 1912; each unit counts once."
    )
    yield say("Medians, Gini and the histogram are of what is known.")
    if ranking.has_staff:
        yield say("WISN: staff over posts granted.")
        yield say("Shortfall and surplus are summed separately, never netted.")
    yield from unknown_in(ranking.whole.totals)
    if ranking.limit is not None:
        yield say("Units are cut to --limit; totals, medians and the histogram cover all of them.")
    if ranking.tied:
        yield count(
            "{n} unit left out has the same rank as the last one shown.",
            "{n} units left out have the same rank as the last one shown.",
            n=ranking.tied,
        )
    yield from unsettled_lines(ranking.whole.totals.unsettled, bracketed=True)
