#!/usr/bin/env bash
# narwhals rounds halves to even over Polars and away from zero over PyArrow: the same expression, other posts.
# Installs narwhals==2.29.0 polars==2.1.0 pyarrow==26.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" narwhals==2.29.0 polars==2.1.0 pyarrow==26.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import narwhals as nw
import polars as pl
import pyarrow as pa

halves = {"x": [0.5, 1.5, 2.5, 3.5]}
rounded = {
    name: nw.from_native(table).select(nw.col("x").round(0))["x"].to_list()
    for name, table in (("polars 2.1.0", pl.DataFrame(halves)), ("pyarrow 26.0.1", pa.table(halves)))
}
print("narwhals 2.29.0, round(0) of", halves["x"], "is", rounded)
assert rounded == {"polars 2.1.0": [0, 2, 2, 4], "pyarrow 26.0.1": [1, 2, 3, 4]}, "an engine has changed"
PYTHON
