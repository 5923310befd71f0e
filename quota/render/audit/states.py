"""Positions and the states of people, as every form of an audit shows them beside norm, assigned, present."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.positions import OF_POSITIONS, State
from quota.core.results import AuditReport, Totals, UnitAudit
from quota.core.text import Text, count, say
from quota.render.audit.columns import ASSIGNED, NAME, QUOTA, STAFF
from quota.render.audit.laid_out import bloc_headings
from quota.render.audit.shapes import Figure, Part
from quota.render.kit.plain import Plain
from quota.render.kit.words import called, number, words

if TYPE_CHECKING:  # values of states that most runs are not about
    from quota.core.positions import States, StateTotals

_CAPTIONS: dict[State, tuple[Text, Text]] = {
    State.POSITIONS: (say("number"), say("Positions")),
    State.FILLED: (say("filled"), say("Positions filled")),
    State.VACANT: (say("vacant"), say("Positions vacant")),
    State.BEYOND: (say("beyond"), say("People beyond positions")),
    State.AWAY: (say("away"), say("On loan elsewhere")),
    State.RECEIVED: (say("here"), say("On loan here")),
    State.LEAVING: (say("leaving"), say("Leaving")),
    State.ARRIVING: (say("arriving"), say("Arriving")),
}
"""What a state is called under the heading of its group, and where it is alone."""
TITLE = say("Positions and states of people")


def _counts(found: UnitAudit | Totals, state: State) -> tuple[int | None, ...]:
    states: States | StateTotals | None = found.states
    if states is None or state not in states.counts:
        return (None,) * (len(found.gap.order) + 1)
    return (*states.counts[state].values, states.total(state))


def _figure(state: State) -> Figure:
    caption, title = _CAPTIONS[state]

    def plain(found: UnitAudit | Totals) -> Plain:
        *blocs, whole = _counts(found, state)
        return dict(zip((*found.gap.order, "total"), (*blocs, whole), strict=True))

    return Figure(
        state.value,
        caption,
        (Part(state.value, caption, title),),
        values=lambda found: _counts(found, state),
        shown=number,
        plain=plain,
        needs=lambda report: report.totals.states is not None and state in report.totals.states.counts,
    )


STATE_FIGURES = {state: _figure(state) for state in State}
"""Each state as a figure of an audit: of every bloc and of all of them."""


def states_shown(report: AuditReport) -> tuple[Figure, ...]:
    """The states that the tables of this audit tell of."""
    return tuple(figure for figure in STATE_FIGURES.values() if figure.needs(report))


class StateGroup(Struct, frozen=True):
    """Columns under one heading; no heading over the three numbers."""

    heading: Text | None
    figures: tuple[Figure, ...]


def groups_of(report: AuditReport) -> list[StateGroup]:
    """Norm, assigned and present as far as they are known; positions; loans; who leaves and arrives."""
    totals = report.totals.states
    numbers = tuple(figure for figure in (QUOTA, ASSIGNED, STAFF) if figure.needs(report))
    groups = [StateGroup(None, numbers)]
    if totals is None:
        return groups
    by_heading = (
        (say("Positions"), OF_POSITIONS),
        (say("On loan"), (State.AWAY, State.RECEIVED)),
        (say("By {day}", day=totals.until), (State.LEAVING, State.ARRIVING)),
    )
    for heading, states in by_heading:
        figures = tuple(STATE_FIGURES[state] for state in states if state in totals.counts)
        groups += [StateGroup(heading, figures)] if figures else []
    return groups


def state_rows(report: AuditReport, bloc: Bloc | None = None) -> tuple[list[str], list[list[str]]]:
    """Headings in full, and a row a unit then their sum: figures of `bloc`, or of all blocs together."""
    place = len(report.frame.blocs) if bloc is None else report.frame.blocs.index(bloc)
    figures = [(group.heading, figure) for group in groups_of(report) for figure in group.figures]
    headings = [words(NAME.heading)]
    headings += [
        words(figure.caption) if heading is None else f"{words(heading)}: {words(figure.caption)}"
        for heading, figure in figures
    ]
    names = called(audited.unit for audited in report.units)
    rows = [
        [words(names[audited.unit.code]), *(_shown(figure, audited, place) for _, figure in figures)]
        for audited in report.units
    ]
    totals = [words(say("Totals")), *(_shown(figure, report.totals, place) for _, figure in figures)]
    return headings, [*rows, totals]


def _shown(figure: Figure, found: UnitAudit | Totals, place: int) -> str:
    return figure.shown(figure.values(found)[place])


def state_total_rows(report: AuditReport) -> Iterator[tuple[str, list[str]]]:
    """A label and the figures by bloc and in all, for the table of totals."""
    for figure in states_shown(report):
        yield words(figure.parts[0].title), [number(people) for people in figure.values(report.totals)]


def state_lines(report: AuditReport) -> Iterator[Text]:
    """What follows an audit's totals where states were counted."""
    found = report.totals.states
    if found is None:
        return
    if State.POSITIONS in found.counts:
        yield say(
            "Positions vacant are those with nobody; people beyond the positions of their kind fill no other."
        )
        positions = found.total(State.POSITIONS)
        told = (found.total(State.FILLED) or 0) + (found.total(State.VACANT) or 0)
        if positions is not None and positions > told:
            yield count(
                "Whether {n} of the positions is filled is unknown.",
                "Whether {n} of the positions are filled is unknown.",
                n=positions - told,
            )
        for bloc, unknown in found.unknown[State.VACANT].items():
            if unknown:
                yield count(
                    "{bloc} positions: how many are vacant is unknown in {n} unit: in no total.",
                    "{bloc} positions: how many are vacant is unknown in {n} units: in no total.",
                    bloc=words(bloc.name),
                    n=unknown,
                )
    if State.AWAY in found.counts:
        yield say("Who is on loan keeps the position at home and fills none where they serve.")
    if State.LEAVING in found.counts or State.ARRIVING in found.counts:
        yield say(
            "Leaving and arriving: whose day is known, from {first} to {last}.",
            first=report.as_of,
            last=found.until,
        )


def unit_state_lines(audited: UnitAudit) -> Iterator[tuple[str, str]]:
    """One unit's states by bloc, a label and words for each state."""
    if audited.states is None:
        return
    groups = bloc_headings(audited.gap.order)
    for state in audited.states.counts:
        figures = zip(groups, _counts(audited, state), strict=True)
        text = " · ".join(f"{group} {number(people)}" for group, people in figures)
        yield words(_CAPTIONS[state][1]), text


def bloc_states(audited: UnitAudit, bloc: Bloc) -> str:
    """One bloc's states in one line; nothing where none was counted."""
    if audited.states is None:
        return ""
    found = ((state, audited.states.counts[state][bloc]) for state in audited.states.counts)
    return ", ".join(f"{words(_CAPTIONS[state][1])}: {number(people)}" for state, people in found)


def states_plain(found: UnitAudit | Totals) -> Plain:
    """States for JSON, under `states`: there only where their tables were given."""
    states: Any = found.states
    if states is None:
        return {}
    plain: Plain = {state.value: STATE_FIGURES[state].plain(found) for state in states.counts}
    if isinstance(found, Totals):
        plain["until"] = states.until.isoformat()
        plain["unknown"] = {state.value: dict(units.items()) for state, units in states.unknown.items()}
    return {"states": plain}
