"""The layouts of annexes that come with the program, and a department's own, from their YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from quota.analysis.audit.annexes import EACH, FIGURES, PLACES, Annex, AnnexColumn, Shows
from quota.core.problems import InputError
from quota.core.text import LocalText, Text, say
from quota.norms.files.parsing import parse
from quota.tables.shipped.layouts import form_content, forms_folder, refused_form, unreadable_form

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
        fix = say("start from a shipped one: quota form giao-bien-che -o our.yaml")
        raise refused_form(given, say("not an annex's layout: {why}", why=str(error)), fix) from error
    for message, fix in _faults(annex):
        raise refused_form(given, message, fix)
    return annex


def _faults(annex: Annex) -> Iterator[tuple[Text, Text]]:
    """What is wrong with a layout whose keys are right, each with what to do."""
    columns = {column.key: column for column in annex.columns}
    if len(columns) < len(annex.columns):
        yield say("two columns have the same key"), say("give each a key of its own")
    if not any(column.shows is Shows.NAME for column in annex.columns):
        yield say("no column shows the name"), say("add a column with shows: name")
    for place, column in enumerate(annex.columns):
        yield from _faults_of(column, annex.columns[:place])
    for text in _texts(annex):
        rest = _PLACE.sub("", text)
        unknown = [place for place in _PLACE.findall(text) if place not in PLACES]
        if unknown or {"{", "}"}.intersection(rest):
            message = say('no place is called "{place}"', place=unknown[0] if unknown else rest)
            yield message, say("places: {names}", names=", ".join(PLACES))


def _faults_of(column: AnnexColumn, before: Sequence[AnnexColumn]) -> Iterator[tuple[Text, Text]]:
    """What is wrong with a column; it is the difference of two `before` it, or of none."""
    if (column.shows is Shows.LESS) != (column.less is not None):
        fix = say("write shows: less and less: [first, second], both or neither")
        yield say('column "{key}": a difference needs its two columns', key=column.key), fix
    known = {found.key: found for found in before if found.shows in FIGURES}
    for key in column.less or ():
        if key not in known:
            message = say('column "{key}": no column of figures before it is "{of}"', key=column.key, of=key)
            yield message, say("columns: {names}", names=", ".join(known) or "-")
        elif known[key].bloc == EACH != column.bloc:
            message = say('column "{key}" is not of each bloc, and "{of}" is', key=column.key, of=key)
            yield message, say("write bloc: each in both")


def _texts(annex: Annex) -> Iterator[str]:
    local: list[LocalText] = [*annex.corner, *annex.titles, *annex.under, *annex.signature, annex.total]
    for column in annex.columns:
        local += [column.heading, *([column.group] if column.group else [])]
    local += [section.title for section in annex.sections]
    for text in local:
        yield from (text.vi, text.en)
