"""The head and foot of a paper from a small YAML file: office, number, place, date, recipients, signatory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from quota.core.problems import InputError
from quota.norms.files.resolving import read_document
from quota.norms.files.rulefile import Day, Strict, Words
from quota.norms.files.validation import validate
from quota.render.report.paper import Paper


def _as_written(value: object) -> object:
    """`- Lưu: VT` is a line of text here, though YAML takes it for a key and a value."""
    if isinstance(value, dict) and len(value) == 1:
        ((before, after),) = value.items()
        return f"{before}: {after}" if isinstance(after, str) else value
    return value


Recipient = Annotated[Words, BeforeValidator(_as_written)]


class PaperFile(Strict):
    """The file: every key may be left out, what is left out is a field to fill in."""

    superior: Words | None = None
    office: Words | None = None
    number: Words | None = None
    place: Words | None = None
    date: Day | None = None
    recipients: Annotated[tuple[Recipient, ...], Field(strict=False, max_length=50)] = ()
    position: Words | None = None
    signatory: Words | None = None


def load_paper(path: str | Path) -> Paper:
    """The paper of a file. `InputError` with every problem of the file, each with its line."""
    found, problems = validate(read_document(Path(path)), PaperFile)
    if found is None:
        raise InputError(problems)
    return Paper(
        found.superior or "",
        found.office or "",
        found.number or "",
        found.place or "",
        found.date,
        found.recipients,
        found.position or "",
        found.signatory or "",
    )
