"""One frame that changes with time: each phase amends, from its day on, what the frame says before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from quota.core.problems import Problem
from quota.core.text import say
from quota.norms.files.amending import amend
from quota.norms.files.asking import asked_at
from quota.norms.files.documents import Document, FileLine, KeyPath, problem_at
from quota.norms.files.validation import validate
from quota.norms.schema import Frame

_KEPT = ("kind", "id", "title", "reading", "notes")
"""What an amendment says for itself and a phase need not."""


def settle(document: Document, frame: Frame) -> tuple[Frame, tuple[Problem, ...]]:
    """The frame with what it is in each phase, and all that is wrong with its phases or the examples of them.

    A phase is read as an amendment of all before it: by the same schema, with the same refusals.
    """
    settled: list[tuple[dt.date, Frame]] = []
    then = replace(document, value={key: said for key, said in document.value.items() if key != "phases"})
    for place, phase in enumerate(frame.phases):
        then, problems = _amended(then, document, place)
        changed, wrong = validate(then, Frame)
        problems = (*problems, *wrong, *_blocs_that_come_or_go(document, frame, place))
        if changed is None or problems:
            lines = {line for path, line in document.places.items() if path[:2] == ("phases", place)}
            return frame, tuple([_named(problem, place, lines) for problem in problems])
        settled.append((phase.from_, changed.read_from(document.files, asked_at(then))))
    whole = frame.with_phases(settled)
    return whole, tuple([problem_at(document, *remark) for remark in whole.lacking_remarks()])


def _blocs_that_come_or_go(document: Document, frame: Frame, place: int) -> Iterator[Problem]:
    for key, rule in (frame.phases[place].blocs or {}).items():
        if key not in frame.blocs or rule is None:
            message = say("a phase changes rules of the frame's blocs; none comes or goes")
            fix = say("write a frame for each time, with effective: from and to")
            yield problem_at(document, ("phases", place, "blocs", key), "bloc-of-a-phase", message, fix)


def _named(problem: Problem, place: int, lines: Collection[FileLine]) -> Problem:
    """The problem with its key as the file has it, where what is wrong is in the phase."""
    if FileLine(str(problem.file), problem.row or 0) not in lines or str(problem.column).startswith("phases"):
        return problem
    key = f"phases[{place}]" if problem.column is None else f"phases[{place}].{problem.column}"
    return replace(problem, column=key)


def _amended(before: Document, document: Document, place: int) -> tuple[Document, tuple[Problem, ...]]:
    """What the file says from a phase on, and what is wrong with the phase as an amendment."""
    written: Sequence[Mapping[str, object]] = document.value["phases"]  # type: ignore[assignment]  # the schema's
    own = {key: said for key, said in written[place].items() if key != "from"}
    kept = {key: before.value[key] for key in (*_KEPT, "extends") if key in before.value}
    prefix: KeyPath = ("phases", place)
    child = Document(
        document.file,
        {**kept, "extends": before.value["id"], **own},
        {path[2:]: line for path, line in document.places.items() if path[:2] == prefix},
        {path[2:]: text for path, text in document.written.items() if path[:2] == prefix},
    )
    found = amend(before, child)
    value = {key: said for key, said in found.value.items() if key != "extends"}
    amended = replace(found, value={**kept, **value}, problems=(), files=document.files)
    return amended, tuple([_of_a_phase(problem) for problem in found.problems])


def _of_a_phase(problem: Problem) -> Problem:
    """What an amendment is told of the frame it extends, as a phase is told it."""
    if problem.column != "extends":
        return problem
    message, fix = say("the phase amends no rule"), say("say what is different from then on, or remove it")
    return replace(problem, message=message, fix=fix, column=None)
