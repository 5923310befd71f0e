"""Libraries that only some commands need: asked for before use, with the way to install them."""

from __future__ import annotations

from importlib.util import find_spec

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say


def need(extra: str, *modules: str) -> None:
    """Raise `InputError` that says what to install where any of `modules` is missing."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        message = say("this command needs {modules}, which is not installed", modules=", ".join(missing))
        fix = say('install it: python -m pip install "commune-quota[{extra}]"', extra=extra)
        raise InputError([Problem("extra-missing", Severity.ERROR, message, fix)])
