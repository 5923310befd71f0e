"""What changed, for programs: JSON, and CSV with a row for each unit, bloc and cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quota._version import __version__
from quota.analysis.what_if.changes import Changes, Entry, UnitChange
from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.core.blocs import Bloc, ByBloc, all_of
from quota.core.posts import Gap
from quota.core.results import UnitAudit
from quota.core.units import InputFile
from quota.render.audit.plain import totals_plain, unit_plain
from quota.render.kit.plain import frame_plain, problem_plain
from quota.render.kit.rendering import Cell


def changes_plain(found: Changes) -> dict[str, object]:
    """The JSON."""
    return {
        "quota_version": __version__,
        "old_frame": frame_plain(found.old_frame),
        "new_frame": frame_plain(found.new_frame),
        "old_inputs": _inputs_plain(found.old_inputs),
        "new_inputs": _inputs_plain(found.new_inputs),
        "order": [cause.value for cause in Cause],
        "units": [_change_plain(change) for change in found.units],
        "appeared": [_unit(audited) for audited in found.appeared],
        "vanished": [_unit(audited) for audited in found.vanished],
        "old": totals_plain(found.old),
        "new": totals_plain(found.new),
        "balance": {cause.value: _effects_plain(effects) for cause, effects in found.balance.items()},
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _inputs_plain(inputs: Sequence[InputFile]) -> list[dict[str, object]]:
    return [{"path": file.path, "sha256": file.sha256, "rows": file.rows} for file in inputs]


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


def changes_rows(found: Changes) -> Iterator[Sequence[Cell]]:
    """Old figures, the effects, new figures, for each bloc of each unit."""
    is_open = bool(found.open_columns)
    figures = ("posts_low", "posts_high", "staff", "shortfall", "surplus")
    own = ("code", "name", "bloc", "cause", *figures, "assigned", "vacant", "above_assigned")
    yield (*own, *(("possible_low", "possible_high") if is_open else ()))
    for row in _figure_rows(found):
        yield row if is_open else row[: len(own)]


def _figure_rows(found: Changes) -> Iterator[Sequence[Cell]]:
    for change in found.units:
        for bloc in all_of((found.old_frame.blocs, found.new_frame.blocs)):
            yield _state_row(change.old, bloc, "old")
            for cause, effects in change.effects.items():
                yield _effect_row(change, bloc, cause, effects[bloc])
            yield _state_row(change.new, bloc, "new")
    for audits, word in ((found.appeared, Entry.APPEARED), (found.vanished, Entry.VANISHED)):
        for audit in audits:
            yield from (_state_row(audit, bloc, word.value) for bloc in audit.gap.order)


def _state_row(audited: UnitAudit, bloc: Bloc, word: str) -> Sequence[Cell]:
    """A frame that has no such bloc says nothing of it."""
    posts, gap = audited.quota.blocs.get(bloc) if audited.quota else None, audited.gap.get(bloc)
    ends = (posts.low, posts.high) if posts else (None, None)
    possible = audited.quota.possible.get(bloc) if audited.quota and audited.quota.possible else None
    most = (possible.low, possible.high) if possible else (None, None)
    found = audited.assignment
    vacancy = found.vacancy.get(bloc) if found is not None else None
    filling = (found.posts.get(bloc) if found is not None else None, *_gap_ends(vacancy))
    return (
        *(audited.unit.code, audited.unit.name, bloc, word, *ends, audited.staff.get(bloc)),
        *(*_gap_ends(gap), *filling, *most),
    )


def _effect_row(change: UnitChange, bloc: Bloc, cause: Cause, effect: Effect) -> Sequence[Cell]:
    old, new = change.old.staff.get(bloc), change.new.staff.get(bloc)
    moved = (None if old is None or new is None else new - old) if cause is Cause.STAFF else 0
    ends = (effect.posts.low, effect.posts.high) if effect.posts is not None else (None, None)
    filling = (effect.assigned, *_gap_ends(effect.vacancy))
    unit = change.new.unit
    figures = (*ends, moved, *_gap_ends(effect.gap), *filling)
    return (unit.code, unit.name, bloc, cause.value, *figures, None, None)


def _gap_ends(gap: Gap | GapShift | None) -> tuple[int | None, int | None]:
    return (gap.shortfall, gap.surplus) if gap is not None else (None, None)
