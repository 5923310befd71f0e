"""What each key of a rule file means: a sentence, and what it is called in Vietnamese."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from quota.core.blocs import Bloc
from quota.core.text import LocalText

_FILE = Path(__file__).with_name("keys.json")
_ENUMERATED = frozenset(
    (
        *("area", "employment", "from", "kind", "level", "order", "province_class"),
        *("rounding", "severity", "stages", "status", "type"),
    )
)
"""Keys whose values are words of a short list."""
_BETWEEN = re.compile(r"[.\[\]]+")


@cache
def _said() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


@cache
def values() -> Mapping[str, LocalText]:
    """The words that a value may be one of, as the file has them and in Vietnamese."""
    return {value: LocalText(words["vi"], value) for value, words in _said()["values"].items()}


def meanings() -> Mapping[str, LocalText]:
    """A sentence for each key; `Model.key` where a key means something else there than elsewhere."""
    return {key: LocalText(entry["vi"], entry["en"]) for key, entry in _said()["keys"].items()}


def meaning(model: str, key: str) -> LocalText:
    """What a key says, in a sentence; `model` is the title of the schema it is a key of."""
    found = meanings()
    return found.get(f"{model}.{key}") or found[key]


@lru_cache(maxsize=1024)
def heading(path: str) -> LocalText:
    """A path in a rule file, as the file has it and in Vietnamese.

    `blocs.government.base` and `phases[0].from`: what has no Vietnamese name (an id, a bloc of the file's
    own) stays as it is; entries of lists are numbered from 1.
    """
    called: list[str] = []
    for part in filter(None, _BETWEEN.split(path)):
        if part.isdecimal() and called:
            called[-1] += f" {int(part) + 1}"
        else:
            called.append(_name(part))
    return LocalText(" › ".join(called), path)


def worded(path: str, value: str) -> LocalText | str:
    """A value under a path: in Vietnamese, where it is a word of a short list, or several of them."""
    keys = [part for part in _BETWEEN.split(path) if part and not part.isdecimal()]
    if not keys or keys[-1] not in _ENUMERATED:
        return value
    found = [values().get(word) for word in value.split(", ")]
    return LocalText(", ".join(word.vi for word in found if word), value) if all(found) else value


@cache
def _names() -> Mapping[str, str]:
    """What each key is called; the first meaning of a key that has no general one."""
    entries = _said()["keys"]
    plain = {key: entry["name"] for key, entry in entries.items() if "." not in key}
    of_models = {key.rpartition(".")[2]: entry["name"] for key, entry in reversed(list(entries.items()))}
    ends = {end: values()[end].vi for end in ("low", "high")}
    return {**ends, **of_models, **plain, "file": "tệp"}


def _name(part: str) -> str:
    bloc = Bloc(part)
    return bloc.name.vi if bloc.is_known and isinstance(bloc.name, LocalText) else _names().get(part, part)
