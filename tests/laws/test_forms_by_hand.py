"""Forms written as departments keep them: read to the truth, or asked about where they leave it open."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from quota import read_staff, read_units
from quota.core.problems import Severity
from quota.tables.columns.own_words import read_wordings
from quota.tables.files.raw import ReadOptions
from quota.tables.files.said.titles import counts_some

UNITS = (
    ("05443", "Phường Phan Đình Phùng", 103_512, (60, 11, 5)),
    ("05758", "Xã Đại Từ", 37_650, (30, 12, 4)),
    ("05776", "Xã Phú Lạc", 9_123, (28, 10, 4)),
    ("05860", "Phường Phổ Yên", 51_200, (45, 14, 6)),
)
Cells = Sequence[object]
HEAD = ("Mã", "Đơn vị")
BLOCS = ("Chính quyền", "Đảng", "MTTQ")


def residents(
    headings: Sequence[Cells], figures: Callable[[int], Cells], title: str = "", identity: Cells = HEAD
) -> list[Cells]:
    """A population table: the rows of its headings beside code and name, and each unit's figures."""
    lines: list[Cells] = [[title]] if title else []
    lines += [[*(identity if level == 0 else ("", "")), *row] for level, row in enumerate(headings)]
    return [*lines, *([code, name, *figures(people)] for code, name, people, _ in UNITS)]


def staff(below: Cells, figures: Callable[[int], Cells], title: str = "") -> list[Cells]:
    """A staff table: each bloc over the same columns, and their figures for the people present in it."""
    lines: list[Cells] = [[title]] if title else []
    upper = [bloc if place == 0 else "" for bloc in BLOCS for place in range(len(below))]
    lines += [["TT", "Đơn vị", *upper], ["", "", *below, *below, *below]]
    rows = (
        [place, unit[1], *(cell for people in unit[3] for cell in figures(people))]
        for place, unit in enumerate(UNITS, 1)
    )
    return [*lines, *rows]


def alone(title: str, blocs: Sequence[str] = BLOCS) -> list[Cells]:
    """A staff table of a column a bloc."""
    rows = ([place, unit[1], *unit[3]] for place, unit in enumerate(UNITS, 1))
    return [[title], ["TT", "Đơn vị", *blocs], *rows]


def page_totals() -> list[Cells]:
    """Sums at the end of each page."""
    heading, *rows = residents([["Dân số"]], lambda people: [people])
    sums = [sum(unit[2] for unit in units) for units in (UNITS[:2], UNITS[2:], UNITS)]
    first, second, whole = (
        ["", text, figure]
        for text, figure in zip(("Cộng trang 1", "Mang sang", "Tổng cộng"), sums, strict=True)
    )
    return [heading, *rows[:2], first, *rows[2:], second, whole]


def section(text: str, kind: str = "pop", number: str = "I") -> list[Cells]:
    """A table whose rows stand under a heading of their own."""
    heading, *rows = residents([["Dân số"]], lambda p: [p]) if kind == "pop" else alone("BIỂU 2")[1:]
    return [heading, [number, text], *rows]


def with_column(called: str, value: object, kind: str = "pop", last: object = None) -> list[Cells]:
    """A table with a column that says the same of every row, or something else of the `last`."""
    heading, *rows = residents([["Dân số"]], lambda p: [p]) if kind == "pop" else alone("BIỂU 2")[1:]
    values = [value] * (len(rows) - 1) + [value if last is None else last]
    return [[*heading, called], *([*row, cell] for row, cell in zip(rows, values, strict=True))]


READ: dict[str, tuple[str, list[Cells]]] = {
    "a row of units of measure": (
        "pop",
        residents([["Dân số", "Số hộ"], ["Người", "Hộ"]], lambda p: [p, p // 4]),
    ),
    "who is there now beside another day": (
        "pop",
        residents([["Dân số 01/4/2019", "Dân số hiện tại"]], lambda p: [p - 9, p]),
    ),
    "a share beside": ("pop", residents([["Dân số", "% dân số tỉnh"]], lambda p: [p, "2,5"])),
    "the new unit's name": (
        "pop",
        residents([["Sáp nhập từ", "Dân số"]], lambda p: ["Xã A, Xã B", p], "", ("Mã", "Tên ĐVHC mới")),
    ),
    "against the standards": (
        "pop",
        residents(
            [
                ["Diện tích (km2)", "", "Quy mô dân số (người)", ""],
                ["Diện tích", "Tỷ lệ (%)", "Dân số", "Tỷ lệ (%)"],
            ],
            lambda p: ["30,5", "101,7", p, "98,1"],
        ),
    ),
    "a standard beside": ("pop", residents([["Dân số", "Tiêu chuẩn dân số"]], lambda p: [p, 16_000])),
    "two languages": (
        "pop",
        residents([["Dân số/Population"]], lambda p: [p], "", ("Mã/Code", "Tên đơn vị (Name)")),
    ),
    "the sum after its parts": (
        "pop",
        residents([["Dân số", "", ""], ["Thường trú", "Tạm trú", "Cộng"]], lambda p: [p - 100, 100, p]),
    ),
    "households and people": (
        "pop",
        residents(
            [["Tổng số", "", "Trong đó dân tộc thiểu số", ""], ["Hộ", "Khẩu", "Hộ", "Khẩu"]],
            lambda p: [p // 4, p, p // 40, p // 10],
            "BIỂU HỘ VÀ KHẨU",
        ),
    ),
    "a change beside": (
        "pop",
        residents([["Dân số", "Tăng (+), giảm (-) so với 2024"]], lambda p: [p, -120]),
    ),
    "a year to come beside": (
        "pop",
        residents([["Dân số 2025", "Dân số 2030"]], lambda p: [p, p + 9]),
    ),
    "a plan for a year to come": (
        "staff",
        staff(["Có mặt năm 2025", "Năm 2027"], lambda p: [p, p + 2]),
    ),
    **{
        title: ("pop", residents([["Dân số"]], lambda p: [p], title))
        for title in (
            "Dân số phục vụ bầu cử đại biểu HĐND nhiệm kỳ 2026-2031",
            "DÂN SỐ (Kèm theo Kế hoạch số 12/KH-UBND về phát triển kinh tế giai đoạn 2026-2030)",
            "Dân số các đơn vị hành chính hình thành sau sắp xếp giai đoạn 2026 - 2030",
            "DÂN SỐ, LAO ĐỘNG VÀ HỘ NGHÈO NĂM 2025",
            "Dân số thành thị, nông thôn năm 2025",
            "DANH SÁCH ĐƠN VỊ BẦU CỬ VÀ CỬ TRI",
        )
    },
    "residents beside a group of people": (
        "pop",
        residents([["Dân số", "Số cử tri"]], lambda p: [p, p // 2], "CỬ TRI CÁC XÃ"),
    ),
    "scale under scale": (
        "pop",
        residents(
            [["Quy mô dân số", ""], ["Quy mô (người)", "Tỷ lệ so với tiêu chuẩn (%)"]], lambda p: [p, "200"]
        ),
    ),
    "the new unit at the level of communes": (
        "pop",
        residents([["Dân số"]], lambda p: [p], "", ("Mã ĐVHC", "Tên ĐVHC cấp xã mới")),
    ),
    "in English": (
        "pop",
        residents(
            [["Households", "Population", "Male", "Female"]],
            lambda p: [p // 4, p, p // 2, p - p // 2],
            "POPULATION BY COMMUNE",
            ("Code", "Commune/Ward"),
        ),
    ),
    "two languages on two lines": (
        "pop",
        residents([["Dân số\nPopulation"]], lambda p: [p], "", ("Mã số\nCode", "Đơn vị hành chính\nUnit")),
    ),
    "staff in English": (
        "staff",
        alone("STAFF IN POST AS OF 30 SEPTEMBER 2025", ("Government", "Party", "Fatherland Front")),
    ),
    **{
        title: ("staff", alone(title))
        for title in (
            "BÁO CÁO TÌNH HÌNH SỬ DỤNG BIÊN CHẾ NĂM 2025",
            "Tình hình quản lý biên chế cấp xã năm 2025",
            "BIÊN CHẾ CÓ MẶT ĐẾN 31/12/2026 PHỤC VỤ GIAO BIÊN CHẾ NĂM 2027",
            "ĐÁNH GIÁ THỰC TRẠNG BIÊN CHẾ CẤP XÃ",
            "THỐNG KÊ ĐỘI NGŨ CÁN BỘ, CÔNG CHỨC (Kèm theo Kế hoạch số 12/KH-UBND)",
        )
    },
    **{
        text: ("pop", section(text))
        for text in (
            *("CÁC PHƯỜNG", "Huyện Nam Sách (cũ)", "Khu vực nông thôn", "THÀNH PHỐ THÁI NGUYÊN (CŨ)"),
            *("Cụm xã phía Nam", "Tổng dân số", "Địa bàn thành thị"),
        )
    },
    **{f"{text} of staff": ("staff", section(text, "staff")) for text in ("Các xã", "Hiện có", "TP PHỔ YÊN")},
    "a column of a year that was": ("pop", with_column("Năm", 2024)),
    "a column of towns and country": ("pop", with_column("Khu vực", "Thành thị", last="Nông thôn")),
    "a figure like a year beside others": ("pop", with_column("Dự báo năm 2030", 2086, last=40_669)),
    "a column of people": ("pop", with_column("ĐVT", "Người")),
    "a note of some": ("pop", with_column("Ghi chú", "Dự báo")),
    "a column of a kind of place": ("pop", with_column("Khu vực", "Miền núi")),
    **{
        f"{title} of residents": ("pop", residents([["Dân số"]], lambda p: [p], title))
        for title in (
            *("Dân số (người)", "DÂN SỐ (có đến 31/12/2025)"),
            *("DÂN SỐ TRƯỚC VÀ SAU SẮP XẾP", "Dân số sau sắp xếp (so với trước khi sắp xếp)"),
            *("DÂN SỐ CÓ ĐẾN 31/12/2024", "DIỆN TÍCH, DÂN SỐ VÀ MẬT ĐỘ DÂN SỐ", "ĐVT: Người"),
            *("Đơn vị tính: người, km2", "SỐ LIỆU DÂN SỐ PHỤC VỤ XÂY DỰNG ĐỀ ÁN", "Dân số trên địa bàn tỉnh"),
        )
    },
    **{
        f"{title} of staff": ("staff", alone(title))
        for title in (
            *("SỐ LƯỢNG, CHẤT LƯỢNG CÁN BỘ, CÔNG CHỨC CẤP XÃ", "Số lượng người làm việc tại các xã"),
            "BIÊN CHẾ CÓ MẶT (KHÔNG BAO GỒM HỢP ĐỒNG)",
            *("KẾT QUẢ BỐ TRÍ CÁN BỘ, CÔNG CHỨC SAU SẮP XẾP", "CÁN BỘ, CÔNG CHỨC TRƯỚC, SAU KHI SẮP XẾP"),
            *("BIỂU SỐ 03-BC/BNV", "TỔNG SỐ CBCC CÁC KHỐI", "ĐVT: biên chế", "DANH SÁCH CÁC XÃ, PHƯỜNG"),
            *("PHÒNG TỔ CHỨC, BIÊN CHẾ VÀ CÔNG CHỨC, VIÊN CHỨC", "(Kèm theo Công văn số 2030/SNV-TCBC)"),
        )
    },
    "numbered names": (
        "pop",
        [["Đơn vị", "Mã", "Dân số"], *([f"{n}. {u[1]}", u[0], u[2]] for n, u in enumerate(UNITS, 1))],
    ),
    "page totals": ("pop", page_totals()),
    "present and foreseen": (
        "staff",
        staff(
            ["Hiện trạng", "Dự kiến bố trí"], lambda p: [p, p + 2], "HIỆN TRẠNG VÀ DỰ KIẾN BỐ TRÍ CÔNG CHỨC"
        ),
    ),
    "assigned for now": ("staff", staff(["Tạm giao", "Thực hiện", "Chưa sử dụng"], lambda p: [p + 2, p, 2])),
    "leaders among them": ("staff", staff(["Tổng số", "Trong đó: lãnh đạo"], lambda p: [p, p // 4])),
    "contracts beside them": (
        "staff",
        staff(["Tổng", "Cán bộ", "Công chức", "HĐ"], lambda p: [p, p - 3, 3, 2]),
    ),
    "no contract among them": ("staff", staff(["Có mặt", "Trong đó: hợp đồng"], lambda p: [p, 0])),
    "the new unit's name as a column": (
        "pop",
        residents([["Dân số / Toàn xã"]], lambda p: [p], "", ("Mã", "Tên xã, phường sau sắp xếp")),
    ),
    "codes of former districts": (
        "pop",
        [
            ["STT", "Mã", "Đơn vị", "Dân số"],
            ["", 19, "Tỉnh Thái Nguyên", sum(unit[2] for unit in UNITS)],
            *(
                row
                for code, name, units in ((164, "Huyện Đại Từ", UNITS[:2]), (172, "Phổ Yên", UNITS[2:]))
                for row in (
                    ["I", code, name, sum(unit[2] for unit in units)],
                    *([1, *unit[:3]] for unit in units),
                )
            ),
        ],
    ),
    "organizations beside the front's total": (
        "staff",
        [
            ["TT", "Đơn vị", "Chính quyền", "Đảng", "Khối Mặt trận", "", ""],
            ["", "", "", "", "Tổng", "MTTQ", "Đoàn thể"],
            *([place, unit[1], *unit[3], unit[3][2] - 1, 1] for place, unit in enumerate(UNITS, 1)),
        ],
    ),
    "men and women": ("staff", staff(["Tổng", "Nam", "Nữ"], lambda p: [p, p // 2, p - p // 2])),
    "long names of columns": (
        "staff",
        staff(["Số lượng CBCC hiện có", "Thừa, thiếu so với định mức"], lambda p: [p, 2]),
    ),
    "a title of both": ("staff", alone("SỐ LƯỢNG CÁN BỘ, CÔNG CHỨC VÀ NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH")),
}
"""Forms that say what they hold."""
ASKED: dict[str, tuple[str, list[Cells]]] = {
    "two days": ("pop", residents([["Dân số", ""], ["31/12/2024", "31/12/2025"]], lambda p: [p - 7, p])),
    "two years": ("pop", residents([["Dân số 2024", "Dân số 2025"]], lambda p: [p, p + 9])),
    "a year to come": ("pop", residents([["Dân số năm 2030"]], lambda p: [p + 9])),
    "up to a year to come": ("pop", residents([["Quy mô dân số đến năm 2035 (người)"]], lambda p: [p + 9])),
    "years to come under a group": (
        "pop",
        residents([["Dân số", ""], ["2030", "2035"]], lambda p: [p, p + 9]),
    ),
    "poor households": ("pop", residents([["Số hộ nghèo", "Số khẩu"]], lambda p: [9, 30], "HỘ NGHÈO 2025")),
    "blocs in a year to come": ("staff", staff(["Năm 2027"], lambda p: [p + 1])),
    "contracts among them": ("staff", staff(["Có mặt", "Trong đó: hợp đồng 111"], lambda p: [p + 2, 2])),
    "people on loan among them": (
        "staff",
        staff(["Tổng có mặt", "Trong đó biệt phái đến"], lambda p: [p + 1, 1]),
    ),
    "contracts among the staff beside residents": (
        "pop",
        residents([["Dân số", "Chính quyền", "Trong đó: HĐ", "Đảng", "MTTQ"]], lambda p: [p, 30, 2, 12, 5]),
    ),
    "contracts among the posts": ("staff", staff(["Có mặt", "Giao", "Trong đó HĐ"], lambda p: [p, p + 2, 2])),
    "a total of contracts as well": (
        "staff",
        staff(["Tổng số", "Cán bộ", "Công chức", "HĐLĐ"], lambda p: [p + 2, p - 3, 3, 2]),
    ),
    "contracts among one bloc": (
        "staff",
        [
            ["TT", "Đơn vị", "Chính quyền", "Trong đó HĐ 111", "Đảng", "MTTQ"],
            *([place, unit[1], unit[3][0] + 2, 2, *unit[3][1:]] for place, unit in enumerate(UNITS, 1)),
        ],
    ),
    "before and after": (
        "pop",
        residents([["Dân số trước sắp xếp", "Dân số sau sắp xếp"]], lambda p: [p - 7, p]),
    ),
    "a standard alone": ("pop", residents([["Tiêu chuẩn dân số"]], lambda p: [16_000])),
    "a density": ("pop", residents([["Mật độ dân số (người/km2)"]], lambda p: [p])),
    "growth": ("pop", residents([["Tốc độ tăng dân số"]], lambda p: [p])),
    **{
        f"under {text}": ("pop", section(text, number=number))
        for text in (
            *(
                "NỮ",
                "Trong đó: nữ",
                "Dân số tạm trú",
                "TẠM TRÚ",
                "Năm 2030",
                "Thành thị",
                "DỰ BÁO",
                "Hộ nghèo",
            ),
            "Tăng, giảm",
        )
        for number in ("", "A")
    },
    **{
        f"staff under {text}": ("staff", section(text, "staff", number))
        for text in (
            *("BIÊN CHẾ GIAO", "Biên chế được giao năm 2025", "Nữ", "Kế hoạch năm 2026", "Viên chức"),
            *("Nghỉ hưu năm 2026", "Thừa, thiếu", "Hợp đồng lao động", "Định mức"),
        )
        for number in ("", "I")
    },
    **{
        f"all {value}": ("pop", with_column(called, value))
        for called, value in (
            *(("Giới tính", "Nữ"), ("Chỉ tiêu", "Tạm trú"), ("Năm", 2035), ("Loại số liệu", "Dự báo")),
            ("Kỳ", "Năm 2030"),
        )
    },
    "one of a forecast": ("pop", with_column("Loại số liệu", "Hiện trạng", last="Dự báo")),
    "counted in households": ("pop", with_column("ĐVT", "Hộ")),
    "counted in thousands": ("pop", with_column("Đơn vị tính", "Nghìn người")),
    **{
        f"staff all {value}": ("staff", with_column(called, value, "staff"))
        for called, value in (("Đối tượng", "Hợp đồng"), ("Nội dung", "Được giao"), ("Giới tính", "Nữ"))
    },
    **{
        f"sheet {name}": ("pop", residents([["Dân số"]], lambda p: [p // 9], name))
        for name in (
            "Nữ",
            "Tạm trú",
            "Dân tộc thiểu số",
            "MẬT ĐỘ DÂN SỐ",
            "TĂNG, GIẢM DÂN SỐ",
            "Dân số tiêu chuẩn",
        )
    },
    **{
        f"sheet {name} of staff": ("staff", alone(name))
        for name in ("Hợp đồng", "Viên chức", "Kế hoạch 2026", "Còn thiếu", "Định mức", "CHỈ TIÊU BIÊN CHẾ")
    },
    "shares by bloc": ("staff", alone("BIỂU 4", [f"{bloc} (%)" for bloc in BLOCS])),
    "a share of residents": ("pop", residents([["Dân số (%)"]], lambda p: ["2,5"])),
    "voters": ("pop", residents([["Số cử tri"]], lambda p: [p])),
    "kinds of people in each bloc": ("staff", staff(["Cán bộ", "Công chức"], lambda p: [3, p - 3])),
    "contracts beside": ("staff", staff(["Công chức", "Hợp đồng 173"], lambda p: [p, 2])),
    "women by bloc": ("staff", alone("BIỂU 4", [f"{bloc} (nữ)" for bloc in BLOCS])),
    **{
        title: ("pop", residents([["Dân số"]], lambda p: [p], title))
        for title in (
            "DÂN SỐ THÀNH THỊ CÁC PHƯỜNG",
            "DÂN SỐ LÀ NGƯỜI DÂN TỘC THIỂU SỐ",
            "DÂN SỐ TẠM TRÚ",
            "TỔNG SỐ TRẺ EM",
            "QUY MÔ DÂN SỐ CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ TỈNH THÁI NGUYÊN ĐẾN NĂM 2030",
            "Dân số giai đoạn 2027 - 2030",
            "NĂM 2030",
            "DÂN SỐ THUỘC HỘ NGHÈO",
            "DÂN SỐ TỪ 15 TUỔI TRỞ LÊN",
            "DÂN SỐ THAM GIA BẢO HIỂM Y TẾ",
            *("DÂN SỐ KHU VỰC NÔNG THÔN", "DÂN SỐ CÓ ĐẠO", "DÂN SỐ ĐƯỢC CẤP NƯỚC SẠCH", "DÂN SỐ ĐÔ THỊ"),
            *("Dân số (không gồm tạm trú)", "DÂN SỐ KHÔNG KỂ LỰC LƯỢNG VŨ TRANG"),
            *("DÂN SỐ TRƯỚC SẮP XẾP", "Dân số các xã trước khi sáp nhập", "DÂN SỐ VÙNG NGẬP LỤT"),
            *("DÂN SỐ TĂNG THÊM NĂM 2025", "QUY MÔ DÂN SỐ TỐI THIỂU", "Đơn vị tính: %", "ĐVT: lượt người"),
        )
    },
    **{
        title: ("pop", residents([["Số hộ", "Số nhân khẩu"]], lambda p: [p // 4, p], title))
        for title in (
            "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, CẬN NGHÈO NĂM 2025",
            "TRẺ EM DƯỚI 6 TUỔI",
            "Các hộ bị ảnh hưởng bởi bão số 3",
            "HỖ TRỢ TÁI ĐỊNH CƯ",
        )
    },
    **{
        title: ("staff", alone(title))
        for title in (
            *(
                "NỮ CÁN BỘ, CÔNG CHỨC CẤP XÃ",
                "CÁN BỘ, CÔNG CHỨC NGHỈ HƯU NĂM 2026",
                "SỐ ĐẢNG VIÊN LÀ CÔNG CHỨC",
            ),
            *(
                "SỐ NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH",
                "CÔNG CHỨC LÀ NGƯỜI DÂN TỘC THIỂU SỐ",
                "CÁN BỘ LUÂN CHUYỂN",
            ),
            *(
                "BIÊN CHẾ CẤP XÃ ĐẾN NĂM 2030",
                "LỘ TRÌNH BIÊN CHẾ CẤP XÃ NĂM 2027",
                "BIÊN CHẾ TRUNG ƯƠNG GIAO",
                "SỐ LƯỢNG CÔNG CHỨC ĐỦ ĐIỀU KIỆN BỔ NHIỆM",
                "CÁN BỘ, CÔNG CHỨC TRẺ DƯỚI 30 TUỔI",
                "CÁN BỘ, CÔNG CHỨC ĐƯỢC CỬ ĐI ĐÀO TẠO NĂM 2025",
                "SỐ CÁN BỘ CÔNG CHỨC NGHỈ THEO NGHỊ ĐỊNH 178",
                "SỐ LƯỢNG VIÊN CHỨC CẤP XÃ",
                "LAO ĐỘNG HỢP ĐỒNG THEO NGHỊ ĐỊNH 173",
                "CÁN BỘ, CÔNG CHỨC BIỆT PHÁI",
                "CÁN BỘ CÔNG CHỨC LÃNH ĐẠO, QUẢN LÝ",
                "KẾT QUẢ XẾP LOẠI CÁN BỘ, CÔNG CHỨC: HOÀN THÀNH XUẤT SẮC",
                "SỐ LƯỢNG CÁN BỘ, CÔNG CHỨC CÓ TRÌNH ĐỘ THẠC SĨ",
                *(
                    "SỐ LƯỢNG MÁY TÍNH CÁC CƠ QUAN",
                    "KINH PHÍ CHI LƯƠNG",
                    "ĐVT: triệu đồng",
                    "SỐ HỒ SƠ ĐÃ NHẬN",
                ),
                *("SỐ NGƯỜI LÀM VIỆC (BAO GỒM BIỆT PHÁI ĐẾN)", "Biên chế có mặt (kể cả hợp đồng 111)"),
                *("BIÊN CHẾ ĐIỀU CHỈNH NĂM 2026", "SỐ NGƯỜI DÔI DƯ DO SẮP XẾP", "CHỈ TIÊU TUYỂN DỤNG"),
                *("THỰC HIỆN GIẢM BIÊN CHẾ NĂM 2025", "BIÊN CHẾ ĐƯỢC CẤP CÓ THẨM QUYỀN PHÊ DUYỆT"),
                *("BIÊN CHẾ BỐ TRÍ THEO CÔNG VĂN SỐ 09-CV/BCĐ", "SỐ LƯỢNG CÔNG CHỨC CÒN PHẢI TUYỂN"),
                *("SỐ CÁN BỘ, CÔNG CHỨC CẤP HUYỆN CHUYỂN VỀ XÃ", "BIÊN CHẾ CẤP XÃ TRƯỚC SẮP XẾP"),
                *("BIÊN CHẾ TỐI ĐA", "BIÊN CHẾ CÒN TRỐNG", "SỐ LƯỢNG ĐẠI BIỂU HĐND", "CÁN BỘ TĂNG CƯỜNG"),
                *("BIÊN CHẾ THEO VỊ TRÍ VIỆC LÀM ĐƯỢC PHÊ DUYỆT", "BIÊN CHẾ SỰ NGHIỆP GIÁO DỤC"),
            ),
        )
    },
}
"""Forms that do not, or hold something else."""


def _read(folder: Path, kind: str, rows: Sequence[Cells]) -> tuple[list[object], bool]:
    path, width = folder / "form.csv", max(map(len, rows))
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([*row, *[""] * (width - len(row))] for row in rows)
    found: list[object]
    if kind == "pop":
        units = read_units(path)
        found, problems = [unit.population for unit in units.units], units.problems
    else:
        table = read_staff(path)
        found, problems = [tuple(row.staff) for row in table.rows], table.problems
    return found, any(problem.severity is Severity.ERROR for problem in problems)


@pytest.mark.parametrize("form", READ)
def test_a_form_that_says_what_it_holds_is_read(tmp_path: Path, form: str) -> None:
    kind, rows = READ[form]
    truth = [unit[2] if kind == "pop" else unit[3] for unit in UNITS]
    assert _read(tmp_path, kind, rows) == (truth, False)


@pytest.mark.parametrize("form", ASKED)
def test_a_form_that_leaves_it_open_is_asked_about(tmp_path: Path, form: str) -> None:
    _, is_asked = _read(tmp_path, *ASKED[form])
    assert is_asked


@pytest.mark.parametrize(
    "title",
    [
        *(
            "BIỂU TỔNG HỢP BIÊN CHẾ CÁN BỘ, CÔNG CHỨC CẤP XÃ",
            "HỘI LIÊN HIỆP PHỤ NỮ",
            "SỐ LƯỢNG CÁN BỘ, CÔNG CHỨC",
        ),
        *("CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC, LAO ĐỘNG HỢP ĐỒNG", "Cán bộ chuyên trách và không chuyên trách"),
    ],
)
def test_a_title_of_all_staff_counts_no_part(title: str) -> None:
    assert not counts_some(title)


def test_a_total_of_others_as_well_is_read_where_the_users_file_says_so(tmp_path: Path) -> None:
    """What the refusal names as the way out is one."""
    kind, rows = ASKED["contracts among one bloc"]
    _, is_asked = _read(tmp_path, kind, rows)
    own = tmp_path / "columns.csv"
    own.write_text("heading,column\nChính quyền,government\n", encoding="utf-8")
    table = read_staff(tmp_path / "form.csv", options=ReadOptions(wordings=read_wordings(own)))
    assert is_asked
    assert [row.staff["government"] for row in table.rows] == [unit[3][0] + 2 for unit in UNITS]
