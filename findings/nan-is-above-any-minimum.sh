#!/usr/bin/env bash
# A missing figure that pandas wrote as NaN is above every minimum in Polars and DuckDB, and above none in pandas.
# Installs polars==2.1.0 duckdb==2.0.1 pandas==3.1.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" polars==2.1.0 duckdb==2.0.1 pandas==3.1.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import duckdb
import pandas as pd
import polars as pl

nan = float("nan")
above = {
    "polars 2.1.0": pl.DataFrame({"x": [nan]}).select(pl.col("x") > 16_000).item(),
    "duckdb 2.0.1": duckdb.sql("SELECT 'nan'::DOUBLE > 16000").fetchall()[0][0],
    "pandas 3.1.1": bool((pd.Series([nan]) > 16_000).iloc[0]),
}
print("NaN > 16000:", above)
assert above == {"polars 2.1.0": True, "duckdb 2.0.1": True, "pandas 3.1.1": False}, "an engine has changed"
PYTHON
