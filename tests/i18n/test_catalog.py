"""Every message is translated, nothing is left over, and the compiled catalog is the one that is kept."""

from __future__ import annotations

import csv
import string
import unicodedata
from pathlib import Path

import pytest

from tests.i18n import table
from tests.i18n.extracting import MO, PO, from_code, kept, messages
from tests.i18n.update import compiled, text, updated

AGAIN = "run `python -m tests.i18n.update`, translate what it lists, run it again"
MESSAGES = messages()
TRANSLATED = [message for message in kept() if message.id]


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_every_message_is_in_the_catalog_and_every_message_of_the_catalog_is_used() -> None:
    known = {message.id if isinstance(message.id, str) else tuple(message.id) for message in TRANSLATED}
    assert set(MESSAGES) - known == set(), AGAIN
    assert known - set(MESSAGES) == set(), AGAIN


def test_every_message_is_translated_and_none_is_a_guess() -> None:
    assert [message.id for message in TRANSLATED if not all(forms(message.string))] == [], AGAIN
    assert [message.id for message in TRANSLATED if message.fuzzy] == []


def test_translations_are_composed_unicode_without_stray_space() -> None:
    for message in TRANSLATED:
        for words in forms(message.string):
            assert unicodedata.is_normalized("NFC", words), words
            assert words == words.strip(), words


def test_translations_fill_in_the_same_values() -> None:
    for message in TRANSLATED:
        wanted = set().union(*(places(form) for form in forms(message.id)))
        for words in forms(message.string):
            assert places(words) == wanted, message.id


def test_the_kept_files_are_what_the_update_writes() -> None:
    assert text(updated()) == PO.read_text(encoding="utf-8"), AGAIN
    assert compiled() == MO.read_bytes(), AGAIN


def test_words_that_cannot_be_read_off_the_code_are_refused(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('say("one" if x else "two")\ncount("{n} a", "{n} b", n=1)\n', encoding="utf-8")
    assert list(from_code(module)) == ["one", "two", ("{n} a", "{n} b")]
    module.write_text("say(template)\n", encoding="utf-8")
    with pytest.raises(ValueError, match="right there"):
        list(from_code(module))


def test_the_table_to_read_through_has_every_message() -> None:
    assert len(table.rows()) == len(TRANSLATED)
    assert table.markdown().count("\n") == len(TRANSLATED) + 2
    assert len(list(csv.reader(table.as_csv().splitlines(keepends=True)))) == len(TRANSLATED) + 1
