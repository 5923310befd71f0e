"""Every message of the program: from the code, the help of its commands, the rule files and the catalogue."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "quota"
PO = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "quota.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"say": 1, "count": 2, "phrase": 1}
"""Functions whose first arguments are messages, and how many of them."""
MAY_BE_GIVEN_A_VARIABLE = {"phrase"}
KEYS = (
    *("code", "name", "type", "population", "province", "area_km2", "mountain", "highland"),
    *("island", "border", "minority_share", "province_class", "unit_class", "lon", "lat"),
    *("government", "party", "front", "bloc", "in_post", "people", "person", "fields", "field"),
    *("needed", "home", "host", "start", "end", "months", "born", "sex", "assigned-above-norm"),
    *("assigned-below-norm", "code-restored", "coded-by-name", "form", "left-out"),
    *("name-spelled-out", "no-border", "no-field-row", "no-staff-row", "not-contiguous"),
    *("number-convention", "province-named", "several-blocs", "several-offices"),
    *("spelled-otherwise", "terrain-elsewhere", "unit-above", "unit-of-measure"),
    *("unknown-mark", "unknown-population", "vacant-post", "zero-in-front"),
)
"""Columns and kinds of remarks that have words of their own (`quota.core.text.Keys`)."""
METAVARS = (
    *("ANSWER", "ARGS", "BLOC", "CODE", "COLUMN", "COMMAND", "DATE", "DONE", "FIELD", "FILE", "FOLDER"),
    *("INPUT", "KEY", "KIND", "MANIFEST", "NAME", "NEW", "NUMBER", "OLD", "OPTIONS", "OUT", "OUTPUT"),
    *("PATH", "PERCENT", "PLACE", "PLAN", "POPULATION", "PROVINCE", "SCENARIO", "SECONDS", "TOPIC"),
    *("UNIT", "WORDS", "YEAR"),
)
"""What help shows in place of what is to be typed."""
FRAMEWORK = (
    "Usage:",
    "Options",
    "Arguments",
    "Commands",
    "Examples",
    "Show this message and exit.",
    "default: {default}",
    "required",
    "Missing command.",
    "No such command {name!r}.",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
)
"""The command-line library's own words that readers meet."""

Message = str | tuple[str, str]


def from_code(path: Path) -> Iterator[Message]:
    """The messages in a module; a message that cannot be read off the code is an error."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Name)
            or node.func.id not in KEYWORDS
        ):
            continue
        wanted = KEYWORDS[node.func.id]
        choices = [_literals(argument) for argument in node.args[:wanted]]
        if any(not found for found in choices):
            if node.func.id in MAY_BE_GIVEN_A_VARIABLE:
                continue
            raise ValueError(f"{path}:{node.lineno}: write the words of {node.func.id}() right there")
        if wanted == 2:
            yield (choices[0][0], choices[1][0])
        else:
            yield from choices[0]


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        where_true, otherwise = _literals(node.body), _literals(node.orelse)
        return where_true + otherwise if where_true and otherwise else []
    return []


def from_help(found: Any) -> Iterator[str]:
    """A command's help and that of its options and inner commands."""
    if found.help:
        yield found.help
    for parameter in found.params:
        for name in ("help", "show_default"):
            words = getattr(parameter, name, None)
            if isinstance(words, str) and words:
                yield words
    for inner in getattr(found, "commands", {}).values():
        yield from from_help(inner)


def from_data() -> Iterator[str]:
    """What the catalogue says of each embedded table, and the titles of the rule files' sources."""
    with (ROOT / "data" / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        yield from (line["what"] for line in csv.DictReader(lines))
    from quota.norms.loading import shipped_rules

    for loaded in shipped_rules():
        if loaded.rules is not None:
            yield from (source.title for source in loaded.rules.sources.values())


def messages() -> list[Message]:
    """All of them, each once; a message with a plural stands for the same one without."""
    from quota.cli.app import COMMANDS, command

    found: list[Message] = [message for path in sorted(PACKAGE.rglob("*.py")) for message in from_code(path)]
    found += [*KEYS, *METAVARS, *FRAMEWORK, *COMMANDS.values(), *from_help(command()), *from_data()]
    with_plural = {message[0] for message in found if isinstance(message, tuple)}
    return sorted(
        {message for message in found if isinstance(message, tuple) or message not in {"", *with_plural}},
        key=lambda message: message if isinstance(message, str) else message[0],
    )


def kept() -> Catalog:
    """The Vietnamese catalog as it stands in the project."""
    with PO.open("rb") as lines:
        return read_po(lines, locale="vi")
