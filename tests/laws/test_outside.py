"""Nothing leaves the machine, nothing is left on it: no connection, no cache, no log, no temporary file."""

from __future__ import annotations

import html
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from compileall import compile_dir
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from quota.cli.app import COMMANDS
from tests.commands import LEAVES
from tests.laws.often import LONG
from tests.laws.province import RECORDED, RUNS, in_folder, write_province
from tests.once import made_once

WATCHED = Path(__file__).with_name("watched.py")
ROOT = Path(__file__).parents[2]
PLACES = ("home", "tmp", "config", "cache", "data", "state", "runtime")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and folders as POSIX systems have them")


@dataclass(frozen=True)
class Seen:
    """One run: how it ended, what it said and printed, what it did, what lies where afterwards."""

    arguments: tuple[str, ...]
    code: int
    out: bytes
    said: str
    noted: Mapping[str, Any]
    left: Mapping[str, list[str]]
    world: Path


def world_at(folder: Path) -> dict[str, str]:
    """Empty folders for all that a program may want to keep, and the environment that names them."""
    for place in (*PLACES, "out", "in"):
        (folder / place).mkdir(parents=True)
    write_province(folder / "in")
    names = {"config": "XDG_CONFIG_HOME", "cache": "XDG_CACHE_HOME", "data": "XDG_DATA_HOME"}
    names |= {"state": "XDG_STATE_HOME", "runtime": "XDG_RUNTIME_DIR", "home": "HOME", "tmp": "TMPDIR"}
    return {
        **{name: str(folder / place) for place, name in names.items()},
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QUOTA_LANG": "en",
        "COLUMNS": "100",
    }


def lying(folder: Path) -> list[str]:
    """Every file and folder in `folder`, by its path in it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


Start = Callable[[Path, Mapping[str, str], Sequence[str]], int]
"""Runs a command in `in` of a folder with an environment; leaves files of what it prints and says."""


def in_a_process(folder: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> int:
    """In a process of its own, as people run it."""
    with (folder / "said.out").open("wb") as out, (folder / "said.err").open("wb") as err:
        return subprocess.run(
            [sys.executable, str(WATCHED), str(folder / "report.json"), *arguments],
            cwd=folder / "in",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            check=False,
            timeout=300,
        ).returncode


class Copies:
    """Runs commands in copies of a process that has all modules in memory: most of a short run is loading."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WATCHED), "serve"],
            env=world_at(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.loading = json.loads(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def __call__(self, folder: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> int:
        asked = {
            **{name: str(folder / f"said.{name}") for name in ("out", "err")},
            "folder": str(folder / "in"),
            "report": str(folder / "report.json"),
            "environment": dict(environment),
            "arguments": list(arguments),
        }
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        return int(self._answer())

    def end(self) -> None:
        """Ask for nothing more."""
        self._process.communicate(timeout=60)


def watch(folder: Path, arguments: tuple[str, ...], start: Start = in_a_process, **more: str) -> Seen:
    """Run the command where everything it does is seen."""
    environment = world_at(folder)
    if arguments[0] == "verify":
        recorded = [sys.executable, "-m", "quota", *RECORDED]
        subprocess.run(recorded, cwd=folder / "in", env=environment, check=True, capture_output=True)
    inputs = {path: path.read_bytes() for path in (folder / "in").iterdir()}
    code = start(folder, {**environment, **more}, in_folder(arguments, folder / "out"))
    assert {path: path.read_bytes() for path in (folder / "in").iterdir()} == inputs
    report = (folder / "report.json").read_text(encoding="utf-8") or "{}"
    return Seen(
        arguments,
        code,
        (folder / "said.out").read_bytes(),
        (folder / "said.err").read_text(encoding="utf-8"),
        json.loads(report),
        {place: lying(folder / place) for place in (*PLACES, "out")},
        folder,
    )


WHOLE = [arguments for runs in RUNS.values() for arguments in runs]
TO_FILES = [
    (*arguments, "--output", f"OUT/result{ending}")
    for words, ending in (("audit", ".xlsx"), ("rank", ".xlsx"), ("plan", ".csv"), ("explain", ".json"))
    for arguments in RUNS[words][:1]
]
EVERY = [*WHOLE, *TO_FILES]


BREAKABLE = [command for command in TO_FILES if command[0] in ("audit", "plan")] + [
    command for command in EVERY if {"OUT/report.docx", "OUT/bulk.csv"} & set(command)
]
"""Runs that are broken off at any moment: these are always made in processes of their own."""


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Seen]:
    """Every run, once a run of the tests."""

    def make(folder: Path) -> None:
        compile_dir(ROOT / "quota", quiet=2)  # once: what is watched may not write, nor then keep it
        copies = Copies(folder / "copies") if not LONG and hasattr(os, "fork") else None
        found = []
        for number, arguments in enumerate(EVERY):
            start = in_a_process if copies is None or arguments in BREAKABLE else copies
            found.append(watch(folder / str(number), arguments, start))
        if copies is not None:
            copies.end()
            assert copies.loading["events"] == []
        (folder / "seen").write_bytes(pickle.dumps(found))

    folder = made_once(tmp_path_factory, "outside", make)
    found: list[Seen] = pickle.loads((folder / "seen").read_bytes())  # noqa: S301  (written just now, above)
    return {run.arguments: run for run in found}


def test_the_runs_are_of_every_command_there_is() -> None:
    assert {words.split()[0] for words in RUNS} == set(COMMANDS)
    assert set(RUNS) == set(LEAVES)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_no_command_opens_a_connection_or_leaves_anything_behind(
    seen: Mapping[tuple[str, ...], Seen], arguments: tuple[str, ...]
) -> None:
    run = seen[arguments]
    assert run.code in (0, 1), (run.code, run.said)
    assert "fault" not in run.said
    assert "Traceback" not in run.said
    if sys.platform == "linux":
        assert run.noted["kernel"], "this kernel cannot be asked to forbid sockets"
    events = run.noted["events"]
    assert [event for event in events if event[0] in ("socket", "start")] == []
    for place in PLACES:
        assert run.left[place] == [], place
    asked = [Path(argument).name for argument in arguments if argument.startswith("OUT/")]
    assert run.left["out"] == sorted(asked)
    may = [str(run.world / "out")]
    if arguments[0] == "verify":  # runs again in a folder that it then removes, name by name inside it
        may.append(str(run.world / "tmp"))
        events = [event for event in events if event[0] != "os.remove" or "/" in event[1]]
    for what, where in events:
        assert any(folder in where for folder in may) or where in ("/dev/null", "nul"), (what, where)


def test_a_workbook_is_opened_by_this_python_alone(tmp_path: Path) -> None:
    """The one process that is ever started: the program's own opener of workbooks, with no socket either."""
    made = watch(tmp_path / "first", (*RUNS["audit"][0], "--output", "OUT/units.xlsx"))
    book = made.world / "out" / "units.xlsx"
    read = watch(tmp_path / "second", ("check", str(book), "--header-row", "1"))
    # Python 3.13 tells of one process twice: as it is asked for, and as the system starts it
    (started,) = {where for what, where in read.noted["events"] if what == "start"}
    assert started.startswith(sys.executable)
    assert started.endswith("opening.py']")
    assert all(read.left[place] == [] for place in (*PLACES, "out"))


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    """A program that does connect is ended; one that writes is noted."""
    world = world_at(tmp_path / "w")
    script = tmp_path / "speaks.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(WATCHED.parent)!r})\n"
        "import watched\nassert watched.forbid_sockets()\nimport socket\nsocket.socket()\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], env=world, check=False, capture_output=True)
    if sys.platform == "linux":
        assert done.returncode == -signal.SIGSYS
    run = watch(tmp_path / "x", ("rules", "list", "--output", "OUT/rules.csv"))
    assert sorted({what for what, _ in run.noted["events"]}, reverse=True)[:2] == ["write", "os.rename"]


class References(HTMLParser):
    """What a page would fetch by itself, and what it only links to."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.linked: list[str] = []
        self.styles: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag
        for name, value in attrs:
            if tag == "a" and name == "href":
                self.linked.append(value or "")
            elif name in ("src", "href", "srcset", "data", "action", "poster", "background", "formaction"):
                self.fetched.append(value or "")
            elif name == "style":
                self.styles.append(value or "")

    def handle_data(self, data: str) -> None:
        if self._in == "style":
            self.styles.append(data)


@pytest.mark.slow
def test_the_page_fetches_nothing(seen: Mapping[tuple[str, ...], Seen]) -> None:
    run = seen[next(command for command in EVERY if "OUT/report.html" in command)]
    page = (run.world / "out" / "report.html").read_text(encoding="utf-8")
    found = References()
    found.feed(page)
    assert [address for address in found.fetched if not address.startswith(("data:", "#"))] == []
    assert [address for address in found.linked if not address.startswith("#")] == []
    styles = " ".join(found.styles)
    assert re.findall(r"url\(\s*['\"]?(?!#|data:)[^)]{1,60}", styles) == []
    assert "@import" not in styles
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = {rule.split()[0]: rule.split()[1:] for rule in html.unescape(policy).split(";") if rule.strip()}
    assert rules["default-src"] == ["'none'"]  # scripts too can fetch nothing: there is no connect-src
    assert "connect-src" not in rules
    assert not any(source.startswith(("http", "*", "//")) for allowed in rules.values() for source in allowed)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report.docx", "result.xlsx"])
def test_office_files_refer_to_nothing_outside(seen: Mapping[tuple[str, ...], Seen], name: str) -> None:
    (book, *_) = [run.world / "out" / name for run in seen.values() if name in run.left["out"]]
    with zipfile.ZipFile(book) as archive:
        for part in archive.namelist():
            content = archive.read(part)
            if part.endswith(".rels"):
                assert b'TargetMode="External"' not in content, part
            assert "externalLink" not in part
            assert "vbaProject" not in part


EXCEPTIONS = ("KeyboardInterrupt", "RuntimeError", "MemoryError")
MOMENTS = 60 if LONG else 1


@POSIX
@pytest.mark.parametrize("arguments", BREAKABLE, ids=" ".join)
@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_a_crash_or_an_interrupt_at_any_moment_leaves_nothing_and_shows_no_traceback(
    seen: Mapping[tuple[str, ...], Seen], tmp_path: Path, arguments: tuple[str, ...], exception: str
) -> None:
    whole = seen[arguments]
    count = whole.noted["count"]
    # Another moment for each, always the same: one in each third of the run where there is one for each.
    place = 13 * EXCEPTIONS.index(exception) + BREAKABLE.index(arguments) * 3 % 13
    for number in range(MOMENTS):
        at = 1 + (count * number // MOMENTS + place * count // (39 * MOMENTS)) % count
        run = watch(tmp_path / str(number), arguments, QUOTA_BREAK=f"{at}:{exception}")
        assert "Traceback" not in run.said, (at, run.said)
        for left in PLACES:
            assert run.left[left] == [], (at, left)
        assert set(run.left["out"]) <= set(whole.left["out"]), at
        for name in run.left["out"]:
            assert (run.world / "out" / name).stat().st_size > 0
        if exception == "KeyboardInterrupt":
            assert run.code in (130, whole.code), (at, run.code, run.said)
        else:
            assert run.code in (2, whole.code), (at, run.code, run.said)


@POSIX
def test_an_interrupt_from_the_keyboard_leaves_nothing(tmp_path: Path) -> None:
    for number, wait in enumerate((0.05, 0.2, 0.35, 0.5)):
        folder = tmp_path / str(number)
        environment = world_at(folder)
        arguments = in_folder(TO_FILES[0], folder / "out")
        running = subprocess.Popen(
            [sys.executable, "-m", "quota", *arguments],
            cwd=folder / "in",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(wait)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        assert all(lying(folder / place) == [] for place in PLACES)
        assert lying(folder / "out") in ([], ["result.xlsx"])
