"""The page on doubt in Vietnamese: the English one's figures in a Vietnamese reader's words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")

PROSE: Mapping[str, str] = {
    "# How well": ("# Lệnh check nghi ngờ đúng đến đâu"),
    "Written by": (
        "Do `python tests/bench/doubting.py page --tables {0} --others {1} --seed {2}` của quota {3} "
        "tính ra. Lỗi được cố ý đặt "
        "vào bảng đúng của các tỉnh (`data/vietnam.csv`); mã và tên được che, và mỗi tỉnh được xét "
        "bằng mô hình chỉ rút ra từ các tỉnh khác. Mỗi ô ghi tỷ lệ lỗi tìm được, tính bằng phần trăm, "
        "và trong {4} số đúng có bao nhiêu số bị nghi oan."
    ),
    "- **one zero**": (
        "- **mất một số 0**: cứ hai mươi số thì một số mất chữ số cuối; **mất một đến ba số 0**: mất "
        "chữ số cuối (80 trong 100), hai chữ số (15) hoặc ba chữ số (5).\n"
        "- **cổng thông tin**: đúng như cổng thông tin công khai đã làm: mọi số có tận cùng là 0 mất "
        "hết các số 0 ở cuối. Khi đó không số nào tận cùng bằng 0, và điều ấy cho biết có bao nhiêu "
        "số sai.\n"
        "- **nghìn người**: từ một phần ba đến hai phần ba số liệu ghi theo nghìn người.\n"
        "- *ranh giới*, *điểm*: biết diện tích, và biết đơn vị giáp ranh qua ranh giới chung hoặc qua "
        "điểm bên trong; *diện tích*: không biết đơn vị giáp ranh; *không gì*: chỉ biết dân số và "
        "loại đơn vị."
    ),
    "## Twelve": ("## Mười hai tỉnh, mỗi tỉnh {0} bảng"),
    "## Every": ("## Mọi tỉnh, mỗi tỉnh {0} bảng"),
    "Cà Mau": ("Không tính Cà Mau: một phần ba số liệu của tỉnh này là của đơn vị trước khi sắp xếp."),
    "## The limit": ("## Giới hạn"),
    "What is left": (
        "Phần còn lại của lô-ga-rít dân số, sau khi trừ đi phần do loại đơn vị, diện tích, tỉnh và "
        "đơn vị giáp ranh, có độ phân tán khoảng {0}, hai đuôi như phân phối Student sáu bậc tự do; "
        "mất một số 0 làm nó lệch {1}. Một quá trình Gauss được cho biết dân số đúng của mọi đơn vị "
        "khác trong tỉnh, và vị trí của chúng, tìm được {2}% số trường hợp mất một số 0 khi cứ một "
        "trăm số đúng thì một số bị nghi oan: không quy tắc nào chỉ dựa vào dân số, diện tích, loại "
        "và ranh giới tìm được nhiều hơn đáng kể. Bị bỏ sót là các thị trấn huyện lỵ cũ, đông gấp mấy "
        "lần nơi giáp ranh; bị nghi oan là các đảo và thung lũng chỉ vài nghìn dân. Tên cho biết một "
        "phần các nơi ấy, mã cho biết tất cả."
    ),
    "## What --fix": ("## Lệnh check --fix ghi ra gì"),
    "tables with one fault": ("{0} bảng, mỗi bảng một lỗi: đề xuất {1} số, {2} số sai."),
    "tables with their real codes": (
        "{0} bảng có mã thật, cứ hai số tận cùng bằng {1} thì một số mất các số 0: tìm được {2} trong "
        "{3} ({4}%), đề xuất {5}, nghi oan {6} trong {7} số đúng."
    ),
    "Half of": (
        "Một nửa số bảng có mã thật, một nửa không có mã. Các lỗi gồm mất hoặc thêm số 0, rơi, lặp "
        "hoặc đảo một chữ số, làm tròn đến nghìn, ghi một số khác, và dân số, diện tích, cả hai hoặc "
        "mã bị lệch một dòng."
    ),
    "## What `quota": ("## Điều `quota reconcile` coi là đã chứng minh"),
    "provinces, five in eight": (
        "{0} tỉnh, năm trong tám tỉnh có lỗi thứ hai (tổng lệch {1} đến {2}, rơi một chữ số, một dòng "
        "chép lặp, một số ghi theo nghìn, một số khác): {verdicts}. Trong số được coi là chỉ một cách "
        "hoặc rõ ràng, {wrong} trường hợp sai. Lần tìm lâu nhất mất {seconds} giây."
    ),
}
"""Each paragraph by words of the English one; `{0}` is that one's first number."""
HEADINGS: Mapping[str, str] = {
    "one to three zeros": "mất một đến ba số 0",
    "one zero": "mất một số 0",
    "portal": "cổng thông tin",
    "thousands": "nghìn người",
    "borders": "ranh giới",
    "points": "điểm",
    "area": "diện tích",
    "nothing": "không gì",
    "**together**": "**chung**",
    "provinces": "số tỉnh",
    "province": "tỉnh",
    "units": "số đơn vị",
}
"""What stands in the tables beside figures and names."""
VERDICTS: Mapping[str, str] = {
    "unexplained": "không giải thích được",
    "narrowed": "thu hẹp được",
    "only-one": "chỉ một cách",
    "nearly": "gần đúng",
    "clear": "rõ ràng",
    "several": "nhiều cách",
    "unlikely": "khó xảy ra",
}
"""What `quota reconcile` may say of a total."""


def vietnamese(page: str) -> str:
    """The page in Vietnamese; a paragraph that it has no words for raises KeyError with its beginning."""
    parts = [_table(part) if part.startswith("|") else _prose(part) for part in page.strip().split("\n\n")]
    return "\n\n".join(parts) + "\n"


def _number(english: str) -> str:
    if english.count(".") > 1:
        return english  # a version
    return english.translate(str.maketrans(",.", ".,"))


def _prose(part: str) -> str:
    words = " ".join(part.split())
    found = [text for key, text in PROSE.items() if key in words]
    if len(found) != 1:
        raise KeyError(words[:60])
    numbers = [_number(number) for number in _NUMBER.findall(words)]
    verdicts = re.findall(rf"({'|'.join(VERDICTS)}) (\d+(?:,\d+)*)", words.partition(". ")[0])
    filled = found[0].format(
        *numbers,
        verdicts=", ".join(f"{VERDICTS[verdict]} {_number(number)}" for verdict, number in verdicts),
        wrong=numbers[-2] if verdicts else "",
        seconds=numbers[-1] if verdicts else "",
    )
    return "\n".join(_line(line) for line in filled.split("\n"))


def _line(line: str) -> str:
    item = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, 108, subsequent_indent=item, break_long_words=False, break_on_hyphens=False)


def _table(part: str) -> str:
    return "\n".join(
        "|" + "|".join(_cell(cell.strip()) for cell in row.split("|")[1:-1]) + "|" for row in part.split("\n")
    )


def _cell(cell: str) -> str:
    if not cell or set(cell) <= set("-: "):
        return f" {cell} "
    words = ", ".join(HEADINGS.get(word, word) for word in cell.split(", "))
    words = re.sub(r"(\d+) at (\d+) %", r"\1 đạt \2 %", words)
    return f" {_NUMBER.sub(lambda number: _number(number[0]), words)} "
