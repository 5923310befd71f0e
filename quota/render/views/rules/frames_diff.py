"""The difference of two frames in all forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from quota._version import __version__
from quota.analysis.what_if.frames_diff import FramesDifference, UnitDifference, Worth
from quota.analysis.what_if.shifts import Shift, sum_shifts
from quota.core.blocs import Blocs, ByBloc, all_of
from quota.core.posts import Posts
from quota.core.results import FrameSummary, Quota
from quota.core.text import LocalText, Text, count, say
from quota.norms.files.keys import heading, worded
from quota.norms.flattening import FieldValue
from quota.render.audit.columns import GAP
from quota.render.audit.laid_out import bloc_headings, csv_shape
from quota.render.audit.unsettled import norm_of, norm_words, unsettled_lines, unsettled_plain
from quota.render.audit.words import beware_pairs, side_lines
from quota.render.kit.flat import flat_rows
from quota.render.kit.forms import page_rendering
from quota.render.kit.grid import Column, Grid, Value
from quota.render.kit.measures import shift_words
from quota.render.kit.page import Page, Picture, Section, inputs_line
from quota.render.kit.pictures import gap_bar
from quota.render.kit.plain import frame_plain, gap_plain, gaps_plain, local_plain, problem_plain, quota_plain
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


def diff_rendering(found: FramesDifference, limit: int | None = None) -> Rendering:
    """How to write it. `limit`: people see only this number of the units that differ."""
    heading = [(words(say("Difference")), inputs_line(found.inputs))]
    for letter, frame in (("A", found.a), ("B", found.b)):
        heading += side_lines(letter, frame)
    heading += beware_pairs(found.problems)
    changed = [difference for difference in found.units if difference.changed]
    sheets = [_fields(found)] if found.fields else []
    if changed:
        sheets.append(_units(changed[:limit], found.has_staff))
    sheets += [_worths(found), _blocs(found)]
    page = Page(heading, sheets, _closing(found, len(changed), limit))
    return page_rendering(
        page,
        lambda: diff_plain(found),
        lambda: flat_rows((_unit_plain(difference) for difference in found.units), _shape(found)),
    )


def diff_plain(found: FramesDifference) -> dict[str, object]:
    """The difference's JSON."""
    return {
        "quota_version": __version__,
        "a": frame_plain(found.a),
        "b": frame_plain(found.b),
        "inputs": [{"path": file.path, "sha256": file.sha256, "rows": file.rows} for file in found.inputs],
        "fields": [
            {"path": field.path, "a": _field_plain(field.a), "b": _field_plain(field.b)}
            for field in found.fields
        ],
        "units": [_unit_plain(difference) for difference in found.units],
        "provinces": [_worth_plain(worth) for worth in found.provinces],
        "all": _worth_plain(found.whole),
        "status_changes": [
            {"a": a.value, "b": b.value, "units": units} for (a, b), units in found.statuses.items()
        ],
        "problems": [problem_plain(problem) for problem in found.problems],
    }


def _shape(found: FramesDifference) -> dict[str, object]:
    """A unit of which all is known, and of which something unknown might change its norms."""
    of_a, of_b = csv_shape(found.a.blocs), csv_shape(found.b.blocs)
    both = csv_shape(all_of((found.a.blocs, found.b.blocs)))
    gap = GAP.shape()
    return {
        **dict.fromkeys(("code", "name", "type", "province", "population"), ""),
        "a": of_a["quota"],
        "b": of_b["quota"],
        "difference": both["quota"],
        **dict.fromkeys(("status_a", "status_b"), ""),
        "gap_a": gap,
        "gap_b": gap,
        "possible_a": of_a["quota"],
        "possible_b": of_b["quota"],
    }


def _field_plain(value: FieldValue) -> object:
    if isinstance(value, LocalText):
        return local_plain(value)
    return list(value) if isinstance(value, tuple) else value


def _unit_plain(difference: UnitDifference) -> dict[str, object]:
    unit = difference.a.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type.value,
        "province": difference.province,
        "population": unit.population,
        "a": quota_plain(difference.a.quota),
        "b": quota_plain(difference.b.quota),
        "difference": shifts_plain(difference.shift) if difference.shift else None,
        "status_a": difference.a.status.value,
        "status_b": difference.b.status.value,
        "gap_a": gap_plain(difference.a.total_gap),
        "gap_b": gap_plain(difference.b.total_gap),
        **_possible_plain(difference),
    }


def _possible_plain(difference: UnitDifference) -> dict[str, object]:
    """What either frame may grant with what is unknown of the unit; nothing where that is the same."""
    sides = {"possible_a": difference.a.quota, "possible_b": difference.b.quota}
    return {
        key: quota_plain(Quota(quota.possible))
        for key, quota in sides.items()
        if quota is not None and quota.possible is not None
    }


def shifts_plain(shifts: ByBloc[Shift]) -> dict[str, object]:
    """Differences by bloc and in all, each as [low, high]."""
    whole = sum_shifts(shifts)
    by_bloc: dict[str, object] = {bloc: [shift.low, shift.high] for bloc, shift in shifts.items()}
    return by_bloc | {"total": [whole.low, whole.high]}


def _worth_plain(worth: Worth) -> dict[str, object]:
    return {
        "province": worth.name,
        "units": worth.a.units,
        "unknown_population": worth.a.unknown_population,
        "a": quota_plain(worth.a.quota),
        "b": quota_plain(worth.b.quota),
        "gained": shifts_plain(worth.gained) if worth.gained else None,
        "lost": shifts_plain(worth.lost) if worth.lost else None,
        "gap_a": gaps_plain(worth.a.gap) | {"total": gap_plain(worth.a.total_gap)},
        "gap_b": gaps_plain(worth.b.gap) | {"total": gap_plain(worth.b.total_gap)},
        **{
            f"{key}_{side}": value
            for side, totals in (("a", worth.a), ("b", worth.b))
            for key, value in unsettled_plain(totals.unsettled).items()
        },
    }


def _fields(found: FramesDifference) -> Section:
    columns = [Column("path", say("Key"), whole=True), Column("a", say("A")), Column("b", say("B"))]
    rows: list[dict[str, Value]] = [
        {
            "path": heading(field.path),
            "a": _field_words(found.a, field.path, field.a),
            "b": _field_words(found.b, field.path, field.b),
        }
        for field in found.fields
    ]
    return Section(Grid("fields", columns, rows, {}))


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
    columns = [
        Column("name", say("Unit")),
        Column("population", say("Residents"), numeric=True),
        Column("a", say("A"), numeric=True),
        Column("b", say("B"), numeric=True),
        Column("shift", say("Difference"), numeric=True),
    ]
    if has_staff:
        columns += [
            Column("gap_a", say("Gap A"), numeric=True),
            Column("gap_b", say("Gap B"), numeric=True),
            Column("status", say("Status")),
        ]
    names = called(difference.a.unit for difference in changed)
    rows: list[dict[str, Value]] = []
    for difference in changed:
        a, b = STATUS_NAMES[difference.a.status], STATUS_NAMES[difference.b.status]
        same = difference.a.status is difference.b.status
        rows.append(
            {
                "name": names[difference.a.unit.code],
                "population": number(difference.a.unit.population),
                "a": norm_words(difference.a.quota),
                "b": norm_words(difference.b.quota),
                "shift": shift_words(sum_shifts(difference.shift) if difference.shift else None),
                "gap_a": gap_marks(difference.a.total_gap),
                "gap_b": gap_marks(difference.b.total_gap),
                "status": a if same else say("{a} → {b}", a=a, b=b),
            }
        )
    shifts = [sum_shifts(difference.shift) if difference.shift else Shift() for difference in changed]
    most = max(max(abs(shift.low), abs(shift.high)) for shift in shifts)
    pictures: list[Picture] = [
        partial(gap_bar, max(shift.lost.low, shift.lost.high), max(shift.gained.low, shift.gained.high), most)
        for shift in shifts
    ]
    return Section(Grid("units", columns, rows, {}), pictures=pictures)


def _worths(found: FramesDifference) -> Section:
    columns = [
        Column("province", say("Province")),
        Column("units", say("Units"), numeric=True),
        Column("a", say("Posts, A"), numeric=True),
        Column("b", say("Posts, B"), numeric=True),
        Column("gained", say("Gained"), numeric=True),
        Column("lost", say("Lost"), numeric=True),
    ]
    if found.has_staff:
        columns += [
            Column("gap_a", say("Gap A"), numeric=True),
            Column("gap_b", say("Gap B"), numeric=True),
        ]
    rows = [_worth_row(worth.name or UNKNOWN, worth) for worth in found.provinces]
    return Section(Grid("provinces", columns, [*rows, _worth_row(say("All"), found.whole)], {}))


def _worth_row(name: Text | str, worth: Worth) -> dict[str, Value]:
    return {
        "province": name,
        "units": worth.a.units,
        "a": norm_words(norm_of(worth.a)),
        "b": norm_words(norm_of(worth.b)),
        "gained": shift_words(sum_shifts(worth.gained) if worth.gained else None),
        "lost": shift_words(-sum_shifts(worth.lost) if worth.lost else None),
        "gap_a": gap_marks(worth.a.total_gap),
        "gap_b": gap_marks(worth.b.total_gap),
    }


def _blocs(found: FramesDifference) -> Section:
    blocs = all_of((found.a.blocs, found.b.blocs))
    headings = bloc_headings(blocs)
    keys = [*blocs, "total"]
    columns = [Column("what", say("In all"))]
    columns += [
        Column(key, say("{bloc}", bloc=heading), numeric=True)
        for key, heading in zip(keys, headings, strict=True)
    ]
    whole = found.whole
    lost = whole.lost.map(lambda shift: -shift) if whole.lost else None
    lines: list[tuple[Text, list[str]]] = [
        (say("Posts, A"), _posts_cells(norm_of(whole.a), blocs)),
        (say("Posts, B"), _posts_cells(norm_of(whole.b), blocs)),
        (say("Gained"), _shift_cells(whole.gained, blocs)),
        (say("Lost"), _shift_cells(lost, blocs)),
    ]
    rows: list[dict[str, Value]] = [
        {"what": label, **dict(zip(keys, cells, strict=True))} for label, cells in lines
    ]
    return Section(Grid("blocs", columns, rows, {}))


def _posts_cells(quota: Quota | None, blocs: Blocs) -> list[str]:
    """By bloc and in all; a frame that has no such bloc grants it nothing."""
    if quota is None:
        return [interval(None)] * (len(blocs) + 1)
    of_blocs = (norm_words(quota, bloc) if bloc in quota.blocs else interval(Posts(0, 0)) for bloc in blocs)
    return [*of_blocs, norm_words(quota)]


def _shift_cells(shifts: ByBloc[Shift] | None, blocs: Blocs) -> list[str]:
    if shifts is None:
        return [shift_words(None)] * (len(blocs) + 1)
    return [shift_words(shift) for shift in (*shifts, sum_shifts(shifts))]


def _closing(found: FramesDifference, changed: int, limit: int | None) -> list[Text]:
    lines: list[Text] = []
    if not found.fields:
        lines.append(say("The two frames say the same."))
    lines.append(
        say(
            "Quota or status differs in {n} of {all} units. Posts gained and lost are summed apart, never "
            "netted.",
            n=changed,
            all=found.whole.a.units,
        )
    )
    if limit is not None and limit < changed:
        lines.append(say("The first {n} of them are shown; totals cover all units.", n=limit))
    lines += [
        say(
            "{n} from {a} to {b}.",
            n=count("{n} unit", "{n} units", n=units),
            a=STATUS_NAMES[a],
            b=STATUS_NAMES[b],
        )
        for (a, b), units in found.statuses.items()
    ]
    if found.whole.a.unknown_population:
        lines.append(
            count(
                "Residents unknown in {n} unit: no quota under either frame.",
                "Residents unknown in {n} units: no quota under either frame.",
                n=found.whole.a.unknown_population,
            )
        )
    for side, totals in (("A", found.whole.a), ("B", found.whole.b)):
        lines += [
            say("{side}: {line}", side=side, line=line)
            for line in unsettled_lines(totals.unsettled, bracketed=True)
        ]
    if not found.has_staff:
        lines.append(say("No staff figures: give a staff table with --staff FILE to see statuses change."))
    return lines
