"""Finding, reading and resolving frames: shipped ones by id, a department's own by path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct

from quota.core.problems import InputError, Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.norms.files.amending import amend
from quota.norms.files.asking import asked_at
from quota.norms.files.documents import Document, problem_at
from quota.norms.files.parsing import parse
from quota.norms.files.rulefile import RuleFile
from quota.norms.files.validation import validate
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_FRAME, DEFAULT_KIND, DEFAULT_OFFICES, KINDS
from quota.run.ledger import Kind, note
from quota.run.limits import RULE_BYTES
from quota.run.locations import PathKind, contents, kind_of, rules_folder

if TYPE_CHECKING:
    from quota.norms.fields import Fields
    from quota.norms.offices import Offices
    from quota.norms.schema import Frame

__all__ = [
    "DEFAULT_FRAME",
    "LoadedRules",
    "find_rules",
    "load_fields",
    "load_frame",
    "load_offices",
    "load_rules",
    "read_document",
    "read_rules",
    "rule_files",
    "shipped_frames",
    "shipped_rules",
    "shown_path",
]

R = TypeVar("R", bound=RuleFile)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SUFFIXES = (".yaml", ".yml")


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
        raise InputError([Problem("wrong-kind", Severity.ERROR, message, fix, file=shown_path(path))])
    return loaded.rules


def document_of(rules: str | Path) -> Document:
    """The document behind a shipped id or a path, with what it extends: where each of its values is."""
    return _resolved(find_rules(rules), ())


def shipped_rules() -> tuple[LoadedRules, ...]:
    """Every rule file that ships with the program, by id."""
    return tuple(read_rules(path) for path in rule_files(rules_folder()))


def shipped_frames() -> tuple[Frame, ...]:
    """Every frame that ships with the program, by id."""
    from quota.norms.schema import Frame

    return tuple(loaded.rules for loaded in shipped_rules() if isinstance(loaded.rules, Frame))


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, by name."""
    found = (path for path in folder.iterdir() if path.suffix in _SUFFIXES and path.is_file())
    return sorted(found, key=lambda path: path.stem)


def find_rules(rules: str | Path) -> Path:
    """The file behind an id or a path; `InputError` if there is none.

    A shipped id is the shipped file whatever lies in the current folder; `./central-2025` is a file there.
    """
    text = str(rules)
    path = Path(text)
    shipped = rules_folder() / f"{text}.yaml"
    if _ID.fullmatch(text) and kind_of(shipped) is PathKind.FILE:
        return shipped
    kind = kind_of(path)
    if kind is PathKind.FOLDER:
        raise InputError([_one_of_folder(path)])
    if path.suffix in _SUFFIXES or kind is not PathKind.NOTHING or len(path.parts) > 1:
        return path
    known = [found.stem for found in rule_files(rules_folder())]
    hint = did_you_mean(text, known)
    message = say('no frame is called "{id}"', id=text)
    all_of_them = say("`quota rules list` shows all")
    fix = say("{hint} `quota rules list` shows all", hint=hint) if hint else all_of_them
    raise InputError([Problem("unknown-frame", Severity.ERROR, message, fix)])


def read_rules(path: Path) -> LoadedRules:
    """Read, amend and validate one rule file of any kind."""
    document = _resolved(path, ())
    kind = document.value.get("kind", DEFAULT_KIND)
    if not isinstance(kind, str) or kind not in KINDS:
        message = say("no such kind of rule file")
        fix = did_you_mean(str(kind), list(KINDS)) or say("write one of {kinds}", kinds=", ".join(KINDS))
        wrong = problem_at(document, ("kind",), "unknown-kind", message, fix)
        return LoadedRules(path, str(kind), None, (*document.problems, wrong))
    rules, problems = validate(document, KINDS[kind])
    if rules is None:
        return LoadedRules(path, kind, None, problems)
    wrong_id = _wrong_id(document, path, rules.id)
    if wrong_id:
        return LoadedRules(path, kind, None, wrong_id)
    rules = rules.read_from(document.files, asked_at(document))
    if kind == DEFAULT_KIND and document.value.get("phases"):
        from quota.norms.phases import settle  # few frames change with time

        rules, problems = settle(document, cast("Frame", rules))
    return LoadedRules(path, kind, None if problems else rules, problems)


def read_document(path: Path) -> Document:
    """A rule file's document; a file that cannot be read is a document with that problem."""
    label = shown_path(path)
    kind = kind_of(path)
    if kind is not PathKind.FILE:
        return _unreadable(label, *_NOT_A_FILE[kind])
    try:
        most = RULE_BYTES.value()
        content = contents(path, most)
        if content is None:
            return _unreadable(label, say("more than {n} bytes", n=most), RULE_BYTES.raised())
        note(Kind.RULES, path, content)
        return parse(content.decode("utf-8-sig"), label, hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError as error:
        message = say("not UTF-8 text (byte {n})", n=error.start + 1)
        return _unreadable(label, message, say("save the file as UTF-8"))
    except OSError as error:
        why = error.strerror or error
        return _unreadable(label, say("cannot be read: {why}", why=why), say("check who may read it"))


_NOT_A_FILE: Mapping[PathKind, tuple[Text, Text]] = {
    PathKind.FOLDER: (say("a folder, not a rule file"), say("name a file in it")),
    PathKind.NOTHING: (
        say("no such file"),
        say("check the path; `quota rules list` shows the shipped files"),
    ),
    PathKind.DANGLING: (say("a link to a file that is not there"), say("name the file itself")),
    PathKind.OTHER: (say("not an ordinary file"), say("save it to a file first")),
    PathKind.UNREACHABLE: (say("cannot be reached"), say("check the path and who may read its folders")),
}


def _wrong_id(document: Document, path: Path, given: object) -> tuple[Problem, ...]:
    """A file is called by its id, and no file of one's own by a shipped one: a name means one thing."""
    if given != path.stem:
        message = say("the file is called {name}", name=path.name)
        fix = say("call the file {id}.yaml or its rules {stem}", id=given, stem=path.stem)
        return (problem_at(document, ("id",), "id-is-not-file-name", message, fix),)
    if kind_of(rules_folder() / path.name) is PathKind.FILE and not _is_shipped(path):
        message = say("a shipped rule file has this id")
        return (problem_at(document, ("id",), "id-is-taken", message, say("give it an id of your own")),)
    return ()


def _is_shipped(path: Path) -> bool:
    return path.resolve().parent == rules_folder().resolve()


def shown_path(path: Path) -> str:
    """A rule file's name in messages: shipped ones by their place in the project."""
    try:
        return f"rules/{path.relative_to(rules_folder())}"
    except ValueError:
        return str(path)


def _unreadable(label: str, message: Text, fix: Text | None = None) -> Document:
    problem = Problem("unreadable", Severity.ERROR, message, fix, file=label)
    return Document(label, {}, {}, {}, (problem,))


def _resolved(path: Path, below: tuple[Path, ...]) -> Document:
    document = read_document(path)
    parent_name = document.value.get("extends")
    if parent_name is None:
        return document
    parent_path = _parent(path, parent_name)
    chain = (*below, path)
    if parent_path is None:
        return _with(
            document, "unknown-parent", say("no such frame to extend"), _parent_hint(path, parent_name)
        )
    if parent_path.resolve() in [link.resolve() for link in chain]:
        names = " → ".join([link.stem for link in chain] + [parent_path.stem])
        return _with(
            document,
            "extends-cycle",
            say("the frames extend each other: {names}", names=names),
            say("end the chain in a frame that extends none"),
        )
    parent = _resolved(parent_path, chain)
    wrong = parent.problems or _wrong_id(parent, parent_path, parent.value.get("id"))
    if wrong:
        return Document(document.file, {}, {}, {}, wrong)
    kind, wanted = (str(read.value.get("kind", DEFAULT_KIND)) for read in (document, parent))
    if kind != wanted:
        message = say("of kind {kind}, and what it extends of kind {wanted}", kind=kind, wanted=wanted)
        return _with(document, "other-kind", message, say("write kind: {wanted}", wanted=wanted))
    return amend(parent, document)


def _with(document: Document, code: str, message: Text, fix: Text | None) -> Document:
    problem = problem_at(document, ("extends",), code, message, fix)
    return Document(document.file, {}, {}, {}, (problem,))


def _parent(path: Path, name: object) -> Path | None:
    """A shipped id, else one in the file's own folder; neither a path nor a link leads out of these two."""
    if not isinstance(name, str) or not _ID.fullmatch(name):
        return None
    own = [path.parent / f"{name}{suffix}" for suffix in _SUFFIXES]
    candidates = (rules_folder() / f"{name}.yaml", *own)
    within = {folder.resolve() for folder in (path.parent, rules_folder())} | {path.resolve().parent}
    return next(
        (
            candidate
            for candidate in candidates
            if kind_of(candidate) is PathKind.FILE and candidate.resolve().parent in within
        ),
        None,
    )


def _parent_hint(path: Path, name: object) -> Text:
    known = {found.stem for folder in (path.parent, rules_folder()) for found in rule_files(folder)} - {
        path.stem
    }
    close = did_you_mean(str(name), sorted(known))
    return close or say("extend the id of a shipped frame or of a file in the same folder")


def _one_of_folder(path: Path) -> Problem:
    names = ", ".join(found.name for found in rule_files(path)) or "none"
    return Problem(
        "not-a-file",
        Severity.ERROR,
        say("a folder, not a rule file"),
        say("name one of its files: {names}", names=names),
        file=str(path),
    )
