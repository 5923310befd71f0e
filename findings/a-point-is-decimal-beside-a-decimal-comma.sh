#!/usr/bin/env bash
# Told that decimals have a comma, Polars takes a point for one as well: below 200 areas like "12,5" the text "16.000" is 16.0 and not sixteen thousand; DuckDB refuses the file and pandas leaves the column as text.
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

with open("areas.csv", "w", encoding="utf-8") as out:
    out.write("code;area_ha\n" + "00004;12,5\n" * 200 + "00008;16.000\n")

by_polars = pl.read_csv("areas.csv", separator=";", decimal_comma=True)["area_ha"].to_list()[-2:]
by_pandas = pd.read_csv("areas.csv", sep=";", decimal=",")["area_ha"].to_list()[-2:]
try:
    by_duckdb = duckdb.sql("SELECT area_ha FROM read_csv('areas.csv', delim = ';', decimal_separator = ',', types = {'area_ha': 'DOUBLE'})").fetchall()[-2:]
except duckdb.Error as why:
    by_duckdb = "refused: " + next(line for line in str(why).splitlines() if "16.000" in line and "convert" in line)
print("the last two of 200 areas 12,5 and one 16.000:")
print("polars 2.1.0, decimal_comma=True:", by_polars)
print("pandas 3.1.1, decimal=',':", by_pandas)
print("duckdb 2.0.1, decimal_separator = ',':", by_duckdb)
assert by_polars == [12.5, 16.0], "Polars has changed"
assert by_pandas == ["12,5", "16.000"], "pandas has changed"
assert str(by_duckdb).startswith("refused"), "DuckDB has changed"
PYTHON
