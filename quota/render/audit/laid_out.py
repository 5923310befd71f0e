"""Which columns an audit has, and how forms lay them out: by bloc, by part, as rows of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quota.core.blocs import Blocs
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import LocalText, Text, say
from quota.core.units import InputFile
from quota.render.audit.columns import ABOUT, CLOSING, FIGURES, GAP, STAFF
from quota.render.audit.shapes import Fact, Figure, Line
from quota.render.kit.plain import Plain
from quota.render.kit.rendering import Cell
from quota.render.kit.words import words

RUN = ("frame", "as_of", "illustrative")
"""What made a row: rows get cut and pasted."""


def run_of(rules: str, as_of: date, inputs: Iterable[InputFile]) -> tuple[str, str, bool]:
    """The cells under `RUN`: by which rules, on which day, and whether a table behind it is made up."""
    return rules, as_of.isoformat(), any(file.illustrative for file in inputs)


def figures_of(report: AuditReport) -> tuple[Figure, ...]:
    """The figures that this audit has."""
    return tuple(figure for figure in FIGURES if figure.needs(report))


def always(report: AuditReport) -> tuple[Figure, ...]:
    """The same and what no table tells of: those of staff are shown as unknown."""
    return tuple(figure for figure in FIGURES if figure in (STAFF, GAP) or figure.needs(report))


def tabled(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those that a list of units has room for."""
    return tuple(figure for figure in figures if figure.is_tabled)


def closing_of(report: AuditReport) -> tuple[Fact, ...]:
    """The facts after the figures that this audit has."""
    return tuple(fact for fact in CLOSING if fact.needs(report))


def shown_after(report: AuditReport) -> list[Fact]:
    """The facts that a list of units for people shows after the figures."""
    return [
        fact for fact in closing_of(report) if fact.is_listed and (report.has_staff or not fact.is_of_staff)
    ]


def figure_keys(blocs: Blocs, figures: Sequence[Figure] = FIGURES) -> list[str]:
    """The keys of these figures' parts: all of a bloc, then all of the next, then of all blocs."""
    parts = [part.key for figure in figures for part in figure.parts]
    return [f"{group}_{key}" for group in (*blocs, "total") for key in parts]


def keys(blocs: Blocs) -> tuple[str, ...]:
    """The columns for programs, for a frame of these blocs: facts, figures, facts, what made the row."""
    facts = [fact.key for fact in ABOUT]
    return (*facts, *figure_keys(blocs), *(fact.key for fact in CLOSING), *RUN)


def figure_columns(
    units: Sequence[UnitAudit], width: int, figures: Sequence[Figure] = FIGURES
) -> list[Sequence[Cell]]:
    """The cells under `figure_keys`, column by column; `width` is the number of blocs."""
    by_figure = [figure.groups(units, width) for figure in figures]
    return [column for group in range(width + 1) for groups in by_figure for column in groups[group]]


def unit_columns(units: Sequence[UnitAudit], blocs: Blocs) -> list[Sequence[Cell]]:
    """The cells under `keys`, column by column, without what made the row."""
    about = [fact.column(units) for fact in ABOUT]
    closing = [fact.column(units) for fact in CLOSING]
    return [*about, *figure_columns(units, len(blocs)), *closing]


def lines_of(figures: Sequence[Figure]) -> Iterator[Line]:
    """Each figure, or each of its parts, as one column of a list of units or one row of totals."""
    for figure in figures:
        if figure.is_whole:
            part = figure.parts[0]
            yield Line(figure.key, part.title, figure, None)
            continue
        for place, part in enumerate(figure.parts):
            yield Line(part.key, part.title, figure, place, part.sign, part.ink)


Listing = tuple[Sequence[Fact], Sequence[Line], Sequence[Fact]]
"""Facts, the figures of all blocs, facts."""


def listed(report: AuditReport) -> Listing:
    """The columns of a report's list after the unit's name: facts, the figures of all blocs, facts."""
    return (
        [fact for fact in ABOUT if fact.is_listed],
        list(lines_of(tabled(figures_of(report)))),
        shown_after(report),
    )


def bloc_headings(blocs: Blocs) -> list[str]:
    """The blocs' names and "All"."""
    names: list[LocalText | Text] = [*(bloc.name for bloc in blocs), say("All")]
    return [words(name) for name in names]


def csv_shape(blocs: Blocs) -> Plain:
    """What JSON's figures hold where all are known: the columns that a flat table has, known or not."""
    shape: Plain = {figure.key: dict.fromkeys((*blocs, "total"), figure.shape()) for figure in FIGURES}
    return shape | {"decision": {"number": "", "date": ""}}
