"""Compile the shipped frames, rules/*.yaml, to quota/norms/compiled.py: `python -m tests.compiled_norms`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from msgspec import Struct

from quota.norms.granting import Norms
from quota.norms.loading import shipped_frames

MODULE = Path(__file__).parents[1] / "quota" / "norms" / "compiled.py"
WIDTH = 110
HEAD = '''"""The shipped frames as they are applied, compiled by `python -m tests.compiled_norms`.

Never edited: rules/*.yaml say what a frame grants, and a file that was changed since is read instead.
"""

# ruff: noqa: E501  (texts as long as they are)
from __future__ import annotations

import datetime as dt

from quota.core.blocs import ByBloc
from quota.core.citations import Citation, RuleSource
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Note
from quota.core.text import LocalText
from quota.core.units import UnitType
from quota.norms.granting import Grant, Growth, Norm, Norms
from quota.norms.rounding import Rounding

COMPILED: dict[str, Norms] = '''


def compiled() -> str:
    """The module's text for today's rule files."""
    frames: dict[str, Norms] = {frame.id: frame.norms() for frame in shipped_frames()}
    return f"{HEAD}{_source(frames, WIDTH)}\n"


def _source(value: object, before: int = 0, indent: int = 0) -> str:
    """The Python expression that makes `value`, `before` columns into its line."""
    if isinstance(value, Struct):
        named = [(f"{name}=", getattr(value, name)) for name in value.__struct_fields__]
        return _call(f"{type(value).__name__}(", named, ")", before, indent)
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Mapping):
        items = [(f"{_source(key)}: ", inner) for key, inner in value.items()]
        return _call("{", items, "}", before, indent)
    if isinstance(value, tuple):
        return _call("(", [("", one) for one in value], ",)" if len(value) == 1 else ")", before, indent)
    if isinstance(value, date):
        return f"dt.date({value.year}, {value.month}, {value.day})"
    assert value is None or isinstance(value, str | int), f"no source is written for {value!r}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _call(start: str, parts: list[tuple[str, object]], end: str, before: int, indent: int) -> str:
    """On one line where it fits, else a part a line."""
    line = start + ", ".join(f"{name}{_source(value)}" for name, value in parts) + end
    if not parts or ("\n" not in line and before + len(line) < WIDTH):
        return line
    inner = " " * (indent + 4)
    lines = [f"{inner}{name}{_source(value, indent + 4 + len(name), indent + 4)},\n" for name, value in parts]
    return f"{start}\n{''.join(lines)}{' ' * indent}{end.removeprefix(',')}"


if __name__ == "__main__":
    MODULE.write_text(compiled(), encoding="utf-8")
