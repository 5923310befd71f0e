"""How a person of a unit is employed: which of them a count of people in post is about."""

from __future__ import annotations

from enum import StrEnum


class Employment(StrEnum):
    """cán bộ, công chức; viên chức; lao động hợp đồng; người hoạt động không chuyên trách."""

    CIVIL_SERVANT = "civil-servant"
    PUBLIC_EMPLOYEE = "public-employee"
    CONTRACT = "contract"
    PART_TIME = "part-time"


CIVIL_SERVANTS = (Employment.CIVIL_SERVANT,)
"""Who is counted where nothing is said: the posts that a frame grants are theirs."""
