"""Frames and checks of rule files, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel

from quota.core.text import LocalText, say
from quota.norms.checking import Check
from quota.norms.loading import shown_path
from quota.norms.schema import Frame
from quota.render.grid import Column, Grid, Value
from quota.render.rendering import Rendering

_ABOUT = ("kind", "id", "extends", "title", "status", "effective", "reading", "notes", "sources", "examples")


def list_rendering(frames: Sequence[Frame]) -> Rendering:
    """The frames, a row each."""
    columns = [
        Column("id", say("Id")),
        Column("status", say("Status")),
        Column("effective_from", say("Since")),
        Column("effective_to", say("Until"), hidden=True),
        Column("extends", say("Extends"), hidden=True),
        Column("title", say("Title"), hidden=True),
        Column("reading", say("Reading")),
    ]
    rows = [
        {
            "id": frame.id,
            "status": frame.status,
            "effective_from": frame.effective.from_.isoformat(),
            "effective_to": frame.effective.to.isoformat() if frame.effective.to else None,
            "extends": frame.extends,
            "title": frame.title.text,
            "reading": frame.reading.text,
        }
        for frame in frames
    ]
    closing = [say("`quota rules show ID` shows one whole; `--rules ID` applies it.")]
    return Grid("frames", columns, rows, {}, closing).rendering()


def frame_rendering(frame: Frame, path: Path) -> Rendering:
    """One frame: a row for each thing it says, with the source of each value."""
    columns = [Column("key", say("Key")), Column("value", say("Value")), Column("source", say("Source"))]
    rows = [{"key": key, "value": value, "source": source} for key, value, source in _lines(frame, path)]
    plain = frame.model_dump(mode="json", by_alias=True, exclude_none=True)
    grid = Grid("lines", columns, rows, {}).rendering()
    return Rendering(lambda: plain, grid.rows, grid.markdown, grid.terminal)


def check_rendering(checks: Sequence[Check]) -> Rendering:
    """The checked files, a row each."""
    columns = [
        Column("file", say("File")),
        Column("kind", say("Kind")),
        Column("id", say("Id"), hidden=True),
        Column("examples", say("Examples"), numeric=True),
        Column("problems", say("Problems"), numeric=True),
        Column("sound", say("Sound")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "file": check.file,
            "kind": check.kind,
            "id": check.id,
            "examples": check.examples,
            "problems": len(check.problems),
            "sound": check.sound,
        }
        for check in checks
    ]
    from quota.render.plain import problem_plain

    problems = [problem_plain(problem) for check in checks for problem in check.problems]
    return Grid("files", columns, rows, {"problems": problems}).rendering()


def _lines(frame: Frame, path: Path) -> Iterator[tuple[str, Value, str]]:
    yield "id", frame.id, ""
    yield "file", shown_path(path), ""
    if frame.extends:
        yield "extends", frame.extends, ""
    yield "title", frame.title.text, ""
    yield "status", frame.status, ""
    until = frame.effective.to.isoformat() if frame.effective.to else "…"
    yield "effective", f"{frame.effective.from_.isoformat()} – {until}", ""
    yield "reading", frame.reading.text, ""
    for name in Frame.model_fields:
        if name not in _ABOUT:
            yield from _values(getattr(frame, name), name, "")
    if frame.notes:
        yield "notes", frame.notes.text, ""
    for key, source in frame.sources.items():
        yield f"sources.{key}", f"{source.publisher}, {source.date.isoformat()}: {source.title}", ""
    yield "examples", len(frame.examples), ""


def _values(value: object, key: str, source: str) -> Iterator[tuple[str, Value, str]]:
    """Each value under its path, with the nearest citation above it."""
    if isinstance(value, BaseModel):
        if hasattr(value, "vi"):
            yield key, LocalText(value.vi, value.en), source  # type: ignore[attr-defined]  # a Local
            return
        source = getattr(value, "source", None) or source
        for name in type(value).model_fields:
            if name != "source":
                yield from _values(getattr(value, name), f"{key}.{name}", source)
    elif isinstance(value, tuple):
        yield key, f"{value[0]}–{value[1]}", source
    elif value is not None:
        yield key, str(value), source
