"""Whatever is changed in a plan's file so that it contradicts itself or its inputs, `--check` rejects it."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("ortools")

ROOT = Path(__file__).parents[3]
DAY = ("--as-of", "2026-11-22")
Quota = Callable[..., Any]
Rows = list[dict[str, str]]
Edit = Callable[[Rows, Random], bool]
TRIES = 20 if os.environ.get("QUOTA_LAWS") == "long" else 1


def of(rows: Rows, random: Random, *kinds: str) -> dict[str, str]:
    return random.choice([row for row in rows if row["kind"] in kinds])


MOVES = ("internal", "transfer", "secondment")
STAYING = ("over", "short")
STARTS = ("start", "can-transfer", "can-second")


def changed(kinds: tuple[str, ...], column: str, new: Callable[[str, Rows, Random], str]) -> Edit:
    def edit(rows: Rows, random: Random) -> bool:
        row = of(rows, random, *kinds)
        before = row[column]
        row[column] = new(before, rows, random)
        return row[column] != before

    return edit


def deleted(*kinds: str) -> Edit:
    def edit(rows: Rows, random: Random) -> bool:
        rows.remove(of(rows, random, *kinds))
        return True

    return edit


def doubled(*kinds: str) -> Edit:
    def edit(rows: Rows, random: Random) -> bool:
        rows.append(dict(of(rows, random, *kinds)))
        return True

    return edit


def more(text: str, *_: object) -> str:
    return str(int(text) + 1)


def fewer(text: str, *_: object) -> str:
    return str(max(int(text) - 1, 0))


def another(column: str) -> Callable[[str, Rows, Random], str]:
    return lambda text, rows, random: random.choice([row[column] or text for row in rows])


def always(text: str) -> Callable[[str, Rows, Random], str]:
    return lambda *_: text


def edits() -> Iterator[tuple[str, Edit]]:
    """Every kind of contradiction: a name and what to do to the rows; False where it cannot be done."""
    for name, kinds in (("move", MOVES), ("rest", STAYING), ("start", STARTS)):
        yield f"{name} deleted", deleted(*kinds)
        yield f"{name} doubled", doubled(*kinds)
        yield f"{name} one more", changed(kinds, "people", more)
        yield f"{name} one fewer", changed(kinds, "people", fewer)
    yield (
        "all who stay deleted",
        lambda rows, _: (
            not rows.__setitem__(slice(None), [row for row in rows if row["kind"] not in STAYING])
        ),
    )
    yield "stage", changed(("transfer",), "stage", always("1"))
    yield "stage beyond", changed(MOVES, "stage", always("9"))
    yield "kind", changed(("internal", "transfer"), "kind", always("secondment"))
    yield "kind unknown", changed(MOVES, "kind", always("loan"))
    yield "kind of rest", changed(("over",), "kind", always("left"))
    yield (
        "home",
        changed(
            ("internal", "transfer"), "from_kind", lambda text, *_: "department" if text == "unit" else "unit"
        ),
    )
    yield "home of rest", changed(("over",), "from_kind", always("department"))
    yield "months", changed(("internal", "transfer"), "months", always("6"))
    yield "months of rest", changed(("over",), "months", always("6"))
    yield "metres", changed(("transfer",), "metres", lambda text, *_: str(int(text or 0) + 7))
    yield "metres inside", changed(("internal",), "metres", always("5"))
    for end, kinds in (("from", (*MOVES, "over", "start")), ("to", (*MOVES, "short"))):
        yield f"{end} name", changed(kinds, f"{end}_name", another(f"{end}_name"))
        yield f"{end} code", changed(kinds, f"{end}_code", another(f"{end}_code"))
        yield (
            f"{end} group",
            changed(kinds, f"{end}_group", lambda text, *_: "party" if text != "party" else "front"),
        )
    for end in ("low", "target", "high"):
        yield f"norm {end}", changed(("start",), f"norm_{end}", more)
    # the files it was made from may be called otherwise: what they hold is told by their hash, see below
    yield (
        "maker",
        lambda rows, random: bool(
            [
                row.update(made_value=f"{row['made_value']}x")
                for row in random.sample([row for row in rows if row["made_about"] not in ("", "input")], 1)
            ]
        ),
    )
    yield (
        "maker's hash",
        lambda rows, random: bool(
            [row.update(made_sha256="0" * 64) for row in rows if row["made_about"] == "policy"]
        ),
    )
    yield (
        "input's hash",
        lambda rows, random: bool(
            [row.update(made_sha256="0" * 64) for row in rows if row["made_about"] == "input"]
        ),
    )
    yield (
        "makers deleted",
        lambda rows, random: (
            not rows.__setitem__(slice(None), [row for row in rows if row["kind"] != "made"])
        ),
    )


KINDS = dict(edits())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plan with departments as it was written, and the table of departments."""
    folder = tmp_path_factory.mktemp("plan")
    departments = folder / "departments.csv"
    departments.write_text(
        "department,field,transfer,secondment\nSở Nội vụ,party,3,5\nSở Tài chính,,0,4\n", encoding="utf-8"
    )
    return folder / "plan.csv", departments


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(TRIES))
def test_a_contradiction_is_rejected(
    quota: Quota, made: tuple[Path, Path], tmp_path: Path, kind: str, seed: int
) -> None:
    plan, departments = made
    given = ("plan", "--departments", departments, *DAY)
    if not plan.exists():
        assert quota(*given, "--output", plan).code == 0
        assert quota(*given, "--check", plan).code == 0
    with plan.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    random = Random(f"{kind} {seed}")
    header = list(rows[0])
    for _ in range(500):
        edited = [dict(row) for row in rows]
        if KINDS[kind](edited, random) and edited != rows:
            break
    else:
        raise AssertionError("this kind of edit changes nothing here")
    path = tmp_path / "edited.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, header)
        table.writeheader()
        table.writerows(edited)
    run = quota(*given, "--check", path)
    assert run.code in (1, 2)
    assert run.err
