"""Checking a proposal by plain counting, sharing nothing with the search that found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.core.units import Border, Unit, UnitType
from quota.core.what_if.proposals import Aim, Wish
from quota.core.what_if.scenario_results import ScenarioReport, sum_saved


def verify(
    wish: Wish,
    units: Sequence[Unit],
    borders: Iterable[Border],
    groups: Sequence[Sequence[str]],
    report: ScenarioReport,
) -> tuple[Problem, ...]:
    """Everything that is wrong with `groups` of codes as an answer to `wish`; nothing where it holds.

    Each unit is in one group, each group hangs together over the borders, no unit that is to stay is in a
    merger, the constraint is met, and the scenario's result has the same residents and these units.
    """
    return tuple(
        Problem("proposal-fails", Severity.ERROR, message)
        for message in _faults(wish, units, list(borders), groups, report)
    )


def _faults(
    wish: Wish,
    units: Sequence[Unit],
    borders: list[Border],
    groups: Sequence[Sequence[str]],
    report: ScenarioReport,
) -> Iterator[Text]:
    by_code = {unit.code: unit for unit in units}
    named = [code for group in groups for code in group]
    if sorted(named) != sorted(by_code):
        yield say("not every unit is in exactly one group")
        return
    pairs = {(border.code_a, border.code_b) for border in borders}
    pairs |= {(second, first) for first, second in pairs}
    for group in groups:
        yield from _group(wish, [by_code[code] for code in group], pairs)
    if wish.aim is Aim.UNITS and len(groups) != wish.amount:
        yield say("{n} units, not {wanted}", n=len(groups), wanted=wish.amount)
    yield from _result(wish, units, groups, report)


def _group(wish: Wish, members: Sequence[Unit], pairs: set[tuple[str, str]]) -> Iterator[Text]:
    names = ", ".join(unit.name for unit in members)
    reached = {members[0].code}
    for _ in members:  # in that number of rounds everything that can be reached has been
        reached |= {unit.code for unit in members if any((near, unit.code) in pairs for near in reached)}
    if len(reached) != len(members):
        yield say("not contiguous: {names}", names=names)
    if len(members) > 1:
        staying = [
            unit.name
            for unit in members
            if unit.code in wish.keep | wish.exempt
            or unit.type is UnitType.SPECIAL_ZONE
            or unit.terrain.island
            or unit.population is None
        ]
        if staying:
            yield say("merged, though to be left alone: {names}", names=", ".join(staying))
        if wish.max_merge is not None and len(members) > wish.max_merge:
            yield say("more than {n} units in one: {names}", n=wish.max_merge, names=names)
        if len({unit.province for unit in members if unit.province}) > 1:
            yield say("in several provinces: {names}", names=names)
    excused = len(members) == 1 and members[0].code in wish.exempt
    if wish.aim is Aim.MINIMUM and not excused:
        residents = sum(unit.population or 0 for unit in members)
        if residents < wish.amount:
            yield say("{residents} residents, under the minimum: {names}", residents=residents, names=names)


def _result(
    wish: Wish, units: Sequence[Unit], groups: Sequence[Sequence[str]], report: ScenarioReport
) -> Iterator[Text]:
    after = [after_unit.audit.unit for after_unit in report.units]
    if len(after) != len(groups):
        yield say("the scenario makes {n} units of {groups} groups", n=len(after), groups=len(groups))
    before = sum(unit.population or 0 for unit in units)
    if sum(unit.population or 0 for unit in after if unit.population is not None) != before:
        yield say("residents are not conserved")
    lineages = sorted(sorted(fragment.code for fragment in after_unit.lineage) for after_unit in report.units)
    if lineages != sorted(sorted(group) for group in groups):
        yield say("the scenario's units are not the groups")
    saved = sum_saved(report.saved)
    if wish.aim is Aim.SAVE_POSTS and (saved is None or saved.low < wish.amount):
        yield say("fewer posts are saved than asked for")
