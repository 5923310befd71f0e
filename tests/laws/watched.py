"""Runs `quota` in this process with every socket forbidden, and notes what it does to the world outside.

`python watched.py REPORT ARGUMENTS...`. Python's own audit events say what is opened, made, renamed, removed,
started or connected; on Linux the kernel ends the process at its first socket, whoever asks for one. With
QUOTA_BREAK=N:NAME the N-th event raises the exception of that name: a crash, or Ctrl-C, at that moment.

`python watched.py serve` does so for one run after another: it loads all modules of `quota`, watched as well,
says what they did, and then makes a copy of itself for each run that its input asks for.
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import json
import os
import pkgutil
import platform
import sys
from importlib import import_module
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
WRITES = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
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


class Watch:
    """What was seen since `start`; one for the process, since a hook of Python's stays."""

    def __init__(self) -> None:
        self.kernel = forbid_sockets()
        self.start("0:")
        sys.addaudithook(self._hook)

    def start(self, moment: str) -> None:
        """Forget what was seen; break off at `moment`."""
        at, _, self._exception = moment.partition(":")
        self._at = int(at)
        self._noted: list[list[str]] = []
        self._count = 0

    def seen(self) -> dict[str, object]:
        """What was seen; nothing breaks off any more."""
        self._at = 0
        return {"events": self._noted, "count": self._count, "kernel": self.kernel}

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        self._count += 1
        if self._count == self._at:
            raise getattr(builtins, self._exception)("as asked")
        if event == "open":
            flags = arguments[2]
            if isinstance(flags, int) and flags & WRITING:
                self._noted.append(["write", str(arguments[0])])
        elif event.startswith("socket."):
            self._noted.append(["socket", event])
        elif event.startswith(STARTING):
            self._noted.append(["start", " ".join(map(str, arguments[:2]))])
        elif event.startswith(CHANGING):
            self._noted.append([event, " ".join(map(str, arguments[:2]))])


def run(watch: Watch, path: str, arguments: list[str]) -> None:
    """Run, then write the report, whatever happened."""
    report = Path(path).open("w", encoding="utf-8")  # noqa: SIM115  (open until the very end)
    from quota.cli.main import main as quota

    watch.start(os.environ.pop("QUOTA_BREAK", "0:"))
    try:
        quota(arguments)
    finally:
        json.dump(watch.seen(), report)
        report.close()


def load() -> None:
    """Every module of `quota` that needs none of the large libraries, which start threads."""
    import quota

    for found in pkgutil.walk_packages(quota.__path__, "quota."):
        if not found.name.startswith("quota.bulk") and not found.name.endswith(("__main__", ".opening")):
            import_module(found.name)


def serve() -> None:
    """A run for each line of standard input: where, with what, and where its output goes."""
    watch = Watch()
    load()
    gc.freeze()  # what is loaded is not gone through again in each copy
    sys.stdout.write(f"{json.dumps(watch.seen())}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        copy = os.fork()
        if copy == 0:
            for number, name, flags in ((0, os.devnull, os.O_RDONLY), (1, "out", WRITES), (2, "err", WRITES)):
                os.dup2(os.open(asked.get(name, name), flags, 0o600), number)
            os.chdir(asked["folder"])
            os.environ.clear()
            os.environ.update(asked["environment"])
            run(watch, asked["report"], asked["arguments"])
            return
        _, status = os.waitpid(copy, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        run(Watch(), sys.argv[1], sys.argv[2:])
