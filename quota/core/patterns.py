"""Regular expressions that are compiled when first looked for: a run needs few of those that there are."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern; what is asked of it is kept, so that it is asked for once."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = (text, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._said), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(text, flags)`, compiled when it is first used. Raises `re.error` then where it is none."""
    return cast("re.Pattern[str]", _Later(text, flags))
