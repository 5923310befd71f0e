"""The same table in columns: SOURCE.csv TARGET.parquet."""

import sys

import duckdb

source, target = sys.argv[1:]
duckdb.read_csv(source, dtype={"code": "VARCHAR"}).write_parquet(target)
