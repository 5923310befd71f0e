"""The empty forms that come with the program, and those of a department's own, from their layout files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from quota.core.problems import InputError, Problem, Severity
from quota.core.reading import FormLayout, Holds
from quota.core.text import Text, did_you_mean, say
from quota.run.ledger import Kind, note
from quota.run.limits import FILE_BYTES
from quota.run.locations import contents, data_folder


def shipped_layouts() -> tuple[str, ...]:
    """The names of the forms that come with the program."""
    return tuple(sorted(path.stem for path in _folder().glob("*.json")))


def find_layout(given: str) -> FormLayout:
    """The form of a shipped name, or of a layout file's path (.json).

    Raises `InputError` where there is none, or the file is no layout: see `data/forms` for what one says.
    """
    path = Path(given)
    if given in shipped_layouts():
        path = _folder() / f"{given}.json"
    elif path.suffix.lower() != ".json":
        names = list(shipped_layouts())
        fix = did_you_mean(given, names) or say("forms: {names}", names=", ".join(names))
        raise _refused(None, say('no form is called "{name}"', name=given), fix)
    try:
        content = contents(path, FILE_BYTES.value())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _refused(given, say("cannot be read: {why}", why=why), say("check the path")) from error
    if content is None:
        raise _refused(given, say("more than {n} bytes", n=FILE_BYTES.value()), FILE_BYTES.raised())
    if path.parent != _folder():
        note(Kind.INPUT, path, content)
    try:
        return _sound(given, msgspec.json.decode(content, type=FormLayout))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fix = say("start from one of data/forms; each column has column, heading, holds, width and note")
        raise _refused(given, say("not a form's layout: {why}", why=str(error)), fix) from error


def _sound(given: str, layout: FormLayout) -> FormLayout:
    """The layout, whose examples speak of its own columns and choices; `InputError` where they do not."""
    columns = {column.column: column for column in layout.columns}
    for example in layout.examples:
        for name, value in example.items():
            column = columns.get(name)
            if column is None:
                message = say('an example speaks of "{column}", which is no column', column=name)
                raise _refused(given, message, say("columns: {names}", names=", ".join(columns)))
            if column.holds in (Holds.BLOC, Holds.FIELDS) and not isinstance(value, int):
                message = say('the example of "{column}" is the place of a choice, from 0', column=name)
                raise _refused(given, message, say("write 0 for the first"))
    return layout


def _folder() -> Path:
    return data_folder() / "forms"


def _refused(file: str | None, message: Text, fix: Text) -> InputError:
    return InputError([Problem("bad-form", Severity.ERROR, message, fix, file=file)])
