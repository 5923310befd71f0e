"""People one by one: counted by unit and bloc, each once; what fits nothing is refused by its row."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from quota import read_staff
from quota.core.blocs import BLOCS, Bloc
from quota.core.problems import Severity
from quota.core.units import Employment, StaffTable
from quota.norms.loading import load_offices
from quota.tables.files.raw import AS_FOUND, ReadOptions
from tests.unit.tables.readers.test_given_forms import GIVEN, STAFF

HEAD = "TT,Họ và tên,Ngày sinh,Chức vụ,Phòng,Đơn vị,Ghi chú"
TWO = [  # one person in each bloc but the front's
    "1,Đào Thị Mơ,1/2/1980,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,",
    "2,Lò Văn Pó,3/4/1981,Chuyên viên,Văn phòng Đảng ủy,Xã Phú Lạc,",
]
FRONT = "3,Bế Thu Sen,5/6/1982,Chủ tịch,Hội Nông dân,Xã Phú Lạc,"


@pytest.fixture
def read(tmp_path: Path) -> object:
    def reading(*lines: str, head: str = HEAD, options: ReadOptions = AS_FOUND) -> StaffTable:
        path = tmp_path / "roster.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return read_staff(path, options=options)

    return reading


def staff(table: StaffTable) -> dict[str, list[int | None]]:
    return {str(row.code or row.name): list(row.staff) for row in table.rows}


def errors(table: StaffTable) -> list[tuple[str, int | None]]:
    return [(found.code, found.row) for found in table.problems if found.severity is Severity.ERROR]


def said(table: StaffTable, code: str) -> list[int | None]:
    return [found.row for found in table.problems if found.code == code]


def test_a_departments_list_is_the_clean_staff_table() -> None:
    table = read_staff(GIVEN / "danh-sach.xlsx")
    assert errors(table) == []
    assert {row.name: list(row.staff) for row in table.rows} == STAFF


def test_a_bloc_of_which_nobody_is_listed_is_unknown() -> None:
    table = read_staff(GIVEN / "C-danh-sach.csv")
    assert staff(table) == {"Phường Phan Đình Phùng": [1, 1, None]}
    assert said(table, "bloc-not-listed") == [2]


@pytest.mark.parametrize(
    ("post", "office", "bloc"),
    [
        ("Chuyên viên", "Văn phòng HĐND và UBND", "government"),
        ("Chuyên viên", "Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân xã Phú Lạc", "government"),
        ("Trưởng phòng", "Phòng Kinh tế - Hạ tầng và Đô thị", "government"),
        ("Giám đốc", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "government"),
        ("Phó Chủ tịch UBND", "Lãnh đạo UBND", "government"),
        ("Chủ tịch HĐND", "", "government"),
        ("Phó Bí thư Thường trực", "", "party"),
        ("Phó Bí thư", "Đoàn TNCS Hồ Chí Minh", "front"),
        ("Bí thư Đoàn xã", "", "front"),
        ("Phó Trưởng ban", "Ban Xây dựng Đảng", "party"),
        ("Chuyên viên", "Cơ quan Ủy ban Kiểm tra Đảng ủy", "party"),
        ("Chủ tịch", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Phú Lạc", "front"),
        ("Chủ tịch Hội Cựu chiến binh", "UBMTTQ Việt Nam", "front"),
        ("Chủ tịch UBND kiêm Phó Bí thư Đảng ủy", "", "government"),
        ("Phó Bí thư Đảng ủy, Chủ tịch UBND", "Thường trực UBND", "government"),
        ("Phó Chủ tịch HĐND", "Đảng ủy; HĐND", "government"),
    ],
)
def test_an_office_or_else_a_post_says_the_bloc(read: object, post: str, office: str, bloc: str) -> None:
    table = read(f'1,A B,1/1/1990,"{post}","{office}",Xã Phú Lạc,')  # type: ignore[operator]
    assert errors(table) == []
    assert table.rows[0].staff[bloc] == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("3,A B,1/1/1990,Chuyên viên,Trạm Y tế,Xã Phú Lạc,", "no-bloc"),
        ("3,A B,1/1/1990,Chuyên viên,,Xã Phú Lạc,", "no-bloc"),
        ("3,A B,1/1/1990,,,Xã Phú Lạc,", "no-bloc"),
        ("3,A B,1/1/1990,Thợ điện,,Xã Phú Lạc,", "no-bloc"),
        ('3,A B,1/1/1990,"Phó Bí thư Đảng ủy, Chủ tịch UBND",,Xã Phú Lạc,', "no-bloc"),
        ("3,A B,1/1/1990,Chuyên viên,Phòng Kinh tế,,", "no-unit"),
        ("3,A B,1/1/1990,Chuyên viên,Phòng Kinh tế,Sở Nội vụ,", "no-unit"),
        ('3,A B,1/1/1990,"Viên chức, hợp đồng",Phòng Kinh tế,Xã Phú Lạc,', "unknown-employment"),
        (",,,,,,người này", "unclear-row"),
        (",C D,,Chuyên viên,Phòng Kinh tế,,", "unclear-row"),
    ],
)
def test_what_fits_nothing_is_refused_by_its_row(read: object, row: str, code: str) -> None:
    last = [] if row.startswith(",C D") else [FRONT.replace("3,", "4,", 1)]
    table = read(*TWO, row, *last)  # type: ignore[operator]
    assert (code, 4) in errors(table)
    assert not any(found.value for found in table.problems)


@pytest.mark.parametrize(
    ("words", "employment"),
    [
        ("", Employment.CIVIL_SERVANT),
        ("Công chức", Employment.CIVIL_SERVANT),
        ("Viên chức", Employment.PUBLIC_EMPLOYEE),
        ("Hợp đồng 173", Employment.CONTRACT),
        ("HĐLĐ", Employment.CONTRACT),
        ("Người hoạt động không chuyên trách", Employment.PART_TIME),
        ("Cán bộ không chuyên trách", Employment.PART_TIME),
    ],
)
@pytest.mark.parametrize("place", ["column", "post", "note"])
def test_who_counts_is_chosen(read: object, words: str, employment: Employment, place: str) -> None:
    cells = {
        "column": f"1,A B,,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,,{words}",
        "post": f"1,A B,,Chuyên viên {words},Phòng Kinh tế,Xã Phú Lạc,,",
        "note": f"1,A B,,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,{words},",
    }
    for counted in Employment:
        table = read(cells[place], head=f"{HEAD},Đối tượng", options=ReadOptions(counted=(counted,)))  # type: ignore[operator]
        assert errors(table) == []
        assert staff(table) == ({"Xã Phú Lạc": [1, None, None]} if counted is employment else {})
        assert len(said(table, "not-counted")) == (counted is not employment)


def test_several_ways_of_being_employed_count_together(read: object) -> None:
    lines = [*TWO, FRONT, "4,A B,,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,Hợp đồng"]
    both = ReadOptions(counted=(Employment.CIVIL_SERVANT, Employment.CONTRACT))
    assert staff(read(*lines)) == {"Xã Phú Lạc": [1, 1, 1]}  # type: ignore[operator]
    table = read(*lines, options=both)  # type: ignore[operator]
    assert staff(table) == {"Xã Phú Lạc": [2, 1, 1]}
    (counted,) = table.in_short
    assert str(counted.message) == "people one by one: 4 are counted (civil servants, on contract), units: 1"


def test_an_employment_that_is_not_understood_is_refused_and_a_note_is_warned_of(read: object) -> None:
    table = read(f"{FRONT},Thời vụ", head=f"{HEAD},Đối tượng")  # type: ignore[operator]
    assert errors(table) == [("unknown-employment", 2)]
    table = read(FRONT + "trước là hợp đồng ở huyện")  # type: ignore[operator]
    assert said(table, "unclear-note") == [2]
    assert staff(table) == {"Xã Phú Lạc": [None, None, 1]}


def test_a_bloc_written_decides_and_a_contradiction_is_warned_of(read: object) -> None:
    head = f"{HEAD},Khối"
    table = read(f"{FRONT},Khối Đảng", f"{TWO[0]},khối chính quyền", head=head)  # type: ignore[operator]
    assert staff(table) == {"Xã Phú Lạc": [1, 1, None]}
    assert said(table, "other-bloc") == [2]
    assert errors(read(f"{FRONT},Khối lạ", head=head)) == [("unknown-bloc", 2)]  # type: ignore[operator]


def test_the_military_command_is_apart_unless_the_frame_has_it(read: object) -> None:
    soldier = "4,A B,,Chỉ huy trưởng,Ban Chỉ huy Quân sự,Xã Phú Lạc,"
    table = read(*TWO, FRONT, soldier)  # type: ignore[operator]
    assert staff(table) == {"Xã Phú Lạc": [1, 1, 1]}
    assert said(table, "not-counted") == [1]
    blocs = (*BLOCS, Bloc("military"))
    assert staff(read(*TWO, FRONT, soldier, options=AS_FOUND.of_blocs(blocs))) == {"Xã Phú Lạc": [1, 1, 1, 1]}  # type: ignore[operator]


def test_a_person_on_two_rows_is_one_head(read: object) -> None:
    again = "4,Đào Thị Mơ,1/2/1980,Phó Trưởng ban,Ban Pháp chế HĐND,Xã Phú Lạc,"
    table = read(*TWO, FRONT, again)  # type: ignore[operator]
    assert (staff(table), said(table, "several-offices")) == ({"Xã Phú Lạc": [1, 1, 1]}, [2])
    other = again.replace("Ban Pháp chế HĐND", "Đảng ủy")
    assert errors(read(*TWO, FRONT, other)) == [("several-blocs", 2)]  # type: ignore[operator]
    assert staff(read(*TWO, FRONT, other + "kiêm nhiệm")) == {"Xã Phú Lạc": [1, 1, 1]}  # type: ignore[operator]
    elsewhere = again.replace("Xã Phú Lạc", "Xã Phú Thịnh")
    assert errors(read(*TWO, FRONT, elsewhere)) == [("several-units", 2)]  # type: ignore[operator]
    another = again.replace("1/2/1980", "1/2/1970")
    assert staff(read(*TWO, FRONT, another)) == {"Xã Phú Lạc": [2, 1, 1]}  # type: ignore[operator]


def test_one_name_in_one_unit_without_a_birth_date_is_asked_about(read: object) -> None:
    lines = [line.replace("1/2/1980", "") for line in (*TWO, TWO[0].replace("1,", "3,", 1))]
    assert errors(read(*lines)) == [("same-name", 2)]  # type: ignore[operator]
    lines[2] += "kiêm nhiệm"
    assert staff(read(*lines)) == {"Xã Phú Lạc": [1, 1, None]}  # type: ignore[operator]
    head = f"{HEAD},Mã cán bộ"
    by_number = [f"{TWO[0]},07", f"{TWO[0]},08".replace("1,", "2,", 1)]
    assert staff(read(*by_number, head=head)) == {"Xã Phú Lạc": [2, None, None]}  # type: ignore[operator]


def test_who_holds_two_offices_is_listed_by_row(read: object) -> None:
    both = "3,A B,,Chủ tịch UBND kiêm Trưởng phòng,Lãnh đạo UBND,Xã Phú Lạc,"
    table = read(*TWO, both, ",,,Trưởng ban,Ban Pháp chế HĐND,,", FRONT.replace("3,", "4,", 1))  # type: ignore[operator]
    assert (errors(table), said(table, "several-offices")) == ([], [4, 5])
    assert staff(table) == {"Xã Phú Lạc": [2, 1, 1]}


def test_vacant_posts_are_not_people(read: object) -> None:
    vacant = ["3,(khuyết),,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,", "4,,,Chuyên viên,Đảng ủy,Xã Phú Lạc,"]
    table = read(*TWO, *vacant, FRONT.replace("3,", "5,", 1))  # type: ignore[operator]
    assert (staff(table), said(table, "vacant-post")) == ({"Xã Phú Lạc": [1, 1, 1]}, [4, 5])


def test_an_office_alone_in_its_column_is_a_vacant_post_and_no_heading(read: object) -> None:
    later = "4,A B,,Chuyên viên,,Xã Phú Lạc,"
    table = read(*TWO, "3,,,,Đảng ủy,,", later, FRONT.replace("3,", "5,", 1))  # type: ignore[operator]
    assert (errors(table), said(table, "vacant-post")) == ([("no-bloc", 5)], [4])


def test_a_post_is_held_against_the_office_that_stands_above_it(read: object) -> None:
    lines = [
        "1,A B,,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc,",
        "2,A C,,Chủ tịch UBMTTQ,,Xã Phú Lạc,",
        "3,A D,,Thợ điện,,Xã Phú Lạc,",
        "4,A E,,Chuyên viên,,Xã Phú Lạc,",
    ]
    table = read(*lines)  # type: ignore[operator]
    assert errors(table) == [("no-bloc", 4)]
    assert staff(table) == {"Xã Phú Lạc": [2, None, 1]}
    head = "STT,Họ tên,Chức danh,Đơn vị"
    under = ["Khối Đảng,,,", "1,A B,Thợ điện,Xã Phú Lạc", "2,A C,Chủ tịch UBND,Xã Phú Lạc"]
    table = read(*under, head=head)  # type: ignore[operator]
    assert (errors(table), staff(table)) == ([("no-bloc", 4)], {"Xã Phú Lạc": [None, 1, None]})


@pytest.mark.parametrize("note", ["Nghỉ hưu từ 1/9/2025", "Biệt phái từ Sở Nội vụ", "đã chuyển công tác"])
def test_a_note_of_leaving_is_warned_of(read: object, note: str) -> None:
    table = read(FRONT + note)  # type: ignore[operator]
    assert (staff(table), said(table, "may-be-gone")) == ({"Xã Phú Lạc": [None, None, 1]}, [2])


@pytest.mark.parametrize(
    "head",
    [
        "Họ và tên cán bộ, công chức, viên chức|Chức vụ công tác|Phòng, ban chuyên môn|Đơn vị công tác",
        "HỌ VÀ TÊN (CBCC)|Chức danh|Phòng/Ban|Tên đơn vị",
        "Họ, tên đệm|Chức vụ/chức danh|Phòng|Xã, phường",
    ],
)
def test_usual_headings_of_lists_are_known(tmp_path: Path, head: str) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(f"{head}\nA B|Chuyên viên|Phòng Kinh tế|Xã Phú Lạc\n", encoding="utf-8")
    assert staff(read_staff(path)) == {"Xã Phú Lạc": [1, None, None]}


def test_a_secretary_of_the_youth_union_is_of_its_bloc(read: object) -> None:
    table = read("1,A B,,Bí thư,Đoàn TNCS Hồ Chí Minh,Xã Phú Lạc,")  # type: ignore[operator]
    assert (staff(table), said(table, "other-bloc")) == ({"Xã Phú Lạc": [None, None, 1]}, [])


def test_units_offices_and_employment_may_stand_in_headings_between_rows(read: object) -> None:
    head = "STT,Họ tên,Ngày sinh,Chức danh"
    table = read(  # type: ignore[operator]
        "A. CÁN BỘ, CÔNG CHỨC".join(('"', '",,,')),
        "I. PHƯỜNG PHỔ YÊN (3 người),,,",
        "1,Phòng Kinh tế,,",
        "1,A B,,Trưởng phòng",
        "2,C D,,Chuyên viên",
        "2,Khối Đảng,,",
        "3,E F,,Chuyên viên",
        "II,Xã Phú Lạc,,",
        "4,G H,,Chủ tịch UBND",
        "B. NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH,,,",
        "I. PHƯỜNG PHỔ YÊN,,,",
        "5,I K,,Chủ tịch Hội Nông dân",
        "Tổng cộng: 5 người,,,",
        ",Người lập,,",
        head=head,
    )
    assert errors(table) == []
    assert {str(row.name).casefold(): list(row.staff) for row in table.rows} == {
        "phường phổ yên": [2, 1, None],
        "xã phú lạc": [1, None, None],
    }
    assert said(table, "left-out") == [15]


def test_a_heading_once_more_and_a_column_written_once(read: object) -> None:
    table = read(  # type: ignore[operator]
        "1,A B,,Trưởng phòng,Phòng Kinh tế,Xã Phú Lạc,",
        "2,C D,,Chuyên viên,,,",
        "3,C E,,Chuyên viên,,,",
        HEAD,
        "4,E F,,Chuyên viên,Đảng ủy,,",
        "5,E G,,Chuyên viên,,,",
        "6,G H,,Chuyên viên,Hội Nông dân,Xã Phú Thịnh,",
        "7,G I,,Chuyên viên,,,",
        "8,G K,,Chuyên viên,,,",
    )
    assert errors(table) == []
    assert staff(table) == {"Xã Phú Lạc": [3, 2, None], "Xã Phú Thịnh": [None, None, 3]}


def test_codes_names_in_two_columns_and_no_numbers(read: object) -> None:
    head = "Mã xã,Họ và tên đệm,Tên,Chức vụ,Phòng"
    table = read(  # type: ignore[operator]
        "5800,Đào Thị,Mơ,Chuyên viên,Phòng Kinh tế",
        "5800,Đào Thị,Mận,Chuyên viên,Phòng Kinh tế",
        "",
        ",Người,lập,,",
        head=head,
    )
    assert (errors(table), staff(table)) == ([], {"05800": [2, None, None]})
    assert not any(found.value for found in table.problems)
    assert staff(read("Mơ,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc", head="name,post,office,unit")) == {  # type: ignore[operator]
        "Xã Phú Lạc": [1, None, None]
    }


def test_every_sheet_is_one_list_and_its_name_is_a_heading(tmp_path: Path) -> None:
    book = Workbook(str(path := tmp_path / "xa.xlsx"))
    for unit in ("Xã Phú Lạc", "Xã Phú Thịnh"):
        sheet = book.add_worksheet(unit)
        rows = [["STT", "Họ tên", "Chức vụ"], [1, f"A {unit}", "Chủ tịch UBND"], [2, "C D", "Bí thư Đảng ủy"]]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    assert staff(read_staff(path)) == {"Xã Phú Lạc": [1, 1, None], "Xã Phú Thịnh": [1, 1, None]}


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (["UBND PHƯỜNG PHỔ YÊN,,", "DANH SÁCH CÁN BỘ,,"], "PHƯỜNG PHỔ YÊN"),
        (["DANH SÁCH CÔNG CHỨC XÃ PHÚ LẠC,,", "Tính đến 30/9/2025,,"], "XÃ PHÚ LẠC"),
        (["DANH SÁCH CÁN BỘ CẤP XÃ NĂM 2025,,", "Công tác xã hội,,"], None),
        (["UBND xã Phú Lạc,,", "UBND xã Phú Thịnh,,"], None),
    ],
)
def test_a_list_of_one_unit_may_name_it_above(read: object, above: list[str], unit: str | None) -> None:
    table = read("Họ tên,Chức vụ,Phòng", "A B,Chuyên viên,Phòng Kinh tế", head="\n".join(above))  # type: ignore[operator]
    assert [row.name for row in table.rows] == ([unit] if unit else [])
    assert len(said(table, "unit-above")) == (unit is not None)
    assert bool(errors(table)) is (unit is None)


def test_an_own_list_of_offices_places_what_the_shipped_one_does_not(read: object, tmp_path: Path) -> None:
    (own := tmp_path / "ours.yaml").write_text(
        "kind: offices\nid: ours\nextends: offices-2025\ntitle: {vi: Của tỉnh, en: Ours}\n"
        "sources: {d5: {title: Quyết định 5, publisher: UBND tỉnh}}\n"
        "offices:\n  clinic:\n"
        "    {bloc: government, employment: public-employee, names: [Trạm Y tế], source: d5}\n",
        encoding="utf-8",
    )
    lines = [*TWO, "3,A B,,Nhân viên,Trạm Y tế,Xã Phú Lạc,"]
    options = ReadOptions(offices=load_offices(own))
    assert staff(read(*lines, options=options)) == {"Xã Phú Lạc": [1, 1, None]}  # type: ignore[operator]
    options = ReadOptions(offices=load_offices(own), counted=(Employment.PUBLIC_EMPLOYEE,))
    assert staff(read(*lines, options=options)) == {"Xã Phú Lạc": [1, None, None]}  # type: ignore[operator]


OFFICES: dict[str, Sequence[str]] = {
    "government": ("Phòng Kinh tế", "Văn phòng HĐND và UBND", "UBND", "Trung tâm Phục vụ hành chính công"),
    "party": ("Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "UBKT Đảng ủy"),
    "front": ("Ủy ban MTTQ Việt Nam", "Hội Phụ nữ", "Đoàn Thanh niên", "Hội CCB"),
}


@pytest.mark.parametrize("seed", range(20))
def test_a_made_up_list_is_read_to_the_truth(read: object, seed: int) -> None:
    draw = random.Random(seed)
    units = ["Phường Phổ Yên", "Xã Phú Lạc", "Xã Quân Chu"]
    by_section, numbered, upper = draw.random() < 0.5, draw.random() < 0.7, draw.random() < 0.3
    truth: dict[str, list[int | None]] = {}
    lines: list[str] = []
    number = 0
    for unit in units:
        lines += [f"{unit},,,,,"] if by_section else []
        for place, offices in enumerate(OFFICES.values()):
            heads = draw.randrange(4)
            if heads:
                truth.setdefault(unit, [None] * 3)[place] = heads
            for _ in range(heads):
                number += 1
                office = draw.choice(offices)
                post = draw.choice(["Chuyên viên", "Phó", ""])
                cells = [
                    str(number) if numbered else "",
                    f"N{number}",
                    post,
                    office,
                    "" if by_section else unit,
                ]
                lines.append(",".join([*cells, draw.choice(["", "Đại học"])]))
    lines += [",,,,,", ",Người lập biểu,,,,"] if draw.random() < 0.5 else []
    head = "STT,Họ và tên,Chức vụ,Phòng ban,Đơn vị,Trình độ"
    table = read(*(line.upper() if upper else line for line in lines), head=head)  # type: ignore[operator]
    found = {str(name).casefold(): counts for name, counts in staff(table).items()}
    assert errors(table) == []
    assert found == {unit.casefold(): counts for unit, counts in truth.items()}


def test_a_heading_that_is_not_understood_is_no_person_and_ends_no_office_in_silence(read: object) -> None:
    head = "TT,Họ và tên,Ngày sinh,Chức vụ,Ghi chú"
    rows = (
        *(",Xã Phú Lạc,,,", "I,Văn phòng Đảng ủy,,,", "1,Lò Văn Pó,3/4/1981,Chuyên viên,"),
        *("II,Tổ dự án,,,", "2,Bế Thu Sen,5/6/1982,Nhân viên,"),
    )
    table = read(*rows, head=head)  # type: ignore[operator]
    assert errors(table) == [("unclear-row", 5)]


def test_a_short_list_under_many_headings_is_read(read: object) -> None:
    head = "TT,Họ và tên,Ngày sinh,Chức vụ,Ghi chú"
    rows = (
        *(",Xã Phú Lạc,,,", "I,Phòng Kinh tế,,,", "1,Đào Thị Mơ,1/2/1980,Chuyên viên,"),
        *("II,Văn phòng Đảng ủy,,,", "2,Lò Văn Pó,3/4/1981,Chuyên viên,", "III,Hội Nông dân,,,"),
        *("3,Bế Thu Sen,5/6/1982,Chủ tịch,", ",Tổng số: 3 người,,,"),
    )
    table = read(*rows, head=head)  # type: ignore[operator]
    assert (errors(table), staff(table)) == ([], {"Xã Phú Lạc": [1, 1, 1]})


def test_names_alone_under_headings_are_people(read: object) -> None:
    rows = (",Xã Phú Lạc,", ",Phòng Kinh tế,", "1,Đào Thị Mơ,", "2,Lò Văn Pó,")
    table = read(*rows, head="TT,Họ và tên,Chức vụ")  # type: ignore[operator]
    assert (errors(table), staff(table)) == ([], {"Xã Phú Lạc": [2, None, None]})


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Xã Đam Rông 1", "Xã Đam Rông 1"),
        ("XÃ ĐAM RÔNG 2 (12 người)", "XÃ ĐAM RÔNG 2"),
        ("Xã Đam Rông 3: 12", "Xã Đam Rông 3"),
        ("I. Xã Phú Lạc 12 người", "Xã Phú Lạc"),
    ],
)
def test_a_number_that_is_part_of_a_units_name_stays(read: object, heading: str, unit: str) -> None:
    rows = (f",{heading},,,", "1,Đào Thị Mơ,1/2/1980,Chuyên viên,Phòng Kinh tế")
    table = read(*rows, head="TT,Họ và tên,Ngày sinh,Chức vụ,Phòng")  # type: ignore[operator]
    assert list(staff(table)) == [unit]


def test_the_last_of_a_list_without_numbers_is_a_person_where_its_birth_is_said(read: object) -> None:
    head = "Họ và tên,Ngày sinh,Chức vụ,Phòng,Đơn vị"
    rows = ("Đào Thị Mơ,1/2/1980,Chuyên viên,Phòng Kinh tế,Xã Phú Lạc", "Lò Văn Pó,3/4/1981,Bí thư,Đoàn xã,")
    table = read(*rows, ",,,,", "NGƯỜI LẬP,,GIÁM ĐỐC,,", head=head)  # type: ignore[operator]
    assert ("unclear-row", 3) not in errors(table)
