"""What each option means, in one place, so that it means the same in every command."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from quota.cli.completing import assigned_tables, frames, population_tables, staff_tables
from quota.cli.grouping import Group, with_groups_apart
from quota.core.blocs import BLOCS, Blocs
from quota.core.characters import pattern
from quota.core.text import Text, say
from quota.core.units import CIVIL_SERVANTS, Employment
from quota.norms.kinds import DEFAULT_FIELDS, DEFAULT_OFFICES
from quota.render.kit.rendering import Format
from quota.run.ledger import replaying, run_day, set_day, settle
from quota.tables.columns.own_words import read_wordings, read_words
from quota.tables.files.raw import ReadOptions
from quota.tables.files.roles import KNOWN_YEAR
from quota.tables.files.wordings import DEFAULT

if TYPE_CHECKING:
    from quota.norms.offices import Offices


def single(function: Any) -> typer.Typer:
    """The app of a module that is one command. A parameter that is a `Group` stands for all its options."""
    app = new_app()
    app.command()(with_groups_apart(function))
    return app


def new_app(**settings: Any) -> typer.Typer:
    """An app as all commands have it: plain help, no tracebacks dressed up."""
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


def usage_error(message: Text) -> typer.BadParameter:
    """What is wrong with what was typed, in the reader's language: to be raised."""
    from quota.render.kit.words import words  # only on the way to an error message

    return typer.BadParameter(words(message))


def a_day(text: str | date | datetime) -> date:
    """The day that was typed as 2026-01-31, or as it is printed: 31/01/2026, its day first."""
    if isinstance(text, date):
        return text
    printed = _PRINTED_DAY.fullmatch(text)
    try:
        return date.fromisoformat("{2}-{1:0>2}-{0:0>2}".format(*printed.groups()) if printed else text)
    except ValueError:
        message = say('"{text}" is no day; write 2026-01-31, or 31/01/2026 with the day first', text=text)
        raise usage_error(message) from None


_PRINTED_DAY = pattern(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


PopulationFile = Annotated[
    str | None,
    typer.Argument(
        metavar="POPULATION",
        autocompletion=population_tables,
        show_default=False,
        help="Population table: a CSV file, a workbook, or an embedded table's id (`quota data list`). "
        "Without one: Hải Phòng with its sample staff.",
    ),
]
PopulationFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="POPULATION...",
        autocompletion=population_tables,
        show_default=False,
        help="Population tables: CSV files, workbooks, folders of them, - for standard input, or embedded "
        "tables' ids (`quota data list`). Without one: Hải Phòng with its sample staff.",
    ),
]
TableFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Population tables: CSV files, workbooks, folders of them, - (standard input), embedded ids.",
    ),
]
ControlTotal = Annotated[
    int | None,
    typer.Option(
        "--control-total",
        min=0,
        metavar="N",
        show_default="the province's in data/provinces.csv",
        help="What the residents add up to.",
    ),
]
ProvinceName = Annotated[
    str | None,
    typer.Option(
        "--province", metavar="NAME", show_default="as the table says", help="The province, by name or code."
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        show_default="found from the file",
        help="utf-8, utf-16, windows-1258, tcvn3 (ABC) or vni, for CSV files.",
    ),
]
SheetNames = Annotated[
    list[str] | None,
    typer.Option(
        "--sheet",
        metavar="NAME|N",
        show_default="all with the table",
        help="A workbook's sheet, by name or number from 1; may be given several times.",
    ),
]
HeaderRow = Annotated[
    int | None,
    typer.Option(
        "--header-row",
        min=1,
        metavar="N",
        show_default="found",
        help="The row the table's heading starts on.",
    ),
]
ColumnsFile = Annotated[
    Path | None,
    typer.Option(
        "--columns",
        metavar="FILE",
        help="Your own headings: CSV with heading,column; the column may be "
        "code, name, type, population, government, party, front, area_km2, ignore.",
    ),
]
WordsFile = Annotated[
    Path | None,
    typer.Option(
        "--words",
        metavar="FILE",
        help="Your own words inside headings: CSV with phrase,meaning; the meaning may be a bloc, present, "
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
    typer.Option(
        "--office-rules",
        metavar="ID|PATH",
        show_default=DEFAULT_OFFICES,
        help="Which bloc offices and posts in a list of people are in: a shipped id or a file of your own.",
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
    typer.Option(
        "--save-mapping",
        metavar="FILE.csv",
        help="Keep what --ask was answered, for --columns with next month's table of the same shape.",
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="List every remark on how the input was read, too.")
]
StaffFile = Annotated[
    str | None,
    typer.Option(
        "--staff",
        metavar="FILE",
        autocompletion=staff_tables,
        help="Staff table: code, government, party, front. Else staff columns of the population table.",
    ),
]
AssignedFile = Annotated[
    str | None,
    typer.Option(
        "--assigned",
        metavar="FILE",
        autocompletion=assigned_tables,
        help="Table of assigned posts: code, assigned_government, assigned_party, assigned_front; decision, "
        "date; a row of reserve. Else columns of those in the staff or population table.",
    ),
]
NeighboursFile = Annotated[
    str | None,
    typer.Option(
        "--neighbours",
        metavar="FILE",
        help="Neighbour table: code_a, code_b, shared_border_km; a CSV file or an embedded table's id.",
    ),
]
StandardsId = Annotated[
    str,
    typer.Option(
        "--standards",
        metavar="ID|PATH",
        help="What new units are checked against: a rule file of kind unit-standards.",
    ),
]
TableToWrite = Annotated[
    Path | None,
    typer.Option(
        "--write-table",
        metavar="FILE.csv",
        help="Write the new units as a population table with staff and assigned posts, to audit or "
        "simulate again.",
    ),
]
PopulationTables = Annotated[
    list[str] | None,
    typer.Option(
        "--population",
        metavar="FILE",
        autocompletion=population_tables,
        show_default=False,
        help="Population table, a CSV file or an embedded table's id; repeat it for several. "
        "Without one: Hải Phòng with its sample staff.",
    ),
]
StaffFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--staff",
        metavar="FILE",
        help="Staff table: code, government, party, front; repeat it for several. "
        "Else staff columns of the population tables.",
    ),
]
FrameId = Annotated[
    str,
    typer.Option(
        "--rules",
        metavar="ID|PATH",
        autocompletion=frames,
        help="The frame: a shipped id (`quota rules list`) or a rule file of your own.",
    ),
]
FieldRulesId = Annotated[
    str,
    typer.Option(
        "--field-rules",
        metavar="ID|PATH",
        help="The list of fields of work: a shipped id (`quota rules list`) or a rule file of your own.",
    ),
]
FieldsFile = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="FILE",
        help="Who covers which field of work: code, people, fields. Adds the fields that nobody covers.",
    ),
]
NeedsFile = Annotated[
    str | None,
    typer.Option(
        "--needs",
        metavar="FILE",
        help="Approved positions: code, field, needed. Adds shortage and surplus by field.",
    ),
]
SecondmentsFile = Annotated[
    str | None,
    typer.Option(
        "--secondments",
        metavar="FILE",
        help="People on loan: id, home, host, start, end or months. Adds who works there on --as-of.",
    ),
]
AsOf = Annotated[
    # typer passes the default through as it is and parses only what is typed
    Any,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=a_day,
        show_default="today",
        help="The day of the figures, as 2026-01-31 or 31/01/2026: rules must be in force on it.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        show_default="by the ending of --output, else table",
        help="table, markdown and xlsx (Excel) for people, csv and json for programs.",
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to a file (whole or not at all), not to the screen."
    ),
]


def _offices(rules: str) -> Offices:
    from quota.norms.loading import load_offices  # YAML and its validation, for who has a list of offices

    return load_offices(rules)


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

    def options(self, blocs: Blocs = BLOCS) -> ReadOptions:
        """What was said, for tables of these blocs.

        `InputError` where the file of headings, or that of offices, is wrong.
        """

        own = read_wordings(self.columns, blocs) if self.columns is not None else DEFAULT.of_blocs(blocs)
        if self.words is not None:
            own = own.with_words(read_words(self.words, blocs))
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


class WorkTables(Group, frozen=True):
    """The tables about work beside an audit: who covers which field, what is needed, who is on loan."""

    fields: FieldsFile = None
    needs: NeedsFile = None
    secondments: SecondmentsFile = None
    field_rules: FieldRulesId = DEFAULT_FIELDS

    @property
    def any_given(self) -> bool:
        """Whether the audit is about work at all: nothing of it is imported where it is not."""
        return any(table is not None for table in (self.fields, self.needs, self.secondments))


NO_WORK = WorkTables()


def _latest_known_year() -> int:
    """The latest year that figures may be of without being foreseen: that of the run's day."""
    day = run_day()
    return KNOWN_YEAR if day is None else max(KNOWN_YEAR, day.year)


def day_or_today(given: object) -> date:
    """The day asked for, or today; a repeated run has its own. The one place that looks at the clock."""
    if given is not None:
        day = cast("date", given)
    else:
        replay = replaying()
        day = replay.today if replay is not None and replay.today is not None else date.today()
        settle("as-of", day.isoformat())
    set_day(day)
    return day
