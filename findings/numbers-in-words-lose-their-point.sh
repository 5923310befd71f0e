#!/usr/bin/env bash
# vietnam-number reads "mười sáu chấm năm" (16.5) as 165 and "một vạn sáu" (16,000) as 16, and writes 1.5 as "mười lăm" (15) and -5 as "năm" (5), all without an error.
# Installs vietnam-number==1.0.6 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" vietnam-number==1.0.6 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Words that it does not know are passed over wherever at least one is a digit: the point, the sign, "vạn" (ten thousand),
# "tá" (a dozen). A word alone that it does not know raises ValueError, so that one expects the same of the others.
from vietnam_number import n2w, w2n

read = {text: w2n(text) for text in ["mười sáu chấm năm", "một vạn sáu", "âm năm", "một tá", "mười sáu nghìn rưỡi"]}
written = {number: n2w(number) for number in ["1.5", "-5", "16.500"]}
try:
    w2n("tá")
    alone = "read"
except ValueError:
    alone = "ValueError"
print("vietnam-number 1.0.6")
for text, found in (read | written).items():
    print(f"  {text}: {found}")
print(f"  tá: {alone}")
assert list(read.values()) == [165, 16, 5, 1, 16500], "reading has changed"
assert list(written.values()) == ["mười lăm", "năm", "mười sáu nghìn năm trăm"], "writing has changed"
assert alone == "ValueError", "refusing has changed"
PYTHON
