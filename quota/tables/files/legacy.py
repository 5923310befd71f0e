"""The byte encodings of Vietnamese before Unicode that old forms still carry: TCVN3 (ABC) and VNI.

TCVN3 is TCVN 5712:1993, one byte a letter. VNI writes a letter and, after it, the mark as a second byte.
Both were shown by fonts of their own, so a workbook holds their bytes as Western letters: "Ph­êng", "Phöôøng".
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_LOW = {
    **dict(zip((0x01, 0x02, 0x04, 0x05, 0x06), "ÚỤỪỬỮ", strict=True)),
    **dict(zip(range(0x11, 0x18), "ỨỰỲỶỸÝỴ", strict=True)),
}
_TCVN3_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
TCVN3: dict[int, str] = _TCVN3_LOW | dict(enumerate(_TCVN3_HIGH, start=0x80))
"""Each byte that is not ASCII, and its letter."""

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_BARE = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_WHOLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    """Each VNI letter, as Western letters, and what it stands for; the mark may be of either case."""
    small = dict(_WHOLE)
    small |= {base + mark: letter + tone for base, letter in _BARE.items() for mark, tone in _TONES.items()}
    for base in "aeo":
        small |= {base + mark: f"{base}\u0302{tone}" for mark, tone in _CIRCUMFLEX.items()}
    small |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    letters: dict[str, str] = {}
    for written, meant in small.items():
        whole = unicodedata.normalize("NFC", meant)
        letters[written] = whole
        letters[written.upper()] = letters[written[0].upper() + written[1:]] = whole.upper()
    return letters


VNI: dict[str, str] = _vni()
"""Each letter of VNI as a Western program shows it, and the letter meant."""

_VNI_LETTER = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def from_tcvn3(content: bytes) -> str:
    """TCVN3 bytes as text."""
    return content.decode("latin-1").translate(TCVN3)


def from_vni(content: bytes) -> str:
    """VNI bytes as text; bytes that belong to no letter stay as a Western program shows them."""
    western = content.decode("cp1252", errors="replace")
    return _VNI_LETTER.sub(lambda found: VNI[found.group()], western)


_BYTE_OF = {
    ord(letter): byte for byte in range(0x80, 0xA0) if (letter := bytes([byte]).decode("cp1252", "ignore"))
}
"""The letters that Western programs show for bytes 80 to 9F, where Latin-1 has none."""


def as_bytes(text: str) -> bytes | None:
    """The bytes behind text that a Western program made of them; None where it holds any other letter."""
    try:
        return text.translate(_BYTE_OF).encode("latin-1")
    except UnicodeEncodeError:
        return None
