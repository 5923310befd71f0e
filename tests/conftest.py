"""What tests share: the program in this process, a toy province and frame, the reference data if there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from quota.cli.main import main
from tests.hostile.tally import Tally
from tests.laws.often import LONG

os.environ["QUOTA_LANG"] = "en"  # whatever the machine speaks
# What is compiled is kept, whatever the machine wishes: each of hundreds of processes would compile it all.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A change is judged by itself, not by the luck of a draw: briefly, every run tries the same examples;
# at length, each run tries others. How long an example takes is no matter of right and wrong.
settings.register_profile(
    "quota", derandomize=not LONG, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quota")

HERE = Path(__file__).parent
ROOT = HERE.parent
REFERENCE = ROOT.parent / "shared" / "data" / "reference"


@dataclass(frozen=True)
class Run:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def quota(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run `quota` with these arguments, at 100 columns, and get exit code, stdout and stderr."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(ROOT)

    def run(*arguments: object) -> Run:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        code = end.value.code
        return Run(code if isinstance(code, int) else 0 if code is None else 1, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def toy() -> Path:
    """A province no decree can change: units.csv, staff.csv, toy.yaml."""
    return HERE / "toy"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of published tables, which is not part of the project."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference tables are not beside the project (../shared/data/reference)")
    return REFERENCE


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tests marked slow are left out of folders that are tried, and are all that is tried with `--slow`."""
    parser.addoption("--slow", action="store_true", help="try the tests that are slow, and no others")


def _whole_folders(config: pytest.Config) -> bool:
    return all(Path(given.split("::")[0]).is_dir() for given in config.args)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Share whole folders of tests out, unless the command line says how; a file is not.

    There is a process more than processors, since many tests wait for what they started. A process that has
    nothing left takes over half of what another has left, so that the tests of a file, with what is made once
    for them, mostly stay together.
    """
    if hasattr(config, "workerinput") or "PYTEST_XDIST_WORKER" in os.environ:  # one of those processes itself
        return
    if (
        _whole_folders(config)
        and getattr(config.option, "numprocesses", 0) is None
        and config.option.dist == "no"
    ):
        config.option.numprocesses = (os.cpu_count() or 1) + 1
        config.option.dist = "worksteal"


CLUSTERS = ("pyspark", "dask")
"""Fixtures, or names of engines, for which other processes are started: seconds and memory each time."""
LONGEST = (
    "test_every_peer_has_its_row_and_the_same_result",
    "test_the_first_command_of_the_readme_works_in_a_new_environment",
    "test_the_wheel_installs_and_runs_offline_in_an_empty_folder",
)
"""Single tests of ten seconds and more of the processor's time."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever names a file wants all its tests; of folders, slow tests are tried by themselves.

    All that runs on a cluster is slow: processes are started for it.

    What runs on a cluster comes first, one cluster after the other, and the longest tests come next: the
    first of several processes has them all, and nothing is taken over from the front of what a process has.
    So each cluster is started once, by one process, and the others wait for none of these at the end.
    """
    items.sort(key=_turn_of)
    slow = config.getoption("--slow")
    if not (slow or _whole_folders(config)):
        return
    left = [item for item in items if (_turn_of(item) < len(CLUSTERS) or "slow" in item.keywords) != slow]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _turn_of(item: pytest.Item) -> int:
    """The place of the cluster that the test runs on; after all where it runs on none and is not long."""
    named = set(getattr(item, "fixturenames", ()))
    if hasattr(item, "callspec"):
        named |= {value for value in item.callspec.params.values() if isinstance(value, str)}
    after = len(CLUSTERS) + (getattr(item, "originalname", "") not in LONGEST)
    return next((place for place, cluster in enumerate(CLUSTERS) if cluster in named), after)


TALLY = pytest.StashKey[Tally]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where tests are shared out among processes, each hands its tally over."""
    found = session.config.stash.get(TALLY, None)
    if found is not None and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = asdict(found)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of those processes has ended."""
    told = getattr(node, "workeroutput", {}).get("tally")
    if told is not None:
        whole = node.config.stash.setdefault(TALLY, Tally())
        whole.refused += told["refused"]
        whole.survived += told["survived"]
        whole.peaks += [(megabytes, name) for megabytes, name in told["peaks"]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One section after the results."""
    found = config.stash.get(TALLY, None)
    if found is not None:
        terminalreporter.section("hostile inputs")
        for line in found.lines():
            terminalreporter.write_line(line)
