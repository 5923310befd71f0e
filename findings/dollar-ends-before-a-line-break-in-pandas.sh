#!/usr/bin/env bash
# The same narwhals pattern takes "20000\n" for digits only in pandas: Python's $ also stands before a last line break.
# Installs narwhals==2.29.0 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" narwhals==2.29.0 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import narwhals as nw
import pandas as pd
import polars as pl

cells = ["20000", "20000\n"]
table = pl.DataFrame({"residents": cells})
found = {}
for name, native in {"polars 2.1.0": table, "pandas 3.1.1": pd.DataFrame({"residents": cells}), "pyarrow 26.0.1": table.to_arrow()}.items():
    column = nw.from_native(native).select(nw.col("residents").str.contains("^[0-9]+$"))
    found[name] = column["residents"].to_list()
print("narwhals 2.29.0, ^[0-9]+$ over", cells, found)
assert found == {"polars 2.1.0": [True, False], "pandas 3.1.1": [True, True], "pyarrow 26.0.1": [True, False]}, "changed"
PYTHON
