"""Which columns are read, refused and added."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import quota.bulk
from quota.core.problems import InputError

from .conftest import Engine, plain
from .trials import ADDED, CENTRAL, SCHEMA, random_table


def refused(table: pl.DataFrame, columns: dict[str, str] | None = None) -> list[tuple[str, str | None]]:
    with pytest.raises(InputError) as found:
        quota.bulk.audit(CENTRAL, table, columns)
    return sorted((problem.code, problem.column) for problem in found.value.problems)


def test_what_is_refused_before_anything_is_computed() -> None:
    sound = pl.DataFrame({"type": ["ward"], "population": [20_000]})
    assert refused(sound.drop("type")) == [("missing-column", "type")]
    assert refused(sound.rename({"population": "x"})) == [("missing-column", "population")]
    assert refused(sound.with_columns(status=pl.lit("x"), party_low=1)) == [
        ("column-exists", "party_low"),
        ("column-exists", "status"),
    ]
    assert refused(sound.with_columns(residents=1)) == [("ambiguous-column", "residents")]
    assert refused(sound.with_columns(population=True)) == [("wrong-column-type", "population")]
    assert refused(sound.with_columns(type=1, party=pl.lit(True))) == [
        ("wrong-column-type", "party"),
        ("wrong-column-type", "type"),
    ]
    assert refused(sound, {"people": "population", "party": "nope"}) == [
        ("missing-column", "nope"),
        ("unknown-column", "people"),
    ]


def test_headings_in_vietnamese_and_named_ones() -> None:
    table = pl.DataFrame(
        {"Loại": ["xã"], "Dân số": [1], "area": [1], "Diện tích": [2], "so_dan": [20_000], "Đảng": [1]}
    )
    assert quota.bulk.audit(CENTRAL, table)["government_low"].to_list() == [32]
    answer = quota.bulk.audit(CENTRAL, table, {"population": "so_dan"})
    assert answer["government_low"].to_list() == [34]
    assert answer["party_shortfall"].to_list() == [16]


def test_lazy_tables_stay_lazy() -> None:
    """Nothing is read while the answer is being put together: a source that fails is not asked."""

    def fails(part: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("read")

    lazy = random_table(3, 1).lazy().map_batches(fails, schema=SCHEMA)
    answer = quota.bulk.audit(CENTRAL, lazy)
    with pytest.raises(AssertionError, match="read"):
        answer.collect()


def test_each_row_says_what_made_it(engine: Engine) -> None:
    """The frame always; the day, and whether the figures are made up, where they are given."""
    table = engine.make(pl.DataFrame({"type": ["ward", "special_zone"], "population": [15_999, None]}))
    rows = plain(engine.rows(quota.bulk.audit(CENTRAL, table)))
    assert [(row["frame"], row["notes"]) for row in rows] == [
        ("central-2025", "below-minimum"),
        ("central-2025", None),
    ]
    assert not {"as_of", "illustrative"} & rows[0].keys()
    answer = quota.bulk.audit(CENTRAL, table, as_of=date(2026, 1, 31), illustrative=True)
    assert [(row["as_of"], row["illustrative"]) for row in plain(engine.rows(answer))] == [
        ("2026-01-31", True)
    ] * 2
    assert list(plain(engine.rows(answer))[0]) == ["type", "population", *ADDED]


def test_a_frame_out_of_force_is_refused() -> None:
    table = pl.DataFrame({"type": ["ward"], "population": [20_000]})
    with pytest.raises(InputError, match="not yet on 2025-06-30"):
        quota.bulk.audit(CENTRAL, table, as_of=date(2025, 6, 30))


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Dân số (nghìn người)", "nghìn người"), ("Dân số (km²)", "km²"), ("Dân số (%)", "%")],
)
def test_a_heading_in_another_unit_than_people_is_refused_by_name(heading: str, unit: str) -> None:
    table = pl.DataFrame({"type": ["ward"], heading: [20]})
    with pytest.raises(InputError) as found:
        quota.bulk.audit(CENTRAL, table)
    (problem,) = found.value.problems
    assert (problem.code, problem.column) == ("unit-of-measure", heading)
    assert str(problem.message) == f'the heading says "{unit}"; people are read here'


@pytest.mark.parametrize("heading", ["Dân số (người)", "Dân số"])
def test_people_are_the_unit_that_is_read(heading: str) -> None:
    table = pl.DataFrame({"type": ["ward"], heading: [20_000]})
    assert quota.bulk.audit(CENTRAL, table)["government_low"].to_list() == [34]
