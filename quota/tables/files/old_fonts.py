"""Cells that a font of TCVN3 or VNI was meant to show: which, and what they say.

A cell's own font settles it. Without one, text is judged: what Vietnamese letters of Unicode are in is
Unicode, and of the rest only what makes no Vietnamese syllables as it is, and does in the old encoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from quota.core.text import count, say
from quota.tables.files.encodings import CONVINCING, is_unicode, likeness, marked_words, read_as
from quota.tables.files.legacy import as_bytes
from quota.tables.files.sheets import NotATableError, Remark, Row, Sheet
from quota.tables.files.shown.places import Place

_STANDS_ALONE = re.compile("(?<!\\w)[–—…‘’“”•]+|[–—…‘’“”•]+(?!\\w)")
"""Punctuation of Unicode that old encodings have letters for: between two letters it may be one."""


def from_font(text: str) -> str | None:
    """The encoding of text that a TCVN3 or VNI font was meant to show: "tcvn3" or "vni".

    None for text that is Unicode, which is nearly always: Vietnamese letters of its own settle it at once,
    and dashes and dots are no letters.
    """
    if text.isascii() or is_unicode(text) or not marked_words(text):
        return None
    fits = {name: likeness(convert_text(text, name)) for name in ("tcvn3", "vni")}
    best = max(fits, key=fits.__getitem__)
    if fits[best] < CONVINCING or fits[best] <= likeness(text) or len(set(fits.values())) == 1:
        return None
    return best


def convert_text(text: str, encoding: str) -> str:
    """Text of Western letters as the old encoding's; "TCVN3" in capitals for a font of capitals only."""
    pieces, place = [], 0
    for mark in _STANDS_ALONE.finditer(text):
        pieces += [_converted(text[place : mark.start()], encoding), mark.group()]
        place = mark.end()
    return "".join((*pieces, _converted(text[place:], encoding)))


def convert_lines(text: str, encoding: str) -> str:
    """A text of many lines, each by itself: one typed with Caps Lock says nothing of the others."""
    return "".join(convert_text(line, encoding) for line in text.splitlines(keepends=True))


def _converted(text: str, encoding: str) -> str:
    content = None if text.isascii() else as_bytes(text)
    if content is None:
        return text.upper() if encoding.isupper() else text
    found = unicodedata.normalize("NFC", read_as(encoding.lower(), content))
    return found.upper() if encoding.isupper() else in_one_case(text, found)


def in_one_case(written: str, meant: str) -> str:
    """Capitals throughout where a cell was typed with Caps Lock: the old small letters have no capitals."""
    if re.search("[a-z]", written) or not re.search("[A-Z][^ ]*[A-Z]", written):
        return meant
    return meant.upper()


def in_old_fonts(sheet: Sheet, fonts: Mapping[Place, str], asked: str | None) -> Sheet:
    """The sheet with its old cells read as Vietnamese, and a remark where that changed any.

    `asked` is the encoding that the user names: it holds for every cell that is not Unicode for certain.
    Raises `NotATableError` for one that no workbook is in.
    """
    if asked is not None and asked not in ("tcvn3", "vni"):
        if asked != "utf-8":
            raise NotATableError(
                "not-in-encoding",
                say("text in a workbook is Unicode, in a font of its own"),
                say("leave out --encoding, or give tcvn3, vni or utf-8"),
            )
        return sheet
    changes = _by_font(sheet.rows, fonts) if asked is None else _all(sheet.rows, asked)
    if asked is None:
        changes |= _by_likeness(sheet.rows, changes)
    changed = {place: text for place, (_, text) in changes.items()}
    if not changed:
        return sheet
    names = ", ".join(sorted({encoding.lower() for encoding, _ in changes.values()}))
    message = count(
        "{n} cell for an old {encoding} font, read as Vietnamese",
        "{n} cells for an old {encoding} font, read as Vietnamese",
        n=len(changed),
        encoding=names,
    )
    remark = Remark("legacy-font", message, say("give --encoding utf-8 to keep them as they are"))
    return replace(sheet, rows=with_texts(sheet.rows, changed), remarks=(*sheet.remarks, remark))


def with_texts(rows: Iterable[Row], texts: Mapping[Place, str]) -> list[Row]:
    """The rows with other texts at some places."""
    numbers = {number for number, _ in texts}
    return [
        Row(
            row.number,
            tuple([texts.get((row.number, column), cell) for column, cell in enumerate(row.cells, start=1)]),
        )
        if row.number in numbers
        else row
        for row in rows
    ]


Changes = dict[Place, tuple[str, str]]
"""By place, the encoding of a cell and what it says."""


def _candidates(rows: Iterable[Row]) -> Iterable[tuple[Place, str]]:
    for row in rows:
        for column, cell in enumerate(row.cells, start=1):
            if not cell.isascii() and not is_unicode(cell):
                yield (row.number, column), cell


def _by_font(rows: Iterable[Row], fonts: Mapping[Place, str]) -> Changes:
    found: Changes = {}
    if not fonts:
        return found
    for place, cell in _candidates(rows):
        encoding = fonts.get(place, "")
        text = convert_text(cell, encoding) if encoding else cell
        if text != cell and likeness(text) >= likeness(cell):
            found[place] = (encoding, text)
    return found


def _all(rows: Iterable[Row], encoding: str) -> Changes:
    pairs = ((place, cell, convert_text(cell, encoding)) for place, cell in _candidates(rows))
    return {place: (encoding, text) for place, cell, text in pairs if text != cell}


def _by_likeness(rows: Sequence[Row], known: Mapping[Place, object]) -> Changes:
    """Cells without a font that are no Vietnamese as they are, and are in the encoding that fits them all."""
    rest = {place: cell for place, cell in _candidates(rows) if place not in known}
    odd = {place: cell for place, cell in rest.items() if likeness(cell) < 1}
    encoding = from_font("\n".join(dict.fromkeys(odd.values())))
    if encoding is None:
        return {}
    found = {place: (encoding, convert_text(cell, encoding)) for place, cell in odd.items()}
    columns = {column for _, column in found}
    for place, cell in rest.items():
        if place not in odd and place[1] in columns:
            text = convert_text(cell, encoding)
            if text != cell and likeness(text) == 1:
                found[place] = (encoding, text)
    return {place: change for place, change in found.items() if change[1] != rest[place]}
