"""Coverage-guided fuzzing: `python tests/fuzz TARGET --seconds N`, or `--runs N`; without a target, a list.

Needs atheris (part of `.[test]` where it has wheels). A finding ends the run with 1; the input that led to it
is left in the folder named by --keep, together with every input that reached something new, and
`python tests/fuzz TARGET FILE...` runs it again without the fuzzer.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from tests.fuzz.names import TARGETS  # noqa: E402  (the project is on the path only now)


def main() -> int:
    """Fuzz, replay or list."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", choices=TARGETS)
    parser.add_argument("files", nargs="*", type=Path, help="replay these inputs instead of fuzzing")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=0, help="stop after so many runs, not by time")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--keep", type=Path, help="where new inputs and findings go (else nowhere lasting)")
    asked = parser.parse_args()
    if asked.target is None:
        print(*TARGETS, sep="\n")  # noqa: T201  (a program of its own, for developers)
        return 0
    if asked.files:
        from tests.fuzz.targets import target

        for file in asked.files:
            target(asked.target)(file.read_bytes())
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        return fuzz(asked, asked.keep or Path(scratch))


def fuzz(asked: argparse.Namespace, keep: Path) -> int:
    """Let atheris look for what breaks the target; ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["quota"]):
        from tests.fuzz.targets import target
    keep.mkdir(parents=True, exist_ok=True)
    until = f"-runs={asked.runs}" if asked.runs else f"-max_total_time={asked.seconds}"
    options = [until, "-max_len=4000", "-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={keep}/"]
    options += [f"-seed={asked.seed}"] if asked.seed else []
    options += [f"-dict={HERE / 'words.dict'}", "-print_final_stats=1"]
    atheris.Setup(["fuzz", *options, str(keep), str(HERE / "corpus" / asked.target)], target(asked.target))
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
