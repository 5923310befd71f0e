"""Compile the shipped frames and policies into quota/norms/: `python -m tests.compiled_norms`."""

from __future__ import annotations

import msgspec

from quota.core.blocs import plain_bloc
from quota.norms.applying import COMPILED, COMPILED_POLICIES
from quota.norms.files.policy import Policy
from quota.norms.loading import shipped_frames, shipped_rules


def compiled() -> bytes:
    """The file's content for today's rule files, a frame a line."""
    encode = msgspec.json.Encoder(enc_hook=plain_bloc).encode
    lines = [
        f"{msgspec.json.encode(frame.id).decode()}: {encode(frame.norms()).decode()}"
        for frame in shipped_frames()
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def compiled_policies() -> bytes:
    """The content of the policies' file for today's rule files, a policy a line."""
    policies = [found.rules.applied() for found in shipped_rules() if isinstance(found.rules, Policy)]
    lines = [f'"{policy.id}": {msgspec.json.encode(policy).decode()}' for policy in policies]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


if __name__ == "__main__":
    COMPILED.write_bytes(compiled())
    COMPILED_POLICIES.write_bytes(compiled_policies())
