"""Tables of positions and lists of people as positions: filled, vacant, unknown; names stay in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from quota.core.positions import OF_POSITIONS, PositionList, State
from quota.core.problems import errors
from quota.core.units import Employment
from quota.norms.loading import load_offices
from quota.tables.files.raw import ReadOptions
from quota.tables.readers.people import read_arrivals, read_leavers
from quota.tables.readers.position_lists import read_position_list

Reads = Callable[..., PositionList]
OFFICES = load_offices()


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    def read(*lines: str, options: ReadOptions | None = None) -> PositionList:
        path = tmp_path / "p.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_position_list(path, options=options or ReadOptions(offices=OFFICES))

    return read


def found(table: PositionList) -> list[tuple[object, ...]]:
    return [(row.code or row.name, str(row.bloc), row.positions, row.people) for row in table.rows]


def codes(table: PositionList) -> list[str]:
    return [problem.code for problem in table.problems]


@pytest.mark.parametrize(
    "header",
    [
        "Mã xã,Khối,Vị trí việc làm,Số vị trí,Có mặt",
        "code,bloc,position,needed,staff",
        "Mã xã,Khối,Chức danh,Số vị trí việc làm,Biên chế hiện có",
    ],
)
def test_a_table_of_positions(reads: Reads, header: str) -> None:
    table = reads(header, "00004,Chính quyền,Kế toán,3,1", "00004,Đảng,Kế toán,1,", "00008,MTTQ,Chủ tịch,,2")
    assert found(table) == [
        ("00004", "government", 3, 1),
        ("00004", "party", 1, None),
        ("00008", "front", None, 2),
    ]
    assert not table.problems
    assert [table.rows[0].count(state) for state in OF_POSITIONS] == [3, 1, 2, 0]
    assert table.sources[0].rows == 3


def test_positions_of_one_kind_in_two_offices_are_two(reads: Reads) -> None:
    table = reads(
        "code,bloc,office,position,needed,staff",
        "00004,government,Phòng Kinh tế,Chuyên viên,3,1",
        "00004,government,Phòng Văn hóa,Chuyên viên,3,1",
    )
    assert len({row.kind for row in table.rows}) == 2


def test_without_a_column_for_blocs_words_say_them_and_the_rest_is_warned_of(reads: Reads) -> None:
    table = reads(
        "Mã xã,Phòng,Vị trí việc làm,Số vị trí,Có mặt",
        "00004,Văn phòng Đảng ủy,Chuyên viên,2,1",
        "00004,,Kế toán,2,1",
    )
    assert [str(row.bloc) for row in table.rows] == ["party", "government"]
    (problem,) = table.problems
    assert (problem.code, problem.severity, problem.row) == ("bloc-not-said", "warning", 3)
    silent = reads("Mã xã,Phòng,Vị trí việc làm,Số vị trí,Có mặt", "00004,Văn phòng Đảng ủy,Chuyên viên,2,1")
    assert not silent.problems


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (",government,Kế toán,3,1", "no-place", "code"),
        ("00004,government,,3,1", "no-place", "position"),
        ("00004,công an,Kế toán,3,1", "unknown-bloc", "bloc"),
        ("00004,government,Kế toán,ba,1", "not-a-whole-number", "needed"),
        ("00004,government,Kế toán,3,-1", "negative", "staff"),
    ],
)
def test_bad_cells_are_told_where_they_stand(reads: Reads, line: str, code: str, column: str) -> None:
    table = reads("code,bloc,position,needed,staff", "00008,government,Kế toán,3,1", line)
    (problem,) = errors(table.problems)
    assert (problem.code, problem.row, problem.column) == (code, 3, column)


def test_a_table_that_is_no_table_of_positions(reads: Reads, tmp_path: Path) -> None:
    assert codes(reads("code,bloc", "00004,government")) == ["missing-column"] * 3
    assert errors(read_position_list(tmp_path / "none.csv").problems)


def test_a_table_of_positions_with_names_shows_none(reads: Reads) -> None:
    table = reads(
        "Mã xã,Tên xã,Họ và tên,Khối,Vị trí việc làm,Số vị trí,Có mặt",
        "Lê Thị Hà,Lê Thị Hà,Lê Thị Hà,Chính quyền,Kế toán,3,1",
        ",Xã Một,Lê Thị Hà,Chính quyền,Kế toán,x,1",
    )
    assert errors(table.problems)
    assert "Hà" not in str(table.problems)


ROSTER = "STT,Họ và tên,Chức vụ,Phòng,Đơn vị,Ghi chú"
PEOPLE = (
    "1,Đào Thị Mơ,Chuyên viên,Phòng Kinh tế,Phường Một,",
    "2,Lò Văn Pó,Phó Bí thư,Văn phòng Đảng ủy,Phường Một,",
    "3,Bế Thu Sen,Chuyên viên,Phòng Kinh tế,Phường Một,",
)


def counts(table: PositionList) -> dict[str, list[int | None]]:
    states = (State.POSITIONS, State.FILLED, State.VACANT)
    return {str(row.bloc): [row.count(state) for state in states] for row in table.rows}


def test_a_list_of_people_without_vacant_posts_says_who_fills_one(reads: Reads) -> None:
    table = reads(ROSTER, *PEOPLE)
    assert counts(table) == {"government": [None, 2, None], "party": [None, 1, None]}
    assert "no-vacant-posts" in codes(table)
    assert not errors(table.problems)


@pytest.mark.parametrize("nobody", ["", "khuyết", "Trống", "(khuyết)", "vacant"])
def test_rows_without_a_name_are_vacant_posts(reads: Reads, nobody: str) -> None:
    vacant = (
        f"4,{nobody},Chuyên viên,Văn phòng HĐND và UBND,Phường Một,nghỉ hưu từ 01/9",
        f"5,{nobody},Chủ tịch,Hội Nông dân,Phường Một,",
    )
    table = reads(ROSTER, *PEOPLE, *vacant)
    assert counts(table) == {"government": [3, 2, 1], "party": [1, 1, 0], "front": [1, 0, 1]}
    assert "all-positions" in codes(table)
    assert "vacant-post" not in codes(table)
    assert not errors(table.problems)


def test_a_vacant_post_of_no_bloc_or_no_unit_is_refused_at_its_row(reads: Reads) -> None:
    table = reads(
        ROSTER, *PEOPLE, "4,khuyết,Người lái tàu,,Phường Một,", "5,khuyết,Chuyên viên,Phòng Kinh tế,,"
    )
    assert [(problem.code, problem.row) for problem in errors(table.problems)] == [
        ("no-bloc", 5),
        ("no-unit", 6),
    ]


def test_only_those_employed_as_asked_for_fill_positions(reads: Reads) -> None:
    lines = (
        "STT,Họ và tên,Chức vụ,Phòng,Đơn vị,Đối tượng",
        "1,Đào Thị Mơ,Chuyên viên,Phòng Kinh tế,Phường Một,công chức",
        "2,Lò Văn Pó,Chuyên viên,Phòng Kinh tế,Phường Một,hợp đồng",
        "3,khuyết,Chuyên viên,Phòng Kinh tế,Phường Một,hợp đồng",
        "4,khuyết,Chuyên viên,Phòng Kinh tế,Phường Một,công chức",
    )
    assert counts(reads(*lines)) == {"government": [2, 1, 1]}
    contracts = ReadOptions(counted=(Employment.CONTRACT,), offices=OFFICES)
    assert counts(reads(*lines, options=contracts)) == {"government": [2, 1, 1]}
    both = ReadOptions(counted=(Employment.CONTRACT, Employment.CIVIL_SERVANT), offices=OFFICES)
    assert counts(reads(*lines, options=both)) == {"government": [4, 2, 2]}


@pytest.mark.parametrize("reader", [read_leavers, read_arrivals])
@pytest.mark.parametrize(
    ("line", "code"), [("00004,government,,1", "no-day"), (",government,2026-11-30,1", "no-unit")]
)
def test_people_of_a_day(tmp_path: Path, reader: Callable[[Path], object], line: str, code: str) -> None:
    path = tmp_path / "l.csv"
    lines: Sequence[str] = ("code,bloc,date,people", "00004,party,2026-12-31,2", line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table: object = reader(path)
    assert [(row.bloc, row.people, row.origin.row) for row in table.leavers] == [("party", 2, 2)]  # type: ignore[attr-defined]  # either reader's table
    assert [(problem.code, problem.row) for problem in table.problems] == [(code, 3)]  # type: ignore[attr-defined]  # the same
