"""A sign of life on a terminal for long work: none in a pipe, none for quick work, none left behind."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from quota.cli import waiting as module
from quota.cli.waiting import waiting, watching
from quota.core.text import say
from quota.render.kit.language import Language, choose


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error as a terminal, and little patience."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(module, "AFTER_SECONDS", 0.01)
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)
    return stream


def seen(stream: Terminal, words: str) -> bool:
    """Whether the words come within ten seconds."""
    ends = time.monotonic() + 10
    while words not in stream.getvalue() and time.monotonic() < ends:
        time.sleep(0.01)
    return words in stream.getvalue()


def test_work_that_takes_its_time_is_named_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with waiting(say("Searching …")):
        assert seen(stream, "Searching …")
    choose(Language.VI)
    try:
        with waiting(say("Searching …")):
            assert seen(stream, "Đang tìm")
    finally:
        choose(Language.EN)
    assert stream.getvalue().endswith("\x1b[2K"), "the line is wiped"


def test_a_table_of_any_name_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with waiting(say("Reconciling {name} …", name="{x}.csv [bold]")):
        assert seen(stream, "Reconciling {x}.csv [bold] …")


def test_quick_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setattr(module, "AFTER_SECONDS", 60.0)
    with waiting(say("Searching …")):
        pass
    assert stream.getvalue() == ""


def fail_once_it_is_said(stream: Terminal) -> None:
    assert seen(stream, "Searching …")
    raise ValueError("no such thing")


def test_what_goes_wrong_comes_through_and_the_sign_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with pytest.raises(ValueError, match="no such thing"), waiting(say("Searching …")):
        fail_once_it_is_said(stream)
    after = stream.getvalue()
    time.sleep(0.3)  # longer than a spinner takes to turn
    assert stream.getvalue() == after


def test_how_much_is_written_is_shown_as_it_grows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stream = terminal(monkeypatch)
    file = tmp_path / "out.csv"
    with watching(say("Auditing …"), file):
        assert seen(stream, "Auditing … 0 MB written")
        file.write_bytes(bytes(3_000_000))
        assert seen(stream, "Auditing … 3 MB written")


def test_in_a_pipe_nothing_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with waiting(say("Searching …")), watching(say("Auditing …"), tmp_path / "out.csv"):
        time.sleep(0.05)
    assert capsys.readouterr().err == ""
