"""The program speaks to nobody: every command runs where no socket can be opened."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest


class SpokenError(Exception):
    """Somebody tried to open a connection."""


def refuse(*_: object, **__: object) -> None:
    raise SpokenError


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "--format", "json"],
        ["explain", "11311"],
        ["rules", "list"],
        ["rules", "check"],
        ["rules", "schema"],
        ["data", "list"],
        ["--version"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_no_command_opens_a_connection(
    quota: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    run = quota(*arguments)
    assert run.code == 0
    assert "fault" not in run.err
