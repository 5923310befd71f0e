"""Frames and policies ready to be applied: shipped ones as compiled, any other read and checked first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quota.core.blocs import bloc_of
from quota.core.citations import RuleSource
from quota.norms.granting import Norms
from quota.norms.kinds import DEFAULT_FRAME, DEFAULT_POLICY
from quota.run.ledger import Kind, note
from quota.run.limits import RULE_BYTES
from quota.run.locations import contents, rules_folder

if TYPE_CHECKING:  # an audit applies no policy
    from quota.norms.policy import Policy

COMPILED = Path(__file__).with_name("compiled.json")
"""The shipped frames' norms by id, written by `python -m tests.compiled_norms` from rules/*.yaml."""
COMPILED_POLICIES = Path(__file__).with_name("compiled_policies.json")
"""The shipped redeployment policies by id, written likewise."""


def load_norms(rules: str | Path = DEFAULT_FRAME, on: date | None = None) -> Norms:
    """The norms of `load_frame(rules, on)`, with the same errors.

    The rule files are what counts: a compiled frame is taken only where every file behind it is, byte for
    byte, the one it was compiled from.
    """
    ready = compiled(str(rules))
    if ready is not None and _is_of_today(ready.summary.files):
        return ready
    from quota.norms.loading import load_frame  # YAML and its validation, for the frames that need them

    return load_frame(rules, on).norms()


def load_policy(rules: str | Path = DEFAULT_POLICY) -> Policy:
    """The redeployment policy of a shipped id or a path.

    Raises `InputError` with every problem of the file, as `load_frame` does. A compiled policy is taken as a
    compiled frame is.
    """
    from quota.norms.policy import Policy  # as above

    ready = msgspec.json.decode(COMPILED_POLICIES.read_bytes(), type=dict[str, Policy]).get(str(rules))
    if ready is not None and _is_of_today(ready.files):
        return ready
    from quota.norms.files import policy as file
    from quota.norms.loading import load_rules

    return load_rules(rules, file.Policy).applied()


@cache
def compiled(name: str) -> Norms | None:
    """The norms of a shipped frame as they were compiled; None where none is called so."""
    found = compiled_frames().get(name)
    return None if found is None else msgspec.json.decode(found, type=Norms, dec_hook=bloc_of)


@cache
def compiled_frames() -> dict[str, msgspec.Raw]:
    """What was compiled, each frame for itself: a run decodes the one it asks for."""
    return msgspec.json.decode(COMPILED.read_bytes(), type=dict[str, msgspec.Raw])


def _is_of_today(files: Sequence[RuleSource]) -> bool:
    read: list[tuple[Path, bytes]] = []
    for source in files:
        path = rules_folder() / Path(source.path).name
        try:
            content = contents(path, RULE_BYTES.value())
        except OSError:
            return False
        if content is None or hashlib.sha256(content).hexdigest() != source.sha256:
            return False
        read.append((path, content))
    for path, content in read:
        note(Kind.RULES, path, content)
    return True
