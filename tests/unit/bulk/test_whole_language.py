"""Random frames of the language over random units: every engine and the sweep give what the audit gives.

A unit's columns are unknown as often as known, so what is possible is compared as well. Briefly each time;
ten thousand units to a frame, and clusters, where the long laws are asked for.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import quota.bulk
from quota.analysis.what_if.sensitivity import outcomes_of
from quota.bulk import sweeping
from quota.core.blocs import BLOCS as CENTRAL_BLOCS
from quota.core.units import Unit
from quota.norms.granting import Assumption
from quota.norms.schema import Frame
from tests.laws.drawn import OTHERS, answers, random_units
from tests.laws.often import LONG
from tests.laws.test_language import FLAGS, frames

from .conftest import CLUSTERS, ENGINES, Engine, plain, quick_engine
from .trials import BLOCS, POSSIBLE, audited_with_unknown

UNITS = 10_000 if LONG else 100
ASKING = frames() if LONG else frames(asks=1, drawn=1)
SEEDS = st.integers(0, 1_000_000)
ASSUMED = st.none() | st.dictionaries(st.sampled_from(FLAGS), st.sampled_from(Assumption), max_size=2)
BRIEF = settings(
    max_examples=5 if LONG else 2,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
"""A frame that does not hold is printed as drawn: making it smaller would take longer than reading it."""
SCHEMA: dict[str, Any] = {
    "code": pl.String,
    "type": pl.String,
    **dict.fromkeys(("population", *BLOCS), pl.Int64),
    **dict.fromkeys(FLAGS, pl.String),  # plain pandas has no type for yes, no and unknown
    **dict.fromkeys(OTHERS, pl.String),
}

SAID = {None: None, True: "yes", False: "no"}


def table_of(units: list[Unit]) -> pl.DataFrame:
    rows = [
        (
            unit.code,
            unit.type.value,
            unit.population,
            *(unit.staff[bloc] for bloc in CENTRAL_BLOCS),
            *(SAID[getattr(unit.terrain, flag)] for flag in FLAGS),
            *answers(unit),
        )
        for unit in units
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def in_bulk(engine: Engine, frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    rows = plain(engine.rows(quota.bulk.audit(frame, engine.make(table))))
    left_out = {*table.columns, "problem"}
    nothing = dict.fromkeys(POSSIBLE)
    return [nothing | {key: row[key] for key in row if key not in left_out} for row in rows]


@pytest.mark.slow
@BRIEF
@given(frame=ASKING, assumed=ASSUMED, seed=SEEDS)
def test_every_engine_counts_as_the_audit_does(
    frame: Frame, assumed: dict[str, Assumption] | None, seed: int
) -> None:
    frame = frame.assuming(assumed or {})
    units = random_units(UNITS, seed)
    expected, table = audited_with_unknown(frame, units), table_of(units)
    for name in ENGINES if LONG else ("polars", "pandas", "duckdb"):
        assert in_bulk(quick_engine(name), frame, table) == expected, name


@pytest.mark.skipif(not LONG, reason="a drawn frame takes a cluster half a minute")
@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_counts_as_the_audit_does(cluster: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(cluster)

    @BRIEF
    @given(frame=ASKING, seed=SEEDS)
    def check(frame: Frame, seed: int) -> None:
        units = random_units(UNITS, seed)
        assert in_bulk(engine, frame, table_of(units)) == audited_with_unknown(frame, units)

    check()


@BRIEF
@given(drawn=st.lists(frames(), min_size=1, max_size=3), assumed=ASSUMED, seed=SEEDS)
def test_the_sweep_counts_as_the_audit_does(
    drawn: list[Frame], assumed: dict[str, Assumption] | None, seed: int
) -> None:
    """Several frames at once, of which some assume what is unknown."""
    pytest.importorskip("numpy")
    units = random_units(UNITS, seed)
    wanted = [drawn[0], *(frame.assuming(assumed or {}) for frame in drawn)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "_WORTH", 0)
        assert sweeping.sweep(wanted, units) == outcomes_of(wanted, units)
