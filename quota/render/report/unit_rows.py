"""The units of a report's page, each as HTML: a row of figures, then how its posts come about.

Written here and not by the template: thousands of rows of a dozen cells each are most of a page. Every text
is escaped by `safe`, to what the template makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from quota.core.blocs import Bloc
from quota.core.explanations import Step
from quota.core.names import without_accents
from quota.core.posts import Gap
from quota.core.results import Note, UnitAudit
from quota.core.text import Text, say
from quota.core.units import Decision
from quota.norms.evaluation import steps_of
from quota.norms.files.keys import heading
from quota.norms.schema import Frame
from quota.render.audit.columns import ASSIGNED, GAP, QUOTA, STAFF, STATUS, VACANCY, decision_words
from quota.render.audit.laid_out import lines_of, listed
from quota.render.audit.shapes import Fact, Line, Values
from quota.render.audit.states import bloc_states
from quota.render.kit.words import called, gap_marks, words
from quota.render.report.contents import Report

_MARKS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))
_Found = Mapping[str, Values]
"""What each figure is for a unit, by its key: of each bloc, then of all."""
_SHORT_WORKING = 2
"""Steps of a bloc that many units have alike; longer ones have a unit's own numbers in them."""


def safe(text: object) -> str:
    """A text inside an element or an attribute: nothing in it opens, ends or quotes anything."""
    made = str(text)
    for mark, code in _MARKS:  # quicker than `translate` where letters have accents
        made = made.replace(mark, code)
    return made


class UnitRows:
    """Writes units: what is the same for all of them, and what many have alike, is worked out once."""

    def __init__(self, report: Report, frame: Frame) -> None:
        audit = report.audit
        self.audit, self.frame = audit, frame
        self.names = called(audited.unit for audited in audit.units)
        self.told = (QUOTA, STAFF, GAP, *((ASSIGNED, VACANCY) if audit.has_assigned else ()))
        self.before, lines, self.after = listed(audit)
        self.figures = {figure.key: figure for figure in (*self.told, *(line.figure for line in lines))}
        self.shown = {key: cache(figure.shown) for key, figure in self.figures.items()}
        self.lines = [(line.figure.key, cache(partial(_amount, line))) for line in lines]
        self.own_gap, self.marks, self.notes = cache(_own_gap), cache(_marks), cache(_notes)
        own = len(audit.frame.blocs) if audit.has_staff else 0
        self.columns = 1 + len(self.before) + own + len(lines) + len(self.after)
        self.working = safe(words(say("Working")))
        self.said: dict[tuple[object, ...], str] = {}
        self.blocs: dict[tuple[object, ...], str] = {}

    def html(self, place: int, audited: UnitAudit) -> str:
        """The unit in this place, counted from 0."""
        unit = audited.unit
        found = {key: figure.values(audited) for key, figure in self.figures.items()}
        plain = words(self.names[unit.code])
        name, search = safe(plain), f"{words(unit.code)} {plain} {without_accents(plain)}"
        return (
            f'<tbody class="unit" data-row="{place}" data-called="{name}" '
            f'data-type="{unit.type.value}" data-status="{audited.status.value}" '
            f'data-name="{safe(search)}">\n'
            f"<tr>{self._head(audited, found, name)}{''.join(self._cells(audited, found))}</tr>\n"
            f'<tr class="working"><td colspan="{self.columns}"><details><summary>{self.working}</summary>\n'
            f'<div class="steps">\n{self._blocs(audited, found)}</div>\n'
            f"{self.notes(unit.decision, audited.notes)}</details></td></tr>\n</tbody>\n"
        )

    def _head(self, audited: UnitAudit, found: _Found, name: str) -> str:
        brief = "".join(f'<span class="brief">{line}</span>' for line in self._brief(audited, found))
        return f'<th scope="row" data-value="{name}"><span class="name">{name}</span>{brief}</th>'

    def _brief(self, audited: UnitAudit, found: _Found) -> Iterator[str]:
        """The figures that matter, for a screen too narrow for the table, in lines."""
        quota = self._said(say("quota {quota}", quota=self.shown[QUOTA.key](found[QUOTA.key][-1])))
        if not self.audit.has_staff:
            yield quota
            return
        staff = self.shown[STAFF.key](found[STAFF.key][-1])
        yield f"{quota} · {self._said(say('staff {staff}', staff=staff))}"
        yield f"{self.marks(found[GAP.key][-1])}{safe(STATUS.text(audited))}"

    def _cells(self, audited: UnitAudit, found: _Found) -> Iterator[str]:
        """What is in the columns after the name."""
        for fact in self.before:
            yield _fact(fact, audited)
        if self.audit.has_staff:
            yield from map(self.own_gap, audited.gap.values)
        for key, amount in self.lines:
            yield amount(found[key][-1])
        for fact in self.after:
            yield _fact(fact, audited)

    def _blocs(self, audited: UnitAudit, found: _Found) -> str:
        """How the posts of each bloc come about."""
        steps = steps_of(self.frame, audited.unit)
        figures = [list(map(self.shown[figure.key], found[figure.key])) for figure in self.told]
        by_bloc = zip(*figures, strict=True)  # of each bloc, then of all
        return "".join(
            self._bloc(bloc, steps[bloc], shown, bloc_states(audited, bloc))
            for bloc, shown in zip(audited.gap.order, by_bloc, strict=False)
        )

    def _bloc(self, bloc: Bloc, steps: Sequence[Step], figures: tuple[str, ...], states: str) -> str:
        """One bloc; that of few steps is often another unit's too."""
        if len(steps) > _SHORT_WORKING:
            return self._bloc_of(bloc, steps, figures, states)
        made = [(step.rule, step.source, *_key(step.what), *_key(step.arithmetic)) for step in steps]
        key = (bloc, *figures, states, *made)
        if key not in self.blocs:
            self.blocs[key] = self._bloc_of(bloc, steps, figures, states)
        return self.blocs[key]

    def _bloc_of(self, bloc: Bloc, steps: Sequence[Step], figures: tuple[str, ...], states: str) -> str:
        lines = "".join(
            f"<li><span>{self._said(step.what)}</span> <b>{self._said(step.arithmetic)}</b></li>"
            for step in steps
        )
        said = self._said(_figures(dict(zip([figure.key for figure in self.told], figures, strict=True))))
        listed_steps = f"<ol>{lines}</ol>" if lines else ""
        of_states = f"<p>{safe(states)}</p>" if states else ""
        rule = f'<p class="rule">{self._rule(steps[-1])}</p>' if steps else ""
        return f"<div><h3>{safe(words(bloc.name))}</h3>\n{listed_steps}<p>{said}</p>{of_states}{rule}</div>\n"

    def _rule(self, step: Step) -> str:
        return self._said(say("rule {rule}, source {source}", rule=heading(step.rule), source=step.source))

    def _said(self, text: Text) -> str:
        """A text that many units have, worded and escaped once."""
        key = _key(text)
        said = self.said.get(key)
        if said is None:
            said = self.said[key] = safe(words(text))
        return said


def _key(text: Text) -> tuple[object, ...]:
    return text.template, *text.values.values()


def _notes(decision: Decision | None, notes: Iterable[Note]) -> str:
    """What assigned the unit's posts, where that is known; then the frame's remarks."""
    told = [words(note.text) for note in notes]
    if decision is not None:
        told.insert(0, words(say("Assigned by {decision}.", decision=decision_words(decision))))
    return "".join(f'<p class="note">{safe(text)}</p>' for text in told)


def _marks(gap: Gap | None) -> str:
    """Posts that are empty and people over, each in its colour."""
    return "".join(
        f'<b class="{line.ink}">{safe(line.signed(gap))}</b> ' for line in lines_of([GAP]) if line.amount(gap)
    )


def _own_gap(own: Gap | None) -> str:
    """The cell of one bloc, which has at most one of the two sides."""
    value = own.surplus - own.shortfall if own else None
    style = "short" if own and own.shortfall else "over" if own and own.surplus else "number"
    return _cell(gap_marks(own), value, style)


def _amount(line: Line, value: Any) -> str:
    """The cell of a figure of all blocs."""
    amount = line.amount(value)
    return _cell(line.text(value), amount, line.ink if line.ink and amount else "number")


def _fact(fact: Fact, audited: UnitAudit) -> str:
    text = fact.text(audited)
    if fact.is_number:
        return _cell(text, fact.value(audited), "number")
    return _cell(text, text, f"status-{fact.value(audited)}" if fact is STATUS else "")


def _cell(text: str, value: object, kind: str) -> str:
    """What a cell says, what it is sorted by, and its kind."""
    style = f' class="{safe(kind)}"' if kind else ""
    return f'<td{style} data-value="{"" if value is None else safe(value)}">{safe(text)}</td>'


def _figures(figures: dict[str, str]) -> Text:
    """A bloc's figures in one line."""
    if ASSIGNED.key in figures:
        return say(
            "quota {quota}, staff {staff}, gap {gap}; assigned {assigned}, gap to assigned {vacancy}",
            **figures,
        )
    return say("quota {quota}, staff {staff}, gap {gap}", **figures)
