"""Carrying out a scenario: operations in order, each exact or refused with every reason.

Residents, area and staff are only ever moved, never made or lost: what goes in comes out, and unknown stays
unknown. An operation that cannot be carried out is a problem at its line; those after it are tried too, so
that one run shows all that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from quota.analysis.audit.finding import find_unit
from quota.core.names import fold
from quota.core.places import problem_at
from quota.core.problems import InputError, Problem, Severity, refuse_errors
from quota.core.text import say
from quota.core.units import Unit
from quota.core.what_if.lineage import ancestors, whole
from quota.core.what_if.scenarios import Done, Holding, Merge, Operation, Retype, Scenario, Split, Transfer
from quota.planning.mergers.operations import Refused, merged, moved, parted, renamed, retyped

MAX_AREA = Decimal(1_000_000)
"""Square kilometres: three times the country."""


class Outcome(Struct, frozen=True):
    """The units after a scenario, in the parent table's order, and each operation as it was done."""

    holdings: tuple[Holding, ...]
    done: tuple[Done, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The new set of units."""
        return tuple(holding.unit for holding in self.holdings)


def begin(units: Sequence[Unit]) -> tuple[Holding, ...]:
    """The parent table's units, each whole."""
    return tuple(Holding(unit, whole(unit.code)) for unit in units)


def carry_out(units: Sequence[Unit], scenario: Scenario) -> Outcome:
    """The units after all operations. Raises `InputError` with a problem for each that cannot be done."""
    refuse_errors(_immeasurable(units))
    return carry_on(begin(units), scenario.operations)


def carry_on(holdings: Sequence[Holding], operations: Sequence[Operation]) -> Outcome:
    """More operations on what earlier ones left; `InputError` as in `carry_out`."""
    held = {holding.unit.code: holding for holding in holdings}
    run = _Run(held, frozenset(held))
    for operation in operations:
        run.try_one(operation)
    refuse_errors(run.problems)
    return Outcome(tuple(run.held.values()), tuple(run.done))


def undo(outcome: Outcome, done: Done) -> Outcome:
    """The units as they were before a merger, by the split that its record holds."""
    if done.undo is None:
        raise ValueError("only a merger records its split")
    return carry_on(outcome.holdings, [done.undo])


class _Run(Struct):
    held: dict[str, Holding]
    began: frozenset[str]
    """Codes of the units there were at first."""
    done: list[Done] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spent: list[tuple[Unit, str]] = field(default_factory=list)
    """Units that are no more, and the name of what they went into."""
    never_made: set[str] = field(default_factory=set)
    """Codes and names of units that a refused operation was to make: said once, not at every use."""

    def try_one(self, operation: Operation) -> None:
        try:
            done = self._do(operation)
        except Refused as refused:
            if refused.problem is not None:
                self.problems.append(_placed(operation, refused.problem))
            self.never_made |= _to_make(operation)
            return
        self.done.append(done)
        self._replace(done)

    def _do(self, operation: Operation) -> Done:
        match operation:
            case Merge():
                units = [self._find(wanted) for wanted in operation.units]
                islands = [self._find(wanted).unit.code for wanted in operation.islands]
                self._free([operation.code], units)
                return merged(replace(operation, islands=tuple(islands)), units)
            case Split():
                parent = self._find(operation.unit)
                self._free([part.code for part in operation.parts], [parent])
                return parted(operation, parent)
            case Transfer():
                return moved(operation, self._find(operation.giver), self._find(operation.taker))
            case Retype():
                return retyped(operation, self._find(operation.unit))
            case _:
                return renamed(operation, self._find(operation.unit))

    def _find(self, wanted: str) -> Holding:
        if wanted.strip() in self.held:
            return self.held[wanted.strip()]
        if wanted in self.never_made:
            raise Refused(None)
        # Units that are no more are looked through too: their names must not loosely fit another unit.
        names = {fold(holding.unit.name) for holding in self.held.values()}
        gone = [(unit, into) for unit, into in self.spent if fold(unit.name) not in names]
        units = [holding.unit for holding in self.held.values()] + [unit for unit, _ in gone]
        try:
            found = find_unit(units, wanted)
        except InputError as error:
            problem = error.problems[0]
            raise Refused(problem.code, problem.message, problem.fix, wanted) from None
        for unit, into in gone:
            if unit is found:
                message = say("the unit is no more: it went into {name}", name=into)
                fix = say("use each unit once, or name the unit it went into")
                raise Refused("used-twice", message, fix, wanted)
        return self.held[found.code]

    def _free(self, codes: Sequence[str], gone: Sequence[Holding]) -> None:
        """New units have codes of their own, or those of units that they replace, or that went into these."""
        leaving = {code for holding in gone for code in (holding.unit.code, *ancestors(holding.lineage))}
        others = (self.held.keys() | self.began) - leaving
        for place, code in enumerate(codes):
            if code in others or code in codes[:place]:
                message = say("the code is another unit's")
                raise Refused("code-taken", message, say("give the new unit a code of its own"), code)

    def _replace(self, done: Done) -> None:
        """What an operation made takes the place of the first unit it took."""
        gone = {holding.unit.code for holding in done.before}
        made = {holding.unit.code: holding for holding in done.after}
        after: dict[str, Holding] = {}
        for code, holding in self.held.items():
            if len(done.before) == len(done.after) and code in made:
                after[code] = made[code]  # a change of units that stay: each in its place
            elif code in gone and not made.keys() & after.keys():
                after.update(made)
            elif code not in gone:
                after[code] = holding
        self.held = after
        names = ", ".join(holding.unit.name for holding in done.after)
        if len(done.before) != len(done.after):
            self.spent += [(holding.unit, names) for holding in done.before]


def _placed(operation: Operation, problem: Problem) -> Problem:
    origin = operation.about.origin
    if origin is None:
        return problem
    return replace(problem, file=origin.file, row=origin.row, column=type(operation).__name__.lower())


def _to_make(operation: Operation) -> set[str]:
    if isinstance(operation, Merge):
        return {operation.code, operation.name}
    if isinstance(operation, Split):
        return {text for part in operation.parts for text in (part.code, part.name)}
    return set()


def _immeasurable(units: Sequence[Unit]) -> list[Problem]:
    """Areas so large or so finely written that sums of them would have to be rounded."""
    return [
        problem_at(
            unit.origin,
            "absurd-area",
            Severity.ERROR,
            say("an area of {area} km² cannot be added up exactly", area=unit.area_km2),
            say("write square kilometres with at most six decimals"),
            column="area_km2",
            value=str(unit.area_km2),
        )
        for unit in units
        if unit.area_km2 is not None
        and (not 0 <= unit.area_km2 <= MAX_AREA or unit.area_km2 != round(unit.area_km2, 6))
    ]
