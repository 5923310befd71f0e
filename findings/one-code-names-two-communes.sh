#!/usr/bin/env bash
# Two public tables of the 3,321 units of 2025 give the same code to different communes: joined by code, they hand a unit the figures of another.
# Installs vietnam-provinces==2025.10.1 vietnamadminunits==1.0.4 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" vietnam-provinces==2025.10.1 vietnamadminunits==1.0.4 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Codes that both tables hold, in the same province, for units of different names. Names are compared without tone marks,
# case, doubled spaces and kinds of apostrophe, so that Hoà and Hòa are no difference.
import unicodedata

from vietnam_provinces import Ward
from vietnamadminunits.database import get_data


def plain(name):
    letters = unicodedata.normalize("NFD", " ".join(name.casefold().replace("’", "'").split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


first = {f"{int(ward.code):05}": (int(ward.province_code), ward.name) for ward in Ward.iter_all()}
second = {row["wardCode"]: (int(row["provinceCode"]), row["ward"]) for row in get_data(table="admin_units")}
both = sorted(first.keys() & second.keys())
differ = [code for code in both if plain(first[code][1]) != plain(second[code][1])]
print(f"{len(first)} and {len(second)} units, {len(both)} codes in both, {len(differ)} of them name two units:")
for code in differ:
    print(f"  {code}: vietnam-provinces {first[code][1]}, vietnamadminunits {second[code][1]}")
exact = set(first.values()) & set(second.values())
print(f"by province and exact name {len(exact)} of {len(first)} units are met")
assert all(first[code][0] == second[code][0] for code in differ), "a code has left its province"
assert first["00331"][1] == "Phường Yên Sở" and second["00331"][1] == "Phường Hoàng Mai", "the tables have changed"
assert (len(first), len(second), len(both), len(differ), len(exact)) == (3321, 3321, 3207, 9, 3281), "changed"
PYTHON
