"""What an audit says in words, shared by the terminal and Markdown: heading, totals, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from quota.core.blocs import ByBloc
from quota.core.posts import known_gap
from quota.core.problems import BEWARE, Problem
from quota.core.results import AuditReport, FrameSummary, Status, Totals
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.render.audit.columns import GAP, decision_words
from quota.render.audit.laid_out import figures_of, lines_of
from quota.render.audit.states import state_lines, state_total_rows
from quota.render.audit.unsettled import unsettled_lines
from quota.render.audit.work_words import audit_work_lines
from quota.render.kit.page import tables_of
from quota.render.kit.words import STATUS_NAMES, cited, day, number, words

_MARKS = "*†‡§"
_MOST_DECISIONS = 8

FRAME_STATUS: Mapping[str, Text] = {
    "draft": say("draft"),
    "provisional": say("provisional"),
    "in-force": say("in force"),
    "superseded": say("superseded"),
}


def audit_title(province: Text | None) -> str:
    """What an audit on paper is called, with the province that all units are of, if so."""
    if province is not None:
        return words(
            say("Staffing of commune-level units of {province} against their quota", province=province)
        )
    return words(say("Staffing of commune-level units against their quota"))


def frame_lines(frame: FrameSummary, *, files: bool = True) -> list[tuple[str, str]]:
    """The frame in force: id and status, reading, source, `files` of one's own that it is read from."""
    since = words(say("in force since {day}", day=day(frame.effective_from)))
    if frame.effective_to is not None:
        since = words(
            say("in force {first} to {last}", first=day(frame.effective_from), last=day(frame.effective_to))
        )
    own = [file.path for file in frame.files if files and not file.path.startswith("rules/")]
    return [
        (
            words(say("Frame")),
            f"{frame.id} ({words(FRAME_STATUS[frame.status])}, {since}): {words(frame.title)}",
        ),
        (words(say("Reading")), words(frame.reading)),
        (words(say("Source")), cited(frame.sources)),
        *((words(say("File")), words(path)) for path in own),
    ]


def run_lines(
    label: Text, inputs: Iterable[InputFile], as_of: date, frame: FrameSummary, problems: Iterable[Problem]
) -> list[tuple[str, str]]:
    """What a page rests on, under its own label: tables and day, the frame, what to beware of."""
    return [(words(label), tables_of(inputs, as_of)), *frame_lines(frame), *beware_pairs(problems)]


def side_lines(label: str, frame: FrameSummary) -> list[tuple[str, str]]:
    """A frame under the label of its side."""
    (_, first), *rest = frame_lines(frame)
    return [(label, first), *rest]


def heading_lines(report: AuditReport) -> list[tuple[str, str]]:
    """Everything above the table, as pairs of a label and words."""
    files = [words(file.path) for file in report.inputs]
    shown = words(count("{n} unit", "{n} units", n=report.totals.units))
    if report.selection:
        shown = words(say("{n} of {all} units", n=len(report.units), all=report.totals.units))
    lines = [(words(say("Audit")), f"{' + '.join(files)} · {shown} · {day(report.as_of)}")]
    lines += frame_lines(report.frame)
    return lines + beware_pairs(report.problems)


def beware_pairs(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """A warning beside the figures for each input that is made up, and for what is doubtful in one."""
    return [
        (words(say("Beware")), words(say("{file}: {message}", file=problem.file, message=problem.message)))
        for problem in problems
        if problem.code in BEWARE
    ]


def note_marks(report: AuditReport) -> Mapping[str, tuple[str, str]]:
    """A mark and the words for each note that units on show carry, by the note's code."""
    found: dict[str, str] = {}
    for audited in report.units:
        for note in audited.notes:
            found.setdefault(note.code, words(note.text))
    return {code: (_MARKS[place % len(_MARKS)], text) for place, (code, text) in enumerate(found.items())}


def total_rows(report: AuditReport) -> Iterator[tuple[str, list[str]]]:
    """A label and the figures by bloc and in all: those of the audit, then those of hands."""
    for line in lines_of(figures_of(report)):
        yield words(line.title), [line.signed(value) for value in line.figure.values(report.totals)]
    yield from state_total_rows(report)
    if report.has_staff and report.hands is not None:
        present = [people for people in report.hands.present if people is not None]
        by_hands = [*report.hands.gap, known_gap(report.hands.gap)]
        yield words(say("Hands")), [number(people) for people in (*report.hands.present, sum(present))]
        for label, line in zip(
            (say("Shortfall by hands"), say("Surplus by hands")), lines_of([GAP]), strict=True
        ):
            yield words(label), [line.signed(gap) for gap in by_hands]


def totals_heading(report: AuditReport) -> Text:
    """What the totals are of: where fewer units are on show, of more than those."""
    return say("The whole table") if report.selection else say("Totals")


def closing_lines(report: AuditReport, *, advice: bool = True) -> list[str]:
    """The lines under the totals: units by status, units below the minimum, figures that are unknown.

    Without `advice`, nothing is said of options: a paper that is handed in has none.
    """
    totals = report.totals
    lines = []
    if report.has_staff:
        counts = [
            f"{number(totals.status[status])} {words(STATUS_NAMES[status])}"
            for status in Status
            if totals.status[status] or status is not Status.UNKNOWN
        ]
        lines.append(words(say("Units: {counts}.", counts=" · ".join(counts))))
        lines.append(words(say("Shortfall and surplus are summed separately, never netted.")))
    elif advice:
        lines.append(words(say("No staff figures: quotas only. Give a staff table with --staff FILE.")))
    else:
        lines.append(words(say("No staff figures: quotas only.")))
    if report.frame.minimum_population:
        lines.append(words(_below_minimum(report)))
    lines += [words(text) for text in unsettled_lines(totals.unsettled)]
    lines += [words(text) for text in unknown_in(totals)]
    lines += [words(text) for text in _assigned_lines(report)]
    lines += [words(text) for text in (*audit_work_lines(report), *state_lines(report))]
    return lines


def _below_minimum(report: AuditReport) -> Text:
    minimums = set(report.frame.minimum_population.values())
    if len(minimums) != 1:
        return count(
            "{n} unit under its type's minimum population.",
            "{n} units under their type's minimum population.",
            n=report.totals.below_minimum,
        )
    return count(
        "{n} unit under {minimum} residents, the frame's minimum for a new unit.",
        "{n} units under {minimum} residents, the frame's minimum for a new unit.",
        n=report.totals.below_minimum,
        minimum=minimums.pop(),
    )


def _assigned_lines(report: AuditReport) -> Iterator[Text]:
    """Assigned posts: units by status, what is kept back, what is unknown."""
    found = report.totals.assignment
    if found is None:
        return
    if report.has_staff:
        counts = " · ".join(
            f"{number(units)} {words(STATUS_NAMES[status])}"
            for status, units in found.status.items()
            if units or status is not Status.UNKNOWN
        )
        yield say("Units against their assigned posts: {counts}.", counts=counts)
    yield say("Posts granted are the norm by the frame; only a decision assigns posts.")
    yield from _decision_lines(report)
    for reserve in found.reserves:
        posts = [known for known in reserve.posts if known is not None]
        kept = number(sum(posts) if posts else None)
        if reserve.province:
            yield say(
                "Kept back by {province}: {posts} assigned posts.", province=reserve.province, posts=kept
            )
        else:
            yield say("Kept back: {posts} assigned posts.", posts=kept)
    yield from unknown_assigned(found.unknown)


def unknown_assigned(units: ByBloc[int]) -> Iterator[Text]:
    """Of how many units a bloc's assigned posts are unknown."""
    for bloc, unknown in units.items():
        if unknown:
            yield count(
                "{bloc} assigned posts unknown in {n} unit: in no total.",
                "{bloc} assigned posts unknown in {n} units: in no total.",
                bloc=bloc.name,
                n=unknown,
            )


def _decision_lines(report: AuditReport) -> Iterator[Text]:
    """Which decisions assigned the posts of the units on show, and of how many none is known."""
    known = [decision for audited in report.units if (decision := audited.unit.decision) is not None]
    decisions, without = Counter(known), len(report.units) - len(known)
    for decision, units in decisions.most_common(_MOST_DECISIONS):
        yield say(
            "Assigned by {decision}: {units}.",
            decision=decision_words(decision),
            units=words(count("{n} unit", "{n} units", n=units)),
        )
    more = len(decisions) - _MOST_DECISIONS
    if more > 0:
        yield count("Assigned by {n} more decision.", "Assigned by {n} more decisions.", n=more)
    if decisions and without:
        yield count(
            "The decision is unknown in {n} unit.", "The decision is unknown in {n} units.", n=without
        )


def unknown_in(totals: Totals) -> Iterator[Text]:
    """What is unknown of the units that totals are of, and so in none of them."""
    if totals.unknown_population:
        yield count(
            "Residents unknown in {n} unit: its staff is in the totals, a quota and a gap are not.",
            "Residents unknown in {n} units: their staff is in the totals, quotas and gaps are not.",
            n=totals.unknown_population,
        )
    if totals.total_staff is None:
        return
    for bloc, unknown in totals.unknown_staff.items():
        if unknown:
            yield count(
                "{bloc} staff unknown in {n} unit: no gap, in no total.",
                "{bloc} staff unknown in {n} units: no gap, in no total.",
                bloc=words(bloc.name),
                n=unknown,
            )
