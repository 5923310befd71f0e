"""Amendments that say nothing else of a bloc are no other frames for it."""

from __future__ import annotations

import pytest

from quota.norms.applying import compiled_frames, load_norms
from quota.norms.held.frames import unlike

OLD = ["central-2025", "central-2025-all-residents"]


@pytest.mark.parametrize(
    ("blocs", "left"),
    [
        (["government"], [*OLD, "cv-09-2025"]),
        (["party"], ["central-2025", "cv-09-2025-party-31"]),
        (["front"], ["central-2025"]),
        (["government", "military"], [*OLD, "cv-09-2025", "cv-09-2025-military"]),
        (["no-such-bloc"], ["central-2025"]),
    ],
)
def test_the_first_of_frames_alike_stands_for_them(blocs: list[str], left: list[str]) -> None:
    frames = [load_norms(name) for name in compiled_frames()]
    assert [norms.summary.id for norms in unlike(frames, blocs)] == left
