"""The page of JSON keys: every key that each command writes in a real run over a small province."""

from __future__ import annotations

import contextlib
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quota.render.kit.language import Language, language
from tests.commands import FORMLESS
from tests.docs.reference import DOCS, own, page, speaking, table
from tests.laws.province import RECORDED, RUNS, in_folder, write_province
from tests.running import ran

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_BLOCS = frozenset(("government", "party", "front", "total"))
_BY_DATA = frozenset(("by_field", "by_load"))
"""Keys below which the data say what the keys are."""
_AS_WRITTEN = frozenset(("more",))
"""Keys below which the input's own columns stand."""
_COMMON = ("quota_version", "frame", "as_of", "inputs", "problems")
"""Keys that most documents begin and end with."""

_ANY = "…"
"""A key that the data decide."""
SENTENCES: Mapping[str, Mapping[str, str]] = json.loads(
    Path(__file__).with_name("json_keys.json").read_text(encoding="utf-8")
)
"""What each key says, in both languages; `moves.from` is `from` below `moves`."""

Tree = dict[str, Any]
"""What stands at each key: `{}` a plain value, else the keys below it; a list has `[]` after its key."""


def tree_of(value: Any, found: Tree, within: str = "") -> None:
    """Add every key of a document to `found`."""
    for key, inner in value.items():
        plain = _KEY.fullmatch(key) and key not in _BLOCS and within not in _BY_DATA
        name = key if plain else _ANY
        items = [item for item in inner if isinstance(item, Mapping)] if isinstance(inner, list) else []
        below = found.setdefault(f"{name}[]" if items else name, {})
        if name not in _AS_WRITTEN:
            for item in items or ([inner] if isinstance(inner, Mapping) else ()):
                tree_of(item, below, name)


def tree_words(tree: Tree) -> str:
    """A tree as people write one down: `units: [{code, gap: {…: {shortfall, surplus}}}]`."""
    said = []
    for key, below in tree.items():
        name, is_list, _ = key.partition("[]")
        if name == key and f"{key}[]" in tree:
            continue  # an empty list, or a figure that is unknown, in another run
        inner = f"{{{tree_words(below)}}}" if below else ""
        said.append(f"{name}: [{inner}]" if is_list else f"{name}: {inner}" if inner else name)
    return ", ".join(said)


def said_keys(found: Mapping[str, Tree]) -> Iterator[str]:
    """The name of the sentence of every key of every command; `moves.from` where the place matters."""
    for words, tree in found.items():
        yield from _said(tree, words)


def _said(tree: Tree, *within: str) -> Iterator[str]:
    for name, below in tree.items():
        key = name.removesuffix("[]")
        if key != _ANY:
            placed = (f"{place}.{key}" for place in reversed(within))
            yield next((name for name in placed if name in SENTENCES), key)
        yield from _said(below, *within, key)


def _sentences(found: Mapping[str, Tree]) -> str:
    """Each key with its sentence; one that means another thing below a key, or in a command, names that."""
    rows = [
        (f"`{_where(key)}`", SENTENCES[key][language().value])
        for key in sorted(set(said_keys(found)), key=lambda key: (key.rpartition(".")[2], key))
    ]
    return table((own("key"), own("means")), rows)


def _where(key: str) -> str:
    within, _, name = key.rpartition(".")
    return f"{within}: {name}" if within else name


def keys_by_command() -> dict[str, Tree]:
    """What each command writes with --format json, of all its runs."""
    found: dict[str, Tree] = {}
    with TemporaryDirectory() as place, contextlib.chdir(place):
        folder = Path(place)
        write_province(folder)
        _run(RECORDED)
        for words, runs in RUNS.items():
            if words not in FORMLESS:
                tree: Tree = found.setdefault(words, {})
                for arguments in runs:
                    tree_of(json.loads(_run([*in_folder(arguments, folder), "--format", "json"])), tree)
    return found


def _run(arguments: Sequence[str]) -> str:
    run = ran(arguments)
    if run.code == 2:
        raise ValueError(run.err)
    return run.out


def keys_page(found: Mapping[str, Tree]) -> str:
    """The page in the reader's language."""
    common: Tree = {}
    parts: list[str] = []
    for words, tree in found.items():
        rest = {key: below for key, below in tree.items() if key.removesuffix("[]") not in _COMMON}
        common |= {key: below for key, below in tree.items() if key not in rest and below}
        parts += [f"## quota {words}", _block(rest)]
    meaning = [f"## {own('meanings')}", own("meanings-lead"), _sentences(found)]
    return page("keys", f"## {own('common')}", own("common-lead"), _block(common), *parts, *meaning)


def _block(tree: Tree) -> str:
    lines = [
        line
        for key, below in tree.items()
        if (words := tree_words({key: below})) and f"{key}[]" not in tree
        for line in textwrap.wrap(
            words, 110, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
        )
    ]
    return "\n".join(["```text", *lines, "```"])


def key_pages(found: Mapping[str, Tree]) -> dict[Path, str]:
    """The page of keys in both languages, by its path."""
    pages = {}
    for wanted in Language:
        with speaking(wanted):
            pages[DOCS / wanted.value / "reference" / "keys.md"] = keys_page(found)
    return pages
