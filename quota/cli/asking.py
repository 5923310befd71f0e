"""Ask which column is which where a table leaves it open, and keep the answers for the next (`--ask`)."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from quota.cli.reading import Reading
from quota.cli.refusing import usage_error
from quota.core.blocs import Blocs
from quota.core.text import LocalText, Text, say
from quota.render.kit.output import mention, write_text
from quota.render.kit.words import words
from quota.run.ledger import recording
from quota.tables.files.raw import ReadOptions
from quota.tables.files.sources import STANDARD_INPUT
from quota.tables.files.wordings import IGNORED, heading_key
from quota.tables.readers.questions import Question, questions

_COLUMNS: Mapping[str, Text] = {
    "code": say("official code"),
    "name": say("unit's name"),
    "type": say("type of unit"),
    "population": say("residents"),
    "bloc": say("bloc of the row"),
    "in_post": say("people present"),
}


def ask_about(
    how: Reading, blocs: Blocs, population: Sequence[str] = (), staff: Sequence[str] = ()
) -> ReadOptions:
    """How to read these tables: as was said, and as was answered where `--ask` asked; keeps the answers.

    A usage error where nobody could answer, or where a recorded run could not be repeated.
    """
    options = how.options(blocs)
    if not how.ask:
        raise usage_error(say("--save-mapping keeps what --ask was answered: give both"))
    if recording():
        message = say(
            "--ask cannot be repeated by a manifest: keep the answers with --save-mapping, give --columns"
        )
        raise usage_error(message)
    if STANDARD_INPUT in (*population, *staff):
        raise usage_error(say("--ask needs standard input for the answers: name the table's file"))
    answered = dict(options.wordings.own)
    kept = dict(answered)
    passed: set[object] = set()
    while True:
        asked = (question for question in questions(population, staff, options) if question.key not in passed)
        question = next(asked, None)
        if question is None:
            break
        passed.add(question.key)
        answer = _answer(question, blocs)
        for place, candidate in enumerate(question.candidates) if answer is not None else ():
            column = question.column if place == answer else IGNORED if question.is_taken_twice else None
            if column is not None:
                key = heading_key(candidate.heading)
                kept.pop(key, None)
                answered[key] = kept[candidate.heading] = column
        options = replace(options, wordings=options.wordings.with_own(dict(answered)))
    if how.save_mapping is not None:
        _keep(kept, how.save_mapping)
    return options


def _answer(question: Question, blocs: Blocs) -> int | None:
    """The place of the candidate that was chosen; None where none was."""
    names: Mapping[str, Text | LocalText] = {**_COLUMNS, **{bloc: bloc.name for bloc in blocs}}
    where = f"{question.file} [{question.sheet}]" if question.sheet else question.file
    column = names.get(question.column, Text(question.column))
    mention(say("{where}: which column is this: {column}?", where=where, column=column))
    if question.is_of_assigned:
        mention(say("The table has posts that were assigned: choose none unless people present are meant."))
    if question.is_foretold:
        mention(say("The title speaks of a forecast or a part: choose none unless all residents are meant."))
    for number, candidate in enumerate(question.candidates, start=1):
        figures = ", ".join(candidate.figures)
        mention(f"  {number}  {candidate.heading} ({candidate.letter}){f': {figures}' if figures else ''}")
    mention(f"  0  {words(say('none of these'))}")
    while True:
        sys.stderr.write(f"{words(say('Number:'))} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        text = line.strip()
        if not line or text == "0":
            return None
        if text.isascii() and text.isdigit() and int(text) <= len(question.candidates):
            return int(text) - 1
        mention(say("write a number from 0 to {most}", most=len(question.candidates)))


def _keep(columns: Mapping[str, str], path: Path) -> None:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([("heading", "column"), *columns.items()])
    write_text(lines.getvalue(), path)
