"""`quota fields`."""

from __future__ import annotations

from typing import Annotated

from quota.analysis.work.covering import field_report
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.grouping import single
from quota.cli.inputs import read_population, refuse_empty, settled
from quota.cli.options import AsOf, FieldRulesId, NeedsFile, PopulationFile, day_or_today, file_option, option
from quota.core.problems import refusal
from quota.core.text import say
from quota.norms.kinds import DEFAULT_FIELDS
from quota.norms.loading import load_fields
from quota.render.views.people.fields import fields_rendering
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.shipped.embedded import DEFAULT_HOLDERS, DEFAULT_NEEDS, DEFAULT_POPULATION


def fields(
    population: PopulationFile = None,
    staff: Annotated[
        str | None,
        file_option(
            "--staff",
            "Who covers which field: code, people, fields (separated by ;). Without one, and without "
            "POPULATION: Hải Phòng's sample.",
        ),
    ] = None,
    needs: NeedsFile = None,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    as_of: AsOf = None,
    limit: Annotated[
        int | None, option("--limit", "N", "Show the first N units. Totals stay whole.", min=1)
    ] = None,
    how: Handling = AS_USUAL,
) -> None:
    """Who covers which field of work, what nobody covers, who is short.

    A person who covers several fields counts as covering each, and as one person. At least one person a field
    is this program's default check, not a norm; shortage and surplus are told only where needs are given.
    """
    refuse_empty(population, staff, needs)
    if population is None and staff is None:
        staff, needs = DEFAULT_HOLDERS, needs if needs is not None else DEFAULT_NEEDS
    if staff is None:
        message, fix = say("no table says who covers which field"), say("give it with --staff FILE")
        raise refusal("no-fields", message, fix)
    tables = [population if population is not None else DEFAULT_POPULATION]
    report = field_report(
        read_population(tables, settled(how, population=tables)),
        read_holders(staff, how.options()),
        load_fields(field_rules),
        read_needs(needs, how.options()) if needs is not None else None,
        as_of=day_or_today(as_of),
    )
    how.answer(fields_rendering(report, limit), report.problems)


app = single(fields)
