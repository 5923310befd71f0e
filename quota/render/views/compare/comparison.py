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
from quota.analysis.standing.statistics import Standing
from quota.core.blocs import Bloc, total
from quota.core.text import Text, say
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import decimal, measure_name, per_post, places_of, ratios_plain
from quota.render.kit.page import Page, Sheet, inputs_line
from quota.render.kit.plain import heading_plain, problem_plain, unit_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import (
    BLOC_NAMES,
    STATUS_NAMES,
    TYPE_WORDS,
    UNKNOWN,
    day,
    gap_marks,
    interval,
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
    page = Page(heading, [_sheet(chosen)], [RANK_LINE, WISN_LINE])
    return page.rendering(
        lambda: comparison_plain(comparison), lambda: flat_rows(_unit(one) for one in chosen)
    )


def comparison_plain(comparison: Comparison) -> dict[str, object]:
    """The comparison's JSON."""
    return heading_plain(comparison.frame, comparison.as_of.isoformat(), comparison.inputs) | {
        "units": [_unit(one) for one in comparison.units],
        "problems": [problem_plain(problem) for problem in comparison.problems],
    }


def _unit(one: Compared) -> dict[str, object]:
    plain = unit_plain(one.audit)
    plain.pop("more", None)
    plain.pop("notes")
    ranks = {
        key: {"province": _standing_plain(found.province), "type": _standing_plain(found.type)}
        for key, found in one.ranks.items()
    }
    return plain | {"province": one.province} | ratios_plain(one.audit) | {"ranks": ranks}


def _standing_plain(standing: Standing | None) -> dict[str, int] | None:
    return {"rank": standing.rank, "of": standing.of} if standing else None


def _sheet(chosen: Sequence[Compared]) -> Sheet:
    columns = [Column("figure", say("Unit"), whole=True)]
    columns += [
        Column(f"unit {one.audit.unit.code}", say("{name}", name=one.audit.unit.name), whole=True)
        for one in chosen
    ]
    rows: list[dict[str, Value]] = []
    for label, *cells in _lines(chosen):
        rows.append({column.key: cell for column, cell in zip(columns, (label, *cells), strict=True)})
    return Sheet(Grid("units", columns, rows, {}))


def _lines(chosen: Sequence[Compared]) -> Iterator[list[Text | str]]:
    """Each figure of all units: a label, then a cell a unit."""
    audits = [one.audit for one in chosen]
    yield [say("Code"), *(one.unit.code for one in audits)]
    yield [say("Type"), *(TYPE_WORDS[one.unit.type] for one in audits)]
    yield [say("Province"), *(one.province or UNKNOWN for one in chosen)]
    yield [say("Residents"), *(number(one.unit.population) for one in audits)]
    yield [
        say("Area, km²"),
        *(decimal(area_of(one.unit), places_of("area_km2")) for one in audits),
    ]
    yield [say("Residents per km²"), *(decimal(density(one.unit), 0) for one in audits)]
    for bloc in Bloc:
        name = BLOC_NAMES[bloc]
        yield [
            say("{bloc}: quota, staff, gap", bloc=name),
            *(
                f"{interval(one.quota.blocs[bloc] if one.quota else None)} · {number(one.staff[bloc])} · "
                f"{gap_marks(one.gap[bloc])}"
                for one in audits
            ),
        ]
        yield [
            say("{bloc}: staff per post", bloc=name),
            *(per_post(staff_per_post(one, bloc), 2) or UNKNOWN for one in audits),
        ]
    yield [
        say("All: quota, staff, gap"),
        *(
            f"{interval(one.quota.total if one.quota else None)} · {number(total(one.staff))} · "
            f"{gap_marks(one.total_gap)}"
            for one in audits
        ),
    ]
    yield [say("All: staff per post"), *(per_post(staff_per_post(one), 2) for one in audits)]
    yield [say("Status"), *(STATUS_NAMES[one.status] for one in audits)]
    yield [
        measure_name("residents_per_civil_servant"),
        *(
            decimal(residents_per_civil_servant(one), places_of("residents_per_civil_servant"))
            for one in audits
        ),
    ]
    yield [
        measure_name("residents_per_post"),
        *(per_post(residents_per_post(one), places_of("residents_per_post")) for one in audits),
    ]
    for key in RANKED_BY:
        if any(one.ranks[key].type for one in chosen):
            yield [
                say("Rank: {measure}", measure=measure_name(key)),
                *(_ranks(one.ranks[key]) for one in chosen),
            ]


def _ranks(found: Ranks) -> str:
    return " · ".join(
        f"{number(one.rank)}/{number(one.of)}" if one else UNKNOWN for one in (found.province, found.type)
    )
