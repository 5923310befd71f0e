"""`python tests/bench [SUBJECT ...] [--quick]`: every peer of every subject measured in the same run.

A subject is a module of this folder with `contests(folder, quick)`; another one is found by being there.
Turns are interleaved, so that a busy machine slows all alike; the median of the turns is shown, the peak of
the memory, and the ratio to the first peer's time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from measuring import lines  # noqa: E402  (run as a folder: its modules are found from here)


def main() -> None:
    subjects = sorted(path.stem for path in HERE.glob("*.py") if "\ndef contests(" in path.read_text("utf-8"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(subjects))
    parser.add_argument("--quick", action="store_true", help="small sizes and few turns")
    given = parser.parse_args()
    unknown = set(given.subjects) - set(subjects)
    if unknown:
        parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    sys.stdout.write(f"{'what':28}{'rows':>12}  {'peer':34}{'seconds':>9}{'peak MB':>9}{'ratio':>9}\n")
    with tempfile.TemporaryDirectory() as folder:
        for subject in given.subjects or subjects:
            for contest in import_module(subject).contests(Path(folder), given.quick):
                for line in lines(contest):
                    sys.stdout.write(f"{line}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
