"""The record of a run: what it was made with, what was read and what was written, so that it can be repeated.

It knows no clock, no user and no folder beyond what was typed, and holds nothing of the tables but hashes.
Rule files are in it whole: they are public, and years later the run is to be understood.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import say

VERSION: Final = 1
STDIN = "-"
_SHIPPED = re.compile(r"(?:rules|data)/[a-z0-9-]+\.(?:yaml|csv)")

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0)]
Scalar = None | bool | int | float | str
Value = Scalar | list[Scalar]
Day = Annotated[
    dt.date, BeforeValidator(lambda day: dt.date.fromisoformat(day) if isinstance(day, str) else day)
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Stream(_Part):
    """What went to standard output or standard error."""

    bytes: Size
    sha256: Sha256


class FileRecord(Stream):
    """A file, by the name it was given."""

    file: str


class InputRecord(FileRecord):
    """A file that was read; a shipped one by its place in the program; `-` is standard input."""

    shipped: bool

    @model_validator(mode="after")
    def _in_place(self) -> InputRecord:
        if self.shipped and not _SHIPPED.fullmatch(self.file):
            raise PydanticCustomError("not_shipped", "no file of the program")
        return self


class RulesRecord(InputRecord):
    """A rule file and its text; `text` is None where the file is no text (the run refused it)."""

    text: str | None

    @model_validator(mode="after")
    def _agrees(self) -> RulesRecord:
        if (
            self.text is not None
            and hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest() != self.sha256
        ):
            raise PydanticCustomError("text_is_not_its_hash", "the text is not the one that was hashed")
        return self


class ProgramRecord(_Part):
    """What the run was made with; `sha256` is over the program's own files, with its rules and tables."""

    version: str
    sha256: Sha256
    python: str
    system: str
    libraries: dict[str, str]


class Manifest(_Part):
    """One run.

    `arguments` are as typed after the command's words; `options` as they came out, defaults included.
    `folder` is the folder the run was made in as seen from the manifest, where the manifest lies in it or
    below it; `today` the day that was taken for today and `width` the columns of a table, where the run
    needed them.
    """

    manifest: Literal[1]
    command: Annotated[str, Field(pattern=r"^[a-z][a-z-]*( [a-z][a-z-]*)?$")]
    arguments: list[str]
    options: dict[str, Value]
    folder: Annotated[str, Field(pattern=r"^(\.|\.\.(/\.\.)*)$")] | None
    language: Literal["vi", "en"]
    today: Day | None
    width: Annotated[int, Field(ge=1, le=9_999)] | None
    seed: int | None
    program: ProgramRecord
    rules: list[RulesRecord]
    inputs: list[InputRecord]
    outputs: list[FileRecord]
    stdout: Stream
    stderr: Stream
    exit_code: Literal[0, 1]

    def content(self) -> bytes:
        """The bytes of the manifest's file: the same run gives the same bytes."""
        values = {**self.model_dump(), "today": self.today.isoformat() if self.today else None}
        text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
        # the name of a file that is no UTF-8 is written as JSON's own escapes
        return f"{text}\n".encode("utf-8", errors="backslashreplace")


def read_manifest(path: Path, content: bytes) -> Manifest:
    """The manifest in a file's bytes. `InputError` with everything that is wrong with it."""
    values = _values(path, content)
    version = values.get("manifest")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        message = say(
            "a manifest of version {version}; this program knows {known}", version=version, known=VERSION
        )
        fix = say("install the newer quota that wrote it")
        raise refusal("newer-manifest", message, fix, file=str(path))
    if version != VERSION or isinstance(version, bool):
        raise refusal("not-a-manifest", say("not a manifest"), _FIX, file=str(path))
    try:
        return Manifest.model_validate(values)
    except ValidationError as error:
        raise InputError(_problem(path, detail) for detail in error.errors(include_url=False)) from None


_FIX = say("name a file that --manifest wrote")


def _values(path: Path, content: bytes) -> dict[str, object]:
    try:
        values = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise refusal("not-a-manifest", say("not a manifest"), _FIX, file=str(path))
    return values


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object as a dict; `ValueError` where a key is written twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _problem(path: Path, detail: ErrorDetails) -> Problem:
    kind = detail["type"]
    message = say("not what belongs here")
    if kind == "missing":
        message = say("the key is missing")
    elif kind == "extra_forbidden":
        message = say("no such key")
    elif kind == "text_is_not_its_hash":
        message = say("the text is not the one that was recorded: its hash is another")
    where = ".".join(str(key) for key in detail["loc"])
    return Problem("bad-manifest", Severity.ERROR, message, _FIX, file=str(path), column=where)
