"""Rows that slipped against their names: whose figures stand in whose row, by known areas of the units.

A sum is the same whoever has which figure. So only areas tell: each unit gets the figures whose area is its
own, by an exact search (CP-SAT) over all rows at once; other ways that are nearly as likely are given too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.checks.accounts import solved_model
from quota.analysis.checks.plausibility import THOUSANDFOLD
from quota.core.names import fold
from quota.core.reconciliation import Moved
from quota.core.units import Unit

DRAWN = 0.015
"""How far sound areas lie from those inside boundaries, as a logarithm: half of 336 within 0.012."""
WRITTEN = 0.002
"""How far sound areas lie from those of another table: they are the same, or rounded."""
_OFF = 5.0
"""Where no area is more spreads than this from the known one, areas show no slipped row."""
_NEAR = 10.0
"""Up to this number of spreads a figure's area may be that of a unit."""
_FREEDOM = 2.0
"""The degrees of freedom of the tails: islands and coasts are drawn variously."""
_SCALE = 1000
_BESIDE = 3_500
"""The price of figures in the row before or after their own: two that change places cost a thousandfold."""
_MOST = 4
"""So many placements are given at most, as of other accounts."""


class KnownAreas(Struct, frozen=True):
    """Known areas of units, in km² by code, and how far sound areas lie from them, as a logarithm."""

    km2: Mapping[str, float]
    spread: float = DRAWN


class Placement(Struct, frozen=True):
    """Which row has each unit's figures; `moved` are the units whose figures are in another's row or in none.

    `surprise` is in thousandths of a nat beside the likeliest placement.
    """

    moved: tuple[Moved, ...] = ()
    surprise: int = 0
    lacking: tuple[Unit, ...] = ()
    """Units whose figures stand in no row."""

    def put_back(self, units: Sequence[Unit]) -> list[Unit]:
        """The units with their own residents and area, without those whose figures are in no row."""
        put = {moved.unit.code: moved.put_back() for moved in self.moved}
        return [own for unit in units if (own := put.get(unit.code, unit)) is not None]


AS_THEY_STAND = Placement()


def placements(
    units: Sequence[Unit], areas: KnownAreas, seconds_left: Callable[[], float]
) -> Sequence[Placement]:
    """The ways in which rows may have slipped, likeliest first, up to a thousand times less likely ones.

    That no row slipped is one of the ways, and the only one where all areas fit. A row's figures belong to
    one unit; one that repeats another row may belong to none, and then there is a unit whose figures stand
    nowhere. Empty where the time was up.
    """
    rows = [unit for unit in units if unit.population is not None and unit.area_km2]
    off = _off(rows, areas)
    if not off:
        return [AS_THEY_STAND]
    table = _Table(rows, areas, off)
    found: list[Placement] = []
    while len(found) < _MOST:
        placement, ended = table.best(found, seconds_left())
        if not ended:
            return []
        if placement is None or (found and placement.surprise - found[0].surprise > THOUSANDFOLD):
            break
        found.append(placement)
    return [replace(placement, surprise=placement.surprise - found[0].surprise) for placement in found]


class _Table:
    """The pairs of a unit and a row whose figures may be its own, and what each costs."""

    def __init__(self, units: Sequence[Unit], areas: KnownAreas, off: Sequence[Unit]) -> None:
        self.units = {unit.code: unit for unit in units}
        self.alike: defaultdict[tuple[object, object], list[str]] = defaultdict(list)
        for unit in units:
            self.alike[_figures(unit)].append(unit.code)
        price = round(_SCALE * (1 + math.log(len(units))))
        self.lacking = price
        self.costs: dict[tuple[str, str], int] = {}
        """By unit and row; of rows that repeat each other the first is taken, unless it is a unit's own."""
        firsts = [self.units[codes[0]] for codes in self.alike.values()]
        beside = _beside(units)
        for unit in units:
            known = areas.km2.get(unit.code)
            if not known:  # any area may be its own
                self.costs[unit.code, unit.code] = 0
                self.costs |= {(unit.code, row.code): price for row in off if row is not unit}
                continue
            self.costs[unit.code, unit.code] = _surprise(_far(unit, known), areas.spread)
            for row in firsts:
                far = _far(row, known)
                if _figures(row) != _figures(unit) and abs(far) <= _NEAR * areas.spread:
                    its_price = _BESIDE if (unit.code, row.code) in beside else price
                    self.costs[unit.code, row.code] = _surprise(far, areas.spread) + its_price

    def best(self, known: Sequence[Placement], seconds: float) -> tuple[Placement | None, bool]:
        """The likeliest placement that is none of `known`, if any, and whether the search came to its end."""
        from ortools.sat.python import cp_model

        if seconds <= 0:
            return None, False
        model = cp_model.CpModel()
        taken = {pair: model.new_bool_var("/".join(pair)) for pair in self.costs}
        lacks = {code: model.new_bool_var(f"lacks {code}") for code in self.units}
        free = {code: model.new_bool_var(f"free {code}") for code in self.units}
        of_unit: defaultdict[str, list[Any]] = defaultdict(list)
        of_row: defaultdict[str, list[Any]] = defaultdict(list)
        for (code, row), chosen in taken.items():
            of_unit[code].append(chosen)
            of_row[row].append(chosen)
        for code in self.units:
            model.add_exactly_one(*of_unit[code], lacks[code])
            model.add_exactly_one(*of_row[code], free[code])
        for codes in self.alike.values():  # one of the rows that repeat each other belongs to a unit
            model.add(sum(free[code] for code in codes) <= len(codes) - 1)
        for placement in known:
            model.add_bool_or(self._otherwise(placement, taken, lacks))
        cost = sum(self.costs[pair] * chosen for pair, chosen in taken.items())
        model.minimize(cost + self.lacking * sum(lacks.values()))
        solver, status = solved_model(model, seconds)
        if status != cp_model.OPTIMAL:
            return None, status == cp_model.INFEASIBLE
        moved = [
            Moved(self.units[code], self.units[row])
            for (code, row), chosen in taken.items()
            if code != row and solver.value(chosen)
        ]
        lacking = [self.units[code] for code in self.units if solver.value(lacks[code])]
        moved += [Moved(unit, None) for unit in lacking]
        in_order = tuple(sorted(moved, key=lambda move: move.unit.code))
        return Placement(in_order, round(solver.objective_value), tuple(lacking)), True

    def _otherwise(
        self, placement: Placement, taken: Mapping[tuple[str, str], Any], lacks: Mapping[str, Any]
    ) -> list[Any]:
        """That some unit has other figures than in this placement."""
        rows = {moved.unit.code: moved.row for moved in placement.moved}
        chosen = []
        for code, unit in self.units.items():
            row = rows.get(code, unit)
            chosen.append(lacks[code] if row is None else taken[code, row.code])
        return [choice.negated() for choice in chosen]


def _off(units: Sequence[Unit], areas: KnownAreas) -> Sequence[Unit]:
    """The units whose area is not the known one."""
    return [
        unit
        for unit in units
        if (known := areas.km2.get(unit.code)) and abs(_far(unit, known)) > _OFF * areas.spread
    ]


def _far(unit: Unit, km2: float) -> float:
    """By how much the logarithm of a unit's area differs from that of `km2`."""
    return math.log(unit.area_km2 or 1) - math.log(km2)


def _figures(unit: Unit) -> tuple[object, object]:
    """What two rows have alike that repeat each other."""
    return unit.population, unit.area_km2


def _beside(units: Sequence[Unit]) -> set[tuple[str, str]]:
    """The codes of units that stand beside each other by row, by code or by name, either way round."""
    orders = (
        sorted(units, key=lambda unit: unit.origin.row if unit.origin is not None else 0),
        sorted(units, key=lambda unit: unit.code),
        sorted(units, key=lambda unit: (unit.type, fold(unit.name))),
    )
    found = {(first.code, second.code) for order in orders for first, second in pairwise(order)}
    return found | {(second, first) for first, second in found}


def _surprise(apart: float, spread: float) -> int:
    """How surprising a difference of an area's logarithm is, in thousandths of a nat."""
    return round(_SCALE * (_FREEDOM + 1) / 2 * math.log1p((apart / spread) ** 2 / _FREEDOM))
