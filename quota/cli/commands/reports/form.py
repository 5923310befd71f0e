"""`quota form`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.cli.annexes import EMPTY, AnnexTables, filled_annex
from quota.cli.answering import tell
from quota.cli.frames import AS_SHIPPED, FrameOptions
from quota.cli.grouping import single
from quota.cli.inputs import read_population, settled, settled_units
from quota.cli.options import AsOf, FieldRulesId, OutputFile, day_or_today, file_option, option
from quota.cli.provinces import by_province
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.refusing import usage_error
from quota.core.problems import refuse_errors
from quota.core.text import say
from quota.core.units import Unit, UnitTable
from quota.norms.applying import load_norms
from quota.norms.kinds import DEFAULT_FIELDS
from quota.norms.loading import load_fields
from quota.render.kit.output import Output, pipe, write_file
from quota.render.views.reports.annex_book import annex_book
from quota.render.views.reports.form import Filling, form_book
from quota.tables.shipped.annexes import ENDINGS, annex_text, find_annex, is_annex
from quota.tables.shipped.country import country, in_force
from quota.tables.shipped.layouts import find_layout


def form(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|PATH",
            help="population, staff, roster, fields, needs, positions, secondments, done; the annexes "
            "giao-bien-che, bien-che-theo-khoi; or a layout of your own (.json, .yaml, as in data/forms).",
        ),
    ],
    province: Annotated[
        str | None, option("--province", "PROVINCE", "Whose units the drop-downs offer, by name or code.")
    ] = None,
    population: Annotated[
        list[str] | None, file_option("--population", "The table whose units the drop-downs offer.")
    ] = None,
    given: AnnexTables = EMPTY,
    under: FrameOptions = AS_SHIPPED,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    as_of: AsOf = None,
    how: Reading = AS_FOUND,
    output: OutputFile = None,
) -> None:
    """An empty form to fill in: headings, drop-downs, notes, example rows; the tables that commands read.

    In the language of --lang; its headings are read in both. Write over the example rows.

    giao-bien-che is the annex of posts assigned that a department hands in, bien-che-theo-khoi the norm, the
    posts assigned and the people in post by bloc: filled from the tables given, with live sums; with
    --output NAME.docx as a document. With --output NAME.yaml such an annex's layout is written, to change and
    to give as PATH.
    """
    if is_annex(name):
        _annex(name, province, population, given, under, day_or_today(as_of), how, output)
        return
    if given.any_given:
        raise usage_error(say("an empty form takes no figures: they are for the annexes"))
    if output is not None and output.suffix.lower() != ".xlsx":
        raise usage_error(say("a form is a workbook: give --output a name that ends in .xlsx"))
    layout = find_layout(name)
    day = day_or_today(as_of)
    shipped = in_force(country().values(), day)
    units = _units(province, population, how, under, output, shipped).units
    fields = [field.name for field in load_fields(field_rules).fields]
    filling = Filling(units, units or shipped, load_norms(under.rules, day).summary.blocs, fields)
    _written(form_book(layout, filling), output)


def _units(
    province: str | None,
    population: list[str] | None,
    how: Reading,
    under: FrameOptions,
    output: Path | None,
    shipped: tuple[Unit, ...],
) -> UnitTable:
    """The units of the tables, or of the province; none where neither is given."""
    table = UnitTable(())
    if population:
        table = read_population(population, settled(how, population=population))
        refuse_errors(table.problems)
        tell(table.problems, Output(None, output), verbose=how.verbose)
    units = table.units
    if province is not None:
        units = tuple(unit for _, group in by_province(units or shipped, province) for unit in group)
    return settled_units(replace(table, units=units, problems=()), under.terrain, how)


def _annex(
    name: str,
    province: str | None,
    population: list[str] | None,
    given: AnnexTables,
    under: FrameOptions,
    day: date,
    how: Reading,
    output: Path | None,
) -> None:
    """Write an annex, or its layout."""
    ending = output.suffix.lower() if output is not None else ".xlsx"
    if ending in ENDINGS:
        find_annex(name)  # what is no layout is not handed on as one
        _written(annex_text(name).encode(), output)
        return
    if ending not in (".xlsx", ".docx"):
        raise usage_error(say("end --output in .xlsx, .docx, or .yaml for the annex's layout"))
    annex, norms = find_annex(name), under.norms(day)
    shipped = in_force(country().values(), day)
    units = _units(province, population, how, under, output, shipped)
    sheet = filled_annex(annex, units, norms, given, how, day, Output(None, output))
    if ending == ".docx":
        from quota.render.report.annex import annex_document  # what writes Word, on use

        _written(annex_document(sheet), output)
    else:
        _written(annex_book(sheet), output)


def _written(content: bytes, output: Path | None) -> None:
    if output is None:
        pipe(content, "form.xlsx")
    else:
        write_file(output, content)


app = single(form)
