"""`python -m tests.lowest`: the oldest versions that `pyproject.toml` says will do, as constraints for pip.

What people who install the program get, and its extras; the tools that test it may be of any version.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
SHIPPED_EXTRAS = ("plan", "bulk", "report")
_AT_LEAST = re.compile(r"([A-Za-z0-9._-]+)>=([0-9][0-9.]*)")


def lowest() -> dict[str, str]:
    """The lowest version by package. Raises `ValueError` for a requirement without one."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = [
        *project["dependencies"],
        *(requirement for name in SHIPPED_EXTRAS for requirement in extras[name]),
    ]
    found = {}
    for requirement in requirements:
        bound = _AT_LEAST.fullmatch(requirement)
        if bound is None:
            raise ValueError(f"pyproject.toml: {requirement} has no lower bound of the form name>=version")
        found[bound[1]] = bound[2]
    return found


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}=={version}\n" for name, version in lowest().items())
