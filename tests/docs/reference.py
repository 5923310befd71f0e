"""The reference pages that are written from the code: options, exit codes, limits, headings, rule keys."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from quota.cli.app import GROUPS, command, commands_of
from quota.cli.helping import speak_in_help
from quota.core.blocs import BLOCS
from quota.norms.files.keys import meaning
from quota.norms.kinds import KINDS
from quota.norms.publishing import json_schema
from quota.render.kit.language import VARIABLE, Language, choose, language
from quota.render.kit.words import words
from quota.run.exit_codes import ANSWERED_NO, EXIT_CODES
from quota.run.limits import LIMITS
from quota.tables.files.aliases import ALIASES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WORDS = ROOT / "quota" / "tables" / "files" / "words.json"
_SAID = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
PAGE: Mapping[str, Mapping[str, str]] = _SAID["page"]
"""What the pages say around what they take from the code, in both languages."""
MEANINGS: Mapping[str, Mapping[str, str]] = _SAID["meanings"]
"""What a word inside a heading may mean, by its kind and meaning in `WORDS`."""


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """The reader's language in this block."""
    before, said = language(), os.environ.get("LANGUAGE")
    choose(Language(wanted))
    speak_in_help()
    try:
        yield
    finally:
        choose(before)
        os.environ["LANGUAGE"] = said or before.value


def own(key: str) -> str:
    """The page's own words in the reader's language."""
    return PAGE[key][language().value]


def page(name: str, *parts: str) -> str:
    """A page with its heading, a lead where it has one, and who wrote it."""
    lead = [own(f"{name}-lead")] if f"{name}-lead" in PAGE else []
    return "\n\n".join([f"# {own(name)}", *lead, *(part for part in parts if part), own("written")]) + "\n"


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table of Markdown; nothing where there are no rows."""
    if not rows:
        return ""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def options() -> str:
    """Every command with its arguments and options, as its own help says them."""
    root = command()
    parts = []
    for folder, heading in GROUPS.items():
        parts.append(f"## {words(heading)}")
        for name in commands_of(folder):
            parts += _command(f"quota {name}", root.commands[name])
    return page("options", *parts)


def _command(typed: str, found: Any) -> Iterator[str]:
    inner = getattr(found, "commands", None)
    if inner:
        for name, below in inner.items():
            yield from _command(f"{typed} {name}", below)
        return
    yield f"### {typed}"
    paragraphs = [" ".join(part.split()) for part in found.help.split("\n\n")]
    yield "\n\n".join(paragraphs)
    context = typer.Context(found, info_name=typed)
    arguments = [
        (f"`{record[0]}`", parameter.help)
        for parameter in found.params
        if parameter.param_type_name == "argument" and (record := parameter.get_help_record(context))
    ]
    yield table((own("argument"), own("does")), arguments)
    taken = [
        (f"`{record[0]}`", record[1])
        for parameter in found.params
        if parameter.param_type_name == "option" and (record := parameter.get_help_record(context))
    ]
    yield table((own("option"), own("does")), taken)


def exit_codes() -> str:
    """What each exit code means, and when a command gives 1."""
    rows = [(str(code), words(means)) for code, means in EXIT_CODES.items()]
    no = [(f"`quota {name}`", words(when)) for name, when in ANSWERED_NO.items()]
    return page(
        "exit-codes",
        table((own("code"), own("means")), rows),
        f"## {own('answered-no')}",
        table((own("command"), own("when")), no),
    )


def environment() -> str:
    """Every limit on what is read, and the other variables."""
    rows = [
        (
            f"`{limit.variable}`",
            words(limit.what),
            _number(limit.default),
            _number(limit.most) if limit.most < 10**12 else "",
        )
        for limit in LIMITS
    ]
    others = [(f"`{name}`", own(name)) for name in (VARIABLE, "COLUMNS")]
    return page(
        "environment",
        table((own("variable"), own("limits"), own("default"), own("most")), rows),
        f"## {own('others')}",
        table((own("variable"), own("means")), others),
    )


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "." if language() is Language.VI else ",")


def headings() -> str:
    """Every column with its headings, and the words by which longer headings are understood."""
    of_blocs = [(f"`{bloc}`", _listed(bloc.headings)) for bloc in BLOCS]
    columns = [(f"`{column}`", _listed(aliases)) for column, aliases in ALIASES.items()]
    known = json.loads(WORDS.read_text(encoding="utf-8"))
    inside = [
        (MEANINGS.get(f"{kind} {meaning}", {}).get(language().value, meaning), _listed(phrases))
        for kind, meanings in known.items()
        for meaning, phrases in meanings.items()
    ]
    return page(
        "headings",
        table((own("column"), own("heading")), [*columns, *of_blocs]),
        f"## {own('inside')}",
        own("inside-lead"),
        table((own("meaning"), own("words")), inside),
    )


def _listed(phrases: Any) -> str:
    return "; ".join(dict.fromkeys(phrases))


def rule_keys() -> str:
    """Every key of every kind of rule file, as the schema has them."""
    parts = []
    for kind in KINDS:
        schema = json_schema(kind)
        parts += [f"## {kind}", _keys_of(schema)]
        for name, below in schema.get("$defs", {}).items():
            if below.get("properties"):
                parts += [f"### {kind}: {name}", _keys_of(below)]
    return page("rule-keys", *parts)


def _keys_of(schema: Mapping[str, Any]) -> str:
    needed = schema.get("required", ())
    rows = [
        (f"`{key}`", words(meaning(schema["title"], key)), _shape(value), own("yes") if key in needed else "")
        for key, value in schema["properties"].items()
    ]
    return table((own("key"), own("means"), own("value"), own("needed")), rows)


def _shape(value: Mapping[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "$ref" in value:
        return value["$ref"].rpartition("/")[2]
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return own("or").join(f"`{choice}`" for choice in value["enum"])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in value:
            shapes = [_shape(each) for each in value[several] if each.get("type") != "null"]
            return own("or").join(dict.fromkeys(shapes))
    return _plain_shape(value)


def _plain_shape(value: Mapping[str, Any]) -> str:
    kind = str(value.get("type", "string"))
    inner = value.get("items") if kind == "array" else value.get("additionalProperties")
    below = f": {_shape(inner)}" if isinstance(inner, dict) and inner else ""
    names = {"array": "list", "object": "map", "integer": "number", "boolean": "bool", "string": "text"}
    return f"{own(names.get(kind, kind))}{below}"


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/options.md": options,
    "reference/exit-codes.md": exit_codes,
    "reference/limits.md": environment,
    "reference/headings.md": headings,
    "reference/rule-keys.md": rule_keys,
}
"""Each generated page, by its path in docs/en and docs/vi."""


def written() -> dict[Path, str]:
    """Every generated page but that of JSON keys, by its path."""
    found = {}
    for wanted in Language:
        with speaking(wanted):
            found |= {DOCS / wanted.value / path: make() for path, make in PAGES.items()}
    return found


def anchors(text: str) -> set[str]:
    """What a link to each heading of a page says, as where the code is hosted."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
