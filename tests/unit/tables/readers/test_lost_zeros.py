"""Every table about units takes their codes back when a spreadsheet has made numbers of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quota import read_staff, read_units
from quota.tables.readers.borders import read_borders
from quota.tables.readers.distances import read_distances
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.people import read_leavers, read_people
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.positions import read_positions
from quota.tables.readers.secondments import read_secondments

BA_DINH, NGOC_HA = "00004", "00008"
TABLES: list[tuple[Callable[..., Any], str]] = [
    (read_units, "code,name,type,population\n{a},Phường Ba Đình,ward,30000\n{b},Phường Ngọc Hà,ward,30000\n"),
    (read_staff, "code,government,party,front\n{a},40,17,8\n{b},40,17,8\n"),
    (read_holders, "code,people,fields\n{a},3,finance\n{b},2,health\n"),
    (read_needs, "code,field,needed\n{a},finance,3\n{b},health,2\n"),
    (read_secondments, "id,home,host,start,months\n1,{a},{b},2026-06-01,6\n2,Sở Nội vụ,{a},2026-06-01,6\n"),
    (read_positions, "code,position,staff,needed\n{a},Kế toán,1,2\n{b},Kế toán,3,2\n"),
    (read_distances, "code_a,code_b,km\n{a},{b},3\n"),
    (read_borders, "code_a,code_b\n{a},{b}\n"),
    (read_people, "code,bloc,born,sex\n{a},government,1970-05-01,nam\n{b},party,1971-05-01,nữ\n"),
    (read_leavers, "code,bloc,date\n{a},government,2027-05-01\n{b},party,2027-05-01\n"),
    (
        read_plan,
        "stage,kind,from_code,from_group,to_code,to_group,people\n2,transfer,{a},party,{b},party,1\n",
    ),
    (read_done, "from_code,from_group,to_code,to_group,people\n{a},party,{b},party,1\n"),
]


def read(reader: Callable[..., Any], path: Path, text: str, a: str, b: str) -> Any:
    path.write_text(text.format(a=a, b=b), encoding="utf-8")
    return reader(path)


def figures(table: Any) -> str:
    """What was read, without what was said about it and the file's own hash."""
    parts = {name: getattr(table, name) for name in table.__struct_fields__}
    return repr(
        {name: part for name, part in parts.items() if name not in ("problems", "sources", "in_short")}
    )


@pytest.mark.parametrize(("reader", "text"), TABLES, ids=[reader.__name__ for reader, _ in TABLES])
@pytest.mark.parametrize("lost", [("4", "8"), ("4", NGOC_HA), ("4.0", "8")])
def test_lost_zeros_change_nothing_and_are_said(
    tmp_path: Path, reader: Callable[..., Any], text: str, lost: tuple[str, str]
) -> None:
    path = tmp_path / "table.csv"
    whole, without = read(reader, path, text, BA_DINH, NGOC_HA), read(reader, path, text, *lost)
    assert figures(without) == figures(whole)
    assert BA_DINH in figures(whole)
    assert "code-restored" in {problem.code for problem in without.problems}
    assert not [problem for problem in without.problems if problem.severity.value == "error"]
