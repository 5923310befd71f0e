"""The columns of these CSV files follow from the command and its frame, never from what the tables say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEAD = "code,name,type,population,government,party,front,mountain"
TABLES = {
    "all known": ["00001,Xã A,xã,18000,33,17,9,không", "00002,Xã B,xã,20000,34,20,9,có"],
    "terrain unknown": ["00001,Xã A,xã,18000,33,17,9,", "00002,Xã B,xã,20000,34,20,9,có"],
    "staff unknown": ["00001,Xã A,xã,18000,,,,không", "00002,Xã B,xã,20000,,,,có"],
    "residents unknown": ["00001,Xã A,xã,,33,17,9,không", "00002,Xã B,xã,20000,34,20,9,"],
    "nothing amiss": ["00001,Xã A,xã,16000,32,17,9,không", "00002,Xã B,xã,18000,33,18,8,không"],
}
COMMANDS = {
    "audit": ("audit", "TABLE"),
    "audit, no terrain": ("audit", "TABLE", "--rules", "central-2025"),
    "explain": ("explain", "00002", "TABLE"),
    "changes": ("changes", "TABLE", "OTHER"),
    "allocate": ("allocate", "TABLE", "--total", "140"),
    "plan": ("plan", "TABLE"),
    "check": ("check", "TABLE"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_header_is_the_same_for_every_table_of_the_same_columns(
    quota: Callable[..., Any], tmp_path: Path, command: str
) -> None:
    headers = {}
    (tmp_path / "other.csv").write_text("\n".join((HEAD, *TABLES["nothing amiss"])) + "\n", encoding="utf-8")
    for name, rows in TABLES.items():
        (tmp_path / "units.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
        words = {"TABLE": tmp_path / "units.csv", "OTHER": tmp_path / "other.csv"}
        run = quota(*(words.get(word, word) for word in COMMANDS[command]), "--format", "csv")
        if run.code != 2:  # what needs staff refuses a table without
            headers[name] = run.out.partition("\n")[0]
    assert len(headers) >= 3
    assert len(set(headers.values())) == 1, headers
