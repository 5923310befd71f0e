"""Every dataframe engine, for real: how to give it a table and how to read its answer."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.unmeasured import unmeasured

ENGINES = ("polars", "polars-lazy", "pandas", "pandas-object", "pandas-arrow", "pyarrow", "duckdb")
CLUSTERS = ("dask", "pyspark")


@dataclass(frozen=True)
class Engine:
    """`make` turns a Polars table into the engine's own, `rows` the engine's own into rows by name."""

    name: str
    native: type
    make: Callable[[pl.DataFrame], Any]
    rows: Callable[[Any], list[dict[str, Any]]]


_PLAIN = frozenset((type(None), bool, int, str))
"""Python's own: millions of values need no function called for each."""


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every engine's own null as None, every engine's own numbers as Python's."""
    return [
        {key: value if type(value) in _PLAIN else _value(value) for key, value in row.items()} for row in rows
    ]


def _value(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _pandas_rows(table: Any) -> list[dict[str, Any]]:
    columns = {name: table[name].tolist() for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _objects(table: pl.DataFrame) -> pd.DataFrame:
    """Text as pandas kept it before it had a type for text."""
    text = {
        name: pd.Series(table[name].to_list(), dtype="object")
        for name in table.select(pl.col(pl.String)).columns
    }
    return table.to_pandas().assign(**text)


def quick_engine(name: str) -> Engine:
    """An engine of this process."""
    engines = (
        Engine("polars", pl.DataFrame, lambda table: table, pl.DataFrame.to_dicts),
        Engine("polars-lazy", pl.LazyFrame, pl.DataFrame.lazy, lambda table: table.collect().to_dicts()),
        Engine("pandas", pd.DataFrame, pl.DataFrame.to_pandas, _pandas_rows),
        Engine("pandas-object", pd.DataFrame, _objects, _pandas_rows),
        Engine(
            "pandas-arrow",
            pd.DataFrame,
            lambda table: table.to_pandas(use_pyarrow_extension_array=True),
            _pandas_rows,
        ),
        Engine("pyarrow", pa.Table, pl.DataFrame.to_arrow, pa.Table.to_pylist),
        Engine(
            "duckdb",
            duckdb.DuckDBPyRelation,
            lambda table: duckdb.from_arrow(table.to_arrow()),
            lambda table: table.to_arrow_table().to_pylist(),
        ),
    )
    return next(engine for engine in engines if engine.name == name)


_UNWATCHED: dict[str, Any] = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "30s",
    "distributed.admin.tick.interval": "5s",
    **{f"distributed.worker.memory.{what}": False for what in ("target", "spill", "pause", "terminate")},
}
"""A cluster that looks at itself takes a seventh of a processor as long as the tests go on, with no work."""


@pytest.fixture(scope="session")
def dask() -> Iterator[Engine]:
    """Dask on a cluster of two workers."""
    import dask.config
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    def make(table: pl.DataFrame) -> Any:
        parts = 4 if table.height > 1_000 else 2  # at least one for each worker
        return dd.from_pandas(table.to_pandas(), npartitions=parts).persist()  # with them, not in the graph

    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - unmeasured().keys():
            patch.delenv(name)  # what workers count is measured where pandas counts the same
        quiet = dask.config.set(_UNWATCHED)
        made = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")
    with quiet, made as cluster, Client(cluster) as client:
        assert len(client.scheduler_info(n_workers=-1)["workers"]) == 2
        yield Engine("dask", dd.DataFrame, make, lambda table: _pandas_rows(table.compute()))


@pytest.fixture(scope="session")
def pyspark() -> Iterator[Engine]:
    """Spark in local mode, on two threads.

    Its tables are small and its expressions many: a Java that compiles each thing once and quickly, and a
    PySpark that does not note from which line each expression came, take half the time.
    """
    from pyspark.sql import DataFrame, SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.python.sql.dataFrameDebugging.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )
    yield Engine(
        "pyspark",
        DataFrame,
        lambda table: session.createDataFrame(table.to_arrow()),
        lambda table: table.toArrow().to_pylist(),
    )
    session.stop()


@pytest.fixture(params=[*ENGINES, *CLUSTERS])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    if request.param in CLUSTERS:
        found: Engine = request.getfixturevalue(request.param)
        return found
    return quick_engine(request.param)
