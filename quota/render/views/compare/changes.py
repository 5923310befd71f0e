"""What changed, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota._version import __version__
from quota.analysis.what_if.changes import Changes, Entry, UnitChange, sum_effects
from quota.analysis.what_if.decomposing import Cause, Effect, GapShift
from quota.core.blocs import Bloc, Blocs, ByBloc, all_of, total
from quota.core.posts import Gap, Posts
from quota.core.results import Totals, UnitAudit
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.render.audit.columns import ASSIGNED, VACANCY, lines_of
from quota.render.audit.plain import totals_plain, unit_plain
from quota.render.audit.unsettled import norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, side_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Section, inputs_line
from quota.render.kit.plain import frame_plain, problem_plain
from quota.render.kit.rendering import Cell, Rendering
from quota.render.kit.words import (
    STATUS_NAMES,
    TYPE_WORDS,
    UNKNOWN,
    interval,
    number,
    signed,
    words,
)

CAUSE_NAMES: Mapping[Cause | Entry, Text] = {
    Cause.BOUNDARY: say("border or type"),
    Cause.POPULATION: say("residents"),
    Cause.FRAME: say("frame"),
    Cause.STAFF: say("staff"),
    Cause.ASSIGNMENT: say("assignment"),
    Entry.APPEARED: say("appeared"),
    Entry.VANISHED: say("vanished"),
    Entry.UNKNOWN: say("known or unknown now"),
}


def changes_rendering(found: Changes) -> Rendering:
    """How to write it; as CSV, long: a row for each unit, bloc and cause."""
    return page_rendering(lambda: _page(found), lambda: changes_plain(found), lambda: list(_rows(found)))


def _page(found: Changes) -> Page:
    heading = []
    sides = ((say("Old"), found.old_inputs, found.old_frame), (say("New"), found.new_inputs, found.new_frame))
    for label, inputs, frame in sides:
        heading += [(words(label), inputs_line(inputs)), *side_lines(words(say("Frame")), frame)]
    heading += beware_pairs(dict.fromkeys(found.problems))
    sheets = [_ledger(found)] if found.units else []
    for title, audits in (
        (say("Appeared"), found.appeared),
        (say("Vanished"), found.vanished),
    ):
        if audits:
            sheets.append(_listed(title, audits, _columns(found)))
    sheets.append(_balance(found))
    return Page(heading, sheets, _closing(found))


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


def _rows(found: Changes) -> Iterator[Sequence[Cell]]:
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


_LEDGER = (
    Column("name", say("Unit")),
    Column("cause", say("Cause")),
    Column("residents", say("Residents"), numeric=True),
    Column("posts", say("Posts"), numeric=True),
    Column("staff", say("Staff"), numeric=True),
    Column("shortfall", say("Shortfall"), numeric=True),
    Column("surplus", say("Surplus"), numeric=True),
)

_ASSIGNED = (
    Column("assigned", ASSIGNED.caption, numeric=True),
    Column("vacant", VACANCY.caption, numeric=True),
    Column("above_assigned", say("above"), numeric=True),
)
"""Where posts were assigned."""


def _columns(found: Changes) -> tuple[Column, ...]:
    return (*_LEDGER, *_ASSIGNED) if found.has_assigned else _LEDGER


def _ledger(found: Changes) -> Section:
    """From old to new, a line for each cause that did anything."""
    columns = _columns(found)
    rows: list[dict[str, Value]] = []
    for change in found.units:
        rows.append(_state(change.old, say("old")) | {"name": change.new.unit.name})
        moved_by = Cause.BOUNDARY if change.border_moved else Cause.POPULATION
        if any(audit.quota is None for audit in (change.old, change.new)):
            blank = dict.fromkeys((column.key for column in columns), "")
            rows.append({**blank, "cause": CAUSE_NAMES[Entry.UNKNOWN]})
        for cause, effects in change.effects.items():
            if any(effects) or _has_other_input(cause, change):
                rows.append(_effect(cause, effects, change, by=moved_by))
        rows.append(_state(change.new, say("new")))
    return Section(Grid("units", columns, rows, {}))


def _has_other_input(cause: Cause, change: UnitChange) -> bool:
    """Whether people or assigned posts are others, though what comes of it is unknown or nothing."""
    if change.old.quota is None or change.new.quota is None:
        return False
    if cause is Cause.STAFF:
        return change.old.staff != change.new.staff
    return cause is Cause.ASSIGNMENT and change.old.unit.assigned != change.new.unit.assigned


def _state(audited: UnitAudit, label: Text) -> dict[str, Value]:
    gap = audited.total_gap
    return {
        "name": "",
        "cause": say("{side}: {status}", side=label, status=STATUS_NAMES[audited.status]),
        "residents": number(audited.unit.population),
        "posts": norm_words(audited.quota),
        "staff": number(total(audited.staff)),
        "shortfall": signed(-gap.shortfall) if gap else UNKNOWN,
        "surplus": signed(gap.surplus) if gap else UNKNOWN,
        **_assigned_cells(audited),
    }


def _assigned_cells(found: UnitAudit | Totals) -> dict[str, Value]:
    lines = lines_of((ASSIGNED, VACANCY))
    return {line.key: line.signed(line.figure.values(found)[-1]) for line in lines}


def _effect(cause: Cause, effects: ByBloc[Effect], change: UnitChange, *, by: Cause) -> dict[str, Value]:
    whole = sum_effects(effects)
    known = all(effect.gap is not None for effect in effects)
    old, new = total(change.old.staff), total(change.new.staff)
    moved = UNKNOWN if old is None or new is None else signed(new - old)
    before, after = change.old.unit.population, change.new.unit.population
    came = UNKNOWN if before is None or after is None else signed(after - before)
    return {
        "name": "",
        "cause": CAUSE_NAMES[cause],
        "residents": came if cause is by else "",
        "posts": shift_words(whole.posts if all(effect.posts is not None for effect in effects) else None),
        "staff": moved if cause is Cause.STAFF else "",
        **_gap_cells(whole, known=known),
        **_filling_cells(
            whole,
            known=all(effect.assigned is not None for effect in effects),
            filled=all(effect.vacancy is not None for effect in effects),
        ),
    }


def _filling_cells(effect: Effect, *, known: bool = True, filled: bool = True) -> dict[str, Value]:
    posts, vacancy = effect.assigned, effect.vacancy
    less: Value = UNKNOWN if posts is None or not known else signed(posts) if posts else ""
    if vacancy is None or not filled:
        return {"assigned": less, "vacant": UNKNOWN, "above_assigned": UNKNOWN}
    return {
        "assigned": less,
        "vacant": _more(vacancy.shortfall),
        "above_assigned": _more(vacancy.surplus),
    }


def _gap_cells(effect: Effect, *, known: bool = True) -> dict[str, Value]:
    """More missing people is a change for the worse: `2 more`, `3 fewer`."""
    gap = effect.gap
    if gap is None or not known:
        return {"shortfall": UNKNOWN, "surplus": UNKNOWN}
    return {"shortfall": _more(gap.shortfall), "surplus": _more(gap.surplus)}


def _more(people: int) -> Text | str:
    if not people:
        return ""
    return say("{n} more", n=people) if people > 0 else say("{n} fewer", n=-people)


def _listed(title: Text, audits: Sequence[UnitAudit], ledger: Sequence[Column]) -> Section:
    columns = [ledger[0], Column("cause", say("Type")), *ledger[2:]]
    rows: list[dict[str, Value]] = [
        _state(audited, title) | {"name": audited.unit.name, "cause": TYPE_WORDS[audited.unit.type]}
        for audited in audits
    ]
    return Section(Grid("listed", columns, rows, {}), title)


def _balance(found: Changes) -> Section:
    blocs = all_of((found.old_frame.blocs, found.new_frame.blocs))
    columns = [
        Column("cause", say("Balance")),
        *(Column(bloc, bloc.name, numeric=True) for bloc in blocs),
        Column("total", say("All posts"), numeric=True),
        Column("shortfall", say("Shortfall"), numeric=True),
        Column("surplus", say("Surplus"), numeric=True),
    ]
    rows = [_totals_row(say("old"), found.old, blocs)]
    for cause, effects in found.balance.items():
        if any(effects):
            whole = sum_effects(effects)
            rows.append(
                {
                    "cause": CAUSE_NAMES[cause],
                    **{bloc: shift_words(effect.posts) for bloc, effect in effects.items()},
                    "total": shift_words(whole.posts),
                    **_gap_cells(whole),
                    **_filling_cells(whole),
                }
            )
    rows.append(_totals_row(say("new"), found.new, blocs))
    if not found.has_staff:
        columns = columns[:-2]
    if found.has_assigned:
        columns += _ASSIGNED if found.has_staff else _ASSIGNED[:1]
    return Section(Grid("balance", columns, rows, {}))


def _totals_row(label: Text, totals: Totals, blocs: Blocs) -> dict[str, Value]:
    gap, quota = totals.total_gap, totals.quota
    return {
        "cause": label,
        **{bloc: interval((quota.blocs.get(bloc) or Posts(0, 0)) if quota else None) for bloc in blocs},
        "total": interval(quota.total if quota else None),
        "shortfall": signed(-gap.shortfall) if gap else UNKNOWN,
        "surplus": signed(gap.surplus) if gap else UNKNOWN,
        **_assigned_cells(totals),
    }


def _closing(found: Changes) -> list[Text]:
    lines = [
        say(
            "{changed} changed, {appeared} appeared, {vanished} vanished.",
            changed=count("{n} unit", "{n} units", n=len(found.units)),
            appeared=count("{n} unit", "{n} units", n=len(found.appeared)),
            vanished=count("{n} unit", "{n} units", n=len(found.vanished)),
        ),
        say(
            "Causes are replaced in this order, and add up exactly: border or type, residents, frame, staff. "
            "Where the area changed, residents came or went with the border."
        ),
        say("Shortfall and surplus are summed separately, never netted."),
    ]
    if found.has_assigned:
        lines.append(
            say(
                "Last is replaced what was assigned: no norm hangs on it. Assigned posts, those unfilled and "
                "the people above them add up likewise."
            )
        )
    moved = sum(change.border_moved for change in found.units)
    if moved:
        lines.append(
            count("The border of {n} unit moved.", "The borders of {n} units moved.", n=moved),
        )
    for side, totals in ((say("old"), found.old), (say("new"), found.new)):
        lines += [say("{side}: {line}", side=side, line=line) for line in unsettled_lines(totals.unsettled)]
    return lines
