#!/usr/bin/env bash
# strip_chars() of narwhals takes the no-break space off in Polars and pandas, and leaves it in DuckDB and PyArrow.
# Installs narwhals==2.29.0 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 duckdb==2.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" narwhals==2.29.0 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 duckdb==2.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import duckdb
import narwhals as nw
import pandas as pd
import polars as pl

table = pl.DataFrame({"residents": ["\u00a020000"]})
engines = {
    "polars": table,
    "pandas": pd.DataFrame({"residents": ["\u00a020000"]}),
    "pyarrow": table.to_arrow(),
    "duckdb": duckdb.from_arrow(table.to_arrow()),
}
found = {}
for name, native in engines.items():
    stripped = nw.from_native(native).select(nw.col("residents").str.strip_chars())
    stripped = stripped.collect() if isinstance(stripped, nw.LazyFrame) else stripped
    found[name] = stripped["residents"].to_list()[0]
print("narwhals 2.29.0:", found)
assert found == {"polars": "20000", "pandas": "20000", "pyarrow": "\u00a020000", "duckdb": "\u00a020000"}, "changed"
PYTHON
