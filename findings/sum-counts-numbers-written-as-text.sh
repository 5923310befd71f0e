#!/usr/bin/env bash
# SUM over a column in which one cell is a number written as text adds it in formulas and leaves it out in IronCalc, pycel and LibreOffice: a province's total differs by that unit, without a word.
# Installs formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 in a temporary folder and runs them without quota, beside the LibreOffice that is installed; exits 1 where the behaviour has changed.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Text in a range is passed over by SUM and COUNT; formulas takes text that reads as a number for one in SUM, COUNT and
# SUMPRODUCT, and fails in MAX and AVERAGE. Added cell by cell, all four agree on the larger sum.
import contextlib
import io
import pathlib
import subprocess
import warnings

import xlsxwriter

warnings.filterwarnings("ignore")
import formulas  # noqa: E402  its imports warn
import ironcalc  # noqa: E402
from pycel import ExcelCompiler  # noqa: E402

texts = ["=SUM(A1:A4)", "=COUNT(A1:A4)", "=MAX(A1:A4)", "=AVERAGE(A1:A4)", "=SUMPRODUCT(A1:A4,B1:B4)", "=A1+A2+A3+A4"]
workbook = xlsxwriter.Workbook("text.xlsx")
sheet = workbook.add_worksheet("S")
for row, staff in enumerate([30, 40, "70", 20]):
    sheet.write(row, 0, staff)
    sheet.write_number(row, 1, 1)
for row, text in enumerate(texts):
    sheet.write_formula(row, 3, text, None, "")
workbook.close()

model = ironcalc.load_from_xlsx("text.xlsx", "en", "UTC", "en")
model.evaluate()
rust = [model.get_formatted_cell_value(0, row + 1, 4) for row in range(len(texts))]
compiler = ExcelCompiler("text.xlsx")
compiled = [str(compiler.evaluate(f"S!D{row + 1}")).removesuffix(".0") for row in range(len(texts))]
with contextlib.redirect_stderr(io.StringIO()):
    solution = formulas.ExcelModel().loads("text.xlsx").finish().calculate()
modelled = [str(solution[f"'[text.xlsx]S'!D{row + 1}"].value[0, 0]).removesuffix(".0") for row in range(len(texts))]

# Files of other programs are recalculated when they are opened only where the profile asks for it.
profile = pathlib.Path("profile").absolute()
(profile / "user").mkdir(parents=True)
(profile / "user" / "registrymodifications.xcu").write_text(
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
    "<value>0</value></prop></item></oor:items>"
)
soffice = ["soffice", f"-env:UserInstallation={profile.as_uri()}"]
version = subprocess.run([*soffice, "--version"], capture_output=True, text=True).stdout.strip()
subprocess.run([*soffice, "--headless", "--convert-to", "csv", "text.xlsx"], check=True, capture_output=True)
lines = [line.split(",") for line in pathlib.Path("text.csv").read_text().splitlines()]
office = [line[3] for line in lines]

print(f"formulas 1.3.4, ironcalc 0.9.1, pycel 1.0b30, {version}")
for text, *answers in zip(texts, modelled, rust, compiled, office, strict=True):
    print(f"  {text}: {', '.join(answers)}")
assert modelled == ["160", "4", "#VALUE!", "#VALUE!", "160", "160"], "formulas has changed"
assert rust == compiled == office == ["90", "3", "40", "30", "90", "160"], "another engine has changed"
PYTHON
