"""Residents that seem to be thousands of people, in a file that is audited in bulk."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw

from quota.bulk.files import CSV, form_of
from quota.bulk.reading import RESIDENTS, TYPE, read, settle, without_blank_rows
from quota.core.blocs import Blocs
from quota.core.problems import InputError, refusal
from quota.core.text import say
from quota.core.units import UnitType
from quota.tables.columns.codes import LENGTH
from quota.tables.columns.headings import known_column
from quota.tables.columns.scale import few_residents, seem_thousands
from quota.tables.files.units_said import unit_at_end

_FIRST_ROWS = 7_000
"""Twice as many as there are units: with more rows, most of them are not the official ones."""


def refuse_few_residents(source: Path, blocs: Blocs) -> None:
    """`InputError` where all communes and wards have so few residents that they seem to be thousands.

    As an audit of the table asks, of most rows that are the official units by their codes. The first rows
    are enough to see it; a table that cannot be read is left to its audit.
    """
    import polars as pl

    if form_of(source) == CSV:
        scanned = without_blank_rows(pl.scan_csv(source, infer_schema=False, n_rows=_FIRST_ROWS))
    else:
        scanned = pl.scan_parquet(source, n_rows=_FIRST_ROWS)
    try:
        rows = nw.from_native(scanned.collect(), eager_only=True)
        settled = settle(rows, rows.schema, {}, blocs, looked_through=True)
    except (pl.exceptions.PolarsError, InputError):
        return
    code = next((heading for heading in rows.columns if known_column(heading) == "code"), None)
    if code is None:
        return
    heading = settled.found["population"]
    if unit_at_end(heading)[1] is not None:  # it says what it counts
        return
    counted = (
        read(rows, rows.schema, settled, blocs)
        .filter(nw.col(TYPE) != UnitType.SPECIAL_ZONE.value, nw.col(RESIDENTS) > 0)
        .select(nw.col(code).cast(nw.String), RESIDENTS)
    )
    units = [(str(code).zfill(LENGTH), residents) for code, residents in counted.iter_rows()]
    if seem_thousands(units):
        fix = say(
            'make them whole people; if they are, say so in the heading: "{heading} (người)"', heading=heading
        )
        raise refusal("few-residents", few_residents(len(units)), fix, file=str(source), column=heading)
