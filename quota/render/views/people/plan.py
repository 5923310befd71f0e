"""A redeployment plan in all its forms; its CSV is what `quota plan --check` and `quota progress` read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from quota.core.blocs import Bloc, ByBloc
from quota.core.moves import Balance, Plan, StageCertificate, StagePlan
from quota.core.plan_lines import DISTANCE_WORDS
from quota.core.posts import Gap
from quota.core.results import FrameSummary, Totals
from quota.core.text import LocalText, Text, say
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Grid, Shown, figures, table
from quota.render.kit.page import Page, sections_of, tables_of
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import gap_marks, words
from quota.render.views.people.plan_rows import plan_rows
from quota.render.views.people.plan_sentences import closing_lines
from quota.render.views.people.plan_words import (
    CRITERION_WORDS,
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
                *([(say("Why no stage does better"), _certificates(plan))] if proof else []),
            ),
            list(closing_lines(plan)),
        ),
        lambda: plan_plain(plan),
        lambda: plan_rows(plan),
    )


def heading_lines(plan: Plan) -> list[tuple[str, str]]:
    """What was planned, by which policy and frame, on which distances."""
    policy = (plan.policy, plan.policy_title)
    basis = basis_lines(policy, plan.frame, plan.distances, by_assigned=plan.start.by_assigned)
    return [(words(say("Plan")), tables_of(plan.sources, plan.as_of)), *basis, *beware_pairs(plan.problems)]


def basis_lines(
    policy: tuple[str, LocalText], frame: FrameSummary | None, distances: str, *, by_assigned: bool
) -> list[tuple[str, str]]:
    """What a plan follows: the policy by its id and title, the frame, what is filled up, the distances."""
    lines = [(words(say("Policy")), f"{policy[0]}: {words(policy[1])}")]
    if frame is not None:
        lines += frame_lines(frame)
    if by_assigned:
        lines.append((words(say("Target")), words(say("the posts that were assigned, not the norm"))))
    return [*lines, (words(say("Distances")), words(DISTANCE_WORDS[distances]))]


class _Moment(Struct, frozen=True):
    """Before the first stage, or after one: who moved in it, what is short and over."""

    when: Text
    moved: int | None
    balance: Balance
    gaps: ByBloc[Gap | None] | None


def _moments(plan: Plan) -> Iterator[_Moment]:
    for place, stage in enumerate(plan.stages):
        if not place:
            yield _Moment(say("before"), None, stage.before, _gaps(plan, stage.audit_before))
        yield _Moment(
            stage_words(stage.number, stage.kind), stage.people, stage.after, _gaps(plan, stage.audit_after)
        )


def _standings(plan: Plan) -> Grid:
    counted = [stage.audit_before for stage in plan.stages if stage.audit_before is not None]
    blocs = counted[0].gap.order if counted else ()
    by_bloc = say(
        "By bloc: − short of the {aim}, + over, added up separately, never netted.", aim=plan.start.aim
    )
    return table(
        _moments(plan),
        Shown(say("When"), lambda moment: moment.when),
        figures(say("Moved"), lambda moment: "" if moment.moved is None else moment.moved),
        figures(say("Short"), lambda moment: moment.balance.short),
        figures(say("Over"), lambda moment: moment.balance.surplus),
        figures(say("Worst unit"), lambda moment: moment.balance.worst),
        *map(_of_bloc, blocs),
        closing=[by_bloc] if blocs else [],
    )


def _of_bloc(bloc: Bloc) -> Shown[_Moment]:
    return figures(bloc.name, lambda moment: gap_marks(moment.gaps[bloc] if moment.gaps else None))


def _gaps(plan: Plan, totals: Totals | None) -> ByBloc[Gap | None] | None:
    """By bloc what is short and over of what units are filled to; None where there are no blocs."""
    if totals is None:
        return None
    filling = totals.assignment if plan.start.by_assigned else None
    return totals.gap if filling is None else filling.vacancy


def moves_grid(plan: Plan) -> Grid:
    """Each move: stage, from, to, bloc or position, people, km."""
    names = plan.start.names
    return table(
        [
            (stage, move.origin, move.target, move)
            for stage in plan.stages
            for move in stage.moves
            if move.origin is not None and move.target is not None
        ],
        Shown(say("Stage"), lambda row: stage_words(row[0].number, row[0].kind)),
        Shown(say("From"), lambda row: names.get(row[1].code, row[1].code)),
        Shown(say("To"), lambda row: "" if row[1].code == row[2].code else names[row[2].code]),
        Shown(_group_heading(plan), lambda row: ends_words(row[1], row[2])),
        figures(say("People"), lambda row: row[3].people),
        figures(say("km"), lambda row: "" if row[1].code == row[2].code else km_words(row[3].metres)),
    )


def _group_heading(plan: Plan) -> Text:
    return say("Position") if plan.start.by_position else say("Bloc")


def _left(plan: Plan) -> Grid:
    return table(
        [cell for cell in plan.end.cells.values() if cell.short],
        Shown(say("Unit"), lambda cell: plan.start.names[cell.place.code]),
        Shown(_group_heading(plan), lambda cell: group_words(cell.place.group)),
        figures(say("Posts"), lambda cell: cell.short),
    )


def _certificates(plan: Plan) -> Grid:
    return table(
        [
            (stage, certificate)
            for stage in plan.stages
            for certificate in stage.certificates
            if stage.people or certificate.criterion == "shortfall"
        ],
        Shown(say("Stage"), lambda row: stage_words(row[0].number, row[0].kind)),
        Shown(say("What is weighed, the first first"), lambda row: _criterion(row[1], row[0])),
        figures(say("Reached"), lambda row: row[1].value),
        figures(say("Bound"), lambda row: row[1].bound),
        Shown(say("Proof"), lambda row: PROOF_WORDS[row[1].proof]),
    )


def _criterion(certificate: StageCertificate, stage: StagePlan) -> Text:
    if certificate.criterion == "distance" and any(move.metres is None for move in stage.moves):
        return say("metres in all, an unknown way counting one more than the longest")
    return CRITERION_WORDS[certificate.criterion]
