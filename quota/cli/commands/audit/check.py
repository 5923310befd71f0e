"""`quota check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quota.analysis.checks.checking import check as check_table
from quota.analysis.checks.checking import suggestions
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.grouping import single
from quota.cli.inputs import read_population, settled
from quota.cli.options import AsOf, ControlTotal, ProvinceName, TableFiles, file_option, option
from quota.cli.provinces import refuse_one_total
from quota.core.problems import Severity, errors, refusal, refuse_errors
from quota.core.text import say
from quota.render.kit.output import Output, mention
from quota.render.kit.rendering import Format, Rendering
from quota.render.views.audit.check import check_rendering
from quota.tables.readers.borders import read_borders
from quota.tables.readers.shapes.boundaries import km2, read_boundaries
from quota.tables.shipped.country import COUNTRY_NEIGHBOURS, country
from quota.tables.shipped.embedded import data_day
from quota.tables.shipped.provinces import find_province
from quota.tables.writing import corrected_rows


def check(
    files: TableFiles,
    control_total: ControlTotal = None,
    province: ProvinceName = None,
    neighbours: Annotated[
        str | None, file_option("--neighbours", "Pairs that share a border: areas are held to them.")
    ] = None,
    boundaries: Annotated[
        Path | None,
        option(
            "--boundaries", "FILE.geojson", "Boundaries of the units: areas are held to what they enclose."
        ),
    ] = None,
    as_of: AsOf = None,
    fix: Annotated[
        Path | None,
        option(
            "--fix",
            "OUT.csv",
            "Write the table with the residents that are as good as proved, and the original ones.",
        ),
    ] = None,
    how: Handling = AS_USUAL,
) -> None:
    """Every finding about a table: duplicates, implausible residents, lost zeros, wrong totals.

    Exit code 0: nothing worse than a warning; 1: an error stands; 2: no table could be read.
    """
    held_to = find_province(province) if province is not None else None
    if province is not None and held_to is None:
        message = say('no province is called "{name}"', name=province)
        raise refusal("unknown-province", message, value=province)
    table = read_population(files, settled(how, population=files))
    if not table.units:
        refuse_errors(table.problems)
    if control_total is not None:
        refuse_one_total(unit.province or "" for unit in table.units)
    borders = read_borders(neighbours, how.options()) if neighbours else None
    refuse_errors(borders.problems if borders else ())
    shapes = read_boundaries(boundaries, table.units) if boundaries is not None else None
    refuse_errors(shapes.problems if shapes else ())
    report = check_table(
        table,
        country(),
        find_province,
        control_total=control_total,
        province=held_to.name if held_to else "",
        borders=borders.borders if borders else (),
        known_borders=lambda: read_borders(COUNTRY_NEIGHBOURS).borders,
        outlines={code: km2(shape) for code, shape in shapes.shapes.items()} if shapes else None,
        known_on=data_day(),
        as_of=as_of,
    )
    if fix is not None and errors(table.problems):
        why = say("{file} is not written: cells and rows that cannot be read would be lost in it", file=fix)
        mention(why)
    elif fix is not None:
        rows = corrected_rows(table, suggestions(report))
        shown = check_rendering(report)
        Output(Format.CSV, fix).write(Rendering(shown.json, lambda: rows, shown.markdown, shown.terminal))
    remarks = (problem for problem in table.problems if problem.severity is Severity.INFORMATION)
    beside = (*(borders.problems if borders else ()), *(shapes.problems if shapes else ()))
    how.answer(check_rendering(report), (*remarks, *beside))
    raise typer.Exit(
        1 if any(finding.problem.severity is Severity.ERROR for finding in report.findings) else 0
    )


app = single(check)
