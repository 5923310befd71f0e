"""The empty forms that come with the program, and those of a department's own, from their layout files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from quota.core.problems import InputError, refusal
from quota.core.reading import FormLayout, Holds
from quota.core.text import Text, did_you_mean, say
from quota.norms.files.documents import dotted
from quota.run.ledger import Kind, note
from quota.run.limits import FILE_BYTES
from quota.run.locations import contents, data_folder
from quota.tables.shipped.misfits import misfit


def shipped_layouts() -> tuple[str, ...]:
    """The names of the forms that come with the program."""
    return tuple(sorted(path.stem for path in forms_folder().glob("*.json")))


def find_layout(given: str) -> FormLayout:
    """The form of a shipped name, or of a layout file's path (.json).

    Raises `InputError` where there is none, or the file is no layout: see `data/forms` for what one says.
    """
    names = shipped_layouts()
    if given not in names and Path(given).suffix.lower() != ".json":
        fix = did_you_mean(given, list(names)) or say("forms: {names}", names=", ".join(names))
        raise refused_form(None, say('no form is called "{name}"', name=given), fix)
    content = form_content(given, forms_folder() / f"{given}.json" if given in names else Path(given))
    try:
        return _sound(given, msgspec.json.decode(content, type=FormLayout))
    except msgspec.ValidationError as error:
        path, message, fix = misfit(error, FormLayout)
        raise refusal("bad-form", message, fix, file=given, column=dotted(path) or None) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fix = say("start from one of data/forms; each column has column, heading, holds, width and note")
        raise refused_form(given, say("not a form's layout: {why}", why=str(error)), fix) from error


def form_content(given: str, path: Path) -> bytes:
    """The bytes of a layout, noted where it is not a shipped one; `InputError` where it cannot be read."""
    try:
        content = contents(path, FILE_BYTES.value())
    except (OSError, ValueError) as error:
        raise unreadable_form(given, error) from error
    if content is None:
        raise refused_form(given, say("more than {n} bytes", n=FILE_BYTES.value()), FILE_BYTES.raised())
    if path.parent != forms_folder():
        note(Kind.INPUT, path, content)
    return content


def _sound(given: str, layout: FormLayout) -> FormLayout:
    """The layout, whose examples speak of its own columns and choices; `InputError` where they do not."""
    columns = {column.column: column for column in layout.columns}
    for example in layout.examples:
        for name, value in example.items():
            column = columns.get(name)
            if column is None:
                message = say('an example speaks of "{column}", which is no column', column=name)
                raise refused_form(given, message, say("columns: {names}", names=", ".join(columns)))
            if column.holds in (Holds.BLOC, Holds.FIELDS) and not isinstance(value, int):
                message = say('the example of "{column}" is the place of a choice, from 0', column=name)
                raise refused_form(given, message, say("write 0 for the first"))
    return layout


def forms_folder() -> Path:
    """The folder of the shipped layouts."""
    return data_folder() / "forms"


def unreadable_form(given: str, error: Exception) -> InputError:
    """What is said of a layout's file that cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        message = say("not UTF-8 text (byte {n})", n=error.start + 1)
        return refused_form(given, message, say("save the file as UTF-8"))
    why = getattr(error, "strerror", None) or error
    return refused_form(given, say("cannot be read: {why}", why=why), say("check the path"))


def refused_form(file: str | None, message: Text, fix: Text) -> InputError:
    """What is said of a layout that is wrong."""
    return refusal("bad-form", message, fix, file=file)
