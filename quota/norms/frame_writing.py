"""A frame as a rule file."""

from __future__ import annotations

from collections.abc import Mapping

import yaml


def frame_file(plain: Mapping[str, object]) -> str:
    """The file that says it, for `load_frame` to read; `plain` has the frame's own keys."""
    return yaml.safe_dump(dict(plain), allow_unicode=True, sort_keys=False, width=100)
