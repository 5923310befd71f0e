"""Forms as departments might keep them, made at random with known truth: rows of cells, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from quota.core.names import TYPE_NAMES
from quota.core.units import Unit
from quota.tables.shipped.country import country
from tests.laws.untidy import CHANGES, Sheet, untidied

Cells = list[object]
BLOCS = ("government", "party", "front")

_BLOC_WORDS = {
    "government": ("Chính quyền", "Khối chính quyền", "Khối Nhà nước", "Khối UBND", "HĐND, UBND"),
    "party": ("Đảng", "Khối Đảng", "Đảng ủy", "Cơ quan Đảng"),
    "front": (
        *("MTTQ", "Khối MTTQ", "Mặt trận Tổ quốc", "Khối MTTQ, đoàn thể", "MTTQ và các đoàn thể"),
        "Khối MTTQ và các tổ chức chính trị - xã hội",
    ),
}
_PRESENT = (
    *("Có mặt", "Hiện có", "Biên chế có mặt", "Biên chế hiện có", "Số có mặt", "Tổng số có mặt"),
    *("Thực có", "Hiện trạng", "Có mặt hiện trạng"),
)
_ASSIGNED = ("Giao", "Được giao", "Biên chế giao", "Biên chế được giao", "Tổng số được giao", "Chỉ tiêu giao")
_NORM = ("Định mức", "Định mức theo khung", "Theo khung")
_FORESEEN = ("Dự kiến năm 2026", "Dự báo", "Phương án", "Ước thực hiện", "Quy hoạch đến năm 2030")
_GAP = ("Thừa (+), thiếu (-)", "Chênh lệch", "Còn thiếu", "Tăng, giảm so với được giao", "Chưa sử dụng")
_DATES = (
    *("", "", " đến 30/9/2025", " tính đến ngày 31/12/2025", " năm 2025", " tại thời điểm 01/7/2026"),
    " (người)",
)
_NAME = (
    *("Đơn vị", "Tên đơn vị", "Tên đơn vị hành chính", "Xã, phường", "Đơn vị hành chính"),
    "Tên xã, phường, đặc khu",
)
_CODE = ("Mã", "Mã xã", "Mã ĐVHC", "Mã đơn vị", "Mã đơn vị hành chính")
_TYPE = ("Loại", "Loại đơn vị", "Loại hình")
_RESIDENTS = (
    *("Dân số", "Dân số (người)", "Quy mô dân số", "Tổng dân số", "Số nhân khẩu", "Nhân khẩu"),
    *("Dân số trung bình", "Dân số năm 2025", "Số dân", "Quy mô dân số (người)"),
)
_IN_GROUP = ("Tổng số nhân khẩu", "Tổng số", "Nhân khẩu", "Số khẩu", "Tổng dân số", "Dân số (người)")
_SHARE = "Tỷ lệ so với tiêu chuẩn (%)"
_FORMS_OF_NAMES = ("whole", "whole", "ubnd", "short", "capitals", "ubnd capitals", "abbreviated", "counted")
_ENGLISH: Mapping[str, Any] = {
    "name": ("Commune", "Commune/Ward", "Name of commune", "Administrative unit"),
    "type": ("Type",),
    "code": ("Code",),
    "population": ("Population", "Average population", "Total population (persons)", "Residents"),
    "blocs": {"government": "Government", "party": "Party", "front": "Fatherland Front", "total": "Total"},
    "present": ("In post", "Current staff", "Staff in post"),
}
_BILINGUAL = {
    "name": "Đơn vị hành chính{}Administrative unit",
    "type": "Loại{}Type",
    "code": "Mã số{}Code",
    "population": "Dân số{}Population",
}
_BESIDE = (
    *("Dân số năm 2030", "Đến năm 2035"),
    *("Số hộ", "Tổng số hộ", "Nam", "Nữ", "Thường trú", "Tạm trú", _SHARE),
    *("Dự báo năm 2030", "Ước tính năm 2026", "Dân số dự kiến 2030"),
)
_OFFICES = (
    ("UBND TỈNH {province}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"),
)
_TITLES = {
    "staff": (
        *("BIỂU TỔNG HỢP BIÊN CHẾ CÁN BỘ, CÔNG CHỨC CẤP XÃ", "THỰC TRẠNG BIÊN CHẾ", "BIỂU SỐ 02"),
        *("Tình hình quản lý, sử dụng biên chế năm 2025", "SỐ LƯỢNG, CHẤT LƯỢNG CÁN BỘ, CÔNG CHỨC CẤP XÃ"),
        *("Báo cáo số lượng CBCC hiện đang công tác", "ĐVT: Người", "THỐNG KÊ ĐỘI NGŨ CÁN BỘ, CÔNG CHỨC"),
        *("BIỂU 2 (Kèm theo Kế hoạch số 12/KH-UBND ngày 10/9/2025)", "ĐÁNH GIÁ THỰC TRẠNG BIÊN CHẾ CẤP XÃ"),
        *("BỐ TRÍ CÁN BỘ, CÔNG CHỨC SAU KHI VẬN HÀNH CHÍNH QUYỀN ĐỊA PHƯƠNG 2 CẤP", "SỐ LIỆU BIÊN CHẾ"),
        *("Phòng Tổ chức, biên chế và công chức, viên chức", "STAFF OF COMMUNES", "DANH SÁCH CÁC XÃ, PHƯỜNG"),
    ),
    "population": (
        *("BIỂU SỐ 01. DÂN SỐ CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ", "TỔNG HỢP DÂN SỐ, DIỆN TÍCH"),
        *(
            "Diện tích, dân số và mật độ dân số năm 2024",
            "DÂN SỐ CÓ ĐẾN 31/12/2024",
            "DÂN SỐ, LAO ĐỘNG NĂM 2025",
        ),
        *("THỐNG KÊ HỘ, NHÂN KHẨU (tính đến 30/6/2025)", "Dân số thường trú, tạm trú các xã", "ĐVT: người"),
        *("Dân số trung bình phân theo đơn vị hành chính", "CHI CỤC DÂN SỐ TỈNH", "POPULATION BY COMMUNE"),
        *("Quy mô dân số phục vụ bầu cử nhiệm kỳ 2026 - 2031", "DÂN SỐ THÀNH THỊ, NÔNG THÔN"),
        *("Số liệu dân số phục vụ xây dựng đề án", "Dân số 9 tháng đầu năm 2025"),
    ),
}
_SECTIONS = (
    "KHU VỰC {name} (CŨ)",
    "Huyện {name} (cũ)",
    "THÀNH PHỐ {name} (CŨ)",
    "{name}",
    "Địa bàn {name} cũ",
    "CÁC PHƯỜNG",
    "Khu vực nông thôn",
    "Cụm số 2",
)
_AREAS = ("Thái Nguyên", "Đại Từ", "Phổ Yên", "Sông Công", "Định Hóa")
_MOVING = ("numbered_columns", "heading_again", "blank_rows")
_SIGNED = (
    [("NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"), ("Nguyễn Thị A", "Trần Văn B")],
    [("", "Ngày 15 tháng 9 năm 2025"), ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"), ("", "Lê Văn C")],
)


@dataclass
class Form:
    """A form's sheets, each rows of cells, and the truth: by unit's code residents, or staff by bloc."""

    kind: str
    sheets: dict[str, list[Cells]]
    truth: dict[str, int] | dict[str, tuple[int, int, int]]
    coded: bool
    what: list[str] = field(default_factory=list)
    """What was chosen, for whoever looks at a form that went wrong."""


def _provinces() -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for unit in country().values():
        groups.setdefault(str(unit.province), []).append(unit)
    return groups


def make_form(random: Random) -> Form:
    """One form at random."""
    province, units = random.choice(sorted(_provinces().items()))
    chosen = random.sample(units, random.randint(4, min(14, len(units))))
    kind = random.choice(("staff", "population"))
    coded = random.random() < (0.6 if kind == "staff" else 0.8)
    what: list[str] = []
    residents = {unit.code: random.randint(900, 130_000) for unit in chosen}
    staff = {
        unit.code: (random.randint(18, 95), random.randint(9, 24), random.randint(3, 14)) for unit in chosen
    }
    english = random.random() < 0.08
    if english:
        columns = _in_english(random, kind, staff, residents, what)
    elif kind == "staff":
        columns = _staff_columns(random, staff, what)
    else:
        columns = _residents(random, residents, what)
    heading, figures = columns
    identity, cells_of = _identity(random, coded=coded, english=english, what=what)
    first = [list(identity) if level == 0 else [""] * len(identity) for level in range(len(heading))]
    head = [[*left, *right] for left, right in zip(first, heading, strict=True)]
    numbered = random.random() < 0.7
    if numbered:
        called = "No." if english else random.choice(("STT", "STT", "STT", "Số TT"))
        head = [[called if level == 0 else "", *row] for level, row in enumerate(head)]
    writer = _writer(random, what) if kind == "population" else lambda value: value
    rows = _Rows(cells_of, figures, writer, numbered=numbered)

    changes = random.sample(list(CHANGES), random.choice((0, 0, 1, 2, 3)))
    # what moves rows comes last: the others look for the heading where it stood
    changes.sort(key=lambda name: name in _MOVING)
    if changes:
        what.append(f"changes {changes}")

    def sheet(part: Sequence[Unit]) -> list[Cells]:
        whole = _around(random, kind, province, head, rows.body(random, part, what), what)
        start = next(place for place, row in enumerate(whole) if row is head[0])
        return untidied(random, Sheet(whole, start, len(head)), changes)

    sheets = {"Sheet1": sheet(chosen)}
    if random.random() < 0.2 and len(chosen) >= 6:
        half = len(chosen) // 2
        what.append("two sheets")
        sheets = {"Khu vực 1": sheet(chosen[:half]), "Khu vực 2": sheet(chosen[half:])}
    return Form(kind, sheets, dict(staff if kind == "staff" else residents), coded, what)


_SHORT_TYPES = {"Xã": "X. ", "Phường": "P. ", "Đặc khu": "ĐK. "}


def _identity(
    random: Random, *, coded: bool, english: bool, what: list[str]
) -> tuple[list[str], Callable[[Unit], Cells]]:
    columns = [("name", random.choice(_NAME))]
    style = random.choice(_FORMS_OF_NAMES)
    if style == "short" or random.random() < 0.25:
        columns.append(("type", random.choice(_TYPE)))
    if coded:
        columns.append(("code", random.choice(_CODE)))
    random.shuffle(columns)
    if english:
        columns = [(key, random.choice(_ENGLISH[key])) for key, _ in columns]
    elif random.random() < 0.1:
        between = random.choice(("\n", " / ", " "))
        columns = [(key, _BILINGUAL[key].format(between)) for key, _ in columns]
    what.append(f"names {style}, columns {[key for key, _ in columns]}")

    def cells_of(unit: Unit) -> Cells:
        word = TYPE_NAMES[unit.type]
        bare = unit.name.removeprefix(f"{word} ")
        of_office = f"UBND {word.lower()} {bare}"
        name = {
            "whole": unit.name,
            "ubnd": of_office,
            "short": bare,
            "capitals": unit.name.upper(),
            "ubnd capitals": of_office.upper(),
            "abbreviated": f"{_SHORT_TYPES[word]}{bare}",
            "counted": f"7. {unit.name}",
        }[style]
        values = {"name": name, "type": word, "code": unit.code}
        return [values[key] for key, _ in columns]

    return [heading for _, heading in columns], cells_of


def _staff_columns(
    random: Random, staff: Mapping[str, tuple[int, int, int]], what: list[str]
) -> tuple[list[Cells], Callable[[str], Cells]]:
    measures = [
        "present",
        *(other for other in ("assigned", "norm", "gap", "foreseen") if random.random() < 0.5),
    ]
    random.shuffle(measures)
    words = {
        "present": random.choice(_PRESENT) + random.choice(_DATES),
        "assigned": random.choice(_ASSIGNED) + random.choice(_DATES),
        "norm": random.choice(_NORM),
        "gap": random.choice(_GAP),
        "foreseen": random.choice(_FORESEEN),
    }
    names = {bloc: random.choice(_BLOC_WORDS[bloc]) for bloc in BLOCS}
    layout = random.choice(("by bloc", "plain", *(["by measure"] if len(measures) > 1 else [])))
    with_total = random.random() < 0.4
    first = random.random() < 0.5

    def value(code: str, bloc: str, measure: str) -> int:
        present = staff[code][BLOCS.index(bloc)]
        more = {"present": 0, "assigned": 3, "norm": 5, "foreseen": 2}
        return -3 if measure == "gap" else present + more[measure]

    groups = list(BLOCS)
    if with_total:
        groups.insert(0 if first else len(groups), "total")
    called = {**names, "total": random.choice(("Tổng cộng", "Tổng số", "Cộng"))}
    what.append(f"staff {layout} {measures} {words['present']!r} {called}")

    def of(code: str, group: str, measure: str) -> int:
        if group == "total":
            return sum(value(code, bloc, measure) for bloc in BLOCS)
        return value(code, group, measure)

    if layout == "plain":
        upper: Cells = [called[group] for group in groups]
        return [upper], lambda code: [of(code, group, "present") for group in groups]
    if layout == "by bloc":
        pairs = [(group, measure) for group in groups for measure in measures]
        upper = [called[group] if measure == measures[0] else "" for group, measure in pairs]
        lower: Cells = [words[measure] for _, measure in pairs]
    else:
        pairs = [(group, measure) for measure in measures for group in groups]
        upper = [words[measure] if group == groups[0] else "" for group, measure in pairs]
        lower = [called[group] for group, _ in pairs]
    rows = [upper, lower]
    if random.random() < 0.25:
        rows.insert(0, ["Biên chế cán bộ, công chức năm 2025", *[""] * (len(pairs) - 1)])
    return rows, lambda code: [of(code, group, measure) for group, measure in pairs]


def _in_english(
    random: Random,
    kind: str,
    staff: Mapping[str, tuple[int, int, int]],
    residents: Mapping[str, int],
    what: list[str],
) -> tuple[list[Cells], Callable[[str], Cells]]:
    what.append("in English")
    if kind == "population":
        heading = random.choice(_ENGLISH["population"])
        with_parts = random.random() < 0.5
        columns: Cells = [
            *(["Households"] if with_parts else []),
            heading,
            *(["Male", "Female"] * with_parts),
        ]

        def of(code: str) -> Cells:
            count = residents[code]
            parts: Cells = [max(count // 4, 1), count, count // 2, count - count // 2]
            return parts if with_parts else [count]

        return [columns], of
    called = [_ENGLISH["blocs"][bloc] for bloc in BLOCS]
    if random.random() < 0.5:
        return [[*called, "Total"]], lambda code: [*staff[code], sum(staff[code])]
    below = ["Assigned", random.choice(_ENGLISH["present"])]
    upper: Cells = [cell for bloc in called for cell in (bloc, "")]
    return [upper, below * len(BLOCS)], lambda code: [
        cell for each in staff[code] for cell in (each + 2, each)
    ]


def _residents(
    random: Random, residents: Mapping[str, int], what: list[str]
) -> tuple[list[Cells], Callable[[str], Cells]]:
    if random.random() < 0.45:
        heading = random.choice((*_RESIDENTS, "Dân số\nPopulation", "Dân số (Population)"))
        what.append(f"population {heading!r}")
        return [[heading]], lambda code: [residents[code]]
    others = random.sample(_BESIDE, random.randint(1, 3))
    own = random.choice(_IN_GROUP)
    if "Dự báo năm 2030" in others:
        own = random.choice((own, "Hiện trạng", "Hiện trạng năm 2025"))
    columns = [own, *others]
    random.shuffle(columns)
    group = random.choice(("Dân số", "Quy mô dân số", "Dân số năm 2025"))
    what.append(f"population {group!r} over {columns}")

    def figures(code: str) -> Cells:
        count = residents[code]
        parts: dict[str, object] = {
            column: max(count // (3 + place), 1) for place, column in enumerate(others)
        }
        parts[_SHARE] = "101,5"
        return [count if column == own else parts[column] for column in columns]

    return [[group, *[""] * (len(columns) - 1)], list(columns)], figures


def _writer(random: Random, what: list[str]) -> Callable[[object], object]:
    mark = random.choice(("", "", ".", ",", " "))
    what.append(f"thousands {mark!r}")
    return lambda value: f"{value:,}".replace(",", mark) if mark and isinstance(value, int) else value


@dataclass
class _Rows:
    """How the rows of units and what stands between them are written."""

    cells_of: Callable[[Unit], Cells]
    figures: Callable[[str], Cells]
    written: Callable[[object], object]
    numbered: bool

    def body(self, random: Random, units: Sequence[Unit], what: list[str]) -> list[Cells]:
        """Rows of units with sections, sums and a total, as chance has it."""
        with_sections = random.random() < 0.4
        with_sums = with_sections and random.random() < 0.5
        with_sums_below = not with_sums and random.random() < 0.15
        total = random.choice(("", "", "Tổng cộng", "TỔNG SỐ", "Cộng", "Toàn tỉnh"))
        if with_sections or total:
            what.append(f"sections {with_sections} sums {with_sums} total {total!r}")
        groups = [units[: len(units) // 2], units[len(units) // 2 :]] if with_sections else [units]
        style = random.choice(_SECTIONS)
        rows: list[Cells] = []
        for place, group in enumerate(groups):
            if with_sections:
                text = style.format(name=random.choice(_AREAS))
                rows.append(self._named("I" * (place + 1), text, units[0], group if with_sums else ()))
            rows += [self._unit(number, unit) for number, unit in enumerate(group, start=1)]
            if with_sums_below:
                text = (
                    random.choice(("Cộng trang", "Cộng mục", "Tổng số", "Cộng"))
                    if with_sections
                    else "Cộng trang"
                )
                rows.append(self._named("", text, units[0], group))
        if total:
            rows.insert(0 if random.random() < 0.2 else len(rows), self._named("", total, units[0], units))
        return rows

    def _unit(self, number: int, unit: Unit) -> Cells:
        values = [self.written(value) for value in self.figures(unit.code)]
        return [*([number] if self.numbered else []), *self.cells_of(unit), *values]

    def _named(self, number: str, text: str, like: Unit, members: Sequence[Unit]) -> Cells:
        """A row with a text where names stand, and the sums of its members."""
        cells = self.cells_of(like)
        place = next((at for at, cell in enumerate(cells) if " " in str(cell) or "UBND" in str(cell)), 0)
        identity: Cells = [text if at == place else "" for at in range(len(cells))]
        lists = [self.figures(unit.code) for unit in members]
        sums: Cells = [
            self.written(sum(row[at] for row in lists)) if lists and isinstance(lists[0][at], int) else ""
            for at in range(len(self.figures(like.code)))
        ]
        return [*([number] if self.numbered else []), *identity, *sums]


def _around(
    random: Random, kind: str, province: str, head: list[Cells], body: list[Cells], what: list[str]
) -> list[Cells]:
    width = len(head[0])
    rows: list[Cells] = []
    if random.random() < 0.5:
        for left, right in _OFFICES:
            cells: Cells = [""] * width
            cells[0], cells[-1] = left.format(province=province.upper()), right
            rows.append(cells)
        rows.append([""] * width)
    if random.random() < 0.6:
        rows.append([random.choice(_TITLES[kind]), *[""] * (width - 1)])
    if random.random() < 0.2:
        rows.append([*[""] * (width - 1), "Đơn vị tính: người"])
    rows += head
    if random.random() < 0.2:
        rows.append([f"({place})" for place in range(1, width + 1)])
    rows += body
    if random.random() < 0.3:
        rows.append([""] * width)
        for left, right in random.choice(_SIGNED):
            cells = [""] * width
            cells[min(1, width - 1)], cells[-1] = left, right
            rows.append(cells)
        what.append("signed")
    return rows
