"""A verified manifest: what was compared, and the verdict."""

from __future__ import annotations

from msgspec.structs import replace

from quota.core.text import Text, count, say
from quota.render.kit.grid import Column, Grid
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
    plain = Grid(
        "checks",
        [
            Column("what", say("What")),
            Column("name", say("Name")),
            Column("state", say("State")),
            Column("line", say("Line")),
            Column("column", say("Column")),
            Column("byte", say("Byte")),
            Column("then", say("Then")),
            Column("now", say("Now")),
        ],
        [
            {
                "what": one.subject.value,
                "name": one.name,
                "state": one.state.value,
                "line": one.place.line,
                "column": one.place.column,
                "byte": one.place.byte,
                "then": one.then,
                "now": one.now,
            }
            for one in found.checks
        ],
        {"manifest": found.manifest, "command": found.command, "ran": found.ran, "same": found.same},
    ).rendering()
    people = Grid(
        "checks",
        [
            Column("what", say("What"), names=_SUBJECTS, whole=True),
            Column("name", say("Name")),
            Column("state", say("State"), names=_STATES),
            Column("place", say("Where")),
            Column("then", say("Then")),
            Column("now", say("Now")),
        ],
        [
            {
                "what": one.subject.value,
                "name": one.name,
                "state": one.state.value,
                "place": _where(one),
                "then": one.then or "",
                "now": one.now or "",
            }
            for one in _told(found)
        ],
        {},
        _verdict(found),
    ).rendering()
    return replace(people, json=plain.json, rows=plain.rows)


def _told(found: Verification) -> list[Checked]:
    quiet = [one for one in found.checks if one.state is State.SAME and one.subject in _QUIET]
    # where nothing differs, both sides are one and the same: saying it once is enough
    told = [one for one in found.checks if one not in quiet]
    return [replace(one, then=None, now=None) if one.state is State.SAME else one for one in told]


def _where(one: Checked) -> str:
    place = one.place
    parts = [words(say("line {n}", n=place.line))] if place.line is not None else []
    parts += [words(place.column)] if place.column else []
    parts += [words(say("byte {n}", n=place.byte))] if place.byte is not None else []
    return ", ".join(parts)


def _verdict(found: Verification) -> list[Text]:
    if not found.ran:
        return [say("quota {command} cannot be run again as it was recorded.", command=found.command)]
    said = [say("quota {command} gives what it gave, byte for byte.", command=found.command)]
    differing = sum(one.differs for one in found.checks)
    if differing:
        said = [
            count(
                "quota {command} is not what it was: {n} difference.",
                "quota {command} is not what it was: {n} differences.",
                command=found.command,
                n=differing,
            )
        ]
    if any(one.state is not State.SAME and one.subject in SURROUNDINGS for one in found.checks):
        said.append(say("It was made with other versions than are here."))
    return said
