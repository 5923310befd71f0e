#!/usr/bin/env bash
# 28.999999999999996 (0.29 * 100) becomes 29 when XlsxWriter or openpyxl write it, and stays below in CSV, JSON and Parquet: rounded down, the same table has 29 posts as a workbook and 28 as text.
# Installs XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1 polars==2.1.0 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1 polars==2.1.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import math

import openpyxl
import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

share = 0.29 * 100  # 29 % of a hundred people
book = xlsxwriter.Workbook("xlsxwriter.xlsx")
book.add_worksheet().write_number(0, 0, share)
book.close()
book = openpyxl.Workbook()
book.active.append([share])
book.save("openpyxl.xlsx")
table = pl.DataFrame({"share": [share]})
table.write_csv("share.csv")
table.write_json("share.json")
table.write_parquet("share.parquet")

read = {name: CalamineWorkbook.from_path(f"{name}.xlsx").get_sheet_by_index(0).to_python()[0][0] for name in ("xlsxwriter", "openpyxl")}
for kind, reader in {"csv": pl.read_csv, "json": pl.read_json, "parquet": pl.read_parquet}.items():
    read[kind] = reader(f"share.{kind}")["share"][0]
posts = {name: math.floor(number) for name, number in read.items()}
print("written", repr(share), "read back", {name: repr(number) for name, number in read.items()}, "rounded down", posts)
assert posts == {"xlsxwriter": 29, "openpyxl": 29, "csv": 28, "json": 28, "parquet": 28}, "changed"
PYTHON
