"""What an audit's file comes to, in one line of JSON: FILE [UNITS of an exported workbook's sheet]."""

import csv
import json
import sys
from pathlib import Path

import duckdb

PARTS = ("low", "high", "shortfall", "surplus")
IN_BOOK = dict(zip(PARTS, (18, 19, 21, 22), strict=True))  # columns of the sheet Units under "All"

file, *units = sys.argv[1:]
if units:
    with Path(file).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if row and row[0].isdigit()][: int(units[0])]
    found = [len(rows), *(sum(int(row[place] or 0) for row in rows) for place in IN_BOOK.values())]
else:
    read = f"read_csv('{file}', all_varchar=true)" if file.endswith(".csv") else f"read_parquet('{file}')"
    sums = ", ".join(f"sum(total_{part}::BIGINT)" for part in PARTS)
    found = list(duckdb.sql(f"SELECT count(*), {sums} FROM {read}").fetchall()[0])  # noqa: S608  (our own words)
print(json.dumps(dict(zip(("units", *PARTS), map(int, found), strict=True))))  # noqa: T201  (its output)
