"""One unit's explanation in words, as rows and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota.core.blocs import Bloc, ByBloc
from quota.core.explanations import Alternative, Explanation, Margin, Step
from quota.core.posts import Posts
from quota.core.results import UnitAudit
from quota.core.text import Text, count, say
from quota.norms.files.keys import heading
from quota.render.audit.columns import ASSIGNED, GAP, QUOTA, STAFF, VACANCY, decision_words
from quota.render.audit.laid_out import bloc_headings
from quota.render.audit.shapes import Figure
from quota.render.audit.states import unit_state_lines
from quota.render.audit.unsettled import unsettled_lines
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.audit.work_words import unit_work_lines
from quota.render.kit.page import tables_of
from quota.render.kit.plain import ungrouped
from quota.render.kit.rendering import Cell, markdown_table
from quota.render.kit.words import STATUS_NAMES, TYPE_WORDS, gap_marks, interval, signed, words


def unit_line(audited: UnitAudit) -> str:
    """Name, code, type, residents."""
    unit = audited.unit
    residents = (
        words(count("{n} resident", "{n} residents", n=unit.population))
        if unit.population is not None
        else words(say("residents unknown"))
    )
    return f"{words(unit.name)} ({words(unit.code)}), {words(TYPE_WORDS[unit.type])}, {residents}"


def heading_pairs(explanation: Explanation) -> list[tuple[str, str]]:
    """The tables and the day, and the frame."""
    tables = tables_of(explanation.inputs, explanation.as_of)
    return [(words(say("Tables")), tables), *frame_lines(explanation.frame)]


def bloc_line(bloc: Bloc, steps: Sequence[Step]) -> str:
    """The bloc, the rule its quota comes from and that rule's source."""
    rule, source = _rule_of(steps)
    said = say("{bloc}: rule {rule}, source {source}", bloc=bloc.name, rule=heading(rule), source=source)
    return words(said)


def step_cells(step: Step, steps: Sequence[Step]) -> tuple[str, str, str]:
    """What, arithmetic, and the part of the bloc's rule it follows, with its own source where it has one."""
    rule, source = _rule_of(steps)
    part = step.rule.removeprefix(rule).removeprefix(".")
    cited = f" ({step.source})" if step.source != source else ""
    return words(step.what), words(step.arithmetic), f"{words(heading(part))}{cited}".strip()


def _rule_of(steps: Sequence[Step]) -> tuple[str, str]:
    first = steps[0]
    return first.rule.rpartition(".")[0], first.source


def margin_words(margin: Margin, residents: int) -> list[str]:
    """How many residents more or fewer change this bloc's quota."""
    return list(map(words, _margins(margin, residents)))


def _margins(margin: Margin, residents: int) -> Iterator[Text]:
    if margin.residents_to_next is not None:
        yield count(
            "{n} resident more, at {at}, brings the next post.",
            "{n} residents more, at {at}, bring the next post.",
            n=margin.residents_to_next,
            at=residents + margin.residents_to_next,
        )
        if margin.residents_to_fewer is None:
            yield say("Fewer residents take no post away: this is the least the rule grants.")
        else:
            yield count(
                "{n} resident fewer, at {at}, takes a post away.",
                "{n} residents fewer, at {at}, take a post away.",
                n=margin.residents_to_fewer,
                at=residents - margin.residents_to_fewer,
            )
    elif margin.residents_to_last == 0:
        yield say("More residents bring no post: this is the most the rule grants.")
    if margin.residents_to_last:
        yield count(
            "{n} resident more, at {at}, brings the last post there is.",
            "{n} residents more, at {at}, bring the last post there is.",
            n=margin.residents_to_last,
            at=residents + margin.residents_to_last,
        )


def gap_captions(audited: UnitAudit) -> list[str]:
    """The headings of `gap_rows`."""
    return [words(say("Bloc")), *(words(figure.caption) for figure in _figures(audited))]


def gap_rows(audited: UnitAudit) -> Iterator[tuple[str, ...]]:
    """A bloc's name, its quota, staff and gap, and what was assigned where a table says it; then all."""
    figures = _figures(audited)
    columns = [[figure.shown(value) for value in figure.values(audited)] for figure in figures]
    yield from zip(bloc_headings(audited.gap.order), *columns, strict=True)


def _figures(audited: UnitAudit) -> tuple[Figure, ...]:
    found = (QUOTA, STAFF, GAP)
    return found if audited.assignment is None else (*found, ASSIGNED, VACANCY)


def status_lines(audited: UnitAudit) -> Iterator[str]:
    """The unit's status against the norm, and against what was assigned."""
    yield words(say("Status: {status}.", status=words(STATUS_NAMES[audited.status])))
    if audited.assignment is not None:
        status = words(STATUS_NAMES[audited.assignment.status])
        yield words(say("Against assigned: {status}.", status=status))
        off = audited.assignment.total_off_norm
        yield words(say("Assigned, beside the norm: {gap}.", gap=gap_marks(off)))
        if audited.unit.decision is not None:
            yield words(say("Assigned by {decision}.", decision=decision_words(audited.unit.decision)))


def alternative_words(explanation: Explanation, other: Alternative) -> str:
    """What another reading gives, and how far that is from this one."""
    if other.quota is None or explanation.audit.quota is None:
        return words(say("{id}: residents unknown, so no quota either.", id=other.frame.id))
    mine = explanation.audit.quota
    differences = [
        f"{words(bloc.name)} {interval(posts)} ({_beside(mine.blocs, bloc, posts)})"
        for bloc, posts in other.quota.blocs.items()
        if bloc not in mine.blocs or posts != mine.blocs[bloc]
    ]
    what = ", ".join(differences) or words(say("the same posts"))
    status = words(STATUS_NAMES[other.status])
    return words(
        say(
            "{id}: {what}; status {status}. {reading}.",
            id=other.frame.id,
            what=what,
            status=status,
            reading=other.frame.reading,
        )
    )


def _beside(mine: ByBloc[Posts], bloc: Bloc, other: Posts) -> str:
    """How far another reading's posts of a bloc are from this one's, where both have the bloc."""
    return _difference(mine[bloc], other) if bloc in mine else words(say("not in this frame"))


def _difference(mine: Posts, other: Posts) -> str:
    """`+8`, or both ends where they differ by different numbers: `0 to −2`."""
    ends = [signed(other.low - mine.low), signed(other.high - mine.high)]
    return ends[0] if ends[0] == ends[1] else words(say("{low} to {high}", low=ends[0], high=ends[1]))


def closing_pairs(explanation: Explanation) -> list[tuple[str, str]]:
    """What follows the figures, as pairs of a label and words: work, notes, warnings, other readings."""
    pairs = [*unit_work_lines(explanation.audit), *unit_state_lines(explanation.audit)]
    if explanation.until is not None:
        pairs.append((words(say("Up to")), words(say("{day}", day=explanation.until))))
    pairs += [(words(say("Note")), words(note.text)) for note in explanation.audit.notes]
    pairs += [(words(say("Unknown")), words(line)) for line in unsettled_lines(explanation.unsettled)]
    pairs += beware_pairs(explanation.problems)
    label = words(say("Other reading"))
    return pairs + [(label, alternative_words(explanation, other)) for other in explanation.alternatives]


def explanation_rows(explanation: Explanation) -> Iterator[Sequence[Cell]]:
    yield ("code", "bloc", "rule", "source", "arithmetic", "low", "high")
    code = explanation.audit.unit.code
    for bloc, steps in explanation.steps.items():
        for step in steps:
            found = (ungrouped(step.arithmetic), step.result.low, step.result.high)
            yield (code, bloc, step.rule, step.source, *found)
    quota = explanation.audit.quota
    if quota is not None and quota.possible is not None:
        with_it = f"with {' '.join(quota.unsettled)}"
        for bloc, posts in quota.possible.items():
            yield (code, bloc, "possible", None, with_it, posts.low, posts.high)


def explanation_markdown(explanation: Explanation) -> str:
    audited = explanation.audit
    parts = [f"## {unit_line(audited)}\n"]
    parts.append("\n".join(f"- **{label}**: {text}" for label, text in heading_pairs(explanation)) + "\n")
    header = [words(say("Step")), words(say("Arithmetic")), words(say("Rule"))]
    for bloc, steps in explanation.steps.items():
        if steps:
            parts.append(f"### {bloc_line(bloc, steps)}\n")
            parts.append(markdown_table(header, [step_cells(step, steps) for step in steps], numeric_from=3))
            margin = margin_words(explanation.margins[bloc], audited.unit.population or 0)
            parts += ["\n".join(f"- {line}" for line in margin) + "\n"] if margin else []
    parts.append(markdown_table(gap_captions(audited), gap_rows(audited)))
    parts.append("\n".join(f"{line}\n" for line in status_lines(audited)))
    parts += [unknown_line() + "\n"] if audited.quota is None else []
    closing = [f"- **{label}**: {text}" for label, text in closing_pairs(explanation)]
    parts += ["\n".join(closing) + "\n"] if closing else []
    return "\n".join(parts)


def unknown_line() -> str:
    """Said instead of steps."""
    return words(say("Residents are unknown, so there is no quota to explain."))
