#!/usr/bin/env bash
# python-calamine gives an error cell (#DIV/0!) of an .xls as an empty text, as it gives a blank; xlrd tells them apart.
# Installs python-calamine==0.9.1 xlwt==1.3.0 xlrd==2.0.2 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" python-calamine==0.9.1 xlwt==1.3.0 xlrd==2.0.2 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import xlrd
import xlwt
from python_calamine import CalamineWorkbook

book = xlwt.Workbook()
sheet = book.add_sheet("S")
sheet.write(0, 0, "population")
sheet.row(1).set_cell_error(0, "#DIV/0!")
sheet.write(3, 0, 5)
book.save("residents.xls")
seen = CalamineWorkbook.from_path("residents.xls").get_sheet_by_index(0).to_python()
kinds = [cell.ctype for cell in xlrd.open_workbook("residents.xls").sheet_by_index(0).col(0)]
print("python-calamine 0.9.1:", seen)
print("xlrd 2.0.2, kinds (0 empty, 2 number, 5 error):", kinds)
assert seen == [["population"], [""], [""], [5]], "python-calamine has changed"
assert kinds == [1, 5, 0, 2], "xlrd has changed"
PYTHON
