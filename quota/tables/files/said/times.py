"""Sheets of one table at different times: this year's and last year's are not read as one."""

from __future__ import annotations

from collections.abc import Sequence

from quota.core.characters import pattern
from quota.core.names import fold

_TIMES = pattern(
    fold(
        r"(?<!\w)(?:(?:tháng|quý|kỳ|tuần|đợt|lần|năm)\s*(?:[0-9]{1,2}|[ivx]{1,4})(?!\w)|"
        r"(?:năm|kỳ|tháng|quý|đợt) (?:trước|này|nay|sau|ngoái)(?!\w)|(?:trước|sau|cũ|mới)(?!\w)|"
        r"(?:năm )?(?:19|20)[0-9]{2}(?!\w)|[0-9]{1,2}[./-][0-9]{1,2}(?:[./-][0-9]{2,4})?(?!\w))"
    )
)
_OF_FIGURES = pattern(
    fold(
        r"(?<!\w)(?:số liệu|dân số|biên chế|cán bộ|công chức|có mặt|hiện có|tính đến|đến|ngày|số|của)"
        r"(?!\w)"
    )
)
_MARKS = pattern(r"[\W_]+")


def of_different_times(names: Sequence[str]) -> tuple[str, str] | None:
    """Two sheets whose names differ in nothing but their times, as "2025" and "2024"; None where none do.

    A time is a year, a month or a day, or a word: "cũ", "năm trước". A name of a time and nothing else is
    of what any other sheet is of.
    """
    parted = [(name, *_parted(name)) for name in names]
    for place, (name, what, time) in enumerate(parted):
        for other, of_other, other_time in parted[:place]:
            is_alike = what == of_other or (not what and time) or (not of_other and other_time)
            if is_alike and time != other_time:
                return other, name
    return None


def is_time_alone(text: str) -> bool:
    """Whether a text says a time, and beside it only that figures follow: "NĂM 2024", "Số liệu năm trước"."""
    what, times = _parted(text)
    return bool(times) and not _OF_FIGURES.sub(" ", what).strip()


def _parted(name: str) -> tuple[str, tuple[str, ...]]:
    """What a sheet's name says beside times, and the times that it says."""
    folded = fold(name.replace("_", " "))
    times = tuple(_MARKS.sub(" ", time[0]).strip() for time in _TIMES.finditer(folded))
    return _MARKS.sub(" ", _TIMES.sub(" ", folded)).strip(), times
