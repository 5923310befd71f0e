"""JSON's nested values as the columns of a flat table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.render.kit.rendering import Cell

_ENDS = ("low", "high")


def flat_rows(
    rows: Iterable[Mapping[str, object]], shape: Mapping[str, object] | None = None
) -> list[Sequence[Cell]]:
    """A header of every key met, and a row for each mapping; what a row does not have is empty.

    `{"quota": {"party": [17, 20]}}` stands under `quota_party_low` and `quota_party_high`. A group that is
    unknown as a whole leaves its columns empty; `shape` holds what groups have where they are known, so that
    the columns are the same whatever is known.
    """
    groups: set[str] = set()
    flattened = [dict(_flattened("", row, shape or {}, groups)) for row in rows]
    header = [key for key in dict.fromkeys(key for row in flattened for key in row) if key not in groups]
    return [header, *([row.get(key) for key in header] for row in flattened)]


def _flattened(key: str, value: object, shape: object, groups: set[str]) -> Iterator[tuple[str, Cell]]:
    """The columns of a value; `groups` takes the keys that have columns below them."""
    before = f"{key}_" if key else ""
    if value is None and isinstance(shape, Mapping | list):
        for name, _ in _flattened(key, shape, shape, groups):
            yield name, None
    elif isinstance(value, Mapping):
        groups.add(key)
        shapes = shape if isinstance(shape, Mapping) else {}
        for name, inner in value.items():
            yield from _flattened(f"{before}{name}", inner, shapes.get(name), groups)
    elif isinstance(value, list):
        if len(value) == len(_ENDS) and all(isinstance(end, int) for end in value):
            groups.add(key)
            yield from zip((f"{before}{end}" for end in _ENDS), value, strict=True)
        else:
            yield key, " ".join(str(item) for item in value)
    else:
        yield key, value if isinstance(value, str | int | float | None) else str(value)
