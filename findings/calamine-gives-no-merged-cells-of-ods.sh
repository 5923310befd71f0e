#!/usr/bin/env bash
# Merged cells of an .xlsx are told by python-calamine; of the same table as .ods they are None, and the cells below are just empty.
# Installs python-calamine==0.9.1 odfpy==1.4.1 openpyxl==3.1.5 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" python-calamine==0.9.1 odfpy==1.4.1 openpyxl==3.1.5 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active.append(["Cao Bằng", "Xã Hưng Đạo"])
book.active.append([None, "Xã Bảo Lạc"])
book.active.merge_cells("A1:A2")
book.save("merged.xlsx")
document = OpenDocumentSpreadsheet()
table = Table(name="Sheet1")
for place, unit in enumerate(("Xã Hưng Đạo", "Xã Bảo Lạc")):
    row = TableRow()
    province = TableCell(valuetype="string", numberrowsspanned=2, numbercolumnsspanned=1) if place == 0 else CoveredTableCell()
    if place == 0:
        province.addElement(P(text="Cao Bằng"))
    name = TableCell(valuetype="string")
    name.addElement(P(text=unit))
    row.addElement(province)
    row.addElement(name)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("merged.ods")
found = {}
for path in ("merged.xlsx", "merged.ods"):
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    found[path] = (sheet.merged_cell_ranges, sheet.to_python())
    print("python-calamine 0.9.1,", path, *found[path])
assert found["merged.xlsx"][0] == [((0, 0), (1, 0))], "xlsx has changed"
assert found["merged.ods"] == (None, [["Cao Bằng", "Xã Hưng Đạo"], ["", "Xã Bảo Lạc"]]), "ods has changed"
PYTHON
