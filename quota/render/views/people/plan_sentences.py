"""A plan in sentences: what it changes, and why no plan fills more."""

from __future__ import annotations

from quota.core.moves import EmptyPosts, PeopleOver, Plan, Reasons
from quota.core.text import Text, count, say
from quota.render.audit.unsettled import settle_line, unsettled_lines
from quota.render.kit.words import words
from quota.render.views.people.plan_words import (
    group_words,
    stage_words,
)


def closing_lines(plan: Plan) -> list[Text]:
    """Sentences on what the plan changes."""
    if not plan.stages:
        return []
    first, last = plan.stages[0].before, plan.stages[-1].after
    by_kind = " · ".join(
        words(say("{stage}: {n}", stage=stage_words(stage.number, stage.kind), n=stage.people))
        for stage in plan.stages
    )
    lines = [
        say(
            "{people} people move ({stages}).",
            people=sum(stage.people for stage in plan.stages),
            stages=by_kind,
        ),
        say(
            "Of {short} posts short of the {aim}, {filled} are filled and {left} stay empty.",
            aim=plan.start.aim,
            short=first.short,
            filled=first.short - last.short,
            left=last.short,
        ),
        *_on_loan(plan),
        *_on_loan_already(plan),
        say(
            "Of {over} people over the {aim}, {moved} move and {left} stay where they are.",
            aim=plan.start.aim,
            over=first.surplus,
            moved=first.surplus - last.surplus,
            left=last.surplus,
        ),
    ]
    for stage in plan.stages:
        lines += [
            count(
                "Stage {stage} stops at {limit}: without it, {n} post more would be filled.",
                "Stage {stage} stops at {limit}: without it, {n} posts more would be filled.",
                n=stopper.more,
                stage=stage.number + 1,
                limit=stopper.limit,
            )
            for stopper in stage.stoppers
        ]
    lines += reason_lines(plan.reasons, plan.start.aim)
    totals = plan.stages[-1].audit_after
    known = totals.total_gap if totals is not None else None
    if known is not None and known.shortfall != last.short:
        lines.append(say("Units with an unknown bloc take no part."))
    lines += [*unsettled_lines(plan.start.unsettled), *settle_line(plan.start.unsettled)]
    lines.append(say("Checked move by move by plain arithmetic: every law of the policy is kept."))
    return lines


def _on_loan(plan: Plan) -> list[Text]:
    """Posts that are filled for a time only, by people who are on other books."""
    return [
        count(
            "{n} of them by one person on loan for {months} months, who stays on the home's books.",
            "{n} of them by people on loan for {months} months, who stay on their homes' books.",
            n=stage.people,
            months=stage.months,
        )
        for stage in plan.stages
        if stage.months and stage.people
    ]


def _on_loan_already(plan: Plan) -> list[Text]:
    """Who serves at a unit on the day by a secondment that runs, and when the first and the last go home."""
    loans = plan.start.on_loan
    if not loans:
        return []
    people = sum(loan.people for loan in loans)
    first, last = loans[0].until, loans[-1].until
    return [
        count(
            "{n} person on loan already is counted where they serve; the last day there is {first}.",
            "{n} people on loan already are counted where they serve; their last days there are from {first}"
            " to {last}.",
            n=people,
            first=first,
            last=last,
        )
    ]


def reason_lines(why: Reasons, aim: Text) -> list[Text]:
    """Why no plan fills more, in facts that can be looked up in the tables."""
    posts = sum(empty.posts for empty in why.empty)
    if not posts:
        return []
    idle = [_idle(over, aim) for over in why.over if not over.empty]
    if why.all_out_of_reach:
        line = count(
            "Why no plan fills more: the {n} empty post is in a bloc where nobody is over within reach.",
            "Why no plan fills more: every one of the {n} empty posts is in a bloc where nobody is over"
            " within reach.",
            n=posts,
        )
        return [line, *idle]
    return [*map(_empty, why.empty), *idle]


def _empty(empty: EmptyPosts) -> Text:
    group = group_words(empty.group)
    if empty.over == 0:
        return say(
            "{group}: {posts} posts stay empty; nobody is left over who may fill them.",
            group=group,
            posts=empty.posts,
        )
    return say(
        "{group}: {posts} posts stay empty; {over} people are over who may fill such posts, but the policy's"
        " limits keep them from these.",
        group=group,
        posts=empty.posts,
        over=empty.over,
    )


def _idle(over: PeopleOver, aim: Text) -> Text:
    return say(
        "{group}: {people} people stay over the {aim}; no post that they may fill elsewhere is empty.",
        aim=aim,
        group=group_words(over.group),
        people=over.people,
    )
