"""The fewest moves and recruits, against every way there is in small provinces; and their days."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from quota.analysis.checks.searching import repeating_solver
from quota.core.blocs import BLOCS, Bloc
from quota.core.moves import Cell, Place, Situation
from quota.core.positions import Leaver, LeaverTable, PersonTable
from quota.core.problems import InputError
from quota.core.units import Unit, UnitType
from quota.norms.applying import load_policy
from quota.norms.loading import load_rules
from quota.norms.policy import CountLimit, Keeping, Limits, Policy, UnitLimit
from quota.norms.retirement import Retirement
from quota.planning.path.fewest import Fewest, Pairs, Post, fewest
from quota.planning.path.pairing import paired
from quota.planning.path.paths import Path
from quota.planning.path.walking import walk
from quota.planning.redeploy.distances import Distances

cp_model = pytest.importorskip("ortools.sat.python.cp_model")
RULE = load_rules("retirement-2021", Retirement)
POLICY = load_policy("redeployment-hai-phong-2025")
PAIRS: Pairs = frozenset(itertools.permutations(("government", "party"), 2))
START, END = date(2026, 12, 1), date(2030, 7, 1)
UNIT_A = Unit("A", "Xã A", UnitType.COMMUNE, 16_000)


def small(random: Random) -> list[Post]:
    posts = []
    for code in "ABC"[: random.randint(1, 3)]:
        for bloc in ("government", "party"):
            low = random.randint(1, 3)
            high = low + random.choice((0, 0, 1))
            staff = max(low + random.randint(-2, 3), 0)
            posts.append(
                Post(
                    Place(code, bloc),
                    staff,
                    low,
                    high,
                    staying=random.choice((0, 0, 1, staff)),
                    releases=random.random() < 0.8,
                    receives=random.random() < 0.8,
                )
            )
    return posts


def ways(posts: Sequence[Post], most_leaving: int | None = None) -> Iterator[tuple[int, int]]:
    """Units that meet their norm and people moved or recruited, for every end that can be reached.

    Each person over goes to at most one place: another bloc of the unit, or the same bloc of another unit.
    """
    places = [post.place for post in posts]
    choices = []
    for post in posts:
        targets = [
            n
            for n, place in enumerate(places)
            if (place.code == post.place.code) != (place.group == post.place.group)
            and (place.code == post.place.code or (post.releases and posts[n].receives))
        ]
        over = min(max(post.staff - post.high, 0), max(post.staff - post.staying, 0))
        choices.append(
            [
                combo
                for size in range(over + 1)
                for combo in itertools.combinations_with_replacement(targets, size)
            ]
        )
    for chosen in itertools.product(*choices):
        staff = [post.staff for post in posts]
        moved = 0
        left = Counter[str]()
        for giver, goals in enumerate(chosen):
            for target in goals:
                staff[giver] -= 1
                staff[target] += 1
                moved += 1
                left[places[giver].code] += places[giver].code != places[target].code
        taking = {target for targets in chosen for target in targets}
        if any(staff[target] > posts[target].high for target in taking):  # overfilled
            continue
        if most_leaving is not None and max(left.values(), default=0) > most_leaving:
            continue
        codes = sorted({place.code for place in places})
        for meeting in itertools.product((False, True), repeat=len(codes)):
            wanted = {code for code, meets in zip(codes, meeting, strict=True) if meets}
            mine = [
                (people, post) for people, post in zip(staff, posts, strict=True) if post.place.code in wanted
            ]
            if all(people <= post.high for people, post in mine):
                yield len(wanted), moved + sum(max(post.low - people, 0) for people, post in mine)


@pytest.mark.parametrize("seed", range(60))
def test_no_way_is_better_in_a_small_province(seed: int) -> None:
    random = Random(seed)
    posts = small(random)
    most = random.choice((None, None, 0, 1, 2))
    found = fewest(posts, PAIRS, most_leaving=most)
    best = max(ways(posts, most), key=lambda way: (way[0], -way[1]))
    assert (found.most_units[0], found.fewest[0]) == best
    assert found.most_units == (len(found.meeting),) * 2


def test_the_policys_limits_hold_and_those_that_a_path_cannot_keep_are_said() -> None:
    def cell(code: str, staff: int) -> Cell:
        return Cell(Place(code, "party"), staff, 5, 5, 5)

    cells = {cell.place: cell for cell in (cell("A", 7), cell("B", 7), cell("C", 3), cell("D", 3))}
    start = Situation(cells, {}, {code: code for code in "ABCD"})

    def found(policy: Policy) -> tuple[set[tuple[str, str]], set[date], list[str]]:
        path = walk(
            start,
            policy,
            Distances("points"),
            RULE,
            PersonTable(()),
            LeaverTable(()),
            as_of=START,
            deadline=END,
            blocs=1,
        )
        moves = [step for step in path.steps if step.origin is not None]
        ways = {(step.origin.code, step.target.code) for step in moves if step.origin is not None}
        return ways, {step.day for step in moves}, [problem.code for problem in path.problems]

    def with_limits(**limits: object) -> Policy:
        return replace(POLICY, limits=Limits(**limits))  # type: ignore[arg-type]

    listed = with_limits(no_release=UnitLimit(("A",), "quota"), no_receive=UnitLimit(("D",), "quota"))
    assert found(listed) == ({("B", "C")}, {START}, [])
    at_most = with_limits(people_leaving_unit=CountLimit(0, "quota"))
    assert found(at_most) == (set(), set(), [])
    far = with_limits(km=CountLimit(5, "quota"), moves_per_unit=CountLimit(1, "quota"))
    assert found(far)[2] == ["limit-not-kept"]
    kept = replace(POLICY, keep_surplus_until=Keeping(date(2028, 1, 1), "quota"))
    assert found(kept)[1] == {date(2029, 1, 1)}
    assert found(replace(POLICY, keep_surplus_until=Keeping(END, "quota")))[0] == set()


def test_who_leaves_a_unit_that_is_not_counted_is_not_counted_either() -> None:
    known = Cell(Place("A", "party"), 7, 5, 5, 5)
    start = Situation(
        {known.place: known}, {}, {"A": "A", "B": "B"}, units=(UNIT_A, replace(UNIT_A, code="B"))
    )
    leavers = LeaverTable(
        tuple(Leaver(code, Bloc.PARTY, date(2027, 5, 5), people) for code, people in (("A", 1), ("B", 4)))
    )
    path = walk(
        start, POLICY, Distances("points"), RULE, PersonTable(()), leavers, as_of=START, deadline=END, blocs=1
    )
    assert sum(point.left for point in path.points) == 1
    assert path.unknown == 1


def walked(random: Random) -> tuple[Situation, LeaverTable, Path]:
    cells = {}
    units = []
    for number in range(random.randint(2, 6)):
        code = str(10001 + number)
        units.append(Unit(code, f"Xã {code}", UnitType.COMMUNE, 16_000))
        for bloc in BLOCS:
            low = random.randint(2, 8)
            place = Place(code, bloc)
            cells[place] = Cell(
                place, max(low + random.randint(-3, 5), 0), low, low, low + random.choice((0, 2))
            )
    start = Situation(cells, {}, {unit.code: unit.name for unit in units}, units=tuple(units))
    leavers = []
    for place, cell in cells.items():
        for _ in range(random.randint(0, min(cell.staff, 3))):
            day = date(random.randint(2026, 2030), random.randint(1, 12), random.randint(1, 28))
            leavers.append(Leaver(place.code, Bloc(place.group), day))
    table = LeaverTable(tuple(leavers))
    path = walk(start, POLICY, Distances("points"), RULE, PersonTable(()), table, as_of=START, deadline=END)
    return start, table, path


@pytest.mark.parametrize("seed", range(40))
def test_no_place_is_overfilled_by_a_move_on_any_day_and_nobody_is_made_up(seed: int) -> None:
    start, leavers, path = walked(Random(seed))
    for point in path.points:
        staff = Counter({place: cell.staff for place, cell in start.cells.items()})
        for leaver in leavers.leavers:
            if START <= leaver.last < point.day:
                staff[Place(leaver.code, leaver.bloc)] -= leaver.people
        before = Counter(staff)
        came = Counter[Place]()
        for step in path.steps:
            if step.day <= point.day:
                staff[step.target] += step.people
                came[step.target] += step.people
                if step.origin is not None:
                    staff[step.origin] -= step.people
                    assert step.origin.group == step.target.group or step.origin.code == step.target.code
        for place, cell in start.cells.items():
            if came[place]:
                assert staff[place] <= cell.high
            assert staff[place] >= min(before[place], cell.low)
        within = {
            code
            for code in start.names
            if all(
                cell.low <= staff[place] <= cell.high
                for place, cell in start.cells.items()
                if place.code == code
            )
        }
        assert point.meeting_with_steps == len(within)
        assert point.short_with_steps == sum(max(c.low - staff[p], 0) for p, c in start.cells.items())
    assert path.best.meeting <= within
    assert sum(step.people for step in path.steps) == path.best.fewest[0]


@pytest.mark.parametrize("seed", range(20))
def test_a_unit_that_meets_its_norm_by_itself_does_so_from_that_day_on(seed: int) -> None:
    start, leavers, path = walked(Random(seed))
    for fate in path.units:
        own = {place: cell for place, cell in start.cells.items() if place.code == fate.unit.code}

        def within(day: date, own: dict[Place, Cell] = own) -> bool:
            gone = Counter(
                Place(leaver.code, leaver.bloc) for leaver in leavers.leavers if START <= leaver.last < day
            )
            return all(cell.low <= cell.staff - gone[place] <= cell.high for place, cell in own.items())

        days = [date.fromordinal(n) for n in range(START.toordinal(), END.toordinal() + 1)]
        first = next((n for n in range(len(days)) if all(within(day) for day in days[n:])), None)
        assert fate.alone == (None if first is None else days[first])


def walked_with(*leavers: Leaver) -> Path:
    """One unit of twelve in the government bloc, whose norm is ten, and these who leave it."""
    place = Place("10001", "government")
    start = Situation({place: Cell(place, 12, 10, 10, 10)}, {}, {"10001": "Xã An"})
    return walk(
        start,
        POLICY,
        Distances("points"),
        RULE,
        PersonTable(()),
        LeaverTable(leavers),
        as_of=START,
        deadline=END,
        blocs=1,
    )


def test_who_leaves_a_unit_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        walked_with(Leaver("10009", Bloc.GOVERNMENT, END - timedelta(days=1)))
    assert [(problem.code, problem.value) for problem in caught.value.problems] == [("unmatched", "10009")]
    walked_with(Leaver("10001", Bloc.PARTY, END - timedelta(days=1)))  # a bloc whose norm nobody knows


def test_a_path_that_does_not_add_up_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_too_many(posts: Sequence[Post], pairs: Pairs, **how: bool) -> Fewest:
        found = fewest(posts, pairs, recruiting=how["recruiting"])
        return replace(found, recruits={post.place: 1 for post in posts})

    monkeypatch.setattr("quota.planning.path.walking.fewest", one_too_many)
    with pytest.raises(AssertionError, match="does not add up"):
        walked_with()


class GivesUp:
    """A solver that finds nothing from its `turn`-th question on."""

    def __init__(self, turn: int) -> None:
        self.turn, self.asked = turn, 0
        self.solver = repeating_solver(relaxing=True)

    def __getattr__(self, name: str) -> object:
        return getattr(self.solver, name)

    def solve(self, model: object) -> object:
        self.asked += 1
        return cp_model.UNKNOWN if self.asked >= self.turn else self.solver.solve(model)


@pytest.mark.parametrize(("turn", "said"), [(1, "always found"), (2, "always found"), (3, "to be found")])
def test_a_solver_that_gives_up_is_a_fault_and_no_answer(
    turn: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    solver = GivesUp(turn)
    monkeypatch.setattr("quota.planning.path.fewest.repeating_solver", lambda **_: solver)
    with pytest.raises(AssertionError, match=said):
        fewest([Post(Place("A", "party"), 4, 3, 3), Post(Place("B", "party"), 2, 3, 3)], PAIRS)


def test_givers_and_takers_that_are_not_equally_many_cannot_be_paired() -> None:
    giver, taker = Place("A", "party"), Place("B", "party")
    with pytest.raises(AssertionError, match="equally many"):
        paired({giver: 2}, {taker: 1}, {"A": "", "B": ""}, Distances("points"))
    assert paired({giver: 1}, {taker: 1}, {"A": "", "B": ""}, Distances("points")) == [
        (giver, taker, 1, None)
    ]
