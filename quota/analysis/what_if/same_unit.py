"""Units of two tables are the same where their codes are: where names say otherwise, that is to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quota.analysis.checks.known import bare
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity
from quota.core.text import say
from quota.core.units import Unit, namesakes


def doubts_of_codes(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> Iterator[Problem]:
    """A warning for each code with another name in `new`, and for each unit that is there by another code.

    The word for the type is no part of a name, and i for y no other name: a commune that became a ward keeps
    its own.
    """
    for code, now in new.items():
        if code in old and bare(old[code].name) != bare(now.name):
            message = say(
                "{code} is {old} in the old table, {new} in the new one; they are compared as one unit",
                code=code,
                old=old[code].name,
                new=now.name,
            )
            fix = say("correct the code if they are two units")
            yield problem_at(now.origin, "other-name", Severity.WARNING, message, fix, column="name")
    gone = {code: unit for code, unit in old.items() if code not in new}
    come = {code: unit for code, unit in new.items() if code not in old}
    shared = namesakes(old.values()) | namesakes(new.values())
    by_name = {(bare(unit.name), unit.type): unit for unit in gone.values() if unit.name not in shared}
    for code, now in come.items():
        was = by_name.get((bare(now.name), now.type))
        if was is not None and now.name not in shared:
            message = say(
                "{name} has the code {old} in the old table, {new} in the new one; it is counted as vanished "
                "and as appeared",
                name=now.name,
                old=was.code,
                new=code,
            )
            fix = say("give it one code in both, if it is one unit")
            yield problem_at(now.origin, "other-code", Severity.WARNING, message, fix, column="code")
