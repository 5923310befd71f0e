"""A province's posts shared among its units and their blocs, and what each of them gains or loses by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from quota.core.blocs import Bloc
from quota.core.problems import Problem, Severity, refusal, refuse_errors
from quota.core.results import AuditReport, UnitAudit
from quota.core.text import count, say
from quota.core.units import Unit
from quota.planning.allocate.bounds import present
from quota.planning.allocate.methods import Claim, Method, bounds_of, exact_shares, share
from quota.planning.allocate.shares import Allocation, Paradoxes, Share, UnitShare, Wanted


def allocate(report: AuditReport, wanted: Wanted) -> Allocation:
    """Share `wanted.total` posts less the reserve among the units' blocs, by the low end of their norm.

    Raises `InputError` where floors, ceilings or fixed numbers do not allow it, or contradict each other.
    """
    known = [unit_audit for unit_audit in report.units if unit_audit.quota is not None]
    known.sort(key=lambda unit_audit: unit_audit.unit.code)  # of equals the first code
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
        (*report.problems, *_warnings(left_out, wanted), *_unknown_floors(known, wanted)),
        report.totals.unsettled,
        _kept_back(report, wanted),
        report.open_columns,
    )


def _kept_back(report: AuditReport, wanted: Wanted) -> int:
    assignment = report.totals.assignment if wanted.before else None
    reserves = assignment.reserves if assignment is not None else ()
    return sum(reserve.posts.get(bloc) or 0 for reserve in reserves for bloc in wanted.blocs)


def _norm(unit_audit: UnitAudit, bloc: Bloc) -> int:
    return 0 if unit_audit.quota is None else unit_audit.quota.blocs[bloc].low


def _possible(unit_audit: UnitAudit, bloc: Bloc) -> int | None:
    quota = unit_audit.quota
    return None if quota is None or quota.possible is None else quota.possible[bloc].low


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
    refuse_errors(
        _floor_over_ceiling(unit_audit.unit, bloc, claim.least, claim.most)
        for claim, (unit_audit, bloc) in zip(claims, rows, strict=True)
        if claim.most is not None and claim.least > claim.most
    )
    fewest, most = bounds_of(claims, max(shared, 0))
    if not fewest <= shared <= most:
        message = say("{n} posts to share, the ceilings allow {most}", n=shared, most=most)
        if shared < fewest:
            message = say("{n} posts to share, the floors need {least}", n=shared, least=fewest)
        fix = say("change the total, the reserve, or the floors and ceilings")
        raise refusal("no-such-share", message, fix, value=str(wanted.total))


def _floor_over_ceiling(unit: Unit, bloc: Bloc, least: int, most: int) -> Problem:
    said = {"name": unit.name, "bloc": bloc.name, "least": least, "most": most}
    message = say("{name}, {bloc}: at least {least} posts and at most {most}", **said)
    fix = say("lower the floor, or raise the ceiling")
    return Problem("floor-over-ceiling", Severity.ERROR, message, fix, value=unit.code)


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
        possible=_possible(unit_audit, bloc),
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

    def filled(posts: Sequence[int]) -> Fraction | None:
        weighty = ((given, claim.weight) for given, claim in zip(posts, claims, strict=True) if claim.weight)
        return min((Fraction(given, weight) for given, weight in weighty), default=None)

    return Paradoxes(lose, stray, tuple(map(filled, ways.values())))


def _warnings(left_out: Sequence[Unit], wanted: Wanted) -> Iterable[Problem]:
    for unit in left_out:
        message = say(
            "{name} has no known norm: it gets no post"
            if wanted.before is None
            else "{name} has no known norm: its posts of today are not among those that are cut and shared",
            name=unit.name,
        )
        fix = say("fill in its residents")
        yield Problem("takes-no-part", Severity.WARNING, message, fix, value=unit.code)


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
        fix = say("fill in the staff of {codes}", codes=shown)
        yield Problem("unknown-floor", Severity.WARNING, message, fix)
