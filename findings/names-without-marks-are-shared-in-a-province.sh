#!/usr/bin/env bash
# Without tone and letter marks eight pairs of communes of one province bear one name (Xã Sơn Hà and Xã Sơn Hạ of Quảng Ngãi), and without their type ten: a table typed without marks cannot say which of them a row is.
# Installs vietnam-provinces==2025.10.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" vietnam-provinces==2025.10.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import unicodedata
from collections import defaultdict

from vietnam_provinces import Province, Ward


def bare(name):
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def untyped(name):
    for kind in ("Phường ", "Xã ", "Đặc khu "):
        name = name.removeprefix(kind)
    return name


provinces = {province.code: province.name for province in Province.iter_all()}
units = [(provinces[ward.province_code], ward.name) for ward in Ward.iter_all()]


def shared(key):
    """The names of each province that are one by this key."""
    found = defaultdict(list)
    for province, name in units:
        found[province, key(name)].append(name)
    return {place: names for place, names in found.items() if len(names) > 1}


with_marks, without, without_types = shared(untyped), shared(bare), shared(lambda name: bare(untyped(name)))
print(f"{len(units)} units; names that several units of a province bear: {len(with_marks)} with marks, even without types;")
print(f"{len(without)} without marks, {len(without_types)} without marks and types:")
for (province, _), names in sorted(without_types.items()):
    print(f"  {province}: {', '.join(names)}")
assert (len(units), len(with_marks), len(without), len(without_types)) == (3321, 0, 8, 10), "changed"
PYTHON
