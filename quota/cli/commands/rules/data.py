"""`quota data`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Annotated

from quota.analysis.checks.checking import check, sure_codes
from quota.analysis.checks.doubts import doubts
from quota.cli.grouping import new_app
from quota.cli.options import AsOf, FormatOption, OutputFile, day_or_today, option
from quota.cli.provinces import by_province
from quota.core.text import Text, say
from quota.core.units import Unit, UnitTable
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Shown, figures, table
from quota.render.kit.output import Output
from quota.render.kit.words import TYPE_WORDS
from quota.tables.files.raw import read_table
from quota.tables.readers.borders import read_borders
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, country, in_force
from quota.tables.shipped.embedded import embedded_tables
from quota.tables.shipped.provinces import find_province

_DOUBTS = {
    "blank-area": say("area unknown"),
    "implausible-population": say("residents far from usual"),
    "lost-zeros": say("zeros may be lost"),
    "one-predecessor": say("may be one predecessor's"),
    "same-figures": say("as another unit"),
    "wrong-total": say("province total off"),
}

_KINDS = {
    "assigned": say("assigned posts"),
    "changes": say("changes of units"),
    "fields": say("fields of work"),
    "needs": say("needs by field"),
    "neighbours": say("borders"),
    "population": say("residents"),
    "provinces": say("provinces"),
    "published": say("published posts"),
    "secondments": say("people on loan"),
    "staff": say("people in post"),
}
"""What each kind of embedded table holds."""

app = new_app(help="The tables that come with the program.", no_args_is_help=True)


@app.callback()
def _data() -> None:
    """The tables that come with the program."""


@app.command("list")
def list_tables(form: FormatOption = None, output: OutputFile = None) -> None:
    """What is embedded: id, kind, rows, province, what it holds, and whether it is real."""
    grid = table(
        embedded_tables(),
        Shown(say("Id"), lambda there: there.id, "id"),
        Shown(say("Kind"), lambda there: there.kind, "kind", names=_KINDS),
        figures(say("Rows"), lambda there: len(read_table(there.path, there.label).rows), "rows"),
        Shown(say("Province"), lambda there: there.province, "province"),
        Shown(
            say("Figures of"), lambda there: date.fromisoformat(there.as_of) if there.as_of else "", "as_of"
        ),
        Shown(say("Made up"), lambda there: there.illustrative, "illustrative"),
        Shown(say("What"), lambda there: Text(there.what), "what"),
        name="tables",
        closing=[say("An id can stand wherever a command takes a table. Sources: data/README.md.")],
    )
    Output(form, output).write(grid_rendering(grid))


@app.command("units")
def list_units(
    province: Annotated[
        str | None, option("--province", "PROVINCE", "Only the units of this province, by name or code.")
    ] = None,
    as_of: AsOf = None,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Every unit of the country: official code, name and type on a day, residents at 31/12/2024, area in km².

    As CSV it is a population table: the start of one's own. What check doubts stands beside each figure.
    """
    day = day_or_today(as_of)
    units = in_force(country().values(), day)
    if province is not None:
        units = tuple(unit for _, group in by_province(units, province) for unit in group)
    doubtful = _doubts(units)
    types = {kind.value: words for kind, words in TYPE_WORDS.items()}
    doubts_in_words = {kinds: _in_words(kinds) for kinds in doubtful.values()}
    grid = table(
        units,
        Shown(say("Code"), lambda unit: unit.code, "code", whole=True),
        Shown(say("Name"), lambda unit: unit.name, "name"),
        Shown(say("Type"), lambda unit: unit.type.value, "type", names=types),
        Shown(say("Province"), lambda unit: unit.province, "province"),
        figures(say("Residents"), lambda unit: unit.population, "population"),
        figures(
            say("Area, km²"), lambda unit: None if unit.area_km2 is None else float(unit.area_km2), "area_km2"
        ),
        Shown(say("Doubt"), lambda unit: doubtful.get(unit.code, ""), "doubt", names=doubts_in_words),
        name="units",
        about={"as_of": day.isoformat()},
        closing=[say("More on what is doubtful: data/README.md, or quota check vietnam.")],
    )
    Output(form, output).write(grid_rendering(grid))


def _doubts(units: Iterable[Unit]) -> Mapping[str, str]:
    """What check finds of each unit, as the codes of its findings, by the unit's code."""
    known = country()
    table = UnitTable(tuple(known[unit.code] for unit in units))  # with the names that the figures came with
    report = check(
        table, known, find_province, known_borders=lambda: read_borders(COUNTRY_NEIGHBOURS).borders
    )
    found = doubts(report, sure_codes(known, find_province))
    return {code: " ".join(kinds) for code, kinds in found.items()}


def _in_words(kinds: str) -> Text:
    return reduce(
        lambda said, more: say("{first}; {other}", first=said, other=more),
        (_DOUBTS[kind] for kind in kinds.split()),
    )
