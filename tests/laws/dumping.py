"""A frame as the YAML of a rule file that says all it says, and extends none."""

from __future__ import annotations

import yaml

from quota.norms.files.rulefile import RuleFile


def as_yaml(rules: RuleFile) -> str:
    """The rules under their own names, as plain YAML; nothing of the program writes it."""
    plain = rules.model_dump(mode="python", by_alias=True, exclude_none=True, exclude={"extends"})
    return yaml.safe_dump(_plain(plain), allow_unicode=True, sort_keys=False, width=110)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value.value) if hasattr(value, "value") else value
