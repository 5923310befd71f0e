"""What a stage may do: who can give, who is short, and every move between them that the policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from quota.core.moves import ANY, Place, Situation
from quota.core.values import ComparedByContent
from quota.norms.policy import Policy, StageKind, StageRule
from quota.planning.redeploy.distances import UNKNOWN, Distances
from quota.planning.redeploy.exchanges import Exchanges, exchanges_in

_AT_ONCE = 1_000_000
"""Pairs of places looked at together: more of them would only take more memory."""


class StageLaws(ComparedByContent, frozen=True):
    """The policy's laws for one stage; a limit of None does not limit."""

    kind: StageKind
    origins: tuple[str, ...]
    pairs: Exchanges
    keep: bool = False
    leaving: int | None = None
    per_unit: int | None = None
    km: int | None = None
    no_release: frozenset[str] = frozenset()
    no_receive: frozenset[str] = frozenset()
    within: bool = False
    """Whether people stay in their province."""
    may_cross: frozenset[str] = frozenset()
    """Codes of places from and to which people may move across provinces all the same."""
    left: Mapping[str, int] = field(default_factory=dict)
    """People who left each unit in the stages before."""

    @property
    def inside(self) -> bool:
        """Whether people stay in their unit: then no limit between units applies."""
        return self.kind is StageKind.INTERNAL

    def may_leave(self, code: str) -> int | None:
        """How many people may leave this unit in this stage; None where nothing limits it."""
        limits = [] if self.per_unit is None else [self.per_unit]
        if self.leaving is not None:
            limits.append(max(self.leaving - self.left.get(code, 0), 0))
        return min(limits) if limits and not self.inside else None


def laws_of(
    policy: Policy, stage: StageRule, start: Situation, as_of: date, left: Mapping[str, int]
) -> StageLaws:
    """The policy read for one stage on one day; `left` counts who left each unit in the stages before."""
    limits = policy.limits
    return StageLaws(
        kind=stage.kind,
        origins=stage.from_,
        pairs=exchanges_in(stage.kind, policy, start),
        keep=policy.keeps_surplus(as_of),
        leaving=limits.people_leaving_unit.most if limits.people_leaving_unit else None,
        per_unit=limits.moves_per_unit.most if limits.moves_per_unit else None,
        km=limits.km.most if limits.km else None,
        no_release=frozenset(limits.no_release.units if limits.no_release else ()),
        no_receive=frozenset(limits.no_receive.units if limits.no_receive else ()),
        within=policy.within is not None and start.several_provinces,
        may_cross=frozenset(policy.within.may_cross if policy.within else ()),
        left=left,
    )


Supply = tuple[Place, int]
"""A place and the people it can give."""
Demand = tuple[Place, int, int]
"""A place, its posts below the norm that are empty, and those from the norm to the target."""


class Task(Struct, frozen=True):
    """One stage for the solver. `tails` and `heads` index `supplies` and `demands`, an entry a move."""

    supplies: list[Supply]
    demands: list[Demand]
    tails: Any
    heads: Any
    metres: Any
    """Whole metres, -1 unknown; 0 within a unit."""
    costs: Any
    most_out: Mapping[str, int]
    most_in: Mapping[str, int]


def task_of(situation: Situation, laws: StageLaws, distances: Distances) -> Task:
    """Every move that `laws` allow from surplus to shortage. Nothing is left out to be quicker."""
    import numpy as np

    supplies, demands = supplies_of(situation, laws), demands_of(situation, laws)
    parts = (
        _inside(supplies, demands, laws)
        if laws.inside
        else _between(supplies, demands, laws, distances, situation.provinces)
    )
    none = np.zeros(0, dtype=np.int32)
    columns = [list(column) for column in zip(*parts, strict=True)]
    parts.clear()  # a country's moves are many: each column's parts go as soon as they are joined
    joined = [np.concatenate(columns.pop(0)) for _ in range(4)] if columns else [none] * 4
    codes_out = {place.code for place, _ in supplies if place.code in situation.names}
    limits = {code: laws.may_leave(code) for code in sorted(codes_out)}
    gets = laws.per_unit if not laws.inside else None
    tails, heads, metres, costs = joined
    return Task(
        supplies,
        demands,
        tails,
        heads,
        metres,
        costs,
        most_out={code: most for code, most in limits.items() if most is not None},
        most_in={} if gets is None else {place.code: gets for place, _, _ in demands},
    )


def demands_of(situation: Situation, laws: StageLaws) -> list[Demand]:
    """The places that may get people, with their empty posts."""
    return [
        (cell.place, cell.short, cell.wanted - cell.short)
        for cell in situation.cells.values()
        if cell.wanted and (laws.inside or cell.place.code not in laws.no_receive)
    ]


def supplies_of(situation: Situation, laws: StageLaws) -> list[Supply]:
    """The places that may give people, with those they have over."""
    found = []
    if "units" in laws.origins and (laws.inside or not laws.keep):
        found += [
            (cell.place, cell.surplus)
            for cell in situation.cells.values()
            if cell.surplus and (laws.inside or cell.place.code not in laws.no_release)
        ]
    if "departments" in laws.origins:
        for pool in situation.pools.values():
            available = pool.secondment if laws.kind is StageKind.SECONDMENT else pool.transfer
            if available:
                found.append((pool.place, available))
    return found


def cost_of(laws: StageLaws, have: str, need: str) -> int | None:
    """The cost of filling posts of `need` with people of `have`; None where they may not."""
    return 0 if have in (need, ANY) else laws.pairs.get((have, need))


def _inside(supplies: list[Supply], demands: list[Demand], laws: StageLaws) -> list[tuple[Any, ...]]:
    by_unit: dict[str, list[int]] = {}
    for index, (place, _, _) in enumerate(demands):
        by_unit.setdefault(place.code, []).append(index)
    found = [
        (tail, head, 0, cost)
        for tail, (place, _) in enumerate(supplies)
        for head in by_unit.get(place.code, ())
        if (cost := cost_of(laws, place.group, demands[head][0].group)) is not None
    ]
    import numpy as np

    return [tuple(np.array(column, dtype=np.int64) for column in zip(*found, strict=True))] if found else []


def _between(
    supplies: list[Supply],
    demands: list[Demand],
    laws: StageLaws,
    distances: Distances,
    provinces: Mapping[str, str],
) -> list[tuple[Any, ...]]:
    import numpy as np

    have, need = _by_group([place for place, _ in supplies]), _by_group([place for place, _, _ in demands])
    codes_a, codes_b = [place.code for place, _ in supplies], [place.code for place, _, _ in demands]
    apart = _Apart(laws, provinces, codes_a, codes_b)
    parts: list[tuple[Any, ...]] = []
    for given, giving in have.items():
        for wanted, getting in need.items():
            cost = cost_of(laws, given, wanted)
            if cost is None:
                continue
            columns = np.array(getting)
            size = max(_AT_ONCE // len(getting), 1)
            for start in range(0, len(giving), size):
                rows = np.array(giving[start : start + size])
                a, b = apart.allowed(rows, columns)
                metres = distances.along(codes_a, codes_b, a, b)
                if laws.km is not None:
                    near = (metres != UNKNOWN) & (metres <= laws.km * 1000)
                    a, b, metres = a[near], b[near], metres[near]
                costs = np.full(len(a), cost, dtype=np.min_scalar_type(cost))
                parts.append((a.astype(np.int32), b.astype(np.int32), metres, costs))
    return parts


class _Apart:
    """Which giving places may send people to which wanting places: to another unit, within the border."""

    def __init__(
        self, laws: StageLaws, provinces: Mapping[str, str], starts: list[str], ends: list[str]
    ) -> None:
        import numpy as np

        self.within = laws.within
        numbers = {code: number for number, code in enumerate({*starts, *ends})}
        areas = {name: number for number, name in enumerate(["", *sorted(set(provinces.values()))])}
        self.codes = [np.array([numbers[code] for code in codes]) for codes in (starts, ends)]
        self.areas = [
            np.array([areas[provinces.get(code, "")] for code in codes]) for codes in (starts, ends)
        ]
        self.crossing = [
            np.array([code in laws.may_cross for code in codes], dtype=bool) for codes in (starts, ends)
        ]

    def allowed(self, rows: Any, columns: Any) -> tuple[Any, Any]:
        """The pairs of these giving and wanting places between which people may go, row by row."""
        import numpy as np

        free = self.codes[0][rows][:, None] != self.codes[1][columns][None, :]
        if self.within:
            inside = self.areas[0][rows][:, None] == self.areas[1][columns][None, :]
            inside |= self.crossing[0][rows][:, None] | self.crossing[1][columns][None, :]
            free &= inside
        a, b = np.nonzero(free)
        return rows[a], columns[b]


def _by_group(places: list[Place]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        found.setdefault(place.group, []).append(index)
    return dict(sorted(found.items()))
