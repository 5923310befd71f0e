"""A province's posts shared among its units and their blocs, and what each of them gains or loses by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from quota.core.blocs import Bloc
from quota.core.problems import InputError, Problem, Severity
from quota.core.results import AuditReport, FrameSummary, UnitAudit
from quota.core.text import Text, count, say
from quota.core.units import InputFile, Unit
from quota.planning.allocate.methods import Claim, Method, bounds_of, exact_shares, share

Bounds = Callable[[UnitAudit, Bloc], int | None]
"""What a floor, a ceiling or a fixed number is for a unit's bloc; None where it says nothing."""


class Bound(Struct, frozen=True):
    """A floor or a ceiling by its name (`present`, `offices`, `norm`, or a column), and its figures."""

    name: str
    of: Bounds


class Wanted(Struct, frozen=True):
    """What is asked: posts in all, how they are shared, and what bounds each share."""

    total: int
    method: Method
    blocs: tuple[Bloc, ...]
    reserve: int = 0
    floors: tuple[Bound, ...] = ()
    ceilings: tuple[Bound, ...] = ()
    fixed: Bound | None = None
    before: Bounds | None = None
    """The posts of today, where a cut is asked for."""
    before_assigned: bool = False
    """Whether the posts of today are those a decision assigned, not the norm."""


class Share(Struct, frozen=True):
    """One unit's bloc: its norm's low end, people present, posts, posts by each method, and what binds.

    `binds` is the name of the floor, ceiling or fixed column that decides the number; blank where none does.
    `before` is the posts of today, None where no cut is asked for.
    """

    norm: int
    present: int | None
    posts: int
    by_method: tuple[int, ...]
    binds: str = ""
    before: int | None = None


class UnitShare(Struct, frozen=True):
    """A unit and its share, bloc by bloc; a bloc that is not shared is not there."""

    unit: Unit
    blocs: tuple[tuple[Bloc, Share], ...]

    @property
    def norm(self) -> int:
        """The norm of the blocs that are shared."""
        return sum(part.norm for _, part in self.blocs)

    @property
    def posts(self) -> int:
        """Posts in the blocs that are shared."""
        return sum(part.posts for _, part in self.blocs)

    @property
    def present(self) -> int | None:
        """People present in the blocs that are shared; None where one is unknown."""
        known = [part.present for _, part in self.blocs if part.present is not None]
        return sum(known) if len(known) == len(self.blocs) else None

    @property
    def before(self) -> int | None:
        """Posts of today; None where no cut is asked for."""
        known = [part.before for _, part in self.blocs if part.before is not None]
        return sum(known) if known and len(known) == len(self.blocs) else None

    def by_method(self, number: int) -> int:
        """Posts by the method of this number."""
        return sum(part.by_method[number] for _, part in self.blocs)


class Paradoxes(Struct, frozen=True):
    """What each method does here that another does not.

    `lose`: shares that would be smaller with one post more in all, by the largest remainder. `stray`: shares
    that are more than a post from the exact share by Sainte-Laguë. `lowest`: the smallest share of its norm
    that anybody fills, by each method.
    """

    lose: int
    stray: int
    lowest: tuple[Fraction | None, ...]


class Allocation(Struct, frozen=True):
    """Posts for every unit; checked by plain counting before it is returned."""

    frame: FrameSummary
    as_of: date
    wanted: Wanted
    units: tuple[UnitShare, ...]
    paradoxes: Paradoxes
    left_out: tuple[Unit, ...]
    """Units whose norm is unknown: they get no post."""
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def posts(self) -> int:
        """Posts given to units."""
        return sum(unit_share.posts for unit_share in self.units)


def allocate(report: AuditReport, wanted: Wanted) -> Allocation:
    """Share `wanted.total` posts less the reserve among the units' blocs, by the low end of their norm.

    Raises `InputError` where floors, ceilings or fixed numbers do not allow it, or contradict each other.
    """
    known = [unit_audit for unit_audit in report.units if unit_audit.quota is not None]
    known.sort(key=lambda unit_audit: unit_audit.unit.code)  # of equals the first code, however rows stand
    rows = [(unit_audit, bloc) for unit_audit in known for bloc in wanted.blocs]
    claims = [_claim(unit_audit, bloc, wanted) for unit_audit, bloc in rows]
    shared = wanted.total - wanted.reserve
    _refuse(claims, rows, shared, wanted)
    ways = {method: share(method, claims, shared) for method in Method}
    posts = ways[wanted.method]
    _count_again(claims, posts, shared)
    parts = [
        (unit_audit, bloc, _share(unit_audit, bloc, claims[number], number, ways, wanted))
        for number, (unit_audit, bloc) in enumerate(rows)
    ]
    size = len(wanted.blocs)
    units = tuple(
        UnitShare(parts[start][0].unit, tuple((bloc, part) for _, bloc, part in parts[start : start + size]))
        for start in range(0, len(parts), size)
    )
    places = {unit_audit.unit.code: place for place, unit_audit in enumerate(report.units)}
    left_out = tuple(unit_audit.unit for unit_audit in report.units if unit_audit.quota is None)
    return Allocation(
        report.frame,
        report.as_of,
        wanted,
        tuple(sorted(units, key=lambda unit_share: places[unit_share.unit.code])),
        _paradoxes(claims, ways, shared),
        left_out,
        report.inputs,
        (*report.problems, *_warnings(left_out), *_unknown_floors(known, wanted)),
    )


def _norm(unit_audit: UnitAudit, bloc: Bloc) -> int:
    return 0 if unit_audit.quota is None else unit_audit.quota.blocs[bloc].low


def _claim(unit_audit: UnitAudit, bloc: Bloc, wanted: Wanted) -> Claim:
    held = wanted.fixed.of(unit_audit, bloc) if wanted.fixed else None
    if held is not None:
        return Claim(0, held, held)
    floors = [floor for bound in wanted.floors if (floor := bound.of(unit_audit, bloc)) is not None]
    ceilings = [top for bound in wanted.ceilings if (top := bound.of(unit_audit, bloc)) is not None]
    return Claim(_norm(unit_audit, bloc), max(floors, default=0), min(ceilings) if ceilings else None)


def _refuse(
    claims: Sequence[Claim], rows: Sequence[tuple[UnitAudit, Bloc]], shared: int, wanted: Wanted
) -> None:
    problems = [
        Problem(
            "floor-over-ceiling",
            Severity.ERROR,
            say(
                "{name}, {bloc}: at least {least} posts and at most {most}",
                name=unit_audit.unit.name,
                bloc=bloc,
                least=claim.least,
                most=claim.most or 0,
            ),
            say("lower the floor, or raise the ceiling"),
            value=unit_audit.unit.code,
        )
        for claim, (unit_audit, bloc) in zip(claims, rows, strict=True)
        if claim.most is not None and claim.least > claim.most
    ]
    if not problems:
        fewest, most = bounds_of(claims, max(shared, 0))
        if not fewest <= shared <= most:
            message = _not_between(shared, fewest, most)
            fix = say("change the total, the reserve, or the floors and ceilings")
            problems = [Problem("no-such-share", Severity.ERROR, message, fix, value=str(wanted.total))]
    if problems:
        raise InputError(problems)


def _not_between(shared: int, fewest: int, most: int) -> Text:
    if shared < fewest:
        return say("{n} posts to share, the floors need {least}", n=shared, least=fewest)
    return say("{n} posts to share, the ceilings allow {most}", n=shared, most=most)


def _count_again(claims: Iterable[Claim], posts: Iterable[int], shared: int) -> None:
    """Plain counting that knows no method: all is given, nobody is under a floor or over a ceiling."""
    total = 0
    for claim, given in zip(claims, posts, strict=True):
        total += given
        if given < claim.least or (claim.most is not None and given > claim.most):
            raise AssertionError(f"{given} posts, and {claim} allows no such number")
    if total != shared:
        raise AssertionError(f"{total} posts are shared, not {shared}")


def _share(
    unit_audit: UnitAudit,
    bloc: Bloc,
    claim: Claim,
    number: int,
    ways: dict[Method, list[int]],
    wanted: Wanted,
) -> Share:
    posts = ways[wanted.method][number]
    return Share(
        norm=_norm(unit_audit, bloc),
        present=unit_audit.staff[bloc],
        posts=posts,
        by_method=tuple(found[number] for found in ways.values()),
        binds=_binds(unit_audit, bloc, claim, posts, wanted),
        before=wanted.before(unit_audit, bloc) if wanted.before else None,
    )


def _binds(unit_audit: UnitAudit, bloc: Bloc, claim: Claim, posts: int, wanted: Wanted) -> str:
    """The bound that a share is at, by its name; blank where it is at none, or at a floor of nothing."""
    if wanted.fixed and wanted.fixed.of(unit_audit, bloc) is not None:
        return wanted.fixed.name
    if posts == claim.least and claim.least:
        return next(bound.name for bound in wanted.floors if bound.of(unit_audit, bloc) == claim.least)
    if claim.most is not None and posts == claim.most:
        return next(bound.name for bound in wanted.ceilings if bound.of(unit_audit, bloc) == claim.most)
    return ""


def _paradoxes(claims: Sequence[Claim], ways: dict[Method, list[int]], shared: int) -> Paradoxes:
    lose = 0
    if shared < bounds_of(claims, shared + 1)[1]:
        more = share(Method.LARGEST_REMAINDER, claims, shared + 1)
        lose = sum(b < a for a, b in zip(ways[Method.LARGEST_REMAINDER], more, strict=True))
    exact = exact_shares(claims, shared)
    stray = sum(abs(a - b) >= 1 for a, b in zip(ways[Method.SAINTE_LAGUE], exact, strict=True))
    lowest = tuple(
        min(
            (
                Fraction(given, claim.weight)
                for given, claim in zip(posts, claims, strict=True)
                if claim.weight
            ),
            default=None,
        )
        for posts in ways.values()
    )
    return Paradoxes(lose, stray, lowest)


def _warnings(left_out: Sequence[Unit]) -> Iterable[Problem]:
    for unit in left_out:
        message = say("{name} has no known norm: it gets no post", name=unit.name)
        yield Problem(
            "takes-no-part", Severity.WARNING, message, say("fill in its residents"), value=unit.code
        )


def _unknown_floors(known: Sequence[UnitAudit], wanted: Wanted) -> Iterable[Problem]:
    """A warning where nobody knows who is present, and so no floor holds."""
    if not any(bound.of is present for bound in wanted.floors):
        return
    codes = [
        unit_audit.unit.code
        for unit_audit in known
        if any(unit_audit.staff[bloc] is None for bloc in wanted.blocs)
    ]
    if codes:
        message = count(
            "how many are present in {n} unit is unknown: no floor holds there",
            "how many are present in {n} units is unknown: no floor holds there",
            n=len(codes),
        )
        shown = ", ".join(codes[:10]) + (" …" if len(codes) > 10 else "")
        yield Problem(
            "unknown-floor", Severity.WARNING, message, say("fill in the staff of {codes}", codes=shown)
        )


def present(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    """A floor: nobody who is present is without a post."""
    return unit_audit.staff[bloc]


def norm(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    """A ceiling: no more than the norm's high end."""
    return None if unit_audit.quota is None else unit_audit.quota.blocs[bloc].high


def offices(count: int) -> Bounds:
    """A floor: one post in the government bloc for each of `count` offices."""

    def of(_: UnitAudit, bloc: Bloc) -> int | None:
        return count if bloc == Bloc.GOVERNMENT else None

    return of


def sums_of(report: AuditReport, blocs: Iterable[Bloc], of: Bounds) -> int:
    """The sum of some figure over all units and these blocs; what is unknown is not in it."""
    wanted = tuple(blocs)
    return sum(of(unit_audit, bloc) or 0 for unit_audit in report.units for bloc in wanted)


def posts_after_cut(before: int, per_cent: Fraction) -> int:
    """Posts that stay when `per_cent` of `before` are cut, rounded down: at least that much is cut."""
    return int(before * (100 - per_cent) / 100)
