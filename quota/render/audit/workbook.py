"""An audit as an Excel workbook: summary, units, rule, findings, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from quota._version import __version__
from quota.analysis.audit.auditing import totals as totals_of
from quota.core.blocs import Bloc
from quota.core.problems import Severity
from quota.core.results import AuditReport, Status, Totals
from quota.core.text import Text, count, say
from quota.norms.schema import Frame
from quota.render.audit import sheet_rules as workbook_rules
from quota.render.audit import sheet_units as workbook_units
from quota.render.audit.formulas import quoted
from quota.render.audit.laid_out import bloc_headings, figures_of
from quota.render.audit.sheet_rules import write_rule_sheet
from quota.render.audit.sheet_states import StateSheet, write_states_sheet
from quota.render.audit.sheet_units import column_range, write_units_sheet
from quota.render.audit.unit_formulas import UnitColumns
from quota.render.audit.words import audit_title, closing_lines, heading_lines, total_rows
from quota.render.kit.language import phrase
from quota.render.kit.words import STATUS_NAMES, YES, words
from quota.render.kit.workbook import CELL, Book, Value, number_format, table_sheet

SEVERITY_WORDS: dict[Severity, Text] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFORMATION: say("remark"),
}


def audit_workbook(report: AuditReport, frame: Frame, province: Text | None = None) -> bytes:
    """The file. Its figures are formulas over the cells of the rule, with the program's results in them.

    `province` is the one that all units are of, if so: it is in the title.
    """
    book = Book(words(frame.title.text), report.as_of)
    summary = book.sheet(say("Summary"))
    units = book.sheet(workbook_units.SHEET)
    rule = book.sheet(workbook_rules.SHEET)
    write_rule_sheet(book, frame, rule)
    totals = _totals_shown(report) if report.selection else report.totals
    columns = write_units_sheet(book, report, frame, units, totals)
    states = write_states_sheet(book, report) if report.totals.states is not None else None
    _Summary(book, report, columns, summary, units.get_name(), totals, province, states).write()
    _findings(book, report)
    _sources(book, report)
    summary.activate()
    return book.content()


def _totals_shown(report: AuditReport) -> Totals:
    """The totals of the units on show."""
    from quota.analysis.work.states import state_totals  # most audits are not about states

    found = totals_of(report.units, report.frame.blocs)
    states = report.totals.states
    if states is None:
        return found
    return replace(found, states=state_totals(report.units, report.frame.blocs, states.until))


class _Summary:
    def __init__(
        self,
        book: Book,
        report: AuditReport,
        columns: UnitColumns,
        sheet: Any,
        units: str,
        totals: Totals,
        province: Text | None,
        states: StateSheet | None,
    ) -> None:
        self.book, self.report, self.columns, self.sheet, self.units = book, report, columns, sheet, units
        self.totals, self.province, self.states = totals, province, states
        self.row = 0

    def write(self) -> None:
        book, sheet, report = self.book, self.sheet, self.report
        book.text(sheet, 0, 0, audit_title(self.province), bold=True, font_size=16)
        self.row = 2
        for label, said in heading_lines(report):
            book.text(sheet, self.row, 0, label, bold=True, valign="top")
            sheet.merge_range(self.row, 1, self.row, 6, "", book.style(text_wrap=True, valign="top"))
            book.text(sheet, self.row, 1, said, text_wrap=True, valign="top")
            sheet.set_row(self.row, 15.5 * (1 + len(said) // 88))
            self.row += 1
        self.row += 1
        self._figures()
        self._statuses()
        if report.selection:
            self._whole_table()
        self.row += 1
        for line in closing_lines(report):
            book.text(sheet, self.row, 0, line)
            self.row += 1
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 6, 16)

    def _figures(self) -> None:
        """Posts, staff, shortfall and surplus by bloc: sums over the sheet of units."""
        self.book.heading(
            self.sheet, self.row, [words(say("Totals")), *bloc_headings(self.report.frame.blocs)]
        )
        for figure in figures_of(self.report):
            split = [figure.split(value) for value in figure.values(self.totals)]
            for part, known in zip(figure.parts, zip(*split, strict=True), strict=True):
                self._sums(part.row or part.title, part.key, known)
        if self.states is not None:
            self._of_states(self.states)
        self.row += 2

    def _of_states(self, states: StateSheet) -> None:
        """Positions and states by bloc: sums over their sheet."""
        blocs = self.report.frame.blocs
        style = self.book.style(num_format=number_format(), **CELL)
        for figure in states.figures:
            self.row += 1
            self.book.text(self.sheet, self.row, 0, words(figure.parts[0].title), **CELL)
            values = figure.values(self.totals)
            for place, (group, value) in enumerate(zip((*blocs, None), values, strict=True), start=1):
                made = states.sum(figure, group)
                self.sheet.write_formula(self.row, place, made, style, "" if value is None else value)

    def _sums(self, label: Text, part: str, known: Sequence[int | None]) -> None:
        self.row += 1
        blocs = self.report.frame.blocs
        self.book.text(self.sheet, self.row, 0, words(label), **CELL)
        for place, (group, value) in enumerate(zip((*blocs, None), known, strict=True), start=1):
            cells = ",".join(self._column(bloc, part) for bloc in ((group,) if group else blocs))
            formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'  # nothing known is unknown, not zero
            style = self.book.style(num_format=number_format(), **{**CELL, "bold": group is None})
            self.sheet.write_formula(self.row, place, formula, style, "" if value is None else value)

    def _column(self, bloc: Bloc, part: str) -> str:
        return column_range(self.units, self.columns.place(bloc, part), len(self.report.units))

    def _statuses(self) -> None:
        """Units by status, and those below the minimum population, counted by the workbook."""
        headings = [words(say("Units")), words(say("Number"))]
        self.book.heading(self.sheet, self.row, headings)
        self._count(say("All"), "", self.totals.units)
        if self.report.has_staff:
            for status in Status:
                criterion = (self.columns.status, quoted(STATUS_NAMES[status]))
                self._count(STATUS_NAMES[status], criterion, self.totals.status[status])
        if self.report.frame.minimum_population:
            criterion = (self.columns.status + 1, quoted(YES))
            self._count(say("Below the minimum"), criterion, self.totals.below_minimum)
        self.row += 1

    def _count(self, label: Text, criterion: tuple[int, str] | str, known: int) -> None:
        self.row += 1
        self.book.text(self.sheet, self.row, 0, words(label), **CELL)
        shown = len(self.report.units)
        if isinstance(criterion, tuple):
            formula = f"=COUNTIF({column_range(self.units, criterion[0], shown)},{criterion[1]})"
        else:
            formula = f"=COUNTA({column_range(self.units, 0, shown)})"
        style = self.book.style(num_format=number_format(), **CELL)
        self.sheet.write_formula(self.row, 1, formula, style, known)

    def _whole_table(self) -> None:
        """What the units on show are a part of; these sums are of units that this workbook does not hold."""
        self.row += 1
        self.book.heading(
            self.sheet, self.row, [words(say("The whole table")), *bloc_headings(self.report.frame.blocs)]
        )
        for label, figures in total_rows(self.report):
            self.row += 1
            for column, figure in enumerate([label, *figures]):
                self.book.text(self.sheet, self.row, column, figure, **CELL)
        self.row += 1


def _findings(book: Book, report: AuditReport) -> None:
    headings = (
        say("What"),
        say("Where"),
        say("Row"),
        say("Column"),
        say("Value"),
        say("Finding"),
        say("Way out"),
    )
    rows = [*_unit_notes(report), *_problems(report)]
    table_sheet(
        book, say("Findings"), [words(heading) for heading in headings], rows, [12, 34, 8, 14, 16, 60, 50]
    )


def _unit_notes(report: AuditReport) -> Iterator[list[Value]]:
    for audited in report.units:
        for note in audited.notes:
            where = f"{audited.unit.code} {audited.unit.name}"
            yield [say("Note"), where, None, None, audited.unit.population, note.text, None]


def _problems(report: AuditReport) -> Iterator[list[Value]]:
    for problem in report.problems:
        yield [
            SEVERITY_WORDS[problem.severity],
            problem.file,
            problem.row,
            problem.column,
            problem.value,
            problem.message,
            problem.fix,
        ]


def _sources(book: Book, report: AuditReport) -> None:
    headings = (say("What"), say("Title"), say("Publisher"), say("Date"), say("Verified on"), say("Address"))
    rows: list[list[Value]] = [
        [
            say("Source {id}", id=source.id),
            phrase(source.title),
            source.publisher,
            source.date,
            source.verified_on,
            source.url,
        ]
        for source in report.frame.sources
    ]
    rows += [
        [
            say("Input"),
            file.path,
            say("SHA-256 {hash}", hash=file.sha256),
            None,
            None,
            count("{n} row", "{n} rows", n=file.rows),
        ]
        for file in report.inputs
    ]
    rows.append(
        [say("Frame"), f"{report.frame.id}: {words(report.frame.title)}", None, report.as_of, None, None]
    )
    rows.append([say("Program"), f"quota {__version__}", None, None, None, None])
    table_sheet(
        book, say("Sources"), [words(heading) for heading in headings], rows, [26, 60, 34, 13, 13, 30]
    )
