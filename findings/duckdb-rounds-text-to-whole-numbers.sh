#!/usr/bin/env bash
# DuckDB makes 16001 people of the text 16000.5 (TRY_CAST to BIGINT), where Polars gives null even for 16000.0.
# Installs duckdb==2.0.1 polars==2.1.0 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" duckdb==2.0.1 polars==2.1.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import duckdb
import polars as pl

texts = ["16000.0", "16000.5", " 16000", "1e3"]
by_duckdb = [duckdb.execute("SELECT TRY_CAST(? AS BIGINT)", [text]).fetchone()[0] for text in texts]
by_polars = pl.Series(texts).cast(pl.Int64, strict=False).to_list()
print(texts, "duckdb 2.0.1:", by_duckdb, "polars 2.1.0:", by_polars)
assert by_duckdb == [16000, 16001, 16000, 1000], "DuckDB has changed"
assert by_polars == [None] * 4, "Polars has changed"
PYTHON
