"""Compile the shipped frames to quota/norms/compiled.json: `python -m tests.compiled_norms`."""

from __future__ import annotations

import msgspec

from quota.core.blocs import plain_bloc
from quota.norms.applying import COMPILED
from quota.norms.loading import shipped_frames


def compiled() -> bytes:
    """The file's content for today's rule files, a frame a line."""
    encode = msgspec.json.Encoder(enc_hook=plain_bloc).encode
    lines = [
        f"{msgspec.json.encode(frame.id).decode()}: {encode(frame.norms()).decode()}"
        for frame in shipped_frames()
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


if __name__ == "__main__":
    COMPILED.write_bytes(compiled())
