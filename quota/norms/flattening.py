"""A frame as a flat list of what it says: each value under its dotted path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum

from quota.core.citations import Citation
from quota.core.text import LocalText
from quota.norms.schema import Frame

FieldValue = int | str | LocalText | tuple[int, ...] | None

_ABOUT = ("kind", "id", "extends", "title", "notes", "examples")
"""What names a frame, comments on it or tests it; none of it changes what it says."""


def fields_of(frame: Frame) -> dict[str, FieldValue]:
    """Every value of the frame but its name, notes and examples: `blocs.government.base` is 32.

    A source is one value.
    """
    left_out = {*_ABOUT, "sources"} if frame.phases else {*_ABOUT, "sources", "phases"}
    dump = frame.model_dump(by_alias=True, exclude_none=True, exclude=left_out)
    cited = {f"sources.{source.id}": _cited(source) for source in frame.citations()}
    return {**dict(_values(dump, "")), **cited}


def _cited(source: Citation) -> str:
    published = f"{source.publisher}, {source.date.isoformat()}" if source.date else source.publisher
    return " ".join(part for part in (f"{published}: {source.title}", source.url) if part)


def _values(value: object, path: str) -> Iterator[tuple[str, FieldValue]]:
    if isinstance(value, Mapping):
        if set(value) == {"vi", "en"}:
            yield path, LocalText(value["vi"], value["en"])
            return
        for key, inner in value.items():
            yield from _values(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple):
        if any(isinstance(part, Mapping | tuple) for part in value):
            for place, part in enumerate(value):
                yield from _values(part, f"{path}.{place}")
        elif all(isinstance(part, int) for part in value):
            yield path, value
        else:
            words = ("null" if part is None else str(getattr(part, "value", part)) for part in value)
            yield path, ", ".join(words)
    elif isinstance(value, Enum):
        yield path, str(value.value)
    elif isinstance(value, date):
        yield path, value.isoformat()
    else:
        yield path, value if isinstance(value, int) else str(value)
