"""Who is who in a table with people's names, told by the row on which each is first; no name is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quota.core.names import fold, spelled_out, tidy, type_in_name
from quota.core.problems import Severity
from quota.core.text import say
from quota.tables.columns.cells import CellReader

_OFFICE = re.compile(
    fold(
        r"(?:sở|ban|chi cục|cục|thanh tra|trung tâm|văn phòng|báo|trường|hội|liên đoàn|tòa án|viện|ubnd|hđnd|"
        r"phòng|ủy ban|hội đồng|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|công an|bộ chỉ huy|ubmttq|mttq|mặt trận|"
        r"tỉnh đoàn|đoàn thanh niên|liên minh|kho bạc|department|office)(?!\w).*"
    )
)
_CODE = 5
"""Digits of a unit's code; a person's number has more."""
_NUMBERED = re.compile(r"(?=\D*\d)(?!\d{4}-\d\d?-\d)[\w-]{1,8}")


def is_a_number(text: str) -> bool:
    """Whether a text is a short number such as BP-01: neither a name nor a day."""
    return _NUMBERED.fullmatch(text) is not None


def is_a_place(text: str) -> bool:
    """Whether a text is a code, or says that it is a unit or an office: no person is called so."""
    return (
        (text.isdigit() and len(text) <= _CODE)
        or type_in_name(spelled_out(text)) is not None
        or _is_an_office(text)
    )


def _is_an_office(text: str) -> bool:
    return _OFFICE.fullmatch(fold(text)) is not None


def persons_of(reader: CellReader) -> Mapping[int, str | None]:
    """What tells the person of each row apart, by the row's number; None where the table does not say.

    It is the identifier in the column `person`. Where a column has names it is the first row of the same
    identifier, of the same name and birth date, or of the same name in the same unit, which is warned of.
    """
    if not reader.table.names_people:
        return {row.number: tidy(reader.text(row, "person")) or None for row in reader.table.rows}
    first: dict[tuple[str, ...], int] = {}
    found: dict[int, str | None] = {}
    for row in reader.table.rows:
        number, name = fold(reader.text(row, "person")), fold(reader.text(row, "full_name"))
        born = reader.text(row, "born")
        place = fold(reader.text(row, "code") or reader.text(row, "name"))
        key = ("number", number) if number else ("born", name, born) if born else ("unit", name, place)
        if not number and not name:
            found[row.number] = None
            continue
        seen = first.setdefault(key, row.number)
        found[row.number] = str(seen)
        if key[0] == "unit" and seen != row.number:
            message = say("the name of row {row} again: taken as one person", row=str(seen))
            fix = say("add a column of birth dates, or of people's numbers (mã cán bộ)")
            reader.report(row, "full_name", "same-name", message, fix, Severity.WARNING)
    return found
