"""The reader's language: chosen once for a run, asked for wherever words are made.

The English templates in the code are the message ids of gettext catalogs (`quota/locale`); English itself
needs no catalog. Machine formats never ask.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path

from quota.core.problems import refusal
from quota.core.text import Text, say
from quota.run.windows import on_windows, speaks_vietnamese

LOCALES = Path(__file__).resolve().parents[2] / "locale"
DOMAIN = "quota"
OPTION = "--lang"
VARIABLE = "QUOTA_LANG"


class Language(StrEnum):
    """A language that results can be read in."""

    VI = "vi"
    EN = "en"


_reader: ContextVar[Language] = ContextVar("reader", default=Language.EN)


def language() -> Language:
    """The reader's language; English unless something else was chosen."""
    return _reader.get()


def choose(chosen: Language) -> None:
    """Speak `chosen` from here on."""
    _reader.set(chosen)


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of `--lang` anywhere among the arguments, else QUOTA_LANG, else the locale, else English.

    Where no variable says the locale, as on Windows, the language counts that Windows shows itself in.

    A wrong word after `--lang` is left for the command line to refuse. Raises `InputError` where QUOTA_LANG
    names a language that there is not.
    """
    named = _option(arguments)
    if named in set(Language):
        return Language(named)
    wanted = environment.get(VARIABLE, "").strip()
    if wanted:
        found = _known(wanted)
        if found is None:
            fix = say("set it to {languages}, or unset it", languages="vi / en")
            message = say('no language "{wanted}" ({variable})', wanted=wanted, variable=VARIABLE)
            raise refusal("unknown-language", message, fix, value=wanted)
        return found
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return _known(environment[variable]) or Language.EN
    return Language.VI if on_windows() and speaks_vietnamese() else Language.EN


def translate(text: Text) -> str:
    """The template of `text` in the reader's language, in the form that fits its count."""
    if language() is Language.EN or not text.template:  # a catalog answers nothing with its own heading
        return text.chosen()
    if text.plural is None:
        return _catalog(language()).gettext(text.template)
    number = text.values["n"]
    return _catalog(language()).ngettext(text.template, text.plural, number if isinstance(number, int) else 2)


def phrase(text: str) -> str:
    """Fixed English words from outside the code (help, the embedded catalogue) in the reader's language.

    Braces in them mean nothing. Words that no catalog knows stay as they are.
    """
    return text if language() is Language.EN or not text else _catalog(language()).gettext(text)


@cache
def _catalog(wanted: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [wanted.value])


def _known(name: str) -> Language | None:
    """`vi`, `vi_VN`, `vi-VN.UTF-8`; None for a language there is not."""
    first = name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return Language(first) if first in set(Language) else None


def _option(arguments: Sequence[str]) -> str | None:
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith(f"{OPTION}="):
            found = argument.partition("=")[2]
    return found
