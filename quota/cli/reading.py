"""How the tables given are to be read: the options of every command that reads any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quota.cli.grouping import Group
from quota.cli.options import file_option, option
from quota.core.blocs import BLOCS, Blocs
from quota.core.units import CIVIL_SERVANTS, Employment
from quota.norms.kinds import DEFAULT_OFFICES
from quota.run.ledger import run_day
from quota.tables.files.raw import ReadOptions
from quota.tables.files.roles import KNOWN_YEAR
from quota.tables.files.wordings import DEFAULT

if TYPE_CHECKING:
    from quota.norms.offices import Offices


Encoding = Annotated[
    str | None,
    option(
        "--encoding",
        "NAME",
        "utf-8, utf-16, windows-1258, tcvn3 (ABC) or vni, for CSV files.",
        show_default="found from the file",
    ),
]
SheetNames = Annotated[
    list[str] | None,
    option(
        "--sheet",
        "NAME|N",
        "A workbook's sheet, by name or number from 1; may be given several times.",
        show_default="all with the table",
    ),
]
HeaderRow = Annotated[
    int | None,
    option("--header-row", "N", "The row the table's heading starts on.", min=1, show_default="found"),
]
ColumnsFile = Annotated[
    Path | None,
    file_option(
        "--columns",
        "Your own headings: CSV with heading,column; the column may be "
        "code, name, type, population, government, party, front, area_km2, ignore.",
    ),
]
WordsFile = Annotated[
    Path | None,
    file_option(
        "--words",
        "Your own words inside headings: CSV with phrase,meaning; the meaning may be a bloc, present, "
        "assigned, norm, gap, share, population, households, name, code, type, part, neutral.",
    ),
]
Employed = Annotated[
    list[Employment] | None,
    typer.Option(
        "--employment",
        show_default=CIVIL_SERVANTS[0].value,
        help="Who counts in a list of people one by one; may be repeated. The others are said apart.",
    ),
]
OfficeRulesId = Annotated[
    str | None,
    option(
        "--office-rules",
        "ID|PATH",
        "Which bloc offices and posts in a list of people are in: a shipped id or a file of your own.",
        show_default=DEFAULT_OFFICES,
    ),
]
Ask = Annotated[
    bool,
    typer.Option(
        "--ask",
        help="Ask which column is which where a table leaves it open, with each column's first figures.",
    ),
]
SaveMapping = Annotated[
    Path | None,
    option(
        "--save-mapping",
        "FILE.csv",
        "Keep what --ask was answered, for --columns with next month's table of the same shape.",
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="List every remark on how the input was read, too.")
]


class Reading(Group, frozen=True):
    """How the tables given are to be read; what is not said is found from the file."""

    encoding: Encoding = None
    sheet: SheetNames = None
    header_row: HeaderRow = None
    columns: ColumnsFile = None
    words: WordsFile = None
    ask: Ask = False
    save_mapping: SaveMapping = None
    verbose: Verbose = False
    employment: Employed = None
    office_rules: OfficeRulesId = None

    @property
    def asks(self) -> bool:
        """Whether what is left open is asked about, or the answers are to be kept."""
        return self.ask or self.save_mapping is not None

    def options(self, blocs: Blocs = BLOCS) -> ReadOptions:
        """What was said, for tables of these blocs.

        `InputError` where the file of headings, or that of offices, is wrong.
        """
        own = DEFAULT.of_blocs(blocs)
        if self.columns is not None or self.words is not None:
            from quota.tables.columns.own_words import read_wordings, read_words

            own = read_wordings(self.columns, blocs) if self.columns is not None else own
            own = own.with_words(read_words(self.words, blocs)) if self.words is not None else own
        own = own.known_to(_latest_known_year())
        return ReadOptions(
            self.encoding,
            tuple(self.sheet or ()),
            self.header_row,
            own,
            tuple(dict.fromkeys(self.employment or CIVIL_SERVANTS)),
            _offices(self.office_rules) if self.office_rules is not None else None,
        )


AS_FOUND = Reading()


def _offices(rules: str) -> Offices:
    from quota.norms.loading import load_offices  # YAML and its validation, for who has a list of offices

    return load_offices(rules)


def _latest_known_year() -> int:
    """The latest year that figures may be of without being foreseen: that of the run's day."""
    day = run_day()
    return KNOWN_YEAR if day is None else max(KNOWN_YEAR, day.year)
