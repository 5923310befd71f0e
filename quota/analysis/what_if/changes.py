"""What changed between two tables or two audits: unit by unit with its causes, and in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import astuple, replace

from quota.analysis.audit.auditing import audits_of, granters_of, norms_of, summary_of, totals
from quota.analysis.what_if.decomposing import (
    Cause,
    Decomposer,
    Effect,
    Effects,
    GapShift,
    border_moved,
    gap_between,
)
from quota.analysis.what_if.same_unit import doubts_of_codes
from quota.analysis.what_if.shifts import Shift, between, sum_shifts
from quota.core.blocs import Bloc, Blocs, ByBloc, gathered
from quota.core.posts import Gap, Posts
from quota.core.problems import Problem, refusal
from quota.core.results import FrameSummary, Totals, UnitAudit
from quota.core.text import say
from quota.core.units import InputFile, Reserve, Unit, namesakes
from quota.norms.granting import Norms

if TYPE_CHECKING:
    from quota.norms.schema import Frame


class Entry(StrEnum):
    """Causes of a change of the whole table, beside those within units."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    UNKNOWN = "unknown"


class Side(Struct, frozen=True):
    """Units with their staff, the frame over them, and where they come from.

    `stated` are the audits a file states for its units by code, which the frame must give again.
    """

    units: tuple[Unit, ...]
    frame: Frame | Norms
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    stated: Mapping[str, ByBloc[Posts] | None] | None = None
    reserves: tuple[Reserve, ...] = ()
    """Assigned posts that no unit has."""
    as_of: date | None = None
    """The day that the frame is applied on."""


class UnitChange(Struct, frozen=True):
    """One unit of both sides, whose quota, staff, assigned posts or status is not what it was."""

    old: UnitAudit
    new: UnitAudit
    border_moved: bool
    effects: Effects


class Changes(Struct, frozen=True):
    """The units that changed, appeared and vanished, and the balance from the old totals to the new.

    Old totals, plus every entry of `balance`, are the new totals: in each bloc, for both ends of the posts,
    for shortfall and surplus, and for the assigned posts, those unfilled and the people above them. UNKNOWN
    is what became known or unknown.
    """

    old_frame: FrameSummary
    new_frame: FrameSummary
    units: tuple[UnitChange, ...]
    appeared: tuple[UnitAudit, ...]
    vanished: tuple[UnitAudit, ...]
    old: Totals
    new: Totals
    balance: Mapping[Cause | Entry, ByBloc[Effect]]
    has_staff: bool
    has_assigned: bool
    old_inputs: tuple[InputFile, ...] = ()
    new_inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    open_columns: tuple[str, ...] = ()
    """What either frame asks of a unit and may not be told, whatever the tables say of it."""
    namesakes: frozenset[str] = frozenset()
    """The names that several units of either side have."""
    days: tuple[date | None, date | None] = (None, None)
    """The days of the old and of the new audit."""


def changes(old: Side, new: Side) -> Changes:
    """Compare `old` with `new`, units matched by code, and attribute every change to a cause.

    Raises `InputError` where a side states other quotas than its frame gives.
    """
    before, after = _audits(old), _audits(new)
    frames = summary_of(old.frame), summary_of(new.frame)
    decomposer = Decomposer(old.frame, new.frame)
    blocs = decomposer.blocs
    pairs = [(earlier, after[code]) for code, earlier in before.items() if code in after]
    units = [
        UnitChange(earlier, later, border_moved(earlier.unit, later.unit), decomposer.effects(earlier, later))
        for earlier, later in pairs
    ]
    appeared = tuple(audit for code, audit in after.items() if code not in before)
    vanished = tuple(audit for code, audit in before.items() if code not in after)
    balance: dict[Cause | Entry, ByBloc[Effect]] = {
        cause: _sum(blocs, _moving((change.effects[cause] for change in units), decomposer.unmoved))
        for cause in Cause
    }
    balance[Entry.APPEARED] = _sum(blocs, (_whole(audit, blocs) for audit in appeared))
    balance[Entry.VANISHED] = _sum(blocs, (_negative(_whole(audit, blocs)) for audit in vanished))
    unknown = [change for change in units if not _is_explained(change)]
    balance[Entry.UNKNOWN] = _sum(blocs, (_unexplained(change, blocs) for change in unknown))
    staffed = [*old.units, *new.units]
    has_assigned = any(unit.assigned.order for unit in staffed)
    were, are = ({code: audited.unit for code, audited in side.items()} for side in (before, after))
    if not has_assigned:
        balance = {
            entry: effects.map(lambda effect: replace(effect, assigned=None, vacancy=None))
            for entry, effects in balance.items()
        }
    return Changes(
        *frames,
        tuple(change for change in units if _differs(change)),
        appeared,
        vanished,
        totals(list(before.values()), frames[0].blocs, old.reserves),
        totals(list(after.values()), frames[1].blocs, new.reserves),
        balance,
        any(count is not None for unit in staffed for count in unit.staff),
        has_assigned,
        old.inputs,
        new.inputs,
        (*old.problems, *new.problems, *doubts_of_codes(were, are)),
        (*norms_of(old.frame).open_columns, *norms_of(new.frame).open_columns),
        namesakes({**were, **are}.values()),
        (old.as_of, new.as_of),
    )


def _audits(side: Side) -> dict[str, UnitAudit]:
    audits = {audited.unit.code: audited for audited in audits_of(side.units, granters_of(side.frame))}
    for code, posts in (side.stated or {}).items():
        given = audits[code].quota
        if (given.blocs if given else None) != posts:
            file = side.inputs[0].path if side.inputs else None
            message = say(
                "states another quota for {name} than {frame} gives now",
                name=audits[code].unit.name,
                frame=summary_of(side.frame).id,
            )
            fix = say("give the frame it was made with: --old-rules or --new-rules PATH")
            raise refusal("another-frame", message, fix, file=file, value=code)
    return audits


def _differs(change: UnitChange) -> bool:
    """Also where causes cancel out: the units shown then add up to the balance."""
    if _figures(change.old) != _figures(change.new):
        return True
    distinct = {id(effects): effects for effects in change.effects.values()}  # most are the same: none
    return any(any(effects) for effects in distinct.values())


def _figures(audit: UnitAudit) -> tuple[object, ...]:
    """What is counted of a unit; what its quota may also be where something is unknown is not."""
    return audit.quota and audit.quota.blocs, audit.staff, audit.status, audit.assignment


def _whole(audit: UnitAudit, blocs: Blocs) -> ByBloc[Effect]:
    """All of a unit's posts and gaps, as far as they are known."""

    def effect(bloc: Bloc) -> Effect:
        gap = audit.gap[bloc] if bloc in audit.gap else Gap()
        posts = between(Posts(0, 0), _posts(audit, bloc)) if audit.quota else None
        vacancy = _vacancy(audit, bloc)
        return Effect(
            posts,
            gap_between(Gap(), gap) if gap is not None else None,
            _assigned(audit, bloc),
            gap_between(Gap(), vacancy) if vacancy is not None else None,
        )

    return ByBloc.of(blocs, effect)


def _is_explained(change: UnitChange) -> bool:
    """Whether both sides know all of a unit's posts and gaps, and no assigned posts: nothing is left over."""
    known = all(effect.posts is not None and effect.gap is not None for effect in change.effects[Cause.STAFF])
    return known and change.old.assignment is None and change.new.assignment is None


def _unexplained(change: UnitChange, blocs: Blocs) -> ByBloc[Effect]:
    """What is in the totals of one side only, because the other side does not know it."""

    def effect(bloc: Bloc) -> Effect:
        explained = change.effects[Cause.POPULATION][bloc]
        posts = between(_posts(change.old, bloc), _posts(change.new, bloc))
        gap = gap_between(_gap(change.old, bloc), _gap(change.new, bloc))
        assigned = (_assigned(change.new, bloc) or 0) - (_assigned(change.old, bloc) or 0)
        vacancy = gap_between(_vacancy(change.old, bloc) or Gap(), _vacancy(change.new, bloc) or Gap())
        return Effect(
            posts if explained.posts is None else Shift(),
            gap if explained.gap is None else GapShift(),
            assigned if explained.assigned is None else 0,
            vacancy if explained.vacancy is None else GapShift(),
        )

    return ByBloc.of(blocs, effect)


def _posts(audit: UnitAudit, bloc: Bloc) -> Posts:
    return (audit.quota.blocs.get(bloc) if audit.quota else None) or Posts(0, 0)


def _gap(audit: UnitAudit, bloc: Bloc) -> Gap:
    return audit.gap.get(bloc) or Gap()


def _assigned(audit: UnitAudit, bloc: Bloc) -> int | None:
    return audit.assignment.posts.get(bloc) if audit.assignment is not None else None


def _vacancy(audit: UnitAudit, bloc: Bloc) -> Gap | None:
    return audit.assignment.vacancy.get(bloc) if audit.assignment is not None else None


def _negative(effects: ByBloc[Effect]) -> ByBloc[Effect]:
    return effects.map(
        lambda effect: Effect(*(None if figure is None else -figure for figure in astuple(effect)))
    )


def _moving(many: Iterable[ByBloc[Effect]], unmoved: ByBloc[Effect]) -> Iterator[ByBloc[Effect]]:
    """Those of the effects that move anything, and the first of those that do not: zeros add nothing more."""
    told = False
    for effects in many:
        if effects is not unmoved:
            yield effects
        elif not told:
            told = True
            yield effects


def _sum(blocs: Blocs, many: Iterable[ByBloc[Effect]]) -> ByBloc[Effect]:
    return gathered(blocs, many).map(sum_effects)


def sum_effects(effects: Iterable[Effect]) -> Effect:
    """Every figure of effects added up over what is known; of some, all unknown, unknown."""
    found = list(effects)
    assigned = [effect.assigned for effect in found if effect.assigned is not None]
    vacancies = [effect.vacancy for effect in found if effect.vacancy is not None]
    posts = [effect.posts for effect in found if effect.posts is not None]
    gaps = [effect.gap for effect in found if effect.gap is not None]
    return Effect(
        sum_shifts(posts) if posts or not found else None,
        _sum_gaps(gaps) if gaps or not found else None,
        sum(assigned) if assigned or not found else None,
        _sum_gaps(vacancies) if vacancies or not found else None,
    )


def _sum_gaps(gaps: Sequence[GapShift]) -> GapShift:
    return GapShift(sum([gap.shortfall for gap in gaps]), sum([gap.surplus for gap in gaps]))
