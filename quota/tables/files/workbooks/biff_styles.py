"""What the styles of an .xls say of its cells: formats of figures, lines through them ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct, field

from quota.tables.files.shown.formats import PER_CENTS, Shown, shown_by

_FONT, _FORMAT, _STYLE = 0x31, 0x41E, 0xE0
_STRUCK = 0x08
_SKIPPED = 4
"""No font has this number: those from there on are counted one higher."""
_NUMBER, _SMALL, _SMALLS, _FORMULA, _SHARED, _LABEL = 0x203, 0x27E, 0xBD, 0x06, 0xFD, 0x204
_WITH_STYLE = frozenset((_NUMBER, _SMALL, _FORMULA, _SHARED, _LABEL))
_FIGURES = frozenset((_NUMBER, _SMALL, _FORMULA))


class Styles(Struct):
    """The styles of cells by their numbers, as records give them one by one."""

    _struck: list[bool] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=lambda: dict(PER_CENTS))
    _styles: list[tuple[int, int]] = field(default_factory=list)

    def take(self, kind: int, data: bytes) -> None:
        """A record of the workbook's own, before those of its sheets."""
        if kind == _FONT:
            self._struck.append(bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK))
        elif kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", data)
            text = data[5:]
            code = text[: 2 * length].decode("utf-16-le") if wide & 1 else text[:length].decode("latin-1")
            self._codes[number] = code
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<HH", data))

    def shown(self, style: int) -> Shown | None:
        """What the format of this style adds to a figure."""
        return shown_by(self._codes.get(self._styles[style][1], "")) if style < len(self._styles) else None

    def is_struck(self, style: int) -> bool:
        """Whether the font of this style strikes its text through."""
        font = self._styles[style][0] if style < len(self._styles) else 0
        font -= font > _SKIPPED
        return font < len(self._struck) and self._struck[font]


def styled(kind: int, data: bytes) -> Iterator[tuple[tuple[int, int], int, bool]]:
    """Place (from 1) and style of each cell that a sheet's record holds, and whether it may be a figure."""
    if kind in _WITH_STYLE:
        row, column, style = struct.unpack_from("<HHH", data)
        yield (row + 1, column + 1), style, kind in _FIGURES
    elif kind == _SMALLS:
        row, first = struct.unpack_from("<HH", data)
        for place in range((len(data) - 6) // 6):
            style = struct.unpack_from("<H", data, 4 + 6 * place)[0]
            yield (row + 1, first + place + 1), style, True
