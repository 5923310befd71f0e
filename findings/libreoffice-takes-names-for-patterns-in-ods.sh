#!/usr/bin/env bash
# In an .ods without settings of its own LibreOffice looks names up as patterns: SUMIF and VLOOKUP of "Xã Tân Lập (mới)" give the figure of Xã Tân Lập mới, and that of P.1 has P11 in it; the same table as .xlsx gives each its own.
# Installs odfpy==1.4.1 openpyxl==3.1.5 in a temporary folder and runs them without quota, beside the LibreOffice that is installed; exits 1 where the behaviour has changed.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" odfpy==1.4.1 openpyxl==3.1.5 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# OpenDocument says that search criteria are regular expressions where a document says nothing of it (the attribute
# table:use-regular-expressions is true by default), and libraries that write .ods say nothing.
import csv
import pathlib
import subprocess

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

staff = {"Xã Tân Lập (mới)": 30, "Xã Tân Lập mới": 500, "P.1": 9, "P11": 1}
document, sheet = OpenDocumentSpreadsheet(), Table(name="Staff")
document.spreadsheet.addElement(sheet)
book = openpyxl.Workbook()
for number, (name, people) in enumerate(staff.items(), 1):
    row = TableRow()
    text = TableCell(valuetype="string")
    text.addElement(P(text=name))
    row.addElement(text)
    row.addElement(TableCell(valuetype="float", value=str(people)))
    row.addElement(TableCell(formula=f"of:=SUMIF([.$A$1:.$A$4];[.A{number}];[.$B$1:.$B$4])"))
    row.addElement(TableCell(formula=f"of:=VLOOKUP([.A{number}];[.$A$1:.$B$4];2;0)"))
    sheet.addElement(row)
    book.active.append([name, people, f"=SUMIF($A$1:$A$4,A{number},$B$1:$B$4)", f"=VLOOKUP(A{number},$A$1:$B$4,2,0)"])
document.save("ods.ods")
book.save("xlsx.xlsx")
profile = f"-env:UserInstallation=file://{pathlib.Path.cwd()}/profile"
utf8 = "csv:Text - txt - csv (StarCalc):44,34,76"
for name in ("ods.ods", "xlsx.xlsx"):
    subprocess.run(["soffice", profile, "--headless", "--convert-to", utf8, name], check=True, capture_output=True)
version = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.split()[1]
found = {}
for form in ("ods", "xlsx"):
    with open(f"{form}.csv", encoding="utf-8") as lines:
        found[form] = {name: (int(summed), int(looked_up)) for name, _, summed, looked_up in csv.reader(lines)}
    print(f"LibreOffice {version}, .{form}, people by SUMIF and by VLOOKUP:", found[form])
assert found["xlsx"] == {name: (people, people) for name, people in staff.items()}, "the .xlsx has changed"
assert found["ods"] == {"Xã Tân Lập (mới)": (500, 500), "Xã Tân Lập mới": (500, 500), "P.1": (10, 9), "P11": (1, 1)}, "changed"
PYTHON
