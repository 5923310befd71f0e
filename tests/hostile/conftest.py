"""Counts hostile inputs, and says at the end of a run how they fared."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pytest


@dataclass
class Tally:
    """Inputs by what became of them, and the peak memory of those that ran as a process of their own."""

    refused: int = 0
    survived: int = 0
    peaks: list[tuple[float, str]] = field(default_factory=list)

    def note(self, name: str, *, refused: bool, megabytes: float | None = None) -> None:
        """Count an input that came to the end it should."""
        if refused:
            self.refused += 1
        else:
            self.survived += 1
        if megabytes is not None:
            self.peaks.append((megabytes, name))

    def lines(self) -> list[str]:
        """The summary."""
        tried = self.refused + self.survived
        said = f"{tried} tried: {self.refused} refused, {self.survived} survived."
        greatest = ", ".join(f"{megabytes:.0f} MB ({name})" for megabytes, name in sorted(self.peaks)[:-6:-1])
        return [said, f"Peak memory of {len(self.peaks)} processes: {greatest}."] if self.peaks else [said]


_KEY = pytest.StashKey[Tally]()


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """The tally of this run."""
    return request.config.stash.setdefault(_KEY, Tally())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where tests are shared out among processes, each hands its tally over."""
    found = session.config.stash.get(_KEY, None)
    if found is not None and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = asdict(found)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of those processes has ended."""
    told = getattr(node, "workeroutput", {}).get("tally")
    if told is not None:
        whole = node.config.stash.setdefault(_KEY, Tally())
        whole.refused += told["refused"]
        whole.survived += told["survived"]
        whole.peaks += [(megabytes, name) for megabytes, name in told["peaks"]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One section after the results."""
    found = config.stash.get(_KEY, None)
    if found is not None:
        terminalreporter.section("hostile inputs")
        for line in found.lines():
            terminalreporter.write_line(line)
