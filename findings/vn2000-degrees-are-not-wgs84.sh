#!/usr/bin/env bash
# Degrees of VN-2000 look like those of WGS 84 and are 224 m off at Hải Phòng: only their datum tells.
# Installs pyproj==3.7.2 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" pyproj==3.7.2 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import pyproj

lat, lon = 20.96, 106.33
there = pyproj.Transformer.from_crs(4756, 4326).transform(lat, lon)
metres = pyproj.Geod(ellps="WGS84").inv(lon, lat, there[1], there[0])[2]
print(f"pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}: {metres:.0f} m from {(lat, lon)} to {there}")
assert 190 < metres < 230, "PROJ has changed"
PYTHON
