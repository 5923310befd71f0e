"""What was typed wrong, in the reader's language: the command-line library itself says it in English only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import typer

from quota.core.characters import pattern
from quota.core.text import Text, say
from quota.render.kit.language import Language, language, phrase
from quota.render.kit.words import words

USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__base__)
"""The library's error for what was typed; it names no such class in public."""


def _none_of(value: str, choices: str) -> Text:
    """A word that is none of the choices, with the one that may be meant."""
    from difflib import get_close_matches  # only on the way to an error message

    said = say('"{value}" is none of {choices}', value=value, choices=choices)
    near = get_close_matches(value, re.findall("'(.*?)'", choices), n=1)
    return say("{said}; is {near} meant?", said=said, near=near[0]) if near else said


_SAID: tuple[tuple[re.Pattern[str], Callable[..., Text]], ...] = (
    (pattern(r"(?:Value error, )?'(.*)' is not one of (.*?)\.?"), _none_of),
    (pattern(r"Input should be a valid integer.*"), lambda: say("not a whole number")),
    (pattern(r"Input should be a valid number.*"), lambda: say("not a number")),
    (
        pattern(r"Input should be greater than or equal to (\S+)"),
        lambda least: say("at least {least} is asked for", least=least),
    ),
    (
        pattern(r"Input should be less than or equal to (\S+)"),
        lambda most: say("at most {most} is asked for", most=most),
    ),
    (
        pattern(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"),
        lambda more: say("more than the command takes: {more}", more=more),
    ),
    (
        pattern(r"Option '?(\S+?)'? requires an argument\.?"),
        lambda name: say("{name} needs a value after it", name=name),
    ),
    (
        pattern(r"(.*)\. Did you mean (.*)\?"),
        lambda said, near: say("{said}; is {near} meant?", said=said, near=near),
    ),
)
"""The library's sentences, and ours in their place; a sentence that is none of them stays as it is."""


def in_words(error: Any) -> Any:
    """The same error, showing itself in the reader's language, with the one option that may be meant."""
    known = getattr(error, "possibilities", None)
    if known:
        from difflib import get_close_matches

        error.possibilities = get_close_matches(error.option_name, known, n=1, cutoff=0) or known
    wrong = _SAID[0][0].fullmatch(getattr(error, "message", None) or "")
    if wrong is not None and language() is Language.EN:
        error.message = str(_none_of(*wrong.groups()))
    if language() is not Language.EN and type(error).__name__ != "NoArgsIsHelpError":
        error.show = lambda file=None: _show(error, file)
    return error


def _show(error: Any, file: Any) -> None:
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), file=file, err=True)
        typer.echo(words(say("Help: {command} -h", command=error.ctx.command_path)), file=file, err=True)
        typer.echo("", file=file, err=True)
    typer.echo(words(say("Wrong: {what}", what=_what(error))), file=file, err=True)


def _what(error: Any) -> Text | str:
    """What is wrong, with the option or argument that it is about."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = ", ".join(sorted(error.possibilities or ()))
        said = say("there is no option {name}", name=error.option_name)
        return say("{said}; is {near} meant?", said=said, near=near) if near else said
    name = _name(error)
    if kind == "MissingParameter":
        return say("{name} is missing", name=name)
    wrong = _in_our_words(error.message)
    return say("{name}: {said}", name=name, said=wrong) if name else wrong


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return phrase(str(parameter.metavar or parameter.human_readable_name).split("...")[0])
    return str(max(parameter.opts, key=len))


def _in_our_words(message: str) -> Text | str:
    for refusal, said in _SAID:
        found = refusal.fullmatch(message)
        if found is not None:
            return said(*found.groups())
    return message


def usage_error(message: Text) -> typer.BadParameter:
    """What is wrong with what was typed, in the reader's language: to be raised."""
    return typer.BadParameter(words(message))
