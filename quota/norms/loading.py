"""Rules by id or path, read and validated: shipped ones, and a department's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct

from quota.core.problems import InputError, Problem, refusal
from quota.core.text import did_you_mean, say
from quota.norms.files.asking import asked_at
from quota.norms.files.documents import DEFAULT_KIND, Document, problem_at
from quota.norms.files.finding import find_rules, rule_files, shown_path
from quota.norms.files.resolving import resolved, wrong_id
from quota.norms.files.rulefile import RuleFile
from quota.norms.files.validation import validate
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_FRAME, DEFAULT_OFFICES, KINDS
from quota.run.locations import rules_folder

if TYPE_CHECKING:
    from quota.norms.fields import Fields
    from quota.norms.offices import Offices
    from quota.norms.schema import Frame

__all__ = [
    "DEFAULT_FRAME",
    "LoadedRules",
    "document_of",
    "load_fields",
    "load_frame",
    "load_offices",
    "load_rules",
    "read_rules",
    "shipped_frames",
    "shipped_rules",
]

R = TypeVar("R", bound=RuleFile)


class LoadedRules(Struct, frozen=True):
    """A rule file's rules, or None and all that is wrong with it."""

    path: Path
    kind: str
    rules: RuleFile | None
    problems: tuple[Problem, ...] = ()


def load_frame(rules: str | Path = DEFAULT_FRAME, on: date | None = None) -> Frame:
    """The frame of a shipped id (`central-2025`) or of a rule file's path, as it is `on` a day.

    Without a day a frame that changes with time can be shown, and not applied.

    Raises `InputError` with every problem of the file: unknown id, unreadable file, anything the schema
    refuses. Whether it is in force on a day is asked where it is applied.
    """
    from quota.norms.schema import Frame  # the largest of the models: no other kind of rules needs it

    frame = load_rules(rules, Frame)
    return frame if on is None else frame.on(on)


def load_fields(rules: str | Path = DEFAULT_FIELDS) -> Fields:
    """The list of fields of a shipped id (`fields-2025`) or of a path; `InputError` as in `load_frame`."""
    from quota.norms.fields import Fields  # most runs are not about fields

    return load_rules(rules, Fields)


def load_offices(rules: str | Path = DEFAULT_OFFICES) -> Offices:
    """The offices and posts of a shipped id (`offices-2025`) or a path; `InputError` as in `load_frame`."""
    from quota.norms.offices import Offices  # only for lists of people

    return load_rules(rules, Offices)


def load_rules(rules: str | Path, wanted: type[R]) -> R:
    """The rules of a shipped id or a path, of the kind wanted; `InputError` as in `load_frame`."""
    path = find_rules(rules)
    loaded = read_rules(path)
    if loaded.rules is None:
        raise InputError(loaded.problems)
    if not isinstance(loaded.rules, wanted):
        names = [kind for kind, model in KINDS.items() if model is wanted]
        message = say(
            "a rule file of kind {kind}, where {wanted} is wanted", kind=loaded.kind, wanted=names[0]
        )
        fix = say("`quota rules list` shows which is which")
        raise refusal("wrong-kind", message, fix, file=shown_path(path))
    return loaded.rules


def document_of(rules: str | Path) -> Document:
    """The document behind a shipped id or a path, with what it extends: where each of its values is."""
    return resolved(find_rules(rules))


def shipped_rules() -> tuple[LoadedRules, ...]:
    """Every rule file that ships with the program, by id."""
    return tuple(read_rules(path) for path in rule_files(rules_folder()))


def shipped_frames() -> tuple[Frame, ...]:
    """Every frame that ships with the program, by id."""
    from quota.norms.schema import Frame

    return tuple(loaded.rules for loaded in shipped_rules() if isinstance(loaded.rules, Frame))


def read_rules(path: Path) -> LoadedRules:
    """Read, amend and validate one rule file of any kind."""
    document = resolved(path)
    kind = document.value.get("kind", DEFAULT_KIND)
    if not isinstance(kind, str) or kind not in KINDS:
        message = say("no such kind of rule file")
        fix = did_you_mean(str(kind), list(KINDS)) or say("write one of {kinds}", kinds=", ".join(KINDS))
        wrong = problem_at(document, ("kind",), "unknown-kind", message, fix)
        return LoadedRules(path, str(kind), None, (*document.problems, wrong))
    rules, problems = validate(document, KINDS[kind])
    if rules is None:
        return LoadedRules(path, kind, None, problems)
    misnamed = wrong_id(document, path, rules.id)
    if misnamed:
        return LoadedRules(path, kind, None, misnamed)
    rules = rules.read_from(document.files, asked_at(document))
    if kind == DEFAULT_KIND and document.value.get("phases"):
        from quota.norms.phases import settle  # few frames change with time

        rules, problems = settle(document, cast("Frame", rules))
    return LoadedRules(path, kind, None if problems else rules, problems)
