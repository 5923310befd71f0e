"""JSON's nested values as the columns of a flat table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.render.kit.rendering import Cell

_ENDS = ("low", "high")


def flat_rows(rows: Iterable[Mapping[str, object]]) -> list[Sequence[Cell]]:
    """A header of every key met, and a row for each mapping; what a row does not have is empty.

    `{"quota": {"party": [17, 20]}}` stands under `quota_party_low` and `quota_party_high`. A group that is
    unknown as a whole leaves its columns empty.
    """
    flattened = [dict(_flattened("", row)) for row in rows]
    header = list(dict.fromkeys(key for row in flattened for key in row))
    groups = {key for key in header if any(other.startswith(f"{key}_") for other in header)}
    header = [
        key for key in header if key not in groups or any(row.get(key) is not None for row in flattened)
    ]
    return [header, *([row.get(key) for key in header] for row in flattened)]


def _flattened(key: str, value: object) -> Iterator[tuple[str, Cell]]:
    before = f"{key}_" if key else ""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flattened(f"{before}{name}", inner)
    elif isinstance(value, list):
        if len(value) == len(_ENDS) and all(isinstance(end, int) for end in value):
            yield from zip((f"{before}{end}" for end in _ENDS), value, strict=True)
        else:
            yield key, " ".join(str(item) for item in value)
    else:
        yield key, value if isinstance(value, str | int | float | None) else str(value)
