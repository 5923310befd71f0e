"""What says that figures are of no whole ("Nữ", "Tạm trú"), of no people ("Hộ"), or of others as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.characters import pattern
from quota.core.names import fold
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.tables.columns.headings import own_line
from quota.tables.files.raw import RawTable
from quota.tables.files.roles import BETWEEN, assigned_key, is_assigned_key

_MAY_QUALIFY = frozenset((None, "sex", "employment"))
_VERDICTS = frozenset(
    (
        *("status", "assigned_status", "status_a", "status_b"),
        *map(fold, ("against assigned", "tình trạng", "trạng thái", "đánh giá", "so với được giao")),
    )
)
"""Headings of a verdict on a unit, in this program's own tables too: short of people is no kind of people."""
_OF_YEARS = pattern(fold(r"(?<!\w)(?:năm|kỳ|thời điểm|year|period)(?!\w)"))
_YEAR = pattern(r"(?:19|20)[0-9]{2}")
_KINDS_OF_PLACE = frozenset(map(fold, ("thành thị", "nông thôn")))
"""Where both are in a column they say what a unit is, not whom its figures count."""
_PEOPLE = frozenset(map(fold, ("người", "khẩu", "nhân khẩu", "biên chế", "people", "persons", "person")))


def qualified(table: RawTable) -> tuple[Problem, ...]:
    """The problem of each column with such a value; none where the user's file names its heading."""
    return tuple(
        found
        for place, column in enumerate(table.columns)
        if column in _MAY_QUALIFY and (found := _qualifying(table, place)) is not None
    )


def _qualifying(table: RawTable, place: int) -> Problem | None:
    """The problem of a column, at its first row with such a value."""
    from quota.tables.files.said.captions import counted_by  # few tables have columns of other words

    heading = table.header[place]
    role = table.wordings.role_of(heading)
    if role.thing == "note" or table.wordings.is_own(heading) or _last(heading) in _VERDICTS:
        return None
    rows = {value: row for row in reversed(table.rows) if (value := " ".join(row.cells[place].split()))}
    is_uniform = len(rows) == 1
    of_years = _OF_YEARS.search(fold(heading)) is not None and all(map(_YEAR.fullmatch, rows))
    for value, row in sorted(rows.items(), key=lambda found: found[1].number):
        if role.thing == "unit_of_measure":
            is_odd = fold(value) not in _PEOPLE
        elif not (value[0].isalpha() or of_years) or (not is_uniform and fold(value) in _KINDS_OF_PLACE):
            is_odd = False
        else:
            is_odd = bool(counted_by(value, table.wordings.words, table.wordings.known_year))
        if is_odd:
            message = say(
                "by this the figures beside it count only some people, a forecast, or something else "
                "than people"
            )
            fix = say(
                "keep the rows that count everybody present; if these do, set the column to "
                '"ignore" in a file for --columns'
            )
            return table.problem("qualified-rows", message, fix, row=row.number, column=heading, value=value)
    return None


_OTHERS = pattern(
    fold(
        r"(?<!\w)(?:(?<!công chức, )(?<!cc, )viên chức|hợp đồng|hđlđ|hđ|không chuyên trách|"
        r"(?:biệt phái|tăng cường) (?:đến|về))(?!\w)"
    )
)
_KINDS = pattern(fold(r"(?<!\w)(?:cán bộ|công chức|cbcc|cb|cc)(?!\w)"))
_OF_WHICH = pattern(fold(r"(?<!\w)(?:trong đó|tr\.? ?đó|(?:bao )?gồm)(?!\w)"))


def counting_others(table: RawTable, *, posts_alone: bool = False) -> Iterator[Problem]:
    """The problem of each bloc's people, or assigned posts, that others are counted among: contracts, loans.

    They are where a column under its group, or straight beside it, says that others are among them, or where
    the kinds of people under the group add up to it in every row. With `posts_alone` people do not matter.
    """
    each = zip(table.header, table.columns, table.assigned_blocs, strict=True)
    counted = [_counted(table, *said) for said in each]
    for place, column in enumerate(counted):
        heading = table.header[place]
        others = None if column is None else next(_others_in(table, place, counted), None)
        is_people = column in table.columns
        if others is None or (posts_alone and is_people) or table.wordings.is_own(heading):
            continue
        message = say('"{others}" are counted among these', others=" ".join(others.split()))
        if is_people:
            fix = say(
                "add a column without them; if they are to be counted, write in a file for --columns: {line}",
                line=own_line(heading, str(column)),
            )
        else:
            fix = say("add a column without them; if they are to be counted, call it {key}", key=str(column))
        yield table.of_heading("counts-others", message, fix, column=heading)


def of_either(table: RawTable) -> Iterator[Problem]:
    """A warning where nothing says whether a year's posts are people present or posts assigned.

    They are read as people present.
    """
    each = zip(table.header, table.columns, strict=True)
    blocs = [heading for heading, column in each if column in table.wordings.blocs]
    dated = [said for said in (*table.above, table.sheet or "", *blocs) if any(map(str.isdigit, said))]
    if not (blocs and dated) or table.granting or any(_says_which(table, heading) for heading in blocs):
        return
    from quota.tables.files.said.titles import leaves_open  # hundreds of words; few CSV files have a title

    for title in dated:
        if leaves_open(title):
            message = say(
                "nothing says whether these posts of a year are people present or posts assigned: "
                "read as people present"
            )
            fix = say(
                'posts assigned are a table for --assigned; of people present the title says "có mặt", or a '
                "file for --columns says which column is which bloc"
            )
            severity = Severity.WARNING
            yield table.of_heading(
                "people-or-posts", message, fix, severity=severity, value=" ".join(title.split())
            )
            return


def _says_which(table: RawTable, heading: str) -> bool:
    """Whether a bloc's heading says what it counts, or the user's own file does."""
    return table.wordings.is_own(heading) or table.wordings.role_of(heading).measure is not None


def _counted(table: RawTable, heading: str, column: str | None, posts: str | None) -> str | None:
    """What a column counts: a bloc's people, those of each row's bloc, posts assigned; None for any other."""
    if column in table.wordings.blocs or (column == "in_post" and "bloc" in table.columns):
        return column
    return None if posts is None or is_assigned_key(heading, posts) else assigned_key(posts)


def _others_in(table: RawTable, place: int, counted: Sequence[str | None]) -> Iterator[str]:
    """The headings of others that a column counts: those said to be among it stand behind it."""
    group, between, _ = table.header[place].rpartition(BETWEEN)
    under = [
        other
        for other, path in enumerate(table.header)
        if other != place and (path.startswith(group + BETWEEN) if between else other == place + 1)
    ]
    said = {other: fold(table.header[other][len(group) :]) for other in under}
    kinds = [other for other in under if _OTHERS.search(said[other]) or _KINDS.search(said[other])]
    for other in kinds:
        is_behind = other > place and not any(counted[place + 1 : other + 1])
        is_among = is_behind and _OF_WHICH.search(said[other]) is not None
        is_among = is_among or (bool(between) and _add_up(table, place, kinds))
        if _OTHERS.search(said[other]) and is_among and any(_figure(row.cells[other]) for row in table.rows):
            yield table.header[other]


def _add_up(table: RawTable, place: int, parts: Sequence[int]) -> bool:
    """Whether in every row the parts add up to a column's figure."""
    return all(
        _figure(row.cells[place]) == sum(_figure(row.cells[part]) for part in parts) for row in table.rows
    )


def _figure(cell: str) -> int:
    """A whole number as it is written; 0 for any other cell."""
    return int(text) if (text := cell.strip()).isdecimal() else 0


def _last(heading: str) -> str:
    """The lowest row of a heading."""
    return fold(heading.rpartition(BETWEEN)[2].strip())
