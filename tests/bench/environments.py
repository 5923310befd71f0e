"""Virtual environments of their own for peers that are no part of the project and bring much with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".bench"
WANTED = {
    "openfisca-core": ["openfisca-core==46.0.1", "pandas>=2.2"],  # pandas reads and writes its tables
    "spopt": ["spopt==0.7.0"],
}


def python_of(environment: str | None) -> str | None:
    """The Python of an environment that was made; None without one."""
    if environment is None:
        return None
    python = FOLDER / environment / "bin" / "python"
    return str(python) if python.exists() else None


def install() -> None:
    """Make those that are not there; one that cannot be fetched is said to be absent, and left out."""
    for name, packages in WANTED.items():
        if python_of(name) is not None:
            continue
        making = FOLDER / f"{name}.making"
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(making)], check=True)
        fetched = subprocess.run(
            [str(making / "bin" / "python"), "-m", "pip", "install", "-q", *packages], check=False
        )
        if fetched.returncode == 0:
            making.rename(FOLDER / name)
        else:
            sys.stderr.write(f"{name}: cannot be installed; its rows will say that it is absent\n")
