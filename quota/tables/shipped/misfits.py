"""Why a layout file does not fit, in a reader's words: where in it, what is wrong, how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from quota.core.text import Text, did_you_mean, say

Path = tuple[str | int, ...]
Misfit = tuple[Path, Text, Text]

_SAID = re.compile(r"(.*?)(?: - at `\$(.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_FIELD = re.compile(r"(unknown|missing required) field `(.*)`")


def misfit(error: msgspec.ValidationError, wanted: type) -> Misfit:
    """What `error` says of a value that is no `wanted`."""
    found = _SAID.fullmatch(str(error))
    what, where = found.groups() if found else ("", None)
    path: Path = tuple(key or int(index) for key, index in _STEP.findall(where or ""))
    info = _at(msgspec.inspect.type_info(wanted), path)
    if field := _FIELD.search(what):
        return (*path, field[2]), *_of_field(field[2], info, unknown=field[1] == "unknown")
    return path, *_of_value(info)


def _of_field(name: str, info: msgspec.inspect.Type, *, unknown: bool) -> tuple[Text, Text]:
    if not unknown:
        return say("the key is missing"), say("add {key}:", key=name)
    known = [field.name for field in getattr(info, "fields", ())]
    fix = did_you_mean(name, known) or say("known keys here: {keys}", keys=", ".join(known))
    return say("no such key"), fix


def _of_value(info: msgspec.inspect.Type) -> tuple[Text, Text]:
    if isinstance(info, msgspec.inspect.EnumType):
        choices = ", ".join(str(each.value) for each in info.cls)
        return say("not one of {choices}", choices=choices), say("write one of them")
    if isinstance(info, msgspec.inspect.IntType):
        bounds = {"low": info.ge, "high": info.le}
        return say("not a whole number from {low} to {high}", **bounds), say("write it in digits")
    return _WORDS.get(type(info), (say("not keys and values"), say("write a word, a colon and the value")))


_WORDS: Mapping[type, tuple[Text, Text]] = {
    msgspec.inspect.BoolType: (
        say("neither true nor false"),
        say("write true or false, without quotes"),
    ),
    msgspec.inspect.StrType: (
        say("not text, or empty"),
        say("write words; in quotes if they look like a number"),
    ),
    msgspec.inspect.TupleType: (say("not a list of two"), say("write them in brackets: [a, b]")),
    msgspec.inspect.VarTupleType: (
        say("not a list"),
        say("write each item on a line of its own, after a hyphen"),
    ),
}


def _at(info: msgspec.inspect.Type, path: Path) -> msgspec.inspect.Type:
    """What is wanted at a path."""
    for key in (*path, None):
        if isinstance(info, msgspec.inspect.UnionType):  # a value that may be left out
            info = next(each for each in info.types if not isinstance(each, msgspec.inspect.NoneType))
        if isinstance(info, msgspec.inspect.StructType) and key is not None:
            info = next(field.type for field in info.fields if field.name == key)
        elif isinstance(info, msgspec.inspect.VarTupleType) and isinstance(key, int):
            info = info.item_type
        elif isinstance(info, msgspec.inspect.TupleType) and isinstance(key, int):
            info = info.item_types[key]
        elif isinstance(info, msgspec.inspect.DictType) and key is not None:
            info = info.value_type
    return info
