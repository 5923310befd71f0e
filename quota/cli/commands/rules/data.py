"""`quota data`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from quota.cli.options import AsOf, FormatOption, OutputFile, day_or_today, new_app
from quota.cli.provinces import by_province
from quota.core.text import Text, say
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.output import Output
from quota.render.kit.words import TYPE_WORDS
from quota.tables.files.raw import read_table
from quota.tables.shipped.country import country, in_force
from quota.tables.shipped.embedded import embedded_tables

app = new_app(help="The tables that come with the program.", no_args_is_help=True)


@app.callback()
def _data() -> None:
    """The tables that come with the program."""


@app.command("list")
def list_tables(form: FormatOption = None, output: OutputFile = None) -> None:
    """What is embedded: id, kind, rows, province, what it holds, and whether it is real."""
    columns = [
        Column("id", say("Id")),
        Column("kind", say("Kind")),
        Column("rows", say("Rows"), numeric=True),
        Column("province", say("Province")),
        Column("as_of", say("Figures of")),
        Column("illustrative", say("Made up")),
        Column("what", say("What")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "id": table.id,
            "kind": table.kind,
            "rows": len(read_table(table.path, table.label).rows),
            "province": table.province,
            "as_of": date.fromisoformat(table.as_of) if table.as_of else "",
            "illustrative": table.illustrative,
            "what": Text(table.what),
        }
        for table in embedded_tables()
    ]
    closing = [say("An id can stand wherever a command takes a table. Sources: data/README.md.")]
    Output(form, output).write(grid_rendering(Grid("tables", columns, rows, {}, closing)))


@app.command("units")
def list_units(
    province: Annotated[
        str | None,
        typer.Option(
            "--province", metavar="PROVINCE", help="Only the units of this province, by name or code."
        ),
    ] = None,
    as_of: AsOf = None,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Every unit of the country: official code, name and type on a day, residents at 31/12/2024, area in km².

    As CSV it is a population table: the start of one's own.
    """
    day = day_or_today(as_of)
    units = in_force(country().values(), day)
    if province is not None:
        units = tuple(unit for _, group in by_province(units, province) for unit in group)
    columns = [
        Column("code", say("Code"), whole=True),
        Column("name", say("Name")),
        Column("type", say("Type"), names={kind.value: words for kind, words in TYPE_WORDS.items()}),
        Column("province", say("Province")),
        Column("population", say("Residents"), numeric=True),
        Column("area_km2", say("Area, km²"), numeric=True),
    ]
    rows: list[dict[str, Value]] = [
        {
            "code": unit.code,
            "name": unit.name,
            "type": unit.type.value,
            "province": unit.province,
            "population": unit.population,
            "area_km2": None if unit.area_km2 is None else float(unit.area_km2),
        }
        for unit in units
    ]
    closing = [say("Which of these figures are doubtful: data/README.md, or quota check vietnam.")]
    Output(form, output).write(
        grid_rendering(Grid("units", columns, rows, {"as_of": day.isoformat()}, closing))
    )
