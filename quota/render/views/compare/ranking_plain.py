"""A ranking's JSON and the rows of its CSV."""

from __future__ import annotations

from quota.analysis.standing.ranking import MEDIANS, UNEQUAL, Ranked, Ranking, Summary
from quota.analysis.standing.statistics import RankAmong
from quota.core.blocs import Blocs
from quota.render.audit.plain import compared_plain, compared_shape, totals_plain, totals_shape
from quota.render.kit.measures import (
    figure,
    ratios_plain,
    ratios_shape,
)
from quota.render.kit.plain import heading_plain, problem_plain

_RANKS = ("province", "group", "value", "rank", "rank_in_group")


def ranking_plain(ranking: Ranking) -> dict[str, object]:
    """The ranking's JSON."""
    return heading_plain(ranking.frame, ranking.as_of.isoformat(), ranking.inputs) | {
        "by": ranking.by,
        "group_by": ranking.group_by,
        "ascending": ranking.ascending,
        "limit": ranking.limit,
        "tied_left_out": ranking.tied,
        "units": [ranked_plain(ranked) for ranked in ranking.units],
        "all": summary_plain(ranking.whole),
        "groups": [summary_plain(summary) for summary in ranking.groups],
        "histogram": {
            "of": ranking.spread_of,
            "bins": [{"from": span.start, "to": span.end, "units": span.count} for span in ranking.histogram],
        },
        "problems": [problem_plain(problem) for problem in ranking.problems],
    }


def ranked_plain(ranked: Ranked) -> dict[str, object]:
    ranks = (
        ranked.province,
        ranked.group,
        figure(ranked.value),
        rank_of(ranked.standing),
        rank_of(ranked.in_group),
    )
    return compared_plain(ranked.audit) | dict(zip(_RANKS, ranks, strict=True)) | ratios_plain(ranked.audit)


def ranked_shape(blocs: Blocs) -> dict[str, object]:
    return compared_shape(blocs) | dict.fromkeys(_RANKS, "") | ratios_shape(blocs)


def rank_of(standing: RankAmong | None) -> int | None:
    return standing.rank if standing else None


def summary_plain(summary: Summary) -> dict[str, object]:
    unequal = {
        key: {"value": figure(found.gini), "units": found.units} for key, found in summary.inequality.items()
    }
    medians = {key: figure(value) for key, value in summary.medians.items()}
    return {"group": summary.name, **totals_plain(summary.totals), "medians": medians, "gini": unequal}


def summary_shape(blocs: Blocs) -> dict[str, object]:
    unequal = {key: {"value": 0, "units": 0} for key in UNEQUAL}
    return {"group": "", **totals_shape(blocs), "medians": dict.fromkeys(MEDIANS, 0), "gini": unequal}
