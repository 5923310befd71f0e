#!/usr/bin/env bash
# EDATE of 31 August and six months is 3 March in pycel and 28 February in IronCalc and formulas: an end of a secondment or of a career falls into the next month.
# Installs formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" formulas==1.3.4 ironcalc==0.9.1 pycel==1.0b30 xlsxwriter==3.3.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# A month that is too short for the day ends on its last day, so EDATE is defined; pycel keeps the day and runs over. Who
# is born on 29 February, or goes on loan on the 31st for half a year, has another last day. EOMONTH is the same in all.
import contextlib
import io
import warnings

import xlsxwriter

warnings.filterwarnings("ignore")
import formulas  # noqa: E402  its imports warn
import ironcalc  # noqa: E402
from pycel import ExcelCompiler  # noqa: E402

texts = ["=EDATE(DATE(2025,8,31),6)", "=EDATE(DATE(1964,2,29),61*12)", "=EDATE(DATE(2025,7,1),6)", "=EOMONTH(DATE(2025,8,31),6)"]
workbook = xlsxwriter.Workbook("days.xlsx")
sheet = workbook.add_worksheet("S")
for row, text in enumerate(texts):
    sheet.write_formula(row, 0, f'=TEXT({text[1:]},"yyyy-mm-dd")', None, "")
workbook.close()

model = ironcalc.load_from_xlsx("days.xlsx", "en", "UTC", "en")
model.evaluate()
rust = [model.get_formatted_cell_value(0, row + 1, 1) for row in range(len(texts))]
compiler = ExcelCompiler("days.xlsx")
compiled = [compiler.evaluate(f"S!A{row + 1}") for row in range(len(texts))]
with contextlib.redirect_stderr(io.StringIO()):
    solution = formulas.ExcelModel().loads("days.xlsx").finish().calculate()
modelled = [str(solution[f"'[days.xlsx]S'!A{row + 1}"].value[0, 0]) for row in range(len(texts))]

print("ironcalc 0.9.1, formulas 1.3.4, pycel 1.0b30")
for text, *answers in zip(texts, rust, modelled, compiled, strict=True):
    print(f"  {text}: {', '.join(answers)}")
right = ["2026-02-28", "2025-02-28", "2026-01-01", "2026-02-28"]
assert rust == right, "IronCalc has changed"
assert modelled == right, "formulas has changed"
assert compiled == ["2026-03-03", "2025-03-01", "2026-01-01", "2026-02-28"], "pycel has changed"
PYTHON
