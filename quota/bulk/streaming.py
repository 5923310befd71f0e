"""From a file of any size to a file: read, audited and written in pieces, never whole in memory."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
from msgspec import Struct
from msgspec.structs import replace

from quota.bulk.frames import audit
from quota.bulk.notes import refuse_other_counts
from quota.bulk.reading import PROBLEM
from quota.bulk.writing import (
    PARTS,
    ROW_GROUP,
    Counted,
    rows_in_a_piece,
    same_in_arrow,
    sums,
    write_csv,
    write_parquet,
)
from quota.core.blocs import Blocs
from quota.core.problems import InputError, Problem, Severity
from quota.core.results import Status
from quota.core.text import Text, say
from quota.norms.granting import Norms
from quota.tables.files.csv_rows import refuse_swallowed
from quota.tables.files.sheets import NotATableError
from quota.tables.files.sources import refuse_other

if TYPE_CHECKING:
    from quota.norms.schema import Frame

CSV, PARQUET = ".csv", ".parquet"
_MEMORY = "700MB"
"""What DuckDB may hold before it spills to disk: with less it spends its time putting rows in order."""
_AHEAD = "32MB"
"""How far DuckDB computes ahead of what is being written: its own measure is a piece of a piece."""
_MOST_OF_A_HEADING = 1_000_000
"""Characters; a heading of a thousand columns has a tenth."""
_QUOTED = re.compile("`[^`]*(?:`|$)")
"""What Polars quotes of a file in its errors: that is of rows, not of the cell at fault."""
_PIECE = 1 << 22
_TEXT_AT_ONCE = 20_000_000
"""Bytes of a CSV file that are audited before they are written."""
_ENGINES = ("polars", "duckdb", "_duckdb", "pyarrow", "narwhals")

Audited = Callable[[Any], Any]
"""From an engine's own table to its audit, in the same engine."""


class Streamed(Struct, frozen=True):
    """What was written: rows, rows with a cell that could not be used, by status, sums of what is known.

    `low` and `high` are the posts granted in all; `shortfall` and `surplus` are never netted. None where it
    is unknown in every row.
    """

    rows: int
    problems: int
    status: dict[Status, int]
    low: int | None
    high: int | None
    shortfall: int | None
    surplus: int | None


def stream(
    source: Path,
    target: Path,
    frame: Frame | Norms,
    *,
    as_of: date,
    engine: str,
    form: str,
    illustrative: bool = False,
) -> Streamed:
    """Audit every row of `source` (`.csv` or `.parquet` by its ending) into `target`, in the order it has.

    `engine` is `polars` or `duckdb`; `form` is how `target` is written, `.csv` or `.parquet`. Cells and
    columns are taken as `quota.bulk.frames.audit` takes them, on the day `as_of`. Raises `InputError` where
    the source is no such table.
    """
    run = {"polars": _with_polars, "duckdb": _with_duckdb}[engine]
    norms = frame if isinstance(frame, Norms) else frame.norms()
    blocs = norms.summary.blocs

    def audited(table: Any) -> Any:
        rows = _without_blank_rows(table) if form_of(source) == CSV else table
        return audit(norms, rows, as_of=as_of, illustrative=illustrative, look=True)

    with _refusing(source):
        refuse_other(source)
        if form_of(source) == CSV:
            _refuse_doubled_headings(source)
            refuse_other_counts(source)
        done = _summary(run(source, target, audited, form, blocs), blocs)
        if form_of(source) == CSV and _lines_in_quotes(source, done.rows):
            with source.open(encoding="utf-8-sig", newline="") as lines:
                refuse_swallowed(lines)
        return done


def _lines_in_quotes(source: Path, rows: int) -> bool:
    """Whether the file has quotes and more lines than rows: only then can a quote have swallowed any."""
    if not any(b'"' in piece for piece in _pieces(source)):
        return False  # which is seen ten times as fast as lines are counted
    lines, last = 0, b"\n"
    for piece in _pieces(source):
        lines += piece.count(b"\n")
        last = piece[-1:]
    return lines + (last != b"\n") > rows + 1


def _rows_at_once(source: Path) -> int:
    """How many rows make a piece of text that is neither long to wait for nor much to hold."""
    if form_of(source) == PARQUET:
        return ROW_GROUP
    start = next(_pieces(source), b"")
    lines = start.count(b"\n")
    return max(_TEXT_AT_ONCE * lines // len(start), 1) if lines else ROW_GROUP


def _pieces(source: Path) -> Iterator[bytes]:
    with source.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def form_of(path: Path) -> str:
    """`.csv` or `.parquet`; `InputError` for any other ending."""
    form = path.suffix.lower()
    if form not in (CSV, PARQUET):
        raise InputError(
            [_problem(path, "unknown-form", say("neither .csv nor .parquet"), say("name a file that is"))]
        )
    return form


def _with_polars(source: Path, target: Path, audited: Audited, form: str, blocs: Blocs) -> Counted:
    import polars as pl

    def scan(path: Path, of: str) -> Any:
        if of == PARQUET:
            return pl.scan_parquet(path)
        # Only where a column has no name: an interrupt inside a function that Polars calls ends in its panic.
        naming = None if all(_header(path)) else _named
        return pl.scan_csv(path, infer_schema=False, with_column_names=naming)

    found = audited(scan(source, form_of(source)))
    if form == CSV:
        # Written and counted in one pass: to parse the text again costs half as much as to write it.
        _, counted = pl.collect_all(
            [found.sink_csv(target, lazy=True), sums(found, blocs)], engine="streaming"
        )
    else:
        found.sink_parquet(target, row_group_size=ROW_GROUP)
        counted = sums(scan(target, form), blocs).collect(engine="streaming")
    row: Counted = counted.row(0, named=True)
    return row


def _with_duckdb(source: Path, target: Path, audited: Audited, form: str, blocs: Blocs) -> Counted:
    import duckdb

    # What does not fit is spilled beside the output, on its disk, not into whatever folder the user is in.
    with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(target.parent)}) as connection:
        connection.execute(f"SET streaming_buffer_size = '{_AHEAD}'")
        if form_of(source) == PARQUET:
            table = connection.read_parquet(str(source))
        else:
            table = connection.read_csv(
                str(source),
                header=True,
                sep=",",
                quotechar='"',
                escapechar='"',
                auto_detect=False,  # which goes by the first rows, and lets later ones be something else
                columns=dict.fromkeys(_named(_header(source)), "VARCHAR"),
            )
        found = audited(table)
        if form == CSV:
            return write_csv(found.to_arrow_reader(_rows_at_once(source)), target, blocs)
        if same_in_arrow(found.types):
            write_parquet(found.to_arrow_reader(rows_in_a_piece(len(found.columns))), target)
        else:
            quoted = str(target).replace("'", "''")
            # Shared out among threads: without PRESERVE_ORDER not every query gives rows back in order.
            how = "FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true, USE_TMP_FILE false"
            connection.execute(f"COPY ({found.sql_query()}) TO '{quoted}' ({how})")
        counted = sums(connection.read_parquet(str(target)), blocs)
        return dict(zip(counted.columns, counted.fetchall()[0], strict=True))


def _without_blank_rows(table: Any) -> Any:
    """A CSV file's empty lines are no units."""
    found = nw.from_native(table)
    filled = nw.any_horizontal(
        *(~nw.col(name).is_null() for name in found.collect_schema()), ignore_nulls=True
    )
    return found.filter(filled).to_native()


def _summary(counted: Counted, blocs: Blocs) -> Streamed:
    def over_blocs(part: str) -> int | None:
        names = [f"{bloc}_{part}" for bloc in blocs]
        known = [int(counted[name] or 0) for name in names if counted[f"known {name}"]]
        return sum(known) if known else None

    return Streamed(
        int(counted["rows"] or 0),
        int(counted[PROBLEM] or 0),
        {status: int(counted[status.value] or 0) for status in Status},
        *(over_blocs(part) for part in PARTS),
    )


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        start = lines.read(_MOST_OF_A_HEADING)
    if len(start) == _MOST_OF_A_HEADING and "\n" not in start:
        message = say("its first line has more than {n} characters", n=_MOST_OF_A_HEADING)
        raise InputError(
            [_problem(path, "too-large", message, say("the first row of a table is its heading"))]
        )
    header = next(csv.reader(io.StringIO(start, newline="")), None)
    if header is None:
        raise InputError([_problem(path, "empty", say("the file is empty"))])
    return header


def _named(header: list[str]) -> list[str]:
    """The headings, with a name for a column that has none, as pandas writes its index."""
    return [heading or f"column {place}" for place, heading in enumerate(header, start=1)]


def _refuse_doubled_headings(source: Path) -> None:
    """Polars renames the second of two equal headings and carries on; DuckDB sees no capitals."""
    header = _header(source)
    times = Counter(heading.casefold() for heading in header)
    doubled = list(dict.fromkeys(heading for heading in header if times[heading.casefold()] > 1 and heading))
    if doubled:
        message = say("two columns have this heading, capitals or not")
        raise InputError(
            _problem(source, "doubled-heading", message, say("rename or remove one"), heading)
            for heading in doubled
        )


@contextmanager
def _refusing(source: Path) -> Iterator[None]:
    """What an engine, or the system, has against the source, as a problem of the source."""
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(problem, file=problem.file or str(source)) for problem in error.problems
        ) from None
    except NotATableError as error:
        said = _problem(source, error.code, error.message, error.fix)
        raise InputError([replace(said, row=error.row)]) from error
    except csv.Error as error:
        message = say("not CSV: {why}", why=error)
        fix = say("close every double quote; write a quote inside a text twice")
        raise InputError([_problem(source, "not-csv", message, fix)]) from error
    except UnicodeDecodeError:
        raise InputError([_problem(source, "not-utf-8", say("not UTF-8 text"))]) from None
    except OSError as error:
        raise InputError([_unreadable(source, error.strerror or str(error))]) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in _ENGINES:
            raise
        raise InputError([_unreadable(source, str(error))]) from error


def _unreadable(source: Path, why: str) -> Problem:
    first = why.strip().partition("\n")[0]  # after which DuckDB goes on about its settings
    first = _QUOTED.sub("…", first)
    return _problem(source, "unreadable", say("cannot be read: {why}", why=first))


def _problem(
    path: Path, code: str, message: Text, fix: Text | None = None, column: str | None = None
) -> Problem:
    return Problem(code, Severity.ERROR, message, fix, file=str(path), column=column)
