"""Where the shipped rules and tables are: inside an installed wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    packed = _PACKAGE / "shipped" / folder
    return packed if packed.is_dir() else _PACKAGE.parent / folder


def rules_folder() -> Path:
    """The folder of shipped rule files."""
    return _shipped("rules")


def data_folder() -> Path:
    """The folder of embedded tables."""
    return _shipped("data")
