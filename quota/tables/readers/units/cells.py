"""The cells of all rows that population and staff tables share: names, provinces, people in post."""

from __future__ import annotations

from collections.abc import Sequence

from quota.core.blocs import ByBloc, Staff
from quota.core.names import are_spelled_out, spelled_out, tidied, tidy
from quota.core.problems import Severity
from quota.core.text import count, say
from quota.tables.columns.cells import MAX_STAFF, CellReader
from quota.tables.shipped.provinces import find_province


def provinces_in(reader: CellReader) -> list[str | None]:
    """What the cells of the province's column mean: a published province is called alike in every row."""
    if "province" not in reader.columns:
        return [reader.table.province or None] * len(reader.table.rows)
    names: dict[str, str] = {}
    written = reader.column("province")
    for row, text in zip(reader.table.rows, written, strict=True):
        if text in names:
            continue
        plain = tidy(text)
        found = find_province(plain) if plain else None
        names[text] = found.name if found else plain
        if names[text] != plain:
            message = say("read as {name}, wherever it stands in this column", name=names[text])
            reader.report(row, "province", "province-named", message, severity=Severity.INFORMATION)
    return [names.get(text) or reader.table.province or None for text in written]


def names_in(reader: CellReader) -> Sequence[str]:
    """The names of all rows, tidied and spelled out; that some were shortened is said once."""
    written = reader.column("name")
    if are_spelled_out(written) and tidied(written) is written:
        return written
    names = [spelled_out(tidy(text)) for text in written]
    changed = [
        (tidy(text), name, row)
        for text, name, row in zip(written, names, reader.table.rows, strict=True)
        if tidy(text) != name
    ]
    if changed:
        _, name, row = min(changed, key=lambda found: found[:2])
        message = count(
            "read as {name}",
            "read as {name}; {n} names of this table are spelled out so",
            n=len(changed),
            name=name,
        )
        reader.report(row, "name", "name-spelled-out", message, severity=Severity.INFORMATION)
    return names


def staff_in(reader: CellReader) -> list[Staff]:
    """The staff of all rows by bloc; unknown where the table has no column for a bloc."""
    blocs = reader.table.wordings.blocs
    if not any(bloc in reader.columns for bloc in blocs):
        return [ByBloc(blocs, (None,) * len(blocs))] * len(reader.table.rows)
    counts = [reader.counts(bloc, MAX_STAFF) for bloc in blocs]
    return [ByBloc(blocs, people) for people in zip(*counts, strict=True)]
