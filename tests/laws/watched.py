"""Runs `quota` in this process with every socket forbidden, and notes what it does to the world outside.

`python watched.py REPORT ARGUMENTS...`. Python's own audit events say what is opened, made, renamed, removed,
started or connected; on Linux the kernel ends the process at its first socket, whoever asks for one. With
QUOTA_BREAK=N:NAME the N-th event raises the exception of that name: a crash, or Ctrl-C, at that moment.
"""

from __future__ import annotations

import builtins
import ctypes
import json
import os
import platform
import sys
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STARTING = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
)
CHANGING = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.",
    "tempfile.",
)
SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's number for a machine, and for socket(2) on it."""


class _Filter(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Filter))]


def forbid_sockets() -> bool:
    """Ask the kernel to end this process, and all it starts, at the first socket; whether it will."""
    if sys.platform != "linux" or platform.machine() not in SOCKET_CALL:
        return False
    machine, number = SOCKET_CALL[platform.machine()]
    load, equal, answer = 0x20, 0x15, 0x06
    allow, end = 0x7FFF0000, 0x80000000
    lines = (_Filter * 6)(
        _Filter(load, 0, 0, 4),
        _Filter(equal, 0, 3, machine),
        _Filter(load, 0, 0, 0),
        _Filter(equal, 0, 1, number),
        _Filter(answer, 0, 0, end),
        _Filter(answer, 0, 0, allow),
    )
    program = _Program(6, lines)
    control = ctypes.CDLL(None, use_errno=True).prctl
    return control(38, 1, 0, 0, 0) == 0 and control(22, 2, ctypes.byref(program), 0, 0) == 0


def main() -> None:
    """Run, then write the report, whatever happened."""
    report = Path(sys.argv[1]).open("w", encoding="utf-8")  # noqa: SIM115  (open until the very end)
    at, _, name = os.environ.pop("QUOTA_BREAK", "0:").partition(":")
    noted: list[list[str]] = []
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        count += 1
        if count == int(at):
            raise getattr(builtins, name)("as asked")
        if event == "open":
            flags = arguments[2]
            if isinstance(flags, int) and flags & WRITING:
                noted.append(["write", str(arguments[0])])
        elif event.startswith("socket."):
            noted.append(["socket", event])
        elif event.startswith(STARTING):
            noted.append(["start", " ".join(map(str, arguments[:2]))])
        elif event.startswith(CHANGING):
            noted.append([event, " ".join(map(str, arguments[:2]))])

    kernel = forbid_sockets()
    from quota.cli.main import main as quota

    sys.addaudithook(hook)
    try:
        quota(sys.argv[2:])
    finally:
        at = "0"
        json.dump({"events": noted, "count": count, "kernel": kernel}, report)
        report.close()


if __name__ == "__main__":
    main()
