"""`quota bulk`: the audit of a file of any size says what the audit of a file says."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

ROOT = Path(__file__).parents[3]
ENGINES = ["polars", "duckdb"]


@pytest.fixture(scope="module")
def hai_phong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hải Phòng with its sample staff in one file, some cells and a whole row of staff left blank."""
    units = pl.read_csv(ROOT / "data" / "hai-phong.csv", infer_schema=False)
    staff = pl.read_csv(ROOT / "data" / "hai-phong-staff-sample.csv", infer_schema=False)
    table = units.join(staff.drop("name"), on="code", how="left", maintain_order="left").with_row_index("n")
    table = table.with_columns(
        pl.when(pl.col("n") != 3).then("population").alias("population"),
        pl.when(pl.col("n") != 4).then("party").alias("party"),
        pl.when(pl.col("n") == 5).then(pl.lit('Phường "A", B')).otherwise("name").alias("name"),
    )
    path = tmp_path_factory.mktemp("bulk") / "hai-phong.csv"
    table.drop("n").write_csv(path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".parquet":
        table = pl.read_parquet(path)
        cells = [["" if cell is None else str(cell) for cell in row] for row in table.rows()]
        found = [dict(zip(table.columns, row, strict=True)) for row in cells]
        return [row | {key: row[key].lower() for key in ("below_minimum", "illustrative")} for row in found]
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_figures_as_the_audit(
    quota: Callable[..., Any], hai_phong: Path, tmp_path: Path, engine: str, ending: str
) -> None:
    target = tmp_path / f"out.{ending}"
    run = quota("bulk", hai_phong, target, "--engine", engine, "--format", "json")
    assert (run.code, run.err) == (0, "")
    audited = list(csv.DictReader(quota("audit", hai_phong, "--format", "csv").out.splitlines(keepends=True)))
    written = rows_of(target)
    assert len(written) == 114
    for expected, row in zip(audited, written, strict=True):
        assert expected["frame"] == "cv-09-2025"
        assert {key: row[key] for key in expected} == expected
        assert row["problem"] == ""
    totals = json.loads(quota("audit", hai_phong, "--format", "json").out)["totals"]
    said = json.loads(run.out)["written"]
    assert (said["frame"], said["rows"], said["problem_rows"]) == ("cv-09-2025", 114, 0)
    assert [said["quota_low"], said["quota_high"]] == totals["quota"]["total"]
    assert [said["possible_low"], said["possible_high"]] == totals["unsettled"]["possible"]["total"]
    assert said["open_rows"] == sum(row["total_possible_low"] != "" for row in written)
    assert {key: said[key] for key in ("shortfall", "surplus")} == totals["gap"]["total"]
    assert {key: said[f"units_{key}"] for key in totals["status"]} == totals["status"]


@pytest.mark.parametrize("columns", ["30", "80", "160"])
def test_no_figure_is_cut_at_any_width(
    quota: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    source = tmp_path / "in.parquet"
    pl.DataFrame({"type": ["ward"] * 40_000, "population": [1_000_000] * 40_000}).write_parquet(source)
    quota("data", "list")  # the fixture sets its own width first
    monkeypatch.setenv("COLUMNS", columns)
    run = quota("bulk", source, tmp_path / "out.parquet")
    for figure in ("40,000", "3,800,000", "4,000,000"):
        assert f" {figure}\n" in run.out


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_unknown_in_every_row_is_unknown_in_sum(
    quota: Callable[..., Any], tmp_path: Path, engine: str, ending: str
) -> None:
    target = tmp_path / f"out.{ending}"
    said = json.loads(quota("bulk", "hai-phong", target, "--engine", engine, "--format", "json").out)
    assert said["written"]["shortfall"] is said["written"]["surplus"] is None
    assert (said["written"]["quota_low"], said["written"]["units_unknown"]) == (7_807, 114)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sums_say_what_hangs_on_unknown_terrain_and_what_is_in_none(
    quota: Callable[..., Any], tmp_path: Path, engine: str
) -> None:
    """ "Posts granted, at most" was said of posts that may be more."""
    source = tmp_path / "in.csv"
    source.write_text("type,population,mountain\nward,20000,\nward,20000,no\nward,,no\n", encoding="utf-8")
    words = ("bulk", source, tmp_path / "out.csv", "--engine", engine)
    said = json.loads(quota(*words, "--format", "json").out)["written"]
    assert (said["quota_low"], said["quota_high"]) == (118, 128)
    assert (said["possible_low"], said["possible_high"]) == (120, 130)
    assert (said["open_rows"], said["rows_without_quota"]) == (1, 1)
    assert "Rows whose posts hang on what is unknown       1\n" in quota(*words).out
    source.write_text("type,population,mountain\nward,20000,no\n", encoding="utf-8")
    assert "if so" not in quota(*words).out
    written = json.loads(quota(*words, "--format", "json").out)["written"]
    assert (written["possible_high"], written["open_rows"], written["rows_without_quota"]) == (64, 0, 0)


def test_engines_write_the_same_bytes(quota: Callable[..., Any], hai_phong: Path, tmp_path: Path) -> None:
    for engine in ENGINES:
        assert quota("bulk", hai_phong, tmp_path / f"{engine}.csv", "--engine", engine).code == 0
    assert (tmp_path / "polars.csv").read_bytes() == (tmp_path / "duckdb.csv").read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_many_rows_stay_in_their_order(quota: Callable[..., Any], tmp_path: Path, engine: str) -> None:
    """More rows than an engine takes in one piece: they are shared out among its threads."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    codes = pl.int_range(300_000, eager=True)
    pl.DataFrame({"code": codes, "type": "xã", "population": codes}).write_csv(source)
    assert quota("bulk", source, target, "--engine", engine).code == 0
    written = pl.read_csv(target)
    assert written["code"].equals(codes)
    assert written["government_low"].equals(
        ((codes - 16_000).clip(0) // 2_000 + 32).clip(0, 50).alias("government_low")
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_cells_that_cannot_be_used_are_counted(
    quota: Callable[..., Any], tmp_path: Path, engine: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "Mã,Loại,Dân số,Đảng\n1,xã,16.000,5\n\n2,huyện,20000,-5\n,,,\n3,Phường,20000,5\n", encoding="utf-8"
    )
    run = quota("bulk", source, target, "--engine", engine, "--format", "csv")
    assert run.code == 0
    assert run.err == "2 rows have a cell that could not be used: its column is named under problem.\n"
    rows = rows_of(target)
    assert [row["problem"] for row in rows] == ["Dân số", "Loại Đảng", ""]
    assert [row["government_low"] for row in rows] == ["", "", "34"]
    assert [row["party_shortfall"] for row in rows] == ["", "", "12"]
    assert rows[0]["Dân số"] == "16.000"


def test_another_frame_and_another_day(quota: Callable[..., Any], hai_phong: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    all_residents = ("--rules", "central-2025-all-residents")
    assert quota("bulk", hai_phong, target, *all_residents).code == 0
    totals = json.loads(quota("audit", hai_phong, *all_residents, "--format", "json").out)["totals"]
    assert pl.read_parquet(target)["government_low"].sum() == totals["quota"]["government"][0]
    early = quota("bulk", hai_phong, target, "--as-of", "2025-06-30")
    assert early.code == 2
    assert "not yet" in early.err


def refused(quota: Callable[..., Any], *arguments: object) -> str:
    run = quota("bulk", *arguments)
    assert run.code == 2
    assert run.out == ""
    return str(run.err)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"code,population\n1,2\n", "type: no column for type"),
        (b"type,population,population\nward,1,2\n", "population: two columns have this heading"),
        (b"type,population,status\nward,1,x\n", "status: the table has a column of this name"),
        (b"type,population\nward,1,2\n", "cannot be read"),
        (b"type,population\n\xff,1\n", "not UTF-8"),
    ],
)
def test_no_table_no_output(
    quota: Callable[..., Any], tmp_path: Path, engine: str, content: bytes, why: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    target.write_text("as it was")
    said = refused(quota, source, target, "--engine", engine)
    assert str(source) in said
    assert why in said or (why == "not UTF-8" and "cannot be read" in said)
    assert target.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_that_breaks_the_file_after_much_is_written(
    quota: Callable[..., Any], tmp_path: Path, engine: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("type,population\n" + "ward,20000\n" * 250_000 + "ward,20000,5\n")
    target.write_text("as it was")
    said = refused(quota, source, target, "--engine", engine)
    assert len(said.splitlines()) == 1
    assert len(said) < 300
    assert "cannot be read" in said
    assert target.read_text() == "as it was"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_header_alone_is_no_rows(
    quota: Callable[..., Any], tmp_path: Path, engine: str, ending: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    source.write_text("type,population\n")
    said = json.loads(quota("bulk", source, target, "--engine", engine, "--format", "json").out)
    assert (said["written"]["rows"], said["written"]["quota_low"]) == (0, None)
    assert rows_of(target) == []


def test_the_input_is_not_written_over(quota: Callable[..., Any], tmp_path: Path, hai_phong: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(hai_phong)
    before = hai_phong.read_bytes()
    for target in (hai_phong, link):
        assert "it is an input of this run" in refused(quota, hai_phong, target)
    assert hai_phong.read_bytes() == before
    assert "neither .csv nor .parquet" in refused(quota, hai_phong, tmp_path / "out.xlsx")
    assert "neither .csv nor .parquet" in refused(quota, ROOT / "README.md", tmp_path / "out.csv")
    assert "no such file" in refused(quota, tmp_path / "nowhere.csv", tmp_path / "out.csv")
    not_parquet = tmp_path / "not.parquet"
    not_parquet.write_text("type,population\n")
    assert "cannot be read" in refused(quota, not_parquet, tmp_path / "out.csv")


def test_a_missing_extra_is_named(
    quota: Callable[..., Any], hai_phong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quota.run.extras.find_spec", lambda name: None if name == "duckdb" else object())
    said = refused(quota, hai_phong, tmp_path / "out.csv", "--engine", "duckdb")
    assert "this needs duckdb" in said
    assert 'commune-quota[bulk]"' in said
    assert quota("bulk", hai_phong, tmp_path / "out.csv").code == 0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("more", [{}, {"list": [[1, None]] * 5}])
def test_other_columns_keep_their_type_and_their_cells(
    quota: Callable[..., Any], tmp_path: Path, engine: str, more: dict[str, Any]
) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    texts = ["Phường Hồng Bàng", "", None, "x", "x"]
    day = datetime(2026, 1, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    table = pl.DataFrame(
        {
            "type": ["ward", "xã", "commune", "special_zone", "huyện"],
            "population": pl.Series([20_000, 15_999, None, -1, 1], dtype=pl.Int32),
            "name": texts,
            "small": pl.Series([0, 255, None, 1, 2], dtype=pl.UInt8),
            "share": [0.1, None, float("inf"), -0.0, 1e300],
            "day": [day.date(), None] * 2 + [day.date()],
            "at": [day.replace(tzinfo=None)] * 5,
            "in_utc": [day, None, day, day, day],
            "hour": [day.time()] * 5,
            "price": pl.Series(["1.250", "-3.5", None, "0", "99999999.999"]).cast(pl.Decimal(18, 3)),
            "bytes": [b"\x00\xff", None, b"", b"a", b"b"],
            "a.b": [True, False, None, True, True],
            **more,
        }
    )
    table.write_parquet(source)
    assert quota("bulk", source, target, "--engine", engine).code == 0
    written = pl.read_parquet(target)
    assert written.select(table.columns).schema == table.schema
    assert written.select(table.columns).equals(table)
    assert written["problem"].to_list() == [None, None, None, "population", "type"]
    assert written["government_low"].to_list() == [34, 32, None, None, None]
    assert (written["frame"] == "cv-09-2025").all()


@pytest.mark.parametrize("of", ["UUID", "JSON"])
def test_a_type_that_arrow_takes_for_text_stays_what_it_is(
    quota: Callable[..., Any], tmp_path: Path, of: str
) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    cell = {"UUID": "uuid()", "JSON": """'{"a": 1}'::JSON"""}[of]
    units = duckdb.sql("SELECT 'ward' AS type, 20000 AS population").project(f"*, {cell} AS id")
    units.write_parquet(str(source))
    assert quota("bulk", source, target, "--engine", "duckdb").code == 0
    before, after = (duckdb.read_parquet(str(path)).select("id") for path in (source, target))
    assert after.types == before.types == [of]
    assert after.fetchall() == before.fetchall()


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_any_length_are_written_in_their_order(
    quota: Callable[..., Any], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pieces of pieces: what is held is bounded in rows and in bytes."""
    monkeypatch.setattr("quota.bulk.writing._MOST_HELD", 1 << 20)
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    codes = pl.int_range(230_001, eager=True)
    note = pl.when(pl.col("code") % 9 == 0).then(pl.lit("x" * 40)).alias("note")
    table = pl.DataFrame({"code": codes, "type": "xã", "population": codes, "id": codes.cast(pl.String)})
    table.with_columns(note).write_parquet(source)
    assert quota("bulk", source, target, "--engine", engine).code == 0
    written = pl.read_parquet(target)
    assert written.select("code", "type", "population", "id").equals(table)
    assert written["note"].count() == len(range(0, 230_001, 9))
    assert written["government_low"].equals(
        ((codes - 16_000).clip(0) // 2_000 + 32).clip(0, 50).alias("government_low")
    )


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_process_says_nothing_but_the_sums(tmp_path: Path, engine: str, ending: str) -> None:
    """DuckDB's Python module complains of what is left of it at the end."""
    source, target = tmp_path / "in.parquet", tmp_path / f"out.{ending}"
    pl.DataFrame({"type": ["ward"], "population": [20_000]}).write_parquet(source)
    command = [sys.executable, "-m", "quota", "bulk", str(source), str(target), "--engine", engine]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stderr == ""
    assert "cv-09-2025" in run.stdout
    wrong = [*command[:4], str(tmp_path / "none.parquet"), *command[5:]]
    refused_run = subprocess.run(wrong, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (refused_run.returncode, len(refused_run.stderr.splitlines())) == (2, 1)
