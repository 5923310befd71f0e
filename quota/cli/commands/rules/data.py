"""`quota data`."""

from __future__ import annotations

from datetime import date

from quota.cli.options import FormatOption, OutputFile, new_app
from quota.core.text import Text, say
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.output import Output
from quota.tables.files.raw import read_table
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
    Output(form, output).write(Grid("tables", columns, rows, {}, closing).rendering())
