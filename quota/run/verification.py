"""What verifying a manifest finds: each thing that was compared, as it was then and as it is now."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Subject(StrEnum):
    """The subjects that a verification compares."""

    INPUT = "input"
    RULES = "rules"
    OPTION = "option"
    OUTPUT = "output"
    STDOUT = "stdout"
    STDERR = "stderr"
    EXIT_CODE = "exit-code"
    PROGRAM = "program"
    PYTHON = "python"
    SYSTEM = "system"
    LIBRARY = "library"


SURROUNDINGS = frozenset({Subject.PROGRAM, Subject.PYTHON, Subject.SYSTEM, Subject.LIBRARY})
"""What may change without the run being another: whether it is shows in what it gives."""


class State(StrEnum):
    """How a compared thing differs from what is recorded.

    `edited`: the run gives the recorded bytes, and the file that lies there holds others. `absent`: the file
    the run wrote is not there to be looked at.
    """

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"
    EDITED = "edited"
    ABSENT = "absent"


class FirstDifference(Struct, frozen=True):
    """Where two texts first differ (line from 1; in a CSV file the column), or two files (byte from 0)."""

    line: int | None = None
    column: str | None = None
    byte: int | None = None


NOWHERE = FirstDifference()


class Checked(Struct, frozen=True):
    """One thing that was compared; `then` and `now` are cut down to what shows the difference."""

    subject: Subject
    name: str
    state: State
    then: str | None = None
    now: str | None = None
    place: FirstDifference = NOWHERE

    @property
    def differs(self) -> bool:
        """Whether this alone makes the run another than the recorded one."""
        return self.state not in (State.SAME, State.ABSENT) and self.subject not in SURROUNDINGS


class Verification(Struct, frozen=True):
    """A manifest, the command it records, and everything that was compared; `ran`: whether it ran again."""

    manifest: str
    command: str
    checks: tuple[Checked, ...]
    ran: bool = True

    @property
    def same(self) -> bool:
        """Whether the same inputs gave the same outputs."""
        return self.ran and not any(checked.differs for checked in self.checks)
