"""`quota bulk`."""

from __future__ import annotations

import atexit
import gc
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quota.cli.grouping import single
from quota.cli.options import AsOf, FormatOption, FrameId, day_or_today
from quota.cli.waiting import watching
from quota.core.problems import refuse_outside
from quota.core.text import count, say
from quota.norms.applying import load_norms
from quota.norms.kinds import DEFAULT_FRAME
from quota.render.kit.output import Output, mention, whole_file
from quota.render.views.reports.bulk import written_rendering
from quota.run.extras import need
from quota.run.ledger import note_file
from quota.tables.shipped.embedded import find_table, is_made_up


class Engine(StrEnum):
    """What reads, computes and writes."""

    POLARS = "polars"
    DUCKDB = "duckdb"


def bulk(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="A .csv or .parquet file with columns for type and population, and staff."
        ),
    ],
    target: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The .csv or .parquet file to write.")],
    engine: Annotated[
        Engine,
        typer.Option("--engine", help="What does the work; both give the same rows in the same order."),
    ] = Engine.POLARS,
    rules: FrameId = DEFAULT_FRAME,
    as_of: AsOf = None,
    form: FormatOption = None,
) -> None:
    """Audit a CSV or Parquet file of any size into another, in bounded memory.

    OUTPUT has the input's columns, then quota, gaps, status, frame and day as in `quota audit --format csv`,
    and `problem`: the columns whose cell could not be used. Prints what was written, in sums. Needs the extra
    [bulk].
    """
    need("bulk", "narwhals", "polars", *(["duckdb", "pyarrow"] if engine is Engine.DUCKDB else []))
    from quota.bulk.files import form_of
    from quota.bulk.streaming import stream

    if engine is Engine.DUCKDB:
        # It complains on stderr where its modules are not searched for garbage at the end.
        atexit.register(gc.unfreeze)
    day = day_or_today(as_of)
    norms = load_norms(rules, day)
    frame = norms.summary
    refuse_outside(frame.id, frame.effective_from, frame.effective_to, day)
    path, _ = find_table(source)
    written_as = form_of(target)
    with whole_file(target, [path]) as temporary, watching(say("Auditing …"), temporary):
        found = stream(
            path,
            temporary,
            norms,
            as_of=day,
            engine=engine.value,
            form=written_as,
            illustrative=is_made_up(path),
        )
        note_file(path)
    figures = {
        "rows": found.rows,
        "problem_rows": found.problems,
        "quota_low": found.low,
        "quota_high": found.high,
        "possible_low": found.possible[0] if found.possible else found.low,
        "possible_high": found.possible[1] if found.possible else found.high,
        "open_rows": found.unsettled,
        "rows_without_quota": found.without_quota,
        "shortfall": found.shortfall,
        "surplus": found.surplus,
        **{f"units_{status.value}": number for status, number in found.status.items()},
    }
    Output(form).write(written_rendering(frame.id, str(target), figures))
    if found.problems:
        warning = count(
            "{n} row has a cell that could not be used: its column is named under problem.",
            "{n} rows have a cell that could not be used: its column is named under problem.",
            n=found.problems,
        )
        mention(warning)


app = single(bulk)
