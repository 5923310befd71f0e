"""The difference of two frames in all forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from quota.analysis.what_if.frames_diff import FramesDifference, UnitDifference, Worth
from quota.analysis.what_if.shifts import Shift, sum_shifts
from quota.core.blocs import Blocs, ByBloc, all_of
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Quota
from quota.core.text import Text, count, say
from quota.norms.files.keys import heading, worded
from quota.norms.flattening import FieldValue
from quota.render.audit.laid_out import bloc_headings
from quota.render.audit.unsettled import norm_of, norm_words, unsettled_lines
from quota.render.audit.words import beware_pairs, side_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Shown, Value, figures, table
from quota.render.kit.language import Language, language
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Picture, Section, inputs_line
from quota.render.kit.pictures import gap_bar
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import (
    STATUS_NAMES,
    UNKNOWN,
    called,
    citation_words,
    gap_marks,
    interval,
    number,
    words,
)
from quota.render.views.rules.frames_diff_plain import diff_plain, diff_shape, unit_plain


def diff_rendering(found: FramesDifference, limit: int | None = None) -> Rendering:
    """How to write it. `limit`: people see only this number of the units that differ."""
    heading = [(words(say("Difference")), inputs_line(found.inputs))]
    for letter, frame in (("A", found.a), ("B", found.b)):
        heading += side_lines(letter, frame)
    heading += beware_pairs(found.problems)
    changed = [difference for difference in found.units if difference.may_change]
    sheets = [_fields(found)] if found.fields else []
    if changed:
        sheets.append(_units(changed[:limit], found.has_staff))
    sheets += [_worths(found), _blocs(found)]
    page = Page(heading, sheets, list(_closing(found, limit)))
    return page_rendering(
        page,
        lambda: diff_plain(found),
        lambda: flat_rows((unit_plain(difference) for difference in found.units), diff_shape(found)),
    )


def _fields(found: FramesDifference) -> Section:
    grid = table(
        found.fields,
        Shown(say("Key"), lambda field: heading(field.path), whole=language() is Language.EN),
        Shown(say("A"), lambda field: _field_words(found.a, field.path, field.a)),
        Shown(say("B"), lambda field: _field_words(found.b, field.path, field.b)),
    )
    return Section(grid)


def _field_words(frame: FrameSummary, path: str, value: FieldValue) -> Value:
    if isinstance(value, tuple):
        return "–".join(number(end) for end in value)
    if not isinstance(value, str):
        return "—" if value is None else value
    if path in ("effective.from", "effective.to"):
        return date.fromisoformat(value)
    cited = [source for source in frame.sources if path == f"sources.{source.id}"]
    return citation_words(cited[0].publisher, cited[0].date, cited[0].title) if cited else worded(path, value)


def _units(changed: Sequence[UnitDifference], has_staff: bool) -> Section:
    names = called(row.a.unit for row in changed)
    grid = table(
        changed,
        Shown(say("Unit"), lambda row: names[row.a.unit.code]),
        figures(say("Residents"), lambda row: number(row.a.unit.population)),
        figures(say("A"), lambda row: norm_words(row.a.quota)),
        figures(say("B"), lambda row: norm_words(row.b.quota)),
        figures(say("Difference"), lambda row: _with_possible(row.shift, row.possible)),
        figures(say("Gap A"), lambda row: gap_marks(row.a.total_gap), when=has_staff),
        figures(say("Gap B"), lambda row: gap_marks(row.b.total_gap), when=has_staff),
        Shown(say("Status"), _statuses, when=has_staff),
    )
    shifts = [sum_shifts(row.shift) if row.shift else Shift() for row in changed]
    most = max(1, *(max(abs(shift.low), abs(shift.high)) for shift in shifts))
    pictures: list[Picture] = [
        partial(gap_bar, max(shift.lost.low, shift.lost.high), max(shift.gained.low, shift.gained.high), most)
        for shift in shifts
    ]
    return Section(grid, pictures=pictures)


def _statuses(row: UnitDifference) -> Text:
    a, b = STATUS_NAMES[row.a.status], STATUS_NAMES[row.b.status]
    return a if row.a.status is row.b.status else say("{a} → {b}", a=a, b=b)


def _worths(found: FramesDifference) -> Section:
    named: list[tuple[Text | str, Worth]] = [(worth.name or UNKNOWN, worth) for worth in found.provinces]
    staff = found.has_staff
    grid = table(
        [*named, (say("All"), found.whole)],
        Shown(say("Province"), lambda row: row[0]),
        figures(say("Units"), lambda row: row[1].a.units),
        figures(say("Posts, A"), lambda row: norm_words(norm_of(row[1].a))),
        figures(say("Posts, B"), lambda row: norm_words(norm_of(row[1].b))),
        figures(say("Gained"), lambda row: _with_possible(row[1].gained, row[1].gained_possible)),
        figures(say("Lost"), lambda row: _with_possible(*_lost(row[1]))),
        figures(say("Gap A"), lambda row: gap_marks(row[1].a.total_gap), when=staff),
        figures(say("Gap B"), lambda row: gap_marks(row[1].b.total_gap), when=staff),
    )
    return Section(grid)


def _lost(worth: Worth) -> tuple[ByBloc[Shift] | None, ByBloc[Shift] | None]:
    """The posts lost, below 0, and what they may be with what is unknown."""
    return _negative(worth.lost), _negative(worth.lost_possible)


def _blocs(found: FramesDifference) -> Section:
    blocs, whole = all_of((found.a.blocs, found.b.blocs)), found.whole
    lines: list[tuple[Text, list[str]]] = [
        (say("Posts, A"), _posts_cells(norm_of(whole.a), blocs)),
        (say("Posts, B"), _posts_cells(norm_of(whole.b), blocs)),
        (say("Gained"), _shift_cells(whole.gained, whole.gained_possible, blocs)),
        (say("Lost"), _shift_cells(*_lost(whole), blocs)),
    ]
    columns = [_bloc(place, name) for place, name in enumerate(bloc_headings(blocs))]
    return Section(table(lines, Shown(say("In all"), lambda line: line[0]), *columns))


def _bloc(place: int, name: str) -> Shown[tuple[Text, list[str]]]:
    return figures(say("{bloc}", bloc=name), lambda line: line[1][place])


def _posts_cells(quota: Quota | None, blocs: Blocs) -> list[str]:
    """By bloc and in all; a frame that has no such bloc grants it nothing."""
    if quota is None:
        return [interval(None)] * (len(blocs) + 1)
    of_blocs = (norm_words(quota, bloc) if bloc in quota.blocs else interval(Posts(0, 0)) for bloc in blocs)
    return [*of_blocs, norm_words(quota)]


def _shift_cells(shifts: ByBloc[Shift] | None, possible: ByBloc[Shift] | None, blocs: Blocs) -> list[str]:
    if shifts is None:
        return [shift_words(None)] * (len(blocs) + 1)
    by_bloc = zip(shifts, possible or shifts, strict=True)
    return [*(_bracketed(*pair) for pair in by_bloc), _with_possible(shifts, possible)]


def _with_possible(shifts: ByBloc[Shift] | None, possible: ByBloc[Shift] | None) -> str:
    """The difference in all; in brackets what it is with what is unknown, if that differs."""
    if shifts is None:
        return shift_words(None)
    return _bracketed(sum_shifts(shifts), sum_shifts(possible or shifts))


def _bracketed(shift: Shift, possible: Shift) -> str:
    return shift_words(shift) if possible == shift else f"{shift_words(shift)} ({shift_words(possible)})"


def _negative(shifts: ByBloc[Shift] | None) -> ByBloc[Shift] | None:
    return shifts.map(lambda shift: -shift) if shifts else None


def _closing(found: FramesDifference, limit: int | None) -> Iterator[Text]:
    changed = sum(difference.changed for difference in found.units)
    may_change = sum(difference.may_change for difference in found.units)
    if not found.fields:
        yield say("The two frames say the same.")
    yield say(
        "Quota or status differs in {n} of {all} units. Posts gained and lost are summed apart, never "
        "netted.",
        n=changed,
        all=found.whole.a.units,
    )
    if may_change > changed:
        yield count(
            "In {n} more unit the quota differs with what is unknown, in brackets.",
            "In {n} more units the quota differs with what is unknown, in brackets.",
            n=may_change - changed,
        )
    if limit is not None and limit < may_change:
        yield say("The first {n} of them are shown; totals cover all units.", n=limit)
    for (a, b), units in found.statuses.items():
        changing = count("{n} unit", "{n} units", n=units)
        yield say("{n} from {a} to {b}.", n=changing, a=STATUS_NAMES[a], b=STATUS_NAMES[b])
    if found.whole.a.unknown_population:
        yield count(
            "Residents unknown in {n} unit: no quota under either frame.",
            "Residents unknown in {n} units: no quota under either frame.",
            n=found.whole.a.unknown_population,
        )
    for side, totals in (("A", found.whole.a), ("B", found.whole.b)):
        for line in unsettled_lines(totals.unsettled, bracketed=True):
            yield say("{side}: {line}", side=side, line=line)
    if not found.has_staff:
        yield say("No staff figures: give a staff table with --staff FILE to see statuses change.")
