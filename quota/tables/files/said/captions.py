"""What a short text says that it counts, where every word of it is understood: "NỮ", "Kế hoạch 2026".

Sheets' names, titles and headings between rows are such texts. A longer title is `titles`' to judge.
"""

from __future__ import annotations

from enum import StrEnum

from quota.core.characters import pattern
from quota.core.names import fold
from quota.tables.files.roles import KNOWN_YEAR, Measure, OwnWords, Role, role_of


class Counted(StrEnum):
    """What figures are, where not all who are there: posts, residents foreseen or some, some of the staff."""

    POSTS = "posts"
    OTHER_RESIDENTS = "other-residents"
    SOME_STAFF = "some-staff"


def counted_by(caption: str, own: OwnWords = (), known_year: int = KNOWN_YEAR) -> frozenset[Counted]:
    """What the caption says that the figures under it are; nothing where they may be all who are there.

    It is a list of things ("diện tích, dân số và mật độ"): where one of them is a whole, figures may be its.
    """
    text = _BOTH.sub(" ", _WHOLE_STAFF.sub("biên chế", _ABOUT.sub(" ", fold(caption))))
    things = [thing for thing in _AND.split(text) if thing.strip()]
    roles = [role_of(_ONE_KIND.sub(" ", thing), own, known_year) for thing in things]
    if any(role.unclear for role in roles):
        return frozenset()
    said = [(role, _STAFF.search(thing) is not None) for thing, role in zip(things, roles, strict=True)]
    odd = [each for each in said if _is_odd(each[0])]
    if not odd or any(_is_whole(*each) for each in said):
        return frozenset()
    of_staff = any(staff for _, staff in said)
    of_residents = any("population" in role.things for role, _ in said)
    found: set[Counted] = set()
    if not of_staff:
        found.add(Counted.OTHER_RESIDENTS)
    if not of_residents:
        found.add(Counted.SOME_STAFF if all(role.part for role, _ in odd) else Counted.POSTS)
    return frozenset(found)


def _is_odd(role: Role) -> bool:
    """Whether it is a part of a whole, or measured otherwise than by who is there."""
    return role.part or bool(role.measures and Measure.PRESENT not in role.measures)


def _is_whole(role: Role, is_staff: bool) -> bool:
    """Whether it is residents, staff or who is present, and all of them."""
    is_named = is_staff or "population" in role.things or Measure.PRESENT in role.measures
    return is_named and not _is_odd(role)


_ABOUT = pattern(
    r"^\s*(?:[ivx]+|[a-h]|[0-9]+)\s*[.)/-]|^\s*(?:[ivx]+|[a-h])\s(?=\S)|"
    + fold(
        r"(?<!\w)(?:biểu số|biểu|bảng|phụ lục|danh sách|thống kê|tổng hợp|báo cáo|mẫu|"
        r"số liệu|kết quả|sheet)(?!\w)"
    )
)
"""Words that say what kind of text it is, and the number of a heading between rows."""
_WHOLE_STAFF = pattern(
    fold(
        r"(?<!\w)(?:cán bộ|cb)\s*[,-]?\s*(?:công chức|cc)"
        r"(?:\s*,?\s*(?:và )?(?:viên chức|vc|lao động hợp đồng|người lao động))*(?!\w)"
    )
)
_BOTH = pattern(
    fold(
        r"(?<!\w)(?:thành thị\s*(?:,|và|-|/)\s*nông thôn|nam\s*(?:,|và|-|/)\s*nữ|"
        r"thường trú\s*(?:,|và|-|/)\s*tạm trú)(?!\w)"
    )
)
"""Two parts that are the whole together."""
_STAFF = pattern(fold(r"(?<!\w)(?:biên chế|nhân sự|cbcc|cbccvc)(?!\w)"))
_ONE_KIND = pattern(fold(r"(?<!\w)(?:cán bộ|(?<!viên )công chức)(?!\w)"))
"""Many call all staff by one of its kinds."""
_AND = pattern(fold(r"[,;:/]|(?<!\w)và(?!\w)"))
