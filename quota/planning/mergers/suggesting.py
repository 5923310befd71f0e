"""Proposing mergers: which units may be merged, which groups come into question, the best choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from quota.analysis.audit.auditing import join
from quota.core.problems import InputError, Problem, Severity, refuse_errors
from quota.core.text import say
from quota.core.units import BorderTable, StaffTable, Unit, UnitTable, UnitType
from quota.core.what_if.proposals import Aim, Proposal, ProposalObjective, Wish
from quota.core.what_if.scenarios import Merge, Scenario
from quota.norms.evaluation import quota_of, refuse_out_of_force
from quota.norms.schema import Frame
from quota.norms.standards import Standards
from quota.planning.mergers.combining import combined
from quota.planning.mergers.groups import Groups, Land, connected_groups, indivisible_groups, numbers, pieces
from quota.planning.mergers.neighbours import Neighbours, unmatched, within_provinces
from quota.planning.mergers.obstacles import left_alone, obstacles, remarks
from quota.planning.mergers.packing import Aimed, Packing, Sum, pack
from quota.planning.mergers.simulating import simulate
from quota.planning.mergers.verifying import verify

MOST_IN_ONE = 4
"""The most units in one merger where only a number of units or of posts saved is asked for: without a limit,
touching the fewest units would make one giant."""


def suggest(
    wish: Wish,
    units: UnitTable,
    borders: BorderTable,
    frame: Frame,
    staff: StaffTable | None = None,
    *,
    as_of: date,
    standards: Standards | None = None,
    title: str = "",
) -> Proposal:
    """The best mergers that meet `wish`, verified, as a scenario with its result; or what stops it.

    Raises `InputError` where a table has errors or the frame is not in force on `as_of`.
    """
    refuse_out_of_force(frame, as_of)
    if wish.max_merge is None and wish.aim is not Aim.MINIMUM:
        wish = replace(wish, max_merge=MOST_IN_ONE)
    placed, heard = join(units, staff, under=[frame])
    heard = (*heard, *borders.problems, *unmatched(borders, placed))
    refuse_errors(heard)
    beside = within_provinces(borders.borders, placed)
    stopped = obstacles(wish, placed, beside)
    if stopped:
        return Proposal(wish, problems=stopped, heard=heard)
    task = _Task(wish, placed, beside, frame)
    groups = task.groups()
    packing = task.solve(groups)
    if packing.chosen is None:
        nothing = _nothing(wish, packing, groups)
        return Proposal(wish, problems=(nothing,), heard=heard, most_tried=groups.complete_to)
    chosen = [tuple(placed[unit].code for unit in group) for group in task.chosen(groups, packing)]
    chosen += [
        (unit.code,) for unit in placed if unit.code not in {code for members in chosen for code in members}
    ]
    mergers = [
        merger_of([unit for unit in placed if unit.code in members]) for members in chosen if len(members) > 1
    ]
    scenario = Scenario(title, tuple(mergers))
    report = simulate(scenario, units, frame, staff, as_of=as_of, borders=borders, standards=standards)
    wrong = verify(wish, placed, borders.borders, chosen, report)
    if wrong:
        raise InputError(wrong)  # never shown: a fault of the search
    return Proposal(
        wish,
        tuple(chosen),
        packing.certificates,
        scenario,
        report,
        groups.complete_to,
        tuple(remarks(wish, placed, beside)),
    )


def merger_of(units: Sequence[Unit]) -> Merge:
    """The merger of these units: code and name of the most populous, the type most residents live in."""
    first = max(units, key=lambda unit: (unit.population or 0, unit.code))
    return Merge(tuple(unit.code for unit in units), first.code, first.name, merged_type(units))


def merged_type(units: Sequence[Unit]) -> UnitType:
    """The type that most residents live in; a ward where they are as many."""
    wards = sum(unit.population or 0 for unit in units if unit.type is UnitType.WARD)
    others = sum(unit.population or 0 for unit in units if unit.type is not UnitType.WARD)
    if len({unit.type for unit in units}) == 1:
        return units[0].type
    return UnitType.WARD if wards >= others else UnitType.COMMUNE


class _Task(Struct, frozen=True):
    wish: Wish
    units: Sequence[Unit]
    beside: Neighbours
    frame: Frame

    @property
    def land(self) -> Land:
        place = {unit.code: number for number, unit in enumerate(self.units)}
        alone = left_alone(self.wish, self.units)
        beside = [sum(1 << place[other] for other in self.beside.of(unit.code)) for unit in self.units]
        free = sum(1 << number for number, unit in enumerate(self.units) if unit.code not in alone)
        return Land([unit.population or 0 for unit in self.units], beside, free)

    def groups(self) -> Groups:
        if self.wish.aim is Aim.MINIMUM:
            all_groups = indivisible_groups(self.land, self.wish.amount, self.wish.max_merge)
        else:
            all_groups = connected_groups(self.land, self.wish.max_merge or len(self.units))
        # parts of a group in one province are in one province: none is missing that grows through others
        return replace(all_groups, found=tuple(filter(self._in_one_province, all_groups.found)))

    def _in_one_province(self, group: int) -> bool:
        """Whether no two provinces are known in it: a unit of unknown province may lie between two."""
        return len({self.units[number].province for number in numbers(group)} - {None}) < 2

    def chosen(self, groups: Groups, packing: Packing) -> list[list[int]]:
        return [list(numbers(groups.found[place])) for place in packing.chosen or ()]

    def solve(self, groups: Groups) -> Packing:
        land = self.land
        members = [list(numbers(group)) for group in groups.found]
        free = list(numbers(land.free))
        fixed = len(self.units) - len(free)
        sums = []
        if self.wish.aim is Aim.UNITS:
            wanted = self.wish.amount - fixed
            sums.append(Sum([1] * len(members), wanted, wanted))
        if self.wish.aim is Aim.SAVE_POSTS:
            saved = [self._saved(group) for group in members]
            sums.append(
                Sum(saved, self.wish.amount, max(sum(abs(posts) for posts in saved), self.wish.amount))
            )
        return pack(
            members,
            free,
            self._aims(members, land, fixed),
            sums,
            complete=groups.complete_to is None,
            seconds=self.wish.seconds,
            seed=self.wish.seed,
        )

    def _aims(self, members: Sequence[Sequence[int]], land: Land, fixed: int) -> list[Aimed]:
        most = sum(piece.bit_count() for piece in pieces(land))
        small = 0
        if self.wish.aim is Aim.MINIMUM:
            most = sum(self._most_groups(piece, land) for piece in pieces(land))
            small = sum(land.residents[unit] < self.wish.amount for unit in numbers(land.free))
        merged = [len(group) > 1 for group in members]
        border = sum(self._metres(piece) for piece in map(list, map(numbers, pieces(land))))
        touched = [len(group) * big for group, big in zip(members, merged, strict=True)]
        mixed = [int(len({self.units[number].type for number in group}) > 1) for group in members]
        return [
            Aimed(ProposalObjective.UNITS, [1] * len(members), most, largest=True, offset=fixed),
            Aimed(ProposalObjective.TOUCHED, touched, small),
            Aimed(ProposalObjective.MIXED, mixed, 0),
            Aimed(ProposalObjective.BORDER, [self._metres(group) for group in members], border, largest=True),
            Aimed(
                ProposalObjective.BALANCE,
                [
                    (sum(land.residents[number] for number in group) // 100) ** 2 * big
                    for group, big in zip(members, merged, strict=True)
                ],
                0,
            ),
        ]

    def _most_groups(self, piece: int, land: Land) -> int:
        residents = sum(land.residents[unit] for unit in numbers(piece))
        return min(residents // self.wish.amount, piece.bit_count())

    def _metres(self, group: Sequence[int]) -> int:
        codes = [self.units[number].code for number in group]
        lengths = (
            self.beside.of(first).get(other) or Decimal(0)
            for first in codes
            for other in codes
            if first < other
        )
        return int(sum(lengths, start=Decimal(0)) * 1000)

    def _saved(self, group: Sequence[int]) -> int:
        """Posts saved at the low ends, which are sure to be saved wherever in its range each quota lies."""
        parts = [self.units[number] for number in group]
        if len(parts) == 1:
            return 0
        known = [replace(part, population=part.population or 0) for part in parts]
        merged = combined(known, parts[0].code, parts[0].name, merged_type(parts))
        return sum(self._posts(unit) for unit in known) - self._posts(merged)

    def _posts(self, unit: Unit) -> int:
        quota = quota_of(self.frame, unit)
        return 0 if quota is None else quota.total.low


def _nothing(wish: Wish, packing: Packing, groups: Groups) -> Problem:
    """Why there is no proposal."""
    if not packing.impossible:
        message = say("no proposal was found in {n} seconds, and none was ruled out", n=f"{wish.seconds:g}")
        return Problem("out-of-time", Severity.ERROR, message, say("give more time: --time-limit SECONDS"))
    if groups.complete_to is not None:
        message = say(
            "no mergers of up to {n} units meet it; larger ones are too many to try", n=groups.complete_to
        )
        fix = say("ask for less, or keep more units")
        return Problem("too-many-groups", Severity.ERROR, message, fix)
    message = say("mergers of at most {n} units (--max-merge) cannot meet it", n=wish.max_merge)
    fix = say("allow larger mergers, ask for less, or keep fewer units")
    if (
        wish.max_merge is None
    ):  # then every piece of land with the minimum could be one unit, but for provinces
        message = say("the constraint cannot be met by neighbours of one province merging")
        fix = say("fill in which province each unit lies in, or ask for less")
    return Problem("impossible", Severity.ERROR, message, fix)
