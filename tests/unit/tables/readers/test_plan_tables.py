"""Tables that a plan is made from and followed by: what is read of each, and what is said of a bad row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota.core.moves import Cell, Place, Pool
from quota.core.plan_lines import MOVES, PlanColumn
from quota.core.problems import Problem, errors
from quota.norms.policy import StageKind
from quota.tables.columns.headings import known_column
from quota.tables.readers.borders import read_borders
from quota.tables.readers.departments import read_departments
from quota.tables.readers.distances import read_distances
from quota.tables.readers.people import read_leavers, read_people
from quota.tables.readers.plans import read_done, read_plan
from quota.tables.readers.positions import read_positions, read_substitutes
from quota.tables.readers.secondments import read_secondments

Reads = Callable[[str | Path], Any]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Reads, str], Any]:
    """Read these lines as a table."""

    def reading(reader: Reads, *lines: str) -> Any:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return reader(path)

    return reading


def said(problems: tuple[Problem, ...]) -> list[tuple[int | None, str | None, str]]:
    return [(problem.row, problem.column, f"{problem.message}; {problem.fix}") for problem in problems]


HEADERS: list[tuple[Reads, str]] = [
    (read_borders, "code_a,code_b"),
    (read_departments, "department,transfer,secondment"),
    (read_distances, "code_a,code_b,km"),
    (read_done, "from_code,from_group,to_code,to_group,people"),
    (read_plan, "stage,kind,from_code,from_group,to_code,to_group,people"),
    (read_positions, "code,position,staff,needed"),
    (read_substitutes, "from,to,cost"),
]


@pytest.mark.parametrize(("reader", "header"), HEADERS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_table_that_is_not_there_or_lacks_a_column_holds_nothing_and_says_so(
    read: Callable[..., Any], tmp_path: Path, reader: Reads, header: str
) -> None:
    absent = reader(tmp_path / "absent.csv")
    assert [problem.code for problem in absent.problems] == ["no-such-file"]
    first, rest = header.split(",", 1)
    lacking = read(reader, rest, rest.replace("_", ""))
    assert str(lacking.problems[0].message).startswith("no column for ")
    assert first in str(lacking.problems[0].message)
    for found in (absent, lacking):
        values = [
            getattr(found, name, ()) for name in ("borders", "pools", "pairs", "rows", "moves", "cells")
        ]
        assert not any(values)


def test_departments_and_what_is_wrong_with_a_row(read: Callable[..., Any]) -> None:
    good = read(
        read_departments,
        "department,field,transfer,secondment,lon,lat",
        "Sở Nội vụ,party,3,,106.7,20.9",
        "Sở Nội vụ,,,2,106.7,20.9",
        "Sở Y tế,,1,1,,",
    )
    assert good.problems == ()
    assert good.pools == (
        Pool(Place("Sở Nội vụ", "party"), 3, 0),
        Pool(Place("Sở Nội vụ", ""), 0, 2),
        Pool(Place("Sở Y tế", ""), 1, 1),
    )
    assert good.points == {"Sở Nội vụ": (106.7, 20.9)}
    bad = read(
        read_departments,
        "department,field,transfer,secondment,lon,lat",
        ",party,3,1,,",
        "Sở Nội vụ,party,3,1,106.7,20.9",
        "Sở Nội vụ,Đảng,1,1,106.7,20.9",
        "Sở Nội vụ,,1,1,106.7,20.8",
    )
    assert said(bad.problems) == [
        (2, "department", "no department; fill it in"),
        (4, "department", "this department and field are there already; add the two up"),
        (5, "lon", "this department already has another point; give one point, or two departments"),
    ]


def test_distances_are_the_same_both_ways_and_never_two(read: Callable[..., Any]) -> None:
    good = read(
        read_distances, "code_a,code_b,km", "00002,00001,1.5", "00001,00002,1.5", "00003,00001,", "1,1,0"
    )
    assert good.problems == ()
    assert good.pairs == {("00001", "00002"): 1_500}
    bad = read(
        read_distances,
        "code_a,code_b,km",
        ",00001,1",
        "00001,,1",
        "00001,00002,3000",
        "00001,00003,3001",
        "00002,00001,2999",
    )
    assert said(bad.problems) == [
        (2, "code_a", "no code; fill it in"),
        (3, "code_b", "no code; fill it in"),
        (5, "km", "no distance in Vietnam; write kilometres"),
        (6, "km", "this pair is there already with another distance; keep one of the two"),
    ]


def test_borders_have_a_unit_on_each_side_and_count_once(read: Callable[..., Any]) -> None:
    found = read(
        read_borders,
        "code_a,code_b,shared_border_km",
        "00001,00002,1.5",
        "00002,00001,1.5",
        "00001,00001,1",
        ",00001,1",
        "00001,,1",
    )
    assert [(border.code_a, border.code_b) for border in found.borders] == [("00001", "00002")]
    assert said(found.problems) == [
        (3, "code_b", "this pair is there already; it counts once; remove the row"),
        (4, "code_b", "a unit beside itself; remove the row"),
        (5, "code_a", "no code; a border has a unit on each side"),
        (6, "code_b", "no code; a border has a unit on each side"),
    ]
    assert [problem.severity.value for problem in found.problems] == ["warning", "error", "error", "error"]


def test_positions_that_are_unknown_take_no_part_and_none_is_there_twice(read: Callable[..., Any]) -> None:
    found = read(
        read_positions,
        "code,position,staff,needed",
        "00001,land,1,2",
        "00001,land,1,2",
        ",land,1,2",
        "00001,,1,2",
        "00002,land,,2",
        "00003,land,1,",
    )
    assert found.cells == (Cell(Place("00001", "land"), 1, 2, 2, 2),)
    assert said(found.problems) == [
        (3, "position", "this unit and position are there already; add the two up"),
        (4, "code", "no unit or no position; fill it in"),
        (5, "position", "no unit or no position; fill it in"),
        (6, "staff", "unknown: this position takes no part; fill it in"),
        (7, "needed", "unknown: this position takes no part; fill it in"),
    ]


def test_who_may_fill_whose_posts_is_a_pair_with_a_cost(read: Callable[..., Any]) -> None:
    found = read(
        read_substitutes, "from,to,cost", "land,tax,2", "land,tax,1", "tax,tax,1", "tax,,1", "tax,law,"
    )
    assert found.pairs == {("land", "tax"): 2}
    twice = "the same pair again, or a position that fills its own posts; remove the row"
    incomplete = "a position or the cost is missing; fill it in"
    assert said(found.problems) == [
        (3, "to", twice),
        (4, "to", twice),
        (5, "cost", incomplete),
        (6, "cost", incomplete),
    ]


PLAN = "stage,kind,from_kind,from_code,from_name,from_group,to_code,to_name,to_group,people,months"


def test_a_plan_names_its_stages_its_people_and_what_stays(read: Callable[..., Any]) -> None:
    found = read(
        read_plan,
        PLAN,
        "2,transfer,unit,00001,Xã Một,party,00002,,party,3,",
        "3,secondment,department,Sở X,Sở X,,00002,Xã Hai,party,2,6",
        ",over,unit,00001,Xã Một,front,,,,4,",
    )
    assert found.problems == ()
    assert [(move.stage, move.people, move.months, move.department, move.row) for move in found.moves] == [
        (1, 3, None, False, 2),
        (2, 2, 6, True, 3),
        (-1, 4, None, False, 4),
    ]
    assert found.moves[2].target is None
    assert found.names == {"00001": "Xã Một", "00002": "Xã Hai", "Sở X": "Sở X"}


def test_a_plan_without_stage_people_or_a_known_origin_says_which_row(read: Callable[..., Any]) -> None:
    found = read(
        read_plan,
        PLAN,
        ",transfer,unit,00001,,party,00002,,party,3,",
        "0,transfer,unit,00001,,party,00002,,party,3,",
        "2,transfer,unit,00001,,party,00002,,party,,",
        "2,transfer,office,00001,,party,00002,,party,3,",
    )
    assert [move.row for move in found.moves] == [5]
    assert said(found.problems) == [
        (2, "stage", "no stage; write the stage's number: 1, 2 or 3"),
        (3, "stage", "no stage; write the stage's number: 1, 2 or 3"),
        (4, "people", "no number of people; write how many move"),
        (5, "from_kind", "no such origin; write unit or department"),
    ]


def test_a_start_that_calls_a_unit_by_two_names_and_a_day_that_is_none_are_said(
    read: Callable[..., Any],
) -> None:
    head = "stage,kind,from_code,from_name,from_group,to_code,to_group,people,norm_low,norm_target,norm_high"
    found = read(
        read_plan,
        f"{head},made_about,made_value",
        ",start,00001,Xã A,party,,,3,3,3,3,,",
        ",start,00001,xã a,front,,,3,3,3,3,,",
        ",start,00001,Xã B,government,,,3,3,3,3,,",
        ",start,00002,,government,,,3,3,3,3,,",
        ",made,,,,,,,,,,as-of,2026-11-22",
        ",made,,,,,,,,,,as-of,soon",
        ",made,,,,,,,,,,target,low",
    )
    assert said(found.problems) == [
        (4, "from_name", "00001 is Xã A on another line; correct the one that is wrong"),
        (7, "made_value", "not a date; take it from the plan as it was written"),
    ]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2,transfer,00001,party,,,3", "to_code"),
        ("2,transfer,,,00001,party,3", "from_code"),
        ("1,internal,,,,,3", "from_code"),
        (",over,,,00001,party,3", "from_code"),
        (",left,,,00001,party,3", "from_code"),
        (",short,00001,party,,,3", "to_code"),
        (",came,00001,party,,,3", "to_code"),
        (",,,,,,195", "from_code"),
    ],
)
def test_a_line_without_the_place_it_is_about_moves_nobody(
    read: Callable[..., Any], line: str, column: str
) -> None:
    found = read(read_plan, "stage,kind,from_code,from_group,to_code,to_group,people", line)
    assert found.moves == ()
    assert [(problem.row, problem.column, problem.code) for problem in found.problems] == [
        (2, column, "no-unit")
    ]


DONE = "from_code,from_group,to_code,to_group,people,date,stuck,reason"


def test_what_was_done_and_what_is_stuck(read: Callable[..., Any]) -> None:
    found = read(
        read_done,
        DONE,
        "00001,party,00002,party,2,2026-01-31,,",
        "00001,party,,,1,,,",
        ",,2,party,,,3,skills",
    )
    assert [problem.message for problem in found.problems] == []
    first, left, stuck = found.rows
    assert (first.people, first.day, first.row) == (2, date(2026, 1, 31), 2)
    assert (left.target, left.people) == (None, 1)
    assert (stuck.people, stuck.stuck, stuck.reason) == (0, 3, "skills")
    bad = read(read_done, DONE, ",,,,1,,,", "00001,party,00002,party,,,,", "00001,party,00002,party,,,0,")
    unknown = "how many moved is unknown; write the number, 0 for nobody yet"
    assert said(bad.problems) == [
        (2, "from_code", "neither origin nor target; fill in one"),
        (3, "people", unknown),
        (4, "people", unknown),
    ]


def test_every_heading_that_a_plan_is_written_under_is_one_that_is_read() -> None:
    assert [known_column(heading) for heading in PlanColumn] == list(PlanColumn)


def test_a_plan_moves_people_as_a_policy_can_say() -> None:
    assert set(map(str, StageKind)) == MOVES


ROSTER = "STT,Họ và tên,Chức vụ,Phòng,Đơn vị"
PEOPLE = (
    "1,Đào Thị Mơ,Chuyên viên,Phòng Kinh tế,Xã Một",
    "2,Bế Thu Sen,chuyên viên,Phòng Kinh tế,Xã Một",
    "3,Lò Văn Pó,Phó Bí thư Đảng ủy,,Xã Một",
    "4,Hầu A Dếnh,Chuyên viên,Văn phòng Đảng ủy,Xã Hai",
)
VACANT = ("5,khuyết,Chuyên viên,Phòng Kinh tế,Xã Một", "6,,Phó Bí thư Đảng ủy,,Xã Hai")
CODES = {"Xã Một": "00001", "Xã Hai": "00002"}


def test_a_list_of_people_with_its_vacant_posts_is_a_table_of_positions(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("\n".join((ROSTER, *PEOPLE, *VACANT)), encoding="utf-8")
    table = read_positions(path, code_of=CODES.get)
    found = {(cell.place.code, cell.place.group): (cell.staff, cell.target) for cell in table.cells}
    assert found == {
        ("00001", "Chuyên viên (Chính quyền)"): (2, 3),
        ("00001", "Phó Bí thư Đảng ủy"): (1, 1),
        ("00002", "Chuyên viên (Đảng)"): (1, 1),
        ("00002", "Phó Bí thư Đảng ủy"): (0, 1),
    }
    assert not errors(table.problems)
    assert len(table.sources) == 1


def test_a_list_of_people_that_says_not_how_many_are_needed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    odd = "5,khuyết,Người lái tàu,Phòng Kinh tế,Xã Một"
    path.write_text("\n".join((ROSTER, *PEOPLE)), encoding="utf-8")
    (problem,) = errors(read_positions(path, code_of=CODES.get).problems)
    assert (problem.code, problem.row) == ("no-vacant-posts", 1)
    path.write_text("\n".join((ROSTER, *PEOPLE, odd)), encoding="utf-8")
    told = errors(read_positions(path, code_of={"Xã Một": "00001"}.get).problems)
    assert [(problem.code, problem.row) for problem in told] == [("unmatched", 5), ("no-position", 6)]
    assert not [name for name in ("Mơ", "Sen", "Pó", "Dếnh") if name in str(told)]


def groups(table: Any) -> dict[tuple[str, str], tuple[int, int]]:
    return {(cell.place.code, cell.place.group): (cell.staff, cell.target) for cell in table.cells}


def test_positions_of_one_name_in_two_blocs_are_two(read: Callable[..., Any]) -> None:
    table = read(
        read_positions,
        "Mã xã,Khối,Vị trí,Số người cần,Có mặt",
        "00001,Đảng,Kế toán,1,3",
        "00001,Chính quyền,kế toán,2,0",
        "00002,Khối Đảng,Kế toán,1,0",
        "00002,government,Tư pháp,2,1",
    )
    assert groups(table) == {
        ("00001", "Kế toán (Đảng)"): (3, 1),
        ("00001", "Kế toán (Chính quyền)"): (0, 2),
        ("00002", "Kế toán (Đảng)"): (0, 1),
        ("00002", "Tư pháp"): (1, 2),
    }
    assert [problem.code for problem in table.problems] == ["spelled-otherwise"]


def test_a_cell_that_names_no_bloc_is_an_error_and_two_rows_of_one_bloc_are_one_place(
    read: Callable[..., Any],
) -> None:
    table = read(
        read_positions,
        "code,bloc,position,staff,needed",
        "00001,party,land,1,2",
        "00001,Party,land,1,2",
        "00001,,land,1,2",
        "00001,chợ,law,1,2",
    )
    assert [(problem.row, problem.code) for problem in errors(table.problems)] == [
        (4, "unknown-bloc"),
        (5, "unknown-bloc"),
        (3, "doubled-row"),
    ]


def test_without_a_column_for_blocs_the_office_says_them_and_a_guess_that_matters_is_warned_of(
    read: Callable[..., Any],
) -> None:
    table = read(
        read_positions,
        "code,Phòng,position,staff,needed",
        "00001,Văn phòng Đảng ủy,Kế toán,3,1",
        "00001,,Kế toán,0,2",
        "00001,,Tư pháp,1,2",
    )
    assert groups(table) == {
        ("00001", "Kế toán (Đảng)"): (3, 1),
        ("00001", "Kế toán (Chính quyền)"): (0, 2),
        ("00001", "Tư pháp"): (1, 2),
    }
    (problem,) = table.problems
    assert (problem.code, problem.severity, problem.row) == ("bloc-not-said", "warning", 3)


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["00001", "00002", "00003"]),
            st.sampled_from(["government", "party", "front"]),
            st.sampled_from(["land", "law", "finance"]),
        ),
        st.tuples(st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
    )
)
@settings(max_examples=25)
def test_no_people_of_one_bloc_are_counted_in_another(rows: dict[tuple[str, ...], tuple[int, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "positions.csv"
        lines = [",".join(map(str, (*key, *counts))) for key, counts in rows.items()]
        path.write_text("\n".join(("code,bloc,position,staff,needed", *lines)), encoding="utf-8")
        table = read_positions(path)
    names = {"government": "Chính quyền", "party": "Đảng", "front": "MTTQ"}
    blocs = {position: {row[1] for row in rows if row[2] == position} for _, _, position in rows}
    assert groups(table) == {
        (code, f"{position} ({names[bloc]})" if len(blocs[position]) > 1 else position): counts
        for (code, bloc, position), counts in rows.items()
    }


def test_a_position_whose_figure_is_a_dash_takes_no_part_and_that_is_said(read: Callable[..., Any]) -> None:
    found = read(read_positions, "code,bloc,position,staff,needed", "00001,party,Văn thư,-,2")
    assert found.cells == ()
    assert [(problem.row, problem.column, problem.code) for problem in found.problems] == [
        (2, "staff", "unknown-mark"),
        (2, "staff", "takes-no-part"),
    ]


@pytest.mark.parametrize(
    ("reader", "header", "line"),
    [
        (read_leavers, "code,{},people,date", "00001,party,1,2026-12-31"),
        (read_people, "code,{},born,sex", "00001,party,1980-01-31,nam"),
        (read_secondments, "id,{},home,host,start,months", "1,party,Sở Nội vụ,00001,2026-01-31,6"),
    ],
)
@pytest.mark.parametrize(("heading", "said_so"), [("Khối công tác", True), ("bloc", False), ("note", False)])
def test_a_heading_of_blocs_that_is_not_understood_is_warned_of(
    read: Callable[..., Any], reader: Reads, header: str, line: str, heading: str, *, said_so: bool
) -> None:
    found = read(reader, header.format(heading), line)
    warned = [(problem.code, problem.column, problem.row) for problem in found.problems]
    assert warned == ([("bloc-not-read", heading, 1)] if said_so else [])
