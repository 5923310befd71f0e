"""Rows of nobody in tables of something else than units' figures: positions, needs, departments' people.

A heading between rows, a note or who signs below them says nothing of anybody, and is left out. "Cộng" under
a unit's positions is no position, and "Tổng cộng" no department. A row that says so is a total where its
counts are the sums of rows around it; where they are not, the table is refused, since nothing tells whether a
row is missing or the word means something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.text import say
from quota.tables.files.body import is_a_sum, is_total, section_of, texts_of
from quota.tables.files.roles import blocs_named
from quota.tables.files.sheets import NotATableError, Row

_COUNTS = frozenset(("in_post", "needed", "people", "transfer", "secondment", "stuck", "posts"))
WORDS = frozenset(
    (
        *("code", "name", "bloc", "field", "fields", "post", "department", "office", "home", "host"),
        *("from_code", "from_name", "from_group", "from_field", "to_code", "to_name", "to_group", "to_field"),
    )
)
"""Columns of words that say whose, or of what, a row is."""
_ENDS = frozenset(("from_code", "from_name", "from_group", "to_code", "to_name", "to_group"))
_MORE_TOTALS = frozenset(map(fold, ("cộng chung", "tổng chung", "tổng hợp", "toàn ngành", "tất cả")))
_NOTE = pattern(
    fold(
        r"[^\w]*(?:(?:ghi chú|chú thích|lưu ý|chú ý|số liệu|nguồn|note|source|nơi nhận|người lập|lập biểu|"
        r"thủ trưởng|giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|trưởng phòng|chánh văn phòng|xác nhận|"
        r"ký tên|ký, |tm\.|kt\.|tl\.|tuq\.)(?!\w)|tm\.|kt\.).*|\(ký.*|[*+] .*|"
        r".*\w[^\w]+ngày .*tháng .*năm .*"
    )
)
"""A note below a table, or what is signed there."""
_PART = pattern(fold(r"[^\w]*trong (?:số )?đó(?!\w).*"))
_BULLET = pattern(r"[-+*•–].*")
_GROUP = pattern(
    r"[ivx]{1,4}[.)]\s*\S.*|"
    + fold(r"(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?|khu vực|địa bàn|cụm|khối)\s.*")
)
"""What heads the rows of an area, or a numbered part of the table, with their sums beside it."""
_DAY = pattern(fold("ngày .*tháng .*năm .*"))
"""Where nothing else is in the row; beside other words it is a day of theirs."""
_NUMERAL = pattern(r"[IVX]{1,4}[.)]?")
_COUNT = pattern(r"[-+]?([0-9][0-9., \u00a0]*)(?:[^0-9].*)?")


def other_totals(
    body: Sequence[Row], columns: Sequence[str | None], heading: Sequence[Row]
) -> list[str | None]:
    """For each row "total", "subtotal", "part", "section", "below", or "heading" if it is `heading` again.

    None for any other. Raises `NotATableError` for a row that is called a total and is no sum of the rows
    around it. Lists of people one by one have no sums: each of their rows is a person's, or asked about.
    """
    index = {column: place for place, column in reversed(list(enumerate(columns))) if column}
    counts = [place for place, column in enumerate(columns) if column in _COUNTS]
    words = [index[column] for column in sorted(WORDS.intersection(index))]
    if "full_name" in index:
        return [None] * len(body)
    said = frozenset(map(texts_of, heading))
    again = [texts_of(row) in said for row in body]
    kinds = [
        "heading" if is_again and not all(again) else kind
        for is_again, kind in zip(again, _of_words(body), strict=True)
    ]
    figures = [_counts(row, counts) for row in body]
    for place in _parts(body, words, figures):
        kinds[place] = "part"
    called = {
        place: text
        for place, row in enumerate(body)
        if kinds[place] != "part" and (text := _called(row, words)) is not None
    }
    of_units = {"name"} <= WORDS.intersection(index) <= {"code", "name"}  # blocs over them are no sums only
    groups = [
        place
        for place, row in enumerate(body)
        if place not in called and kinds[place] is None and any(figures[place]) and _heads_a_group(row, words)
        if not (of_units and any(map(blocs_named, _texts(row, words))))
    ]
    if not (called or groups) or not counts:
        return kinds
    breaks = sorted((*called, *groups))
    leaves = [place for place, kind in enumerate(kinds) if place not in breaks and kind is None]
    sums = [place for place in groups if is_a_sum(place, figures, leaves, breaks)]
    for place in sums:
        kinds[place] = "subtotal"
    breaks = sorted((*called, *sums))
    leaves = [place for place, kind in enumerate(kinds) if place not in called and kind is None]
    for place, text in called.items():
        is_plan = "stage" in index and not _ENDS.isdisjoint(index)  # its people are of lines of many kinds
        if not is_plan and any(figures[place]) and not is_a_sum(place, figures, leaves, breaks):
            raise NotATableError(
                "not-a-sum",
                say(
                    '"{text}" stands for a sum, and its figures are not that of the rows around it', text=text
                ),
                say("correct the figures, or remove the row"),
                row=body[place].number,
            )
        kinds[place] = "total"
    return kinds


def _of_words(body: Sequence[Row]) -> list[str | None]:
    """For each row what it is where it is one or two texts and no figure: a section, or below the table.

    From the first note or signature after the last other row on, all rows are below.
    """
    texts = [[text for cell in row.cells if (text := cell.strip())] for row in body]
    is_words = [len(row) <= 2 and not any(text[:1].isdigit() for text in row) for row in texts]
    kinds = [
        "section" if words and _is_a_section(row) else None
        for row, words in zip(texts, is_words, strict=True)
    ]
    start = len(body)
    while start and is_words[start - 1]:
        start -= 1
    notes = (place for place in range(start, len(body)) if _is_a_note(texts[place]))
    first = next(notes, len(body))
    return [*kinds[:first], *["below"] * (len(body) - first)]


def _is_a_section(texts: Sequence[str]) -> bool:
    """Whether a row's texts are several words that name an area, or a numeral and several words."""
    if len(texts) == 2:
        return _NUMERAL.fullmatch(texts[0]) is not None and " " in texts[1]
    return len(texts) == 1 and " " in texts[0] and section_of(texts) is not None


def _is_a_note(texts: Sequence[str]) -> bool:
    folded = [fold(" ".join(text.split())) for text in texts]
    alone = len(folded) == 1 and _DAY.fullmatch(folded[0]) is not None
    return alone or any(_NOTE.fullmatch(text) for text in folded)


def _parts(
    body: Sequence[Row], words: Sequence[int], figures: Sequence[Sequence[int | None]]
) -> Iterator[int]:
    """The rows that say a part of the row above, "Trong đó: nữ", and those of a list under such a row.

    Raises `NotATableError` where it heads a list whose rows cannot be told from the others.
    """
    said = [next(filter(None, _texts(row, words)), "") for row in body]
    within = False
    for place, text in enumerate(said):
        if _PART.fullmatch(fold(text)) is not None:
            within = place == 0 or within or _BULLET.fullmatch(said[place - 1]) is None
            is_list = not any(figure is not None for figure in figures[place])
            if is_list and place + 1 < len(body) and not (within and _BULLET.fullmatch(said[place + 1])):
                message = say(
                    '"{text}" has no figures: which rows under it are its parts cannot be told', text=text
                )
                fix = say("remove the row and the parts under it")
                raise NotATableError("parts-of-a-row", message, fix, row=body[place].number)
            yield place
        elif within and _BULLET.fullmatch(text) is not None:
            yield place
        else:
            within = False


def _heads_a_group(row: Row, words: Sequence[int]) -> bool:
    """Whether the only words of a row are those of a group: "I. Các sở", "Huyện Gia Lâm"."""
    texts = [text for text in _texts(row, words) if text]
    return len(texts) == 1 and _GROUP.fullmatch(fold(texts[0])) is not None


def _texts(row: Row, words: Sequence[int]) -> list[str]:
    return [row.cells[place].strip() if place < len(row.cells) else "" for place in words]


def _called(row: Row, words: Sequence[int]) -> str | None:
    """The text that calls a row a total; None where none does."""
    texts = _texts(row, words)
    return next((text for text in texts if is_total(text) or fold(text).strip(" :.") in _MORE_TOTALS), None)


def _counts(row: Row, counts: Sequence[int]) -> list[int | None]:
    return [_whole(row.cells[place].strip()) if place < len(row.cells) else None for place in counts]


def _whole(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    digits = "".join(filter(str.isdecimal, found[1])) if found else ""
    return int(digits) if digits.isascii() and 0 < len(digits) < 16 else None
