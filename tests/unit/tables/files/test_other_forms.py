"""Files that are no CSV and no workbook: read where a table is in them, else named for what they are."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from quota import read_units
from tests.forms import write_xls, write_xlsx

CSV = "code,name,type,population\n10507,Phường Thành Đông,ward,50307\n"
ROW = {"code": "10507", "name": "Phường Thành Đông", "type": "ward", "population": 50307}


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([ROW]), out)
    return out.getvalue()


def workbook(folder: Path, ending: str) -> bytes:
    path = folder / f"made{ending}"
    rows = [list(ROW), list(ROW.values())]
    (write_xls if ending == ".xls" else write_xlsx)(path, rows)
    return path.read_bytes()


def collection() -> str:
    properties = {name: value for name, value in ROW.items() if name != "code"} | {"maXa": "10507"}
    feature = {"type": "Feature", "geometry": None, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([ROW]),
        json.dumps([ROW], ensure_ascii=False, indent=1),
        json.dumps(ROW) + "\n" + json.dumps({**ROW, "code": "10525"}) + "\n",
        collection(),
        gzip.compress(CSV.encode()),
        "parquet",
        "xls.gz",
        CSV,
    ],
    ids=["json", "json-indented", "ndjson", "geojson", "gz", "parquet", "xls.gz", "csv"],
)
def test_where_a_table_is_it_is_read(tmp_path: Path, content: str | bytes) -> None:
    if content == "parquet":
        content = parquet()
    elif content == "xls.gz":
        content = gzip.compress(workbook(tmp_path, ".xls"))
    path = tmp_path / "file.dat"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    unit = read_units(path).units[0]
    assert (unit.code, unit.name, unit.type, unit.population) == ("10507", "Phường Thành Đông", "ward", 50307)


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, CSV)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "called"),
    [
        ("<html><body><table><tr><td>code</td></tr></table></body></html>", "a web page (HTML)"),
        ("\ufeff<!DOCTYPE html>\n<html></html>", "a web page (HTML)"),
        (
            '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "SpreadsheetML",
        ),
        ('<?xml version="1.0"?><office:document xmlns:office="urn:x"/>', ".fods"),
        ('CHARSET="ANSI";\nAXIS-VERSION="2010";\nDATA=1 2 3;', ".px"),
        ("CREATE TABLE units (code text, name text);\n", "SQL"),
        ("-- dump\nINSERT INTO units VALUES ('1', 'a');\n", "SQL"),
        ("%PDF-1.7\n", "PDF"),
        ('{"population": 5}', "JSON"),
        ("[1, 2, 3]", "JSON"),
        ("[broken", "JSON"),
        (archive("a.csv", "b.csv"), "ZIP archive of a.csv, b.csv"),
        (archive("[Content_Types].xml", "word/document.xml"), "Word document"),
        (b"PAR1 no such file PAR1", "Parquet"),
        (gzip.compress(b"x" * 1000, mtime=0)[:20], "damaged .gz"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: str | bytes, called: str) -> None:
    if b"PAR1" in (content if isinstance(content, bytes) else b""):
        pytest.importorskip("pyarrow")
    path = tmp_path / "units.xls"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read_units(path)
    (problem,) = table.problems
    assert table.units == ()
    assert problem.severity.value == "error"
    assert called in str(problem.message)
    assert problem.code in ("archive", "binary") or problem.fix is not None


def test_a_locked_workbook_of_any_kind_says_so(tmp_path: Path) -> None:
    path = tmp_path / "units.xlsb"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert [problem.code for problem in read_units(path).problems] == ["locked"]


@pytest.mark.parametrize("heading", ["set", "create", "use code", "begin"])
def test_a_heading_that_sql_begins_with_is_a_heading(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"{heading},code,name,type,population\n1,10507,Xã A,xã,9000\n", encoding="utf-8")
    assert len(read_units(path).units) == 1


def test_a_key_that_stands_twice_in_an_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "units.json"
    row = '{{"code": "01864", "name": "Xã Bằng Thành", "population": 13984{}}}'
    for text in ("[{}]", "{}\n{}"):
        path.write_text(text.replace("{}", row.format(', "population": 9999')), encoding="utf-8")
        (problem,) = read_units(path).problems
        assert (problem.code, str(problem.message)) == (
            "duplicate-key",
            'the key "population" stands twice in one object: 13984 and 9999',
        )
    again = row.format(', "population": 13984')
    path.write_text(f"[{again}]", encoding="utf-8")
    assert [unit.population for unit in read_units(path).units] == [13_984]
