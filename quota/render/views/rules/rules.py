"""Rule files and what checking them found, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel

from quota.core.text import LocalText, Text, say
from quota.norms.checking import Check
from quota.norms.files.finding import shown_path
from quota.norms.files.keys import heading, values, worded
from quota.norms.files.rulefile import Local, RuleFile, Source
from quota.norms.schema import Frame
from quota.render.audit.words import FRAME_STATUS
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.language import phrase
from quota.render.kit.rendering import Rendering

_ABOUT = ("kind", "id", "extends", "title", "status", "effective", "notes", "sources", "examples")


def list_rendering(shipped: Sequence[RuleFile]) -> Rendering:
    """The rule files, a row each: a frame by its reading, any other by its title."""
    columns = [
        Column("id", say("Id")),
        Column("kind", say("Kind"), names=values()),
        Column("status", say("Status"), names=FRAME_STATUS),
        Column("effective_from", say("Since")),
        Column("effective_to", say("Until"), hidden=True),
        Column("extends", say("Extends"), hidden=True),
        Column("title", say("Title"), hidden=True),
        Column("what", say("What it says")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "id": rules.id,
            "kind": rules.kind,
            "status": rules.status,
            "effective_from": rules.effective.from_,
            "effective_to": rules.effective.to,
            "extends": rules.extends,
            "title": rules.title.text,
            "what": rules.reading.text if isinstance(rules, Frame) else rules.title.text,
        }
        for rules in shipped
    ]
    closing = [say("`quota rules show ID` shows one whole; `--rules ID` applies a frame.")]
    return grid_rendering(Grid("rules", columns, rows, {}, closing))


def rules_rendering(rules: RuleFile, path: Path) -> Rendering:
    """One rule file: a row for each thing it says, with the source of each value."""
    columns = [Column("key", say("Key")), Column("value", say("Value")), Column("source", say("Source"))]
    rows = [
        {
            "key": heading(key),
            "value": worded(key, value) if isinstance(value, str) else value,
            "source": source,
        }
        for key, value, source in _lines(rules, path)
    ]
    plain = rules.model_dump(mode="json", by_alias=True, exclude_none=True)
    grid = grid_rendering(Grid("lines", columns, rows, {}))
    return Rendering(lambda: plain, grid.rows, grid.markdown, grid.terminal, grid.workbook)


def check_rendering(checks: Sequence[Check]) -> Rendering:
    """The checked files, a row each."""
    columns = [
        Column("file", say("File")),
        Column("kind", say("Kind"), names=values()),
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
    from quota.render.kit.plain import problem_plain

    problems = [problem_plain(problem) for check in checks for problem in check.problems]
    return grid_rendering(Grid("files", columns, rows, {"problems": problems}))


def _lines(rules: RuleFile, path: Path) -> Iterator[tuple[str, Value, str]]:
    yield "id", rules.id, ""
    yield "kind", worded("kind", rules.kind), ""
    yield "file", shown_path(path), ""
    if rules.extends:
        yield "extends", rules.extends, ""
    yield "title", rules.title.text, ""
    yield "status", worded("status", rules.status), ""
    first, last = rules.effective.from_, rules.effective.to or "…"
    yield "effective", say("{first} – {last}", first=first, last=last), ""
    for name in type(rules).model_fields:
        if name not in _ABOUT:
            yield from _values(getattr(rules, name), name, "")
    if rules.notes:
        yield "notes", rules.notes.text, ""
    for key, source in rules.sources.items():
        yield f"sources.{key}", _cited(source), ""
    if isinstance(rules, Frame):
        yield "examples", len(rules.examples), ""


def _cited(source: Source) -> Text:
    """A source as the file gives it, its day as the reader's language writes it; programs get ISO."""
    title = LocalText(phrase(source.title), source.title)
    if source.date is None:
        return say("{publisher}: {title}", publisher=source.publisher, title=title)
    return say("{publisher}, {day}: {title}", publisher=source.publisher, day=source.date, title=title)


def _values(value: object, key: str, source: str) -> Iterator[tuple[str, Value, str]]:
    """Each value under its path, with the nearest citation above it."""
    if isinstance(value, Local):
        yield key, value.text, source
        return
    if value and isinstance(value, tuple) and all(isinstance(end, int) for end in value):
        yield key, "–".join(str(end) for end in value), source
        return
    own = value.get("source") if isinstance(value, dict) else getattr(value, "source", None)
    cited = own if isinstance(own, str) else source
    parts = list(_parts(value))
    for name, part in parts:
        yield from _values(part, f"{key}{name}", cited)
    if not parts and value is not None and not isinstance(value, BaseModel | tuple | dict):
        yield key, value if isinstance(value, bool) else worded(key, str(value)), source


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """What a value is made of, each with the end of its path."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if name != "source":
                yield f".{field.alias or name}", getattr(value, name)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield f".{name}", part
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield f"[{place}]", part
