"""From a file of any size to a file: read, audited and written in pieces, never whole in memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from quota.bulk.files import CSV, form_of, lines_in_quotes, refuse_doubled_headings
from quota.bulk.frames import audit
from quota.bulk.notes import refuse_other_counts
from quota.bulk.reading import PROBLEM
from quota.bulk.scale import refuse_few_residents
from quota.bulk.with_duckdb import with_duckdb
from quota.bulk.with_polars import with_polars
from quota.bulk.writing import OPEN, PARTS, Counted
from quota.core.blocs import Blocs
from quota.core.problems import InputError, refusal
from quota.core.results import Status
from quota.core.text import say
from quota.core.units import UnitType
from quota.norms.granting import Norms
from quota.tables.files.csv_rows import refuse_swallowed
from quota.tables.files.sheets import NotATableError
from quota.tables.files.sources import refuse_other

if TYPE_CHECKING:
    from quota.norms.schema import Frame

_QUOTED = re.compile("`[^`]*(?:`|$)")
"""What Polars quotes of a file in its errors: that is of rows, not of the cell at fault."""
_ENGINES = ("polars", "duckdb", "_duckdb", "pyarrow", "narwhals")


class Streamed(Struct, frozen=True):
    """Counts of a written table: rows, rows with an unusable cell, rows by status, sums of what is known.

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
    without_quota: int = 0
    """Rows whose posts cannot be counted: they are in none of the sums."""
    unsettled: int = 0
    """Rows whose posts hang on what is unknown of them, as terrain: in `low` and `high` without it."""
    possible: tuple[int, int] | None = None
    """The posts granted in all where that is so; None where it changes nothing."""


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
    run = {"polars": with_polars, "duckdb": with_duckdb}[engine]
    norms = frame if isinstance(frame, Norms) else frame.norms()
    blocs = norms.summary.blocs

    def audited(table: Any, types: Mapping[str, UnitType] | None = None) -> Any:
        return audit(norms, table, as_of=as_of, illustrative=illustrative, look=True, types=types)

    with _refusing(source):
        refuse_other(source)
        if form_of(source) == CSV:
            refuse_doubled_headings(source)
            refuse_other_counts(source)
        refuse_few_residents(source, blocs)
        done = _summary(run(source, target, audited, form, norms), blocs)
        if form_of(source) == CSV and lines_in_quotes(source, done.rows):
            with source.open(encoding="utf-8-sig", newline="") as lines:
                refuse_swallowed(lines)
        return done


def _summary(counted: Counted, blocs: Blocs) -> Streamed:
    def over_blocs(part: str) -> int | None:
        names = [f"{bloc}_{part}" for bloc in blocs]
        known = [int(counted[name] or 0) for name in names if counted[f"known {name}"]]
        return sum(known) if known else None

    def possible(end: str) -> int:
        return sum(int(counted[f"{bloc}_possible_{end}"] or 0) for bloc in blocs)

    rows, unsettled = int(counted["rows"] or 0), int(counted.get(OPEN) or 0)
    low, high, shortfall, surplus = map(over_blocs, PARTS)
    return Streamed(
        rows,
        int(counted[PROBLEM] or 0),
        {status: int(counted[status.value] or 0) for status in Status},
        low,
        high,
        shortfall,
        surplus,
        without_quota=rows - int(counted[f"known {blocs[0]}_low"] or 0),
        unsettled=unsettled,
        possible=(possible("low"), possible("high")) if unsettled else None,
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
        raise refusal(error.code, error.message, error.fix, file=str(source), row=error.row) from error
    except csv.Error as error:
        message = say("not CSV: {why}", why=error)
        fix = say("close every double quote; write a quote inside a text twice")
        raise refusal("not-csv", message, fix, file=str(source)) from error
    except UnicodeDecodeError:
        raise refusal("not-utf-8", say("not UTF-8 text"), file=str(source)) from None
    except OSError as error:
        raise _unreadable(source, error.strerror or str(error)) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in _ENGINES:
            raise
        raise _unreadable(source, str(error)) from error


def _unreadable(source: Path, why: str) -> InputError:
    first = why.strip().partition("\n")[0]  # after which DuckDB goes on about its settings
    first = _QUOTED.sub("…", first)
    return refusal("unreadable", say("cannot be read: {why}", why=first), file=str(source))
