"""`python tests/bench [SUBJECT ...]`: every peer of every subject measured in the same run.

A subject is a module of this folder with `contests(folder, limits)`; another one is found by being there.
Turns are interleaved, so that a busy machine slows all alike; the median of the turns is shown, the peak of
the memory, the ratio to the first peer's time, and whether what came out is the same: if not, exit code 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from environments import install  # noqa: E402  (run as a folder: its modules are found from here)
from measuring import Limits, lines  # noqa: E402  (as above)


def main() -> None:
    subjects = sorted(path.stem for path in HERE.glob("*.py") if "\ndef contests(" in path.read_text("utf-8"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(subjects))
    parser.add_argument("--quick", action="store_true", help="one turn each, of at most 10,000 rows")
    parser.add_argument("--rows", type=int, help="no larger table than this; default: ten million")
    parser.add_argument("--turns", type=int, help="so many turns each; default: fewer the longer they take")
    parser.add_argument("--install", action="store_true", help="first fetch the peers that are not there")
    given = parser.parse_args()
    unknown = set(given.subjects) - set(subjects)
    if unknown:
        parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    if given.install:
        install()
    rows, turns = (10_000, 1) if given.quick else (10_000_000, None)
    limits = Limits(given.rows or rows, given.turns or turns)
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    sys.stdout.write(f"{os.cpu_count()} cores; load before the run {load}\n")
    sys.stdout.write(
        f"{'what':24}{'rows':>12}  {'peer':34}{'seconds':>9}{'peak MB':>9}{'ratio':>9}  result\n"
    )
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for subject in given.subjects or subjects:
            for contest in import_module(subject).contests(Path(folder), limits):
                for line in lines(contest, limits):
                    wrong += "DIFFERENT" in line or "FAILED" in line
                    sys.stdout.write(f"{line}\n")
                    sys.stdout.flush()
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    sys.stdout.write(f"load after the run {load}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
