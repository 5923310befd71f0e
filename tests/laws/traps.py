"""Forms that mislead: figures that look like residents or people present and are something else.

Each kind gives its headings (rows), the figures of a unit, and what is right: the unit's figures, or None
where nothing but asking is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from msgspec import Struct

from quota.core.units import Unit
from quota.tables.shipped.country import country

Cells = list[object]


class Trap(Struct):
    """A form: its kind, its rows, and what is right of each unit by code; None where it must be refused."""

    name: str
    kind: str
    rows: list[Cells]
    truth: dict[str, object] | None
    may_be_refused: bool = False
    """Whether asking is as right as reading it."""


class _Made(Struct):
    title: str
    heading: list[Cells]
    figures: Callable[[Random], Cells]
    right: Callable[[Cells], object] | None
    may_be_refused: bool = False
    below: Callable[[list[Cells]], list[Cells]] = lambda rows: []
    above: Callable[[list[Cells]], list[Cells]] = lambda rows: rows


_BLOCS = ("Khối chính quyền", "Khối Đảng", "Khối MTTQ")
_MANY = {"Khối chính quyền": (18, 95), "Khối Đảng": (9, 24), "Khối MTTQ": (3, 14)}


def _people(random: Random) -> list[int]:
    return [random.randint(*_MANY[bloc]) for bloc in _BLOCS]


def _spread(groups: tuple[str, ...], parts: tuple[str, ...]) -> list[Cells]:
    """Groups over the same parts each."""
    upper: Cells = [group if part == parts[0] else "" for group in groups for part in parts]
    return [upper, [part for _ in groups for part in parts]]


def _grants(random: Random) -> _Made:
    title = random.choice(
        (
            "PHỤ LỤC GIAO BIÊN CHẾ CÁN BỘ, CÔNG CHỨC NĂM 2026",
            "GIAO CHỈ TIÊU BIÊN CHẾ NĂM 2026",
            "Biên chế được giao năm 2026",
            "BẢNG PHÂN BỔ BIÊN CHẾ CẤP XÃ",
            "BIỂU ĐỀ XUẤT BIÊN CHẾ NĂM 2026",
            "ĐỊNH MỨC BIÊN CHẾ CẤP XÃ",
            "NHU CẦU TUYỂN DỤNG CÁN BỘ, CÔNG CHỨC NĂM 2026",
            "PHƯƠNG ÁN BỐ TRÍ CÁN BỘ, CÔNG CHỨC SAU SẮP XẾP",
            "TỔNG HỢP BIÊN CHẾ CÒN THIẾU",
            "Danh sách đơn vị thừa, thiếu biên chế",
            "BIÊN CHẾ DỰ KIẾN SAU SẮP XẾP",
            "BIÊN CHẾ TRƯỚC KHI SẮP XẾP",
            "SỐ NGƯỜI DÔI DƯ SAU SẮP XẾP",
            "BIÊN CHẾ BỐ TRÍ THEO NGHỊ ĐỊNH 33",
            "CHỈ TIÊU TUYỂN DỤNG NĂM 2026",
            "BIÊN CHẾ CÓ MẶT DỰ KIẾN ĐẾN 31/12/2027",
            "BIÊN CHẾ ƯỚC THỰC HIỆN NĂM 2027",
        )
    )
    return _Made(title, [list(_BLOCS)], lambda random: list(_people(random)), None)


def _only_assigned(random: Random) -> _Made:
    parts = random.choice(
        (
            ("Được giao", "Định mức"),
            ("Kế hoạch 2025", "Kế hoạch 2026"),
            ("Giao năm 2025", "Giao năm 2026"),
            ("Định mức", "Đề xuất"),
        )
    )
    return _Made(
        "BIỂU SỐ 3",
        _spread(_BLOCS, parts),
        lambda random: [people + more for people in _people(random) for more in (0, 2)],
        None,
    )


def _two_days(random: Random) -> _Made:
    days = ("Có mặt 31/12/2024", "Có mặt 30/6/2025")
    return _Made(
        "THỰC TRẠNG",
        _spread(_BLOCS, days),
        lambda random: [people + more for people in _people(random) for more in (0, 2)],
        None,
    )


def _groups_over_the_middle(random: Random) -> _Made:
    """Groups typed over the middle of their columns, with no cells merged."""
    groups, parts = random.choice(
        (
            (("Có mặt", "Được giao"), _BLOCS),
            (("Hiện có", "Biên chế giao", "Thừa/thiếu"), _BLOCS),
            (_BLOCS, ("Được giao", "Có mặt")),
            (_BLOCS, ("Có mặt", "Được giao", "Chênh lệch")),
        )
    )
    upper, lower = _spread(groups, parts)
    shift = random.randint(1, len(parts) - 1)
    upper = [*[""] * shift, *upper[:-shift]]
    return _Made("BIỂU 2", [upper, lower], lambda random: [random.randint(3, 95) for _ in lower], None)


def _with_others(random: Random) -> _Made:
    """People present with contracts, or people on loan, among them."""
    others = random.choice(
        ("HĐ 111", "hợp đồng lao động", "biệt phái đến", "viên chức", "không chuyên trách")
    )
    if random.random() < 0.5:
        parts: tuple[str, ...] = (random.choice(("Có mặt", "Tổng số", "Hiện có")), f"Trong đó: {others}")
    else:
        others = random.choice(("HĐ", "HĐLĐ", "Hợp đồng", "Viên chức"))
        parts = ("Tổng số", "Cán bộ", "Công chức", others)

    def figures(random: Random) -> Cells:
        cells: Cells = []
        for people in _people(random):
            among = random.randint(1, 3)
            officials = [2, people - 2] if len(parts) > 2 else []
            cells += [people + among, *officials, among]
        return cells

    return _Made("THỰC TRẠNG ĐỘI NGŨ", _spread(_BLOCS, parts), figures, None)


def _parts_beside(random: Random) -> _Made:
    parts = random.choice(
        (
            ("Tổng số", "Cán bộ", "Công chức"),
            ("Có mặt", "Trong đó: nữ", "Trong đó: đảng viên"),
            ("Có mặt", "Viên chức", "Hợp đồng"),
            ("Có mặt", "Trong đó lãnh đạo", "Nghỉ hưu năm 2026"),
        )
    )
    return _Made(
        "THỰC TRẠNG ĐỘI NGŨ",
        _spread(_BLOCS, parts),
        lambda random: [
            figure for people in _people(random) for figure in (people, people // 3, people // 4)
        ],
        lambda row: (row[0], row[3], row[6]),
        may_be_refused=True,
    )


def _offices(random: Random) -> _Made:
    heading = random.choice(
        (
            ["HĐND", "UBND", "Đảng ủy", "MTTQ"],
            ["UBND", "Đảng ủy", "MTTQ", "Đoàn thể"],
            ["Khối chính quyền", "Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "MTTQ"],
            ["Chính quyền", "Đảng", "MTTQ, đoàn thể", "Khối MTTQ"],
        )
    )
    return _Made("THỰC TRẠNG", [list(heading)], lambda random: [*_people(random), 4], None)


def _no_blocs(random: Random) -> _Made:
    heading = random.choice(
        (
            ["Biên chế có mặt", "Biên chế giao"],
            ["Cán bộ", "Công chức"],
            ["Khối Đảng, đoàn thể", "Khối chính quyền"],
            ["Chính quyền và Đảng", "MTTQ"],
        )
    )
    return _Made("THỰC TRẠNG", [list(heading)], lambda random: list(_people(random)[:2]), None)


def _two_years(random: Random) -> _Made:
    heading = random.choice(
        (
            ["Dân số năm 2024", "Dân số năm 2025"],
            ["Dân số 31/12/2024", "Dân số 30/6/2025"],
            ["Dân số trung bình", "Dân số"],
            ["Nhân khẩu", "Dân số"],
        )
    )

    def figures(random: Random) -> Cells:
        people = random.randint(2_000, 120_000)
        return [people, people + 713]

    return _Made("DÂN SỐ", [list(heading)], figures, None)


def _foretold(random: Random) -> _Made:
    title = random.choice(
        (
            *(
                "DÂN SỐ DỰ BÁO ĐẾN NĂM 2030",
                "DỰ KIẾN QUY MÔ DÂN SỐ CÁC XÃ NĂM 2027",
                "KẾ HOẠCH DÂN SỐ NĂM 2027",
            ),
            *("ƯỚC TÍNH DÂN SỐ", "Biểu 4: Quy hoạch dân số", "MỤC TIÊU DÂN SỐ ĐẾN NĂM 2030"),
        )
    )
    heading = random.choice(("Dân số", "Quy mô dân số (người)", "Dân số năm 2030", "Số nhân khẩu"))
    return _Made(title, [[heading]], lambda random: [random.randint(2_000, 120_000)], None)


def _foretold_alone(random: Random) -> _Made:
    heading = random.choice(
        ("Dân số dự báo", "Dân số (dự kiến)", "Dân số ước tính năm 2026", "Dân số kế hoạch", "Dự báo dân số")
    )
    return _Made("BIỂU 1", [[heading]], lambda random: [random.randint(2_000, 120_000)], None)


def _later_alone(random: Random) -> _Made:
    """A year to come and no word that says so."""
    year = random.randint(2027, 2050)
    heading = random.choice(
        ("Dân số năm {}", "Dân số đến năm {}", "Quy mô dân số {} (người)", "Dân số giai đoạn 2025-{}")
    )
    title, heading = random.choice(
        (
            (random.choice(("BIỂU 1", "DÂN SỐ")), heading),
            ("DÂN SỐ CÁC XÃ NĂM {}", "Dân số"),
            ("Năm {}", "Số dân"),
        )
    )
    return _Made(
        title.format(year), [[heading.format(year)]], lambda random: [random.randint(2_000, 120_000)], None
    )


def _later_staff(random: Random) -> _Made:
    year = random.randint(2027, 2035)
    title, heading = random.choice(
        (("BIỂU 2", "{} năm {}"), ("BIÊN CHẾ CÁC XÃ NĂM {}", "{}"), ("Đến năm {}", "{}"))
    )
    blocs: Cells = [heading.format(bloc, year) for bloc in _BLOCS]
    return _Made(title.format(year), [blocs], lambda random: list(_people(random)), None)


def _of_a_group(random: Random) -> _Made:
    """A title about a group of people: its households and people are theirs."""
    title = random.choice(
        (
            *("TỔNG HỢP HỘ NGHÈO NĂM 2025", "Rà soát hộ cận nghèo", "TRẺ EM DƯỚI 6 TUỔI", "NGƯỜI CAO TUỔI"),
            *(
                "Danh sách xã bị ảnh hưởng bão",
                "HỘ TÁI ĐỊNH CƯ",
                "THỐNG KÊ CỬ TRI",
                "ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI",
            ),
        )
    )
    heading = random.choice((["Số hộ", "Số khẩu"], ["Hộ", "Nhân khẩu"], ["Số hộ", "Tổng số nhân khẩu"]))

    def figures(random: Random) -> Cells:
        return [random.randint(20, 400), random.randint(50, 2_000)]

    return _Made(title, [list(heading)], figures, None)


def _of_some_staff(random: Random) -> _Made:
    """A title that says which of the staff, in any of the ways that a sentence can."""
    staff = random.choice(("CÁN BỘ, CÔNG CHỨC", "Cán bộ, công chức cấp xã", "SỐ LƯỢNG CÔNG CHỨC", "CBCC"))
    which = random.choice(
        (
            *("là nữ", "chưa đạt chuẩn", "đủ điều kiện nâng ngạch", "nghỉ theo Nghị định 178", "bị kỷ luật"),
            *("có trình độ đại học trở lên", "dưới 40 tuổi", "được cử đi đào tạo", "lãnh đạo, quản lý"),
            *("biệt phái từ cấp tỉnh", "trẻ", "từ đủ 55 tuổi", "được bổ nhiệm năm 2025", "đến tuổi nghỉ hưu"),
        )
    )
    return _Made(f"{staff} {which}", [list(_BLOCS)], lambda random: list(_people(random)), None)


_SOME_RESIDENTS = (
    "Nữ",
    "Tạm trú",
    "Trong đó: nữ",
    "Dân số dự báo",
    "Năm {}",
    "HỘ NGHÈO",
    "Tỷ lệ (%)",
    "Tăng, giảm",
)
_SOME_STAFF = (
    "Biên chế giao",
    "Nữ",
    "Kế hoạch năm {}",
    "Hợp đồng",
    "Viên chức",
    "Còn thiếu",
    "Định mức",
    "Năm {}",
)


def _between(rows: list[Cells], text: str, random: Random) -> list[Cells]:
    """Rows under a heading of their own, numbered or not."""
    blank: Cells = ["" for _ in rows[0]]
    place = random.choice((0, 1, 2))
    heading = [text if at == place else cell for at, cell in enumerate(blank)]
    heading[0] = heading[0] or random.choice(("", "I", "A"))
    return [heading, *rows]


def _section_of_some(random: Random) -> _Made:
    text = random.choice(_SOME_RESIDENTS).format(random.randint(2027, 2040))
    return _Made(
        "BIỂU 1",
        [["Dân số"]],
        lambda random: [random.randint(2_000, 120_000)],
        None,
        above=lambda rows: _between(rows, text, random),
    )


def _section_of_other_staff(random: Random) -> _Made:
    text = random.choice(_SOME_STAFF).format(random.randint(2027, 2040))
    return _Made(
        "BIỂU 2",
        [list(_BLOCS)],
        lambda random: list(_people(random)),
        None,
        above=lambda rows: _between(rows, text, random),
    )


def _column_of_some(random: Random) -> _Made:
    """A column that says of every row alike that it is of some."""
    called, value = random.choice(
        (
            *(("Giới tính", "Nữ"), ("Chỉ tiêu", "Tạm trú"), ("Năm", random.randint(2027, 2040))),
            *(("Loại", "Dự báo"), ("Nội dung", "Nhân khẩu tạm trú"), ("Kỳ", "Năm 2035")),
        )
    )
    return _Made("BIỂU 1", [[called, "Dân số"]], lambda random: [value, random.randint(2_000, 120_000)], None)


def _foretold_beside(random: Random) -> _Made:
    now, then = random.choice(
        (
            ("Dân số hiện trạng", "Dân số dự báo 2030"),
            ("Dân số năm 2025", "Dân số dự kiến năm 2030"),
            ("Hiện trạng dân số", "Dự báo dân số"),
            ("Dân số năm 2025", "Dân số năm 2035"),
        )
    )
    title = random.choice(("DÂN SỐ", "HIỆN TRẠNG VÀ DỰ BÁO DÂN SỐ"))

    def figures(random: Random) -> Cells:
        people = random.randint(2_000, 120_000)
        return [people, people + 713]

    return _Made(title, [[now, then]], figures, lambda row: row[0], may_be_refused=True)


def _parts_alone(random: Random) -> _Made:
    heading = random.choice(
        (
            ["Nam", "Nữ"],
            ["Thường trú", "Tạm trú"],
            ["Số hộ", "Số thôn"],
            ["Dân số thành thị", "Dân số nông thôn"],
            ["Dân số thường trú", "Số hộ"],
            ["Dân số trong độ tuổi lao động", "Mật độ dân số"],
        )
    )

    def figures(random: Random) -> Cells:
        return [random.randint(2_000, 60_000), random.randint(2_000, 60_000)]

    return _Made("DÂN SỐ", [list(heading)], figures, None)


def _with_parts(random: Random) -> _Made:
    heading, place = random.choice(
        (
            (["Tổng dân số", "Trong đó: Nữ", "Số hộ"], 0),
            (["Số hộ", "Số khẩu", "Mật độ (người/km2)"], 1),
            (["Dân số", "Dân số quy đổi", "Tỷ lệ so với tiêu chuẩn (%)"], 0),
            (["Diện tích (km2)", "Dân số (người)", "Dân số thành thị"], 1),
            (["Dân số tạm trú", "Dân số thường trú", "Tổng dân số"], 2),
        )
    )

    def figures(random: Random) -> Cells:
        people = random.randint(9_000, 120_000)
        cells: Cells = [people // 3, people // 4, people // 5]
        cells[place] = people
        return cells

    return _Made("DÂN SỐ", [list(heading)], figures, lambda row: row[place], may_be_refused=True)


def _thousands(random: Random) -> _Made:
    heading = random.choice(("Dân số (nghìn người)", "Dân số (1000 người)", "Dân số (ngàn người)"))

    def right(row: Cells) -> int:
        return round(float(str(row[0]).replace(",", ".")) * 1000)

    def figures(random: Random) -> Cells:
        return [f"{random.randint(9_001, 120_000) / 1000:.3f}".replace(".", ",")]

    return _Made("DÂN SỐ", [[heading]], figures, right, may_be_refused=True)


def _bare_sums(random: Random) -> _Made:
    """A last row of sums without a word."""

    def below(rows: list[Cells]) -> list[Cells]:
        return [["", "", "", *[sum(int(str(row[at])) for row in rows) for at in range(3, len(rows[0]))]]]

    return _Made(
        "BIỂU 1",
        [["Dân số"]],
        lambda random: [random.randint(2_000, 120_000)],
        lambda row: row[0],
        may_be_refused=True,
        below=below,
    )


def _bare_staff_sums(random: Random) -> _Made:
    """Sums with a word that no list of words has."""
    word = random.choice(("Toàn huyện cũ", "Chung", "Tất cả các xã", "Kết quả", "CỘNG CHUNG"))

    def below(rows: list[Cells]) -> list[Cells]:
        return [["", "", word, *[sum(int(str(row[at])) for row in rows) for at in range(3, len(rows[0]))]]]

    return _Made(
        "BIỂU 1",
        [list(_BLOCS)],
        lambda random: list(_people(random)),
        tuple,
        may_be_refused=True,
        below=below,
    )


TRAPS: Mapping[str, tuple[str, Callable[[Random], _Made]]] = {
    "grants": ("staff", _grants),
    "only assigned": ("staff", _only_assigned),
    "two days": ("staff", _two_days),
    "with others": ("staff", _with_others),
    "groups over the middle": ("staff", _groups_over_the_middle),
    "parts beside": ("staff", _parts_beside),
    "offices": ("staff", _offices),
    "no blocs": ("staff", _no_blocs),
    "staff sums": ("staff", _bare_staff_sums),
    "two years": ("population", _two_years),
    "foretold": ("population", _foretold),
    "foretold alone": ("population", _foretold_alone),
    "later alone": ("population", _later_alone),
    "later staff": ("staff", _later_staff),
    "of a group": ("population", _of_a_group),
    "section of some": ("population", _section_of_some),
    "section of other staff": ("staff", _section_of_other_staff),
    "column of some": ("population", _column_of_some),
    "of some staff": ("staff", _of_some_staff),
    "foretold beside": ("population", _foretold_beside),
    "parts alone": ("population", _parts_alone),
    "with parts": ("population", _with_parts),
    "thousands": ("population", _thousands),
    "bare sums": ("population", _bare_sums),
}


def make_trap(random: Random) -> Trap:
    """One misleading form at random."""
    name = random.choice(sorted(TRAPS))
    kind, make = TRAPS[name]
    made = make(random)
    units = _units(random)
    cells = {unit.code: made.figures(random) for unit in units}
    blank: Cells = ["", "", ""]
    identity: Cells = ["STT", "Mã xã", "Tên đơn vị"]
    heading = [[*(identity if level == 0 else blank), *row] for level, row in enumerate(made.heading)]
    width = len(heading[0])
    body: list[Cells] = [
        [number, unit.code, unit.name, *cells[unit.code]] for number, unit in enumerate(units, start=1)
    ]
    rows: list[Cells] = [[made.title, *[""] * (width - 1)], *heading, *made.above(body), *made.below(body)]
    truth = None if made.right is None else {code: made.right(row) for code, row in cells.items()}
    return Trap(name, kind, rows, truth, made.may_be_refused)


def _units(random: Random) -> list[Unit]:
    province = random.choice(sorted({str(unit.province) for unit in country().values()}))
    return random.sample([unit for unit in country().values() if unit.province == province], 6)
