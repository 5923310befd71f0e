"""Cells whose value somebody else worked out: formulas, with the values saved beside them.

Nothing is computed here. A formula's saved value is read; one that was never worked out, or that ended in an
error, is told from an empty cell, for an empty cell is an unknown and this is a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CONTENT = "content.xml"


class Worth(Enum):
    """What a cell's value is worth: saved with its formula, of before its last change, none, an error.

    Or one figure in a cell that is merged over several rows or columns: whose it is cannot be told. Or a cell
    that is struck through: whether it counts cannot be told.
    """

    SAVED = "saved"
    STALE = "stale"
    NONE = "none"
    ERROR = "error"
    MERGED = "merged"
    STRUCK = "struck"


def by_sheet(
    read: Callable[[str], bytes], parts: Mapping[str, Mapping[str, Mapping[tuple[int, int], Worth]]]
) -> dict[str, Mapping[tuple[int, int], Worth]]:
    """The formulas of each sheet by its name; `parts` are those found in each part, `read` reads one.

    Raises `ValueError` where a sheet is kept in a part that was not looked at.
    """
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        return dict(parts.get(_CONTENT, {}))
    sheets, recalculated = _sheets(read(_WORKBOOK))
    found: dict[str, Mapping[tuple[int, int], Worth]] = {}
    for name, part in _parts(sheets, read).items():
        if part and part not in parts:
            raise ValueError("a sheet that is not XML")
        cells = parts.get(part, {}).get("", {})
        found[name] = {place: _known(worth, recalculated) for place, worth in cells.items()}
    return found


def parts_by_sheet(read: Callable[[str], bytes]) -> dict[str, str]:
    """The part that each sheet of an .xlsx workbook is kept in, hidden ones too; `read` reads a part."""
    return _parts(_sheets(read(_WORKBOOK))[0], read)


def _parts(sheets: Mapping[str, str], read: Callable[[str], bytes]) -> dict[str, str]:
    targets = _targets(read(_RELATIONS))
    found = {}
    for name, relation in sheets.items():
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        found[name] = part if target else ""
    return found


def _known(worth: Worth, recalculated: bool) -> Worth:
    """A program that asks for everything to be worked out on opening has not done so itself."""
    return Worth.STALE if recalculated and worth is Worth.SAVED else worth


def _sheets(content: bytes) -> tuple[dict[str, str], bool]:
    """Sheets with the keys of their parts, and whether formulas are not worked out as they stand.

    They are to be worked out on opening, the work was not done when the workbook was saved, or somebody
    works them out by hand and saves without.
    """
    sheets: dict[str, str] = {}
    asked: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            relation = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )
            sheets[attributes.get("name", "")] = relation
        elif name.rpartition(":")[2] == "calcPr":
            by_hand = attributes.get("calcMode") == "manual" and _is_false(attributes.get("calcOnSave"))
            undone = by_hand or _is_false(attributes.get("calcCompleted"))
            asked.append("1" if undone else attributes.get("fullCalcOnLoad", "0"))

    _parse(content, start)
    return sheets, bool({"1", "true"}.intersection(asked))


def _is_false(said: str | None) -> bool:
    return said in ("0", "false")


def _targets(content: bytes) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes:
            targets[attributes["Id"]] = attributes.get("Target", "")

    _parse(content, start)
    return targets


def _parse(content: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    from xml.parsers import expat  # only for a workbook; every table imports this module

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)
