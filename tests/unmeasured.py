"""Processes whose lines are not counted where the tests are measured: what they run is counted elsewhere."""

from __future__ import annotations

import os


def unmeasured() -> dict[str, str]:
    """The environment without what measures the lines that are run.

    Measuring takes memory and time of what is bounded, or compared, by memory and time; it writes a file of
    its own, which a full disk stops, and an interrupt may fall into it instead of the program.
    """
    measuring = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    return {name: value for name, value in os.environ.items() if name not in measuring}
