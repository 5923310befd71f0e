#!/usr/bin/env bash
# -1 // 2000 is 0 in the SQL of DuckDB and of Polars, and -1 in the expressions of Polars, in pandas and in narwhals over the same DuckDB table: one resident below the base, a rule by steps takes a post off or does not.
# Installs duckdb==2.0.1 polars==2.1.0 narwhals==2.29.0 pandas==3.1.1 pyarrow==26.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" duckdb==2.0.1 polars==2.1.0 narwhals==2.29.0 pandas==3.1.1 pyarrow==26.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import sqlite3

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

# 32 posts, and one more for every 2,000 residents over 16,000: a unit of 15,999
posts = "32 + (residents - 16000) {} 2000 AS posts"
table = pl.DataFrame({"residents": [15_999]})
database = duckdb.connect()
database.sql("CREATE TABLE units AS SELECT 15999::BIGINT AS residents")
lite = sqlite3.connect(":memory:")
lite.execute("CREATE TABLE units AS SELECT 15999 AS residents")
over = pa.array([15_999 - 16_000])
rule = 32 + (nw.col("residents") - 16_000) // 2_000
found = {
    "DuckDB, SQL //": database.sql(f"SELECT {posts.format('//')} FROM units").fetchall()[0][0],
    "SQLite, SQL /": lite.execute(f"SELECT {posts.format('/')} FROM units").fetchone()[0],
    "PyArrow, divide": 32 + pc.divide(over, 2_000)[0].as_py(),
    "Polars, SQL //": pl.SQLContext(units=table).execute(f"SELECT {posts.format('//')} FROM units", eager=True).item(),
    "Polars, //": table.select(32 + (pl.col("residents") - 16_000) // 2_000).item(),
    "pandas, //": int((32 + (pd.Series([15_999]) - 16_000) // 2_000)[0]),
    "narwhals over DuckDB, //": nw.from_native(database.table("units")).select(posts=rule).to_native().fetchall()[0][0],
}
print("posts of 15,999 residents; duckdb 2.0.1, polars 2.1.0, narwhals 2.29.0, pandas 3.1.1, pyarrow 26.0.1:", found)
toward_zero = {"DuckDB, SQL //", "SQLite, SQL /", "PyArrow, divide", "Polars, SQL //"}
assert found == {name: 32 if name in toward_zero else 31 for name in found}, "changed"
PYTHON
