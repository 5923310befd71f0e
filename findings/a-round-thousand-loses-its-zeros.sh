#!/usr/bin/env bash
# Asked for a whole number, pydantic and msgspec take the text "16.000" for 16 and refuse "16.001": of a Vietnamese column only the round thousands come through, a thousand times too small.
# Installs pydantic==2.14.4 msgspec==0.22.0 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" pydantic==2.14.4 msgspec==0.22.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import msgspec
from pydantic import BaseModel, ValidationError


class Unit(BaseModel):
    residents: int


class Row(msgspec.Struct):
    residents: int


def by_pydantic(text):
    try:
        return Unit(residents=text).residents
    except ValidationError:
        return "refused"


def by_msgspec(text):
    try:
        return msgspec.convert({"residents": text}, Row, strict=False).residents
    except msgspec.ValidationError:
        return "refused"


def by_int(text):
    try:
        return int(text)
    except ValueError:
        return "refused"


texts = ["16.000", "20.000", "16.001", "16,000", "1.600.000"]
found = {read.__name__: [read(text) for text in texts] for read in (by_pydantic, by_msgspec, by_int)}
print("residents of", texts, "by pydantic 2.14.4, msgspec 0.22.0 (strict=False) and int():", found)
assert found["by_pydantic"] == [16, 20, "refused", "refused", "refused"], "pydantic has changed"
assert found["by_msgspec"] == [16, 20, "refused", "refused", "refused"], "msgspec has changed"
assert found["by_int"] == ["refused"] * 5
PYTHON
