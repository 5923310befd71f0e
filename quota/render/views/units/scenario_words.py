"""What a scenario's result says in words, shared by the terminal and Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quota.core.blocs import ByBloc, total
from quota.core.posts import Posts, sum_posts
from quota.core.results import Totals
from quota.core.sums import known_sum
from quota.core.text import Text, count, say
from quota.core.what_if.scenario_results import ChangedUnits, Saved, ScenarioReport, sum_saved
from quota.core.what_if.scenarios import Done, Merge, Rename, Retype, Split, Transfer
from quota.planning.mergers.possible import change_with_the_unknown, report_with_the_unknown
from quota.render.audit.columns import ASSIGNED, VACANCY
from quota.render.audit.laid_out import RUN, run_of
from quota.render.audit.shapes import Figure
from quota.render.audit.unsettled import columns_words, norm_of, norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, frame_lines, unknown_assigned
from quota.render.kit.words import MINUS, TYPE_WORDS, UNKNOWN, day, interval, number, words


def scenario_heading(report: ScenarioReport) -> list[tuple[str, str]]:
    """Scenario, frame and what to beware of, as pairs of a label and words."""
    files = " + ".join(words(file.path) for file in report.inputs)
    return [
        (words(say("Scenario")), words(report.scenario.title)),
        (words(say("Parent")), f"{files} · {day(report.as_of)}"),
        *frame_lines(report.frame),
        *beware_pairs(report.problems),
    ]


def run_cells(report: ScenarioReport) -> dict[str, str | bool]:
    """What every row says of its run."""
    return dict(zip(RUN, run_of(report.frame.id, report.as_of, report.inputs), strict=True))


def operation_lines(report: ScenarioReport) -> list[tuple[str, str]]:
    """Each operation by its number: what it did, when, on whose word."""
    sources = {source.id: source for source in report.scenario.sources}
    lines = []
    for place, done in enumerate(report.done, start=1):
        text = words(operation_words(done))
        about = done.operation.about
        notes = [day(about.date)] if about.date else []
        if about.source in sources:
            source = sources[about.source]
            notes.append(f"{words(source.title)}, {words(source.publisher)}")
            notes[-1] += f", {day(source.date)}" if source.date else ""
        lines.append((str(place), f"{text} ({'; '.join(notes)})" if notes else text))
    return lines


def operation_words(done: Done) -> Text:
    """One operation as a sentence."""
    before = ", ".join(words(holding.unit.name) for holding in done.before)
    after = ", ".join(words(holding.unit.name) for holding in done.after)
    match done.operation:
        case Merge():
            return say("merge {before} → {after}", before=before, after=after)
        case Split():
            return say("split {before} → {after}", before=before, after=after)
        case Transfer():
            giver, taker = (holding.unit.name for holding in done.before)
            return count(
                "move {n} resident from {one} to {other}",
                "move {n} residents from {one} to {other}",
                n=done.residents_moved,
                one=giver,
                other=taker,
            )
        case Retype(type=new):
            return say("{before} becomes a {type}", before=before, type=TYPE_WORDS[new])
        case Rename():
            return say("{before} is called {after}", before=before, after=after)


def saved_words(saved: Saved | None, then: Saved | None = None) -> str:
    """`57–62`, one number where both ends are equal, with a minus where posts are added.

    `then` is what it is with what is unknown: in brackets, where it is another.
    """
    if saved is None:
        return UNKNOWN
    if then is not None and then != saved:
        return f"{saved_words(saved)} ({saved_words(then)})"
    ends = [_signed(saved.low)] if saved.low == saved.high else [_signed(saved.low), _signed(saved.high)]
    return "–".join(ends) if saved.low >= 0 else " … ".join(ends)


def _signed(amount: int) -> str:
    return number(amount) if amount >= 0 else f"{MINUS}{number(-amount)}"


_CHANGE_HEADINGS: tuple[Text, ...] = (
    say("Of"),
    say("New unit"),
    say("Residents"),
    say("Posts before"),
    say("Posts after"),
    say("Saved"),
    say("Staff"),
    say("Short"),
    say("To place"),
)


def change_headings(report: ScenarioReport) -> list[str]:
    """The headings of `change_rows`."""
    assigned = [figure.caption for figure in _assigned_figures(report)]
    return [words(heading) for heading in (*_CHANGE_HEADINGS, *assigned)]


def _assigned_figures(report: ScenarioReport) -> tuple[Figure, ...]:
    """What is shown of assigned posts: nothing where no table says them."""
    if report.before.assignment is None and report.after.assignment is None:
        return ()
    return (ASSIGNED, VACANCY) if report.after.total_staff is not None else (ASSIGNED,)


def change_rows(report: ScenarioReport) -> Iterator[list[str]]:
    """A row for each unit of each change; figures of the whole change are in its first row."""
    for change in report.changes:
        then = change_with_the_unknown(change)
        before = ", ".join(words(audited.unit.name) for audited in change.before)
        whole = _bracketed(_posts_before(change), _posts_before(then))
        for place, unit_after in enumerate(change.after):
            audit = unit_after.audit
            gap = audit.total_gap
            yield [
                "" if place else before,
                words(audit.unit.name),
                number(audit.unit.population),
                "" if place else whole,
                norm_words(audit.quota),
                "" if place else saved_words(change.total_saved, then.total_saved),
                number(total(audit.staff)),
                UNKNOWN if gap is None else number(gap.shortfall),
                UNKNOWN if gap is None else number(gap.surplus),
                *(figure.shown(figure.values(audit)[-1]) for figure in _assigned_figures(report)),
            ]


BEFORE: Mapping[str, Text] = {
    ASSIGNED.key: say("Assigned posts before"),
    VACANCY.key: say("Against assigned before"),
}
AFTER: Mapping[str, Text] = {
    ASSIGNED.key: say("Assigned posts after"),
    VACANCY.key: say("Against assigned after"),
}


def _posts_before(change: ChangedUnits) -> Posts | None:
    posts = [audited.quota.total for audited in change.before if audited.quota is not None]
    return sum_posts(posts) if len(posts) == len(change.before) else None


def _bracketed(posts: Posts | None, possible: Posts | None) -> str:
    return interval(posts) if posts == possible else f"{interval(posts)} ({interval(possible)})"


def total_rows(report: ScenarioReport) -> Iterator[tuple[str, list[str]]]:
    """The whole set before and after, by bloc and in all."""
    before, after = report.before, report.after
    yield words(say("Posts before")), _posts(before)
    yield words(say("Posts after")), _posts(after)
    then = report_with_the_unknown(report) or report
    saved, others = [[*found, sum_saved(found)] for found in (list(report.saved), list(then.saved))]
    yield (
        words(say("Posts saved")),
        [saved_words(posts, other) for posts, other in zip(saved, others, strict=True)],
    )
    yield from _staff_rows(report)
    for figure in _assigned_figures(report):
        for label, side in ((BEFORE[figure.key], before), (AFTER[figure.key], after)):
            yield words(label), [figure.shown(value) for value in figure.values(side)]


def _staff_rows(report: ScenarioReport) -> Iterator[tuple[str, list[str]]]:
    before, after = report.before, report.after
    if all(people is None for people in before.staff):
        return
    known = [people for people in after.staff if people is not None]
    yield words(say("Inherited staff")), [number(people) for people in (*after.staff, sum(known))]
    for label, side, part in (
        (say("Shortfall before"), before, "shortfall"),
        (say("Shortfall after"), after, "shortfall"),
        (say("Surplus before"), before, "surplus"),
        (say("Surplus after"), after, "surplus"),
    ):
        gaps = [*side.gap, side.total_gap]
        yield words(label), [UNKNOWN if gap is None else number(getattr(gap, part)) for gap in gaps]
    yield (
        words(say("People to place")),
        [number(people) for people in (*report.to_place, known_sum(report.to_place))],
    )


def closing_lines(report: ScenarioReport) -> list[str]:
    """Units before and after, units that fail the minimum, what is unknown, what the words mean."""
    return [words(line) for line in _closing(report)]


def _closing(report: ScenarioReport) -> Iterator[Text]:
    before, after = report.before, report.after
    yield say("Units: {before} before, {after} after.", before=before.units, after=after.units)
    if report.frame.minimum_population:
        yield say(
            "Under the frame's minimum of residents: {before} before, {after} after.",
            before=before.below_minimum,
            after=after.below_minimum,
        )
        yield from _failing(report.changes)
    yield say(
        "Posts saved: posts before less posts after, low end and high end apart. To place: people above "
        "the quota of the changed units. Shortfall and surplus are never netted."
    )
    yield from unsettled_about(report)
    if _assigned_figures(report):
        yield say(
            "Assigned posts add up in a merger; only a new decision assigns others. Against assigned: − is "
            "posts unfilled, + people above."
        )
        found, blocs = report.after.assignment, report.frame.blocs
        in_all = ByBloc.of(blocs, lambda _: after.units)
        yield from unknown_assigned(found.unknown if found is not None else in_all)
    if report.unknown_saved:
        yield count(
            "Residents unknown in {n} change: its posts saved are not in the total.",
            "Residents unknown in {n} changes: their posts saved are not in the total.",
            n=report.unknown_saved,
        )
    for bloc, unknown in report.unknown_to_place.items():
        if unknown:
            yield count(
                "{bloc} staff unknown in {n} changed unit: its people to place are not counted.",
                "{bloc} staff unknown in {n} changed units: their people to place are not counted.",
                bloc=bloc.name,
                n=unknown,
            )


def saved_then(report: ScenarioReport) -> Iterator[Text]:
    """Posts saved and people to place with what is unknown; nothing where nothing hangs on it."""
    then = report_with_the_unknown(report)
    if then is None:
        return
    saved, place = saved_words(sum_saved(then.saved)), known_sum(then.to_place)
    if place is None:
        yield say("Then {saved} posts are saved.", saved=saved)
    else:
        yield say(
            "Then {saved} posts are saved, {place} people are to be placed.", saved=saved, place=number(place)
        )


def unsettled_about(report: ScenarioReport) -> Iterator[Text]:
    """What hangs on what is unknown: in all before and after, and posts saved and people to place."""
    sides = ((say("before"), report.before.unsettled), (say("after"), report.after.unsettled))
    for side, found in sides:
        yield from (say("{side}: {line}", side=side, line=line) for line in unsettled_lines(found))
    then = report_with_the_unknown(report)
    if then is not None:
        columns = columns_words(report.before.unsettled or report.after.unsettled)
        yield say("In brackets: with what is unknown ({columns}).", columns=columns)
        yield from saved_then(report)


def _failing(changes: tuple[ChangedUnits, ...]) -> Iterator[Text]:
    names = [
        unit_after.audit.unit.name
        for change in changes
        for unit_after in change.after
        if unit_after.audit.below_minimum
    ]
    if names:
        yield say("Changed units still under it: {names}.", names=", ".join(names))


def _posts(totals: Totals) -> list[str]:
    quota = norm_of(totals)
    return [*(norm_words(quota, bloc) for bloc in totals.gap.order), norm_words(quota)]
