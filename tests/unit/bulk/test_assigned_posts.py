"""Assigned posts in a dataframe: the figures and the status of the audit's CSV, on every engine."""

from __future__ import annotations

import random

import polars as pl
import pytest

import quota.bulk
from quota.core.problems import InputError

from .conftest import ENGINES, quick_engine
from .trials import BLOCS, CENTRAL, COUNTS, in_bulk, one_by_one

POSTS = [f"assigned_{bloc}" for bloc in BLOCS]


def _table(rows: int, seed: int) -> pl.DataFrame:
    rng = random.Random(seed)

    def near(usual: int) -> list[int | None]:
        return [None if rng.random() < 0.1 else rng.randrange(usual - 4, usual + 5) for _ in range(rows)]

    return pl.DataFrame(
        {
            "code": [f"{place:05}" for place in range(rows)],
            "type": rng.choices(["commune", "ward", "special_zone"], k=rows),
            "population": [rng.choice([None, 15_999, 18_000, 40_000]) for _ in range(rows)],
            **{name: near(usual) for name, usual in zip([*BLOCS, *POSTS], (33, 18, 9) * 2, strict=True)},
        },
        schema_overrides=COUNTS | dict.fromkeys(POSTS, pl.Int64),
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dataframe_says_what_the_audit_says(engine: str) -> None:
    table = _table(200, seed=20260101)
    assert in_bulk(quick_engine(engine), CENTRAL, table) == one_by_one(CENTRAL, table)


def test_a_column_is_named_where_its_heading_says_something_else() -> None:
    table = _table(20, seed=1)
    renamed = table.rename({"assigned_party": "x"})
    found = quota.bulk.audit(CENTRAL, renamed, {"assigned_party": "x"})
    assert found["party_assigned"].to_list() == table["assigned_party"].to_list()
    with pytest.raises(InputError):
        quota.bulk.audit(CENTRAL, renamed, {"assigned_part": "x"})
