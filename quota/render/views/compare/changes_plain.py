"""What changed, for programs: JSON, and CSV with a row for each unit, bloc and cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from quota._version import __version__
from quota.analysis.what_if.changes import Changes, Entry, UnitChange
from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.analysis.what_if.shifts import Shift
from quota.core.blocs import Blocs, ByBloc, all_of
from quota.core.posts import Gap, Posts
from quota.core.results import UnitAudit
from quota.render.audit.plain import totals_plain, unit_plain
from quota.render.kit.plain import frame_plain, inputs_plain, problem_plain
from quota.render.kit.rendering import Cell, Table


def changes_plain(found: Changes) -> dict[str, object]:
    """The JSON."""
    return {
        "quota_version": __version__,
        "old_frame": frame_plain(found.old_frame),
        "new_frame": frame_plain(found.new_frame),
        "old_inputs": inputs_plain(found.old_inputs),
        "new_inputs": inputs_plain(found.new_inputs),
        "order": [cause.value for cause in Cause],
        "units": [_change_plain(change) for change in found.units],
        "appeared": [_unit(audited) for audited in found.appeared],
        "vanished": [_unit(audited) for audited in found.vanished],
        "old": totals_plain(found.old),
        "new": totals_plain(found.new),
        "balance": {cause.value: _effects_plain(effects) for cause, effects in found.balance.items()},
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _unit(audited: UnitAudit) -> dict[str, object]:
    plain = unit_plain(audited)
    plain.pop("more", None)
    plain.pop("notes")
    return plain


def _change_plain(change: UnitChange) -> dict[str, object]:
    return {
        "code": change.new.unit.code,
        "name": change.new.unit.name,
        "old": _unit(change.old),
        "new": _unit(change.new),
        "type_changed": change.old.unit.type is not change.new.unit.type,
        "terrain_changed": change.old.unit.terrain != change.new.unit.terrain,
        "border_moved": change.border_moved,
        "effects": {cause.value: _effects_plain(effects) for cause, effects in change.effects.items()},
    }


def _effects_plain(effects: ByBloc[Effect]) -> dict[str, object]:
    return {bloc: _effect_plain(effect) for bloc, effect in effects.items()}


def _effect_plain(effect: Effect) -> dict[str, object]:
    return {
        "posts": [effect.posts.low, effect.posts.high] if effect.posts is not None else None,
        "shortfall": effect.gap.shortfall if effect.gap is not None else None,
        "surplus": effect.gap.surplus if effect.gap is not None else None,
        "assigned": effect.assigned,
        "vacant": effect.vacancy.shortfall if effect.vacancy is not None else None,
        "above_assigned": effect.vacancy.surplus if effect.vacancy is not None else None,
    }


_FIGURES = (
    *("posts_low", "posts_high", "staff", "shortfall", "surplus"),
    *("assigned", "vacant", "above_assigned"),
)
_POSSIBLE = ("possible_low", "possible_high")
T = TypeVar("T")


def changes_table(found: Changes) -> Table:
    """Old figures, the effects, new figures, for each bloc of each unit."""
    texts: tuple[list[str], ...] = ([], [], [], [])
    figures: list[Sequence[Cell]] = []
    blocs = all_of((found.old_frame.blocs, found.new_frame.blocs))
    causes = ["old", *(cause.value for cause in Cause), "new"]
    spoken = [bloc for bloc in blocs for _ in causes]
    for change in found.units:
        old, new = change.old.unit, change.new.unit
        names = [old.name, *[new.name] * (len(causes) - 1)] * len(blocs)
        _put(texts, [new.code] * len(spoken), names, spoken, causes * len(blocs))
        figures += _figures(change, blocs)
    for audits, word in ((found.appeared, Entry.APPEARED), (found.vanished, Entry.VANISHED)):
        for audit in audits:
            order, unit = audit.gap.order, audit.unit
            code, name, said = ([text] * len(order) for text in (unit.code, unit.name, word.value))
            _put(texts, code, name, order, said)
            figures += _states(audit, order)
    columns = list(zip(*figures, strict=True)) or [()] * len(_FIGURES + _POSSIBLE)
    headings = (*_FIGURES, *_POSSIBLE) if found.open_columns else _FIGURES
    return Table(("code", "name", "bloc", "cause", *headings), [*texts, *columns[: len(headings)]])


def _put(columns: Sequence[list[str]], *cells: Sequence[str]) -> None:
    for column, more in zip(columns, cells, strict=True):
        column.extend(more)


def _figures(change: UnitChange, blocs: Blocs) -> Iterator[Sequence[Cell]]:
    """Of each bloc the old figures, what each cause did, and the new ones."""
    old, new = change.old, change.new
    effects = zip(*[effects.values for effects in change.effects.values()], strict=True)
    staff = zip(_of(old.staff, blocs), _of(new.staff, blocs), strict=True)
    for before, each, (present, later), after in zip(
        _states(old, blocs), effects, staff, _states(new, blocs), strict=True
    ):
        moved = None if present is None or later is None else later - present
        yield before
        for cause, effect in zip(change.effects, each, strict=True):
            yield _effect(effect, moved if cause is Cause.STAFF else 0)
        yield after


def _states(audited: UnitAudit, blocs: Blocs) -> list[Sequence[Cell]]:
    """What each of these blocs has; a frame that has no such bloc says nothing of it."""
    quota, assignment = audited.quota, audited.assignment
    columns = (
        _of(quota.blocs if quota else None, blocs),
        _of(audited.staff, blocs),
        _of(audited.gap, blocs),
        _of(assignment.posts if assignment else None, blocs),
        _of(assignment.vacancy if assignment else None, blocs),
        _of(quota.possible if quota else None, blocs),
    )
    return [
        (*_ends(posts), people, *_gap_ends(gap), assigned, *_gap_ends(vacancy), *_ends(possible))
        for posts, people, gap, assigned, vacancy, possible in zip(*columns, strict=True)
    ]


def _of(values: ByBloc[T] | None, blocs: Blocs) -> Sequence[T | None]:
    if values is None:
        return (None,) * len(blocs)
    return values.values if values.order == blocs else [values.get(bloc) for bloc in blocs]


@lru_cache(maxsize=4096)
def _effect(effect: Effect, people: int | None) -> Sequence[Cell]:
    filling = (effect.assigned, *_gap_ends(effect.vacancy))
    return (*_ends(effect.posts), people, *_gap_ends(effect.gap), *filling, None, None)


def _ends(posts: Posts | Shift | None) -> tuple[int | None, int | None]:
    return (posts.low, posts.high) if posts is not None else (None, None)


def _gap_ends(gap: Gap | GapShift | None) -> tuple[int | None, int | None]:
    return (gap.shortfall, gap.surplus) if gap is not None else (None, None)
