"""Rule files and what checking them found, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace
from pydantic import BaseModel

from quota.core.text import LocalText, Text, say
from quota.norms.checking import Check
from quota.norms.files.finding import shown_path
from quota.norms.files.keys import heading, values, worded
from quota.norms.files.rulefile import Local, RuleFile, Source
from quota.norms.schema import Frame
from quota.render.audit.words import FRAME_STATUS
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, Value, figures, table
from quota.render.kit.language import phrase
from quota.render.kit.plain import problem_plain
from quota.render.kit.rendering import Rendering

_ABOUT = ("kind", "id", "extends", "title", "status", "effective", "notes", "sources", "examples")


def list_rendering(shipped: Sequence[RuleFile]) -> Rendering:
    """The rule files, a row each: a frame by its reading, any other by its title."""
    grid = table(
        shipped,
        Shown(say("Id"), lambda rules: rules.id, "id", whole=True),
        Shown(say("Kind"), lambda rules: rules.kind, "kind", names=values()),
        Shown(say("Status"), lambda rules: rules.status, "status", names=FRAME_STATUS),
        Shown(say("Since"), lambda rules: rules.effective.from_, "effective_from"),
        Shown(say("Until"), lambda rules: rules.effective.to, "effective_to", hidden=True),
        Shown(say("Extends"), lambda rules: rules.extends, "extends", hidden=True),
        Shown(say("Title"), lambda rules: rules.title.text, "title", hidden=True),
        Shown(
            say("What it says"),
            lambda rules: (rules.reading if isinstance(rules, Frame) else rules.title).text,
            "what",
        ),
        name="rules",
        closing=[say("`quota rules show ID` shows one whole; `--rules ID` applies a frame.")],
    )
    return grid_rendering(grid)


def rules_rendering(rules: RuleFile, path: Path) -> Rendering:
    """One rule file: a row for each thing it says, with the source of each value."""
    grid = table(
        _lines(rules, path),
        Shown(say("Key"), lambda line: heading(line[0]), "key"),
        Shown(
            say("Value"),
            lambda line: worded(line[0], line[1]) if isinstance(line[1], str) else line[1],
            "value",
        ),
        Shown(say("Source"), lambda line: line[2], "source"),
    )
    plain = rules.model_dump(mode="json", by_alias=True, exclude_none=True)
    return replace(grid_rendering(grid), json=lambda: plain)


def check_rendering(checks: Sequence[Check]) -> Rendering:
    """The checked files, a row each."""
    problems = [problem_plain(problem) for check in checks for problem in check.problems]
    grid = table(
        checks,
        Shown(say("File"), lambda check: check.file, "file"),
        Shown(say("Kind"), lambda check: check.kind, "kind", names=values()),
        Shown(say("Id"), lambda check: check.id, "id", hidden=True),
        figures(say("Examples"), lambda check: check.examples, "examples"),
        figures(say("Problems"), lambda check: len(check.problems), "problems"),
        Shown(say("Sound"), lambda check: check.sound, "sound"),
        name="files",
        about={"problems": problems},
    )
    return grid_rendering(grid)


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
        yield key, value if isinstance(value, int | float) else worded(key, str(value)), source


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
