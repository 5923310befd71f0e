"""Ctrl-C that a library swallows: the run ends with 130, puts nothing in place and says nothing false."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say
from quota.run.interrupting import listening, stop_if_interrupted

Quota = Callable[..., Any]
ROOT = Path(__file__).parents[3]
DAY = ("--as-of", "2026-11-22")


@pytest.fixture(autouse=True)
def _at_a_keyboard() -> Iterator[None]:
    """As it is in a process of its own, also where whoever runs the tests has interrupts ignored."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, kept)


def caught() -> None:
    """A library that catches all there is, and goes on."""
    with suppress(BaseException):
        signal.raise_signal(signal.SIGINT)


class _Dropped:
    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def dropped() -> None:
    """A library that calls back where nothing can be raised: Python writes what it ignores on stderr."""
    _Dropped()


SWALLOWING = pytest.mark.parametrize("swallow", [caught, dropped])


@pytest.fixture
def interrupting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have a function of the program swallow an interrupt, and then go on, or raise this."""

    def patch(name: str, swallow: Callable[[], None], ends: BaseException | None = None) -> None:
        module, _, function = name.rpartition(".")
        real = getattr(__import__(module, fromlist=[function]), function)

        def interrupted(*arguments: Any, **options: Any) -> Any:
            swallow()
            if ends is not None:
                raise ends
            return real(*arguments, **options)

        monkeypatch.setattr(name, interrupted)

    return patch


@SWALLOWING
@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "xlsx"])
def test_nothing_goes_to_standard_output(
    quota: Quota, interrupting: Callable[..., None], swallow: Callable[[], None], form: str
) -> None:
    interrupting("quota.cli.commands.audit.audit.audit_rendering", swallow)
    run = quota("audit", *DAY, "--format", form)
    assert (run.code, run.out, run.err) == (130, "", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("quota.cli.commands.rules.rules.json_schema", "rules schema"),
        ("quota.cli.commands.reports.report.report_markdown", "report --format md"),
        ("quota.cli.commands.rules.rules.rules_rendering", "rules show central-2025"),
        ("quota.cli.app.words", "--version"),
    ],
)
def test_whatever_is_shown(
    quota: Quota, interrupting: Callable[..., None], monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    interrupting(name, caught)
    run = quota(*words.split())
    assert (run.code, run.out, run.err) == (130, "", "")


FILES = {
    "audit.csv": ("quota.cli.commands.audit.audit.audit_rendering", "audit --as-of 2026-11-22 --output {}"),
    "audit.txt": ("quota.cli.commands.audit.audit.audit_rendering", "audit --as-of 2026-11-22 --output {}"),
    "manifest.json": ("quota.cli.record.recording._manifest", "audit --as-of 2026-11-22 --manifest {}"),
    "run.json": ("quota.cli.commands.audit.audit.audit_rendering", "audit --as-of 2026-11-22 --manifest {}"),
    "report.html": ("quota.cli.commands.reports.report.read_inputs", "report --as-of 2026-11-22 --output {}"),
    "table.csv": (
        "quota.cli.commands.units.merge.merge_of",
        "merge 11311 11329 --name A --write-table {}",
    ),
    "fixed.csv": ("quota.cli.commands.audit.check.corrected_rows", "check hai-phong --fix {}"),
    "polars.csv": ("quota.bulk.streaming.audit", "bulk hai-phong {}"),
    "duckdb.parquet": ("quota.bulk.streaming.audit", "bulk hai-phong {} --engine duckdb"),
}


@pytest.mark.parametrize("name", FILES)
def test_no_file_takes_its_name(
    quota: Quota, interrupting: Callable[..., None], tmp_path: Path, name: str
) -> None:
    kept = tmp_path / name
    kept.write_text("kept")
    place, words = FILES[name]
    interrupting(place, caught)
    run = quota(*words.format(kept).split())
    assert (run.code, run.err) == (130, "")
    assert name == "manifest.json" or run.out == ""
    assert kept.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == [name]


REFUSED = InputError([Problem("wrong", Severity.ERROR, say("a file that has nothing wrong with it"))])


@SWALLOWING
@pytest.mark.parametrize(
    "ends", [REFUSED, KeyError("x"), OSError("full"), SystemExit(0), SystemExit(1), SystemExit(2)], ids=repr
)
def test_what_is_wrong_because_of_it_is_not_said(
    quota: Quota, interrupting: Callable[..., None], swallow: Callable[[], None], ends: BaseException
) -> None:
    interrupting("quota.cli.commands.audit.audit.audit_rendering", swallow, ends)
    run = quota("audit", *DAY)
    assert (run.code, run.out, run.err) == (130, "", "")


@pytest.mark.parametrize("words", ["audit --limit x", "audit --nothing", "merge", "explain 11311 --format y"])
def test_nor_that_the_command_line_is_wrong(
    quota: Quota, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    from quota.cli import app

    real = app.import_module

    def imported(name: str) -> Any:
        caught()
        return real(name)

    monkeypatch.setattr(app, "import_module", imported)
    run = quota(*words.split())
    assert (run.code, run.out, run.err) == (130, "", "")


def test_a_remark_about_the_run_is_not_made_either(quota: Quota, interrupting: Callable[..., None]) -> None:
    """Its data is out before; what is said after an interrupt is of a run in a state nobody knows."""
    interrupting("quota.cli.answering.tell", caught)
    run = quota("audit", *DAY, "--format", "csv")
    assert (run.code, run.err) == (130, "")


def test_a_run_that_is_repeated_ends_as_a_whole(
    quota: Quota, interrupting: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = tmp_path / "run.json"
    assert quota("audit", *DAY, "--format", "csv", "--manifest", manifest).code == 0
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    interrupting("quota.cli.commands.audit.audit.audit_rendering", caught)
    run = quota("verify", manifest)
    assert (run.code, run.out, run.err) == (130, "", "")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_it_is_forgotten_with_the_run(quota: Quota, monkeypatch: pytest.MonkeyPatch) -> None:
    from quota.cli.commands.audit import audit

    real = audit.audit_rendering

    def interrupted(*arguments: Any, **options: Any) -> Any:
        caught()
        return real(*arguments, **options)

    hook = sys.unraisablehook
    with monkeypatch.context() as patch:
        patch.setattr(audit, "audit_rendering", interrupted)
        assert quota("audit", *DAY).code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert sys.unraisablehook is hook
    assert quota("audit", *DAY).code == 0


def test_an_interrupt_that_is_ignored_stays_ignored(quota: Quota, interrupting: Callable[..., None]) -> None:
    """As in a shell script's background job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupting("quota.cli.commands.audit.audit.audit_rendering", lambda: signal.raise_signal(signal.SIGINT))
    run = quota("audit", *DAY, "--format", "csv")
    assert run.code == 0
    assert signal.signal(signal.SIGINT, signal.default_int_handler) is signal.SIG_IGN


def test_whoever_has_a_handler_of_their_own_keeps_it(quota: Quota, interrupting: Callable[..., None]) -> None:
    heard: list[int] = []

    def own(number: int, _: object) -> None:
        heard.append(number)

    signal.signal(signal.SIGINT, own)
    interrupting("quota.cli.commands.audit.audit.audit_rendering", lambda: signal.raise_signal(signal.SIGINT))
    assert quota("audit", *DAY, "--format", "csv").code == 0
    assert heard == [signal.SIGINT]
    assert signal.signal(signal.SIGINT, signal.default_int_handler) is own


def test_a_run_in_a_thread_goes_on_as_before(quota: Quota) -> None:
    """Python hears no interrupt there, and lets no handler be set."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(quota("audit", *DAY, "--format", "csv").code))
    thread.start()
    thread.join()
    assert codes == [0]


def test_a_second_interrupt_is_raised_as_the_first_is() -> None:
    with listening():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            stop_if_interrupted()
    stop_if_interrupted()


def test_other_things_python_ignores_are_still_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """In a process of its own, where Python writes them on stderr."""
    code = (
        "from quota.run.interrupting import listening\n"
        "class Broken:\n    def __del__(self): raise ValueError('broken')\n"
        "with listening():\n    Broken()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert "ValueError: broken" in done.stderr


HARD = """
import random, signal, sys, threading, os
from ortools.sat.python import cp_model
from quota.analysis.checks.searching import solved
chance = random.Random(1)
model = cp_model.CpModel()
picks = [model.new_bool_var(str(place)) for place in range(300)]
for _ in range(60):
    figures = [chance.randint(1, 1000) for _ in picks]
    model.add(sum(a * b for a, b in zip(figures, picks)) <= sum(figures) // 2)
model.maximize(sum(chance.randint(1, 1000) * pick for pick in picks))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
solver.parameters.max_time_in_seconds = 100
print("searching", flush=True)
try:
    solved(solver, model)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems have them")
def test_a_search_that_is_interrupted_gives_no_answer() -> None:
    """The solver takes Ctrl-C for the end of its time, and hands over the best it has found so far."""
    running = subprocess.Popen(
        [sys.executable, "-c", HARD],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "searching\n"
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=50)
    assert (running.returncode, said) == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems have them")
def test_ctrl_c_twice_ends_a_run_as_once_does() -> None:
    """It waits for a table on standard input that never comes."""
    running = subprocess.Popen(
        [sys.executable, "-m", "quota", "audit", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=50)
    assert running.returncode in (130, -signal.SIGINT)
    assert "fault in the program" not in said


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX systems have them")
def test_ctrl_c_after_the_answer_changes_nothing() -> None:
    """Libraries clean up when Python ends; there an interrupt would only show where they were."""
    late = (
        "import atexit, os, signal, sys; from quota.cli.main import run;"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT); sys.argv = ['quota', '--version']; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", late], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=50, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
