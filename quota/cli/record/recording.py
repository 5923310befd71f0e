"""`--manifest`: record what a run was made with, what it read and what it wrote, when it has ended."""

from __future__ import annotations

import hashlib
import io
import math
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import typer

from quota._version import __version__
from quota.render.kit.language import language
from quota.render.kit.output import refuse_output, write_file
from quota.run.ledger import MANIFEST_OPTION, Content, Entry, Kind, Ledger, open_ledger
from quota.run.locations import data_folder, rules_folder
from quota.run.manifest import (
    STDIN,
    VERSION,
    FileRecord,
    InputRecord,
    Manifest,
    ProgramRecord,
    RulesRecord,
    Stream,
)

LIBRARIES = (
    *("duckdb", "jinja2", "msgspec", "narwhals", "numpy", "ortools", "polars", "pyarrow", "pydantic"),
    *("python-calamine", "python-docx", "pyyaml", "rich", "typer", "vl-convert-python", "xlsxwriter"),
)
"""Everything the program may be installed with: its figures, or its files, can depend on their versions."""
_PROGRAM = (".py", ".mo", ".css", ".html", ".js", ".yaml", ".csv")


class _Copy(io.RawIOBase):
    """A stream that keeps count, and a hash, of what goes through it."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.size, self.digest, self.broken = stream, 0, hashlib.sha256(), False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self.stream.isatty())

    def write(self, content: Any, /) -> int:
        piece = bytes(content)
        self._guarded(lambda: self.stream.buffer.write(piece))
        self.digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        if not self.stream.closed:  # thrown away after its stream, it is flushed once more
            self._guarded(self.stream.flush)

    def _guarded(self, act: Any) -> None:
        try:
            act()
        except OSError:
            self.broken = True  # the reader of this pipe stopped early: it did not get all that was made
            raise

    def record(self) -> Stream:
        return Stream(bytes=self.size, sha256=self.digest.hexdigest())


class _Messages(_Copy):
    """Standard error. It says it is no screen: signs of life would be recorded as messages."""

    def isatty(self) -> bool:
        return False


def begin(context: typer.Context, path: Path) -> None:
    """Record this run in `path`; `InputError` where nothing can be written there."""
    ledger = open_ledger()
    if ledger is None:
        raise RuntimeError("no ledger is kept of this run")
    refuse_output(path)
    streams = sys.stdout, sys.stderr
    for stream in streams:
        stream.flush()
    out, err = _Copy(sys.stdout), _Messages(sys.stderr)
    sys.stdout, sys.stderr = _text(out), _text(err)

    def end(code: int) -> None:
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        finally:
            sys.stdout, sys.stderr = streams
        if code in (0, 1) and not out.broken:  # a refused run gave no answer: there is nothing to repeat
            made = _manifest(context, ledger, path, code, out.record(), err.record())
            ledger.manifest = None  # from here on it is an output like any other
            write_file(path, made.content())

    ledger.manifest, ledger.at_end = path, end


def _text(copy: _Copy) -> io.TextIOWrapper:
    wide = cast("io.BytesIO", copy)
    return io.TextIOWrapper(
        wide, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
    )


def _manifest(
    context: typer.Context, ledger: Ledger, path: Path, code: int, out: Stream, err: Stream
) -> Manifest:
    chain = _chain(context)
    settled = ledger.settled
    options = _options(context, settled)
    width, seed = settled.get("width"), options.get("seed")
    today = settled.get("as-of")
    return Manifest(
        manifest=VERSION,
        command=" ".join(str(step.info_name) for step in chain[1:]),
        arguments=own_arguments(chain, ledger.arguments),
        options=options,
        folder=_seen_from(path),
        language=language().value,
        today=date.fromisoformat(today) if isinstance(today, str) else None,
        width=width if isinstance(width, int) else None,
        seed=seed if isinstance(seed, int) else None,
        program=program(),
        rules=sorted((_rules(entry) for entry in ledger.read if entry.kind is Kind.RULES), key=_by_name),
        inputs=sorted((_input(entry) for entry in ledger.read if entry.kind is not Kind.RULES), key=_by_name),
        outputs=sorted((_output(*output) for output in ledger.written.items()), key=_by_name),
        stdout=out,
        stderr=err,
        exit_code=cast("Any", code),
    )


def _chain(context: Any) -> list[Any]:
    """From the program to the command that was run."""
    found = [context]
    while found[0].parent is not None:
        found.insert(0, found[0].parent)
    return found


def _options(context: Any, settled: dict[str, str | int]) -> dict[str, Any]:
    """The value of every option, defaults included, by its name on the command line."""
    found: dict[str, Any] = {}
    for parameter in context.command.params:
        if parameter.expose_value and parameter.name in context.params:
            name = max(parameter.opts, key=len).lstrip("-")
            value = _plain(context.params[parameter.name])
            found[name] = settled.get(name) if value is None else value
    return found


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)


def own_arguments(chain: Sequence[Any], typed: Sequence[str]) -> list[str]:
    """What was typed after the command's words, as it was typed, without `--manifest FILE`."""
    rest = list(typed)
    for outer in chain[:-1]:
        while rest and rest[0].startswith("-"):
            rest = rest[len(next(_pieces(outer.command, rest))) :]
        rest = rest[1:]
    kept = (piece for piece in _pieces(chain[-1].command, rest) if not _is_manifest(piece))
    return [word for piece in kept for word in piece]


def _is_manifest(piece: Sequence[str]) -> bool:
    return piece[0].partition("=")[0] == MANIFEST_OPTION


def _pieces(command: Any, words: Sequence[str]) -> Iterator[list[str]]:
    """The words of a command line, each option with its value."""
    valued = {
        name
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("-") and not getattr(parameter, "is_flag", False)
    }
    place = 0
    while place < len(words):
        word = words[place]
        if word == "--":
            yield list(words[place:])
            return
        if word.startswith("--"):
            takes = word in valued
        else:
            letters = [f"-{letter}" for letter in word[1:]] if word.startswith("-") else []
            first = next((at for at, letter in enumerate(letters) if letter in valued), None)
            takes = first is not None and first == len(letters) - 1
        step = 2 if takes else 1
        yield list(words[place : place + step])
        place += step


def _seen_from(manifest: Path) -> str | None:
    """This folder as seen from the manifest's, in dots; from elsewhere its name would be told: None."""
    here, there = Path.cwd().resolve(), manifest.resolve().parent
    if not there.is_relative_to(here):
        return None
    return "/".join([".."] * len(there.relative_to(here).parts)) or "."


def _rules(entry: Entry) -> RulesRecord:
    record = _input(entry)
    try:
        text = (entry.rules or b"").decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return RulesRecord(**record.model_dump(), text=text)


def _input(entry: Entry) -> InputRecord:
    name, shipped = STDIN if entry.kind is Kind.STDIN else str(entry.path), False
    for inner, folder in (("rules", rules_folder()), ("data", data_folder())):
        if entry.path.is_relative_to(folder):
            name, shipped = f"{inner}/{entry.path.relative_to(folder).as_posix()}", True
    content = cast("Content", entry.content)  # noted in every run that is recorded
    return InputRecord(file=name, bytes=content.size, sha256=content.sha256, shipped=shipped)


def _output(name: Path, content: Content) -> FileRecord:
    return FileRecord(file=str(name), bytes=content.size, sha256=content.sha256)


def _by_name(record: FileRecord) -> tuple[str, str]:
    return record.file, record.sha256


def program() -> ProgramRecord:
    """What runs here: the program, Python, the libraries that are installed."""
    return ProgramRecord(
        version=__version__,
        sha256=_program_hash(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        libraries=dict(_libraries()),
    )


def _libraries() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # an extra that is not installed


def _program_hash() -> str:
    """One hash over the program's files, its rules and its tables, the same for a checkout and a wheel."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[2]
    for name, folder in (("quota", package), ("rules", rules_folder()), ("data", data_folder())):
        files = {
            path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in _PROGRAM
        }
        for inner in sorted(files):
            if not inner.startswith("shipped/"):
                content = files[inner].read_bytes()
                digest.update(f"{name}/{inner} {len(content)}\n".encode() + content)
    return digest.hexdigest()
