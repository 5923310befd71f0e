"""A scenario's result in all its forms, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from quota.core.sums import known_sum
from quota.core.text import say
from quota.core.what_if.lineage import ancestors, is_partial
from quota.core.what_if.scenario_results import After, ChangedUnits, ScenarioReport, sum_saved
from quota.planning.mergers.possible import report_with_the_unknown
from quota.render.audit.columns import ASSIGNED, VACANCY
from quota.render.audit.laid_out import bloc_headings, keys, run_of, unit_columns
from quota.render.audit.unsettled import norm_of, norm_words, possible_cells, possible_header, unsettled_lines
from quota.render.audit.words import run_lines
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Shown, Value, figures, table
from quota.render.kit.plain import heading_plain
from quota.render.kit.rendering import Cell, Rendering, markdown_table
from quota.render.kit.words import words
from quota.render.views.units.scenario_plain import scenario_plain
from quota.render.views.units.scenario_words import run_cells, saved_then, saved_words

if TYPE_CHECKING:
    from rich.console import RenderableType


def scenario_rendering(report: ScenarioReport) -> Rendering:
    """How to write a scenario's result."""

    def terminal(width: int) -> RenderableType:
        from quota.render.views.units.scenario_terminal import scenario_terminal

        return scenario_terminal(report, width)

    return Rendering(
        json=lambda: scenario_plain(report),
        rows=lambda: scenario_rows(report),
        markdown=lambda: scenario_markdown(report),
        terminal=terminal,
    )


def scenario_rows(report: ScenarioReport) -> Iterator[Sequence[Cell]]:
    """A row for each unit of the new set; what a change saves is in the row of its first unit."""
    own = ("ancestors", "partial", "operations", "posts_saved_low", "posts_saved_high")
    blocs = report.frame.blocs
    possible = report_with_the_unknown(report)
    more = (*possible_header(blocs), "posts_saved_possible_low", "posts_saved_possible_high")
    yield (*keys(blocs), *own, *more)
    run = run_of(report.frame.id, report.as_of, report.inputs)
    change_of = {
        unit_after.audit.unit.code: (change, place == 0)
        for change in report.changes
        for place, unit_after in enumerate(change.after)
    }
    then = {
        change.after[0].audit.unit.code: change
        for change in (possible.changes if possible is not None else ())
    }
    figures = zip(*unit_columns([after.audit for after in report.units], report.frame.blocs), strict=True)
    for unit_after, cells in zip(report.units, figures, strict=True):
        change, first = change_of.get(unit_after.audit.unit.code, (None, False))
        row = (*cells, *run, *_lineage_cells(unit_after), *_change_cells(change, first))
        code, quota = unit_after.audit.unit.code, unit_after.audit.quota
        yield (*row, *possible_cells(quota, blocs), *_change_cells(then.get(code), first=True)[1:])


def _lineage_cells(unit_after: After) -> list[Cell]:
    return [" ".join(ancestors(unit_after.lineage)), is_partial(unit_after.lineage)]


def _change_cells(change: ChangedUnits | None, first: bool) -> list[Cell]:
    if change is None:
        return ["", None, None]
    saved = change.total_saved if first else None
    return [
        " ".join(str(number) for number in change.operations),
        saved.low if saved else None,
        saved.high if saved else None,
    ]


def scenario_markdown(report: ScenarioReport) -> str:
    """A scenario's result for pasting: heading, operations, changes, totals."""
    from quota.render.views.units.scenario_words import (
        change_headings,
        change_rows,
        closing_lines,
        operation_lines,
        scenario_heading,
        total_rows,
    )

    parts = ["\n".join(f"- **{label}**: {text}" for label, text in scenario_heading(report)) + "\n"]
    parts.append("\n".join(f"{number}. {text}" for number, text in operation_lines(report)) + "\n")
    parts.append(markdown_table(change_headings(report), change_rows(report), numeric_from=2))
    totals = [[label, *figures] for label, figures in total_rows(report)]
    parts.append(markdown_table([words(say("The whole table")), *bloc_headings(report.frame.blocs)], totals))
    parts.append("\n".join(f"- {line}" for line in closing_lines(report)) + "\n")
    return "\n".join(parts)


def comparison_rendering(reports: Sequence[ScenarioReport]) -> Rendering:
    """Scenarios (at least one) side by side, a row each, under the same frame."""
    inputs = dict.fromkeys(file for report in reports for file in report.inputs)
    about = heading_plain(reports[0].frame, reports[0].as_of.isoformat(), inputs)
    rows = [_compared(report) for report in reports]
    plain = Grid("scenarios", [Column(key, say("{key}", key=key)) for key in rows[0]], rows, about)
    closing = [
        say("Small: units under the frame's minimum of residents."),
        say("Shortfall and surplus are never netted; problems are listed by `quota simulate SCENARIO`."),
    ]
    for place, report in enumerate(reports, 1):
        closing += [
            say("{n}: {line}", n=place, line=line)
            for line in (*unsettled_lines(report.after.unsettled), *saved_then(report))
        ]
    assigned = any(report.after.assignment is not None for report in reports)
    people = table(
        zip(reports, rows, range(1, len(rows) + 1), strict=True),
        Shown(say("Scenario"), lambda row: f"{row[2]}. {row[1]['scenario']}"),
        figures(say("Units"), lambda row: row[1]["units"]),
        figures(say("Quota"), lambda row: norm_words(norm_of(row[0].after))),
        figures(say("Saved"), lambda row: saved_words(sum_saved(row[0].saved))),
        figures(say("Short"), lambda row: row[1]["shortfall"]),
        figures(say("Over"), lambda row: row[1]["surplus"]),
        figures(ASSIGNED.caption, lambda row: row[1]["assigned"], when=assigned),
        figures(VACANCY.parts[0].caption, lambda row: row[1]["vacant"], when=assigned),
        figures(VACANCY.parts[1].caption, lambda row: row[1]["above_assigned"], when=assigned),
        figures(say("To place"), lambda row: row[1]["people_to_place"]),
        figures(say("Small"), lambda row: row[1]["below_minimum"]),
        figures(say("Errors"), lambda row: row[1]["errors"]),
        figures(say("Warned"), lambda row: row[1]["warnings"]),
        closing=closing,
    )
    problems = dict.fromkeys(problem for report in reports for problem in report.problems)

    def heading() -> list[tuple[str, str]]:
        files = ", ".join(f"{n}. {words(report.scenario.file or '–')}" for n, report in enumerate(reports, 1))
        lines = run_lines(say("Tables"), inputs, reports[0].as_of, reports[0].frame, problems)
        return [(words(say("Scenarios")), files), *lines]

    shown = grid_rendering(people, heading)
    return replace(shown, json=plain.json, rows=plain.csv, workbook=None)


def _compared(report: ScenarioReport) -> dict[str, Value]:
    posts = report.after.quota.total if report.after.quota else None
    gap = report.after.total_gap
    saved = sum_saved(report.saved)
    severities = [problem.severity.value for problem in report.problems]
    return {
        "scenario": report.scenario.title,
        "file": report.scenario.file,
        "units_before": report.before.units,
        "units": report.after.units,
        "posts_low": posts.low if posts else None,
        "posts_high": posts.high if posts else None,
        "posts_saved_low": saved.low if saved else None,
        "posts_saved_high": saved.high if saved else None,
        **_possible(report),
        "shortfall": gap.shortfall if gap else None,
        "surplus": gap.surplus if gap else None,
        **_assigned(report),
        "people_to_place": known_sum(report.to_place) if gap else None,
        "below_minimum": report.after.below_minimum,
        "unknown_population": report.after.unknown_population,
        "unknown_staff": max(report.after.unknown_staff),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        **run_cells(report),
    }


def _assigned(report: ScenarioReport) -> dict[str, Value]:
    """The assigned posts of the new set, what of them is unfilled and who is above; None is unknown."""
    found = report.after.assignment
    vacancy = found.total_vacancy if found is not None else None
    return {
        "assigned": found.total_posts if found is not None else None,
        "vacant": vacancy.shortfall if vacancy is not None else None,
        "above_assigned": vacancy.surplus if vacancy is not None else None,
    }


def _possible(report: ScenarioReport) -> dict[str, Value]:
    """What posts, and posts saved, may be with what is unknown of the units; empty where that is nothing."""
    unsettled, then = report.after.unsettled, report_with_the_unknown(report)
    posts = unsettled.possible if unsettled is not None else None
    saved = sum_saved(then.saved) if then is not None else None
    return {
        "posts_possible_low": posts.low if posts else None,
        "posts_possible_high": posts.high if posts else None,
        "posts_saved_possible_low": saved.low if saved else None,
        "posts_saved_possible_high": saved.high if saved else None,
    }


def table_rendering(rows: Sequence[Sequence[Cell]]) -> Rendering:
    """A population table, header first, as it is read again."""
    header, *units = rows
    keys = [str(key) for key in header]
    columns = [Column(key, say("{key}", key=key)) for key in keys]
    return grid_rendering(Grid("units", columns, [dict(zip(keys, row, strict=True)) for row in units], {}))
