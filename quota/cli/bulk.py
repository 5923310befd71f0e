"""`quota bulk`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quota.cli.extras import need
from quota.cli.options import AsOf, FormatOption, FrameId, day_or_today, single
from quota.cli.waiting import watching
from quota.core.text import count, say
from quota.norms.evaluation import refuse_out_of_force
from quota.norms.loading import DEFAULT_FRAME, load_frame
from quota.render.grid import Column, Grid, Value
from quota.render.output import Output, whole_file
from quota.render.words import STATUS_NAMES, words
from quota.tables.embedded import find_table


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

    OUTPUT has the input's columns, then quota, gaps and status as in `quota audit --format csv`, and
    `problem`: the columns whose cell could not be used. Prints what was written, in sums. Needs the extra
    [bulk].
    """
    need("bulk", "narwhals", "polars" if engine is Engine.POLARS else "duckdb")
    from quota.bulk.streaming import form_of, stream

    frame = load_frame(rules)
    refuse_out_of_force(frame, day_or_today(as_of))
    path, _ = find_table(source)
    written_as = form_of(target)
    with (
        whole_file(target, [path]) as temporary,
        watching(say("Auditing …"), temporary),
    ):
        found = stream(path, temporary, frame, engine=engine.value, form=written_as)
    row: dict[str, Value] = {
        "frame": frame.id,
        "output": str(target),
        "rows": found.rows,
        "problem_rows": found.problems,
        "quota_low": found.low,
        "quota_high": found.high,
        "shortfall": found.shortfall,
        "surplus": found.surplus,
        **{f"units_{status.value}": number for status, number in found.status.items()},
    }
    Output(form).write(Grid("written", _COLUMNS, [row], {}, [say("Frame: {id}", id=frame.id)]).rendering())
    if found.problems:
        warning = count(
            "{n} row has a cell that could not be used: its column is named under problem.",
            "{n} rows have a cell that could not be used: its column is named under problem.",
            n=found.problems,
        )
        sys.stderr.write(f"{words(warning)}\n")


_COLUMNS = (
    Column("frame", say("Frame"), hidden=True),
    Column("output", say("Output"), hidden=True),
    Column("rows", say("Rows"), numeric=True),
    Column("problem_rows", say("With a problem"), numeric=True),
    Column("quota_low", say("Quota from"), numeric=True),
    Column("quota_high", say("to"), numeric=True),
    Column("shortfall", say("Shortfall"), numeric=True),
    Column("surplus", say("Surplus"), numeric=True),
    *(Column(f"units_{status.value}", name, numeric=True) for status, name in STATUS_NAMES.items()),
)

app = single(bulk)
