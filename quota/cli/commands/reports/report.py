"""`quota report`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit as audit_of
from quota.cli.answering import tell
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs, tell_findings
from quota.cli.options import (
    AssignedFile,
    OutputFile,
    PopulationFile,
    SecondmentsFile,
    StaffFile,
    WorkTables,
    file_option,
)
from quota.cli.papers import NO_PAPER, PaperOptions
from quota.cli.provinces import only_province
from quota.cli.reading import AS_FOUND, Reading
from quota.cli.refusing import usage_error
from quota.cli.states import NO_STATES, StateFiles, read_all_work
from quota.cli.waiting import waiting
from quota.core.problems import refusal, refuse_errors
from quota.core.text import say
from quota.render.kit.output import Output, pipe, write_file
from quota.render.kit.rendering import Format
from quota.render.report.contents import Report, report_markdown
from quota.run.ledger import settle

if TYPE_CHECKING:
    from quota.norms.schema import Frame


class ReportFormat(StrEnum):
    """What a report is written as."""

    HTML = "html"
    DOCX = "docx"
    MD = "md"


_BY_ENDING = {
    ".html": ReportFormat.HTML,
    ".htm": ReportFormat.HTML,
    ".docx": ReportFormat.DOCX,
    ".md": ReportFormat.MD,
    ".markdown": ReportFormat.MD,
}


def report(
    population: PopulationFile = None,
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    secondments: SecondmentsFile = None,
    states: StateFiles = NO_STATES,
    how: Reading = AS_FOUND,
    boundaries: Annotated[
        Path | None,
        file_option(
            "--boundaries",
            "Boundaries of the units for the map: GeoJSON, WGS 84, with each unit's code or name as a "
            "property. Without it: points sized by residents.",
        ),
    ] = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            show_default="by the ending of --output, else html",
            help="html: one page with a map, works offline; docx: Word, laid out as an official report; "
            "md: Markdown for pasting.",
        ),
    ] = None,
    papers: PaperOptions = NO_PAPER,
    output: OutputFile = None,
) -> None:
    """A report to hand in: a page with a map, a Word document, or Markdown.

    All of them hold the figures of `quota audit`, in words, tables and pictures; with --positions also
    positions filled and vacant, and with --secondments, --people, --leavers and --arrivals who is on loan,
    leaves or arrives by --until.
    """
    chosen = form or _by_ending(output)
    if form is None:
        settle("format", chosen.value)
    if papers.any_given and chosen is not ReportFormat.DOCX:
        raise usage_error(say("head and foot of a paper are for Word: ask for --format docx"))
    with waiting(say("Writing the report …"), quiet=how.ask):
        day = under.day()
        norms = under.norms(day)
        blocs = norms.summary.blocs
        units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=blocs)
        posts = read_assignment(assigned, how, blocs)
        if secondments is None and not states.any_given:
            audit = audit_of(units, norms, staff_table, posts, as_of=day)
        else:
            from quota.analysis.work.working import audit_work

            given = read_all_work(WorkTables(secondments=secondments), states, how, blocs, day)
            audit = audit_work(units, norms, staff_table, given, as_of=day, assigned=posts)
        made = Report(audit, province=only_province(units.units, day), paper=papers.read())
        if boundaries is not None:
            made = _drawn(made, boundaries)
        content = _content(made, chosen, lambda: under.frame(day))
    if output is not None:
        write_file(output, content)
    else:
        pipe(content, f"report.{chosen.value}", screen=chosen is ReportFormat.MD)
    tell(
        made.audit.problems, Output(Format.MARKDOWN if output is None else None, output), verbose=how.verbose
    )
    tell_findings(units, [population] if population else None)


def _beside(made: Report) -> Mapping[str, frozenset[str]]:
    """The units that each unit borders on; a list of those that lie on the map, or none."""
    from quota.tables.shipped.beside import official_neighbours

    return official_neighbours(audited.unit for audited in made.audit.units)


def _drawn(made: Report, boundaries: Path) -> Report:
    """The report with the shapes of its units, and of what lies beside them, thinned for drawing."""
    from quota.tables.readers.shapes.boundaries import read_boundaries
    from quota.tables.readers.shapes.simplifying import beside, simplified, tolerance_of

    found = read_boundaries(boundaries, [audited.unit for audited in made.audit.units])
    refuse_errors(found.problems)
    around = beside(found.around, found.shapes)
    units = {f"unit {code}": shape for code, shape in found.shapes.items()}
    drawn = simplified({**around, **units}, tolerance_of(units))
    audit = replace(
        made.audit,
        inputs=(*made.audit.inputs, *([found.source] if found.source else [])),
        problems=(*made.audit.problems, *found.problems),
    )
    shapes = {code: drawn[f"unit {code}"] for code in found.shapes}
    return replace(made, audit=audit, shapes=shapes, around={name: drawn[name] for name in around})


def _by_ending(output: Path | None) -> ReportFormat:
    """The form that goes with the file's ending; a page where it has none. `InputError` for others."""
    if output is None or not output.suffix:
        return ReportFormat.HTML
    form = _BY_ENDING.get(output.suffix.lower())
    if form is None:
        message = say("no form goes with the ending {ending}", ending=output.suffix)
        fix = say("use one of {endings}, or say --format", endings=", ".join(_BY_ENDING))
        raise refusal("unwritable", message, fix, file=str(output))
    return form


def _content(made: Report, form: ReportFormat, frame: Callable[[], Frame]) -> bytes:
    """The bytes of the file; `frame` gives the frame whose working a page shows."""
    if form is ReportFormat.MD:
        return report_markdown(made).encode("utf-8")
    if form is ReportFormat.DOCX:
        from quota.render.report.word import report_document

        return report_document(made)
    from quota.render.report.page import report_page

    return report_page(replace(made, beside=_beside(made)), frame()).encode("utf-8")


app = single(report)
