"""The interpreters on this machine, by version."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ASKED = "import sys; print('%d.%d' % sys.version_info[:2])"


def python_of(version: str) -> str | None:
    """An interpreter of this version: this one, on the PATH, or kept by pyenv; None where there is none."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for candidate in (sys.executable, shutil.which(f"python{version}"), *map(str, kept)):
        if candidate is not None:
            said = subprocess.run(
                [candidate, "-c", ASKED], capture_output=True, encoding="utf-8", check=False
            )
            if said.stdout.strip() == version:
                return candidate
    return None
