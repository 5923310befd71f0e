"""Findings in all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from quota._version import __version__
from quota.core.findings import CheckReport, Finding
from quota.core.problems import Severity
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import inputs_line
from quota.render.kit.plain import inputs_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import words

SEVERITY_NAMES: Mapping[Severity, Text] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFORMATION: say("information"),
}


def check_rendering(report: CheckReport) -> Rendering:
    """How to write what checking found."""
    plain = _for_programs(report)
    people = grid_rendering(_for_people(report), lambda: [checked_line(report.inputs, len(report.units))])
    return replace(people, json=plain.json, rows=plain.csv, workbook=None)


def checked_line(inputs: Iterable[InputFile], units: int) -> tuple[str, str]:
    """The files that were checked, and how many units they have."""
    return words(say("Checked")), f"{inputs_line(inputs)} · {words(count('{n} unit', '{n} units', n=units))}"


def _for_programs(report: CheckReport) -> Grid:
    return table(
        report.findings,
        Shown(say("Severity"), lambda finding: finding.problem.severity.value, "severity"),
        Shown(say("Finding"), lambda finding: finding.problem.code, "code"),
        Shown(say("File"), lambda finding: finding.problem.file, "file"),
        Shown(say("Sheet"), lambda finding: finding.problem.sheet, "sheet"),
        Shown(say("Row"), lambda finding: finding.problem.row, "row"),
        Shown(say("Column"), lambda finding: finding.problem.column, "column"),
        Shown(say("Unit"), lambda finding: finding.unit.code if finding.unit else None, "unit"),
        Shown(say("Value"), lambda finding: finding.problem.value, "value"),
        Shown(say("Why"), lambda finding: finding.problem.message, "why"),
        Shown(say("Suggested"), lambda finding: finding.residents, "suggested"),
        Shown(say("What to do"), lambda finding: finding.problem.fix, "fix"),
        name="findings",
        about={"quota_version": __version__, "inputs": inputs_plain(report.inputs)},
    )


def _for_people(report: CheckReport) -> Grid:
    several = len({finding.problem.file for finding in report.findings}) > 1
    return table(
        report.findings,
        Shown(say("Severity"), lambda finding: SEVERITY_NAMES[finding.problem.severity]),
        Shown(say("File"), lambda finding: finding.problem.file or "", when=several),
        figures(say("Row"), lambda finding: str(finding.problem.row or "")),
        Shown(say("Unit"), lambda finding: finding.unit.name if finding.unit else ""),
        Shown(say("Value"), lambda finding: finding.problem.value or ""),
        Shown(say("Why"), lambda finding: finding.problem.message),
        figures(say("Suggested"), lambda finding: "" if finding.residents is None else finding.residents),
        closing=[summary(report.findings)],
    )


def summary(findings: Sequence[Finding]) -> Text:
    """How many findings, and how many of them are errors."""
    errors = sum(finding.problem.severity is Severity.ERROR for finding in findings)
    if not findings:
        return say("No findings.")
    return count(
        "{n} finding, errors: {errors}.", "{n} findings, errors: {errors}.", n=len(findings), errors=errors
    )
