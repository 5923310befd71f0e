"""Fields of work in all forms: totals by field, units ranked by what nobody covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota._version import __version__
from quota.core.fields import FieldsReport, UnitFields
from quota.core.text import say
from quota.core.units import namesakes
from quota.render.audit.laid_out import run_of
from quota.render.audit.words import beware_pairs
from quota.render.audit.work_plain import field_rules_plain, field_totals_plain, unit_fields_plain
from quota.render.audit.work_words import (
    COUNTED,
    NEVER_NETTED,
    field_list,
    load_words,
    rules_lines,
    uncovered_sentence,
)
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of, tables_of
from quota.render.kit.plain import inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import called, gap_marks, words

RUN = ("field_rules", "as_of", "illustrative")
"""Each CSV row says what it rests on: rows get cut and pasted."""


def fields_rendering(report: FieldsReport, limit: int | None = None) -> Rendering:
    """How to write a report on fields; `limit`: only this number of units is shown; totals stay whole."""
    shown = report.units[:limit]
    return page_rendering(_page(report, shown), lambda: _plain(report, shown), lambda: _rows(report, shown))


def _plain(report: FieldsReport, shown: Sequence[UnitFields]) -> object:
    return {
        "quota_version": __version__,
        "field_rules": field_rules_plain(report.rules),
        "as_of": report.as_of.isoformat(),
        "inputs": inputs_plain(report.inputs),
        "units": [
            {
                "code": unit_fields.unit.code,
                "name": unit_fields.unit.name,
                "type": unit_fields.unit.type.value,
                **unit_fields_plain(unit_fields),
            }
            for unit_fields in shown
        ],
        "totals": {"units": len(report.units), **field_totals_plain(report)},
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def _rows(report: FieldsReport, shown: Sequence[UnitFields]) -> Iterator[Sequence[Cell]]:
    run = run_of(report.rules.id, report.as_of, report.inputs)
    yield ("code", "name", "field", "people", "needed", "shortfall", "surplus", "uncovered", *RUN)
    for unit_fields in shown:
        for cover in unit_fields.covers:
            gap = cover.gap
            yield (
                unit_fields.unit.code,
                unit_fields.unit.name,
                cover.field.id,
                cover.people,
                cover.needed,
                gap.shortfall if gap else None,
                gap.surplus if gap else None,
                None if cover.people is None else cover.uncovered,
                *run,
            )


def _page(report: FieldsReport, shown: Sequence[UnitFields]) -> Page:
    tables = (words(say("Fields of work")), tables_of(report.inputs, report.as_of))
    heading = [tables, *rules_lines(report.rules), *beware_pairs(report.problems)]
    sections = sections_of(
        (say("By field"), _by_field(report)),
        (say("By unit, most uncovered fields first"), _by_unit(report, shown)),
    )
    no_needs = say("No needs given: no shortage or surplus. Give approved positions with --needs FILE.")
    closing = [
        say("People, each once: {people}. {load}.", people=report.people, load=load_words(report.by_load)),
        COUNTED,
        uncovered_sentence(report),
        NEVER_NETTED if report.has_needs else no_needs,
    ]
    return Page(heading, sections, closing, outlined=True)


def _by_field(report: FieldsReport) -> Grid:
    needs = report.has_needs
    return table(
        report.totals,
        Shown(say("Field"), lambda row: row.field.name),
        figures(say("Covering"), lambda row: row.people),
        figures(say("Nobody in"), lambda row: row.uncovered),
        figures(say("Needed"), lambda row: row.needed, when=needs),
        figures(say("Short"), lambda row: row.gap.shortfall if row.gap else None, when=needs),
        figures(say("Over"), lambda row: row.gap.surplus if row.gap else None, when=needs),
        figures(say("Units short"), lambda row: row.short, when=needs),
        figures(say("Units over"), lambda row: row.over, when=needs),
    )


def _by_unit(report: FieldsReport, shown: Sequence[UnitFields]) -> Grid:
    names = called((row.unit for row in shown), namesakes([row.unit for row in report.units]))
    return table(
        shown,
        Shown(say("Unit"), lambda row: names[row.unit.code]),
        figures(say("People"), lambda row: row.people),
        figures(say("With several"), _with_several),
        figures(say("Uncovered"), lambda row: None if row.uncovered is None else len(row.uncovered)),
        figures(say("Short, over"), lambda row: gap_marks(row.gap), when=report.has_needs),
        Shown(say("Nobody for"), lambda row: None if row.uncovered is None else field_list(row.uncovered)),
    )


def _with_several(row: UnitFields) -> int | None:
    """People with more than one field."""
    if row.people is None:
        return None
    return sum(people for fields, people in row.by_load.items() if fields > 1)
