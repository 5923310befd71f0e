#!/usr/bin/env bash
# DuckDB writes a table's rows in another order, with preserve_insertion_order on, where a column says whether a cell is IN a list of twenty values.
# Installs duckdb==2.0.1 in a temporary folder and runs it without quota; exits 1 where the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" duckdb==2.0.1 2>"$folder/pip" || { cat "$folder/pip"; exit 2; }
cd "$folder"
PYTHONPATH="$folder/packages" python3 - <<'PYTHON'
# The list is joined with the table (EXPLAIN shows a MARK join), and a join keeps no order: not in a query and not in a
# file that COPY writes. The same question as a chain of OR keeps it. Which run is shuffled is chance: each is tried 25 times.
import duckdb

database = duckdb.connect()
database.execute("SET threads = 4")
database.execute("COPY (SELECT i, printf('%05d', i % 7000) AS code FROM range(300000) units(i)) TO 'units.parquet'")
codes = [f"'{code:05}'" for code in range(20)]
questions = {
    "IN": f"code IN ({', '.join(codes)})",
    "OR": " OR ".join(f"code = {code}" for code in codes),
}


def shuffled(question):
    """Of 25 runs, in how many the file that is written has its rows in another order."""
    times = 0
    for _ in range(25):
        query = f"SELECT i, CASE WHEN {question} THEN 1 ELSE 0 END AS known FROM 'units.parquet'"
        database.execute(f"COPY ({query}) TO 'known.csv' (HEADER false)")
        with open("known.csv", encoding="utf-8") as file:
            order = [int(line.partition(",")[0]) for line in file]
        times += order != sorted(order)
    return times


kept = database.execute("SELECT current_setting('preserve_insertion_order')").fetchall()[0][0]
found = {name: shuffled(question) for name, question in questions.items()}
print("duckdb 2.0.1, preserve_insertion_order:", kept)
print("files with their rows in another order, of 25:", found)
assert kept and found["IN"] > 0 and found["OR"] == 0, "DuckDB has changed"
PYTHON
