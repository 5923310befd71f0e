"""A hostile input, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

USUAL = 150
"""Megabytes a run may take that has no reason to take more: a good table of a province takes some 70."""


@dataclass(frozen=True)
class Case:
    """`make` writes the input into a folder and gives the arguments of `quota`.

    `said` is part of what is answered: on stderr where it is `refuse`d (exit code 2), else on stdout or
    stderr (exit code 0). `megabytes` bounds the peak memory. `slow`: tried with `--slow`. `full`: only where
    QUOTA_HOSTILE=full.
    """

    name: str
    make: Callable[[Path], Sequence[str]]
    said: str
    refuse: bool = True
    megabytes: int = USUAL
    slow: bool = False
    full: bool = False
    stdin: bytes | None = None
    env: Mapping[str, str] = field(default_factory=dict)


def refused(
    name: str,
    make: Callable[[Path], Sequence[str]],
    said: str,
    megabytes: int = USUAL,
    *,
    slow: bool = False,
    full: bool = False,
) -> Case:
    """An input that must be refused with these words."""
    return Case(name, make, said, megabytes=megabytes, slow=slow, full=full)


def survived(
    name: str, make: Callable[[Path], Sequence[str]], said: str, megabytes: int = USUAL, *, full: bool = False
) -> Case:
    """An input that must be read as if it were harmless, with these words in the answer."""
    return Case(name, make, said, refuse=False, megabytes=megabytes, full=full)
