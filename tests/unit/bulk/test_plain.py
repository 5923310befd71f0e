"""A CSV file that is taken to be plain by its first rows is audited as one that was gone through before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quota.bulk import with_polars
from quota.bulk.plain import ODD, Plain, plain_by, plainly
from quota.bulk.streaming import Streamed, stream
from quota.bulk.with_polars import Tally
from quota.core.units import UnitType

from .trials import BLOCS, CENTRAL

DAY = date(2026, 1, 1)
ORDER = CENTRAL.summary().blocs
HEADING = "code,type,population,government,party,front"
PLAIN = ["1,ward,20000,36,17,8", "2,commune,15999,30,,8", "3,special_zone,,33,20,11"]


@pytest.fixture
def three_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only three rows are looked at, so that short files have rows behind them."""
    monkeypatch.setattr(with_polars, "FIRST_ROWS", 3)


def in_both_ways(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], form: str = ".csv"
) -> tuple[Streamed, bytes]:
    """What was written of the file, the same whether or not it may be taken to be plain."""
    source = folder / "in.csv"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = []
    for name in ("plain", "careful"):
        target = folder / f"{name}{form}"
        done = stream(source, target, CENTRAL, as_of=DAY, engine="polars", form=form)
        found.append((done, target.read_bytes()))
        monkeypatch.setattr(with_polars, "plain_by", lambda *_: None)
    monkeypatch.undo()
    assert found[0] == found[1]
    return found[0]


ODD_ROWS = {
    "zeros before": "4,ward,020000,36,17,8",
    "a zero before staff": "4,ward,20000,36,017,8",
    "a sign": "4,ward,+20000,36,17,8",
    "less than nothing": "4,ward,20000,-36,17,8",
    "less than nothing in two signs": "4,ward,20000,36,-7,8",
    "spaces": "4,ward, 20000,36,17,8 ",
    "thousands": "4,ward,20.000,36,17,8",
    "a fraction": "4,ward,20000,36.5,17,8",
    "words": "4,ward,many,36,17,8",
    "a mark for unknown": "4,ward,20000,36,17,-",
    "nothing in quotes": '4,ward,20000,36,"",8',
    "no type in quotes": '4,"",20000,36,17,8',
    "more digits than numbers have": "4,ward,99999999999999999999,36,17,8",
    "another way to write a type": "4,Phường,20000,36,17,8",
    "no type": "4,town,20000,36,17,8",
}
SOUND_ROWS = {
    "the most residents": "4,ward,1000000,36,17,8",
    "one resident too many": "4,ward,1000001,36,17,8",
    "more people than there are": "4,ward,10000000,36,17,8",
    "sixteen digits": "4,ward,1000000000000000,36,17,8",
    "as many digits as numbers have": "4,ward,9223372036854775807,36,17,8",
    "nobody": "4,ward,0,0,0,0",
    "too many staff": "4,ward,20000,5001,17,8",
    "an empty row": ",,,,,",
    "an empty line": "",
    "no type at all": "4,,20000,36,17,8",
}


@pytest.mark.parametrize("row", [*ODD_ROWS.values(), *SOUND_ROWS.values()], ids=[*ODD_ROWS, *SOUND_ROWS])
def test_a_row_behind_the_first_is_read_as_if_all_had_been_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three_rows: None, row: str
) -> None:
    done, text = in_both_ways(tmp_path, monkeypatch, [HEADING, *PLAIN, row, *PLAIN])
    assert done.rows == 6 + (row.strip(",") != "")
    if row:
        assert b'"' in text or row.encode() in text or not row.strip(",")


@pytest.mark.parametrize(("rows", "odd"), [(ODD_ROWS, True), (SOUND_ROWS, False)], ids=["odd", "sound"])
def test_only_what_is_not_plain_has_a_file_read_again(rows: dict[str, str], odd: bool) -> None:
    plain = Plain(("population", *BLOCS), "type", {unit_type.value: unit_type for unit_type in UnitType})
    for name, row in rows.items():
        table = pl.scan_csv(f"{HEADING}\n{row}\n".encode(), infer_schema=False)
        found = plainly(table, plain).collect()
        assert [bits != 0 for bits in found[ODD]] == [odd], name
        if not odd:
            assert found.select(plain.counts).write_csv() == table.select(plain.counts).collect().write_csv()


def test_types_are_known_by_the_ways_in_which_the_first_rows_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["1,Phường,20000,36,17,8", "2,phường,20000,30,17,8", "3,xã,16000,33,20,11"]
    done, _ = in_both_ways(tmp_path, monkeypatch, [HEADING, *rows])
    assert (done.rows, done.problems) == (3, 0)
    first = pl.read_csv(f"{HEADING}\n{chr(10).join(rows)}\n".encode(), infer_schema=False)
    plain = plain_by(first, ORDER)
    assert plain is not None
    assert plain.types == {"Phường": UnitType.WARD, "phường": UnitType.WARD, "xã": UnitType.COMMUNE}


def test_columns_of_a_parquet_file_do_not_change_their_type_with_what_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_both_ways(tmp_path, monkeypatch, [HEADING, *PLAIN], ".parquet")
    assert pl.read_parquet(tmp_path / "plain.parquet").schema["population"] == pl.String


@pytest.mark.parametrize(
    "text",
    ["code,type,staff\n1,ward,36\n", f"{HEADING},{ODD}\n1,ward,20000,36,17,8,true\n"],
    ids=["no residents", "our column"],
)
def test_nothing_is_taken_to_be_plain_in_what_is_no_table_of_units(text: str) -> None:
    assert plain_by(pl.read_csv(text.encode(), infer_schema=False), ORDER) is None


@pytest.mark.parametrize(
    ("rows", "counts", "types"),
    [
        ([], ["population", *BLOCS], None),
        (["1,,20000,36,17,8"], ["population", *BLOCS], None),
        (["1,town,20000,36,17,8"], ["population", *BLOCS], None),
        (["1,ward,20.000,36,17,x"], ["government", "party"], {"ward": UnitType.WARD}),
        ([f"1,ward{'.' * dots},20000,36,17,8" for dots in range(13)], ["population", *BLOCS], None),
        (["1,town,20.000,x,x,x"], [], None),
    ],
    ids=["no rows", "no type", "unknown type", "thousands", "many spellings", "nothing plain"],
)
def test_a_column_that_the_first_rows_show_not_to_be_plain_is_not_taken_to_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: list[str],
    counts: list[str],
    types: dict[str, UnitType] | None,
) -> None:
    plain = plain_by(pl.read_csv("\n".join([HEADING, *rows, ""]).encode(), infer_schema=False), ORDER)
    assert plain == Plain(tuple(counts), "type", types)
    assert plain.has_any == bool(counts or types)
    in_both_ways(tmp_path, monkeypatch, [HEADING, *rows])


def test_only_columns_with_an_odd_cell_are_read_with_care() -> None:
    types = {"ward": UnitType.WARD}
    plain = Plain(("population", "government", "party"), "type", types)
    assert plain.without(0b0000) == plain
    assert plain.without(0b0101) == Plain(("population", "party"), "type", None)
    assert plain.without(0b1010) == Plain(("government",), "type", types)
    assert not plain.without(0b1111).has_any


def test_no_row_is_written_or_counted_after_one_that_is_not_plain() -> None:
    tally = Tally(CENTRAL.norms())
    for bits in ([0, 2], [0, 0], [4, 0]):
        assert tally.count(pl.DataFrame({ODD: bits})).is_empty()
    assert tally.odd == 6
    assert tally.count(pl.DataFrame({ODD: []}, schema={ODD: pl.Int64})).is_empty()
    assert dict(tally.counted) == {}
