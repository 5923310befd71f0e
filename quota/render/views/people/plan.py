"""A redeployment plan in all its forms; its CSV is what `quota plan --check` and `quota progress` read."""

from __future__ import annotations

from quota.core.blocs import ByBloc
from quota.core.moves import Balance, Plan, StageCertificate, StagePlan
from quota.core.posts import Gap
from quota.core.results import Totals
from quota.core.text import Text, say
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.page import Page, sections_of
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import day, gap_marks, words
from quota.render.views.people.plan_rows import plan_rows
from quota.render.views.people.plan_sentences import closing_lines
from quota.render.views.people.plan_words import (
    CRITERION_WORDS,
    DISTANCE_WORDS,
    PROOF_WORDS,
    ends_words,
    group_words,
    km_words,
    stage_words,
)


def plan_rendering(plan: Plan, *, proof: bool = False) -> Rendering:
    """How to write a plan; with `proof` the certificates for specialists too."""
    from quota.render.views.people.plan_plain import plan_plain

    return page_rendering(
        Page(
            heading_lines(plan),
            sections_of(
                (say("Before and after each stage"), _standings(plan)),
                (say("Moves"), moves_grid(plan)),
                (say("Posts that stay empty"), _left(plan)),
                *([(say("Why no plan does better"), _certificates(plan))] if proof else []),
            ),
            closing_lines(plan),
        ),
        lambda: plan_plain(plan),
        lambda: plan_rows(plan),
    )


def heading_lines(plan: Plan) -> list[tuple[str, str]]:
    """What was planned, by which policy and frame, on which distances."""
    files = " + ".join(words(source.path) for source in plan.sources)
    lines = [(words(say("Plan")), f"{files} · {day(plan.as_of)}")]
    lines.append((words(say("Policy")), f"{plan.policy}: {words(plan.policy_title)}"))
    if plan.frame is not None:
        lines += frame_lines(plan.frame)
    if plan.start.by_assigned:
        lines.append((words(say("Target")), words(say("the posts that were assigned, not the norm"))))
    lines.append((words(say("Distances")), words(DISTANCE_WORDS[plan.distances])))
    return lines + beware_pairs(plan.problems)


def _standings(plan: Plan) -> Grid:
    columns = [
        Column("when", say("When")),
        Column("moved", say("Moved"), numeric=True),
        Column("short", say("Short"), numeric=True),
        Column("surplus", say("Over"), numeric=True),
        Column("worst", say("Worst unit"), numeric=True),
    ]
    counted = [stage.audit_before for stage in plan.stages if stage.audit_before is not None]
    blocs = counted[0].gap.order if counted else ()
    columns += [Column(bloc, bloc.name, numeric=True) for bloc in blocs]
    rows: list[dict[str, Value]] = []
    for stage in plan.stages:
        if not rows:
            rows.append(_standing_row(say("before"), None, stage.before, _gaps(plan, stage.audit_before)))
        after = _gaps(plan, stage.audit_after)
        rows.append(_standing_row(stage_words(stage), stage.people, stage.after, after))
    closing = (
        [
            say(
                "By bloc: − short of the {aim}, + over, added up separately, never netted.",
                aim=plan.start.aim,
            )
        ]
        if blocs
        else []
    )
    return Grid("standings", columns, rows, {}, closing)


def _gaps(plan: Plan, totals: Totals | None) -> ByBloc[Gap | None] | None:
    """By bloc what is short and over of what units are filled to; None where there are no blocs."""
    if totals is None:
        return None
    filling = totals.assignment if plan.start.by_assigned else None
    return totals.gap if filling is None else filling.vacancy


def _standing_row(
    when: Text, moved: int | None, standing: Balance, gaps: ByBloc[Gap | None] | None
) -> dict[str, Value]:
    row: dict[str, Value] = {
        "when": when,
        "moved": "" if moved is None else moved,
        "short": standing.short,
        "surplus": standing.surplus,
        "worst": standing.worst,
    }
    if gaps is not None:
        row |= {bloc: gap_marks(gap) for bloc, gap in gaps.items()}
    return row


def moves_grid(plan: Plan) -> Grid:
    """Each move: stage, from, to, bloc or position, people, km."""
    columns = [
        Column("stage", say("Stage")),
        Column("from", say("From")),
        Column("to", say("To")),
        Column("group", say("Position") if plan.start.by_position else say("Bloc")),
        Column("people", say("People"), numeric=True),
        Column("km", say("km"), numeric=True),
    ]
    names = plan.start.names
    rows: list[dict[str, Value]] = []
    for stage in plan.stages:
        for move in stage.moves:
            if move.origin is None or move.target is None:
                continue
            inside = move.origin.code == move.target.code
            rows.append(
                {
                    "stage": stage_words(stage),
                    "from": names.get(move.origin.code, move.origin.code),
                    "to": "" if inside else names[move.target.code],
                    "group": ends_words(move.origin, move.target),
                    "people": move.people,
                    "km": "" if inside else km_words(move.metres),
                }
            )
    return Grid("moves", columns, rows, {})


def _left(plan: Plan) -> Grid:
    columns = [Column("unit", say("Unit")), Column("group", say("Bloc"))]
    if plan.start.by_position:
        columns[1] = Column("group", say("Position"))
    columns.append(Column("short", say("Posts"), numeric=True))
    rows: list[dict[str, Value]] = [
        {
            "unit": plan.start.names[cell.place.code],
            "group": group_words(cell.place.group),
            "short": cell.short,
        }
        for cell in plan.end.cells.values()
        if cell.short
    ]
    return Grid("left", columns, rows, {})


def _certificates(plan: Plan) -> Grid:
    columns = [
        Column("stage", say("Stage")),
        Column("what", say("What is weighed, the first first")),
        Column("value", say("Reached"), numeric=True),
        Column("bound", say("Bound"), numeric=True),
        Column("proof", say("Proof")),
    ]
    rows: list[dict[str, Value]] = [
        {
            "stage": stage_words(stage),
            "what": _criterion(certificate, stage),
            "value": certificate.value,
            "bound": certificate.bound,
            "proof": PROOF_WORDS[certificate.proof],
        }
        for stage in plan.stages
        for certificate in stage.certificates
        if stage.people or certificate.criterion == "shortfall"
    ]
    return Grid("certificates", columns, rows, {})


def _criterion(certificate: StageCertificate, stage: StagePlan) -> Text:
    if certificate.criterion == "distance" and any(move.metres is None for move in stage.moves):
        return say("metres in all, an unknown way counting one more than the longest")
    return CRITERION_WORDS[certificate.criterion]
