"""Whether a scenario may be: borders, provinces, islands, and the standards of units it makes.

What is checked against is in a `unit-standards` rule file, which also says how much each check matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quota.core.blocs import all_of
from quota.core.names import TYPE_NAMES, fold, type_in_name
from quota.core.places import problem_at
from quota.core.problems import Problem, Severity
from quota.core.text import Text, did_you_mean, say
from quota.core.units import BorderTable, Unit
from quota.core.what_if.lineage import ancestors, is_partial
from quota.core.what_if.scenarios import About, Done, Merge, Rename, Scenario, Split, Transfer
from quota.norms.standards import CheckRule, Standards
from quota.planning.mergers.neighbours import Neighbours, neighbours_of
from quota.planning.mergers.obstacles import is_island
from quota.planning.mergers.scenario import Outcome
from quota.planning.mergers.unit_standards import shortcomings


def check(
    scenario: Scenario,
    outcome: Outcome,
    units: Sequence[Unit],
    borders: BorderTable | None,
    standards: Standards | None,
    as_of: date,
) -> tuple[Problem, ...]:
    """Everything the checks find, in the order of the operations; without `standards` dates and names."""
    by_code = {unit.code: unit for unit in units}
    mergers = [(done, done.operation) for done in outcome.done if isinstance(done.operation, Merge)]
    found = [*_dates(scenario), *_codes_again(mergers, by_code), *_names(outcome)]
    if standards is None:
        return tuple(found)
    beside = neighbours_of(borders.borders, by_code) if borders is not None else None
    if mergers and beside is None:
        message = say("whether merged units share a border is not checked: no neighbour table")
        fix = say("give one: --neighbours FILE")
        found.append(Problem("not-checked", Severity.WARNING, message, fix))
    for done, operation in mergers:
        found += _merger(done, operation, by_code, beside, standards)
    if not standards.effective.covers(as_of):
        message = say(
            "{id} is not in force on {day}: its standards are not checked", id=standards.id, day=as_of
        )
        found.append(Problem("standards-not-in-force", Severity.WARNING, message))
        return tuple(found)
    found += _standards(outcome, standards)
    return tuple(found)


def _dates(scenario: Scenario) -> Iterator[Problem]:
    """Operations are in the order in which they take effect."""
    latest: date | None = None
    for operation in scenario.operations:
        day = operation.about.date
        if day is not None and latest is not None and day < latest:
            message = say(
                "takes effect on {day}, before the operation above it ({latest})", day=day, latest=latest
            )
            fix = say("operations are carried out in the order they stand; put them in order of date")
            yield _problem("dates-out-of-order", Severity.WARNING, message, fix, operation.about)
        latest = day or latest


def unknown_blocs(scenario: Scenario, known: Iterable[str]) -> Iterator[Problem]:
    """Blocs that an operation speaks of and nobody has: misspelt, they would move or part nothing."""
    names = [*map(str, known)]
    for operation in scenario.operations:
        orders = [operation.staff.order] if isinstance(operation, Transfer) else []
        orders += [part.staff.order for part in operation.parts] if isinstance(operation, Split) else []
        for bloc in map(str, all_of(orders)):
            if bloc not in names:
                message = say('no bloc is called "{bloc}"', bloc=bloc)
                fix = did_you_mean(bloc, names) or say("its blocs: {blocs}", blocs=", ".join(names))
                yield _problem("unknown-bloc", Severity.ERROR, message, fix, operation.about, bloc)


def _codes_again(mergers: Sequence[tuple[Done, Merge]], units: dict[str, Unit]) -> Iterator[Problem]:
    """A unit listed by a code that an operation above gave to what it made: it may be listed twice."""
    for done, operation in mergers:
        for holding in done.before:
            code, name = holding.unit.code, holding.unit.name
            if code in units and len(ancestors(holding.lineage)) > 1:
                said = {"code": code, "name": name, "before": units[code].name}
                message = say("{code} is {name} here, which was merged above, and not {before} alone", **said)
                fix = say("remove it if it is listed twice; else give what is merged a code of its own")
                yield _problem("merged-above", Severity.WARNING, message, fix, operation.about, code)


def _names(outcome: Outcome) -> Iterator[Problem]:
    """Units that the scenario named: of another type than their name says, or as another one is called."""
    naming = [done for done in outcome.done if isinstance(done.operation, Merge | Split | Rename)]
    named = {holding.unit.code: done.operation for done in naming for holding in done.after}
    called: dict[tuple[str | None, str], list[Unit]] = {}
    for unit in outcome.units:
        called.setdefault((unit.province, fold(unit.name)), []).append(unit)
    for unit in outcome.units:
        operation = named.get(unit.code)
        if operation is None:
            continue
        about, said = operation.about, type_in_name(unit.name)
        if isinstance(operation, Rename) and said is not None and said is not unit.type:
            message = say(
                "the name says {said}, and the type is {type}", said=TYPE_NAMES[said], type=unit.type.value
            )
            fix = say("write retype: too, or another name")
            yield _problem("type-in-name", Severity.WARNING, message, fix, about, unit.name)
        others = [other.code for other in called[unit.province, fold(unit.name)] if other is not unit]
        if others:
            message = say("{codes} is called so too", codes=", ".join(others))
            fix = say("give it a name of its own")
            yield _problem("name-taken", Severity.WARNING, message, fix, about, unit.name)


def _merger(
    done: Done, operation: Merge, units: dict[str, Unit], beside: Neighbours | None, standards: Standards
) -> Iterator[Problem]:
    about, checks = operation.about, standards.checks
    for holding in done.before:
        if is_island(holding.unit) and holding.unit.code not in operation.islands:
            message = say("joins {name}, an island or special zone", name=holding.unit.name)
            fix = say("leave it alone, or name it under islands: (--island) if it is meant")
            yield _found("island-joined", message, fix, about, standards, checks.islands)
    provinces = {holding.unit.province for holding in done.before if holding.unit.province is not None}
    if len(provinces) > 1:
        message = say("the units lie in several provinces: {names}", names=", ".join(sorted(provinces)))
        fix = say("merge units of one province")
        yield _found("several-provinces", message, fix, about, standards, checks.one_province)
    if beside is not None:
        yield from _contiguity(done, operation, units, beside, standards)


def _contiguity(
    done: Done, operation: Merge, units: dict[str, Unit], beside: Neighbours, standards: Standards
) -> Iterator[Problem]:
    """Every unit can be reached from every other over borders inside the merger; named islands apart."""
    on_land = [holding for holding in done.before if holding.unit.code not in operation.islands]
    split = [holding.unit.name for holding in on_land if is_partial(holding.lineage)]
    if split:
        message = say(
            "where {names} lies inside the unit that was split is not known", names=", ".join(split)
        )
        fix = say("check on a map that the merged units share a border")
        yield _problem("not-checked", Severity.WARNING, message, fix, operation.about)
        return
    pieces = beside.pieces([ancestors(holding.lineage) for holding in on_land])
    if len(pieces) > 1:
        apart = " | ".join(", ".join(on_land[place].unit.name for place in piece) for piece in pieces)
        message = say("the units do not share borders: {apart}", apart=apart)
        fix = say("merge neighbours, or add the border to the neighbour table if it is missing there")
        rule = standards.checks.contiguity
        yield _found("not-contiguous", message, fix, operation.about, standards, rule)
    missing = [
        units[code].name for holding in on_land for code in ancestors(holding.lineage) if code not in beside
    ]
    if missing:
        message = say("the neighbour table has no border of {names}", names=", ".join(missing))
        yield _problem("no-border", Severity.INFORMATION, message, None, operation.about)


def _standards(outcome: Outcome, standards: Standards) -> Iterator[Problem]:
    """Units that the scenario made or changed, other than by their name, as they are in the end."""
    touched: dict[str, About] = {}
    for done in outcome.done:
        if not isinstance(done.operation, Rename):
            touched |= {holding.unit.code: done.operation.about for holding in done.after}
    for unit in outcome.units:
        if unit.code in touched and standards.covers(unit.type):
            yield from _about_unit(unit, touched[unit.code], standards)


def _about_unit(unit: Unit, about: About, standards: Standards) -> Iterable[Problem]:
    for shortcoming in shortcomings(unit, standards):
        yield _problem(
            shortcoming.code, shortcoming.severity, shortcoming.message, shortcoming.fix, about, unit.code
        )


def _found(
    code: str, message: Text, fix: Text, about: About, standards: Standards, rule: CheckRule
) -> Problem:
    cited = say("{message} ({source})", message=message, source=standards.words_for(rule.source))
    return _problem(code, rule.severity, cited, fix, about)


def _problem(
    code: str, severity: Severity, message: Text, fix: Text | None, about: About, value: str | None = None
) -> Problem:
    return problem_at(about.origin, code, severity, message, fix, value=value)
