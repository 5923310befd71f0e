"""`python tests/bench`: how long the whole process takes beside the bare imports it cannot do without.

Each row is measured in the same run, its turns interleaved with the others' so that a busy machine slows all
alike; the median of the turns is shown, and its ratio to the row it is compared with.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
TURNS = 15

COMMANDS: dict[str, list[str]] = {
    "import typer": ["-c", "import typer"],
    "import typer, pydantic, yaml": ["-c", "import typer, pydantic, yaml"],
    "quota --help": ["-m", "quota", "--help"],
    "quota audit": ["-m", "quota", "audit"],
    "quota audit --format csv": ["-m", "quota", "audit", "--format", "csv"],
}
COMPARED = {
    "quota --help": "import typer",
    "quota audit": "import typer, pydantic, yaml",
    "quota audit --format csv": "import typer, pydantic, yaml",
}


def seconds(arguments: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():
        seconds(arguments)  # once for the caches
    for _ in range(TURNS):
        for name, arguments in COMMANDS.items():
            taken[name].append(seconds(arguments))
    medians = {name: statistics.median(turns) for name, turns in taken.items()}
    sys.stdout.write(f"{'whole process':34}{'median s':>10}{'ratio':>8}  to\n")
    for name, median in medians.items():
        other = COMPARED.get(name)
        ratio = f"{median / medians[other]:8.2f}  {other}" if other else ""
        sys.stdout.write(f"{name:34}{median:10.3f}{ratio}\n")


if __name__ == "__main__":
    main()
