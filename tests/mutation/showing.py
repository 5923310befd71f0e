"""A pytest plugin that, in place of running the collected tests, shows each mutant to those that reach it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.forking import Done, Job, run_forked
from tests.mutation.measuring import Measured, Store, Suite, fingerprint, measure
from tests.mutation.operators import ROOT, Mutant
from tests.mutation.patching import Imported, forget_project, import_mutated, patch

OPTIONS = (
    "-q",
    "-s",
    "-p",
    "no:cacheprovider",
    f"--rootdir={ROOT}",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
STOPPED = "its time or memory"
ONLY_IMPORTED = "only a new import shows it"


@dataclass(frozen=True)
class Verdict:
    """Who noticed a mutant: a test's id, `STOPPED`, or nobody."""

    mutant: Mutant
    noticed_by: str | None


class Trial:
    """Measures the tests, shows the mutants, and sees that who noticed one passes where there is none."""

    def __init__(
        self, mutants: list[Mutant], at_once: int, budget: float, kept: Path, tell: Callable[[str], None]
    ) -> None:
        self.mutants, self.at_once, self.budget, self.tell = mutants, at_once, budget, tell
        self.store = Store(kept, fingerprint())
        self.suite, self.imported = Suite(), Imported()
        self.verdicts: dict[Mutant, Verdict] = {}
        self.items: dict[str, pytest.Item] = {}
        self.mistakes: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Where pytest would run the tests."""
        self.items = {item.nodeid: item for item in session.items}
        self._measure()
        self.imported.look()
        self._show(self.mutants)
        while unfounded := self._failing_anyway():
            for test in unfounded:
                self.mistakes.append(f"{test} fails alone where nothing is wrong: it was not asked")
                del self.suite.tests[test]
            self._show(
                [verdict.mutant for verdict in self.verdicts.values() if verdict.noticed_by in unfounded]
            )
        return True

    def _measure(self) -> None:
        by_file: dict[str, list[pytest.Item]] = {}
        for test, item in self.items.items():
            by_file.setdefault(test.partition("::")[0], []).append(item)
        jobs = (
            Job(file, partial(_measured, those), 600)
            for file, those in by_file.items()
            if self.store.of(file) is None
        )
        for done in run_forked(jobs, self.at_once):
            if done.stopped or done.broke:
                self.mistakes.append(f"{done.name} could not be measured: {done.broke or STOPPED}")
                continue
            self.store.keep(
                str(done.name),
                {test: Measured(**measured) for test, measured in json.loads(done.said).items()},
            )
            self.store.save()
        for file in by_file:
            self.suite.tests.update(self.store.of(file) or {})
        self.tell(f"{len(self.suite.tests)} of {len(self.items)} tests pass where nothing is wrong")

    def _show(self, mutants: Iterable[Mutant]) -> None:
        imported = []
        for mutant, done in self._shown(mutants, self.suite.reaching, self._show_here):
            if done.said == ONLY_IMPORTED:
                imported.append(mutant)
            else:
                self._note(mutant, done)
        for mutant, done in self._shown(imported, self.suite.touching, _show_anew):
            self._note(mutant, done)

    def _shown(
        self,
        mutants: Iterable[Mutant],
        choose: Callable[[Mutant, float], list[str]],
        show: Callable[[Mutant, list[str]], str],
    ) -> Iterator[tuple[Mutant, Done]]:
        def jobs() -> Iterator[Job]:
            for mutant in mutants:
                tests = choose(mutant, self.budget)
                seconds = sum(self.suite.tests[test].seconds for test in tests)
                yield Job(mutant, partial(show, mutant, tests), seconds)

        for done in run_forked(jobs(), self.at_once):
            assert isinstance(done.name, Mutant)
            yield done.name, done

    def _note(self, mutant: Mutant, done: Done) -> None:
        if done.broke:
            self.mistakes.append(f"{mutant.name}: {done.broke}")
        self.verdicts[mutant] = Verdict(mutant, STOPPED if done.stopped else done.said or None)
        if self.verdicts[mutant].noticed_by is None:
            self.tell(f"{len(self.verdicts)}/{len(self.mutants)} unnoticed: {mutant.name}")
        elif len(self.verdicts) % 50 == 0:
            self.tell(f"{len(self.verdicts)}/{len(self.mutants)}")

    def _show_here(self, mutant: Mutant, tests: list[str]) -> str:
        return (
            _first_failure([self.items[test] for test in tests])
            if patch(mutant, self.imported)
            else ONLY_IMPORTED
        )

    def _failing_anyway(self) -> set[str]:
        """Tests that noticed a mutant, and fail alone without one too."""
        noticing = {verdict.noticed_by for verdict in self.verdicts.values()} & set(self.suite.tests)
        jobs = (
            Job(test, partial(_first_failure, [self.items[test]]), self.suite.tests[test].seconds)
            for test in sorted(filter(None, noticing))
        )
        return {str(done.name) for done in run_forked(jobs, self.at_once) if done.said or done.stopped}


def _measured(items: list[pytest.Item]) -> str:
    return json.dumps(
        {
            test: {"seconds": measured.seconds, "lines": measured.lines}
            for test, measured in measure(items).items()
        }
    )


def _first_failure(items: list[pytest.Item]) -> str:
    """Run tests until one fails; its id, or nothing."""
    for item, following in zip_longest(items, items[1:]):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return item.nodeid
    return ""


class _Only:
    """Leaves of what is collected the tests asked for, in the order asked for, and keeps who fails first."""

    def __init__(self, tests: list[str]) -> None:
        self.tests = {test: place for place, test in enumerate(tests)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.tests),
            key=lambda item: self.tests[item.nodeid],
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def _show_anew(mutant: Mutant | None, tests: list[str]) -> str:
    """Import everything anew with the mutant in it, and run tests until one fails; its id, or nothing."""
    if mutant is None:
        forget_project()
    else:
        import_mutated(mutant)
    only = _Only(tests)
    files = sorted({str(ROOT / test.partition("::")[0]) for test in tests})
    code = pytest.main([*OPTIONS, "-x", *files], plugins=[only]) if files else pytest.ExitCode.OK
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return ""
    return only.failed or "the import itself"
