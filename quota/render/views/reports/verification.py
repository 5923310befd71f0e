"""A verified manifest: what was compared, and the verdict."""

from __future__ import annotations

from msgspec.structs import replace

from quota.core.text import Text, count, say
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, table
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import words
from quota.run.verification import SURROUNDINGS, Checked, State, Subject, Verification

_SUBJECTS: dict[str, Text] = {
    Subject.INPUT: say("Input"),
    Subject.RULES: say("Rules"),
    Subject.OPTION: say("Option"),
    Subject.OUTPUT: say("Output"),
    Subject.STDOUT: say("Standard output"),
    Subject.STDERR: say("Messages"),
    Subject.EXIT_CODE: say("Exit code"),
    Subject.PROGRAM: say("Program"),
    Subject.PYTHON: say("Python"),
    Subject.SYSTEM: say("System"),
    Subject.LIBRARY: say("Library"),
}
_STATES: dict[str, Text] = {
    State.SAME: say("same"),
    State.CHANGED: say("changed"),
    State.ADDED: say("new"),
    State.GONE: say("gone"),
    State.EDITED: say("edited since"),
    State.ABSENT: say("same; no file there"),
}
_QUIET = SURROUNDINGS | {Subject.OPTION}
"""What people are told of only where it differs."""


def verification_rendering(found: Verification) -> Rendering:
    """How to write it: everything for programs, what matters and the verdict for people."""
    plain = table(
        found.checks,
        Shown(say("What"), lambda checked: checked.subject.value, "what"),
        Shown(say("Name"), lambda checked: checked.name, "name"),
        Shown(say("State"), lambda checked: checked.state.value, "state"),
        Shown(say("Line"), lambda checked: checked.place.line, "line"),
        Shown(say("Column"), lambda checked: checked.place.column, "column"),
        Shown(say("Byte"), lambda checked: checked.place.byte, "byte"),
        Shown(say("Then"), lambda checked: checked.then, "then"),
        Shown(say("Now"), lambda checked: checked.now, "now"),
        name="checks",
        about={"manifest": found.manifest, "command": found.command, "ran": found.ran, "same": found.same},
    )
    people = table(
        _told(found),
        Shown(say("What"), lambda checked: _SUBJECTS[checked.subject], whole=True),
        Shown(say("Name"), lambda checked: checked.name),
        Shown(say("State"), lambda checked: _STATES[checked.state]),
        Shown(say("Where"), _where),
        Shown(say("Then"), lambda checked: checked.then or ""),
        Shown(say("Now"), lambda checked: checked.now or ""),
        closing=_verdict(found),
    )
    return replace(grid_rendering(people), json=plain.json, rows=plain.csv)


def _told(found: Verification) -> list[Checked]:
    quiet = [checked for checked in found.checks if checked.state is State.SAME and checked.subject in _QUIET]
    # where nothing differs, both sides are one and the same: saying it once is enough
    told = [checked for checked in found.checks if checked not in quiet]
    return [
        replace(checked, then=None, now=None) if checked.state is State.SAME else checked for checked in told
    ]


def _where(checked: Checked) -> str:
    place = checked.place
    parts = [words(say("line {n}", n=place.line))] if place.line is not None else []
    parts += [words(place.column)] if place.column else []
    parts += [words(say("byte {n}", n=place.byte))] if place.byte is not None else []
    return ", ".join(parts)


def _verdict(found: Verification) -> list[Text]:
    if not found.ran:
        return [say("quota {command} cannot be run again as it was recorded.", command=found.command)]
    said = [say("quota {command} gives what it gave, byte for byte.", command=found.command)]
    differing = sum(checked.differs for checked in found.checks)
    if differing:
        said = [
            count(
                "quota {command} is not what it was: {n} difference.",
                "quota {command} is not what it was: {n} differences.",
                command=found.command,
                n=differing,
            )
        ]
    if any(checked.state is not State.SAME and checked.subject in SURROUNDINGS for checked in found.checks):
        said.append(say("It was made with other versions than are here."))
    return said
