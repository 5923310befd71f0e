"""Which test runs which line, and how long each test takes: one run of the suite under coverage."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.operators import ROOT, Mutant

Lines = dict[str, list[int]]
"""Lines by module, from the project's folder."""


@dataclass(frozen=True)
class Measured:
    """One test: seconds it took, and the lines of the mutated packages it ran."""

    seconds: float
    lines: Lines


@dataclass
class Suite:
    """Every test that passes where nothing is wrong, by its id."""

    tests: dict[str, Measured] = field(default_factory=dict)

    def reaching(self, mutant: Mutant, budget: float) -> list[str]:
        """Tests that run the mutant's lines: the module's own first, then quickest first.

        No more of them than take `budget` seconds together: noticed by none of those is unnoticed.
        """
        wanted = set(mutant.lines)
        reached = [
            (not _mirrors(test, mutant.path), measured.seconds, test)
            for test, measured in self.tests.items()
            if wanted.intersection(measured.lines.get(mutant.path, ()))
        ]
        return self._within(reached, budget)

    def touching(self, mutant: Mutant, budget: float) -> list[str]:
        """The same for all tests that run anything of the module, for what is run when it is imported."""
        reached = [
            (not _mirrors(test, mutant.path), measured.seconds, test)
            for test, measured in self.tests.items()
            if mutant.path in measured.lines
        ]
        return self._within(reached, budget)

    def _within(self, reached: list[tuple[bool, float, str]], budget: float) -> list[str]:
        chosen, spent = [], 0.0
        for _, seconds, test in sorted(reached):
            spent += seconds
            if chosen and spent > budget:
                break
            chosen.append(test)
        return chosen


def _mirrors(test: str, path: str) -> bool:
    """Whether the test stands in the file named after the module: tests/unit/core/test_posts.py."""
    *packages, module = path.removesuffix(".py").split("/")[1:]
    return test.startswith(f"tests/unit/{'/'.join(packages)}/test_{module}.py::")


def measure(items: Iterable[pytest.Item]) -> dict[str, Measured]:
    """Run these tests under coverage, each under its own name; those that fail are left out."""
    tracer = coverage.Coverage(config_file=False, data_file=None, include=[f"{ROOT}/quota/*"])
    taken: dict[str, float] = {}
    listed = list(items)
    tracer.start()
    for item, following in zip(listed, [*listed[1:], None], strict=True):
        tracer.switch_context(item.nodeid)
        started = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=following)
        if not any(report.failed or report.skipped for report in reports):
            taken[item.nodeid] = time.process_time() - started
    tracer.stop()
    return _by_test(tracer.get_data(), taken)


def _by_test(data: coverage.CoverageData, taken: Mapping[str, float]) -> dict[str, Measured]:
    lines: dict[str, Lines] = {test: {} for test in taken}
    for file in data.measured_files():
        path = Path(file).relative_to(ROOT).as_posix()
        for line, contexts in data.contexts_by_lineno(file).items():
            for context in contexts:
                if context in lines:
                    lines[context].setdefault(path, []).append(line)
    return {test: Measured(seconds, lines[test]) for test, seconds in taken.items()}


class Store:
    """What was measured, kept by a test file's text and that of everything it may rest on."""

    def __init__(self, path: Path, everything: str) -> None:
        self.path, self.everything = path, everything
        self.kept: dict[str, dict[str, Measured]] = {}
        with contextlib.suppress(OSError, ValueError, KeyError):
            read = json.loads(path.read_text(encoding="utf-8"))
            if read["everything"] == everything:
                self.kept = {
                    key: {test: Measured(**measured) for test, measured in tests.items()}
                    for key, tests in read["files"].items()
                }

    def of(self, file: str) -> dict[str, Measured] | None:
        """The tests of a file as it is now; None where they were not measured."""
        return self.kept.get(_key(file))

    def keep(self, file: str, tests: dict[str, Measured]) -> None:
        """Remember, to be written by `save`."""
        self.kept[_key(file)] = tests

    def save(self) -> None:
        """Write everything kept."""
        files = {
            key: {
                test: {"seconds": measured.seconds, "lines": measured.lines}
                for test, measured in tests.items()
            }
            for key, tests in self.kept.items()
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps({"everything": self.everything, "files": files}), encoding="utf-8")


def _key(file: str) -> str:
    return f"{file} {hashlib.sha256((ROOT / file).read_bytes()).hexdigest()}"


def fingerprint() -> str:
    """Of all that a test may rest on but its own file: program, rules, tables, what tests share."""
    digest = hashlib.sha256()
    for folder in ("quota", "rules", "data", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            own = path.name.startswith("test_") and path.suffix == ".py"
            if (
                path.is_file()
                and not own
                and "__pycache__" not in path.parts
                and "mutation" not in path.parts
            ):
                digest.update(f"{path.relative_to(ROOT)}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
