"""Which heading means which column, and the way out where one is missing: what it suggests is accepted."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quota.core.blocs import Bloc
from quota.core.problems import Problem
from quota.core.text import Text
from quota.core.units import UnitType
from quota.tables.columns.headings import known_column
from quota.tables.columns.own_words import read_wordings
from quota.tables.files.aliases import ALIASES
from quota.tables.files.raw import ReadOptions
from quota.tables.files.wordings import DEFAULT
from quota.tables.readers.units.population import read_units

CASE = Path(__file__).parents[1] / "cases" / "head_xa.csv"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "in.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def missing(path: Path) -> dict[str, Text]:
    """The columns that are missing, each with its way out."""
    found: Mapping[str | None, Problem] = {
        problem.column: problem for problem in read_units(path).problems if problem.code == "missing-column"
    }
    return {column: problem.fix for column, problem in found.items() if column and problem.fix}


def test_the_heading_xa_is_the_name_of_the_unit() -> None:
    (unit,) = read_units(CASE).units
    assert (unit.code, unit.name, unit.type, unit.population) == (
        "10507",
        "Phường Thành Đông",
        UnitType.WARD,
        50_307,
    )


@pytest.mark.parametrize("column", [*ALIASES, *map(str, DEFAULT.blocs)])
def test_every_heading_that_is_suggested_is_accepted(column: str) -> None:
    suggested = DEFAULT.headings_of(column)
    assert suggested
    for heading in suggested:
        assert known_column(heading) == column
        assert known_column(heading.upper()) == column


def test_two_frames_may_give_a_bloc_of_one_key_other_headings() -> None:
    first = DEFAULT.of_blocs((*DEFAULT.blocs, Bloc("military", headings=["BCHQS"])))
    second = first.of_blocs((*DEFAULT.blocs, Bloc("military", headings=["Quân sự xã"])))
    assert [first.column_of(heading) for heading in ("BCHQS", "Quân sự xã")] == ["military", None]
    assert [second.column_of(heading) for heading in ("BCHQS", "Quân sự xã")] == [None, "military"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        *(
            ("maXa", "code"),
            ("MA_XA", "code"),
            ("tenXa", "name"),
            ("TEN_XA", "name"),
            ("danSo", "population"),
        ),
        *(("dan so", "population"), ("dienTich", "area_km2")),
        *(("loaiHinh", "type"), ("tenTinh", "province")),
        *(("so", None), ("phong", None), ("objectId", None), ("Dân  số", "population"), ("xy", None)),
    ],
)
def test_headings_as_programs_write_them(heading: str, column: str | None) -> None:
    assert known_column(heading) == column


def test_a_heading_of_programs_gives_way_to_one_that_is_written_out_and_to_the_users_own(
    tmp_path: Path,
) -> None:
    table = written(tmp_path, "mã,tên,loại,Dân số,danSo", "10507,A,phường,50307,1")
    assert [unit.population for unit in read_units(table).units] == [50_307]
    own = tmp_path / "own.csv"
    own.write_text("heading,column\ndanSo,ignore\n", encoding="utf-8")
    assert read_wordings(own).column_of("danSo") is None


def test_the_properties_of_geojson(tmp_path: Path) -> None:
    for keys in (("maXa", "tenXa", "danSo"), ("MA_XA", "TEN_XA", "DAN_SO"), ("ma_xa", "ten_xa", "dan_so")):
        properties = dict(zip(keys, ("10507", "Phường Thành Đông", 50_307), strict=True))
        feature: dict[str, Any] = {"type": "Feature", "properties": properties, "geometry": None}
        path = tmp_path / "in.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        (unit,) = read_units(path).units
        assert (unit.code, unit.name, unit.population) == ("10507", "Phường Thành Đông", 50_307)


@pytest.mark.parametrize("heading", ["Loại đơn vị hành chính", "Loại ĐVHC"])
def test_the_kind_of_a_unit_is_its_type_or_its_class_by_what_is_written(heading: str, tmp_path: Path) -> None:
    by_type = written(tmp_path, f"mã,tên,{heading},dân số", "10507,A,Phường,50307", "10508,B,,100")
    assert [unit.type for unit in read_units(by_type).units][:1] == [UnitType.WARD]
    by_class = written(tmp_path, f"mã,tên,loại,{heading},dân số", "10507,A,Phường,II,50307")
    (unit,) = read_units(by_class).units
    assert (unit.type, unit.terrain.unit_class) == (UnitType.WARD, "II")
    alone = written(tmp_path, f"mã,tên,{heading},dân số", "10507,A,II,50307")
    assert list(missing(alone)) == ["type"]


ROWS = ("10507", "A", "phường", "50307")
UNKNOWN = ("cột 1", "Địa danh, nơi ở", "thể loại", "tổng số")


@pytest.mark.parametrize("place", [1, 2, 3])  # a table with names needs no codes
def test_a_missing_column_names_what_is_there_and_its_suggestions_settle_it(
    place: int, tmp_path: Path
) -> None:
    """Whichever column has a heading of no meaning: both ways out that the message names are taken."""
    headings = ["code", "name", "type", "population"]
    column, headings[place] = headings[place], UNKNOWN[place]
    header = ",".join(f'"{heading}"' for heading in headings)
    table = written(tmp_path, header, ",".join(ROWS))
    fix = missing(table)[column]
    assert UNKNOWN[place] in str(fix)
    assert "--columns" in str(fix)
    assert column in str(fix)
    own = tmp_path / "own.csv"
    with own.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerow((UNKNOWN[place], column))
    settled = read_units(table, options=ReadOptions(wordings=read_wordings(own)))
    assert [problem for problem in settled.problems if problem.severity.value == "error"] == []
    assert [(unit.code, unit.population) for unit in settled.units] == [("10507", 50_307)]
    for heading in DEFAULT.headings_of(column):
        headings[place] = heading
        table = written(tmp_path, ",".join(f'"{each}"' for each in headings), ",".join(ROWS))
        assert not missing(table), heading


def test_the_line_that_a_message_shows_is_a_line_of_such_a_file(tmp_path: Path) -> None:
    table = written(tmp_path, 'mã,tên,loại,"Nhân khẩu, bình quân năm"', "10507,A,phường,50307")
    fix = str(missing(table)["population"])
    assert '"Nhân khẩu, bình quân năm" (50307)' in fix
    line = fix.partition("as in ")[2]
    own = tmp_path / "own.csv"
    own.write_text(line + "\n", encoding="utf-8")
    assert [
        unit.population for unit in read_units(table, options=ReadOptions(wordings=read_wordings(own))).units
    ] == [50_307]


def test_where_every_column_means_something_one_is_to_be_added(tmp_path: Path) -> None:
    table = written(tmp_path, "mã,tên,loại", "10507,A,phường")
    assert str(missing(table)["population"]).startswith('add one; its heading may be one of "population";')


def test_what_is_written_most_like_it_stands_first(tmp_path: Path) -> None:
    table = written(tmp_path, "ghi chú,tên,loại,tông sô dan", "x,A,phường,50307")
    assert str(missing(table)["population"]).startswith('if it is one of "tông sô dan"; "ghi chú", write')
