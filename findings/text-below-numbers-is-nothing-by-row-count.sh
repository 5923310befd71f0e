#!/usr/bin/env bash
# read_excel of Polars, and fastexcel under it, turn a text below numbers into nothing, without a word, where it comes after the rows they look at; strict coercion does not stop it.
# Installs polars==2.1.0 fastexcel==0.21.0 xlsxwriter==3.3.1 pyarrow==26.0.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" polars==2.1.0 fastexcel==0.21.0 xlsxwriter==3.3.1 pyarrow==26.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# A sheet of residents, as numbers, and in its last row the text that an office types: "16.000 (tạm tính)". With 50 rows
# above it the column is text and all is there. With 150 Polars has it empty, with 1,500 fastexcel too.
import fastexcel
import polars as pl
import xlsxwriter

found = {}
for rows in (50, 150, 1500):
    workbook = xlsxwriter.Workbook("residents.xlsx")
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["code", "residents"])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"{row:05}", 10_000 + row])
    sheet.write_row(rows + 1, 0, ["99999", "16.000 (tạm tính)"])
    workbook.close()

    polars = pl.read_excel("residents.xlsx", engine="calamine")["residents"].to_list()[-1]
    try:
        loaded = fastexcel.read_excel("residents.xlsx").load_sheet(0, dtype_coercion="strict")
        strict = loaded.to_polars()["residents"].to_list()[-1]
    except fastexcel.UnsupportedColumnTypeCombinationError:
        strict = "refused"
    found[rows] = (polars, strict)
    print(f"below {rows} numbers: Polars {polars!r}, fastexcel with strict coercion {strict!r}")
assert found == {
    50: ("16.000 (tạm tính)", "refused"),
    150: (None, "refused"),
    1500: (None, None),
}, "a reader has changed"
PYTHON
