"""Checking rule files: the schema, the citations, and the worked examples beside the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from quota.core.posts import Posts
from quota.core.problems import Problem, refusal
from quota.core.text import say
from quota.norms.examples import Mismatch, mismatches
from quota.norms.files.documents import problem_at
from quota.norms.files.finding import rule_files, shown_path
from quota.norms.files.resolving import read_document
from quota.norms.loading import read_rules
from quota.norms.schema import Frame
from quota.run.locations import PathKind, kind_of, rules_folder


class Check(Struct, frozen=True):
    """The result of checking one rule file."""

    file: str
    kind: str
    id: str | None
    examples: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems


def files_to_check(paths: Sequence[Path]) -> list[Path]:
    """The rule files named, those of folders named, or the shipped ones. `InputError` where there is none."""
    found: list[Path] = []
    for path in paths or [rules_folder()]:
        kind = kind_of(path)
        files = rule_files(path) if kind is PathKind.FOLDER else [path]
        if not files or kind in (PathKind.NOTHING, PathKind.UNREACHABLE):
            message = say("no rule file (*.yaml) in this folder") if not files else say("no such file")
            fix = say("name a rule file or a folder of them")
            raise refusal("no-such-file", message, fix, file=str(path))
        found += files
    return found


def check_file(path: Path) -> Check:
    """Load a rule file and run its examples."""
    loaded = read_rules(path)
    file = shown_path(path)
    if loaded.rules is None:
        return Check(file, loaded.kind, None, 0, loaded.problems)
    if not isinstance(loaded.rules, Frame):
        return Check(file, loaded.kind, loaded.rules.id, 0, ())
    wrong = tuple(_problem(path, mismatch) for mismatch in mismatches(loaded.rules))
    return Check(file, loaded.kind, loaded.rules.id, len(loaded.rules.examples), wrong)


def _problem(path: Path, mismatch: Mismatch) -> Problem:
    message = say(
        "the example with {residents} residents expects {expected}, the rules give {given}",
        residents=mismatch.population,
        expected=_words(mismatch.expected),
        given=_words(mismatch.given),
    )
    fix = say("correct the rule or the example, whichever is wrong")
    at = ("examples", mismatch.number - 1, mismatch.what)
    return problem_at(read_document(path), at, "example-fails", message, fix)


def _words(posts: Posts) -> str:
    return str(posts.low) if posts.low == posts.high else f"[{posts.low}, {posts.high}]"
