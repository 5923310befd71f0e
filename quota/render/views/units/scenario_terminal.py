"""A scenario's result on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from quota.core.text import Text, say
from quota.core.what_if.scenario_results import After, ScenarioReport
from quota.render.audit.laid_out import bloc_headings
from quota.render.kit.terminal import labelled, table_or_list
from quota.render.kit.words import interval, words
from quota.render.views.units.scenario_words import (
    change_headings,
    change_rows,
    closing_lines,
    operation_lines,
    scenario_heading,
    total_rows,
)

NAMES = 2
"""The number of columns, from the first, that are names and may wrap; the others are figures and may not."""


def scenario_terminal(report: ScenarioReport, width: int) -> RenderableType:
    """Heading, operations, changes, steps where there is one change, totals."""
    parts: list[RenderableType] = [labelled(scenario_heading(report)), ""]
    parts += [Styled(words(say("Operations")), style="bold"), labelled(operation_lines(report)), ""]
    headings = change_headings(report)
    figures = [place >= NAMES for place in range(len(headings))]
    parts += [table_or_list(headings, figures, list(change_rows(report)), width), ""]
    if len(report.changes) == 1:
        for unit_after in report.changes[0].after:
            parts += [*steps(unit_after, width), ""]
    totals = [[label, *row] for label, row in total_rows(report)]
    headings = [words(say("The whole table")), *bloc_headings(report.frame.blocs)]
    parts += [table_or_list(headings, [False, *([True] * (len(headings) - 1))], totals, width), ""]
    parts += [Styled(line) for line in closing_lines(report)]
    return Group(*parts)


def steps(unit_after: After, width: int) -> list[RenderableType]:
    """The quota of a new unit, step by step."""
    if unit_after.audit.quota is None:
        message = say("{name}: residents unknown, so no quota", name=unit_after.audit.unit.name)
        return [Styled(words(message))]
    rows = []
    for bloc, taken in unit_after.steps.items():
        for place, step in enumerate(taken):
            what = f"  {words(step.what)}" if place else f"{words(bloc.name)}: {words(step.what)}"
            last = place + 1 == len(taken)
            rows.append([what, words(step.arithmetic), interval(step.result) if last else ""])
    headings = [words(say("Step")), words(say("Arithmetic")), words(say("Posts"))]
    title: Text = say("The quota of {name}", name=unit_after.audit.unit.name)
    return [Styled(words(title), style="bold"), table_or_list(headings, [False, False, True], rows, width)]
