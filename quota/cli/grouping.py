"""How a function becomes a command: options that several have together are one parameter, a group of them."""

from __future__ import annotations

from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

import typer
from msgspec import Struct


class Group(Struct, frozen=True):
    """Options that several commands have together: each field is one, with its default."""


def with_groups_apart(function: Any) -> Any:
    """`function` taking each option of its groups by itself, as the command-line library wants it."""
    hints = get_type_hints(function, include_extras=True)
    groups: dict[str, type[Group]] = {
        name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, Group)
    }
    if not groups:
        return function
    options: dict[str, Parameter] = {}
    for name, parameter in signature(function).parameters.items():
        if name in groups:
            own, as_nothing_typed = get_type_hints(groups[name], include_extras=True), groups[name]()
            for option in groups[name].__struct_fields__:
                options[option] = Parameter(
                    option,
                    Parameter.KEYWORD_ONLY,
                    default=getattr(as_nothing_typed, option),
                    annotation=own[option],
                )
        else:
            options[name] = parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[name])

    def command(**given: Any) -> Any:
        for name, group in groups.items():
            given[name] = group(**{option: given.pop(option) for option in group.__struct_fields__})
        return function(**given)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__annotations__ = {name: option.annotation for name, option in options.items()}
    command.__signature__ = Signature(list(options.values()))  # type: ignore[attr-defined]  # functions may
    return command


def single(function: Any) -> typer.Typer:
    """The app of a module that is one command. A parameter that is a `Group` stands for all its options."""
    app = new_app()
    app.command()(with_groups_apart(function))
    return app


def new_app(**settings: Any) -> typer.Typer:
    """An app as all commands have it: plain help, no tracebacks dressed up."""
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )
