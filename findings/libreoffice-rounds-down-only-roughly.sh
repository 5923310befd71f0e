#!/usr/bin/env bash
# INT(0.29*100) is 29 in LibreOffice and 28 in formulas, and ROUNDUP(0.07*100,0) is 7 and 8: a share written as a decimal gives a post more or less by the engine.
# Installs formulas==1.3.4 openpyxl==3.1.5 xlsxwriter==3.3.1 in a temporary folder and runs them without quota, beside the LibreOffice that is installed; exits 1 where the behaviour has changed.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" formulas==1.3.4 openpyxl==3.1.5 xlsxwriter==3.3.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# LibreOffice takes a number that lies a hair below a whole one for the whole one before it rounds down or up; the Python
# engine rounds the binary number as it is. Where a workbook is recalculated decides whether a share of residents reaches
# the next post. Whole numbers divided last (29*100/100) are the same in both.
import contextlib
import io
import pathlib
import subprocess
import warnings

import xlsxwriter

warnings.filterwarnings("ignore")
import formulas  # noqa: E402  its imports warn

texts = ["=INT(0.29*100)", "=ROUNDDOWN(4.35*100,0)", "=ROUNDUP(0.07*100,0)", "=CEILING(0.07*100,1)", "=INT(29*100/100)"]
workbook = xlsxwriter.Workbook("shares.xlsx")
sheet = workbook.add_worksheet()
for row, text in enumerate(texts):
    sheet.write_formula(row, 0, text, None, "")
workbook.close()

# Files of other programs are recalculated when they are opened only where the profile asks for it.
profile = pathlib.Path("profile").absolute()
(profile / "user").mkdir(parents=True)
(profile / "user" / "registrymodifications.xcu").write_text(
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
    "<value>0</value></prop></item></oor:items>"
)
version = subprocess.run(["soffice", f"-env:UserInstallation={profile.as_uri()}", "--version"], capture_output=True, text=True)
subprocess.run(
    ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "csv", "shares.xlsx"],
    check=True,
    capture_output=True,
)
office = [int(float(line)) for line in pathlib.Path("shares.csv").read_text().split()]

with contextlib.redirect_stderr(io.StringIO()):
    solution = formulas.ExcelModel().loads("shares.xlsx").finish().calculate()
python = [int(solution[f"'[shares.xlsx]SHEET1'!A{row + 1}"].value[0, 0]) for row in range(len(texts))]
print(version.stdout.strip(), "beside formulas 1.3.4")
for text, left, right in zip(texts, office, python, strict=True):
    print(f"  {text}: {left} and {right}")
assert office == [29, 435, 7, 7, 29], "LibreOffice has changed"
assert python == [28, 434, 8, 8, 29], "formulas has changed"
PYTHON
