"""From bytes to text: which encoding a file is in, and on what evidence.

Unicode is recognised for certain. Among the byte encodings that Vietnamese was written in before it, the one
is taken that turns the file's words into Vietnamese syllables; where none does, or two do differently, the
answer is to ask.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from msgspec import Struct

from quota.core.characters import pattern
from quota.core.text import say
from quota.tables.files.sheets import NotATableError

_LEGACY = ("windows-1258", "tcvn3", "vni")
_UNICODE = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
_ALSO = {"cp1258": "windows-1258", "1258": "windows-1258", "abc": "tcvn3", "tcvn": "tcvn3", "utf8": "utf-8"}
ENCODINGS: tuple[str, ...] = (*_UNICODE, *_LEGACY)
"""What `--encoding` takes."""

CONVINCING = 0.85
"""The share of words with marks that must be Vietnamese syllables before an encoding is believed."""

# Compiled at their first use: most files are UTF-8.
_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
_SYLLABLE = "[bcdđfghjklmnpqrstvwxz]{0,3}[aăâeêioôơuưy]{1,3}[bcdghklmnprstv]{0,2}"
_BETWEEN = r"[\s\x00-\x40\x5b-\x60\x7b-\x7f“”‘’–—…•²]+"
_CONTROL = r"[\x00-\x08\x0e-\x1f]"
_OWN_LETTERS = "đăơưĐĂƠƯ"
_TONED = pattern("[\u1ea0-\u1ef9]")


class Decoded(Struct, frozen=True):
    """Text in NFC, the encoding it was in, and whether marks had been written apart (NFD)."""

    text: str
    encoding: str
    was_decomposed: bool = False


def decode(content: bytes, asked: str | None = None) -> Decoded:
    """The text of a file, by the encoding asked for or the one its bytes show.

    Raises `NotATableError` where the bytes are not in the encoding asked for, or show none for certain.
    """
    if asked is not None:
        return _composed(*_as_asked(content, known_encoding(asked)))
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _composed(*_as_asked(content, name))
    if b"\0" in content:
        return _composed(*_utf_16_without_mark(content))
    try:
        return _composed(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _composed(*_legacy(content, error))


def is_unicode(text: str) -> bool:
    """Whether letters that only Vietnamese in Unicode has settle it."""
    return any(letter in text for letter in _OWN_LETTERS) or _TONED.search(text) is not None


def read_as(name: str, content: bytes) -> str:
    """Bytes in an encoding from before Unicode, as text."""
    if name == "windows-1258":
        return content.decode("cp1258", errors="replace")
    from quota.tables.files.legacy import from_tcvn3, from_vni  # their letters are listed only for old files

    return from_tcvn3(content) if name == "tcvn3" else from_vni(content)


def known_encoding(asked: str) -> str:
    """The name of an encoding that the user asks for. Raises `NotATableError` where there is none."""
    name = asked.strip().lower().replace("_", "-")
    name = _ALSO.get(name, name)
    if name not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise NotATableError(
            "unknown-encoding",
            say('no encoding is called "{asked}"', asked=asked),
            say("one of {known}", known=known),
        )
    return name


def _as_asked(content: bytes, name: str) -> tuple[str, str]:
    if name in _LEGACY:
        return read_as(name, content), name
    try:
        return content.decode(_UNICODE[name]), name
    except UnicodeError as error:
        row = content.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise NotATableError(
            "not-in-encoding",
            say("not {encoding} text", encoding=name),
            say("leave out --encoding, or give another"),
            row,
        ) from error


def _utf_16_without_mark(content: bytes) -> tuple[str, str]:
    """Text in UTF-16 has a zero in every other byte of its ASCII; anything else with zeros is no text."""
    start = content[:2000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    few, many = sorted((even, odd))
    if few == 0 and many * 4 >= len(start):
        text, name = _as_asked(content, name)
        if not re.search(_CONTROL, text):
            return text, name
    raise NotATableError(
        "binary", say("a binary file, not a table"), say("save it as CSV (UTF-8) or as .xlsx")
    )


def _legacy(content: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    texts = {name: unicodedata.normalize("NFC", read_as(name, content)) for name in _LEGACY}
    fits = {name: likeness(text) for name, text in texts.items()}
    best = max(fits, key=fits.__getitem__)
    rivals = [name for name in texts if fits[name] == fits[best] and texts[name] != texts[best]]
    if fits[best] >= CONVINCING and not rivals:
        return texts[best], best
    raise NotATableError(
        "unknown-encoding",
        say("not UTF-8, and no older Vietnamese encoding fits it for certain"),
        say('save it as "CSV UTF-8" in Excel, or name its encoding with --encoding'),
        content.count(b"\n", 0, error.start) + 1,
    ) from error


def likeness(text: str) -> float:
    """The share of words with marks that are built as Vietnamese syllables are."""
    marked = marked_words(text)
    return sum(_is_syllable(word) for word in marked) / len(marked) if marked else 0.0


def marked_words(text: str) -> set[str]:
    """Words with letters that are not ASCII."""
    words = re.split(_BETWEEN, unicodedata.normalize("NFC", text).lower())
    return {word for word in words if not word.isascii()}


def _is_syllable(word: str) -> bool:
    plain, tones = re.subn(_TONE, "", unicodedata.normalize("NFD", word))
    return tones <= 1 and re.fullmatch(_SYLLABLE, unicodedata.normalize("NFC", plain)) is not None


def _composed(text: str, encoding: str) -> Decoded:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return Decoded(text, encoding)
    # Windows-1258 always writes the tones apart: that is the encoding, not a choice of the file's author.
    return Decoded(unicodedata.normalize("NFC", text), encoding, encoding not in _LEGACY)
