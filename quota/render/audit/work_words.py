"""What is said of hands and of fields of work: one wording wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from quota.core.blocs import Bloc, total
from quota.core.posts import Gap, known_gap, whole_gap
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import Text, count, say
from quota.render.kit.words import cited, gap_marks, number, show, words

if TYPE_CHECKING:  # values of work that most runs are not about
    from quota.core.fields import FieldName, FieldsReport, FieldsSummary, UnitFields
    from quota.core.secondments import Hands

DEFAULT_CHECK = say("At least one person a field is this program's default check, not a norm.")
COUNTED = say("A person who covers several fields counts as covering each, and as one person.")
NEVER_NETTED = say("Short and over stand side by side, never netted.")


def field_list(fields: Iterable[FieldName]) -> str:
    """Their names."""
    return ", ".join(words(field.name) for field in fields)


def rules_lines(rules: FieldsSummary) -> list[tuple[str, str]]:
    """The list of fields and its source."""
    return [
        (words(say("Fields")), f"{rules.id}: {words(rules.title)}"),
        (words(say("Source")), cited(rules.sources)),
        (words(say("Check")), words(DEFAULT_CHECK)),
    ]


def load_words(by_load: Mapping[int, int]) -> str:
    """How many people cover how many fields."""
    return " · ".join(
        words(
            say(
                "{people} cover {fields}",
                people=words(count("{n} person", "{n} people", n=people)),
                fields=words(count("{n} field", "{n} fields", n=fields)),
            )
        )
        for fields, people in by_load.items()
    )


def hands_cells(audit: UnitAudit, bloc: Bloc | None = None) -> tuple[str, str]:
    """Who works there, of `bloc` or in all, and the gap to the quota that the work feels."""
    if audit.hands is None:
        return "", ""
    if bloc is not None:
        return number(audit.hands.present[bloc]), gap_marks(audit.hands.gap[bloc])
    return number(total(audit.hands.present)), gap_marks(whole_gap(audit.hands.gap))


def uncovered_cell(fields: UnitFields | None) -> str:
    """How many fields nobody covers."""
    return number(None if fields is None or fields.uncovered is None else len(fields.uncovered))


def unit_work_lines(audit: UnitAudit) -> Iterator[tuple[str, str]]:
    """One unit's hands and fields, a label and words for each."""
    if audit.hands is not None:
        yield words(say("Hands")), words(_hands_sentence(audit, audit.hands))
    if audit.fields is not None:
        yield from unit_fields_lines(audit.fields)


def _hands_sentence(audit: UnitAudit, hands: Hands) -> Text:
    return say(
        "{books} on the books, {away} away, {received} received: {hands} at work, gap {gap} "
        "(the quota is compared with the books)",
        books=number(total(audit.staff)),
        away=sum(hands.away),
        received=sum(hands.received),
        hands=number(total(hands.present)),
        gap=gap_marks(whole_gap(hands.gap)),
    )


def unit_fields_lines(fields: UnitFields) -> Iterator[tuple[str, str]]:
    """One unit's fields: people, the uncovered, shortage and surplus where needs are known."""
    label = words(say("Fields"))
    if fields.people is None or fields.uncovered is None:
        yield label, words(say("who covers what is unknown: no row in the field table"))
        return
    people = words(count("{n} person", "{n} people", n=fields.people))
    load = load_words(fields.by_load)
    yield label, f"{people}: {load}" if load else people
    uncovered = field_list(fields.uncovered) or words(say("none"))
    yield words(say("Nobody for")), words(say("{fields} (default check, not a norm)", fields=uncovered))
    gaps = [(cover, gap) for cover in fields.covers if (gap := cover.gap) is not None]
    if gaps:
        listed = [
            f"{words(cover.field.name)} {show(cover.people)}/{show(cover.needed)} {gap_marks(gap)}"
            for cover, gap in gaps
            if gap != Gap()
        ]
        shown = ", ".join(listed) or words(say("every known need is met exactly"))
        yield words(say("Needs")), words(say("{gaps} (people/needed, gap)", gaps=shown)) if listed else shown


def audit_work_lines(report: AuditReport) -> Iterator[Text]:
    """What is under an audit's totals where hands or fields were asked for."""
    if report.hands is not None:
        away = sum(department.away for department in report.departments)
        yield say("Staff and quota gaps count books; hands are who works there on {day}.", day=report.as_of)
        yield say(
            "On loan to units: {received}, of them {away} from {departments}. On loan from units: {lent}.",
            received=sum(report.hands.received),
            away=away,
            departments=words(count("{n} department", "{n} departments", n=len(report.departments))),
            lent=sum(report.hands.away),
        )
    if report.fields is not None:
        yield uncovered_sentence(report.fields)
        if report.fields.has_needs:
            gap = known_gap(summed.gap for summed in report.fields.totals)
            yield say(
                "Against the needs by field: {short} short, {over} over, never netted.",
                short=number(gap.shortfall if gap else None),
                over=number(gap.surplus if gap else None),
            )
        yield DEFAULT_CHECK


def uncovered_sentence(fields: FieldsReport) -> Text:
    """Fields nobody covers, over all units."""
    units = [unit for unit in fields.units if unit.uncovered]
    return count(
        "Fields nobody covers: {fields} in {n} unit; {unknown} unknown.",
        "Fields nobody covers: {fields} in {n} units; {unknown} unknown.",
        n=len(units),
        fields=sum(len(unit.uncovered or ()) for unit in units),
        unknown=words(count("{n} unit", "{n} units", n=sum(unit.people is None for unit in fields.units))),
    )
