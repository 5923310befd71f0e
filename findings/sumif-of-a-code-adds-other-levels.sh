#!/usr/bin/env bash
# SUMIF(codes,"001",staff) adds province 01 and commune 00001 to district 001 in IronCalc and pycel, and not in LibreOffice; formulas gives an error.
# Installs formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 in a temporary folder and runs them without quota, beside the LibreOffice that is installed; exits 1 where the behaviour has changed.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Before July 2025 one column of codes often held all levels: province 01, district 001, commune 00001, kept apart by their
# zeros alone and written as text. A criterion that reads as a number is compared as one by some engines, and then the three
# are equal. A comparison written out (SUMPRODUCT) is one of texts in all four.
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

texts = ['=SUMIF(A1:A3,"001",B1:B3)', '=COUNTIF(A1:A3,"001")', '=SUMPRODUCT((A1:A3="001")*B1:B3)']
workbook = xlsxwriter.Workbook("levels.xlsx")
sheet = workbook.add_worksheet("S")
for row, (code, staff) in enumerate([("01", 1000), ("001", 100), ("00001", 10)]):
    sheet.write_string(row, 0, code)
    sheet.write_number(row, 1, staff)
for row, text in enumerate(texts):
    sheet.write_formula(row, 3, text, None, "")
workbook.close()

model = ironcalc.load_from_xlsx("levels.xlsx", "en", "UTC", "en")
model.evaluate()
rust = [model.get_formatted_cell_value(0, row + 1, 4) for row in range(3)]

compiler = ExcelCompiler("levels.xlsx")
compiled = [str(int(compiler.evaluate(f"S!D{row + 1}"))) for row in range(3)]

with contextlib.redirect_stderr(io.StringIO()):
    solution = formulas.ExcelModel().loads("levels.xlsx").finish().calculate()
modelled = [str(solution[f"'[levels.xlsx]S'!D{row + 1}"].value[0, 0]).removesuffix(".0") for row in range(3)]

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
subprocess.run([*soffice, "--headless", "--convert-to", "csv", "levels.xlsx"], check=True, capture_output=True)
office = [line.split(",")[3] for line in pathlib.Path("levels.csv").read_text().splitlines()]

print(f"ironcalc 0.9.1, pycel 1.0b30, formulas 1.3.4, {version}")
for text, *answers in zip(texts, rust, compiled, modelled, office, strict=True):
    print(f"  {text}: {', '.join(answers)}")
assert rust == ["1110", "3", "100"], "IronCalc has changed"
assert compiled == ["1110", "3", "100"], "pycel has changed"
assert modelled == ["#VALUE!", "#VALUE!", "100"], "formulas has changed"
assert office == ["100", "1", "100"], "LibreOffice has changed"
PYTHON
