"""Fields of work in all forms: totals by field, units ranked by what nobody covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota._version import __version__
from quota.core.fields import FieldsReport, UnitFields
from quota.core.text import say
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
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.plain import inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import day, gap_marks, words

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
    made_up = any(source.illustrative for source in report.inputs)
    run = (report.rules.id, report.as_of.isoformat(), made_up)
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
    files = " + ".join(words(source.path) for source in report.inputs)
    heading = [(words(say("Fields of work")), f"{files} · {day(report.as_of)}"), *rules_lines(report.rules)]
    heading += beware_pairs(report.problems)
    sections = sections_of(
        (say("By field"), _by_field(report)),
        (say("By unit, most uncovered fields first"), _by_unit(report, shown)),
    )
    closing = [
        say("People, each once: {people}. {load}.", people=report.people, load=load_words(report.by_load)),
        COUNTED,
        uncovered_sentence(report),
    ]
    if report.has_needs:
        closing.append(NEVER_NETTED)
    else:
        closing.append(
            say("No needs given: no shortage or surplus. Give approved positions with --needs FILE.")
        )
    return Page(heading, sections, closing, outlined=True)


def _by_field(report: FieldsReport) -> Grid:
    columns = [
        Column("field", say("Field")),
        Column("people", say("Covering"), numeric=True),
        Column("uncovered", say("Nobody in"), numeric=True),
    ]
    if report.has_needs:
        columns += [
            Column("needed", say("Needed"), numeric=True),
            Column("shortfall", say("Short"), numeric=True),
            Column("surplus", say("Over"), numeric=True),
            Column("short", say("Units short"), numeric=True),
            Column("over", say("Units over"), numeric=True),
        ]
    rows: list[Mapping[str, Value]] = [
        {
            "field": field_total.field.name,
            "people": field_total.people,
            "uncovered": field_total.uncovered,
            "needed": field_total.needed,
            "shortfall": field_total.gap.shortfall if field_total.gap else None,
            "surplus": field_total.gap.surplus if field_total.gap else None,
            "short": field_total.short,
            "over": field_total.over,
        }
        for field_total in report.totals
    ]
    return Grid("fields", columns, rows, {})


def _by_unit(report: FieldsReport, shown: Sequence[UnitFields]) -> Grid:
    columns = [
        Column("unit", say("Unit")),
        Column("people", say("People"), numeric=True),
        Column("several", say("With several"), numeric=True),
        Column("uncovered", say("Uncovered"), numeric=True),
    ]
    if report.has_needs:
        columns.append(Column("gap", say("Short, over"), numeric=True))
    columns.append(Column("fields", say("Nobody for")))
    rows: list[Mapping[str, Value]] = [
        {
            "unit": unit_fields.unit.name,
            "people": unit_fields.people,
            "several": None
            if unit_fields.people is None
            else sum(people for fields, people in unit_fields.by_load.items() if fields > 1),
            "uncovered": None if unit_fields.uncovered is None else len(unit_fields.uncovered),
            "gap": gap_marks(unit_fields.gap),
            "fields": None if unit_fields.uncovered is None else field_list(unit_fields.uncovered),
        }
        for unit_fields in shown
    ]
    return Grid("units", columns, rows, {})
