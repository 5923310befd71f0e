#!/usr/bin/env bash
# DuckDB sums whole numbers as HUGEINT and writes that to Parquet as DOUBLE: 9007199254740993 comes back one less.
# Installs duckdb==2.0.1 pyarrow==26.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" duckdb==2.0.1 pyarrow==26.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import duckdb
from pyarrow import parquet

one = "SELECT sum(x) AS s FROM (VALUES (9007199254740993::BIGINT)) v(x)"
duckdb.sql(f"COPY ({one}) TO 'sums.parquet'")
within, without = duckdb.sql(one).fetchall()[0][0], parquet.read_table("sums.parquet")["s"].to_pylist()[0]
print("duckdb 2.0.1: sum", within, "as read back", without, "of type", parquet.read_schema("sums.parquet").field("s").type)
assert (within, int(without)) == (9007199254740993, 9007199254740992), "DuckDB has changed"
PYTHON
