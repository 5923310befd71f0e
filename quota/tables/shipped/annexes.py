"""The layouts of annexes that come with the program, and a department's own, from their YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from quota.analysis.audit.annexes import EACH, FIGURES, PLACES, Annex, AnnexColumn, Holder, Shows
from quota.core.problems import InputError
from quota.core.text import did_you_mean, say
from quota.norms.files.documents import Document, problem_at
from quota.norms.files.parsing import parse
from quota.tables.shipped.layouts import form_content, forms_folder, unreadable_form
from quota.tables.shipped.misfits import Misfit, misfit

ENDINGS = (".yaml", ".yml")
_PLACE = re.compile(r"\{([^{}]*)\}")


def shipped_annexes() -> tuple[str, ...]:
    """The names of the annexes that come with the program."""
    return tuple(sorted(path.stem for path in forms_folder().glob("*.yaml")))


def is_annex(given: str) -> bool:
    """Whether this is a shipped annex's name or the path of a layout file in YAML."""
    return given in shipped_annexes() or Path(given).suffix.lower() in ENDINGS


def annex_text(given: str) -> str:
    """The layout file of a shipped name or a path, as it is written; `InputError` where it cannot be read."""
    path = forms_folder() / f"{given}.yaml" if given in shipped_annexes() else Path(given)
    try:
        return form_content(given, path).decode()
    except UnicodeDecodeError as error:
        raise unreadable_form(given, error) from error


def find_annex(given: str) -> Annex:
    """The annex of a shipped name, or of a layout file's path.

    Raises `InputError` with the line where the file is no layout, or speaks of a column it does not have.
    """
    document = parse(annex_text(given), given)
    if document.problems:
        raise InputError(list(document.problems))
    try:
        annex = msgspec.convert(document.value, Annex)
    except msgspec.ValidationError as error:
        raise _refused(document, misfit(error, Annex)) from error
    if faults := [*_faults(annex), *_unknown_places(document)]:
        raise _refused(document, *faults)
    return annex


def _refused(document: Document, *faults: Misfit) -> InputError:
    return InputError([problem_at(document, path, "bad-form", message, fix) for path, message, fix in faults])


def _faults(annex: Annex) -> Iterator[Misfit]:
    """What is wrong with a layout whose keys are right: where, and what to do."""
    keys: set[str] = set()
    for place, column in enumerate(annex.columns):
        if column.key in keys:
            yield (
                ("columns", place, "key"),
                say("two columns have the same key"),
                say("give each a key of its own"),
            )
        keys.add(column.key)
        for path, message, fix in _faults_of(column, annex.columns[:place]):
            yield ("columns", place, *path), message, fix
    if not any(column.shows is Shows.NAME for column in annex.columns):
        yield ("columns",), say("no column shows the name"), say("add a column with shows: name")
    held: set[Holder] = set()
    for place, section in enumerate(annex.sections):
        if section.holds in held:
            message = say("a section above has these rows: the total would count them twice")
            yield ("sections", place, "holds"), message, say("leave one of the two sections out")
        held.add(section.holds)


def _unknown_places(document: Document) -> Iterator[Misfit]:
    """Texts with a place in braces that nothing fills."""
    for path, text in document.written.items():
        rest = _PLACE.sub("", text)
        unknown = [place for place in _PLACE.findall(text) if place not in PLACES]
        if unknown or {"{", "}"}.intersection(rest):
            message = say('no place is called "{place}"', place=unknown[0] if unknown else rest)
            near = did_you_mean(unknown[0], list(PLACES)) if unknown else None
            yield path, message, near or say("places: {names}", names=", ".join(PLACES))


def _faults_of(column: AnnexColumn, before: Sequence[AnnexColumn]) -> Iterator[Misfit]:
    """What is wrong with a column; it is the difference of two `before` it, or of none."""
    if (column.shows is Shows.LESS) != (column.less is not None):
        fix = say("write shows: less and less: [first, second], both or neither")
        yield (), say('column "{key}": a difference needs its two columns', key=column.key), fix
    known = {found.key: found for found in before if found.shows in FIGURES}
    for place, key in enumerate(column.less or ()):
        if key not in known:
            message = say('column "{key}": no column of figures before it is "{of}"', key=column.key, of=key)
            yield ("less", place), message, say("columns: {names}", names=", ".join(known) or "-")
        elif known[key].bloc == EACH != column.bloc:
            message = say('column "{key}" is not of each bloc, and "{of}" is', key=column.key, of=key)
            yield ("less", place), message, say("write bloc: each in both")
