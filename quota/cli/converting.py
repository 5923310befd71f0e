"""What was typed, as the values commands take, with pydantic only where its judgement is needed.

From 0.29 on typer has pydantic convert every value: plain text too, and options that nobody gave. Importing
it takes longer than auditing the country. Nothing, text, choices, paths and what a parser of our own reads
are converted here; any other value, and what is not plainly right, by typer, in whose words a refusal is.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import typer

_ANY_PATH = typer.Option()
"""What an option asks of its path where it asks for nothing; typer judges paths of which more is asked."""
_ASKED_OF_PATHS = ("exists", "file_okay", "dir_okay", "writable", "readable", "resolve_path", "allow_dash")


def convert_plainly(command: Any) -> Any:
    """`command`, and every command in it, with parameters that convert plain values themselves.

    Typer before 0.29 asks none of them for a conversion and stays as it is.
    """
    for parameter in command.params:
        _take_over(parameter)
    own_help_option = command.get_help_option

    def help_option(ctx: Any) -> Any:
        option = own_help_option(ctx)
        if option is not None:
            _take_over(option)
        return option

    command.get_help_option = help_option
    for inner in getattr(command, "commands", {}).values():
        convert_plainly(inner)
    return command


def _take_over(parameter: Any) -> None:
    if hasattr(parameter, "get_runtime_param") and "get_runtime_param" not in vars(parameter):
        parameter.get_runtime_param = _Conversion(parameter).itself


class _NotPlainError(Exception):
    """The value is for typer to judge."""


class _Conversion:
    """What typer asks a parameter for when it has a value to convert."""

    def __init__(self, parameter: Any) -> None:
        self._by_typer = parameter.get_runtime_param
        self._info = parameter.type_descriptor.parameter_info
        wanted = parameter.type_descriptor.annotation
        self._wanted = get_args(wanted)[0] if get_origin(wanted) is list else wanted

    def itself(self) -> _Conversion:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of a parameter; the signature is typer's."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        try:
            if several and isinstance(value, list | tuple):
                return [self._plain(part) for part in value]
            return self._plain(value)
        except _NotPlainError:
            return self._by_typer().coerce(value, param=param, ctx=ctx)

    def _plain(self, value: Any) -> Any:
        wanted = self._wanted
        if self._info.parser is not None:
            return self._parsed(value)
        if isinstance(wanted, type) and isinstance(value, wanted):
            return value  # text, or a default
        if not isinstance(value, str):
            raise _NotPlainError
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return _choice(value, wanted)
        if wanted is Path and "\0" not in value and self._takes_any_path():
            return Path(value)
        raise _NotPlainError

    def _takes_any_path(self) -> bool:
        return all(getattr(self._info, setting) == getattr(_ANY_PATH, setting) for setting in _ASKED_OF_PATHS)

    def _parsed(self, text: str) -> Any:
        try:
            return self._info.parser(text)
        except ValueError as error:
            raise _NotPlainError from error


def _choice(text: str, choices: type[Enum]) -> Enum:
    try:
        return choices(text)
    except ValueError as error:
        raise _NotPlainError from error
