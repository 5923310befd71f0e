#!/usr/bin/env bash
# Where one of two communes has a vertex more on their common border, rounded to six decimals, shapely says they do not touch, and the length of what they share is twice the border's (or 0 where rounding left a gap).
# Installs shapely==2.2.0 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" shapely==2.2.0 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# Two valid polygons on either side of a straight border of 0.2246 degrees; the southern one has a vertex on it that the
# northern one lacks. Six decimals are a decimetre, the usual precision of GeoJSON.
from shapely import LineString, Polygon

west, east = (106.1003, 20.1007), (106.3011, 20.2013)
north = Polygon([west, (106.1, 20.5), (106.3, 20.5), east])
border = LineString([west, east]).length
seen = {}
for part in (None, 1 / 3, 1 / 2, 0.37):
    more = [] if part is None else [tuple(round(a + (b - a) * part, 6) for a, b in zip(west, east))]
    south = Polygon([west, *more, east, (106.3, 20.0), (106.1, 20.0)])
    assert north.is_valid and south.is_valid
    seen[part] = (north.touches(south), round(north.intersection(south).length / border, 3))
print(f"shapely 2.2.0; where the vertex is: touches, shared length by that of the border: {seen}")
assert seen == {None: (True, 1.0), 1 / 3: (True, 0.0), 1 / 2: (False, 2.0), 0.37: (False, 2.0)}, "changed"
PYTHON
