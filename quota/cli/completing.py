"""What the shell completes: ids of frames and embedded tables, names of units. Light: no rule file is parsed.

Where nothing fits, the shell offers files, as it would without this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer

from quota.core.characters import pattern

_KIND = pattern(r"^kind:\s*(\S+)", re.MULTILINE)

Completions = list[tuple[str, str]]
"""Values, each with what it is."""


def frames(incomplete: str) -> Completions:
    """The ids of the shipped frames."""
    from quota.run.locations import rules_folder

    found = []
    for path in sorted(rules_folder().glob("*.yaml")):
        kind = _KIND.search(path.read_text(encoding="utf-8"))
        if path.stem.startswith(incomplete) and (kind is None or kind.group(1) == "frame"):
            found.append((path.stem, ""))
    return found


def population_tables(incomplete: str) -> Completions:
    """The ids of the embedded population tables."""
    return _tables("population", incomplete)


def staff_tables(incomplete: str) -> Completions:
    """The ids of the embedded staff tables."""
    return _tables("staff", incomplete)


def assigned_tables(incomplete: str) -> Completions:
    """The ids of the embedded tables of assigned posts."""
    return _tables("assigned", incomplete)


def topics(incomplete: str) -> Completions:
    """The topics of the documentation."""
    from quota.run.documentation import all_topics

    return [(topic.name, "") for topic in all_topics("en") if topic.name.startswith(incomplete)]


def units(ctx: typer.Context, incomplete: str) -> Completions:
    """Names of units, as one word that needs no quotes: `hong-bang`; with accents where some are typed."""
    from quota.core.names import fold, without_accents, without_prefix
    from quota.tables.readers.units.population import read_units
    from quota.tables.shipped.embedded import DEFAULT_POPULATION

    table = read_units(ctx.params.get("population") or DEFAULT_POPULATION)
    accented = not incomplete.isascii()

    def spelt(name: str) -> Iterator[str]:
        folded = fold(name) if accented else without_accents(name)
        for spelling in (without_prefix(folded), folded):
            yield _one_word(spelling)

    wanted = _one_word(fold(incomplete)) if accented else incomplete.lower()
    every = [(word, unit) for unit in table.units for word in spelt(unit.name)]
    times: dict[str, int] = {}
    for word, _ in every:
        times[word] = times.get(word, 0) + 1
    found = {
        word if times[word] == 1 else unit.code: f"{unit.name} ({unit.code})"
        for word, unit in every
        if word.startswith(wanted)
    }
    found |= {unit.code: unit.name for unit in table.units if incomplete and unit.code.startswith(incomplete)}
    return sorted(found.items())


def _one_word(name: str) -> str:
    """A name with hyphens in place of its spaces, and of the hyphens it has."""
    return name.replace(" - ", "-").replace(" ", "-")


def _tables(kind: str, incomplete: str) -> Completions:
    from quota.render.kit.language import phrase
    from quota.tables.shipped.embedded import embedded_tables

    return [
        (table.id, phrase(table.what))
        for table in embedded_tables()
        if table.kind == kind and table.id.startswith(incomplete)
    ]
