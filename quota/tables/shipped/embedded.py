"""The tables that come with the program, and how a word on the command line becomes a file."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

from quota.run.locations import PathKind, data_folder, kind_of

DEFAULT_POPULATION = "hai-phong"
DEFAULT_STAFF = "hai-phong-staff-sample"
DEFAULT_HOLDERS = "hai-phong-fields-sample"
DEFAULT_NEEDS = "hai-phong-needs-sample"
DEFAULT_SECONDMENTS = "hai-phong-secondments-sample"


class EmbeddedTable(Struct, frozen=True):
    """One line of `data/catalogue.csv`. `as_of` is the day of its figures, ISO, or empty."""

    id: str
    kind: str
    province: str
    as_of: str
    illustrative: bool
    what: str

    @property
    def path(self) -> Path:
        """Where it is on this machine."""
        return data_folder() / f"{self.id}.csv"

    @property
    def label(self) -> str:
        """What messages and outputs call it, on every machine alike."""
        return f"data/{self.id}.csv"


def shipped_rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the program's own, by its name in `data`: no cell of it need be doubted."""
    with (data_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def embedded_tables() -> tuple[EmbeddedTable, ...]:
    """All of them, in the catalogue's order."""
    return tuple(
        EmbeddedTable(
            line["id"],
            line["kind"],
            line["province"],
            line["as_of"],
            line["illustrative"] == "yes",
            line["what"],
        )
        for line in shipped_rows("catalogue")
    )


def data_day() -> date:
    """The latest day that embedded figures are of."""
    return date.fromisoformat(max(table.as_of for table in embedded_tables()))


def find_table(given: str | Path) -> tuple[Path, str]:
    """The file behind a path or an embedded table's id, and the label to call it by.

    A bare id is the embedded table whatever lies in the current folder (`./hai-phong` is a file there); the
    label `data/hai-phong.csv` is it where no such file lies.
    """
    path = Path(given)
    for table in embedded_tables():
        if str(given) == table.id or (str(given) == table.label and kind_of(path) is PathKind.NOTHING):
            return table.path, table.label
    return path, str(given)


@cache
def _by_hash() -> dict[str, EmbeddedTable]:
    return {hashlib.sha256(table.path.read_bytes()).hexdigest(): table for table in embedded_tables()}


def known_copy(sha256: str) -> EmbeddedTable | None:
    """The embedded table that a file is a copy of, wherever it lies and whatever it is called."""
    return _by_hash().get(sha256)


def is_made_up(path: Path) -> bool:
    """Whether a file is a copy of illustrative figures; only one of their size is read."""
    made_up = [table.path for table in embedded_tables() if table.illustrative]
    sizes = {copied.stat().st_size for copied in made_up}
    if kind_of(path) is not PathKind.FILE or path.stat().st_size not in sizes:
        return False
    content = path.read_bytes()
    return any(copied.read_bytes() == content for copied in made_up)
