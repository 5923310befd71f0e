"""The formulas of a row of the sheet of units, each made once for every row it is in.

Such a formula has `ROW` (`long_formulas`) in place of the row's number: `=MAX(F␀-G␀,0)` is `=MAX(F5-G5,0)`
in the row of the first unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from quota.core.blocs import Bloc, Blocs
from quota.core.results import Note, Status
from quota.core.units import UnitType
from quota.norms.arithmetic.expression import ZERO, Column, Node, Number
from quota.norms.arithmetic.parts import InParts, in_parts
from quota.norms.arithmetic.whole import Ends, beside
from quota.norms.granting import Assumption
from quota.norms.schema import Frame
from quota.render.audit.columns import ABOUT, BELOW, FILLING, GAP, STATUS, VACANCY
from quota.render.audit.formulas import POSTS, formula, in_a_formula, in_quotes, minimum_name, quoted
from quota.render.audit.long_formulas import LONGEST, CellNames, cell_in, size_of
from quota.render.audit.shapes import Fact, Figure, Part
from quota.render.kit.words import NO, STATUS_NAMES, YES, words

_BELOW, _BETWEEN = "below-minimum", "; "
_LONGEST = 250
"""Spreadsheets take no longer text in quotes than 255 characters."""


class UnitColumns(Struct, frozen=True, dict=True):
    """Where each figure is: column numbers by group (a bloc, or None for all) and part.

    `ends` are the keys of a group's posts, `figures` the figures beside them, `closing` what comes after,
    `asked` the columns of the frame after that.
    """

    ends: dict[Bloc | None, tuple[str, ...]]
    figures: tuple[Figure, ...]
    closing: tuple[Fact, ...]
    asked: tuple[str, ...]

    @property
    def blocs(self) -> Blocs:
        """The frame's blocs, in its order."""
        return tuple(group for group in self.ends if group is not None)

    @property
    def parts(self) -> list[Part]:
        """The parts of the figures beside the posts."""
        return [part for figure in self.figures for part in figure.parts]

    def groups(self) -> list[tuple[Bloc | None, tuple[str, ...]]]:
        """Each group's parts, in order."""
        beside = [part.key for part in self.parts]
        return [(group, (*ends, *beside)) for group, ends in self.ends.items()]

    def place(self, wanted: Bloc | None, part: str) -> int:
        """The column of a figure's part; `low` and `high` are one column where the posts are exact."""
        return self._places[wanted, part]

    @cached_property
    def _places(self) -> dict[tuple[Bloc | None, str], int]:
        places: dict[tuple[Bloc | None, str], int] = {}
        column = len(ABOUT)
        for group, parts in self.groups():
            places |= {(group, part): place for place, part in enumerate(parts, start=column)}
            places[group, "low"] = column
            places[group, "high"] = column + len(self.ends[group]) - 1
            column += len(parts)
        return places

    @property
    def residents(self) -> int:
        """The column of the residents."""
        return len(ABOUT) - 1

    @property
    def status(self) -> int:
        """The column of the status; below the minimum and notes come after it."""
        return len(ABOUT) + sum(len(parts) for _, parts in self.groups())

    @property
    def last(self) -> int:
        """The last column of the audit; those that a frame asks for come after it."""
        return self.status + len(self.closing) - 1


class RowFormulas:
    """The formulas of a unit's row, with `ROW` in place of its number."""

    def __init__(self, columns: UnitColumns, frame: Frame) -> None:
        self._columns, self._frame = columns, frame
        self._blocs = columns.blocs
        asked = enumerate(columns.asked, start=columns.last + 1)
        self._read = CellNames(columns.last + 1 + len(columns.asked))
        self._read |= {"code": cell_in(0), "residents": cell_in(columns.residents)}
        self._read |= {name: cell_in(place) for place, name in asked}
        self._found: dict[tuple[Number, ...], InParts] = {}  # types of one rule have the same
        self._made = {unit_type: self._in_parts(unit_type) for unit_type in UnitType}
        self._ranges = {unit_type: self._ranges_of(unit_type) for unit_type in UnitType}

    def granted(self, unit_type: UnitType, bloc: Bloc) -> list[str]:
        """The posts of a bloc by the frame's rule: one formula, or the low end's and the high end's."""
        return self._granted(unit_type, bloc, self._ranges[unit_type])

    def keeps_ranges(self, unit_type: UnitType) -> bool:
        """Whether the posts of such a unit run from without what is unknown to with it as formulas do."""
        return bool(self._ranges[unit_type])

    def _granted(self, unit_type: UnitType, bloc: Bloc, ranges: Sequence[str]) -> list[str]:
        before = self._blocs[: self._blocs.index(bloc)]
        first = sum(len(self._columns.ends[other]) for other in before)
        ends = self._made[unit_type].numbers[first : first + len(self._columns.ends[bloc])]
        furthest = zip(ends, ("MIN", "MAX"), strict=False)
        return [
            formula(self._frame.norm(unit_type), end, self._read, ranges, which) for end, which in furthest
        ]

    def _ranges_of(self, unit_type: UnitType) -> list[str]:
        """The columns whose empty cells make a range.

        None do where more may be unknown, all blocs have bounds together, or formulas would be too long.
        """
        norm, assumed = self._frame.norm(unit_type), self._frame.assumed
        ranges = [name for name in norm.asked if assumed.get(name) is Assumption.RANGE]
        if norm.whole is not None or self._made[unit_type].parts or not set(assumed).issuperset(norm.asked):
            return []
        made = [end for bloc in self._blocs for end in self._granted(unit_type, bloc, ranges)]
        return ranges if all(size_of(end) <= LONGEST for end in made) else []

    def working(self, unit_type: UnitType) -> InParts:
        """The parts that the posts of such a unit are made of, which have cells of their own."""
        return self._made[unit_type]

    def parts(self, unit_type: UnitType) -> list[str]:
        """The formulas of the parts of what would be too long in one."""
        norm = self._frame.norm(unit_type)
        return [formula(norm, part, self._read) for _, part in self._made[unit_type].parts]

    def _in_parts(self, unit_type: UnitType) -> InParts:
        norm = self._frame.norm(unit_type)
        numbers: list[Number] = []
        for bloc in self._blocs:
            grant = norm.grants[bloc]
            if norm.whole is not None and self._blocs[norm.whole.place] == bloc:
                grant = beside([self._posts_of(other) for other in self._blocs if other != bloc], norm.whole)
            numbers += (grant.low, grant.high)[: len(self._columns.ends[bloc])]
        around = formula(norm, ZERO, self._read)

        def size(node: Node) -> int:
            return size_of(around) + size_of(in_a_formula(norm, node, self._read))

        key = tuple(numbers)
        if key not in self._found:
            self._found[key] = in_parts(key, size, LONGEST)
        return self._found[key]

    def _posts_of(self, bloc: Bloc) -> Ends:
        """The ends of a bloc as cells of the row: a formula that calculates them again would be too long."""
        names = [f"{POSTS}{bloc}:{end}" for end in ("low", "high")]
        self._read |= {name: self._of(bloc, name.rpartition(":")[2]) for name in names}
        low, high = map(Column, names)
        return Ends(low, high)

    def beside(self, group: Bloc | None, part: Part) -> str | None:
        """A part of a figure beside the posts; None where it was read."""
        if group is None:
            return self.sum(part.key)
        return self._excess(group, *part.excess) if part.excess else None

    def sum(self, part: str) -> str:
        """The blocs added up where all are known."""
        cells = self._all_blocs(part)
        return f'=IF(COUNT({cells})={len(self._blocs)},SUM({cells}),"")'

    def closing(self, unit_type: UnitType, fact: Fact) -> str | None:
        """A fact after the figures; None where it is words."""
        if fact == STATUS:
            return self._status(GAP)
        if fact == FILLING:
            return self._status(VACANCY)
        if fact == BELOW and self._frame.minimum_for(unit_type) is not None:
            residents = self._read["residents"]
            below = f"AND(ISNUMBER({residents}),{residents}<{minimum_name(unit_type)})"
            return f"=IF({below},{quoted(YES)},{quoted(NO)})"
        return None

    def notes(self, unit_type: UnitType, notes: Sequence[Note]) -> str | None:
        """The notes of a unit; None where it has none, whatever its residents, or no formula can hold them.

        That on small units comes and goes with the residents, one on an unknown column goes once it is known.
        """
        below = [note for note in self._frame.norm(unit_type).notes_below if note.code == _BELOW]
        parts = [self._below(unit_type, note) for note in below]
        parts += [self._note(note) for note in notes if note.code != _BELOW]
        made = f"=MID({'&'.join(parts)},{len(_BETWEEN) + 1},9999)"
        return made if parts and size_of(made) <= LONGEST else None

    def total(self, group: Bloc | None, part: str, first: int, last: int) -> str:
        """A part of all units from the row `first` to `last`, counted from 0; nothing known is unknown."""
        from xlsxwriter.utility import xl_range

        places = [self._columns.place(bloc, part) for bloc in (self._blocs if group is None else (group,))]
        cells = ",".join(xl_range(first, place, last, place) for place in places)
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'

    def _below(self, unit_type: UnitType, note: Note) -> str:
        residents = self._read["residents"]
        below = f"AND(ISNUMBER({residents}),{residents}<{minimum_name(unit_type)})"
        return f'IF({below},{_said(note)},"")'

    def _note(self, note: Note) -> str:
        column = {f"unknown-{name.removeprefix('table:')}": name for name in self._columns.asked}.get(
            note.code
        )
        return _said(note) if column is None else f'IF({self._read[column]}="",{_said(note)},"")'

    def _of(self, group: Bloc | None, part: str) -> str:
        return cell_in(self._columns.place(group, part))

    def _all_blocs(self, part: str) -> str:
        return ",".join(self._of(bloc, part) for bloc in self._blocs)

    def _excess(self, bloc: Bloc, more: str, less: str) -> str:
        """The first part less the second, or 0; nothing where either is unknown."""
        known = sorted([more, less], key=lambda part: self._columns.place(bloc, part))
        numbers = ",".join(f"ISNUMBER({self._of(bloc, part)})" for part in known)
        return f'=IF(AND({numbers}),MAX({self._of(bloc, more)}-{self._of(bloc, less)},0),"")'

    def _status(self, figure: Figure) -> str:
        """Short, over, both, neither or unknown by the two parts of a gap."""
        short, over = (self._all_blocs(part.key) for part in figure.parts)
        name = {status: quoted(said) for status, said in STATUS_NAMES.items()}
        return (
            f"=IF(AND(SUM({short})>0,SUM({over})>0),{name[Status.MIXED]},"
            f"IF(COUNT({short})<{len(self._blocs)},{name[Status.UNKNOWN]},"
            f"IF(SUM({short})>0,{name[Status.SHORT]},"
            f"IF(SUM({over})>0,{name[Status.SURPLUS]},{name[Status.WITHIN]}))))"
        )


def _said(note: Note) -> str:
    """A note's words in a formula, in pieces as long as a formula allows, with what parts it from another."""
    text = f"{_BETWEEN}{words(note.text)}"
    pieces = [text[first : first + _LONGEST] for first in range(0, len(text), _LONGEST)]
    return "&".join(map(in_quotes, pieces))
