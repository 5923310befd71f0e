#!/usr/bin/env bash
# dateparser reads "ngày 30 tháng sáu năm 2025" as 30 December of the year it is run in, the other months in words and all in digits rightly, but for "tháng năm 2025" (May), which it does not read.
# Installs dateparser==1.5.0 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" dateparser==1.5.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Decisions are dated in words. "năm" is "year" and "five", and the name of June is lost as well: what is left of the date
# is completed from the day the program is run, here 29 November 2026. The last units of districts were in office until
# 30 June 2025.
import datetime
import warnings

warnings.filterwarnings("ignore")
import dateparser  # noqa: E402  its imports warn

MONTHS = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
settings = {"RELATIVE_BASE": datetime.datetime(2026, 11, 29)}


def read(text):
    """The day that the text is read as; None where it is not read."""
    found = dateparser.parse(text, languages=["vi"], settings=settings)
    return found and found.date()


wrong, without_day = {}, {}
for month, name in enumerate(MONTHS, 1):
    assert read(f"ngày 28 tháng {month} năm 2025") == datetime.date(2025, month, 28)
    full, short = f"ngày 28 tháng {name} năm 2025", f"tháng {name} 2025"
    if read(full) != datetime.date(2025, month, 28):
        wrong[full] = str(read(full))
    found = read(short)
    if found is None or (found.year, found.month) != (2025, month):
        without_day[short] = str(found)
print("dateparser 1.5.0")
for text, found in (wrong | without_day).items():
    print(f"  {text}: {found}")
assert wrong == {"ngày 28 tháng sáu năm 2025": "2026-12-28"}, wrong
assert without_day == {"tháng năm 2025": "None", "tháng sáu 2025": "2026-12-29"}, without_day
PYTHON
