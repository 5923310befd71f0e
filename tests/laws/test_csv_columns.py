"""The columns of these CSV files follow from the command and its frame, never from what the tables say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import LEAVES, forms, over_units

HEAD = "code,name,type,population,government,party,front,mountain"
TABLES = {
    "all known": ["00025,Xã A,xã,18000,33,17,9,không", "10525,Xã B,xã,20000,34,20,9,có"],
    "terrain unknown": ["00025,Xã A,xã,18000,33,17,9,", "10525,Xã B,xã,20000,34,20,9,có"],
    "staff unknown": ["00025,Xã A,xã,18000,,,,không", "10525,Xã B,xã,20000,,,,có"],
    "residents unknown": ["00025,Xã A,xã,,33,17,9,không", "10525,Xã B,xã,20000,34,20,9,"],
    "nothing amiss": ["00025,Xã A,xã,16000,32,17,9,không", "10525,Xã B,xã,18000,33,18,8,không"],
}
_TOLD = {
    "audit, no terrain": ("audit", "TABLE", "--rules", "central-2025"),
    "explain": ("explain", "10525", "TABLE"),
    "changes": ("changes", "TABLE", "OTHER"),
    "allocate": ("allocate", "TABLE", "--total", "140"),
    "compare": ("compare", "00025", "10525", "--population", "TABLE"),
    "compare, peers": ("compare", "10525", "--population", "TABLE", "--peers"),
    "rank": ("rank", "TABLE"),
    "rank, groups": ("rank", "TABLE", "--group-by", "type"),
    "sensitivity": ("sensitivity", "TABLE", "--vary", "party.range.low=15,17"),
    "borderline": ("borderline", "TABLE"),
    "borderline, none near": ("borderline", "TABLE", "--within", "1"),
    "borderline, growth": ("borderline", "TABLE", "--growth", "1.2", "--years", "3"),
    "merge": ("merge", "00025", "10525", "--population", "TABLE", "--name", "Xã Mới"),
    "simulate": ("simulate", "SCENARIO"),
    "simulate, compare": ("simulate", "SCENARIO", "SCENARIO", "--compare"),
    "suggest": ("suggest", "TABLE", "--neighbours", "NEIGHBOURS", "--units", "1"),
    "path": ("path", "TABLE", "--deadline", "2030-07-01"),
    "rules diff": ("rules", "diff", "central-2025", "central-2025-all-residents", "TABLE"),
}
"""Runs that examples have not."""
SCENARIO = """\
kind: scenario
title: One of two
population: units.csv
operations:
  - merge:
      units: ["00025", "10525"]
      into: {code: "00025", name: Xã Mới, type: commune}
"""
APART = {
    "bulk": "tests/unit/bulk: its columns are the audit's",
    "reconcile": "writes a population table, corrected: with the columns of the table given",
    "progress": "reads a plan and reports of it, no table of units",
    "fields": "reads a table of fields",
    "secondments": "reads a table of secondments",
}
"""The commands that read units and write CSV and are not tried here, and why."""
COMMANDS = {
    **{
        words: tuple("TABLE" if word == "units.csv" else word for word in run)
        for words in LEAVES
        if "csv" in forms(words) and words not in APART and (run := over_units(words))
    },
    **_TOLD,
}
"""Every other command that reads units and writes CSV."""


def test_no_command_that_reads_units_and_writes_csv_is_forgotten() -> None:
    given = {words for words in LEAVES if "csv" in forms(words) and over_units(words)}
    tried = {" ".join(words[:2]) if words[0] == "rules" else words[0] for words in COMMANDS.values()}
    assert tried == given - set(APART) | {"compare", "rules diff"}
    assert given >= set(APART)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_header_is_the_same_for_every_table_of_the_same_columns(
    quota: Callable[..., Any], tmp_path: Path, command: str
) -> None:
    headers = {}
    (tmp_path / "other.csv").write_text("\n".join((HEAD, *TABLES["nothing amiss"])) + "\n", encoding="utf-8")
    (tmp_path / "neighbours.csv").write_text("code_a,code_b\n00025,10525\n", encoding="utf-8")
    (tmp_path / "merged.yaml").write_text(SCENARIO, encoding="utf-8")
    for name, rows in TABLES.items():
        (tmp_path / "units.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
        words = {
            "TABLE": tmp_path / "units.csv",
            "OTHER": tmp_path / "other.csv",
            "NEIGHBOURS": tmp_path / "neighbours.csv",
            "SCENARIO": tmp_path / "merged.yaml",
        }
        run = quota(*(words.get(word, word) for word in COMMANDS[command]), "--format", "csv")
        if run.code != 2:  # what needs staff refuses a table without
            headers[name] = run.out.partition("\n")[0]
    assert len(headers) >= 3
    assert len(set(headers.values())) == 1, headers
