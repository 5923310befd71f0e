"""What `quota bulk` writes under cv-09-2025 where nothing tells of mountains, in Polars: SOURCE TARGET.

The same columns in the same order, of tables whose cells are sound; nothing that is read is checked.
"""

import sys

import polars as pl

source, target = sys.argv[1:]
BLOCS = ("government", "party", "front")
residents, is_commune = pl.col("population"), pl.col("type") == "commune"
nothing = pl.lit(None, pl.Int64)


def posts(step: int) -> pl.Expr:
    counted = (residents - 16_000).clip(0) // step + 32
    most = pl.when(is_commune).then(50).otherwise(70)
    return pl.when(counted > most).then(most).otherwise(counted)


quota = {
    "government": (posts(2_000), posts(2_000)),
    "party": (residents * 0 + 17, residents * 0 + 20),
    "front": (residents * 0 + 8, residents * 0 + 10),
}
UNASSIGNED = ("assigned", "vacant", "above_assigned", "assigned_below_norm", "assigned_above_norm")
units = pl.scan_csv(source, schema_overrides={"code": pl.String})
for bloc, (low, high) in quota.items():
    units = units.with_columns(
        low.alias(f"{bloc}_low"),
        high.alias(f"{bloc}_high"),
        pl.col(bloc).alias(f"{bloc}_staff"),
        (low - pl.col(bloc)).clip(0).alias(f"{bloc}_shortfall"),
        (pl.col(bloc) - high).clip(0).alias(f"{bloc}_surplus"),
        *(nothing.alias(f"{bloc}_{part}") for part in UNASSIGNED),
    )
units = units.with_columns(
    *(
        pl.sum_horizontal([f"{bloc}_{part}" for bloc in BLOCS], ignore_nulls=False).alias(f"total_{part}")
        for part in ("low", "high", "staff", "shortfall", "surplus")
    ),
    *(nothing.alias(f"total_{part}") for part in UNASSIGNED),
)
short, over = (
    pl.any_horizontal(pl.col(f"{bloc}_{part}").fill_null(0) > 0 for bloc in BLOCS)
    for part in ("shortfall", "surplus")
)
unknown = pl.any_horizontal(pl.col(f"{bloc}_shortfall").is_null() for bloc in BLOCS)
status = pl.when(over).then(pl.lit("surplus")).otherwise(pl.lit("within"))
status = pl.when(unknown).then(pl.lit("unknown")).when(short).then(pl.lit("short")).otherwise(status)
status = pl.when(short & over).then(pl.lit("mixed")).otherwise(status)
hangs = posts(1_000) > pl.col("government_low")
hangs &= pl.col("type") != "special_zone"
below = (residents < 16_000).fill_null(False)
most = {"government": posts(1_000), "party": pl.col("party_low"), "front": pl.col("front_low")}
most_high = {"government": posts(1_000), "party": pl.col("party_high"), "front": pl.col("front_high")}
units = units.with_columns(
    status.alias("status"),
    below.alias("below_minimum"),
    pl.when(below)
    .then(pl.lit("below-minimum"))
    .otherwise(pl.when(hangs).then(pl.lit("unknown-mountain")))
    .alias("notes"),
    pl.lit("unknown").alias("assigned_status"),
    pl.lit("cv-09-2025").alias("frame"),
    pl.lit("2026-11-28").alias("as_of"),
    pl.lit(False).alias("illustrative"),
    pl.lit(None, pl.String).alias("problem"),
    pl.when(residents.is_not_null()).then(pl.lit("mountain")).alias("unknown_columns"),
    *(
        pl.when(hangs).then(ends[bloc]).alias(f"{bloc}_possible_{end}")
        for bloc in BLOCS
        for end, ends in (("low", most), ("high", most_high))
    ),
    *(
        pl.when(hangs).then(sum(ends.values(), start=pl.lit(0))).alias(f"total_possible_{end}")
        for end, ends in (("low", most), ("high", most_high))
    ),
)
units.sink_csv(target)
