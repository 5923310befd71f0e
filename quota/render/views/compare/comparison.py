"""Units side by side in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.analysis.standing.comparing import RANKED_BY, Compared, Comparison, Ranks
from quota.analysis.standing.measures import (
    area_of,
    density,
    residents_per_civil_servant,
    residents_per_post,
    staff_per_post,
)
from quota.analysis.standing.statistics import RankAmong
from quota.core.blocs import total
from quota.core.text import LocalText, Text, say
from quota.render.audit.columns import ASSIGNED, VACANCY, decision_words
from quota.render.audit.plain import compared_plain, compared_shape
from quota.render.audit.unsettled import norm_words, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import decimal, measure_name, per_post, places_of, ratios_plain, ratios_shape
from quota.render.kit.page import Page, Section, inputs_line
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import (
    STATUS_NAMES,
    TYPE_WORDS,
    UNKNOWN,
    day,
    gap_marks,
    number,
    words,
)

WISN_LINE = say(
    "Staff per post is the WISN ratio: people in post over posts granted, under 1 is too few; of a quota "
    "that is a range, over its high end and over its low end."
)
RANK_LINE = say(
    "Ranks: in the province · among all units of the type in these tables. 1 is the greatest; equal units "
    "share a rank; a quota that is a range counts by its low end."
)


def comparison_rendering(comparison: Comparison) -> Rendering:
    """How to write a comparison."""
    heading = [(words(say("Compare")), f"{inputs_line(comparison.inputs)} · {day(comparison.as_of)}")]
    heading += [*frame_lines(comparison.frame), *beware_pairs(comparison.problems)]
    chosen = comparison.units
    page = Page(heading, [_sheet(chosen)], _closing(comparison))
    standing = {"rank": 0, "of": 0}
    ranks = {key: {"province": standing, "type": standing} for key in RANKED_BY}
    blocs = comparison.frame.blocs
    shape = compared_shape(blocs) | {"province": ""} | ratios_shape(blocs) | {"ranks": ranks}
    return page_rendering(
        page,
        lambda: comparison_plain(comparison),
        lambda: flat_rows((_unit(compared) for compared in chosen), shape),
    )


def _closing(comparison: Comparison) -> list[Text]:
    return [RANK_LINE, WISN_LINE, *unsettled_lines(comparison.unsettled, bracketed=True)]


def comparison_plain(comparison: Comparison) -> dict[str, object]:
    """The comparison's JSON."""
    return heading_plain(comparison.frame, comparison.as_of.isoformat(), comparison.inputs) | {
        "units": [_unit(compared) for compared in comparison.units],
        **unsettled_plain(comparison.unsettled),
        "problems": [problem_plain(problem) for problem in comparison.problems],
    }


def _unit(compared: Compared) -> dict[str, object]:
    ranks = {
        key: {"province": _standing_plain(found.province), "type": _standing_plain(found.type)}
        for key, found in compared.ranks.items()
    }
    plain = compared_plain(compared.audit)
    return plain | {"province": compared.province} | ratios_plain(compared.audit) | {"ranks": ranks}


def _standing_plain(standing: RankAmong | None) -> dict[str, int] | None:
    return {"rank": standing.rank, "of": standing.of} if standing else None


def _sheet(chosen: Sequence[Compared]) -> Section:
    columns = [Column("figure", say("Unit"), whole=True)]
    columns += [
        Column(f"unit {compared.audit.unit.code}", say("{name}", name=compared.audit.unit.name), whole=True)
        for compared in chosen
    ]
    rows: list[dict[str, Value]] = []
    for label, *cells in _lines(chosen):
        rows.append({column.key: cell for column, cell in zip(columns, (label, *cells), strict=True)})
    return Section(Grid("units", columns, rows, {}))


def _lines(chosen: Sequence[Compared]) -> Iterator[list[Text | str]]:
    """Each figure of all units: a label, then a cell a unit."""
    audits = [compared.audit for compared in chosen]
    yield [say("Code"), *(audited.unit.code for audited in audits)]
    yield [say("Type"), *(TYPE_WORDS[audited.unit.type] for audited in audits)]
    yield [say("Province"), *(compared.province or UNKNOWN for compared in chosen)]
    yield [say("Residents"), *(number(audited.unit.population) for audited in audits)]
    yield [
        say("Area, km²"),
        *(decimal(area_of(audited.unit), places_of("area_km2")) for audited in audits),
    ]
    yield [say("Residents per km²"), *(decimal(density(audited.unit), 0) for audited in audits)]
    for bloc in audits[0].gap.order:
        name = bloc.name
        yield [
            say("{bloc}: quota, staff, gap", bloc=name),
            *(
                f"{norm_words(audited.quota, bloc)} · "
                f"{number(audited.staff[bloc])} · {gap_marks(audited.gap[bloc])}"
                for audited in audits
            ),
        ]
        yield [
            say("{bloc}: staff per post", bloc=name),
            *(per_post(staff_per_post(audited, bloc), 2) or UNKNOWN for audited in audits),
        ]
    yield [
        say("All: quota, staff, gap"),
        *(
            f"{norm_words(audited.quota)} · {number(total(audited.staff))} · {gap_marks(audited.total_gap)}"
            for audited in audits
        ),
    ]
    if any(audited.assignment is not None for audited in audits):
        names: list[tuple[Text | LocalText, int]] = [
            *((bloc.name, place) for place, bloc in enumerate(audits[0].gap.order)),
            (say("All"), len(audits[0].gap.order)),
        ]
        for name_of, place in names:
            yield [
                say("{bloc}: assigned, unfilled", bloc=name_of),
                *(
                    " · ".join(figure.shown(figure.values(audited)[place]) for figure in (ASSIGNED, VACANCY))
                    for audited in audits
                ),
            ]
        if any(audited.unit.decision is not None for audited in audits):
            decisions = [audited.unit.decision for audited in audits]
            yield [say("Assigned by"), *(decision_words(found) if found else UNKNOWN for found in decisions)]
    yield [say("All: staff per post"), *(per_post(staff_per_post(audited), 2) for audited in audits)]
    yield [say("Status"), *(STATUS_NAMES[audited.status] for audited in audits)]
    yield [
        measure_name("residents_per_civil_servant"),
        *(
            decimal(residents_per_civil_servant(audited), places_of("residents_per_civil_servant"))
            for audited in audits
        ),
    ]
    yield [
        measure_name("residents_per_post"),
        *(per_post(residents_per_post(audited), places_of("residents_per_post")) for audited in audits),
    ]
    for key in RANKED_BY:
        if any(compared.ranks[key].type for compared in chosen):
            yield [
                say("Rank: {measure}", measure=measure_name(key)),
                *(_ranks(compared.ranks[key]) for compared in chosen),
            ]


def _ranks(found: Ranks) -> str:
    return " · ".join(
        f"{number(standing.rank)}/{number(standing.of)}" if standing else UNKNOWN
        for standing in (found.province, found.type)
    )
