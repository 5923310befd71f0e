"""The units of a report's page, each as HTML: a row of figures, then how its posts come about.

Written here and not by the template: thousands of rows of a dozen cells each are most of a page. Every text
is escaped by `safe`, to what the template makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.core.blocs import Bloc
from quota.core.explanations import Step
from quota.core.names import without_accents
from quota.core.results import UnitAudit
from quota.core.text import Text, say
from quota.norms.evaluation import steps_of
from quota.norms.files.keys import heading
from quota.norms.schema import Frame
from quota.render.audit.columns import ASSIGNED, GAP, QUOTA, STAFF, STATUS, VACANCY, decision_words
from quota.render.audit.laid_out import lines_of, listed
from quota.render.audit.shapes import Fact, Values
from quota.render.audit.states import bloc_states
from quota.render.kit.words import called, gap_marks, words
from quota.render.report.contents import Report

_MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
_Found = Mapping[str, Values]
"""What each figure is for a unit, by its key: of each bloc, then of all."""
_SHORT_WORKING = 2
"""Steps of a bloc that many units have alike; longer ones have a unit's own numbers in them."""


def safe(text: object) -> str:
    """A text inside an element or an attribute: nothing in it opens, ends or quotes anything."""
    return str(text).translate(_MARKS)


class UnitRows:
    """Writes units: what is the same for all of them, and what many have alike, is worked out once."""

    def __init__(self, report: Report, frame: Frame) -> None:
        audit = report.audit
        self.audit, self.frame = audit, frame
        self.names = called(audited.unit for audited in audit.units)
        self.told = (QUOTA, STAFF, GAP, *((ASSIGNED, VACANCY) if audit.has_assigned else ()))
        before, self.lines, after = listed(audit)
        self.before, self.after = before, after
        self.figures = {
            figure.key: figure for figure in (*self.told, *(line.figure for line in self.lines))
        }.values()
        self.gap_lines = list(lines_of([GAP]))
        own = len(audit.frame.blocs) if audit.has_staff else 0
        self.columns = 1 + len(before) + own + len(self.lines) + len(after)
        self.working = safe(words(say("Working")))
        self.said: dict[tuple[object, ...], str] = {}
        self.blocs: dict[tuple[object, ...], str] = {}

    def html(self, place: int, audited: UnitAudit) -> str:
        """The unit in this place, counted from 0."""
        unit = audited.unit
        found = {figure.key: figure.values(audited) for figure in self.figures}
        name = words(self.names[unit.code])
        search = f"{words(unit.code)} {name} {without_accents(name)}"
        notes = "".join(f'<p class="note">{safe(note)}</p>' for note in _notes(audited))
        return (
            f'<tbody class="unit" data-row="{place}" data-called="{safe(name)}" '
            f'data-type="{unit.type.value}" data-status="{audited.status.value}" '
            f'data-name="{safe(search)}">\n'
            f"<tr>{self._head(audited, found, safe(name))}{''.join(self._cells(audited, found))}</tr>\n"
            f'<tr class="working"><td colspan="{self.columns}"><details><summary>{self.working}</summary>\n'
            f'<div class="steps">\n{self._blocs(audited, found)}</div>\n'
            f"{notes}</details></td></tr>\n</tbody>\n"
        )

    def _head(self, audited: UnitAudit, found: _Found, name: str) -> str:
        brief = "".join(f'<span class="brief">{line}</span>' for line in self._brief(audited, found))
        return f'<th scope="row" data-value="{name}"><span class="name">{name}</span>{brief}</th>'

    def _brief(self, audited: UnitAudit, found: _Found) -> Iterator[str]:
        """The figures that matter, for a screen too narrow for the table, in lines."""
        quota = self._said(say("quota {quota}", quota=QUOTA.shown(found[QUOTA.key][-1])))
        if not self.audit.has_staff:
            yield quota
            return
        yield f"{quota} · {self._said(say('staff {staff}', staff=STAFF.shown(found[STAFF.key][-1])))}"
        gap = found[GAP.key][-1]
        marks = [
            f'<b class="{line.ink}">{safe(line.signed(gap))}</b> '
            for line in lines_of([GAP])
            if line.amount(gap)
        ]
        yield f"{''.join(marks)}{safe(STATUS.text(audited))}"

    def _cells(self, audited: UnitAudit, found: _Found) -> Iterator[str]:
        """What stands in the columns after the name."""
        for fact in self.before:
            yield _fact(fact, audited)
        if self.audit.has_staff:
            for own in audited.gap.values:
                value = own.surplus - own.shortfall if own else None  # one bloc has at most one of the two
                style = "short" if own and own.shortfall else "over" if own and own.surplus else "number"
                yield _cell(gap_marks(own), value, style)
        for line in self.lines:
            whole = found[line.figure.key][-1]
            amount = line.amount(whole)
            yield _cell(line.text(whole), amount, line.ink if line.ink and amount else "number")
        for fact in self.after:
            yield _fact(fact, audited)

    def _blocs(self, audited: UnitAudit, found: _Found) -> str:
        """How the posts of each bloc come about."""
        steps = steps_of(self.frame, audited.unit)
        figures = [[figure.shown(value) for value in found[figure.key]] for figure in self.told]
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
            f"<li><span>{self._said(step.what)}</span> <b>{safe(words(step.arithmetic))}</b></li>"
            for step in steps
        )
        keys = [figure.key for figure in self.told]
        said = safe(words(_figures(dict(zip(keys, figures, strict=True)))))
        listed_steps = f"<ol>{lines}</ol>" if lines else ""
        of_states = f"<p>{safe(states)}</p>" if states else ""
        rule = f'<p class="rule">{self._rule(steps[-1])}</p>' if steps else ""
        return f"<div><h3>{safe(words(bloc.name))}</h3>\n{listed_steps}<p>{said}</p>{of_states}{rule}</div>\n"

    def _rule(self, step: Step) -> str:
        return self._said(say("rule {rule}, source {source}", rule=heading(step.rule), source=step.source))

    def _said(self, text: Text) -> str:
        """A text that many units have, worded and escaped once."""
        key = _key(text)
        if key not in self.said:
            self.said[key] = safe(words(text))
        return self.said[key]


def _key(text: Text) -> tuple[object, ...]:
    return text.template, *text.values.values()


def _notes(audited: UnitAudit) -> Iterator[str]:
    """What assigned the unit's posts, where that is known; then the frame's remarks."""
    if audited.unit.decision is not None:
        yield words(say("Assigned by {decision}.", decision=decision_words(audited.unit.decision)))
    yield from (words(note.text) for note in audited.notes)


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
            "quota {quota}, staff {staff}, gap {gap}; assigned {assigned}, unfilled {vacancy}", **figures
        )
    return say("quota {quota}, staff {staff}, gap {gap}", **figures)
