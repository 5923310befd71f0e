"""An annex as a workbook on A4, its sums and differences as formulas over what is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from quota.analysis.audit.annexes import FIGURES, AnnexLine, AnnexPlace, Apart, Figure, Holder, Kind, Shows
from quota.analysis.audit.annexing import applies
from quota.core.how_read import letter
from quota.core.text import Text, say
from quota.render.kit.words import words
from quota.render.kit.workbook import Book, number_format
from quota.render.views.reports.annex import AnnexSheet, apart_text

_BOX: dict[str, object] = {"border": 1, "text_wrap": True}
_LINE = 16.5


def annex_book(sheet: AnnexSheet) -> bytes:
    """The workbook; the same annex gives the same bytes."""
    return _Drawing(sheet).content()


class _Drawing:
    """The sheet being drawn. `row_of` has the row of each line, from 0."""

    def __init__(self, annex: AnnexSheet) -> None:
        self.annex, self.table = annex, annex.table
        self.places = self.table.places
        self.size = annex.annex.size
        self.book = Book(words(annex.annex.title))
        self.sheet: Any = self.book.sheet(Text("{title}", {"title": annex.annex.title}))
        self.sheet.set_footer("&C&P / &N")
        self.last = len(self.places) - 1
        self.name_at = next(place for place, at in enumerate(self.places) if at.column.shows is Shows.NAME)
        for place, at in enumerate(self.places):
            self.sheet.set_column(place, place, at.column.width)
        self.row = 0

    def content(self) -> bytes:
        """The whole file."""
        self._titles()
        start = self.row
        self._heading()
        self.sheet.repeat_rows(start, self.row - 1)
        self.sheet.freeze_panes(self.row, self.name_at + 1)
        self.first = self.row
        for line in self.table.lines:
            self._line(line)
            self.row += 1
        self._checks()
        self._signature()
        return self.book.content()

    def _titles(self) -> None:
        """What is over the table."""
        half = max(self._wide_enough(28), self.name_at)
        for text in self.annex.corner:
            self._across(text, 0, half, bold=True)
        for text in self.annex.titles:
            self._across(text, 0, self.last, bold=True, more=2)
        for text in self.annex.under:
            self._across(text, 0, self.last, italic=True, more=1)
        self.row += 1

    def _wide_enough(self, wanted: int) -> int:
        """The last of the first columns that are together as wide as `wanted` characters."""
        width = 0
        for place, at in enumerate(self.places):
            width += at.column.width
            if width >= wanted:
                return place
        return self.last

    def _across(self, text: str, first: int, last: int, *, more: int = 0, **look: object) -> None:
        style = self.book.style(align="center", text_wrap=True, font_size=self.size + more, **look)
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", style)
        self.sheet.write_string(self.row, first, text, style)
        width = sum(at.column.width for at in self.places[first : last + 1])
        lines = sum(1 + len(part) * (self.size + more) // (11 * max(width, 1)) for part in text.split("\n"))
        self.sheet.set_row(self.row, (_LINE + more) * lines)
        self.row += 1

    def _heading(self) -> None:
        """The heading, of one row or of two, and the row of column numbers."""
        head = self.book.style(bold=True, align="center", font_size=self.size, **_BOX)
        deep = self.annex.grouped
        top = self.row
        place = 0
        for group, headings in groupby(self.annex.heading, key=lambda pair: pair[0]):
            texts = [heading for _, heading in headings]
            if group:
                self._merged(top, place, top, place + len(texts) - 1, group, head)
            for heading in texts:
                if deep and not group:
                    self._merged(top, place, top + 1, place, heading, head)
                else:
                    self.sheet.write_string(top + deep, place, heading, head)
                place += 1
        self._heights(top, deep=deep)
        self.row = top + deep + 1
        small = self.book.style(italic=True, align="center", font_size=self.size - 2, **_BOX)
        for place, number in enumerate(self.annex.numbers):
            self.sheet.write_string(self.row, place, number, small)
        self.row += 1

    def _heights(self, top: int, *, deep: bool) -> None:
        """Rows of the heading as high as its words need."""
        pairs = list(zip(self.annex.heading, self.places, strict=True))
        wide = Counter[str]()
        for (group, _), at in pairs:
            wide[group] += at.column.width
        upper = max(self._lines(group, wide[group]) for (group, _), _ in pairs) if deep else 0
        own = [(self._lines(heading, at.column.width), group) for (group, heading), at in pairs]
        lower = max(lines if group or not deep else lines - upper for lines, group in own)
        if deep:
            self.sheet.set_row(top, _LINE * upper)
        self.sheet.set_row(top + deep, _LINE * max(lower, 1))

    def _lines(self, text: str, width: int) -> int:
        """Over how many lines a heading is broken at its words."""
        lines, room = 1, 0.0
        for word in text.split():
            length = len(word) * self.size / 11
            if room and room + 1 + length > width - 1:
                lines, room = lines + 1, 0.0
            room += length + (1 if room else 0)
        return lines

    def _merged(self, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, style)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, style)

    def _line(self, line: AnnexLine) -> None:
        strong = line.kind is not Kind.ROW or line.holds is Holder.RESERVE
        look: dict[str, object] = {"bold": strong, "font_size": self.size, **_BOX}
        width = self.places[self.name_at].column.width
        self.sheet.set_row(self.row, _LINE * self._lines(words(line.name), width))
        for place, (at, figure) in enumerate(zip(self.places, line.figures, strict=True)):
            shows = at.column.shows
            if shows is Shows.NUMBER:
                number = line.number
                style = self.book.style(align="center", **look)
                if number.isdigit():
                    self.sheet.write_number(self.row, place, int(number), style)
                else:
                    self.sheet.write_string(self.row, place, number, style)
            elif shows in (Shows.NAME, Shows.NOTE):
                text = words(line.name) if shows is Shows.NAME else ""
                side = {"align": "center"} if line.kind is Kind.TOTAL else {"align": "left", "indent": 1}
                if text:
                    self.book.text(self.sheet, self.row, place, text, **side, **look)
                else:
                    self.sheet.write_blank(self.row, place, None, self.book.style(**side, **look))
            else:
                self._figure(line, place, figure, look)

    def _figure(self, line: AnnexLine, place: int, figure: Figure, look: dict[str, object]) -> None:
        signed = '+#,##0" ";-#,##0" ";0" "' if self.places[place].operands else '#,##0" "'
        tongue, _, _ = number_format().partition("#")
        style = self.book.style(align="right", num_format=tongue + signed, **look)
        formula = self._formula(line, place)
        if formula is not None:
            self.sheet.write_formula(self.row, place, formula, style, _kept(figure))
        elif isinstance(figure, int):
            self.sheet.write_number(self.row, place, figure, style)
        else:
            self.sheet.write_blank(self.row, place, None, style)

    def _formula(self, line: AnnexLine, place: int) -> str | None:
        """What the cell is worked out by; None where it is typed, or where there is no such figure."""
        at = self.places[place]
        if line.kind is Kind.ROW:
            return self._difference(at) if at.operands and self._is_there(line, at) else None
        if at.operands and not at.column.apart:
            return self._difference(at)
        ranges = self._ranges(line, at)
        if not ranges:
            return None
        name, column = letter(self.name_at), letter(place)
        figures = ",".join(f"{column}{first}:{column}{last}" for first, last in ranges)
        lacking = "+".join(
            f'SUMPRODUCT(({name}{first}:{name}{last}<>"")*({column}{first}:{column}{last}=""))'
            for first, last in ranges
        )
        added = _apart_formula(column, ranges) if at.operands else f"SUM({figures})"
        return f'=IF(OR(COUNT({figures})=0,{lacking}>0),"",{added})'

    def _difference(self, at: AnnexPlace) -> str:
        first, low, *rest = (f"{letter(operand)}{self.row + 1}" for operand in at.operands)
        blank = ",".join(f'{cell}=""' for cell in (first, low, *rest))
        within = f"MIN({first}-{low},0)+MAX({first}-{rest[0]},0)" if rest else f"{first}-{low}"
        return f'=IF(OR({blank}),"",{within})'

    def _ranges(self, line: AnnexLine, at: AnnexPlace) -> list[tuple[int, int]]:
        """The first and the last row, from 1, of each run of members that have such a figure."""
        ranges: list[tuple[int, int]] = []
        for member in line.members:
            row = self.first + member + 1
            if not self._is_there(self.table.lines[member], at):
                continue
            if ranges and ranges[-1][1] == row - 1:
                ranges[-1] = (ranges[-1][0], row)
            else:
                ranges.append((row, row))
        return ranges

    def _is_there(self, line: AnnexLine, at: AnnexPlace) -> bool:
        """Whether such a row has such a figure."""
        of = [self.places[operand] for operand in at.operands] or [at]
        return line.holds is not None and all(applies(place.column.shows, line.holds) for place in of)

    def _checks(self) -> None:
        """Only whole numbers, 0 or more, may be typed."""
        error = words(say("A whole number of people, 0 or more; empty where unknown."))
        check = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": error}
        for number, line in enumerate(self.table.lines, start=self.first):
            for place, at in enumerate(self.places):
                if line.kind is Kind.ROW and at.column.shows in FIGURES and self._is_there(line, at):
                    self.sheet.data_validation(number, place, number, place, check)

    def _signature(self) -> None:
        """Who signs, side by side, with room above the name."""
        self.row += 1
        signers = self.annex.signature
        style = self.book.style(bold=True, align="center", font_size=self.size)
        for number, text in enumerate(signers):
            first = number * (self.last + 1) // len(signers)
            last = (number + 1) * (self.last + 1) // len(signers) - 1
            self._merged(self.row, first, self.row, last, text, style)


def _kept(figure: Figure) -> str | int:
    """The value that is kept beside a formula."""
    if isinstance(figure, Apart):
        return apart_text(figure)
    return "" if figure is None else figure


def _apart_formula(column: str, ranges: Sequence[tuple[int, int]]) -> str:
    """The formula of what `apart_text` says."""
    below, above = (
        "+".join(f'SUMIF({column}{first}:{column}{last},"{side}0")' for first, last in ranges)
        for side in "<>"
    )
    return (
        f'IF({below}<0,"−"&-({below}),"")&IF(AND({below}<0,{above}>0)," ","")'
        f'&IF({above}>0,"+"&({above}),"")&IF(AND({below}=0,{above}=0),"0","")'
    )
