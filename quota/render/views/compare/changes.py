"""What changed, in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quota.analysis.what_if.changes import Changes, Entry, UnitChange, sum_effects
from quota.analysis.what_if.decomposing import Cause, Effect
from quota.core.blocs import Blocs, ByBloc, all_of, total
from quota.core.posts import Posts
from quota.core.results import Totals, UnitAudit
from quota.core.text import Text, count, say
from quota.render.audit.columns import ASSIGNED, VACANCY
from quota.render.audit.laid_out import lines_of
from quota.render.audit.unsettled import norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, frame_lines
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Section, inputs_line, tables_of
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import (
    STATUS_NAMES,
    TYPE_WORDS,
    UNKNOWN,
    called,
    interval,
    number,
    over_words,
    short_words,
    signed,
    words,
)
from quota.render.views.compare.changes_plain import changes_plain, changes_table

CAUSE_NAMES: Mapping[Cause | Entry, Text] = {
    Cause.BOUNDARY: say("border, type, terrain …"),
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
    return page_rendering(lambda: _page(found), lambda: changes_plain(found), lambda: changes_table(found))


def _page(found: Changes) -> Page:
    heading = []
    sides = (
        (say("Old"), found.old_inputs, found.days[0], found.old_frame),
        (say("New"), found.new_inputs, found.days[1], found.new_frame),
    )
    for label, inputs, as_of, frame in sides:
        tables = inputs_line(inputs) if as_of is None else tables_of(inputs, as_of)
        heading += [(words(label), tables), *frame_lines(frame)]
    heading += beware_pairs(dict.fromkeys(found.problems))
    sheets = [_ledger(found)] if found.units else []
    for title, audits in ((say("Appeared"), found.appeared), (say("Vanished"), found.vanished)):
        sheets += [_listed(title, audits, found)] if audits else []
    return Page(heading, [*sheets, _balance(found)], list(_closing(found)))


_LEDGER = (
    Column("name", say("Unit")),
    Column("cause", say("Cause")),
    Column("residents", say("Residents"), numeric=True),
    Column("posts", say("Quota"), numeric=True),
    Column("staff", say("Staff"), numeric=True),
    Column("shortfall", say("Shortfall"), numeric=True),
    Column("surplus", say("Surplus"), numeric=True),
)

_ASSIGNED = (
    Column("assigned", ASSIGNED.caption, numeric=True),
    Column("vacant", VACANCY.parts[0].caption, numeric=True),
    Column("above_assigned", say("above"), numeric=True),
)
"""Where posts were assigned."""


def _columns(found: Changes) -> tuple[Column, ...]:
    return (*_LEDGER, *_ASSIGNED) if found.has_assigned else _LEDGER


def _ledger(found: Changes) -> Section:
    """From old to new, a line for each cause that did anything."""
    columns = _columns(found)
    names = called((change.new.unit for change in found.units), found.namesakes)
    rows: list[dict[str, Value]] = []
    for change in found.units:
        rows.append(_state(change.old, say("old")) | {"name": names[change.new.unit.code]})
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
        "shortfall": short_words(gap),
        "surplus": over_words(gap),
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


def _listed(title: Text, audits: Sequence[UnitAudit], found: Changes) -> Section:
    ledger = _columns(found)
    names = called((audited.unit for audited in audits), found.namesakes)
    columns = [ledger[0], Column("cause", say("Type")), *ledger[2:]]
    rows: list[dict[str, Value]] = [
        _state(audited, title) | {"name": names[audited.unit.code], "cause": TYPE_WORDS[audited.unit.type]}
        for audited in audits
    ]
    return Section(Grid("listed", columns, rows, {}), title)


def _balance(found: Changes) -> Section:
    blocs = all_of((found.old_frame.blocs, found.new_frame.blocs))
    columns = [
        Column("cause", say("Balance")),
        *(Column(bloc, bloc.name, numeric=True) for bloc in blocs),
        Column("total", say("Quota in all"), numeric=True),
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
    quota = totals.quota
    return {
        "cause": label,
        **{bloc: interval((quota.blocs.get(bloc) or Posts(0, 0)) if quota else None) for bloc in blocs},
        "total": interval(quota.total if quota else None),
        "shortfall": short_words(totals.total_gap),
        "surplus": over_words(totals.total_gap),
        **_assigned_cells(totals),
    }


def _closing(found: Changes) -> Iterator[Text]:
    yield say(
        "{changed} changed, {appeared} appeared, {vanished} vanished.",
        changed=count("{n} unit", "{n} units", n=len(found.units)),
        appeared=count("{n} unit", "{n} units", n=len(found.appeared)),
        vanished=count("{n} unit", "{n} units", n=len(found.vanished)),
    )
    yield say(
        "Causes are replaced in this order, and add up exactly: border, type, terrain and whatever else a "
        "frame asks of a unit; residents; frame; staff. "
        "Where the area changed, residents came or went with the border."
    )
    yield say("Shortfall and surplus are summed separately, never netted.")
    if found.has_assigned:
        yield say(
            "Last is replaced what was assigned: no norm hangs on it. Assigned posts, those unfilled and "
            "the people above them add up likewise."
        )
    moved = sum(change.border_moved for change in found.units)
    if moved:
        yield count("The border of {n} unit moved.", "The borders of {n} units moved.", n=moved)
    for side, totals in ((say("old"), found.old), (say("new"), found.new)):
        for line in unsettled_lines(totals.unsettled):
            yield say("{side}: {line}", side=side, line=line)
