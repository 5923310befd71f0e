"""Where the shipped rules and tables are: inside an installed wheel, or at the top of a checkout."""

from __future__ import annotations

import errno
import os
import stat
from enum import Enum
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _shipped(folder: str) -> Path:
    packed = _PACKAGE / "shipped" / folder
    return packed if packed.is_dir() else _PACKAGE.parent / folder


def rules_folder() -> Path:
    """The folder of shipped rule files."""
    return _shipped("rules")


def data_folder() -> Path:
    """The folder of embedded tables."""
    return _shipped("data")


def docs_folder() -> Path:
    """The folder of the documentation, with a folder for each language."""
    return _shipped("docs")


class PathKind(Enum):
    """What is at a path: an ordinary file, a folder, something else, nothing, or something out of reach."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"
    NOTHING = "nothing"
    DANGLING = "dangling"
    UNREACHABLE = "unreachable"


def kind_of(path: Path) -> PathKind:
    """What is at `path`. Never raises: a path may be too long, run in a circle, or be forbidden."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return PathKind.DANGLING if path.is_symlink() else PathKind.NOTHING
    except (OSError, ValueError, RuntimeError):
        return PathKind.UNREACHABLE
    if stat.S_ISREG(mode):
        return PathKind.FILE
    return PathKind.FOLDER if stat.S_ISDIR(mode) else PathKind.OTHER


def contents(path: Path, most: int) -> bytes | None:
    """The bytes of an ordinary file, or None where there are more than `most`; `OSError` for anything else.

    What is opened is what is judged: a pipe or a device put in a file's place is neither waited for nor read.
    """
    with open(path, "rb", opener=_without_waiting) as opened:
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", str(path))
        if found.st_size > most:
            return None
        content = opened.read(most + 1)
    return None if len(content) > most else content


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
