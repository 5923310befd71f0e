"""An annex filled in: its sections, a line for each department and unit, the reserve, and the sums.

A figure that is unknown is none, and so is each sum it would be part of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from quota.analysis.audit.annexes import (
    EACH,
    FIGURES,
    Annex,
    AnnexLine,
    AnnexPlace,
    AnnexSection,
    AnnexTable,
    Apart,
    Department,
    Figure,
    Holder,
    Kind,
    Shows,
)
from quota.core.blocs import Blocs, Staff, staff_of, total
from quota.core.posts import Posts
from quota.core.results import UnitAudit
from quota.core.text import LocalText
from quota.core.units import Reserve

_Figures = Mapping[Shows, Staff | int | None]
_Row = tuple[str, _Figures, UnitAudit | None]


class AnnexFilling(Struct, frozen=True):
    """What an annex is filled with; `provisional` has the posts of an earlier decision by unit's code."""

    units: Sequence[UnitAudit] = ()
    provisional: Mapping[str, Staff] = {}
    departments: Sequence[Department] = ()
    reserve: Reserve | None = None
    provisional_reserve: Reserve | None = None


def annex_table(annex: Annex, filling: AnnexFilling, blocs: Blocs) -> AnnexTable:
    """The table of an annex: the total first or last, each section's sum above its rows."""
    ranged = any(
        posts is not None and posts.low != posts.high
        for audited in filling.units
        for posts in (_norm(audited, bloc) for bloc in blocs)
    )
    places = _places(annex, blocs, ranged=ranged)
    lines: list[AnnexLine] = []
    first = 1 if annex.total_first else 0
    for section in annex.sections:
        rows = list(_rows(section, annex, filling, places, blocs))
        if section.holds is Holder.RESERVE:
            lines += rows
            continue
        start = first + len(lines) + 1
        members = tuple(range(start, start + len(rows)))
        sums = _sums(places, rows)
        lines += [
            AnnexLine(Kind.SECTION, section.holds, section.numeral, section.title, sums, members),
            *rows,
        ]
    leaves = tuple(first + place for place, line in enumerate(lines) if line.kind is Kind.ROW)
    sums = _sums(places, [lines[place - first] for place in leaves])
    whole = AnnexLine(Kind.TOTAL, None, "", annex.total, sums, leaves)
    return AnnexTable(places, (whole, *lines) if annex.total_first else (*lines, whole))


def applies(shows: Shows, holds: Holder) -> bool:
    """Whether rows of this kind have such a figure: only units have norms, a reserve has nobody present."""
    if holds is Holder.RESERVE:
        return shows in (Shows.PROVISIONAL, Shows.ASSIGNED)
    return holds is Holder.UNITS or shows is not Shows.NORM


def difference(operands: Sequence[Figure]) -> int | None:
    """The first less the second; held against both ends of a norm where there are three, 0 within them."""
    first, low, *rest = operands
    high = rest[0] if rest else low
    if not (isinstance(first, int) and isinstance(low, int) and isinstance(high, int)):
        return None
    return min(first - low, 0) + max(first - high, 0)


def _places(annex: Annex, blocs: Blocs, *, ranged: bool) -> tuple[AnnexPlace, ...]:
    """The form's columns: once for each bloc where they say so, a norm as its two ends if `ranged`."""
    found: list[AnnexPlace] = []
    place_of: dict[tuple[str, str | None], list[int]] = {}
    for each, columns in groupby(annex.columns, key=lambda column: column.bloc == EACH):
        block = list(columns)
        for bloc in blocs if each else (None,):
            for column in block:
                key = str(bloc) if bloc is not None else column.bloc
                two = ranged and column.shows is Shows.NORM
                operands: tuple[int, ...] = ()
                if column.less is not None:
                    operands = tuple(
                        place
                        for wanted in column.less
                        for place in place_of.get((wanted, key)) or place_of[wanted, None]
                    )
                name = bloc.name if bloc is not None else None
                for end in ("low", "high") if two else ("",):
                    place_of.setdefault((column.key, key), []).append(len(found))
                    found.append(AnnexPlace(column, key, name, operands, end))
                if not each:  # whatever bloc it is of, its key names it
                    place_of.setdefault((column.key, None), place_of[column.key, key])
    return tuple(found)


def _rows(
    section: AnnexSection, annex: Annex, filling: AnnexFilling, places: Sequence[AnnexPlace], blocs: Blocs
) -> Iterator[AnnexLine]:
    def line(
        number: str, name: LocalText | str, figures: _Figures, audited: UnitAudit | None = None
    ) -> AnnexLine:
        shown = [
            _norm_end(place, audited, blocs)
            if place.column.shows is Shows.NORM
            else _figure(place, figures.get(place.column.shows), blocs)
            for place in places
        ]
        return AnnexLine(Kind.ROW, section.holds, number, name, _with_differences(places, shown))

    if section.holds is Holder.RESERVE:
        kept, before = filling.reserve, filling.provisional_reserve
        figures: _Figures = {
            Shows.ASSIGNED: kept.posts if kept else None,
            Shows.PROVISIONAL: before.posts if before else None,
        }
        yield line(section.numeral, section.title, figures)
        return
    rows = list(_of_units(filling) if section.holds is Holder.UNITS else _of_departments(filling))
    for number, (name, figures, audited) in enumerate(rows, start=1):
        yield line(str(number), name, figures, audited)
    if not rows:
        for number in range(1, annex.blank_rows + 1):
            yield line(str(number), "", {})


def _of_units(filling: AnnexFilling) -> Iterator[_Row]:
    for audited in filling.units:
        unit = audited.unit
        figures: _Figures = {
            Shows.ASSIGNED: unit.assigned,
            Shows.PRESENT: audited.staff,
            Shows.PROVISIONAL: filling.provisional.get(unit.code),
        }
        yield unit.name, figures, audited


def _of_departments(filling: AnnexFilling) -> Iterator[_Row]:
    for department in filling.departments:
        figures: _Figures = {
            Shows.ASSIGNED: department.assigned,
            Shows.PRESENT: department.present,
            Shows.PROVISIONAL: department.provisional,
        }
        yield department.name, figures, None


def _figure(place: AnnexPlace, given: Staff | int | None, blocs: Blocs) -> int | None:
    """A count of the place's bloc; of all blocs where it has none."""
    if given is None or isinstance(given, int):
        return given
    return given.get(place.bloc) if place.bloc is not None else total(staff_of(given, blocs))


def _norm(audited: UnitAudit, bloc: str) -> Posts | None:
    """The norm of a bloc, up to what it could be where something is unknown on which posts hang."""
    quota = audited.quota
    if quota is None or bloc not in quota.blocs.order:
        return None
    high = (quota.possible or quota.blocs)[bloc].high
    return Posts(quota.blocs[bloc].low, max(high, quota.blocs[bloc].high))


def _norm_end(place: AnnexPlace, audited: UnitAudit | None, blocs: Blocs) -> int | None:
    if audited is None:
        return None
    wanted = (place.bloc,) if place.bloc is not None else tuple(blocs)
    norms = [_norm(audited, bloc) for bloc in wanted]
    ends = [norm.high if place.end == "high" else norm.low for norm in norms if norm is not None]
    return sum(ends) if len(ends) == len(norms) else None


def _with_differences(places: Sequence[AnnexPlace], figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(
        difference([figures[operand] for operand in place.operands]) if place.operands else figure
        for place, figure in zip(places, figures, strict=True)
    )


def _sums(places: Sequence[AnnexPlace], rows: Sequence[AnnexLine]) -> tuple[Figure, ...]:
    """The sums of rows; none where a row that has a name lacks the figure, or no row has one."""
    named = [row for row in rows if row.name]
    sums: list[Figure] = []
    for place, at in enumerate(places):
        shows = at.column.shows
        if shows in FIGURES:
            figures = [row.figures[place] for row in named if row.holds and applies(shows, row.holds)]
            known = [figure for figure in figures if isinstance(figure, int)]
            sums.append(sum(known) if known and len(known) == len(figures) else None)
        else:
            sums.append(None)
    for place, at in enumerate(places):
        if not at.operands:
            continue
        if at.column.apart:
            gaps = [figure for row in named if isinstance(figure := row.figures[place], int)]
            shown = [places[operand].column.shows for operand in at.operands]
            applying = [
                row for row in named if row.holds and all(applies(column, row.holds) for column in shown)
            ]
            below, above = -sum(min(gap, 0) for gap in gaps), sum(max(gap, 0) for gap in gaps)
            sums[place] = Apart(below, above) if gaps and len(gaps) == len(applying) else None
        else:
            sums[place] = difference([sums[operand] for operand in at.operands])
    return tuple(sums)
