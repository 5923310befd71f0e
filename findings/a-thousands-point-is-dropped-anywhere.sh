#!/usr/bin/env bash
# pandas, DuckDB and Babel, told that the thousands separator is a point, read 37.65 as 3765: they drop it wherever it stands.
# Installs pandas==3.1.1 duckdb==2.0.1 babel==2.19.0 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" pandas==3.1.1 duckdb==2.0.1 babel==2.19.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# A column of areas in km² that mixes 37.65, as English writes it, with 16.000, as Vietnamese does. The digits after a
# thousands separator are three in every language; none of the three readers holds the cell to that.
import duckdb
import pandas as pd
from babel.numbers import NumberFormatError, parse_decimal

with open("areas.csv", "w", encoding="utf-8") as file:
    file.write("code;area\n00004;37.65\n00008;16.000\n")
found = {
    "pandas 3.1.1": pd.read_csv("areas.csv", sep=";", thousands=".", decimal=",")["area"].tolist(),
    "duckdb 2.0.1": [
        area
        for (area,) in duckdb.sql(
            "SELECT area FROM read_csv('areas.csv', sep = ';', thousands = '.', decimal_separator = ',')"
        ).fetchall()
    ],
    "babel 2.19.0": [int(parse_decimal(cell, locale="vi_VN")) for cell in ("37.65", "16.000")],
}
print("37.65 and 16.000 are read as:", found)
assert all(areas == [3765, 16000] for areas in found.values()), "a reader has changed"

try:
    parse_decimal("37.65", locale="vi_VN", strict=True)
except NumberFormatError as why:
    print("babel with strict=True, which the other two lack:", why)
else:
    raise SystemExit("babel's strict reading has changed")
PYTHON
