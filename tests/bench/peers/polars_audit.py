"""The audit under cv-09-2025, where no unit lies in the mountains, by hand in Polars: SOURCE TARGET."""

import sys

import polars as pl

source, target = sys.argv[1:]
residents = pl.col("population")
most = pl.when(pl.col("type") == "commune").then(50).otherwise(70)
steps = (residents - 16_000).clip(0) // 2_000 + 32
posts = pl.when(steps > most).then(most).otherwise(steps)
quota = {
    "government": (posts, posts),
    "party": (residents * 0 + 17, residents * 0 + 20),
    "front": (residents * 0 + 8, residents * 0 + 10),
}
units = pl.scan_csv(source, schema_overrides={"code": pl.String})
for bloc, (low, high) in quota.items():
    units = units.with_columns(
        low.alias(f"{bloc}_low"),
        high.alias(f"{bloc}_high"),
        pl.col(bloc).alias(f"{bloc}_staff"),
        (low - pl.col(bloc)).clip(0).alias(f"{bloc}_shortfall"),
        (pl.col(bloc) - high).clip(0).alias(f"{bloc}_surplus"),
    )
parts = ("low", "high", "staff", "shortfall", "surplus")
totals = [
    pl.sum_horizontal([f"{bloc}_{part}" for bloc in quota], ignore_nulls=False).alias(f"total_{part}")
    for part in parts
]
short, over = (
    pl.any_horizontal(pl.col(f"{bloc}_{part}").fill_null(0) > 0 for bloc in quota)
    for part in ("shortfall", "surplus")
)
unknown = pl.any_horizontal(pl.col(f"{bloc}_shortfall").is_null() for bloc in quota)
status = pl.when(over).then(pl.lit("surplus")).otherwise(pl.lit("within"))
status = pl.when(unknown).then(pl.lit("unknown")).when(short).then(pl.lit("short")).otherwise(status)
status = pl.when(short & over).then(pl.lit("mixed")).otherwise(status)
units = units.with_columns(
    *totals, status.alias("status"), (residents < 16_000).fill_null(False).alias("below_minimum")
)
units.sink_csv(target)
