"""Links, pipes and devices where a file is meant: every reader and every output refuses them at once."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.conftest import Tally

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices as POSIX systems have them")

READERS = [
    ["audit", "{}"],
    ["audit", "--staff", "{}"],
    ["audit", "--rules", "{}"],
    ["audit", "--columns", "{}"],
    ["audit", "--fields", "{}"],
    ["audit", "--needs", "{}"],
    ["audit", "--secondments", "{}"],
    ["audit", "--fields", "hai-phong-fields-sample", "--field-rules", "{}"],
    ["secondments", "{}"],
    ["secondments", "--population", "{}"],
    ["simulate", "{}.yaml"],
    ["merge", "11311", "11329", "--name", "Xã A", "--standards", "{}"],
    ["suggest", "hue", "--minimum", "16000", "--neighbours", "{}"],
    ["changes", "{}", "hai-phong"],
    ["changes", "hai-phong", "{}"],
    ["plan", "--distances", "{}"],
    ["plan", "--policy", "{}"],
    ["plan", "--check", "{}"],
    ["plan", "--positions", "{}"],
    ["plan", "--substitutes", "{}", "--positions", "hai-phong-needs-sample"],
    ["plan", "--departments", "{}"],
    ["progress", "{}", "data/hai-phong.csv", "--population", "hai-phong"],
    ["report", "--boundaries", "{}"],
    ["report", "--format", "docx", "--paper", "{}"],
    ["check", "{}"],
    ["check", "hai-phong", "--neighbours", "{}"],
    ["reconcile", "{}"],
    ["rules", "show", "{}"],
    ["rules", "check", "{}"],
    ["verify", "{}"],
    ["bulk", "{}.csv", "OUT"],
    ["bulk", "hai-phong", "OUT", "--rules", "{}"],
]
OUTPUTS = [
    ["audit", "--output", "{}"],
    ["audit", "--format", "xlsx", "--output", "{}"],
    ["audit", "--format", "csv", "--manifest", "{}"],
    ["report", "--format", "docx", "--output", "{}"],
    ["report", "--format", "html", "--output", "{}"],
    ["merge", "11311", "11329", "--name", "Xã A", "--write-table", "{}"],
    ["check", "hai-phong", "--fix", "{}"],
    ["bulk", "hai-phong", "{}"],
    ["rules", "show", "central-2025", "--output", "{}"],
]
THINGS = ["pipe", "endless", "full", "loop", "dangling", "socket", "long"]


@pytest.fixture
def soon() -> Iterator[None]:
    """Whatever waits on a pipe that nobody writes to is stopped, and the test with it."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def thing(folder: Path, kind: str, ending: str) -> Path:
    """What lies where a file is meant."""
    path = folder / f"there{ending}"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind in ("endless", "full"):
        path.symlink_to({"endless": "/dev/zero", "full": "/dev/full"}[kind])
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "dangling":
        path.symlink_to(folder / "no-such-folder" / "file")
    elif kind == "socket":
        os.chdir(folder)  # a socket's path is short
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    else:
        return folder / ("x" * 5_000)
    return path


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
def test_nothing_but_a_file_is_read(
    quota: Callable[..., Any], tmp_path: Path, arguments: list[str], tally: Tally
) -> None:
    ending = next((argument[2:] for argument in arguments if argument.startswith("{}.")), "")
    for kind in THINGS:
        folder = tmp_path / kind
        folder.mkdir()
        path = thing(folder, kind, ending)
        given = [argument.format(str(path).removesuffix(ending)) for argument in arguments]
        run = quota(*(str(folder / "out.csv") if argument == "OUT" else argument for argument in given))
        if arguments[:2] == ["rules", "check"]:
            assert run.code in (1, 2)  # the question is whether the file is good: it is not
        else:
            assert (run.code, run.out) == (2, ""), (kind, run.err)
        assert "fault in the program" not in run.err
        assert "Usage:" not in run.err
        assert len(run.err) < 8_000
        assert not (folder / "out.csv").exists()
        tally.note(f"{' '.join(arguments)} {kind}", refused=True)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_nothing_but_a_file_is_written(
    quota: Callable[..., Any], tmp_path: Path, arguments: list[str], tally: Tally
) -> None:
    ending = {"--manifest": ".json", "--write-table": ".csv", "--fix": ".csv", "hai-phong": ".csv"}
    for kind in THINGS:
        folder = tmp_path / kind
        folder.mkdir()
        path = thing(folder, kind, next((end for word, end in ending.items() if word in arguments), ".txt"))
        before = sorted(folder.iterdir())
        run = quota(*(argument.format(path) for argument in arguments))
        assert run.code == 2, (kind, run.out)
        assert "Usage:" not in run.err
        assert "fault in the program" not in run.err
        assert sorted(folder.iterdir()) == before
        tally.note(f"{' '.join(arguments)} {kind}", refused=True)


def test_an_ordinary_file_behind_a_link_is_read_and_written(
    quota: Callable[..., Any], tmp_path: Path
) -> None:
    table, link = tmp_path / "units.csv", tmp_path / "link.csv"
    table.write_text("code,name,type,population\n00001,Xã A,xã,20000\n", encoding="utf-8")
    link.symlink_to(table)
    assert quota("audit", link, "--format", "csv").code == 0
    assert "it is an input of this run" in quota("audit", link, "--output", table).err
    out, other = tmp_path / "out.csv", tmp_path / "other.csv"
    other.symlink_to(out)
    assert quota("audit", table, "--output", other).code == 0
    assert other.is_symlink()
    assert "Xã A" in out.read_text(encoding="utf-8")
