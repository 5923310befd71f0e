"""A plan in sentences: what it changes, and why no plan fills more."""

from __future__ import annotations

from collections.abc import Iterator

from quota.core.moves import EmptyPosts, PeopleOver, Plan, Reasons
from quota.core.text import Text, count, say
from quota.render.audit.unsettled import settle_line, unsettled_lines
from quota.render.kit.words import words
from quota.render.views.people.plan_words import group_words, stage_words


def closing_lines(plan: Plan) -> Iterator[Text]:
    """Sentences on what the plan changes."""
    if not plan.stages:
        return
    first, last, aim = plan.stages[0].before, plan.stages[-1].after, plan.start.aim
    by_kind = " · ".join(
        words(say("{stage}: {n}", stage=stage_words(stage.number, stage.kind), n=stage.people))
        for stage in plan.stages
    )
    yield say(
        "{people} people move ({stages}).",
        people=sum(stage.people for stage in plan.stages),
        stages=by_kind,
    )
    yield say(
        "Of {short} posts short of the {aim}, {filled} are filled and {left} stay empty.",
        aim=aim,
        short=first.short,
        filled=first.short - last.short,
        left=last.short,
    )
    yield from _on_loan(plan)
    if first.wanted > first.short:
        yield say(
            "Of {posts} posts more, up to what the policy fills units to, {filled} are filled.",
            posts=first.wanted - first.short,
            filled=first.wanted - first.short - (last.wanted - last.short),
        )
    yield from _on_loan_already(plan)
    yield say(
        "Of {over} people over the {aim}, {moved} move and {left} stay where they are.",
        aim=aim,
        over=first.surplus,
        moved=first.surplus - last.surplus,
        left=last.surplus,
    )
    yield from _guests(plan)
    for stage in plan.stages:
        for stopper in stage.stoppers:
            yield count(
                "Stage {stage} stops at {limit}: without it, {n} post more would be filled.",
                "Stage {stage} stops at {limit}: without it, {n} posts more would be filled.",
                n=stopper.more,
                stage=stage.number + 1,
                limit=stopper.limit,
            )
    yield from reason_lines(plan.reasons, aim)
    if plan.more_together:
        yield count(
            "{n} post more could be filled if earlier stages left people to later ones: each stage, in its"
            " turn, fills as many as it can.",
            "{n} posts more could be filled if earlier stages left people to later ones: each stage, in its"
            " turn, fills as many as it can.",
            n=plan.more_together,
        )
    totals = plan.stages[-1].audit_after
    known = totals.total_gap if totals is not None else None
    if known is not None and known.shortfall != last.short:
        yield say("Units with an unknown bloc take no part.")
    yield from unsettled_lines(plan.start.unsettled)
    yield from settle_line(plan.start.unsettled)
    yield say("Checked move by move by plain arithmetic: every law of the policy is kept.")


def _on_loan(plan: Plan) -> Iterator[Text]:
    """Posts that are filled for a time only, by people who are on other books."""
    for stage in plan.stages:
        if stage.months and stage.people:
            yield count(
                "{n} of them by one person on loan for {months} months, who stays on the home's books.",
                "{n} of them by people on loan for {months} months, who stay on their homes' books.",
                n=stage.people,
                months=stage.months,
            )


def _on_loan_already(plan: Plan) -> Iterator[Text]:
    """Who serves at a unit on the day by a secondment that runs, and when the first and the last go home."""
    loans = plan.start.on_loan
    if loans:
        yield count(
            "{n} person on loan already is counted where they serve; the last day there is {first}.",
            "{n} people on loan already are counted where they serve; their last days there are from {first}"
            " to {last}.",
            n=sum(loan.people for loan in loans),
            first=loans[0].until,
            last=loans[-1].until,
        )


def _guests(plan: Plan) -> Iterator[Text]:
    """People whom the blocs' figures count as over and the plan does not: it moves nobody for them."""
    guests = sum(max(cell.staff - cell.high, 0) - cell.surplus for cell in plan.start.cells.values())
    if guests:
        yield count(
            "By bloc {n} person more is over: a place is over only with those on loan there, and nobody is"
            " moved for them.",
            "By bloc {n} people more are over: places are over only with those on loan there, and nobody is"
            " moved for them.",
            n=guests,
        )


def reason_lines(why: Reasons, aim: Text) -> Iterator[Text]:
    """Why nothing more is filled from there, in facts that can be looked up in the tables."""
    posts = sum(empty.posts for empty in why.empty)
    if not posts:
        return
    if why.all_out_of_reach:
        yield count(
            "Nobody is left over within reach who may fill the {n} post that stays empty.",
            "Nobody is left over within reach who may fill one of the {n} posts that stay empty.",
            n=posts,
        )
    else:
        yield from map(_empty, why.empty)
    for over in why.over:
        if not over.empty:
            yield _idle(over, aim)


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
