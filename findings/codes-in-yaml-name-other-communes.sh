#!/usr/bin/env bash
# Of the 3,321 codes of communes written plainly in YAML, PyYAML reads 423 as another number (00304 is octal, 196), 46 of them the code of another commune, and 569 as text; a reader of YAML 1.2 reads all as written.
# Installs PyYAML==6.0.4 ruamel.yaml==0.19.1 vietnam-provinces==2025.10.1 in a temporary folder and runs them without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" PyYAML==6.0.4 ruamel.yaml==0.19.1 vietnam-provinces==2025.10.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
import yaml
from ruamel.yaml import YAML
from vietnam_provinces import Ward

names = {f"{int(ward.code):05}": ward.name for ward in Ward.iter_all()}
text = "".join(f"- {code}\n" for code in names)  # a list of units as a rule file has it
old, new = yaml.safe_load(text), YAML(typ="safe").load(text)
read = dict(zip(names, old))
as_text = [code for code, value in read.items() if isinstance(value, str)]
other = {code: f"{value:05}" for code, value in read.items() if not isinstance(value, str) and value != int(code)}
strangers = {code: value for code, value in other.items() if value in names}
print(f"PyYAML, of {len(names)} codes: {len(as_text)} text, {len(other)} other numbers, {len(strangers)} of them the code of another commune:")
for code in sorted(strangers)[:3]:
    print(f"  {code} {names[code]} is read as {strangers[code]} {names[strangers[code]]}")
print("ruamel.yaml (YAML 1.2) reads all as written:", new == [int(code) for code in names])
assert (len(names), len(as_text), len(other), len(strangers)) == (3321, 569, 423, 46), "changed"
assert new == [int(code) for code in names], "ruamel.yaml has changed"
PYTHON
