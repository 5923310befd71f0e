#!/usr/bin/env bash
# ceil(staff * 0.07) of 100 people is 7 in the SQL of DuckDB and of Polars, where 0.07 is a decimal, and 8 in the expressions of Polars, in narwhals over the same DuckDB table and in SQLite: a post more by how the same rule is asked for.
# Installs duckdb==2.0.1 polars==2.1.0 narwhals==2.29.0 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" duckdb==2.0.1 polars==2.1.0 narwhals==2.29.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import sqlite3

import duckdb
import narwhals as nw
import polars as pl

table = pl.DataFrame({"staff": [100]})
query = "SELECT ceil(staff * 0.07), floor(staff * 0.29) FROM units"
database = duckdb.connect()
database.sql("CREATE TABLE units AS SELECT 100 AS staff")
lite = sqlite3.connect(":memory:")
lite.execute("CREATE TABLE units AS SELECT 100 AS staff")
rule = [(nw.col("staff") * 0.07).ceil().alias("up"), (nw.col("staff") * 0.29).floor().alias("down")]
found = {
    "DuckDB, SQL": database.sql(query).fetchall()[0],
    "Polars, SQL": pl.SQLContext(units=table).execute(query.replace(",", " AS up,").replace(" FROM", " AS down FROM"), eager=True).row(0),
    "Polars, expressions": table.select((pl.col("staff") * 0.07).ceil().alias("up"), (pl.col("staff") * 0.29).floor().alias("down")).row(0),
    "narwhals over Polars": nw.from_native(table).select(*rule).to_native().row(0),
    "narwhals over DuckDB": nw.from_native(database.table("units")).select(*rule).to_native().fetchall()[0],
}
found = {name: tuple(map(int, row)) for name, row in found.items()}
if lite.execute("SELECT 1 FROM pragma_function_list WHERE name = 'ceil'").fetchone():  # some builds have no such functions
    found["SQLite"] = tuple(map(int, lite.execute(query).fetchone()))
print("7 % of 100 rounded up and 29 % rounded down; duckdb 2.0.1, polars 2.1.0, narwhals 2.29.0:", found)
decimal = {"DuckDB, SQL", "Polars, SQL"}
assert found == {name: (7, 29) if name in decimal else (8, 28) for name in found}, "changed"
PYTHON
