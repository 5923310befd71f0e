"""A rule file's document, with what it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from quota.core.problems import Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.norms.files.amending import amend
from quota.norms.files.documents import DEFAULT_KIND, Document, problem_at
from quota.norms.files.finding import ID, SUFFIXES, is_shipped, rule_files, shown_path
from quota.norms.files.parsing import parse
from quota.run.ledger import Kind, note
from quota.run.limits import RULE_BYTES
from quota.run.locations import PathKind, contents, kind_of, rules_folder


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
        if b"\0" in content[:2]:  # UTF-16 without its mark is UTF-8 with a zero at every second place
            return _unreadable(label, *_not_utf8(1))
        return parse(content.decode("utf-8-sig"), label, hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError as error:
        return _unreadable(label, *_not_utf8(error.start + 1))
    except OSError as error:
        why = error.strerror or error
        return _unreadable(label, say("cannot be read: {why}", why=why), say("check who may read it"))


def _not_utf8(byte: int) -> tuple[Text, Text]:
    return say("not UTF-8 text (byte {n})", n=byte), say("save the file as UTF-8")


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


def wrong_id(document: Document, path: Path, given: object) -> tuple[Problem, ...]:
    """A file is called by its id, and no file of one's own by a shipped one: a name means one thing."""
    if given != path.stem:
        message = say("the file is called {name}", name=path.name)
        fix = say("call the file {id}.yaml or its rules {stem}", id=given, stem=path.stem)
        return (problem_at(document, ("id",), "id-is-not-file-name", message, fix),)
    if kind_of(rules_folder() / path.name) is PathKind.FILE and not is_shipped(path):
        message = say("a shipped rule file has this id")
        return (problem_at(document, ("id",), "id-is-taken", message, say("give it an id of your own")),)
    return ()


def _unreadable(label: str, message: Text, fix: Text | None = None) -> Document:
    problem = Problem("unreadable", Severity.ERROR, message, fix, file=label)
    return Document(label, {}, {}, {}, (problem,))


def resolved(path: Path, below: tuple[Path, ...] = ()) -> Document:
    """The file's document; where it `extends` another file, that file's document as this one amends it.

    `below` are the files that extend this one. Never raises: see the document's `problems`.
    """
    document = read_document(path)
    parent_name = document.value.get("extends")
    if parent_name is None:
        return document
    parent_path = _parent(path, parent_name)
    chain = (*below, path)
    if parent_path is None:
        message = say("no such frame to extend")
        return _with(document, "unknown-parent", message, _parent_hint(path, parent_name))
    if parent_path.resolve() in [link.resolve() for link in chain]:
        names = " → ".join([link.stem for link in chain] + [parent_path.stem])
        message = say("the frames extend each other: {names}", names=names)
        return _with(document, "extends-cycle", message, say("end the chain in a frame that extends none"))
    parent = resolved(parent_path, chain)
    wrong = parent.problems or wrong_id(parent, parent_path, parent.value.get("id"))
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
    if not isinstance(name, str) or not ID.fullmatch(name):
        return None
    own = [path.parent / f"{name}{suffix}" for suffix in SUFFIXES]
    candidates = (rules_folder() / f"{name}.yaml", *own)
    within = {folder.resolve() for folder in (path.parent, rules_folder())} | {path.resolve().parent}
    files = (candidate for candidate in candidates if kind_of(candidate) is PathKind.FILE)
    return next((file for file in files if file.resolve().parent in within), None)


def _parent_hint(path: Path, name: object) -> Text:
    known = {found.stem for folder in (path.parent, rules_folder()) for found in rule_files(folder)}
    close = did_you_mean(str(name), sorted(known - {path.stem}))
    return close or say("extend the id of a shipped frame or of a file in the same folder")
