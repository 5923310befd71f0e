"""The kinds of rule files there are, by the word after `kind:`; a kind's model is imported when used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quota.norms.files.rulefile import RuleFile

DEFAULT_FRAME = "cv-09-2025"
"""The frame that is meant where none is named."""
DEFAULT_POLICY = "redeployment-hai-phong-2025"
"""The redeployment policy that is meant where none is named."""
DEFAULT_RETIREMENT = "retirement-2021"
"""The retirement ages that are meant where none are named."""
DEFAULT_FIELDS = "fields-2025"
"""The list of fields that is meant where none is named."""
DEFAULT_OFFICES = "offices-2025"
"""The offices and posts that are meant where none are named."""

_MODELS: Mapping[str, tuple[str, str]] = {
    "frame": ("quota.norms.schema", "Frame"),
    "fields": ("quota.norms.fields", "Fields"),
    "unit-standards": ("quota.norms.standards", "Standards"),
    "retirement": ("quota.norms.retirement", "Retirement"),
    "redeployment": ("quota.norms.files.policy", "Policy"),
    "offices": ("quota.norms.offices", "Offices"),
}


class _Kinds(Mapping[str, "type[RuleFile]"]):
    def __getitem__(self, kind: str) -> type[RuleFile]:
        module, name = _MODELS[kind]
        model: type[RuleFile] = getattr(import_module(module), name)
        return model

    def __iter__(self) -> Iterator[str]:
        return iter(_MODELS)

    def __len__(self) -> int:
        return len(_MODELS)


KINDS: Mapping[str, type[RuleFile]] = _Kinds()
