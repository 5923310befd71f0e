"""Who covers which field of work, unit by unit, and what is missing where a need is given.

That every field needs at least one person is this program's default check, not a norm: a field nobody
covers is listed as uncovered, and is no shortage unless a table of needs says how many are needed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from quota.analysis.audit.auditing import made_up
from quota.analysis.audit.matching import Matcher
from quota.analysis.work.naming import FieldNames, problem_in
from quota.core.fields import (
    Cover,
    FieldName,
    FieldsReport,
    FieldTotal,
    HolderRow,
    HolderTable,
    NeedTable,
    UnitFields,
)
from quota.core.places import row_at
from quota.core.posts import known_gap
from quota.core.problems import Problem, Severity, refuse_errors
from quota.core.sums import known_sum
from quota.core.text import say
from quota.core.units import Unit, UnitTable
from quota.norms.evaluation import refuse_out_of_force
from quota.norms.fields import Fields

_People = list[tuple[int, frozenset[str]]]
"""How many people, and the fields each of them covers."""


def field_report(
    units: UnitTable, holders: HolderTable, rules: Fields, needs: NeedTable | None = None, *, as_of: date
) -> FieldsReport:
    """Every unit's fields, the unit with most uncovered fields first, and totals by field.

    Raises `InputError` with all problems where a table has errors, a row fits no unit or no field, or the
    list of fields is not in force on `as_of`.
    """
    refuse_out_of_force(rules, as_of, "--field-rules")
    report = cover(units.units, holders, rules, needs, as_of=as_of, option="--staff")
    problems = (*units.problems, *report.problems)
    refuse_errors(problems)
    return replace(report, inputs=(*units.sources, *report.inputs), problems=problems)


def cover(
    units: Sequence[Unit],
    holders: HolderTable,
    rules: Fields,
    needs: NeedTable | None = None,
    *,
    as_of: date,
    option: str,
) -> FieldsReport:
    """The same with every problem in the result's `problems`, errors too; nothing is raised.

    `option` is the one that takes another table of holders.
    """
    matcher = Matcher(units)
    names = FieldNames(rules)
    people, problems = _people(holders, matcher, names)
    needed, more = _needed(needs, matcher, names) if needs else ({}, [])
    problems += more
    fields = rules.fields
    rows = [_unit(unit, people.get(unit.code), needed.get(unit.code, {}), fields) for unit in units]
    problems += [_nothing_known(unit.unit) for unit in rows if unit.people is None]
    load: Counter[int] = Counter()
    for unit in rows:
        load.update(unit.by_load)
    inputs = (*holders.sources, *(needs.sources if needs else ()))
    made = (*made_up(holders.sources, option), *made_up(needs.sources if needs else (), "--needs"))
    return FieldsReport(
        rules.summary(),
        as_of,
        tuple(sorted(rows, key=_most_uncovered_first)),
        tuple(_total(field, rows, place) for place, field in enumerate(fields)),
        dict(sorted(load.items())),
        needs is not None,
        inputs,
        (*holders.problems, *(needs.problems if needs else ()), *problems, *made),
    )


def _people(
    holders: HolderTable, matcher: Matcher, names: FieldNames
) -> tuple[Mapping[str, _People], list[Problem]]:
    """The people of each unit that has a row, those of one identifier as one person."""
    problems: list[Problem] = []
    groups: dict[str, _People] = defaultdict(list)
    persons: dict[str, tuple[str, set[str]]] = {}
    seen: dict[tuple[str, int, frozenset[str]], HolderRow] = {}
    column = "fields" if "fields" in holders.headings else "field"
    for row in holders.rows:
        unit, found = matcher.unit_of(row)
        problems += found
        ids: set[str] = set()
        for written in row.fields:
            field = names.of(written, row.origin, holders, column)
            if isinstance(field, Problem):
                problems.append(field)
            else:
                ids.add(field)
        if unit is None:
            continue
        if row.person is None or row.people != 1:
            same = (unit.code, row.people, frozenset(ids))
            if row.people > 1 and same in seen:
                problems.append(_same_again(row, seen[same], unit, holders.headings))
            seen.setdefault(same, row)
            groups[unit.code].append((row.people, frozenset(ids)))
            continue
        home, covered = persons.setdefault(row.person, (unit.code, set()))
        covered |= ids
        if home != unit.code:
            problems.append(_in_two_units(row, home, holders.headings))
    for home, covered in persons.values():
        groups[home].append((1, frozenset(covered)))
    return groups, problems


def _same_again(row: HolderRow, first: HolderRow, unit: Unit, headings: Mapping[str, str]) -> Problem:
    message = say(
        "{name} has as many people with the same fields on row {row}; both are counted",
        name=unit.name,
        row=row_at(first.origin),
    )
    fix = say("remove the row if they are the same people")
    return problem_in(
        row.origin,
        headings,
        "people",
        "same-row-again",
        message,
        fix,
        value=str(row.people),
        severity=Severity.WARNING,
    )


def _in_two_units(row: HolderRow, home: str, headings: Mapping[str, str]) -> Problem:
    message = say("this person is already in {code}", code=home)
    fix = say("a person counts once: keep one unit, or correct the identifier")
    return problem_in(row.origin, headings, "person", "person-in-two-units", message, fix, value=row.person)


def _needed(
    needs: NeedTable, matcher: Matcher, names: FieldNames
) -> tuple[Mapping[str, Mapping[str, int | None]], list[Problem]]:
    problems: list[Problem] = []
    needed: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in needs.rows:
        unit, found = matcher.unit_of(row)
        problems += found
        field = names.of(row.field, row.origin, needs, "field")
        if isinstance(field, Problem):
            problems.append(field)
        elif unit is not None and field in needed[unit.code]:
            message = say("{name} already has a need for this field", name=unit.name)
            fix = say("keep one row, or add the two up")
            problems.append(
                problem_in(row.origin, needs.headings, "field", "need-twice", message, fix, value=row.field)
            )
        elif unit is not None:
            needed[unit.code][field] = row.needed
    return needed, problems


def _unit(
    unit: Unit, people: _People | None, needed: Mapping[str, int | None], fields: Iterable[FieldName]
) -> UnitFields:
    if people is None:
        return UnitFields(unit, None, tuple(Cover(field, None, needed.get(field.id)) for field in fields))
    load: Counter[int] = Counter()
    for many, covered in people:
        if many:
            load[len(covered)] += many
    covers = tuple(
        Cover(field, sum(many for many, covered in people if field.id in covered), needed.get(field.id))
        for field in fields
    )
    return UnitFields(unit, sum(many for many, _ in people), covers, dict(sorted(load.items())))


def _total(field: FieldName, rows: Sequence[UnitFields], place: int) -> FieldTotal:
    covers = [unit.covers[place] for unit in rows]
    gaps = [gap for cover in covers if (gap := cover.gap) is not None]
    return FieldTotal(
        field=field,
        people=sum(cover.people or 0 for cover in covers),
        needed=known_sum(cover.needed for cover in covers),
        gap=known_gap(gaps),
        uncovered=sum(cover.uncovered for cover in covers),
        short=sum(gap.shortfall > 0 for gap in gaps) if gaps else None,
        over=sum(gap.surplus > 0 for gap in gaps) if gaps else None,
        compared=len(gaps),
        unknown=sum(cover.people is None for cover in covers),
    )


def _most_uncovered_first(unit: UnitFields) -> tuple[bool, int, str]:
    uncovered = unit.uncovered
    return (uncovered is None, -len(uncovered or ()), unit.unit.code)


def _nothing_known(unit: Unit) -> Problem:
    message = say("{name} has no row in the field table: who covers what is unknown", name=unit.name)
    fix = say("add its people; a row of 0 people says that there is nobody")
    return problem_in(
        unit.origin, {}, "code", "no-field-row", message, fix, value=unit.code, severity=Severity.INFORMATION
    )
