"""Bring the Vietnamese catalog up to date: `python -m tests.i18n.update`.

Collects every message, keeps the translations there are, drops what is no longer used, compiles the catalog,
and lists what is still to be translated in quota/locale/vi/LC_MESSAGES/quota.po (translate it there, then run
this again). Exit code 1 while anything is missing.
"""

from __future__ import annotations

import io
import sys

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from tests.i18n.extracting import MO, PO, kept, messages


def updated() -> Catalog:
    """The catalog of today's messages with the translations there are; nothing in it depends on the clock."""
    old = kept() if PO.is_file() else Catalog(locale="vi")
    new = Catalog(locale="vi", project="quota", charset="utf-8", fuzzy=False)
    for message in messages():
        key = message if isinstance(message, str) else message[0]
        known = old.get(key)
        words = known.string if known else ""
        if isinstance(message, tuple) and isinstance(words, str):
            words = (words,)
        if isinstance(message, str) and not isinstance(words, str):
            words = words[0]
        new.add(message, words)
    return new


def text(catalog: Catalog) -> str:
    """The catalog as it is kept: sorted, a message a line, so that additions seldom collide."""
    lines = io.BytesIO()
    write_po(lines, catalog, omit_header=True, sort_output=True, no_location=True, width=0)
    header = (
        'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return header + lines.getvalue().decode("utf-8").strip() + "\n"


class _Messages(list[Message]):
    """What the compiler asks of a catalog, with a header that no clock and no version of Babel changes."""

    charset = "utf-8"


def compiled() -> bytes:
    """The kept catalog as the program reads it."""
    lines = io.BytesIO()
    header = Message("", "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=1; plural=0;\n")
    write_mo(lines, _Messages([header, *(message for message in kept() if message.id)]))
    return lines.getvalue()


def main() -> int:
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalog = updated()
    PO.write_text(text(catalog), encoding="utf-8")
    MO.write_bytes(compiled())
    missing = [message.id for message in catalog if message.id and not any(message.string)]
    for english in missing:
        sys.stdout.write(f"to translate: {english!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
