"""Mutants that cannot change what the program does, each with the reason, as `equivalent.txt` lists them."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("equivalent.txt")


def reasons() -> dict[str, str]:
    """Reason by mutant: a mutant's name stands on a line of its own, the reason indented below it."""
    found: dict[str, str] = {}
    name = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            found[name] = f"{found[name]} {line.strip()}".strip()
        else:
            name = line.strip()
            found[name] = ""
    return found
