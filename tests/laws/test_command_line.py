"""No file makes any command do anything but answer (0), say no (1) or refuse with a reason (2)."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.cli.app import COMMANDS
from quota.cli.main import main
from tests.commands import FORMLESS
from tests.laws.damage import damaged
from tests.laws.often import often
from tests.laws.province import RECORDED, RUNS, in_folder, write_province

FORMS = ("table", "csv", "json", "markdown", "xlsx")


@dataclass(frozen=True)
class Ended:
    """How a run ended, what it printed and what it said."""

    code: object
    out: bytes
    said: str


def ran(arguments: list[str], given_in: bytes = b"") -> Ended:
    """The command line in this process, its streams in memory; anything but an orderly end comes through."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = io.TextIOWrapper(out, encoding="utf-8"), io.TextIOWrapper(err, encoding="utf-8")
    code: object = "did not end"
    kept = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(given_in), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            try:
                main(arguments)
            except SystemExit as end:
                code = end.code
            for stream in streams:
                stream.flush()
    finally:
        sys.stdin = kept
    return Ended(0 if code is None else code, out.getvalue(), err.getvalue().decode("utf-8"))


def orderly(run: Ended) -> None:
    """0, 1 or 2; with 2 a reason and no output; never a fault of the program, never a traceback."""
    assert run.code in (0, 1, 2), run
    assert "A fault in the program" not in run.said, run.said
    assert "Traceback" not in run.said, run.said
    assert run.code != 2 or run.said.strip(), run
    assert run.code != 2 or not run.out, run


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The province, with the manifest of a run over it."""
    folder = tmp_path_factory.mktemp("province")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_province(folder)
        assert ran(list(RECORDED)).code == 0
    (folder / "out").mkdir()
    return folder


@pytest.fixture
def province(recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(recorded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def files_of(arguments: tuple[str, ...]) -> list[str]:
    """The files a run reads."""
    return sorted(
        {argument for argument in arguments if Path(argument).suffix and not argument.startswith("OUT/")}
    )


CASES = [
    pytest.param(arguments, file, id=f"{' '.join(arguments[:2])}-{number}-{file}")
    for runs in RUNS.values()
    for number, arguments in enumerate(runs)
    for file in files_of(arguments)
    if "." in file and not file[0].isdigit() and "=" not in file
]


def test_there_is_a_run_of_every_command() -> None:
    assert {words.split()[0] for words in RUNS} == set(COMMANDS)


@pytest.mark.parametrize(("arguments", "file"), CASES)
@often(2, long=200)
@given(data=st.data())
def test_no_file_is_anything_but_answered_or_refused(
    province: Path, arguments: tuple[str, ...], file: str, data: st.DataObject
) -> None:
    good = (province / file).read_bytes()
    asked = in_folder(arguments, province / "out")
    if arguments[0] not in FORMLESS and " ".join(arguments[:2]) not in FORMLESS:
        asked += ["--format", data.draw(st.sampled_from(FORMS))]
    (province / file).write_bytes(data.draw(damaged(good)))
    try:
        run = ran(asked)
        orderly(run)
        if run.out and asked[-1] == "json":
            json.loads(run.out)
    finally:
        (province / file).write_bytes(good)
