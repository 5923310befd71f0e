"""`quota rank`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quota.analysis.standing.measures import MEASURES
from quota.analysis.standing.ranking import rank as rank_units
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import AssignedFile, PopulationFiles, StaffFiles, option
from quota.cli.refusing import usage_error
from quota.core.text import say
from quota.render.views.compare.ranking import ranking_rendering


class GroupBy(StrEnum):
    """What units are grouped by."""

    TYPE = "type"
    PROVINCE = "province"
    SIZE = "size"


def _measure(text: str) -> str:
    if text not in MEASURES:
        raise usage_error(say('no key is called "{key}"; keys: {keys}', key=text, keys=", ".join(MEASURES)))
    return text


def rank(
    population: PopulationFiles = None,
    staff: StaffFiles = None,
    assigned: AssignedFile = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    by: Annotated[
        str,
        option(
            "--by",
            "KEY",
            "population, area_km2, density, residents_per_civil_servant, residents_per_post; or quota, "
            "staff, shortfall, surplus, assigned, vacant, above_assigned, staff_per_post, these also by "
            "bloc: government_shortfall.",
            callback=_measure,
        ),
    ] = "population",
    ascending: Annotated[
        bool, typer.Option("--ascending", help="Rank 1 is the least, not the greatest.")
    ] = False,
    group_by: Annotated[
        GroupBy | None,
        typer.Option(
            "--group-by",
            help="Group the units, rank them in their groups, and sum the groups up; "
            "sizes begin at 0, 10,000, 20,000, 30,000, 50,000 and 100,000 residents.",
        ),
    ] = None,
    limit: Annotated[
        int | None, option("--limit", "N", "Show the first N units of each group.", min=1)
    ] = None,
    how: Handling = AS_USUAL,
) -> None:
    """Units by any measure, with summaries by type, province or size.

    Several tables are read as one. As CSV: a row a unit, or with --group-by a row a group.
    """
    day = under.day()
    norms = under.norms(day)
    blocs = norms.summary.blocs
    units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=blocs)
    ranking = rank_units(
        units,
        norms,
        staff_table,
        read_assignment(assigned, how, blocs),
        by=by,
        group_by=group_by.value if group_by else None,
        ascending=ascending,
        limit=limit,
        as_of=day,
    )
    how.answer(ranking_rendering(ranking), ranking.problems)


app = single(rank)
