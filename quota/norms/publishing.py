"""The schema of rule files as JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from quota.core.problems import refusal
from quota.core.text import say
from quota.norms.files.documents import DEFAULT_KIND
from quota.norms.files.keys import meaning
from quota.norms.kinds import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: str = DEFAULT_KIND, *, amendment: bool = False) -> dict[str, Any]:
    """The JSON Schema of a kind of rule file; with `amendment`, of one that says only what it changes.

    Each key has a sentence on what it means.

    Raises `InputError` where there is no such kind.
    """
    if kind not in KINDS:
        fix = say("kinds: {kinds}", kinds=", ".join(KINDS))
        raise refusal("unknown-kind", say("no such kind of rule file"), fix, value=kind)
    schema = KINDS[kind].model_json_schema(by_alias=True)
    parts = (schema, *schema.get("$defs", {}).values())
    if amendment:
        for part in parts:
            part.pop("required", None)
            part["properties"] = {
                name: {"anyOf": [value, {"type": "null"}]}
                for name, value in part.get("properties", {}).items()
            }
        own = ["reading"] if "reading" in schema["properties"] else []
        schema["required"] = ["id", "extends", "title", *own]
    for part in parts:
        for key, value in part.get("properties", {}).items():
            value["description"] = meaning(part["title"], key).en
    return {"$schema": _DIALECT, **schema}
