"""Which heading means which column: one table of wordings, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quota.core.names import fold
from quota.core.problems import Problem
from quota.core.text import say
from quota.tables.raw import RawTable

DAY_FIRST = "(dd/mm/yyyy)"
"""A heading that ends so says how the dates under it are written."""


def _dated(*headings: str) -> tuple[str, ...]:
    return (*headings, *(f"{heading} {DAY_FIRST}" for heading in headings))


ALIASES: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "unit_code", "mã", "mã xã", "mã đơn vị", "mã đvhc", "mã đơn vị hành chính"),
    "name": ("name", "unit", "tên", "tên xã", "tên đơn vị", "tên đvhc", "tên đơn vị hành chính", "đơn vị"),
    "type": ("type", "loại", "loại hình", "loại đơn vị", "loại đơn vị hành chính"),
    "population": ("population", "residents", "dân số", "dân số (người)", "số dân", "quy mô dân số"),
    "government": ("government", "chính quyền", "khối chính quyền"),
    "party": ("party", "đảng", "khối đảng"),
    "front": ("front", "mttq", "mặt trận", "khối mttq", "khối mặt trận", "khối mặt trận tổ quốc"),
    "province": ("province", "tỉnh", "tỉnh/thành phố", "tỉnh, thành phố", "tên tỉnh"),
    "area_km2": ("area_km2", "area", "diện tích", "diện tích (km2)", "diện tích (km²)"),
    "code_a": ("code_a", "mã a"),
    "code_b": ("code_b", "mã b"),
    "shared_border_km": ("shared_border_km", "chiều dài ranh giới (km)"),
    "mountain": ("mountain", "mountainous", "miền núi", "xã miền núi"),
    "island": ("island", "hải đảo", "đảo", "xã đảo"),
    "border": ("border", "land_border", "biên giới", "biên giới đất liền", "xã biên giới"),
    "minority_share": (
        "minority_share",
        "minority share",
        "tỷ lệ dân tộc thiểu số",
        "tỉ lệ dân tộc thiểu số",
        "dân tộc thiểu số",
    ),
    "province_class": ("province_class", "province class", "loại tỉnh", "loại tỉnh, thành phố"),
    "lon": ("lon", "lng", "longitude", "kinh độ"),
    "lat": ("lat", "latitude", "vĩ độ"),
    "people": ("people", "số người"),
    "fields": ("fields", "các lĩnh vực", "lĩnh vực phụ trách", "vị trí việc làm"),
    "person": ("person", "person_id", "mã cán bộ", "mã công chức", "số hiệu công chức"),
    "field": ("field", "position", "lĩnh vực", "vị trí"),
    "needed": ("needed", "approved", "số người cần", "nhu cầu", "vị trí được duyệt"),
    "id": ("id", "mã biệt phái", "mã người biệt phái"),
    "home": ("home", "nơi đi", "đơn vị cử", "đơn vị cử đi"),
    "host": ("host", "nơi đến", "đơn vị nhận", "đơn vị tiếp nhận"),
    "bloc": ("bloc", "khối"),
    "start": _dated("start", "ngày bắt đầu", "từ ngày"),
    "end": _dated("end", "ngày kết thúc", "đến ngày", "đến hết ngày"),
    "months": ("months", "số tháng", "thời hạn (tháng)"),
    "in_post": ("staff", "biên chế hiện có", "số người hiện có"),
    "km": ("km", "khoảng cách (km)"),
    "stage": ("stage", "bước"),
    "kind": ("kind", "hình thức"),
    "metres": ("metres", "khoảng cách (m)"),
    "from_name": ("from_name", "tên nơi đi"),
    "to_name": ("to_name", "tên nơi đến"),
    "from_kind": ("from_kind", "loại nơi đi"),
    "from_code": ("from_code", "mã nơi đi"),
    "from_group": ("from_group", "khối nơi đi", "vị trí nơi đi"),
    "to_code": ("to_code", "mã nơi đến"),
    "to_group": ("to_group", "khối nơi đến", "vị trí nơi đến"),
    "day": ("date", "ngày"),
    "stuck": ("stuck", "chưa chuyển được"),
    "reason": ("reason", "lý do"),
    "department": ("department", "sở", "sở, ngành"),
    "transfer": ("transfer", "điều động"),
    "secondment": ("secondment", "biệt phái"),
    "from_field": ("from", "từ vị trí"),
    "to_field": ("to", "đến vị trí"),
    "cost": ("cost", "chi phí"),
}

_COLUMN_OF = {fold(alias): column for column, aliases in ALIASES.items() for alias in aliases}


def known_column(heading: str) -> str | None:
    """The column that a heading means, if it is one that is known."""
    return _COLUMN_OF.get(fold(heading))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, and what all columns are called in the file."""

    index: Mapping[str, int]
    header: Sequence[str]

    def __contains__(self, column: str) -> bool:
        return column in self.index

    def heading(self, column: str) -> str:
        """The column's heading as written."""
        return self.header[self.index[column]]

    def headings(self) -> dict[str, str]:
        """Every known column's heading as written."""
        return {column: self.heading(column) for column in self.index}

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The column's cell without the space around it; empty where the table has no such column."""
        return cells[self.index[column]].strip() if column in self.index else ""


def understand(
    table: RawTable, required: Iterable[str], one_of: Sequence[str] = ()
) -> tuple[Columns, tuple[Problem, ...]]:
    """Find the known columns.

    A known column that is there twice is a problem; so is a `required` one that is missing, and a table that
    has none of the columns in `one_of`.
    """
    index: dict[str, int] = {}
    problems: list[Problem] = []
    for position, heading in enumerate(table.header):
        column = known_column(heading)
        if column is None:
            continue
        if column in index:
            first = table.header[index[column]]
            problems.append(
                table.problem(
                    "ambiguous-column",
                    say('two columns could be the {column}: "{first}" and this', column=column, first=first),
                    say("rename or remove one of them"),
                    row=1,
                    column=heading,
                )
            )
        else:
            index[column] = position
    missing = [column for column in required if column not in index]
    if one_of and not any(column in index for column in one_of):
        missing.insert(0, one_of[0])
    problems.extend(
        table.problem(
            "missing-column",
            say("no column for {column}", column=column),
            say("add one; its heading may be: {headings}", headings=", ".join(ALIASES[column])),
            row=1,
            column=column,
        )
        for column in missing
    )
    return Columns(index, table.header), tuple(problems)
