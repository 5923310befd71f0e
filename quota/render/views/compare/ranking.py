"""A ranking and its groups in all forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from quota.analysis.standing.measures import density, staff_per_post
from quota.analysis.standing.ranking import Ranked, Ranking, Summary
from quota.analysis.standing.statistics import Bin
from quota.core.blocs import total
from quota.core.results import Totals, UnitAudit
from quota.core.text import Text, say
from quota.core.units import UnitType
from quota.render.audit.columns import ASSIGNED, VACANCY
from quota.render.audit.shapes import Figure
from quota.render.audit.unsettled import norm_of, norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import (
    decimal,
    measure_name,
    per_post,
    places_of,
)
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
    signed,
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
                    "{files} · {day} · by {measure}",
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
    return Page(heading, sheets, _closing(ranking))


def _units(ranking: Ranking) -> Section:
    columns = [Column("name", say("Unit")), Column("rank", say("Rank"), numeric=True)]
    if ranking.by not in _IN_THE_TABLE:
        columns.append(Column("value", say("Ranked by"), numeric=True))
    if ranking.group_by:
        columns += [Column("in_group", say("in"), numeric=True), Column("group", say("Group"))]
    columns.append(Column("population", say("Residents"), numeric=True))
    if not ranking.group_by:
        columns.append(Column("density", say("per km²"), numeric=True))
    columns.append(Column("quota", say("Quota"), numeric=True))
    if ranking.has_staff:
        columns += [Column("staff", say("Staff"), numeric=True), Column("gap", say("Gap"), numeric=True)]
    if ranking.has_assigned:
        columns += _assigned_columns(ranking)
    elif ranking.has_staff and not ranking.group_by:
        columns.append(Column("per_post", say("WISN"), numeric=True))
    names = called(ranked.audit.unit for ranked in ranking.units)
    shown = {column.key for column in columns}
    cells = {key: cell for key, cell in _CELLS.items() if key in shown}
    rows = [
        {key: cell(ranked, ranking) for key, cell in cells.items()} | {"name": names[ranked.audit.unit.code]}
        for ranked in ranking.units
    ]
    return Section(Grid("units", columns, rows, {}), pictures=_bars(ranking))


_CELLS: Mapping[str, Callable[[Ranked, Ranking], Value]] = {
    "rank": lambda ranked, _: number(rank_of(ranked.standing)),
    "in_group": lambda ranked, _: number(rank_of(ranked.in_group)),
    "group": lambda ranked, ranking: _group_name(ranked.group, ranking.group_by),
    "population": lambda ranked, _: number(ranked.audit.unit.population),
    "density": lambda ranked, _: decimal(density(ranked.audit.unit), 0),
    "quota": lambda ranked, _: norm_words(ranked.audit.quota),
    "staff": lambda ranked, _: number(total(ranked.audit.staff)),
    "gap": lambda ranked, _: gap_marks(ranked.audit.total_gap),
    "per_post": lambda ranked, _: per_post(staff_per_post(ranked.audit), 2),
    ASSIGNED.key: lambda ranked, _: _of_all(ASSIGNED, ranked.audit),
    VACANCY.key: lambda ranked, _: _of_all(VACANCY, ranked.audit),
    "value": lambda ranked, ranking: decimal(ranked.value, places_of(ranking.by)),
}
"""What each column but the name says of a unit."""


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
    columns = [
        Column("group", say("Group")),
        Column("units", say("Units"), numeric=True),
        Column("population", say("Residents"), numeric=True),
        Column("quota", say("Posts"), numeric=True),
    ]
    if ranking.has_staff:
        columns += [
            Column("staff", say("Staff"), numeric=True),
            Column("short", say("Shortfall"), numeric=True),
            Column("over", say("Surplus"), numeric=True),
        ]
    if ranking.has_assigned:
        columns += _assigned_columns(ranking)
    rows = [_totals_row(name, summary) for name, summary in _all(ranking)]
    totals = Section(Grid("groups", columns, rows, {}))
    columns = [
        Column("group", say("Medians")),
        Column("population", say("Residents"), numeric=True),
        Column("density", say("per km²"), numeric=True),
        Column("residents_per_post", say("per post"), numeric=True),
        Column("gini_post", say("Gini"), numeric=True),
    ]
    if ranking.has_staff:
        columns += [
            Column("residents_per_civil_servant", say("per servant"), numeric=True),
            Column("gini", say("Gini"), numeric=True),
            Column("staff_per_post", say("WISN"), numeric=True),
        ]
    medians = [_medians_row(name, summary) for name, summary in _all(ranking)]
    return [totals, Section(Grid("medians", columns, medians, {}))]


def _assigned_columns(ranking: Ranking) -> list[Column]:
    """The assigned posts, and with people in post what is unfilled and who is above, each with its sign."""
    figures = (ASSIGNED, VACANCY) if ranking.has_staff else (ASSIGNED,)
    return [Column(figure.key, figure.caption, numeric=True) for figure in figures]


def _assigned(found: UnitAudit | Totals) -> dict[str, Value]:
    return {figure.key: _of_all(figure, found) for figure in (ASSIGNED, VACANCY)}


def _of_all(figure: Figure, found: UnitAudit | Totals) -> str:
    """A figure of all blocs in words."""
    return figure.shown(figure.values(found)[-1])


def _all(ranking: Ranking) -> list[tuple[Text | str, Summary]]:
    """Each group by its name, and the whole."""
    groups = [(_group_name(summary.name, ranking.group_by), summary) for summary in ranking.groups]
    return [*groups, (say("All"), ranking.whole)]


def _totals_row(name: Text | str, summary: Summary) -> dict[str, Value]:
    gap, staff = summary.totals.total_gap, [count for count in summary.totals.staff if count is not None]
    return {
        "group": name,
        "units": summary.totals.units,
        "population": summary.totals.population,
        "quota": norm_words(norm_of(summary.totals)),
        "staff": number(sum(staff) if staff else None),
        "short": signed(-gap.shortfall) if gap else UNKNOWN,
        "over": signed(gap.surplus) if gap else UNKNOWN,
        **_assigned(summary.totals),
    }


def _medians_row(name: Text | str, summary: Summary) -> dict[str, Value]:
    row: dict[str, Value] = {key: decimal(value, places_of(key)) for key, value in summary.medians.items()}
    servants, posts = (
        summary.inequality["residents_per_civil_servant"],
        summary.inequality["residents_per_post"],
    )
    return {
        **row,
        "group": name,
        "gini": decimal(servants.gini, 3),
        "gini_post": decimal(posts.gini, 3),
    }


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
    columns = [
        Column("range", measure_name(ranking.spread_of), numeric=True),
        Column("units", say("Units"), numeric=True),
    ]
    most = max(span.count for span in ranking.histogram)
    rows: list[dict[str, Value]] = [
        {"range": _bin_words(span), "units": span.count} for span in ranking.histogram
    ]
    pictures: list[Picture] = [partial(bar, span.count, most) for span in ranking.histogram]
    return [Section(Grid("histogram", columns, rows, {}), pictures=pictures)]


def _bin_words(span: Bin) -> str:
    return f"{number(span.start)} – < {number(span.end)}"


def _closing(ranking: Ranking) -> list[Text]:
    lines = [
        say(
            "Gini: half the mean difference between two units' residents per government post (or civil "
            "servant), over the mean; 0 is equal. After C. Gini, 1912; each unit counts once. "
            "WISN: staff over posts granted."
        ),
        say("Shortfall and surplus are summed separately, never netted; medians are of what is known."),
    ]
    if ranking.limit is not None:
        lines.append(say("Units are cut to --limit; totals, medians and the histogram cover all of them."))
    return [*lines, *unsettled_lines(ranking.whole.totals.unsettled, bracketed=True)]
