"""`quota verify`."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from quota.cli.grouping import single
from quota.cli.options import FormatOption, OutputFile, option
from quota.cli.record.differing import first_difference
from quota.cli.record.recording import program
from quota.cli.record.replaying import Again, Program, repeat
from quota.core.problems import InputError, Problem, Severity, refusal
from quota.core.text import Text, say
from quota.render.kit.output import Output
from quota.render.views.reports.verification import verification_rendering
from quota.run.ledger import Content, Kind, content_of, note, note_file
from quota.run.limits import FILE_BYTES
from quota.run.locations import PathKind, contents, data_folder, kind_of, rules_folder
from quota.run.manifest import STDIN, FileRecord, InputRecord, Manifest, RulesRecord, read_manifest
from quota.run.verification import Checked, State, Subject, Verification
from quota.run.verifying import compare_programs, compare_read, compare_runs

_UNVERIFIED = "cannot-be-verified"


def verify(
    context: typer.Context,
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="The record of a run, that --manifest wrote.")
    ],
    base: Annotated[
        Path | None,
        option(
            "--base",
            "FOLDER",
            "The folder that the recorded paths are seen from.",
            show_default="as recorded, beside the manifest",
        ),
    ] = None,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Run again what a manifest records, and compare byte for byte.

    Nothing is overwritten: outputs go to a temporary folder and are compared there, also with the files that
    lie where the recorded run wrote its own.

    Exit code 0: the same; 1: something differs; 2: it cannot be run again.
    """
    recorded = _read(manifest)
    folder = _folder(manifest, recorded, base)
    stdin = _inputs(manifest, recorded, folder)
    with TemporaryDirectory(prefix="quota-verify-") as temporary:
        again = repeat(_program(context), recorded, folder, stdin, Path(temporary))
        if again.record is None:
            checks = [*_read_now(recorded, folder, stdin), *compare_programs(recorded.program, program())]
            code = Checked(Subject.EXIT_CODE, "", State.CHANGED, str(recorded.exit_code), str(again.code))
            checks.append(code)
        else:
            checks = [*compare_runs(recorded, again.record), *_outputs(recorded, again, folder)]
    found = Verification(
        str(manifest), recorded.command, tuple(sorted(checks, key=_in_order)), ran=again.record is not None
    )
    Output(form, output).write(verification_rendering(found))
    if not found.ran:
        sys.stderr.write(again.messages)
    raise typer.Exit(2 if not found.ran else 0 if found.same else 1)


def _program(context: typer.Context) -> Program:
    """The program that this command is part of, as the run that was entered hands it down."""
    root: Any = context.find_root()
    return Program(tuple(root.command.commands), root.obj)


def _in_order(checked: Checked) -> int:
    return list(Subject).index(checked.subject)


def _read(path: Path) -> Manifest:
    fault = _fault(path)
    if fault is not None:
        raise refusal(_UNVERIFIED, fault, file=str(path))
    most = FILE_BYTES.value()
    try:
        content = contents(path, most)
    except OSError as error:
        message = say("cannot be read: {why}", why=error.strerror or error)
        raise refusal(_UNVERIFIED, message, file=str(path)) from error
    if content is None:
        raise refusal(_UNVERIFIED, say("more than {n} bytes", n=most), file=str(path))
    note(Kind.INPUT, path, content)
    return read_manifest(path, content)


def _folder(manifest: Path, recorded: Manifest, base: Path | None) -> Path:
    """Where the recorded paths start: given, else as the manifest remembers it, else here."""
    beside = manifest.resolve().parent / recorded.folder if recorded.folder is not None else Path.cwd()
    found = base if base is not None else beside
    if kind_of(found) is not PathKind.FOLDER:
        raise refusal(_UNVERIFIED, say("not a folder"), file=str(found))
    return found.resolve()


def _place(record: InputRecord, folder: Path) -> Path:
    """Where an input of the recorded run lies now."""
    if not record.shipped:
        return folder / record.file
    inside, _, name = record.file.partition("/")
    return (rules_folder() if inside == "rules" else data_folder()) / name


def _inputs(manifest: Path, recorded: Manifest, folder: Path) -> bytes:
    """Every input is there; the bytes of standard input. `InputError` with all that are missing."""
    problems, stdin = [], b""
    for record in (*recorded.inputs, *recorded.rules):
        if record.file == STDIN:
            if sys.stdin is None or sys.stdin.isatty():
                fix = say("give it again: quota verify {manifest} < FILE", manifest=manifest)
                problems.append(_missing(None, say("the run read standard input"), fix))
            else:
                stdin = sys.stdin.buffer.read(FILE_BYTES.value() + 1)
            continue
        path = _place(record, folder)
        fault = _fault(path)
        if fault is None:
            note_file(path)
        else:
            fix = say("put it where it was, or say with --base which folder the paths start from")
            problems.append(_missing(record.file, fault, fix))
    if problems:
        raise InputError(problems)
    return stdin


def _read_now(recorded: Manifest, folder: Path, stdin: bytes) -> list[Checked]:
    """What a run that was refused has read, or would have."""
    inputs = [_now(record, folder, stdin) for record in recorded.inputs]
    return compare_read(recorded, inputs, [_rules_now(record, folder) for record in recorded.rules])


def _now(record: InputRecord, folder: Path, stdin: bytes = b"") -> InputRecord:
    given = Content(len(stdin), hashlib.sha256(stdin).hexdigest())
    content = given if record.file == STDIN else content_of(_place(record, folder))
    return InputRecord(file=record.file, bytes=content.size, sha256=content.sha256, shipped=record.shipped)


def _rules_now(record: RulesRecord, folder: Path) -> RulesRecord:
    now = _now(record, folder)
    try:
        text = _place(record, folder).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return RulesRecord(**now.model_dump(), text=text)


def _outputs(recorded: Manifest, again: Again, folder: Path) -> Iterator[Checked]:
    """Each file the run wrote: as it comes out now, and as it lies where it was written then."""
    now = {record.file: record for record in again.record.outputs} if again.record else {}
    then = {record.file: record for record in recorded.outputs}
    for name in sorted(then.keys() | now.keys()):
        if name not in then or name not in now:
            yield Checked(Subject.OUTPUT, name, State.ADDED if name in now else State.GONE)
            continue
        yield _output(then[name], now[name], again.places[name], folder / name)


def _output(then: FileRecord, now: FileRecord, made: Path, lies: Path) -> Checked:
    there = kind_of(lies) is PathKind.FILE
    if there:
        note_file(lies)
    untouched = there and content_of(lies).sha256 == then.sha256
    if now.sha256 != then.sha256:
        if untouched:
            return Checked(Subject.OUTPUT, then.file, State.CHANGED, *first_difference(lies, made))
        return Checked(Subject.OUTPUT, then.file, State.CHANGED, then.sha256[:12], now.sha256[:12])
    if there and not untouched:
        return Checked(Subject.OUTPUT, then.file, State.EDITED, *first_difference(made, lies))
    return Checked(Subject.OUTPUT, then.file, State.SAME if there else State.ABSENT)


def _fault(path: Path) -> Text | None:
    """Why there is no file at `path` to be read."""
    kind = kind_of(path)
    if kind is PathKind.FILE:
        return None
    return say("no such file") if kind is PathKind.NOTHING else say("not an ordinary file")


def _missing(file: str | None, message: Text, fix: Text) -> Problem:
    return Problem(_UNVERIFIED, Severity.ERROR, message, fix, file=file)


app = single(verify)
