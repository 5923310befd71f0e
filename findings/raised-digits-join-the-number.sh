#!/usr/bin/env bash
# The raised 1 of a footnote joins the figure: 50307 with a superscript 1 is the text 503071 in both readers.
# Installs python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

book = xlsxwriter.Workbook("residents.xlsx")
raised = book.add_format({"font_script": 1})
book.add_worksheet().write_rich_string(0, 0, "50307", raised, "1")
book.close()
calamine = CalamineWorkbook.from_path("residents.xlsx").get_sheet_by_index(0).to_python()[0][0]
plain = openpyxl.load_workbook("residents.xlsx").active["A1"].value
print("python-calamine 0.9.1:", repr(calamine), "openpyxl 3.1.5:", repr(plain))
assert calamine == plain == "503071", "a reader has changed"
PYTHON
