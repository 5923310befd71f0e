"""`quota path`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from quota.analysis.audit.auditing import audit
from quota.analysis.work.working import secondment_report
from quota.cli.answering import AS_USUAL, Handling, tell
from quota.cli.frames import AS_SHIPPED_TODAY, FrameOnDay
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import AssignedFile, PopulationFile, StaffFile, a_day, file_option, option
from quota.cli.redeployment import PolicyFile, Target, TargetOption
from quota.cli.refusing import usage_error
from quota.cli.states import LeaversFile, RetirementId
from quota.cli.waiting import waiting
from quota.core.moves import Situation
from quota.core.names import keys_by_words
from quota.core.plan_tables import DoneTable
from quota.core.positions import LeaverTable, PersonTable
from quota.core.problems import Problem, refuse_errors
from quota.core.text import say
from quota.core.units import InputFile, StaffTable, UnitTable
from quota.norms.applying import load_policy
from quota.norms.held.days import changes_of_frame
from quota.norms.held.policies import unknown_blocs
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_POLICY, DEFAULT_RETIREMENT
from quota.norms.loading import load_fields, load_frame, load_rules
from quota.norms.policy import Policy
from quota.norms.retirement import Retirement
from quota.norms.schema import Frame
from quota.planning.path.stays import Stay, not_of_these_tables, of_plan, of_secondments, people_on
from quota.planning.redeploy.distances import Distances
from quota.planning.redeploy.situations import situation_of
from quota.planning.redeploy.stages import problems_of_limits, refuse_empty
from quota.render.kit.output import Output, write_file
from quota.render.kit.rendering import Format
from quota.run.extras import need
from quota.tables.files.raw import ReadOptions
from quota.tables.readers.people import read_leavers, read_people
from quota.tables.readers.secondments import read_secondments

Deadline = Annotated[
    Any,
    option(
        "--deadline",
        "DATE",
        "The day by which units are to meet their norm.",
        parser=a_day,
        show_default="2030-07-01",
    ),
]
FIVE_YEARS_ON = date(2030, 7, 1)
"""Five years after two-level government began."""


def path(
    population: PopulationFile = None,
    staff: StaffFile = None,
    people: Annotated[
        str | None,
        file_option(
            "--people",
            "A row a person: code, bloc, born, sex. Other columns are not read, and nobody is named.",
        ),
    ] = None,
    leavers: LeaversFile = None,
    plan: Annotated[
        str | None,
        option(
            "--plan",
            "PLAN.csv",
            "Moves that are planned, as `quota plan` writes them: carried out on --as-of.",
        ),
    ] = None,
    secondments: Annotated[
        str | None,
        file_option(
            "--secondments",
            "People on loan: id, home, host, start, end or months. They count where they serve.",
        ),
    ] = None,
    assigned: AssignedFile = None,
    target: TargetOption = Target.NORM,
    deadline: Deadline = None,
    no_recruits: Annotated[
        bool, typer.Option("--no-recruits", help="Only moves: nobody is recruited.")
    ] = False,
    retirement: RetirementId = DEFAULT_RETIREMENT,
    policy: PolicyFile = DEFAULT_POLICY,
    under: FrameOnDay = AS_SHIPPED_TODAY,
    how: Handling = AS_USUAL,
) -> None:
    """Year by year to a deadline: who retires, who meets the norm, the fewest moves and recruits.

    Planned moves and secondments count too: each person where they are on the day. With --target assigned
    units are to meet the posts that a decision assigned, not their norm. A file that ends in .html or .docx
    is a page or a Word document with a picture.
    """
    need("plan", "ortools", "numpy")
    day, end = under.day(), deadline if deadline is not None else FIVE_YEARS_ON
    if end <= day:
        raise usage_error(say("--deadline {end} is not after {day}", end=end, day=day))
    whole, rule = load_frame(under.rules), load_policy(policy)
    frame = under.over(whole.on(day))
    units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    posts = read_assignment(assigned, how, frame.order)
    report = audit(units, frame, staff_table, posts, as_of=day)
    start = situation_of(report, rule, by_assigned=target is Target.ASSIGNED)
    beyond = changes_of_frame(under.rules, whole, day, end)
    start = replace(start, problems=(*start.problems, *unknown_blocs(policy, rule, frame.summary()), *beyond))
    refuse_errors([*start.problems, *problems_of_limits(rule, start, day)])
    refuse_empty(start)
    options = how.options(frame.order)
    stays, more, sources = _stays(plan, secondments, start, rule, (units, frame, staff_table), day, options)
    start = replace(start, problems=(*start.problems, *more), sources=(*start.sources, *sources))
    from quota.planning.path.walking import walk
    from quota.render.views.people.path import path_rendering

    with waiting(say("Planning …")):
        found = walk(
            start,
            rule,
            Distances("points", start.points),
            load_rules(retirement, Retirement),
            read_people(people, frame.order, options) if people else PersonTable(()),
            read_leavers(leavers, frame.order, options) if leavers else LeaverTable(()),
            as_of=day,
            deadline=end,
            frame=frame.summary(),
            blocs=len(frame.summary().blocs),
            recruiting=not no_recruits,
            stays=stays,
        )
    output = how.output
    is_sheet = how.form is None and output is not None and output.suffix.lower() in (".html", ".docx")
    if is_sheet and output is not None:
        from quota.render.report.sheets import sheet_document, sheet_html
        from quota.render.report.way import path_sheet

        sheet = path_sheet(found)
        html = output.suffix.lower() == ".html"
        write_file(output, sheet_html(sheet) if html else sheet_document(sheet))
        tell(found.problems, Output(Format.MARKDOWN, output), verbose=how.verbose)
    else:
        how.answer(path_rendering(found), found.problems, found.unsettled)


def _stays(
    plan: str | None,
    secondments: str | None,
    start: Situation,
    policy: Policy,
    tables: tuple[UnitTable, Frame, StaffTable | None],
    day: date,
    options: ReadOptions,
) -> tuple[tuple[Stay, ...], tuple[Problem, ...], tuple[InputFile, ...]]:
    """Planned moves and secondments, with what is to be said of them and their files.

    `InputError` where a table is wrong, or the plan was made otherwise or from other people than are there.
    """
    found: list[Stay] = []
    problems: list[Problem] = []
    sources: list[InputFile] = []
    if secondments is not None:
        units, frame, staff = tables
        lent = read_secondments(secondments, frame.order, options)
        ledger = secondment_report(units, frame, staff, lent, load_fields(DEFAULT_FIELDS), as_of=day, days=0)
        found += of_secondments(ledger.secondments, day)
        problems += [problem for problem in ledger.problems if problem not in start.problems]
        sources += lent.sources
    if plan is not None:
        from quota.planning.redeploy.made import made_otherwise, path_facts
        from quota.planning.redeploy.spellings import respelled
        from quota.tables.readers.plans import read_plan

        table, _ = respelled(read_plan(plan, options), DoneTable(()), start, keys_by_words(tables[1].order))
        serving = people_on(start.cells, (), found, day)
        cells = {place: replace(cell, staff=serving[place]) for place, cell in start.cells.items()}
        wrong = [
            *table.problems,
            *made_otherwise(
                table, path_facts(policy, tables[1].summary(), start), ("policy", "target", "rules", "by")
            ),
            *not_of_these_tables(table, cells),
        ]
        refuse_errors(wrong)
        found += of_plan(table, day)
        problems += wrong
        sources += table.sources
    return tuple(found), tuple(problems), tuple(sources)


app = single(path)
