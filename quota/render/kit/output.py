"""Write a result to the terminal, a pipe or a file; a file is written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from quota.core.problems import InputError, refusal
from quota.core.text import Text, say
from quota.render.kit.rendering import Format, Rendering, encoded
from quota.render.kit.words import words
from quota.run.interrupting import stop_if_interrupted
from quota.run.ledger import files_read, open_ledger, recording, replaying, settle, wrote
from quota.run.locations import PathKind, data_folder, kind_of, rules_folder
from quota.run.windows import fault_of_name, is_held_open, on_windows

PIPED_WIDTH = 100
_BY_ENDING = {
    "": Format.TABLE,
    ".txt": Format.TABLE,
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".xlsx": Format.XLSX,
}


class Output(Struct, frozen=True):
    """Where a result goes and in which form; a file's ending says the form where nothing else does."""

    form: Format | None = None
    path: Path | None = None

    @property
    def format(self) -> Format:
        """The form asked for, or the one of the file's ending, or a table. `InputError` for other endings."""
        if self.form is not None or self.path is None:
            return self.form or Format.TABLE
        form = _BY_ENDING.get(self.path.suffix.lower())
        if form is None:
            endings = ", ".join(ending for ending in _BY_ENDING if ending)
            message = say("no form goes with the ending {ending}", ending=self.path.suffix)
            raise _refused(self.path, message, say("use one of {endings}, or say --format", endings=endings))
        return form

    def write(self, rendering: Rendering) -> None:
        """Write the result. `InputError` where the file cannot be written or was read by this run."""
        form = self.format
        if self.form is None:
            settle("format", form.value)
        if self.path is None:
            if form is Format.TABLE:
                _print(rendering)
            elif form is Format.XLSX:
                pipe(_content(rendering, form), "workbook.xlsx")
            else:
                show(rendering.text(form))
            return
        target = _writable(self.path)
        content = encoded(plain_table(rendering)) if form is Format.TABLE else _content(rendering, form)
        _replace(target, content, self.path)


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or none. `InputError` where it cannot be written or was read by this run."""
    _replace(_writable(path), content, path)


def refuse_output(path: Path) -> None:
    """`InputError` where nothing can be written to `path`; asked before long work, not after it."""
    _writable(path)


def write_text(text: str, path: Path) -> None:
    """A file of this text, whole or not there. `InputError` where it cannot be written or was read."""
    write_file(path, encoded(text))


def show(text: str) -> None:
    """Put a result on standard output."""
    stop_if_interrupted()
    sys.stdout.write(text)
    sys.stdout.flush()


def show_markdown(text: str) -> None:
    """Put a page of Markdown on standard output: laid out on a terminal, in a pipe as it is written, without
    what marks code."""
    if not sys.stdout.isatty() or recording():
        lines = text.splitlines(keepends=True)
        show("".join(line.replace("`", "") for line in lines if not line.startswith("```")))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    width = shutil.get_terminal_size((PIPED_WIDTH, 40)).columns
    stop_if_interrupted()
    Console(width=width, highlight=False, emoji=False, file=sys.stdout).print(Markdown(text))
    sys.stdout.flush()


def mention(line: Text | str) -> None:
    """Put a line about the run on standard error, in the reader's language."""
    stop_if_interrupted()
    sys.stderr.write(f"{words(line) if isinstance(line, Text) else line}\n")


def pipe(content: bytes, example: str, *, screen: bool = False) -> None:
    """Put the bytes of a file into a pipe; refused where stdout is a screen, unless they may go there."""
    if sys.stdout.isatty() and not screen:
        fix = say("give --output FILE, as in --output {example}", example=example)
        message = say("such a file is not for the screen")
        raise refusal("not-for-the-screen", message, fix)
    stop_if_interrupted()
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _print(rendering: Rendering) -> None:
    # Data in a pipe has one width everywhere; a terminal, or COLUMNS, has its own. What is recorded is plain.
    on_screen = sys.stdout.isatty()
    terminal = shutil.get_terminal_size((PIPED_WIDTH, 40)).columns
    width = terminal if on_screen else _columns() or PIPED_WIDTH
    settle("width", width)
    if not on_screen or recording():
        show(plain_table(rendering, width))
        return
    from rich.console import Console

    console = Console(width=width, highlight=False, markup=False, emoji=False, file=sys.stdout)
    shown = rendering.terminal(width)
    stop_if_interrupted()
    console.print(shown)
    sys.stdout.flush()


def _columns() -> int:
    """The width that COLUMNS asks for; 0 where it asks for none."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 else 0


def plain_table(rendering: Rendering, width: int = PIPED_WIDTH) -> str:
    """What the terminal shows at `width`, without colour and without spaces at the ends of lines."""
    from rich.console import Console

    console = Console(
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        color_system=None,
        force_terminal=False,
        file=io.StringIO(),
    )
    with console.capture() as capture:
        console.print(rendering.terminal(width))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _content(rendering: Rendering, form: Format) -> bytes:
    """The result as the bytes of a file, in any form but the terminal's."""
    if form is not Format.XLSX:
        return encoded(rendering.text(form))
    if rendering.workbook is not None:
        return rendering.workbook()
    from quota.render.kit.workbook import rows_book  # what writes workbooks is loaded only for one

    return rows_book(rendering.rows())


def _writable(path: Path, inputs: Iterable[Path] = ()) -> Path:
    """The file behind `path`; refused where writing would lose something or cannot be done."""
    replay = replaying()
    if replay is not None:
        return replay.place(path)
    if on_windows() and (fault := fault_of_name(path.name)) is not None:
        raise _refused(path, fault, say("name another file"))
    try:
        kind = kind_of(path)  # before what it leads to: a link to a pipe leads to no path
        target = path.resolve() if kind is not PathKind.OTHER else path
        kind = kind if kind is PathKind.OTHER else kind_of(target)
        if kind is PathKind.FOLDER:
            raise _refused(path, say("a folder, not a file"), say("name a file in it"))
        if kind not in (PathKind.FILE, PathKind.NOTHING):
            raise _refused(path, say("not an ordinary file"), say("name another file"))
        if kind_of(target.parent) is not PathKind.FOLDER:
            raise _refused(path, say("its folder does not exist"), say("create {folder}", folder=path.parent))
        if any(target.is_relative_to(folder.resolve()) for folder in (rules_folder(), data_folder())):
            raise _refused(path, say("it is part of the program"), say("name a file of your own"))
        if kind is PathKind.FILE and any(
            target.samefile(read) for read in (*files_read(), *inputs) if read.exists()
        ):
            raise _refused(path, say("it is an input of this run"), say("name another file"))
        ledger = open_ledger()
        if ledger is not None and ledger.manifest is not None and ledger.manifest.resolve() == target:
            raise _refused(path, say("it is the manifest of this run"), say("name another file"))
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise _refused(path, say("cannot be written: {why}", why=why), say("name another file")) from error
    return target


def _replace(target: Path, content: bytes, named: Path) -> None:
    with _beside(target, named) as temporary:
        temporary.write_bytes(content)


@contextlib.contextmanager
def whole_file(path: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A file to write in place of `path`, which takes its name once all is written.

    `InputError` where `path` cannot be written, was read by this run or is one of `inputs`, yet to be read.
    """
    with _beside(_writable(path, inputs), path) as temporary:
        yield temporary


@contextlib.contextmanager
def _beside(target: Path, named: Path) -> Iterator[Path]:
    """Write beside, then rename: at any moment the file is the old one whole or the new one whole.

    The name is chosen before the file is made, so that an interrupt at any moment leaves nothing behind.
    """
    temporary = target.parent / f".{target.name[:40]}.{os.urandom(8).hex()}.tmp"
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        wrote(named, temporary)
        temporary.chmod(_mode_for(target))
        stop_if_interrupted()
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        fix = None
        if is_held_open(error, target):
            fix = say("close it in the program that has it open (Excel?), or name another file")
        raise _refused(named, say("cannot be written: {why}", why=error.strerror or error), fix) from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _sync_folder(folder: Path) -> None:
    """Write the folder's entry to the disk too, so that a loss of power does not undo the rename.

    Windows opens no folders, and its file systems keep their own record of renames.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode_for(target: Path) -> int:
    """An existing file keeps its permissions; a new one gets those any program would give it."""
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(13, os.strerror(13), str(target))
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(path: Path, message: Text, fix: Text | None = None) -> InputError:
    return refusal("unwritable", message, fix, file=str(path))
