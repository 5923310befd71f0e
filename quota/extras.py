"""Libraries that only some outputs need, and what to install where one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import say


def need(extra: str, *modules: str) -> None:
    """Raise `InputError` where a module of an extra is not installed, saying what to install."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        message = say("this needs {modules}, which is not installed", modules=", ".join(missing))
        fix = say('python -m pip install "commune-quota[{extra}]"', extra=extra)
        raise InputError([Problem("missing-extra", Severity.ERROR, message, fix)])
