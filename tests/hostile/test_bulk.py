"""What `quota bulk` does with hostile files: no row is lost in silence, none is shown, nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.cases_tables import GOOD, HEADER, swallowed
from tests.hostile.conftest import Tally

ENGINES = ["polars", "duckdb"]
FILES = {
    "a quote closed a row late": (swallowed(4, 5), "row 6: a quoted cell runs over 2 lines"),
    "a quote closed ten rows late": (swallowed(4, 14), "row 6: a quoted cell runs over 11 lines"),
    "a quote closed a row late, no last end of line": (swallowed(4, 5).rstrip("\n"), "row 6: a quoted cell"),
    "a quote never closed": (GOOD.replace(",Xã 5", ',"Xã 5'), "cannot be read"),
    "a quote over the heading": ('"' + GOOD.replace("\n", '"\n', 1), "no column"),
    "a heading without an end": ("x," * 600_000, "its first line has more than 1,000,000 characters"),
    "no line at all": ("", "the file is empty"),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", FILES)
def test_no_row_is_lost_in_silence(
    quota: Callable[..., Any], tmp_path: Path, name: str, engine: str, tally: Tally
) -> None:
    content, said = FILES[name]
    source, target = tmp_path / "units.csv", tmp_path / "out.csv"
    source.write_text(content, encoding="utf-8")
    run = quota("bulk", source, target, "--engine", engine)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert "16005" not in run.err  # of other cells than the one at fault nothing is told
    assert not target.exists()
    tally.note(f"bulk: {name}, {engine}", refused=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_text_over_lines_is_no_row(
    quota: Callable[..., Any], tmp_path: Path, engine: str, tally: Tally
) -> None:
    source, target = tmp_path / "units.csv", tmp_path / "out.csv"
    note = '"Of A, B, C,\nof D, E, F, G, H, I, J"'
    source.write_text(
        HEADER.replace("front", "front,note") + f"00001,Xã A,xã,20000,30,17,8,{note}\n", encoding="utf-8"
    )
    assert quota("bulk", source, target, "--engine", engine).code == 0
    assert "of D, E, F, G, H, I, J" in target.read_text(encoding="utf-8")
    tally.note(f"bulk: text over lines, {engine}", refused=False)
