"""Which file a rule file's id or path means."""

from __future__ import annotations

import re
from pathlib import Path

from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import did_you_mean, say
from quota.run.locations import PathKind, kind_of, rules_folder

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SUFFIXES = (".yaml", ".yml")


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, by name."""
    found = (path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    return sorted(found, key=lambda path: path.stem)


def find_rules(rules: str | Path) -> Path:
    """The file behind an id or a path; `InputError` if there is none.

    A shipped id is the shipped file whatever lies in the current folder; `./central-2025` is a file there.
    """
    text = str(rules)
    path = Path(text)
    shipped = rules_folder() / f"{text}.yaml"
    if ID.fullmatch(text) and kind_of(shipped) is PathKind.FILE:
        return shipped
    kind = kind_of(path)
    if kind is PathKind.FOLDER:
        raise InputError([_one_of_folder(path)])
    if path.suffix in SUFFIXES or kind is not PathKind.NOTHING or len(path.parts) > 1:
        return path
    known = [found.stem for found in rule_files(rules_folder())]
    hint = did_you_mean(text, known)
    message = say('no rule file is called "{id}"', id=text)
    all_of_them = say("`quota rules list` shows all")
    fix = say("{hint} `quota rules list` shows all", hint=hint) if hint else all_of_them
    raise refusal("unknown-frame", message, fix)


def is_shipped(path: Path) -> bool:
    """Whether the file lies in the folder of rules that comes with the program."""
    return path.resolve().parent == rules_folder().resolve()


def shown_path(path: Path) -> str:
    """A rule file's name in messages: shipped ones by their place in the project."""
    try:
        return f"rules/{path.relative_to(rules_folder())}"
    except ValueError:
        return str(path)


def _one_of_folder(path: Path) -> Problem:
    names = ", ".join(found.name for found in rule_files(path)) or "none"
    fix = say("name one of its files: {names}", names=names)
    return Problem("not-a-file", Severity.ERROR, say("a folder, not a rule file"), fix, file=str(path))
