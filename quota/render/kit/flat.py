"""JSON's nested values as the columns of a flat table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quota.render.kit.rendering import Cell

_ENDS = ("low", "high")


def flat_rows(rows: Iterable[Mapping[str, object]], shape: Mapping[str, object]) -> list[Sequence[Cell]]:
    """A header, and a row for each mapping; what a row does not have is empty.

    `{"quota": {"party": [17, 20]}}` is under `quota_party_low` and `quota_party_high`. `shape` is a row
    in which all is known: its columns are the header, so that they are the same whatever is known, and
    whether there are rows at all; what the shape lacks is last.
    """
    flattened = [dict(_flattened("", row, shape)) for row in (shape, *rows)]
    header = list(dict.fromkeys(key for row in flattened for key in row))
    return [header, *([row.get(key) for key in header] for row in flattened[1:])]


def _flattened(key: str, value: object, shape: object) -> Iterator[tuple[str, Cell]]:
    """The columns of a value; a group that is unknown as a whole has those of its shape."""
    before = f"{key}_" if key else ""
    if value is None and isinstance(shape, Mapping | list):
        for name, _ in _flattened(key, shape, shape):
            yield name, None
    elif isinstance(value, Mapping):
        shapes = shape if isinstance(shape, Mapping) else {}
        for name, inner in value.items():
            yield from _flattened(f"{before}{name}", inner, shapes.get(name))
    elif isinstance(value, list):
        if len(value) == len(_ENDS) and all(isinstance(end, int) for end in value):
            yield from zip((f"{before}{end}" for end in _ENDS), value, strict=True)
        else:
            yield key, " ".join(str(item) for item in value)
    else:
        yield key, value if isinstance(value, str | int | float | None) else str(value)
