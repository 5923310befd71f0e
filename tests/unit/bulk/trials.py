"""Frames and tables to try the bulk audit on, and the audit of one unit at a time to hold it to."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from msgspec.structs import replace

import quota.bulk
from quota.analysis.audit.auditing import audit_unit, totals
from quota.bulk.frames import added
from quota.core.blocs import BLOCS as CENTRAL_BLOCS
from quota.core.blocs import UNKNOWN_STAFF
from quota.core.results import AuditReport
from quota.core.units import Unit, UnitType
from quota.norms.loading import load_frame
from quota.norms.schema import Frame
from quota.render.audit.rows import audit_rows
from quota.render.audit.unsettled import possible_header
from quota.tables.columns.cells import MAX_RESIDENTS, MAX_STAFF
from tests.blocs import three

from .conftest import Engine, plain

ROOT = Path(__file__).parents[3]
CENTRAL = load_frame("central-2025")
BLOCS = [str(bloc) for bloc in CENTRAL_BLOCS]
ADDED = added(CENTRAL_BLOCS)
COUNTS = {"population": pl.Int64, **dict.fromkeys(BLOCS, pl.Int64)}
SCHEMA = {"code": pl.String, "type": pl.String, **COUNTS}


def frame_of(
    blocs: dict[str, Any],
    by_type: dict[str, Any],
    minimum: dict[str, int],
    noted: Collection[str] = (),
) -> Frame:
    """A frame; `noted` are the types of unit, and `minimum`, that carry a note."""
    words = {"vi": "thử", "en": "trial"}

    def note(of: str) -> dict[str, Any]:
        return {"note": words} if of in noted else {}

    return Frame.model_validate(
        {
            "kind": "frame",
            "id": "trial",
            "title": words,
            "status": "draft",
            "reading": words,
            "effective": {"from": CENTRAL.effective.from_},
            "sources": {"ours": {"title": "t", "publisher": "p", "date": CENTRAL.effective.from_}},
            "minimum_population": {**minimum, **note("minimum"), "source": "ours"} if minimum else None,
            "blocs": blocs,
            "unit_types": {
                name: {**note(name), **({"blocs": by_type[name]} if name in by_type else {})}
                for name in sorted({*by_type, *noted} - {"minimum"})
            },
        }
    )


def rule(start: int | tuple[int, int], *increment: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"source": "ours"}
    given |= {"base": start} if isinstance(start, int) else {"range": start}
    if increment:
        given["increment"] = dict(
            zip(("posts", "per_residents", "above", "rounding"), increment, strict=True)
        )
    return given


# Everything a frame can say: each rounding, ranges that grow, types with rules of their own.
MANIFOLD = frame_of(
    {
        "government": rule(32, 1, 2_000, 16_000, "down"),
        "party": rule((17, 20), 2, 7_001, 5_000, "nearest"),
        "front": rule((8, 10)),
    },
    {
        "ward": {"front": rule((9, 12), 1, 30_000, 0, "up"), "government": rule(30, 3, 4_999, 1, "up")},
        "special_zone": {"party": rule(0)},
    },
    {"commune": 5_000, "special_zone": 900},
    ("ward", "special_zone", "minimum"),
)


def one_by_one(frame: Frame, table: pl.DataFrame) -> list[dict[str, Any]]:
    """The audit of one unit at a time, with the columns that go by the same names in its CSV."""
    audits = []
    for row in table.iter_rows(named=True):
        staff = three(*(row.get(bloc) for bloc in BLOCS))
        posts = three(*(row.get(f"assigned_{bloc}") for bloc in BLOCS))
        assigned = posts if "assigned_government" in row else UNKNOWN_STAFF
        unit = Unit(row["code"], "", UnitType(row["type"]), row["population"], staff=staff, assigned=assigned)
        audits.append(audit_unit(unit, frame))
    report = AuditReport(frame.summary(), CENTRAL.effective.from_, tuple(audits), totals(audits, frame.order))
    header, *rows = audit_rows(report)
    return [
        {
            **{key: _or_none(value) for key, value in zip(header, row, strict=True) if key in ADDED},
            "problem": None,
        }
        for row in rows
    ]


def _or_none(value: Any) -> Any:
    """No notes are none: a CSV file has an empty cell for both."""
    return None if value == "" else value


def in_bulk(engine: Engine, frame: Frame, table: pl.DataFrame, *, look: bool = False) -> list[dict[str, Any]]:
    given = engine.make(table)
    answer = quota.bulk.audit(frame, given, as_of=frame.effective.from_, illustrative=False, look=look)
    assert isinstance(answer, engine.native)
    rows = plain(engine.rows(answer))
    assert [list(row) for row in rows[:1]] == [[*table.columns, *added(frame.summary().blocs)]]
    before = plain(table.to_dicts())
    assert [{key: row[key] for key in table.columns} for row in rows] == before
    return [{key: row[key] for key in ADDED} for row in rows]


def random_table(rows: int, seed: int) -> pl.DataFrame:
    """Units of every type, near the bounds as often as anywhere, with a tenth of everything unknown."""
    rng = random.Random(seed)

    def people(most: int, usual: int) -> int | None:
        kind = rng.random()
        if kind < 0.1:
            return None
        if kind < 0.15:
            return rng.choice([0, 1, most - 1, most])
        if kind < 0.5:
            return max(0, rng.randrange(0, usual, 500) + rng.choice([-1, 0, 1])) if usual > 1_000 else usual
        return rng.randrange(usual * 2)

    types = [kind.value for kind in UnitType]
    return pl.DataFrame(
        {
            "code": [f"{number:05}" for number in range(rows)],
            "type": [rng.choice(types) for _ in range(rows)],
            "population": [people(MAX_RESIDENTS, 60_000) for _ in range(rows)],
            "government": [people(MAX_STAFF, 40) for _ in range(rows)],
            "party": [people(MAX_STAFF, 19) for _ in range(rows)],
            "front": [people(MAX_STAFF, 9) for _ in range(rows)],
        },
        schema=SCHEMA,
    )


POSSIBLE = possible_header(CENTRAL_BLOCS)
"""The columns of what is unknown, and of the posts that are possible with it."""


def audited_with_unknown(frame: Frame, units: Iterable[Unit]) -> list[dict[str, Any]]:
    """The rows of the audit's CSV, one unit at a time, with what is unknown of each."""
    audits = tuple(audit_unit(unit, frame) for unit in units)
    found = AuditReport(frame.summary(), date(2026, 1, 1), audits, totals(audits, frame.order))
    report = replace(found, open_columns=frame.norms().open_columns)
    header, *rows = audit_rows(report)
    wanted = {*added(CENTRAL_BLOCS), *POSSIBLE} - {"as_of", "illustrative", "problem"}
    nothing = dict.fromkeys(POSSIBLE)
    return [
        nothing
        | {key: None if cell == "" else cell for key, cell in zip(header, row, strict=True) if key in wanted}
        for row in rows
    ]
