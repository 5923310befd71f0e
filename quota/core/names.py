"""Vietnamese unit names: one spelling to compare by, and looser ones to search by.

A name is typed in many ways: composed or decomposed (NFC, NFD), capitals, `Hoà` or `Hòa` (the mark of a tone
on either vowel of oa, oe, uy), without accents, with or without "Xã", "Phường", "Đặc khu" in front.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from quota.core.blocs import Bloc, Blocs
from quota.core.characters import pattern
from quota.core.units import UnitType

TYPE_NAMES: dict[UnitType, str] = {
    UnitType.COMMUNE: "Xã",
    UnitType.WARD: "Phường",
    UnitType.SPECIAL_ZONE: "Đặc khu",
}

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
# The older style puts the tone of a final oa, oe, uy on the first vowel, the newer on the second.
_OLD_TONE = pattern(f"([ou])([{_TONES}])([aey])(?![a-z\u0300-\u036f])")
_MAY_BE_OLD = pattern("[òóõỏọùúũủụ][aey]")
"""What any of those is in a composed text; few names have one."""
_PAIRS = {"oa", "oe", "uy"}
_PREFIX = pattern(
    r"(?:(?:xã|phường|đặc khu|thị trấn|xa|phuong|dac khu|thi tran)\s+|(?:p|x|tt|đk|dk)\.\s*)(?=\S)"
)
_ONE_WORD = frozenset(("xã", "phường"))
_SHORT = {"p": "Phường", "x": "Xã", "đk": "Đặc khu", "tt": "Thị trấn"}
_SHORTENED = pattern(r"^(?:(?i:(p|x|đk|tt)\s*\.\s*(?=\S))|(P|X|ĐK|TT)\s+(?=[A-ZĐÀ-Ỹ0-9]))")
_OFFICE = pattern(
    r"^(?:(?:hđnd\s*(?:,|và|-|&)\s*)?ubnd|(?:uỷ|ủy) ban nhân dân)\s+"
    r"(?=(?:xã|phường|đặc khu|thị trấn)\s|(?:p|x|đk|tt)\s*\.)",
    re.IGNORECASE,
)
"""An office written for its unit: "UBND phường Phổ Yên" is Phường Phổ Yên."""
_COUNTED = pattern(r"^[0-9]{1,3}\s*[.)-]\s*(?=(?:ubnd|xã|phường|đặc khu)\s|(?:p|x|đk)\s*\.)", re.IGNORECASE)
_MARKS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032`\u00b4", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-")
)
"""Apostrophes and hyphens of other looks: Ea H\u2019Leo, Chân Mây \u2013 Lăng Cô."""
_MARKED = frozenset([*map(chr, _MARKS), "-"])
_HYPHEN = pattern(r"(?<=[^\W\d])\s*-\s*(?=[^\W\d])")
_SHORT_ENOUGH = 200
"""Names are folded again and again, and remembered; what is longer is no name."""
_FINAL_Y = pattern(f"(?<=[bcdđghklmnprstvx])y([{_TONES}]?)(?![a-z\u0300-\u036f])")


def tidy(text: str) -> str:
    """NFC, single spaces, nothing around it: how text is kept."""
    if not text or (text.isascii() and text.isalnum()):
        return text  # a code, nearly always
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidied(texts: Sequence[str]) -> Sequence[str]:
    """A column of texts, each `tidy`; where all are so already, which one look shows, the same column."""
    together = "\n".join(texts)
    blank = "  " in together or " \n" in f"{together}\n" or "\n " in f"\n{together}"
    if not blank and "".join(texts).isprintable() and unicodedata.is_normalized("NFC", together):
        return texts
    return [tidy(text) for text in texts]


def fold(name: str) -> str:
    """The spelling names are compared by: letters and tones kept, capitals, spacing and tone place not."""
    return _remembered(name) if len(name) <= _SHORT_ENOUGH else _folded(name)


def folded(names: Sequence[str]) -> list[str]:
    """Each name of a column as `fold` gives it; a column that one look shows to be tidy is folded at once."""
    together = "\n".join(names)
    plain = together.casefold().replace("ð", "đ")
    lines = plain.split("\n")
    if len(lines) != len(names) or tidied(lines) is not lines:
        return [fold(name) for name in names]
    old = _MAY_BE_OLD.search
    marked = {line for mark in _MARKED if mark in plain for line in lines if mark in line}
    return [
        fold(name) if line in marked or old(line) else line for name, line in zip(names, lines, strict=True)
    ]


def _folded(name: str) -> str:
    plain = " ".join(name.split()).casefold().replace("ð", "đ")  # another language's, of the same look
    if not _MARKED.isdisjoint(plain):
        plain = _HYPHEN.sub(" - ", plain.translate(_MARKS))
    composed = unicodedata.normalize("NFC", plain)
    if _MAY_BE_OLD.search(composed) is None:
        return composed
    decomposed = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", _OLD_TONE.sub(_on_later_vowel, decomposed))


def _on_later_vowel(found: re.Match[str]) -> str:
    first, tone, second = found.groups()
    return f"{first}{second}{tone}" if first + second in _PAIRS else found.group()


_remembered = lru_cache(maxsize=8192)(_folded)


def without_accents(name: str) -> str:
    """The folded name in plain letters: "Đặc khu Cát Hải" or "đặc-khu-cát-hải" is "dac khu cat hai"."""
    plain = unicodedata.normalize("NFD", fold(name).replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.replace("-", " ").split())


def without_prefix(folded: str) -> str:
    """A folded name without the words for its type; a name that is nothing but those words stays."""
    word, _, rest = folded.partition(" ")
    if word in _ONE_WORD and rest and not rest[0].isspace():
        return rest  # as nearly every name is written
    found = _PREFIX.match(folded)
    return folded[found.end() :] if found else folded


def bears_type(name: str, kind: UnitType) -> bool:
    """Whether a name starts with the word for this type, as nearly every name does, and goes on after it."""
    return name.startswith(_WRITTEN[kind]) and not name[-1:].isspace()


def type_in_name(name: str) -> UnitType | None:
    """The type that a name starts with, whole or shortened: "Phường Hồng Bàng", "P. Hồng Bàng"."""
    for kind, word in TYPE_NAMES.items():
        if name.startswith(word) and name[len(word) :][:1] == " " and name[len(word) :].strip():
            return kind  # as nearly every name is written
    folded = fold(spelled_out(name))
    for kind, start in _STARTS:
        if folded.startswith(start):
            return kind
    return None


_WRITTEN = {kind: f"{word} " for kind, word in TYPE_NAMES.items()}
_STARTS = tuple((kind, f"{fold(word)} ") for kind, word in TYPE_NAMES.items())


def spelled_out(name: str) -> str:
    """A unit's name, its type written out: "P. Hồng Bàng", "UBND phường Hồng Bàng" mean Phường Hồng Bàng.

    So does "1. Phường Hồng Bàng": a number before the word for a type counts rows. So does
    "Phường Hồng Bàng (*)": what the mark is for is said below the table.
    """
    counted = _COUNTED.sub("", name) if name[:1].isdigit() else name
    counted = _FOOTNOTE.sub("", counted) if counted[-1:] in _MAY_END_A_NOTE else counted
    unit = _OFFICE.sub("", counted)
    if unit != counted:
        unit = unit[:1].upper() + unit[1:]
    return _SHORTENED.sub(lambda found: f"{_SHORT[(found.group(1) or found.group(2)).lower()]} ", unit)


def are_spelled_out(names: Sequence[str]) -> bool:
    """Whether `spelled_out` leaves every name of a column as it is, which one look shows of nearly all."""
    together = "\n".join(("", *names))
    small = together.lower()
    offices = "ubnd" in small or "ban nhân dân" in small
    if not offices and "." not in together and not _MAY_BE_SHORT.search(f"{together}\n"):
        return True
    return all(spelled_out(name) == name for name in names)


_MAY_END_A_NOTE = frozenset("*)¹²³⁴⁵⁶⁷⁸⁹")
_FOOTNOTE = pattern(r"(?<=\w)\s*(?:\*+|\(\s*(?:\*+|[0-9])\s*\)|[¹²³⁴⁵⁶⁷⁸⁹])$")
_MAY_BE_SHORT = pattern(r"\n(?:[0-9]|(?:P|X|ĐK|TT)\s)|[*)¹²³⁴⁵⁶⁷⁸⁹]\n")


def spelled_alike(text: str) -> str:
    """The form in which names of posts are compared: "Văn hoá", "văn hóa"; "Kỹ thuật", "Kĩ thuật"."""
    return with_plain_i(fold(text))


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {ord(letter): 0x250 + place for place, letter in enumerate(_ALPHABET)}
_TONE_ORDER = {tone: str(place) for place, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}


def alphabetical(name: str) -> str:
    """A key that sorts names as a Vietnamese dictionary does: a, ă, â, b, c, d, đ, e, ê … and tones last.

    Tones (none, huyền, hỏi, ngã, sắc, nặng) count only where all letters are equal. The order is that of the
    Unicode CLDR for `vi`, which browsers have too.
    """
    letters: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", fold(name)):
        if mark in _TONE_ORDER and tones:
            tones[-1] += _TONE_ORDER[mark]
        elif unicodedata.combining(mark) and letters:
            letters[-1] += mark
        else:
            letters.append(mark)
            tones.append("0")
    plain = unicodedata.normalize("NFC", "".join(letters))
    return f"{plain.translate(_LETTER_ORDER)}\0{''.join(tones)}"


def with_plain_i(folded: str) -> str:
    """A folded name with a final y after a consonant as i: "Mỹ Đức" and "Mĩ Đức" are then one."""
    decomposed = unicodedata.normalize("NFD", folded)
    return unicodedata.normalize("NFC", _FINAL_Y.sub(r"i\1", decomposed))


def keys_by_words(blocs: Blocs) -> dict[str, Bloc]:
    """Each bloc by every word for it, spelled as `spelled_alike` does."""
    return {spelled_alike(words): bloc for bloc in blocs for words in (str(bloc), *bloc.headings)}
