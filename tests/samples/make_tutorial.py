"""Makes the three workbooks of the tutorial: tables as departments send them, with all that stands around.

    python tests/samples/make_tutorial.py [FOLDER]

writes them to FOLDER, or to `docs/tutorial`. Units, residents and areas are those of Huế (`data/hue.csv`),
but for one figure that lost its zero. Which units lie in the mountains, staff and assigned posts are made up.
A test makes them again and compares every cell.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import xlsxwriter

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "tutorial"
MOUNTAINS = ("Xã A Lưới", "Xã Khe Tre", "Xã Nam Đông", "Xã Long Quảng", "Xã Bình Điền")
LOST_ZEROS = "Phường Phú Bài"
NOT_YET_KNOWN = "Xã Vinh Lộc"
OFFICE = ("ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ", "SỞ NỘI VỤ")
SIGNED = (("NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"), ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"))
GOVERNMENT, PARTY, FRONT = (
    (-3, 1, -1, 4, 0, -5, 6, 2, -2, 0, 3),
    (-2, 0, 1, 2, 0, -1, 3),
    (-2, 0, 1, 0, -1, 2),
)
"""How far the made-up staff is from the norm, unit by unit."""
ASSIGNED = (0, 0, -1, 0, 2)

Rows = list[Sequence[object]]


def units() -> list[dict[str, str]]:
    """The units of Huế, wards before communes."""
    with (ROOT / "data" / "hue.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return sorted(rows, key=lambda unit: unit["type"], reverse=True)


def in_mountains(unit: dict[str, str]) -> bool:
    """Whether the example puts the unit in the mountains."""
    return unit["name"].startswith(MOUNTAINS)


def norm(unit: dict[str, str]) -> int:
    """The government posts of the default frame."""
    step, most = (1000 if in_mountains(unit) else 2000), (70 if unit["type"] == "ward" else 50)
    return min(most, 32 + max(0, int(unit["population"]) - 16000) // step)


def dotted(number: int) -> str:
    """27862 as people type it: 27.862."""
    return f"{number:,}".replace(",", ".")


def residents(unit: dict[str, str]) -> object:
    """As the table has them: text with a point, and in one place a figure that lost its zeros."""
    number = int(unit["population"])
    return number // 10 if unit["name"] == LOST_ZEROS else dotted(number)


def in_sections(rows: Iterator[tuple[dict[str, str], Sequence[object]]], width: int) -> Rows:
    """The rows with a heading before wards and before communes."""
    found: Rows = []
    at = ""
    for unit, row in rows:
        if unit["type"] != at:
            at = unit["type"]
            heading = "A. CÁC PHƯỜNG" if at == "ward" else "B. CÁC XÃ"
            found.append((heading, *("" for _ in range(width - 1))))
        found.append(row)
    return found


def population() -> Rows:
    """Biểu dân số: codes as numbers, residents as text."""
    rows = (
        (
            unit,
            (
                place,
                int(unit["code"]),
                unit["name"],
                residents(unit),
                unit["area_km2"].replace(".", ","),
                "có" if in_mountains(unit) else "không",
            ),
        )
        for place, unit in enumerate(units(), start=1)
    )
    total = sum(int(unit["population"]) for unit in units())
    return [
        *((line,) for line in OFFICE),
        (),
        ("BIỂU 01. DÂN SỐ, DIỆN TÍCH CÁC XÃ, PHƯỜNG",),
        ("(Số liệu đến ngày 31/12/2024)",),
        (),
        ("STT", "Mã ĐVHC", "Tên xã, phường", "Quy mô dân số (người)", "Diện tích (km2)", "Miền núi"),
        tuple(f"({number})" for number in range(1, 7)),
        *in_sections(iter(rows), 6),
        ("", "", "TỔNG CỘNG", dotted(total), "", ""),
        (),
        *(("", line[0], "", "", line[1]) for line in SIGNED),
    ]


def staff() -> Rows:
    """Biểu biên chế hiện có: no codes, headings on two rows, one unit that is not known yet."""
    government, party, front = cycle(GOVERNMENT), cycle(PARTY), cycle(FRONT)

    def rows() -> Iterator[tuple[dict[str, str], Sequence[object]]]:
        for place, unit in enumerate(units(), start=1):
            people: list[object] = [norm(unit) + next(government), 18 + next(party), 9 + next(front)]
            if unit["name"] == NOT_YET_KNOWN:
                people[1] = "đang cập nhật"
            yield unit, (place, unit["name"], *people, "")

    return [
        *((line,) for line in OFFICE),
        (),
        ("BIỂU 02. BIÊN CHẾ HIỆN CÓ CỦA CÁC XÃ, PHƯỜNG (số liệu giả định để hướng dẫn)",),
        (),
        ("TT", "Đơn vị", "Số người hiện có", "", "", "Ghi chú"),
        ("", "", "Khối chính quyền", "Khối Đảng", "Khối MTTQ", ""),
        *in_sections(rows(), 6),
        (),
        *(("", line[0], "", "", line[1]) for line in SIGNED),
    ]


def assigned() -> Rows:
    """Phụ lục giao biên chế, with a row of posts kept back."""
    more = cycle(ASSIGNED)
    rows = (
        (place, unit["name"], norm(unit) + next(more), 18, 9) for place, unit in enumerate(units(), start=1)
    )
    return [
        ("PHỤ LỤC",),
        ("GIAO BIÊN CHẾ CÁC XÃ, PHƯỜNG NĂM 2026",),
        ("(Kèm theo Quyết định số .../QĐ-UBND; số liệu giả định để hướng dẫn)",),
        (),
        ("TT", "Tên đơn vị", "Biên chế được giao", "", ""),
        ("", "", "Chính quyền", "Đảng", "MTTQ"),
        *rows,
        ("", "Dự phòng", 20, 5, 5),
    ]


TABLES = {"bieu-01-dan-so": population, "bieu-02-bien-che": staff, "phu-luc-giao-bien-che": assigned}
"""Each workbook's rows, by the name of its file."""


def merge_headings(sheet: Any, rows: Rows) -> None:
    """Cells of a heading on two rows are merged, across a group and down beside it."""
    top = next(place for place, row in enumerate(rows) if row and row[0] in ("STT", "TT"))
    upper, lower = rows[top], rows[top + 1]
    if lower[0] != "":
        return
    for column, text in enumerate(upper):
        if text and lower[column] == "":
            sheet.merge_range(top, column, top + 1, column, text)
        elif text:
            across = next(
                (n for n in range(column + 1, len(upper)) if upper[n] or lower[n] == ""), len(upper)
            )
            sheet.merge_range(top, column, top, across - 1, text)


def write(folder: Path) -> None:
    """Write the three workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in TABLES.items():
        with xlsxwriter.Workbook(str(folder / f"{name}.xlsx")) as book:
            book.set_properties({"created": dt.datetime(2026, 1, 1)})
            sheet = book.add_worksheet("Biểu")
            sheet.set_column(1, 2, 24)
            written = rows()
            for place, row in enumerate(written):
                sheet.write_row(place, 0, row)
            merge_headings(sheet, written)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
