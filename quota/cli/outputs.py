"""Two outputs of a run that would be one file: refused before anything is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os.path import realpath  # of links in a circle, which Path.resolve refuses, too
from pathlib import Path
from typing import Any

from quota.core.problems import refusal
from quota.core.text import say

WRITES = (
    "--output",
    "--write-table",
    "--write-scenario",
    "--fix",
    "--replan",
    "--manifest",
    "--save-mapping",
    "OUTPUT",
)
"""Every option and argument that names a file to be written."""


def called(parameter: Any) -> str:
    """How an option, or an argument, is called by who types it."""
    return next((name for name in parameter.opts if name.startswith("--")), parameter.metavar or "")


def refusing_one_file_twice(command: Any) -> Any:
    """`command`, refusing to write two of its outputs to one path."""
    own_parse = command.parse_args

    def parse_args(context: Any, args: list[str]) -> Any:
        refuse_one_file_twice(_paths(command, context, args))
        return own_parse(context, args)

    command.parse_args = parse_args
    return command


def _paths(command: Any, context: Any, args: Iterable[str]) -> Mapping[str, Path]:
    """The files to be written, by what names them; nothing where the command line has a fault of its own."""
    try:
        typed, _, _ = command.make_parser(context).parse_args(args=list(args))
    except Exception as error:  # whatever is wrong is said when the command line is parsed in earnest
        if not hasattr(error, "format_message"):
            raise
        return {}
    return {
        called(parameter): Path(value)
        for parameter in command.params
        if called(parameter) in WRITES and isinstance(value := typed.get(parameter.name), str)
    }


def refuse_one_file_twice(paths: Mapping[str, Path]) -> None:
    """Raise `InputError` where two of the paths are one file, however they are written."""
    seen: dict[str, str] = {}
    for name, path in paths.items():
        written = str(path)
        # no file is called with a null in it; who writes it says so
        place = written if "\0" in written else realpath(written)
        first = seen.setdefault(place, name)
        if first != name:
            message = say("{first} and {second} name one file", first=first, second=name)
            fix = say("give each a file of its own")
            raise refusal("one-file-twice", message, fix, value=str(path))
