#!/usr/bin/env bash
# vietnamadminunits gives communes of different provinces the same area, to the last digit, where they bear the same name.
# Installs vietnamadminunits==1.0.4 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" vietnamadminunits==1.0.4 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Two units that lie in different provinces and are called alike do not have the same area. In this table 100 of the 246
# names that several units bear have one area for all of them, though each unit has a point of its own.
from collections import defaultdict

from vietnamadminunits.database import get_data

units = get_data(table="admin_units")
by_name = defaultdict(list)
for unit in units:
    by_name[unit["ward"]].append(unit)
shared = [namesakes for namesakes in by_name.values() if len(namesakes) > 1]
alike = [namesakes for namesakes in shared if len({unit["wardAreaKm2"] for unit in namesakes}) == 1]
print(f"{len(units)} units; {len(shared)} names are borne by several; for {len(alike)} of them the area is one:")
for namesakes in alike[:5]:
    places = ", ".join(f"{unit['provinceShort']} at {unit['wardLat']} {unit['wardLon']}" for unit in namesakes)
    print(f"  {namesakes[0]['ward']}: {namesakes[0]['wardAreaKm2']} km² in {places}")
assert all(len({unit["provinceCode"] for unit in namesakes}) > 1 for namesakes in alike), "namesakes in one province"
assert (len(units), len(shared), len(alike), sum(map(len, alike))) == (3321, 246, 100, 225), "the table has changed"
PYTHON
