"""Every command there is, and the runs that its examples are: what the tests of all commands go by.

A new command is in each of them by its examples; it is named there only where those try too little of it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from quota.cli.app import command
from quota.cli.examples import EXAMPLES
from quota.cli.outputs import WRITES
from quota.render.kit.rendering import Format

Run = tuple[str, ...]
"""What is typed after `quota`."""

_GIVEN = ("--format", "-o", "--lang", *WRITES)
"""Options that tests give themselves, as they try each form, or not at all."""


def leaves(found: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its words: "rules list"."""
    if hasattr(found, "commands"):
        for name, inner in found.commands.items():
            yield from leaves(inner, f"{path} {name}".strip())
    else:
        yield path, found


LEAVES = dict(leaves(command()))
"""Every command by its words."""


def options_of(words: str) -> set[str]:
    """The options of a command."""
    return {option for parameter in LEAVES[words].params for option in parameter.opts}


def forms(words: str) -> list[str]:
    """The forms that a command can be asked for; one without a name where it has but one."""
    for parameter in LEAVES[words].params:
        if "--format" in parameter.opts:
            asked = parameter.type_descriptor.annotation
            choices: type[Enum] = next((kind for kind in get_args(asked) if kind is not type(None)), asked)
            return [choice.value for choice in choices]
    return [""]


FORMLESS = frozenset(words for words in LEAVES if forms(words) != [form.value for form in Format]) | {"bulk"}
"""Commands without the common --format, and bulk, whose answer is a table in the form of its file."""


def example_runs(words: str) -> tuple[Run, ...]:
    """A command's examples as they are typed after its words, each once, in no form and to no file."""
    return tuple(dict.fromkeys(without(shlex.split(typed), _GIVEN) for _, typed in EXAMPLES[words]))


def over_units(words: str) -> Run | None:
    """A command's first example that reads a table of units, as a whole line, without its staff."""
    for run in example_runs(words):
        if "units.csv" in run:
            return (*words.split(), *without(run, ("--staff",)))
    return None


def without(typed: list[str] | Run, options: tuple[str, ...]) -> Run:
    """What is typed, without these options and what follows each."""
    return tuple(
        word
        for before, word in zip(("", *typed), typed, strict=False)
        if word not in options and before not in options
    )
