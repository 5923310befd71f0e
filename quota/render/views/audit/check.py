"""Findings in all their forms, and the table with what they suggest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from quota._version import __version__
from quota.core.blocs import all_of
from quota.core.findings import CheckReport, Finding
from quota.core.problems import Severity
from quota.core.text import Text, count, say
from quota.core.units import Unit
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.rendering import Cell, Rendering

SEVERITY_NAMES: Mapping[Severity, Text] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFORMATION: say("information"),
}
ORIGINAL = "original_population"


def check_rendering(report: CheckReport) -> Rendering:
    """How to write what checking found."""
    shown = grid_rendering(_grid(report, _words))
    plain = grid_rendering(_grid(report, _values))
    return Rendering(plain.json, plain.rows, shown.markdown, shown.terminal)


def _grid(report: CheckReport, make: Callable[[Finding], dict[str, Value]]) -> Grid:
    several = len({finding.problem.file for finding in report.findings}) > 1
    columns = [
        Column("severity", say("Severity")),
        Column("code", say("Finding"), hidden=True),
        Column("file", say("File"), hidden=not several),
        Column("sheet", say("Sheet"), hidden=True),
        Column("row", say("Row"), numeric=True),
        Column("column", say("Column"), hidden=True),
        Column("unit", say("Unit")),
        Column("value", say("Value")),
        Column("why", say("Why")),
        Column("suggested", say("Suggested"), numeric=True),
        Column("fix", say("What to do"), hidden=True),
    ]
    about = {
        "quota_version": __version__,
        "inputs": [{"path": file.path, "sha256": file.sha256, "rows": file.rows} for file in report.inputs],
    }
    return Grid(
        "findings", columns, [make(finding) for finding in report.findings], about, [summary(report.findings)]
    )


def summary(findings: Sequence[Finding]) -> Text:
    """How many findings, and how many of them are errors."""
    errors = sum(finding.problem.severity is Severity.ERROR for finding in findings)
    if not findings:
        return say("No findings.")
    return count(
        "{n} finding, errors: {errors}.", "{n} findings, errors: {errors}.", n=len(findings), errors=errors
    )


def _values(finding: Finding) -> dict[str, Value]:
    problem = finding.problem
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "unit": finding.unit.code if finding.unit else None,
        "value": problem.value,
        "why": problem.message,
        "suggested": finding.residents,
        "fix": problem.fix,
    }


def _words(finding: Finding) -> dict[str, Value]:
    blank: dict[str, Value] = {key: "" if value is None else value for key, value in _values(finding).items()}
    row = "" if finding.problem.row is None else str(finding.problem.row)
    name = finding.unit.name if finding.unit else ""
    return blank | {"severity": SEVERITY_NAMES[finding.problem.severity], "row": row, "unit": name}


def corrected_rows(units: Sequence[Unit], corrected: Mapping[str, int]) -> Iterator[Sequence[Cell]]:
    """The table with corrected residents in place (by code), the original ones beside them, all else kept."""
    known = ("code", "name", "type", "population", ORIGINAL)
    blocs = [
        bloc
        for bloc in all_of(unit.staff.order for unit in units)
        if any(unit.staff.get(bloc) is not None for unit in units)
    ]
    columns = (*known, *(bloc for bloc in blocs))
    more = [key for key in dict.fromkeys(key for unit in units for key in unit.more) if key not in columns]
    yield (*columns, *more)
    for unit in units:
        population = corrected.get(unit.code, unit.population)
        staff = [unit.staff.get(bloc) for bloc in blocs]
        others = [unit.more.get(key) for key in more]
        yield (unit.code, unit.name, unit.type.value, population, unit.population, *staff, *others)
