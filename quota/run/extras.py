"""Libraries that only some outputs need, and what to install where one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from quota.core.problems import refusal
from quota.core.text import count, say


def has(module: str) -> bool:
    """Whether a module is installed."""
    return find_spec(module) is not None


def need(extra: str, *modules: str) -> None:
    """Raise `InputError` where a module of an extra is not installed, saying what to install."""
    missing = [module for module in modules if not has(module)]
    if missing:
        message = count(
            "this needs {modules}, which is not installed",
            "this needs {modules}, which are not installed",
            n=len(missing),
            modules=", ".join(missing),
        )
        fix = say(
            'install it: python -m pip install "commune-quota[{extra}]", or in a checkout ".[{extra}]"',
            extra=extra,
        )
        raise refusal("missing-extra", message, fix)
