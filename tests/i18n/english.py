"""English words in Vietnamese text: words of Latin letters that no Vietnamese syllable is written like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from quota.cli.app import COMMANDS, command
from quota.norms.kinds import KINDS
from quota.run.locations import data_folder, rules_folder
from quota.tables.files.aliases import ALIASES

_ONSET = "(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|nh|ng|ngh|p|ph|qu|r|s|t|th|tr|v|x)?"
_RHYME = (
    "(?:a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu"
    "|uy|uya|uye|uyu|ye|yeu)(?:c|ch|m|n|ng|nh|p|t)?"
)
_SYLLABLE = re.compile(_ONSET + _RHYME, re.IGNORECASE)
_WORD = re.compile(r"(?<![\w.\-/@{}<>=:'’`%\\])[A-Za-z]+(?![\w./@=]| \()")
IN_HELP = "words of files that a user writes, which help names"
ALLOWED: Mapping[str, list[str]] = json.loads(
    Path(__file__).with_name("allowed.json").read_text(encoding="utf-8")
)
"""Words that Vietnamese text may have, by why."""


def english(text: str, allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each English word of a text, with its line; words all in capitals are abbreviations."""
    for line in text.splitlines():
        for word in _WORD.findall(line):
            if not (_SYLLABLE.fullmatch(word) or word.isupper() or word in allowed):
                yield word, line.strip()


def allowed_words() -> frozenset[str]:
    """Names and measures that are the same in Vietnamese, and what the sample files hold."""
    return frozenset(word for why, words in ALLOWED.items() if why != IN_HELP for word in words)


def typed_words() -> frozenset[str]:
    """What help may name since it is typed so: commands, columns, choices, kinds and ids."""
    found = {*COMMANDS, *ALIASES, *KINDS, *(path.stem for path in rules_folder().glob("*.yaml"))}
    found |= {path.stem for path in data_folder().glob("*.csv")}
    found |= {*_options(command()), *ALLOWED[IN_HELP]}
    return frozenset(word for each in found for word in re.findall("[A-Za-z]+", each))


def _options(found: Any) -> Iterator[str]:
    context = typer.Context(found)
    for parameter in found.params:
        yield " ".join((*parameter.opts, *(parameter.get_help_record(context) or ("",))[:1]))
        yield str(parameter.default or "")
    for name, inner in (getattr(found, "commands", None) or {}).items():
        yield name
        yield from _options(inner)
