#!/usr/bin/env bash
# One row without its last cell: Polars and pandas fill it as unknown in silence, DuckDB makes one column of the whole file.
# Installs pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

Path("units.csv").write_text("code,residents,staff\n1,20000,34\n2,30000\n3,40000,41\n")
by_polars = pl.read_csv("units.csv").rows()
by_pandas = pd.read_csv("units.csv")["staff"].tolist()
by_duckdb = duckdb.read_csv("units.csv")
print("polars 2.1.0:", by_polars)
print("pandas 3.1.1:", by_pandas)
print("duckdb 2.0.1:", by_duckdb.columns, by_duckdb.fetchall())
assert by_polars[1] == (2, 30000, None), "Polars has changed"
assert by_pandas[0] == 34 and by_pandas[1] != by_pandas[1], "pandas has changed"
assert len(by_duckdb.columns) == 1, "DuckDB has changed"
PYTHON
