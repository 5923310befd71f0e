"""A folder with one small valid file of every kind, and a real run of every command over them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.commands import LEAVES, Run, example_runs

DAY = ("--as-of", "2026-11-22")
ROOT = Path(__file__).parents[2]

UNITS = """code,name,type,population,area_km2,lon,lat,province,government,party,front
00001,Xã An Bình,commune,21000,20,106.50,20.50,Toy,30,18,9
00002,Xã Bình An,commune,8000,15.5,106.55,20.52,Toy,36,20,7
00003,Phường Trung Tâm,ward,45000,8.25,106.60,20.55,Toy,50,21,12
00004,Xã Núi Cao,commune,2600,120,106.65,20.60,Toy,30,15,8
00005,Xã Đồng Xa,commune,16000,55,106.70,20.62,Toy,33,18,9
"""
POSTS = """code,name,type,population,given
00001,Xã An Bình,commune,21000,34
00002,Xã Bình An,commune,8000,32
00003,Phường Trung Tâm,ward,45000,46
"""
LATER = UNITS.replace(",21000,", ",23000,")
STAFF = """code,name,government,party,front
00001,Xã An Bình,30,18,9
00002,Xã Bình An,36,20,7
00003,Phường Trung Tâm,50,21,12
00004,Xã Núi Cao,30,15,8
00005,Xã Đồng Xa,33,18,9
"""
ASSIGNED = """code,name,assigned_government,assigned_party,assigned_front
00001,Xã An Bình,34,18,10
00002,Xã Bình An,34,20,8
00003,Phường Trung Tâm,48,22,11
00004,Xã Núi Cao,30,17,8
,Dự phòng,4,,
"""
NEIGHBOURS = """code_a,code_b,shared_border_km
00001,00002,4.5
00002,00003,2
00003,00004,7.25
00004,00005,3
"""
DISTANCES = """code_a,code_b,km
00001,00002,4.5
00001,00003,12
00002,00003,9.25
00003,00004,10
"""
HOLDERS = """code,name,people,fields
00001,Xã An Bình,3,finance
00002,Xã Bình An,2,finance;justice
00003,Phường Trung Tâm,1,home-affairs
"""
NEEDS = """code,field,needed
00001,finance,4
00002,justice,1
00003,home-affairs,3
"""
SECONDMENTS = """id,home,host,field,start,months
A1,Sở Nội vụ,00001,home-affairs,2026-08-17,6
A2,00003,00004,justice,2026-08-17,6
"""
DEPARTMENTS = """department,field,transfer,secondment,lon,lat
Sở Nội vụ,government,2,1,106.5,20.5
Sở Tư pháp,party,1,1,106.6,20.6
"""
POSITIONS = """code,position,staff,needed
00001,finance,3,1
00002,finance,0,2
00003,justice,1,1
"""
SUBSTITUTES = """from,to,cost
finance,justice,1
"""
COLUMNS = """heading,column
Residents in all,population
"""
DONE = """from_code,from_group,to_code,to_group,people,date,stuck,reason
00002,government,00001,government,2,2026-11-20,0,
"""
PEOPLE = """code,bloc,born,sex
00001,government,1966-09-30,nữ
00002,party,1965-07-01,nam
"""
TERRAIN = """code,name,province,mountain,highland,island,border
00001,Xã An Bình,Toy,no,no,no,no
,Xã Núi Cao,Toy,yes,yes,no,
"""
LEAVERS = """code,bloc,date,people
00001,government,2027-03-31,1
"""
SCENARIO = """kind: scenario
title: Thử
population: units.csv
neighbours: neighbours.csv
operations:
  - merge:
      units: ["00001", Xã Bình An]
      into: {code: "00101", name: Xã An Bình Mới, type: commune}
  - rename: {unit: "00004", to: Xã Núi Mới}
"""
PAPER = """superior: ỦY BAN NHÂN DÂN TỈNH
office: SỞ NỘI VỤ
number: 12/BC-SNV
place: Tỉnh lỵ
date: 2025-12-31
recipients: [Bộ Nội vụ, "Lưu: VT"]
position: GIÁM ĐỐC
signatory: Nguyễn Văn A
"""
FRAME = """id: ours
title: {vi: Khung thử, en: Toy frame}
status: draft
effective: {from: 2000-01-01, to: 2099-12-31}
reading: {vi: Thử, en: Toy}
sources:
  toy-law: {title: Toy law, publisher: Toy gazette, date: 2000-01-01}
minimum_population: {commune: 5000, ward: 10000, source: toy-law, note: {vi: Nhỏ, en: Small}}
blocs:
  government:
    base: 30
    increment: {posts: 2, per_residents: 2000, above: 10000, rounding: down}
    source: toy-law
  party:
    range: [16, 20]
    increment: {posts: 1, per_residents: 30000, above: 0, rounding: nearest}
    source: toy-law
  front: {range: [7, 9], source: toy-law}
unit_types:
  special_zone:
    blocs: {front: {base: 3, source: toy-law}}
    note: {vi: Đảo, en: Island}
examples:
  - {population: 12000, government: 32, party: [16, 20], front: [7, 9]}
"""
BOUNDARIES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "00001"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[106.5, 20.5], [106.6, 20.5], [106.6, 20.6], [106.5, 20.6], [106.5, 20.5]]],
            },
        }
    ],
}

TEXTS: Mapping[str, str] = {
    "units.csv": UNITS,
    "units-later.csv": LATER,
    "posts.csv": POSTS,
    "staff.csv": STAFF,
    "assigned.csv": ASSIGNED,
    "neighbours.csv": NEIGHBOURS,
    "distances.csv": DISTANCES,
    "holders.csv": HOLDERS,
    "needs.csv": NEEDS,
    "secondments.csv": SECONDMENTS,
    "departments.csv": DEPARTMENTS,
    "positions.csv": POSITIONS,
    "substitutes.csv": SUBSTITUTES,
    "columns.csv": COLUMNS,
    "done.csv": DONE,
    "people.csv": PEOPLE,
    "leavers.csv": LEAVERS,
    "terrain.csv": TERRAIN,
    "scenario.yaml": SCENARIO,
    "ours.yaml": FRAME,
    "paper.yaml": PAPER,
    "boundaries.geojson": json.dumps(BOUNDARIES),
}
"""Every kind of input a person writes, by the name of its file."""

MADE = ("audit.json", "plan.csv")
"""Inputs that the program itself wrote before."""

RULES = ("fields-2025", "redeployment-hai-phong-2025", "unit-standards-2025")


def write_province(folder: Path) -> None:
    """Every file that a person writes, and copies of the shipped rules under names of their own."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in RULES:
        text = (ROOT / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
        own = f"our-{name}"
        (folder / f"{own}.yaml").write_text(text.replace(f"id: {name}", f"id: {own}", 1), encoding="utf-8")
    shutil.copy(ROOT / "tests" / "laws" / "files" / "audit.json", folder / "audit.json")
    shutil.copy(ROOT / "tests" / "laws" / "files" / "plan.csv", folder / "plan.csv")


_BASE = ("units.csv", "--staff", "staff.csv", "--rules", "ours.yaml", *DAY)
_SEVERAL = ("--population", "units.csv", "--staff", "staff.csv", "--rules", "ours.yaml", *DAY)
_WORK = ("--fields", "holders.csv", "--needs", "needs.csv", "--field-rules", "our-fields-2025.yaml")
_GROUND = ("--terrain", "terrain.csv", "--verbose")
_LENT = ("--secondments", "secondments.csv")
_NEAR = ("--neighbours", "neighbours.csv")
_NEW = ("--standards", "our-unit-standards-2025.yaml")
_POLICY = ("--policy", "our-redeployment-hai-phong-2025.yaml")

_FULLER: Mapping[str, tuple[Run, ...]] = {
    "audit": (("audit", *_BASE, *_WORK, *_LENT, "--columns", "columns.csv", *_GROUND),),
    "explain": (("explain", "00001", *_BASE, *_WORK, *_LENT),),
    "fields": (("fields", "units.csv", "--staff", "holders.csv", *_WORK[2:], *DAY),),
    "secondments": (("secondments", "secondments.csv", *_SEVERAL, "--field-rules", "our-fields-2025.yaml"),),
    "merge": (("merge", "00001", "00002", "--name", "Xã Mới", *_SEVERAL, *_NEAR, *_NEW),),
    "simulate": (
        ("simulate", "scenario.yaml", "--staff", "staff.csv", "--rules", "ours.yaml", *_NEW, *DAY),
        ("simulate", "--compare", "scenario.yaml", "scenario.yaml", *DAY),
    ),
    "suggest": (("suggest", *_BASE, *_NEAR, *_NEW, "--minimum", "9000", "--time-limit", "5"),),
    "compare": (
        ("compare", "00001", "00002", *_SEVERAL),
        ("compare", "--peers", "00001", "--k", "2", *_SEVERAL),
    ),
    "rank": (("rank", *_BASE, "--by", "shortfall"), ("rank", *_BASE, "--group-by", "type")),
    "sensitivity": (("sensitivity", *_BASE, "--vary", "party.range.low=15,16"),),
    "borderline": (("borderline", *_BASE, "--growth", "1.2", "--years", "5"),),
    "changes": (
        ("changes", "units.csv", "units.csv", "--old-staff", "staff.csv", "--new-staff", "staff.csv", *DAY),
        ("changes", "staff.csv", "staff.csv", "--population", "units.csv", *DAY),
        ("changes", "units.csv", "units.csv", "--new-rules", "central-2025-all-residents", *DAY),
        ("changes", "audit.json", "audit.json"),
    ),
    "plan": (
        ("plan", *_BASE, *_POLICY, *_NEAR, "--departments", "departments.csv"),
        ("plan", *_BASE, *_POLICY, "--distances", "distances.csv", "--why", "00001"),
        ("plan", *_BASE, *_POLICY, "--check", "plan.csv"),
        (
            *("plan", "units.csv", *_POLICY, *DAY, "--positions", "positions.csv"),
            *("--substitutes", "substitutes.csv"),
        ),
    ),
    "path": (
        ("path", *_BASE, "--people", "people.csv", "--leavers", "leavers.csv", "--deadline", "2030-07-01"),
    ),
    "allocate": (("allocate", *_BASE, "--total", "900", "--method", "leximin"),),
    "progress": (("progress", "plan.csv", "done.csv", "--population", "units.csv", *_POLICY, *_NEAR, *DAY),),
    "bulk": (
        ("bulk", "units.csv", "OUT/bulk.csv", "--rules", "ours.yaml", *DAY),
        ("bulk", "units.csv", "OUT/bulk.parquet", "--engine", "duckdb", "--rules", "ours.yaml", *DAY),
    ),
    "report": (
        ("report", *_BASE, "--boundaries", "boundaries.geojson", "--output", "OUT/report.html"),
        ("report", *_BASE, "--paper", "paper.yaml", "--output", "OUT/report.docx"),
        ("report", *_BASE, "--format", "md"),
    ),
    "rules show": (("rules", "show", "ours.yaml"),),
    "rules check": (("rules", "check", "ours.yaml", "our-fields-2025.yaml"),),
    "rules diff": (("rules", "diff", "central-2025", "ours.yaml", "units.csv", "--staff", "staff.csv"),),
    "rules fit": (("rules", "fit", "posts.csv", "--posts", "given"),),
    "rules schema": (("rules", "schema", "--kind", "fields"),),
    "form": (
        ("form", "population", "--population", "units.csv", "--output", "OUT/form.xlsx", *DAY),
        ("form", "roster", "--province", "Hải Phòng", "--output", "OUT/roster.xlsx", *DAY),
    ),
    "read": (("read", "units.csv", "--columns", "columns.csv"), ("read", "staff.csv")),
    "check": (
        (
            *("check", "units.csv", *_NEAR, "--columns", "columns.csv"),
            *("--control-total", "92600", "--fix", "OUT/fix.csv"),
        ),
    ),
    "reconcile": (("reconcile", "units.csv", "--control-total", "92600", "--columns", "columns.csv"),),
    "data units": (("data", "units", "--province", "Huế", "--as-of", "2026-11-22"),),
}
"""Runs that try more of a command than its examples do."""

RUNS: Mapping[str, tuple[Run, ...]] = {
    words: _FULLER.get(words) or tuple([(*words.split(), *run) for run in example_runs(words)])
    for words in LEAVES
}
"""Runs of every command by its words, in a folder as above; each ends in 0 or 1."""

RECORDED = ("audit", *_BASE, "--format", "csv", "--manifest", "manifest.json")
"""The run to make before `verify`: it records itself."""


def in_folder(arguments: tuple[str, ...], out: Path) -> list[str]:
    """The run's arguments with its outputs in `out`."""
    return [argument.replace("OUT/", f"{out}/") for argument in arguments]
