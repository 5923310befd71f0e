"""What differs on Windows, said in one place.

docs/en/how-to/windows.md tells what of it was run and what only read.

The functions are plain ones over text and run anywhere, so that they are tested on every system.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from quota.core.characters import pattern
from quota.core.text import Text, say

VIETNAMESE = 0x2A
"""The primary language of Vietnamese in Windows' language ids: their lowest ten bits."""
_DEVICES = pattern(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:[.:].*)?", re.IGNORECASE)
_FORBIDDEN = pattern(r'[<>:"|?*\x00-\x1f]')
_PATTERN = pattern(r"[*?]")


def on_windows() -> bool:
    """Whether this is Windows."""
    return os.name == "nt"


def fault_of_name(name: str) -> Text | None:
    """The reason why Windows would not make a file of this name; None where it would.

    Devices swallow what is written to them under any ending, a colon makes a stream nobody sees, and a point
    or a space at the end is dropped, so that another file is written.
    """
    if _DEVICES.fullmatch(name):
        return say("a name that Windows keeps for a device")
    if (found := _FORBIDDEN.search(name)) is not None:
        return say('a name with "{character}", which Windows does not allow', character=found.group())
    if name != name.rstrip(". "):
        return say("a name that ends in a point or a space, which Windows drops")
    return None


def expanded(arguments: Sequence[str]) -> list[str]:
    """The arguments with `*` and `?` spelled out in order, as shells elsewhere do it; cmd.exe does not.

    Brackets are letters of a name, as to cmd.exe. The hidden file that Excel keeps beside a workbook that
    somebody has open (`~$x.xlsx`) is no table. What fits no file stays as it is, to be refused by its name.
    """
    import glob  # where somebody else has done it, nothing is loaded for it

    found: list[str] = []
    for argument in arguments:
        is_pattern = _PATTERN.search(argument) is not None and not argument.startswith("-")
        fitting = glob.glob(argument.replace("[", "[[]")) if is_pattern else []  # noqa: PTH207  (it may be absolute)
        found += sorted(path for path in fitting if not Path(path).name.startswith("~$")) or [argument]
    return found


def speaks_vietnamese(language_of: Callable[[], int] | None = None) -> bool:
    """Whether Windows shows itself in Vietnamese: it sets no LANG. `language_of` gives its language id."""
    ask = language_of or _display_language()
    return ask is not None and ask() & 0x3FF == VIETNAMESE


def _display_language() -> Callable[[], int] | None:
    import ctypes  # what Windows itself answers; on other systems it has no such library

    libraries = getattr(ctypes, "windll", None)
    return None if libraries is None else libraries.kernel32.GetUserDefaultUILanguage


def is_held_open(error: OSError, target: Path) -> bool:
    """Whether a file cannot be replaced since another program, Excel mostly, has it open."""
    return on_windows() and isinstance(error, PermissionError) and target.exists()
