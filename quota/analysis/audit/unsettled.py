"""What hangs on columns that are unknown, over a table: figures without them beside figures with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

from quota.core.posts import gap_between, sum_of_many, sum_posts
from quota.core.results import Note, Quota, UnitAudit, Unsettled
from quota.core.text import LocalText

_WHAT: Mapping[str, LocalText] = {
    "mountain": LocalText("đơn vị có ở miền núi hay không", "whether the unit lies in the mountains"),
    "highland": LocalText("đơn vị có ở vùng cao hay không", "whether the unit lies in the highlands"),
    "island": LocalText("đơn vị có ở hải đảo hay không", "whether the unit lies on an island"),
    "border": LocalText("đơn vị có ở biên giới hay không", "whether the unit lies on the land border"),
    "unit_class": LocalText("loại đơn vị hành chính", "the class of the unit"),
    "province_class": LocalText("loại tỉnh, thành phố", "the class of the province"),
    "minority_percent": LocalText("tỷ lệ dân tộc thiểu số", "the share of ethnic minorities"),
    "province": LocalText("tỉnh, thành phố", "the province"),
}


def notes_on(quota: Quota) -> tuple[Note, ...]:
    """The remarks a unit's quota carries because of what is unknown, where posts hang on it."""
    return tuple([_note(column) for column in quota.unsettled]) if quota.possible is not None else ()


@cache
def _note(column: str) -> Note:
    heading = column.removeprefix("table:")
    what = _WHAT.get(column, LocalText(f"cột {heading}", f"the column {heading}"))
    return Note(
        f"unknown-{heading}",
        LocalText(
            f"Chưa biết {what.vi}: định mức tính như không thuộc diện đó; có thể khác nếu thuộc diện đó.",
            f"It is not known {what.en}: counted as if it were not so; the quota may differ if it is.",
        ),
    )


def unsettled(audits: Sequence[UnitAudit]) -> Unsettled | None:
    """Everything that hangs on unknown columns over these units; None where none is unknown."""
    quotas = {id(audited.quota): audited.quota for audited in audits if audited.quota is not None}
    times = Counter([id(audited.quota) for audited in audits])
    open_ones = {key: quota.unsettled for key, quota in quotas.items() if quota.unsettled}
    if not open_ones:
        return None
    within = short = 0
    moved = {key: _moved_blocs(quota) for key, quota in quotas.items()}
    for audited in audits:
        for place, low, high in moved.get(id(audited.quota), ()):
            staff, gap = audited.staff.values[place], audited.gap.values[place]
            if staff is not None and gap is not None:
                then = gap_between(low, high, staff)
                if then.surplus < gap.surplus:
                    within += gap.surplus - then.surplus
                if then.shortfall > gap.shortfall:
                    short += then.shortfall - gap.shortfall
    given = sum_of_many([(quota.blocs, times[key]) for key, quota in quotas.items()])
    blocs = sum_of_many([(quota.possible or quota.blocs, times[key]) for key, quota in quotas.items()])
    return Unsettled(
        tuple(dict.fromkeys(chain.from_iterable(open_ones.values()))),
        sum(times[key] for key in open_ones),
        sum_posts(given),
        sum_posts(blocs),
        within,
        short,
        blocs,
        given,
    )


def _moved_blocs(quota: Quota) -> list[tuple[int, int, int]]:
    """The places of the blocs whose posts are others with what is unknown, and the ends of these."""
    possible = quota.blocs if quota.possible is None else quota.possible
    pairs = enumerate(zip(quota.blocs.values, possible.values, strict=True))
    return [(place, posts.low, posts.high) for place, (without, posts) in pairs if posts != without]
