"""`python -m tests.mutation [module …]`: does a wrong operator go unnoticed?

Flips the arithmetic, comparison and Boolean operators of `core`, `norms` and `analysis` one at a time, and
runs the tests that reach the flipped expression until one fails. Mutants that no test notices are listed,
with the reason where `equivalent.txt` says why one cannot change what the program does. The exit code is 1 if
more than one mutant in twenty goes unnoticed, those included, or if that file names a mutant that does not
exist or that is noticed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

import hypothesis
import pytest

from tests.mutation.equivalent import reasons
from tests.mutation.operators import ROOT, Mutant, mutants_of
from tests.mutation.showing import OPTIONS, Trial

PACKAGES = ("core", "norms", "analysis")
MOST_UNNOTICED = 0.05
LEFT_OUT = ("tests/unit/bulk", "tests/office", "tests/browser", "tests/test_process.py", "tests/hostile")
"""Tests of other programs and of processes of their own, where no mutant is."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="only files whose path holds one of these words")
    parser.add_argument("--sample", type=int, help="only so many mutants, drawn with a fixed seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    parser.add_argument(
        "--budget", type=float, default=20, help="seconds of tests, as measured, that a mutant is shown to"
    )
    parser.add_argument(
        "--tests", nargs="+", default=["tests"], help="only the tests of these files or folders"
    )
    parser.add_argument("--kept", type=Path, default=ROOT / ".mutation.json", help="where measures are kept")
    asked = parser.parse_args()
    started = time.monotonic()
    mutants = _mutants(asked.modules, asked.sample)
    _repeatable()
    trial = Trial(mutants, asked.jobs, asked.budget, asked.kept, _tell)
    left_out = [f"--ignore={ROOT / folder}" for folder in LEFT_OUT]
    code = pytest.main([*OPTIONS, *left_out, *(str(ROOT / test) for test in asked.tests)], plugins=[trial])
    if code is not pytest.ExitCode.OK or len(trial.verdicts) < len(mutants):
        sys.exit(f"the tests could not be run ({code!r})")
    sys.exit(report(trial, asked.modules or asked.sample, time.monotonic() - started))


def _mutants(words: list[str], sample: int | None) -> list[Mutant]:
    paths = [
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in sorted((ROOT / "quota" / name).rglob("*.py"))
    ]
    chosen = [path for path in paths if not words or any(word in path for word in words)]
    mutants = [mutant for path in chosen for mutant in mutants_of(path)]
    return random.Random(0).sample(mutants, min(sample, len(mutants))) if sample else mutants


def _repeatable() -> None:
    """Hypothesis draws the same examples every time, without a limit on their time, and shrinks nothing."""
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,
        max_examples=40,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")


def report(trial: Trial, is_part: object, seconds: float) -> int:
    """Tell what was found; the exit code."""
    unnoticed = [verdict.mutant for verdict in trial.verdicts.values() if verdict.noticed_by is None]
    named = reasons()
    known = {mutant.name for mutant in trial.mutants}
    for mutant in unnoticed:
        reason = named.get(mutant.name, "A TEST IS MISSING")
        _tell(f"line {mutant.lines[0]} of {mutant.name}\n    {reason}")
    survived = {mutant.name for mutant in unnoticed}
    wrong = [name for name in named if name in known and name not in survived]
    stale = [] if is_part else [name for name in named if name not in known]
    for text in trial.mistakes:
        _tell(text)
    for name in wrong:
        _tell(f"named as equivalent, but noticed: {name}")
    for name in stale:
        _tell(f"named as equivalent, but there is no such mutant: {name}")
    share = len(unnoticed) / len(trial.mutants) if trial.mutants else 0.0
    equivalent = sum(mutant.name in named for mutant in unnoticed)
    _tell(
        f"{len(trial.mutants)} mutants, {len(unnoticed)} unnoticed ({share:.1%}), of which {equivalent}"
        f" cannot change what the program does; {seconds:.0f} s"
    )
    return 1 if share > MOST_UNNOTICED or wrong or stale or trial.mistakes else 0


def _tell(text: str) -> None:
    sys.__stdout__.write(f"{text}\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    main()
