"""Two outputs to one path are refused, by every command that writes more than one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota.cli.outputs import WRITES, called
from tests.commands import LEAVES

Quota = Callable[..., Any]


READS = (
    "--check",
    "--columns",
    "--words",
    "--base",
    "--boundaries",
    "--paper",
    "MANIFEST",
    "SCENARIO",
    "PATH...",
)
"""Every one whose path is read, or is a folder."""
SEVERAL = [
    (words, first, second)
    for words, leaf in LEAVES.items()
    for names in [[called(parameter) for parameter in leaf.params if called(parameter) in WRITES]]
    for number, first in enumerate(names)
    for second in names[number + 1 :]
    if first.startswith("--") and second.startswith("--")
]


def test_every_path_is_known_to_be_written_or_read() -> None:
    unknown = {
        (words, called(parameter))
        for words, leaf in LEAVES.items()
        for parameter in leaf.params
        if "Path" in repr(parameter.type_descriptor.annotation) and called(parameter) not in (*WRITES, *READS)
    }
    assert not unknown


@pytest.mark.parametrize(("words", "first", "second"), SEVERAL, ids=str)
def test_one_path_for_two_outputs(quota: Quota, tmp_path: Path, words: str, first: str, second: str) -> None:
    here = tmp_path / "x.csv"
    run = quota(*words.split(), first, here, second, tmp_path / "." / "x.csv")
    assert run.code == 2
    assert (
        f"{first} and {second} name one file" in run.err or f"{second} and {first} name one file" in run.err
    )
    assert not here.exists()


def test_a_link_to_the_same_file_is_the_same_file(quota: Quota, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "x.csv")
    run = quota(
        "merge", "10507", "10525", "--name", "Phường Mới", "-o", link, "--write-table", tmp_path / "x.csv"
    )
    assert run.code == 2
    assert "name one file" in run.err
