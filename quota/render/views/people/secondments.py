"""Secondments in all forms: who is where, who comes home soon, what returns month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from quota.core.explanations import SecondmentReport
from quota.core.secondments import MonthOfReturns, Secondment
from quota.core.text import Text, count, say
from quota.render.audit.laid_out import RUN, run_of
from quota.render.audit.unsettled import unsettled_lines, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.audit.work_plain import field_rules_plain
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Bar, Page, Section
from quota.render.kit.plain import heading_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import day, number, words

BARS = say("█ a person whose leaving leaves the host short of its quota, ░ any other, or it is unknown.")


def secondments_rendering(report: SecondmentReport) -> Rendering:
    """How to write a report on secondments."""
    return page_rendering(_page(report), lambda: _plain(report), lambda: _rows(report))


def _people(secondments: Sequence[Secondment]) -> int:
    return sum(secondment.people for secondment in secondments)


def _state(secondment: Secondment, as_of: date) -> str:
    if secondment.away_on(as_of):
        return "away"
    return "upcoming" if as_of < secondment.start else "back"


def _plain(report: SecondmentReport) -> object:
    return heading_plain(report.frame, report.as_of.isoformat(), report.inputs) | {
        "field_rules": field_rules_plain(report.rules),
        "days": report.days,
        "now": [_row(secondment, report.as_of) for secondment in report.now],
        "returning": [_row(secondment, report.as_of) for secondment in report.returning],
        "months": [
            {
                "month": _month(returns),
                "people": returns.people,
                "hosts": returns.hosts,
                "shortfall": returns.shortfall,
                "away": returns.away,
            }
            for returns in report.months
        ],
        "totals": {
            "people": _people(report.now),
            "homes": len({secondment.home for secondment in report.now}),
            "hosts": len({secondment.host for secondment in report.now}),
            "returning": _people(report.returning),
            "unknown_hosts": report.unknown_hosts,
        },
        **unsettled_plain(report.unsettled),
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def _row(secondment: Secondment, as_of: date) -> Mapping[str, Cell]:
    return {
        "id": secondment.id,
        "home_code": secondment.home.code,
        "home": secondment.home.name,
        "host_code": secondment.host.code,
        "host": secondment.host.name,
        "field": secondment.field,
        "bloc": secondment.bloc,
        "people": secondment.people,
        "start": secondment.start.isoformat(),
        "end": secondment.end.isoformat(),
        "back": secondment.back.isoformat(),
        "state": _state(secondment, as_of),
    }


def _rows(report: SecondmentReport) -> Iterator[Sequence[Cell]]:
    yield (
        *("id", "home_code", "home", "host_code", "host", "field"),
        *("bloc", "people", "start", "end", "back", "state", *RUN[1:]),
    )
    run = run_of(report.frame.id, report.as_of, report.inputs)
    for secondment in report.secondments:
        yield (*_row(secondment, report.as_of).values(), *run[1:])


def _page(report: SecondmentReport) -> Page:
    heading = run_lines(say("Secondments"), report.inputs, report.as_of, report.frame, report.problems)
    days = words(count("{n} day", "{n} days", n=report.days))
    sections = [
        Section(_list(report, report.now), say("At a host on {day}", day=report.as_of)),
        Section(_list(report, report.returning), say("Leaving their host in the next {days}", days=days)),
        Section(
            _months(report),
            say("Month by month: who leaves, and the shortfall that returns"),
            bars=[*map(_bar, report.months)],
            key=BARS,
        ),
    ]
    filled = [section for section in sections if section.grid.rows]
    return Page(heading, filled, list(_closing(report, days)), outlined=True)


def _list(report: SecondmentReport, secondments: Sequence[Secondment]) -> Grid:
    names = {field.id: field.name for field in report.rules.fields}
    return table(
        secondments,
        Shown(say("Id"), lambda loan: loan.id),
        Shown(say("Home"), lambda loan: loan.home.name),
        Shown(say("Host"), lambda loan: loan.host.name),
        Shown(say("Field"), lambda loan: names[loan.field] if loan.field else None),
        figures(say("People"), lambda loan: loan.people),
        figures(say("First day"), lambda loan: day(loan.start)),
        figures(say("Last day"), lambda loan: day(loan.end)),
    )


def _months(report: SecondmentReport) -> Grid:
    return table(
        report.months,
        figures(say("First day back"), _month),
        figures(say("People leaving"), lambda returns: returns.people),
        figures(say("Hosts"), lambda returns: returns.hosts),
        figures(say("Shortfall that returns"), lambda returns: returns.shortfall),
        figures(say("Still on loan at its end"), lambda returns: returns.away),
    )


def _month(returns: MonthOfReturns) -> str:
    return returns.month.strftime("%Y-%m")


def _bar(returns: MonthOfReturns) -> Bar:
    short = returns.shortfall or 0
    return _month(returns), short, returns.people - short, number(returns.people)


def _closing(report: SecondmentReport, days: str) -> Iterator[Text]:
    yield say(
        "{people} from {homes} at {hosts} on {day}; {n} leave their host in the next {days}.",
        people=words(count("{n} person", "{n} people", n=_people(report.now))),
        homes=words(count("{n} home", "{n} homes", n=len({loan.home for loan in report.now}))),
        hosts=words(count("{n} host", "{n} hosts", n=len({loan.host for loan in report.now}))),
        day=report.as_of,
        n=_people(report.returning),
        days=days,
    )
    yield say("The first and the last day belong to a secondment; the first day back is the day after.")
    later = _people([secondment for secondment in report.secondments if secondment.start > report.as_of])
    if later:
        yield count("{n} more person starts later.", "{n} more people start later.", n=later)
    if report.unknown_hosts:
        yield count(
            "{n} host has unknown staff or residents: its people are in no shortfall.",
            "{n} hosts have unknown staff or residents: their people are in no shortfall.",
            n=report.unknown_hosts,
        )
    yield from unsettled_lines(report.unsettled)
