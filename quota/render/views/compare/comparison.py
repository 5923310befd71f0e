"""Units side by side in all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from quota.analysis.standing.comparing import RANKED_BY, Compared, Comparison, Ranks
from quota.analysis.standing.measures import (
    area_of,
    density,
    residents_per_civil_servant,
    residents_per_post,
    staff_per_post,
)
from quota.analysis.standing.statistics import RankAmong
from quota.core.blocs import Bloc
from quota.core.results import UnitAudit
from quota.core.text import Text, say
from quota.render.audit.columns import ASSIGNED, VACANCY, decision_words
from quota.render.audit.plain import compared_plain, compared_shape
from quota.render.audit.unsettled import norm_words, unsettled_lines, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, table
from quota.render.kit.measures import decimal, measure_name, per_post, ratios_plain, ratios_shape
from quota.render.kit.page import Page, Section
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import STATUS_NAMES, TYPE_WORDS, UNKNOWN, gap_marks, number

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
    inputs, frame = comparison.inputs, comparison.frame
    heading = run_lines(say("Compare"), inputs, comparison.as_of, frame, comparison.problems)
    chosen = comparison.units
    closing = [RANK_LINE, WISN_LINE, *unsettled_lines(comparison.unsettled, bracketed=True)]
    page = Page(heading, [_sheet(chosen)], closing)
    standing = {"rank": 0, "of": 0}
    ranks = {key: {"province": standing, "type": standing} for key in RANKED_BY}
    province = {"province": ""}
    shape = compared_shape(frame.blocs) | province | ratios_shape(frame.blocs) | {"ranks": ranks}
    return page_rendering(
        page,
        lambda: comparison_plain(comparison),
        lambda: flat_rows((_unit(compared) for compared in chosen), shape),
    )


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
    headings = [say("Unit"), *(say("{name}", name=compared.audit.unit.name) for compared in chosen)]
    columns = [Shown(heading, itemgetter(place), whole=True) for place, heading in enumerate(headings)]
    return Section(table(_lines(chosen), *columns))


def _lines(chosen: Sequence[Compared]) -> Iterator[list[Text | str]]:
    """Each figure of all units: a label, then a cell a unit."""
    audits = [compared.audit for compared in chosen]

    def line(label: Text, cell: Callable[[UnitAudit], Text | str]) -> list[Text | str]:
        return [label, *map(cell, audits)]

    yield line(say("Code"), lambda audited: audited.unit.code)
    yield line(say("Type"), lambda audited: TYPE_WORDS[audited.unit.type])
    yield [say("Province"), *(compared.province or UNKNOWN for compared in chosen)]
    yield line(say("Residents"), lambda audited: number(audited.unit.population))
    yield line(say("Area, km²"), lambda audited: decimal(area_of(audited.unit), 2))
    yield line(say("Residents per km²"), lambda audited: decimal(density(audited.unit), 0))
    for bloc in audits[0].gap.order:
        yield line(say("{bloc}: quota, staff, gap", bloc=bloc.name), partial(_posts_and_people, bloc=bloc))
        yield line(say("{bloc}: staff per post", bloc=bloc.name), partial(_per_post, bloc=bloc))
    yield line(say("All: quota, staff, gap"), _posts_and_people)
    if any(audited.assignment is not None for audited in audits):
        names = [*(bloc.name for bloc in audits[0].gap.order), say("All")]
        for place, name in enumerate(names):
            yield line(say("{bloc}: assigned, gap to assigned", bloc=name), partial(_assigned, place=place))
        if any(audited.unit.decision is not None for audited in audits):
            yield line(say("Assigned by"), _decision)
    yield line(say("All: staff per post"), _per_post)
    yield line(say("Status"), lambda audited: STATUS_NAMES[audited.status])
    yield line(
        measure_name("residents_per_civil_servant"),
        lambda audited: decimal(residents_per_civil_servant(audited), 1),
    )
    yield line(measure_name("residents_per_post"), lambda audited: per_post(residents_per_post(audited), 1))
    for measure in RANKED_BY:
        if any(compared.ranks[measure].type for compared in chosen):
            label = say("Rank: {measure}", measure=measure_name(measure))
            yield [label, *(_ranks(compared.ranks[measure]) for compared in chosen)]


def _posts_and_people(audited: UnitAudit, bloc: Bloc | None = None) -> str:
    """Quota, staff and gap of a bloc, or of all."""
    staff = audited.total_staff if bloc is None else audited.staff[bloc]
    gap = audited.total_gap if bloc is None else audited.gap[bloc]
    return f"{norm_words(audited.quota, bloc)} · {number(staff)} · {gap_marks(gap)}"


def _per_post(audited: UnitAudit, bloc: Bloc | None = None) -> str:
    return per_post(staff_per_post(audited, bloc), 2)


def _assigned(audited: UnitAudit, place: int) -> str:
    return " · ".join(figure.shown(figure.values(audited)[place]) for figure in (ASSIGNED, VACANCY))


def _decision(audited: UnitAudit) -> Text | str:
    return decision_words(audited.unit.decision) if audited.unit.decision else UNKNOWN


def _ranks(found: Ranks) -> str:
    return " · ".join(
        f"{number(standing.rank)}/{number(standing.of)}" if standing else UNKNOWN
        for standing in (found.province, found.type)
    )
