"""Runs one command under a limit of memory and time, and writes down how it ended and what it took.

A process of its own between the tests and the program: a child's peak memory starts from its parent's, and
this parent is small.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path


def main() -> None:
    report, seconds, megabytes, *arguments = sys.argv[1:]
    limit = int(megabytes) * 1_000_000

    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))  # which the child inherits
    child = subprocess.Popen(arguments, start_new_session=True)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child.pid, signal.SIGKILL))
    signal.alarm(int(seconds))
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    done = {"code": child.returncode, "megabytes": used.ru_maxrss * unit / 1_000_000}
    Path(report).write_text(json.dumps(done), encoding="utf-8")


if __name__ == "__main__":
    main()
