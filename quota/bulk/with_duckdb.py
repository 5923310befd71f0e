"""A file audited into another by DuckDB."""

from __future__ import annotations

from pathlib import Path

from quota.bulk.files import CSV, PARQUET, form_of, header_of, named, rows_at_once
from quota.bulk.frames import Audited
from quota.bulk.reading import without_blank_rows
from quota.bulk.writing import Counted, rows_in_a_piece, same_in_arrow, sums, write_csv, write_parquet
from quota.norms.granting import Norms

_MEMORY = "700MB"
"""What DuckDB may hold before it spills to disk: with less it spends its time putting rows in order."""
_AHEAD = "32MB"
"""How far DuckDB computes ahead of what is being written: its own measure is a piece of a piece."""


def with_duckdb(source: Path, target: Path, audited: Audited, form: str, norms: Norms) -> Counted:
    """What was written, in sums; `form` is how `target` is written."""
    import duckdb

    # What does not fit is spilled beside the output, on its disk, not into whatever folder the user is in.
    with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(target.parent)}) as connection:
        connection.execute(f"SET streaming_buffer_size = '{_AHEAD}'")
        if form_of(source) == PARQUET:
            table = connection.read_parquet(str(source))
        else:
            read = connection.read_csv(
                str(source),
                header=True,
                sep=",",
                quotechar='"',
                escapechar='"',
                auto_detect=False,  # which goes by the first rows, and lets later ones be something else
                columns=dict.fromkeys(named(header_of(source)), "VARCHAR"),
            )
            table = without_blank_rows(read)
        found = audited(table)
        if form == CSV:
            return write_csv(found.to_arrow_reader(rows_at_once(source)), target, norms)
        if same_in_arrow(found.types):
            write_parquet(found.to_arrow_reader(rows_in_a_piece(len(found.columns))), target)
        else:
            quoted = str(target).replace("'", "''")
            # Shared out among threads: without PRESERVE_ORDER not every query gives rows back in order.
            how = "FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true, USE_TMP_FILE false"
            connection.execute(f"COPY ({found.sql_query()}) TO '{quoted}' ({how})")
        counted = sums(connection.read_parquet(str(target)), norms)
        return dict(zip(counted.columns, counted.fetchall()[0], strict=True))
