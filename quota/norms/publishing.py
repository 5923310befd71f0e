"""The schema of rule files as JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from quota.norms.schema import Frame

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(*, amendment: bool = False) -> dict[str, Any]:
    """The JSON Schema of a frame; with `amendment`, of one that says only what it changes in another."""
    schema = Frame.model_json_schema(by_alias=True)
    if amendment:
        for part in (schema, *schema["$defs"].values()):
            part.pop("required", None)
        schema["required"] = ["id", "extends", "title", "reading"]
    return {"$schema": _DIALECT, **schema}
