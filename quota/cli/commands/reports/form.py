"""`quota form`."""

from __future__ import annotations

from typing import Annotated

import typer

from quota.cli.inputs import read_population, settled, tell
from quota.cli.options import (
    AS_FOUND,
    AsOf,
    FieldRulesId,
    FrameId,
    OutputFile,
    Reading,
    day_or_today,
    single,
    usage_error,
)
from quota.cli.provinces import by_province
from quota.core.problems import refuse_errors
from quota.core.text import say
from quota.core.units import Unit
from quota.norms.applying import load_norms
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_FRAME
from quota.norms.loading import load_fields
from quota.render.kit.output import Output, pipe, write_file
from quota.render.views.reports.form import Filling, form_book
from quota.tables.shipped.country import country, in_force
from quota.tables.shipped.layouts import find_layout


def form(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|PATH",
            help="population, staff, roster, fields, needs, positions, secondments, done; or a layout of "
            "your own (.json, as those in data/forms).",
        ),
    ],
    province: Annotated[
        str | None,
        typer.Option(
            "--province", metavar="PROVINCE", help="Whose units the drop-downs offer, by name or code."
        ),
    ] = None,
    population: Annotated[
        list[str] | None,
        typer.Option("--population", metavar="FILE", help="The table whose units the drop-downs offer."),
    ] = None,
    rules: FrameId = DEFAULT_FRAME,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    as_of: AsOf = None,
    how: Reading = AS_FOUND,
    output: OutputFile = None,
) -> None:
    """An empty form to fill in: headings, drop-downs, notes, example rows; the tables that commands read.

    In the language of --lang; its headings are read in both. Write over the example rows.
    """
    if output is not None and output.suffix.lower() != ".xlsx":
        raise usage_error(say("a form is a workbook: give --output a name that ends in .xlsx"))
    layout = find_layout(name)
    shipped = in_force(country().values(), day_or_today(as_of))
    units: tuple[Unit, ...] = ()
    if population:
        table = read_population(population, settled(how, population=population))
        refuse_errors(table.problems)
        tell(table.problems, Output(None, output), verbose=how.verbose)
        units = table.units
    if province is not None:
        units = tuple(unit for _, group in by_province(units or shipped, province) for unit in group)
    fields = [field.name for field in load_fields(field_rules).fields]
    filling = Filling(units, units or shipped, load_norms(rules, day_or_today(as_of)).summary.blocs, fields)
    content = form_book(layout, filling)
    if output is None:
        pipe(content, "form.xlsx")
    else:
        write_file(output, content)


app = single(form)
