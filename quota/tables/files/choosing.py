"""Which sheets of a workbook hold the table asked for: all of one shape, and none lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quota.core.characters import pattern
from quota.core.names import fold, spelled_out, type_in_name
from quota.core.text import say
from quota.tables.files.heading import find_heading, merged
from quota.tables.files.said.times import of_different_times
from quota.tables.files.sheets import NotATableError, Remark, Sheet
from quota.tables.files.wordings import Wordings

_NAMES_UNITS = 2
"""A sheet with as many cells that start with a unit's type is about units."""
_NEARLY_ALL = 0.8
"""Sheets that share as much of their units are one table twice, or a whole and its part."""
_A_TABLE = 3
"""A sheet with as many known columns is a table of some kind."""
_ABOUT = {"About", "Giới thiệu"}
_FIGURES = {"Data", "Dữ liệu"}
_NUMBERED = pattern(r"[0-9]+\. ")
"""How `render.kit.workbook.page_book` calls the sheets of a page."""


def chosen_sheets(
    sheets: Sequence[Sheet],
    asked: Sequence[str],
    wordings: Wordings,
    wanted: Sequence[str],
    figures: Collection[str] = (),
) -> tuple[list[Sheet], list[Remark]]:
    """The sheets to read: those asked for, else every one that has as many `wanted` columns as any has.

    A sheet with one of the `figures` that the table is about comes before any without.

    Raises `NotATableError` where no sheet is called as asked, where two are one table at different times or
    hold the same units, and where a sheet names units but none of the columns that would make it a table,
    this one or another, is understood.
    """
    hidden = {sheet.name for sheet in sheets if sheet.out_of_sight}
    sheets = [sheet for sheet in sheets if not sheet.out_of_sight]
    names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
    if asked:
        return [_called(sheets, name, names, hidden) for name in asked], []
    filled = [sheet for sheet in sheets if sheet.rows]
    if (own := _of_our_page(filled)) is not None:
        said = say('read from the sheet "{name}"; what is changed on the others is not read', name=own.name)
        return [own], [Remark("sheet", said)]
    if len(filled) < 2:
        return [(filled or list(sheets) or [Sheet(None, [])])[0]], []
    known = [_columns(sheet, wordings) for sheet in filled]
    wanted_of = [columns.intersection(wanted) for columns in known]
    most = max(
        wanted_of,
        key=lambda columns: (len(columns.intersection(figures)), len(columns), wanted_of.count(columns)),
    )
    taken = [sheet for sheet, columns in zip(filled, wanted_of, strict=True) if columns == most]
    for sheet, columns in zip(filled, known, strict=True):
        if sheet not in taken and len(columns) < _A_TABLE and _names_units(sheet):
            raise NotATableError(
                "sheet-not-understood",
                say('the sheet "{name}" names units, and its columns are not understood', name=sheet.name),
                say(
                    "say what its columns are in a file for --columns, or name the sheets to read, each with "
                    "--sheet: {names}",
                    names=", ".join(f'"{sheet.name}"' for sheet in taken),
                ),
                sheet=sheet.name,
            )
    _refuse_doubled(taken, names, wordings, has_figures=not most.isdisjoint(figures))
    taken_names = ", ".join(f'"{sheet.name}"' for sheet in taken)
    if len(taken) == 1:
        said = say("read from the sheet {name}, of {names}", name=str(taken[0].name), names=names)
    else:
        said = say("read from the sheets {taken}, of {names}", taken=taken_names, names=names)
    return taken, [Remark("sheet", said)]


def _of_our_page(sheets: Sequence[Sheet]) -> Sheet | None:
    """The figures of a workbook that this program wrote of a page, in either language; None of any other.

    Its other sheets show the same to people, some of it in words.
    """
    others = [sheet.name or "" for sheet in sheets if sheet.name not in _FIGURES]
    if len(others) != len(sheets) - 1 or not _ABOUT.intersection(others):
        return None
    if any(name not in _ABOUT and not _NUMBERED.match(name) for name in others):
        return None
    return next(sheet for sheet in sheets if sheet.name in _FIGURES)


def _called(sheets: Sequence[Sheet], asked: str, names: str, hidden: Collection[str | None]) -> Sheet:
    called = {sheet.name for sheet in sheets}
    for place, sheet in enumerate(sheets, start=1):
        if asked == sheet.name or (asked == str(place) and asked not in called):
            return sheet
    if asked in hidden:
        raise NotATableError(
            "hidden-sheet",
            say('the sheet "{sheet}" is hidden', sheet=asked),
            say("unhide it and save the workbook, or read one of {names}", names=names),
        )
    message = say('no sheet is called "{sheet}"', sheet=asked)
    raise NotATableError("no-such-sheet", message, say("one of {names}", names=names))


def _columns(sheet: Sheet, wordings: Wordings) -> frozenset[str]:
    """Every column that the sheet's heading is known to have."""
    place, depth = find_heading(sheet.rows, wordings, ())
    found = wordings.columns_of(merged(sheet.rows, place, depth))
    return frozenset(column for column in found if column is not None)


def _refuse_doubled(sheets: Sequence[Sheet], names: str, wordings: Wordings, *, has_figures: bool) -> None:
    """Raise `NotATableError` where two sheets are of different times, or have figures of the same units."""
    if (times := of_different_times([str(sheet.name) for sheet in sheets])) is not None:
        raise NotATableError(
            "sheets-of-different-times",
            say(
                'the sheets "{first}" and "{second}" seem to be of different times',
                first=times[0],
                second=times[1],
            ),
            say("name the sheets to read, each with --sheet: {names}", names=names),
        )
    if has_figures and (alike := _of_the_same_units(sheets, wordings)) is not None:
        raise NotATableError(
            "sheets-of-the-same-units",
            say('the sheets "{first}" and "{second}" hold the same units', first=alike[0], second=alike[1]),
            say("name the sheets to read, each with --sheet: {names}", names=names),
        )


def _of_the_same_units(sheets: Sequence[Sheet], wordings: Wordings) -> tuple[str, str] | None:
    """Two sheets of which the smaller has nearly all its units in the other one; None where none are so."""
    seen: list[tuple[str, frozenset[str]]] = []
    for sheet in sheets:
        units = _units(sheet, wordings)
        for name, others in seen:
            if len(units & others) > _NEARLY_ALL * min(len(units), len(others)) > _NAMES_UNITS:
                return name, str(sheet.name)
        seen.append((str(sheet.name), units))
    return None


def _units(sheet: Sheet, wordings: Wordings) -> frozenset[str]:
    """The codes of a sheet's rows, or the names where it has none."""
    place, depth = find_heading(sheet.rows, wordings, ())
    columns = wordings.columns_of(merged(sheet.rows, place, depth))
    column = next((columns.index(column) for column in ("code", "name") if column in columns), len(columns))
    texts = (fold(cell) for row in sheet.rows[place + depth :] for cell in row.cells[column : column + 1])
    return frozenset(text for text in texts if text.isdigit() or type_in_name(spelled_out(text)) is not None)


def _names_units(sheet: Sheet) -> bool:
    named = {
        cell
        for row in sheet.rows
        for cell in row.cells
        if cell and not cell.isdigit() and type_in_name(spelled_out(cell)) is not None
    }
    return len(named) >= _NAMES_UNITS
