"""`quota reconcile`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from quota.analysis.checks.checking import sure_codes
from quota.analysis.checks.known import named_alike
from quota.analysis.checks.reconciling import reconcile as reconcile_units
from quota.analysis.checks.slips import DRAWN, WRITTEN, KnownAreas
from quota.cli.answering import AS_USUAL, Handling, tell
from quota.cli.grouping import single
from quota.cli.inputs import read_population, settled
from quota.cli.options import ControlTotal, ProvinceName, TableFiles, option
from quota.cli.provinces import TOTAL_OR_NAME, by_province, refuse_one_total, total_of
from quota.cli.waiting import waiting
from quota.core.problems import Problem, refusal, refuse_errors
from quota.core.reconciliation import ReconcileReport, Reconciliation
from quota.core.text import say
from quota.core.units import Unit, UnitTable
from quota.render.kit.output import mention, plain_table
from quota.render.kit.rendering import Format
from quota.render.views.audit.reconcile import reconcile_rendering
from quota.run.extras import need
from quota.tables.readers.shapes.boundaries import km2, read_boundaries
from quota.tables.shipped.country import country
from quota.tables.shipped.doubtful import is_doubtful
from quota.tables.shipped.provinces import find_province
from quota.tables.writing import Cell, corrected_rows


def reconcile(
    files: TableFiles,
    control_total: ControlTotal = None,
    province: ProvinceName = None,
    accept: Annotated[
        list[str] | None,
        option(
            "--accept",
            "NAME",
            "Take the explanation of this name, where it is not the only one; may be repeated.",
        ),
    ] = None,
    time_limit: Annotated[
        int, option("--time-limit", "SECONDS", "How long to search a province.", min=1, max=3600)
    ] = 30,
    boundaries: Annotated[
        Path | None,
        option(
            "--boundaries",
            "FILE.geojson",
            "Boundaries of the units: rows whose areas are those of others slipped.",
        ),
    ] = None,
    how: Handling = AS_USUAL,
) -> None:
    """Which residents lost zeros, so that the table adds up to its control total exactly.

    Where areas are known (--boundaries, or codes of the embedded tables) rows that slipped are found by them.
    A table of several provinces is taken province by province, each with its published total. CSV, and a file
    named with --output, is the table with what is settled corrected and `original_population` beside it.
    Exit code 0: every total is explained; 1: one is not, or several explanations fit; 2: bad input.
    """
    need("plan", "ortools")
    table = read_population(files, settled(how, population=files))
    refuse_errors(table.problems)
    found = []
    provinces = by_province(table.units, province, TOTAL_OR_NAME)
    if control_total is not None:
        refuse_one_total(name for name, _ in provinces)
    known = country()
    areas, doubts = _areas(table.units, boundaries)
    sure = {code: known[code].population or 0 for code in sure_codes(known, find_province)}
    for name, units in provinces:
        total, published_units = total_of(name, control_total)
        with waiting(say("Reconciling {name} …", name=name or table.sources[0].path)):
            until = time.monotonic() + time_limit
            found.append(
                reconcile_units(
                    name,
                    units,
                    total,
                    partial(_left, until),
                    accept=accept or (),
                    published_units=published_units,
                    embedded=sure,
                    areas=areas,
                )
            )
    _refuse_unknown(accept or (), found)
    report = ReconcileReport(tuple(found), table.sources, table.problems, time_limit)
    out = how.out()
    rendering = reconcile_rendering(report, lambda: _corrected(table, found))
    out.write(rendering)
    if out.format is Format.CSV:  # a corrected table holds no words: what was done to it is said here
        mention(plain_table(rendering).removesuffix("\n"))
    tell((*report.problems, *doubts), out, verbose=how.verbose)
    raise typer.Exit(0 if all(reconciliation.settled for reconciliation in report.provinces) else 1)


def _corrected(table: UnitTable, found: Sequence[Reconciliation]) -> list[list[Cell]]:
    """The table of the provinces that were looked at, in its own order, with what is settled."""
    settled_residents = {code: people for province in found for code, people in province.corrected().items()}
    here = {unit.code for province in found for unit in province.units}
    names = {None, *(unit.province for unit in table.units if unit.code in here)}
    units = tuple(unit for unit in table.units if unit.code in here)
    reserves = tuple(reserve for reserve in table.reserves if reserve.province in names)
    return corrected_rows(replace(table, units=units, reserves=reserves), settled_residents)


def _refuse_unknown(accept: Sequence[str], found: Sequence[Reconciliation]) -> None:
    """Refuse a name that no explanation has: what is written is what the user has seen and chosen."""
    names = [
        name
        for province in found
        for account in province.accounts
        if (name := province.name_of(account)) is not None
    ]
    for asked in accept:
        if asked not in names:
            message = say('no explanation that can be taken is called "{name}"', name=asked)
            fix = (
                say("those that can are {names}", names=", ".join(names))
                if names
                else say("leave --accept out: here none can be taken by its name")
            )
            raise refusal("unknown-explanation", message, fix, value=asked)
    for province in found:
        chosen = [name for account in province.accounts if (name := province.name_of(account)) in accept]
        if len(chosen) > 1:
            message = say("{names} are explanations of the same figures", names=", ".join(map(str, chosen)))
            fix = say("accept one of them")
            raise refusal("several-explanations", message, fix)


def _areas(units: Sequence[Unit], boundaries: Path | None) -> tuple[KnownAreas, tuple[Problem, ...]]:
    """The areas inside the units' boundaries, or else those of embedded units of the same code and name.

    With what is to be said of the file of boundaries.
    """
    if boundaries is not None:
        found = read_boundaries(boundaries, units)
        refuse_errors(found.problems)
        drawn = {code: km2(shape) for code, shape in found.shapes.items()}
        return KnownAreas(drawn, DRAWN), found.problems
    known = country()
    here = {
        unit.code: float(embedded.area_km2)
        for unit in units
        if (embedded := known.get(unit.code)) is not None
        and embedded.area_km2
        and named_alike(unit, embedded)
        and not is_doubtful(unit.code)
    }
    return KnownAreas(here, WRITTEN), ()


def _left(until: float) -> float:
    return until - time.monotonic()


app = single(reconcile)
