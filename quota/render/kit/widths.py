"""How many columns of a terminal a text takes: of Vietnamese and figures, as many as it has letters."""

from __future__ import annotations

from itertools import chain

from rich.cells import cell_len
from rich.segment import Segment

_LATIN = chain(range(0x20, 0x7F), range(0xC0, 0x250), range(0x1EA0, 0x1EFA))
SINGLE = frozenset(map(chr, _LATIN)) | frozenset("−…–—·×")
"""Letters and marks of one column each: rich looks up every letter of Vietnamese in a table."""


def width_of(text: str) -> int:
    """The columns a text takes; some letters take two, some none."""
    return len(text) if SINGLE.issuperset(text) else cell_len(text)


class _Single(Segment):
    """A piece of a line whose letters take one column each."""

    __slots__ = ()

    @property
    def cell_length(self) -> int:
        """The columns it takes."""
        return len(self.text)


def piece_class(text: str) -> type[Segment]:
    """What a printable piece of a line is given to rich as, so that it is not measured letter by letter."""
    return _Single if SINGLE.issuperset(text) else Segment
