"""The audit under cv-09-2025, no unit in mountains, by hand in DuckDB's SQL: SOURCE TARGET."""

import sys

import duckdb

source, target = sys.argv[1:]
text = source.endswith(".csv")
read = f"read_csv('{source}', types={{'code': 'VARCHAR'}})" if text else f"read_parquet('{source}')"
form = "HEADER" if text else "FORMAT parquet, COMPRESSION zstd"
QUOTA = {"government": ("government_posts", "government_posts"), "party": ("17", "20"), "front": ("8", "10")}
posts = "least(32 + greatest(population - 16000, 0) // 2000, if(type = 'commune', 50, 70))"
blocs = ", ".join(
    f"""if(population IS NULL, NULL, {low}) AS {bloc}_low,
    if(population IS NULL, NULL, {high}) AS {bloc}_high,
    {bloc} AS {bloc}_staff,
    if(population IS NULL OR {bloc} IS NULL, NULL, greatest({low} - {bloc}, 0)) AS {bloc}_shortfall,
    if(population IS NULL OR {bloc} IS NULL, NULL, greatest({bloc} - {high}, 0)) AS {bloc}_surplus"""
    for bloc, (low, high) in QUOTA.items()
)
parts = ("low", "high", "staff", "shortfall", "surplus")
totals = ", ".join(f"{' + '.join(f'{bloc}_{part}' for bloc in QUOTA)} AS total_{part}" for part in parts)
short, over = (
    " OR ".join(f"coalesce({bloc}_{part}, 0) > 0" for bloc in QUOTA) for part in ("shortfall", "surplus")
)
unknown = " OR ".join(f"{bloc}_shortfall IS NULL" for bloc in QUOTA)
query = f"""
COPY (
  WITH granted AS (SELECT *, {posts} AS government_posts FROM {read}),
  gaps AS (SELECT * EXCLUDE government_posts, {blocs} FROM granted)
  SELECT *, {totals},
    CASE WHEN ({short}) AND ({over}) THEN 'mixed' WHEN {unknown} THEN 'unknown' WHEN {short} THEN 'short'
      WHEN {over} THEN 'surplus' ELSE 'within' END AS status,
    coalesce(population < 16000, false) AS below_minimum
  FROM gaps
) TO '{target}' ({form})"""  # noqa: S608  (a benchmark's own words)
duckdb.sql(query)
