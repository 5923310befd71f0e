"""Tables of fields, needs and secondments: what is read, and every way a cell can be wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quota.core.blocs import Bloc
from quota.tables.readers.fields import read_holders, read_needs
from quota.tables.readers.secondments import read_secondments

Found = list[tuple[str, int | None, str | None, str | None]]


def written(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_holders_with_people_and_several_fields(tmp_path: Path) -> None:
    table = read_holders(
        written(
            tmp_path, "Mã,Số người,Các lĩnh vực", "00004,2,Tài chính; y tế", "00008,1,finance+health+finance"
        )
    )
    assert not table.problems
    assert [(row.code, row.people, row.fields) for row in table.rows] == [
        ("00004", 2, ("Tài chính", "y tế")),
        ("00008", 1, ("finance", "health")),
    ]


def test_holders_one_row_a_person(tmp_path: Path) -> None:
    table = read_holders(written(tmp_path, "name,person,Lĩnh vực", "Xã Một,p1,Y tế", "Xã Một,p1,Nội vụ"))
    assert not table.problems
    assert [(row.name, row.people, row.person) for row in table.rows] == [("Xã Một", 1, "p1")] * 2


def test_codes_and_persons_are_kept_as_the_population_table_keeps_its_codes(tmp_path: Path) -> None:
    (row,) = read_holders(written(tmp_path, "code,person,fields", "A  1,Hoa\u0300,finance")).rows
    assert (row.code, row.person) == ("A 1", "Ho\u00e0")
    (need,) = read_needs(written(tmp_path, "code,field,needed", "A  1,finance,2")).rows
    assert need.code == "A 1"


def test_holders_of_nobody_say_that_there_is_nobody(tmp_path: Path) -> None:
    table = read_holders(written(tmp_path, "code,people,fields", "1,0,"))
    assert not table.problems
    assert table.rows[0].people == 0


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1,,finance,", [("no-people", 2, "people", "")]),
        ("1,-1,finance,", [("negative", 2, "people", "-1")]),
        ("1,1.5,finance,", [("fractional", 2, "people", "1.5")]),
        ("1,5001,finance,", [("absurd", 2, "people", "5001")]),
        ("1,2,,", [("no-field", 2, "fields", "")]),
        ("1,2, ; ,", [("no-field", 2, "fields", ";")]),
        (",2,finance,", [("no-unit", 2, "code", "")]),
        ("1,2,finance,p1", [("several-in-one", 2, "people", "2")]),
    ],
)
def test_what_is_wrong_with_a_holder(tmp_path: Path, line: str, found: Found) -> None:
    table = read_holders(written(tmp_path, "code,people,fields,person", line))
    assert [(problem.code, problem.row, problem.column, problem.value) for problem in table.problems] == found


def test_holders_need_a_column_of_fields_and_one_for_the_unit(tmp_path: Path) -> None:
    table = read_holders(written(tmp_path, "people", "1"))
    assert [(problem.code, problem.column) for problem in table.problems] == [
        ("missing-column", "code"),
        ("missing-column", "fields"),
    ]


def test_needs_and_their_blanks(tmp_path: Path) -> None:
    table = read_needs(written(tmp_path, "code,field,needed", "1,Y tế,2", "1,finance,", "1,,3", ",justice,x"))
    assert [(row.field, row.needed) for row in table.rows] == [("Y tế", 2), ("finance", None)]
    assert [(problem.code, problem.row) for problem in table.problems] == [
        ("no-field", 4),
        ("no-unit", 5),
        ("not-a-whole-number", 5),
    ]


def test_secondments_by_months_or_end(tmp_path: Path) -> None:
    table = read_secondments(
        written(
            tmp_path,
            "Mã biệt phái,Đơn vị cử,Đơn vị nhận,Lĩnh vực,Ngày bắt đầu,Số tháng,Ngày kết thúc,Khối,Số người",
            "a,Sở Nội vụ,1,,01/09/2026,6,,chính quyền,1",
            "b,Sở Nội vụ,1,Y tế,15/09/2026,,14/03/2027,Đảng,3",
            "c,Sở Nội vụ,1,Y tế,15/09/2026,6,14/03/2027,front,1",
        )
    )
    assert not table.problems
    assert [(row.id, row.field, row.start, row.end, row.people, row.bloc) for row in table.rows] == [
        ("a", None, date(2026, 9, 1), date(2027, 2, 28), 1, Bloc.GOVERNMENT),
        ("b", "Y tế", date(2026, 9, 15), date(2027, 3, 14), 3, Bloc.PARTY),
        ("c", "Y tế", date(2026, 9, 15), date(2027, 3, 14), 1, Bloc.FRONT),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (",S,1,2026-01-01,1,,1,party", [("no-id", "id")]),
        ("a,,1,2026-01-01,1,,1,party", [("no-home", "home")]),
        ("a,S,,2026-01-01,1,,1,party", [("no-host", "host")]),
        ("a,S,1,,1,,1,party", [("no-start", "start")]),
        ("a,S,1,2026-01-01,,,1,party", [("no-end", "end")]),
        ("a,S,1,2026-01-01,0,,1,party", [("bad-months", "months")]),
        ("a,S,1,2026-01-01,-1,,1,party", [("bad-months", "months")]),
        ("a,S,1,2026-01-01,1.5,,1,party", [("bad-months", "months")]),
        ("a,S,1,2026-01-01,6 tháng,,1,party", [("bad-months", "months")]),
        ("a,S,1,2026-01-01,121,,1,party", [("bad-months", "months")]),
        ("a,S,1,2099-12-01,2,,1,party", [("absurd", "months")]),
        ("a,S,1,2026-01-02,,2026-01-01,1,party", [("ends-before-it-starts", "end")]),
        ("a,S,1,2026-01-01,1,2026-02-01,1,party", [("end-against-months", "end")]),
        ("a,S,1,2026-01-01,1,,,party", [("no-people", "people")]),
        ("a,S,1,2026-01-01,1,,0,party", [("no-people", "people")]),
        ("a,S,1,2026-01-01,1,,1,", [("unknown-bloc", "bloc")]),
        ("a,S,1,2026-13-01,1,,1,party", [("bad-date", "start")]),
    ],
)
def test_what_is_wrong_with_a_secondment(tmp_path: Path, line: str, found: list[tuple[str, str]]) -> None:
    table = read_secondments(written(tmp_path, "id,home,host,start,months,end,people,bloc", line))
    assert [(problem.code, problem.column) for problem in table.problems] == found
    assert table.rows == ()
    assert all(problem.row == 2 for problem in table.problems)


def test_one_day_is_the_shortest_secondment(tmp_path: Path) -> None:
    table = read_secondments(written(tmp_path, "id,home,host,start,end", "a,S,1,2026-01-02,2026-01-02"))
    assert not table.problems
    (row,) = table.rows
    assert row.start == row.end
    assert row.people == 1


def test_a_table_without_an_end_is_refused(tmp_path: Path) -> None:
    table = read_secondments(written(tmp_path, "id,home,host,start", "a,S,1,2026-01-02"))
    assert [(problem.code, problem.column) for problem in table.problems] == [("missing-column", "months")]


@pytest.mark.parametrize("read", [read_holders, read_needs, read_secondments])
def test_no_such_file(read: object, tmp_path: Path) -> None:
    table = read(tmp_path / "none.csv")  # type: ignore[operator]  # three readers of one shape
    assert [problem.code for problem in table.problems] == ["no-such-file"]


@pytest.mark.parametrize("months", ["-1", "0", "1.5", "121", "x"])
def test_what_is_said_of_months_is_not_about_people(tmp_path: Path, months: str) -> None:
    table = read_secondments(written(tmp_path, "id,home,host,start,months", f"a,S,1,2026-01-02,{months}"))
    (problem,) = table.problems
    assert str(problem.message) == "not a number of months from 1 to 120"
    assert "people" not in str(problem.fix)


def test_ten_years_is_the_longest_secondment_in_months(tmp_path: Path) -> None:
    table = read_secondments(written(tmp_path, "id,home,host,start,months", "a,S,1,2026-01-02,120"))
    assert [row.end for row in table.rows] == [date(2036, 1, 1)]


def test_two_columns_that_could_be_the_fields_are_refused(tmp_path: Path) -> None:
    table = read_holders(written(tmp_path, "code,Lĩnh vực,Vị trí việc làm", "1,finance,justice"))
    assert [(problem.code, problem.row, problem.column) for problem in table.problems] == [
        ("ambiguous-column", 1, "Lĩnh vực")
    ]
    assert table.rows == ()


def test_two_columns_that_could_be_the_fields_are_named_on_their_own_row(tmp_path: Path) -> None:
    table = read_holders(
        written(tmp_path, "Danh sách công chức,,", "code,Lĩnh vực,Vị trí việc làm\n00001,finance,justice")
    )
    assert [
        (problem.code, problem.row) for problem in table.problems if problem.code == "ambiguous-column"
    ] == [("ambiguous-column", 2)]


def test_in_a_list_of_people_each_is_told_by_the_row_where_they_stand_first(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(
        "Họ và tên,Ngày sinh,Mã cán bộ,Đơn vị,Lĩnh vực phụ trách\n"
        "Đào Thị Mơ,1/2/1980,,Xã Phú Lạc,Tài chính\n"
        "Đào Thị Mơ,1/2/1980,,Xã Phú Lạc,Xây dựng\n"
        "Đào Thị Mơ,3/4/1990,,Xã Phú Lạc,Y tế\n"
        "Lò Văn Pó,,,Xã Phú Lạc,Nội vụ\n"
        "Lò Văn Pó,,,Xã Phú Lạc,Y tế\n"
        "Bế Sen,,77,Xã Phú Lạc,Y tế\n"
        "Bế Thu Sen,,77,Xã Phú Lạc,Nội vụ\n"
        ",,,Xã Phú Lạc,Nội vụ\n"
        "Hầu A Dếnh,,,Lò Văn Pó,Hầu A Dếnh\n",
        encoding="utf-8",
    )
    table = read_holders(path)
    assert [row.person for row in table.rows] == ["2", "2", "4", "5", "5", "7", "7", None]
    assert [(found.code, found.row, found.value) for found in table.problems] == [
        ("same-name", 6, None),
        ("no-unit", 10, None),
    ]
