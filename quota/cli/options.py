"""What the options that several commands have mean, so that they mean the same in each; the day of a run."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from quota.cli.completing import assigned_tables, frames, population_tables, staff_tables
from quota.cli.grouping import Group
from quota.cli.refusing import usage_error
from quota.core.characters import pattern
from quota.core.text import say
from quota.norms.kinds import DEFAULT_FIELDS
from quota.render.kit.rendering import Format
from quota.run.ledger import replaying, set_day, settle


def option(name: str, value: str, said: str, **settings: Any) -> Any:
    """An option whose value help calls `value`; `said` is its help, `settings` are those of any option."""
    return typer.Option(name, metavar=value, help=said, **settings)


def file_option(name: str, said: str, **settings: Any) -> Any:
    """An option that names a file."""
    return option(name, "FILE", said, **settings)


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
    option(
        "--control-total",
        "N",
        "What the residents add up to.",
        min=0,
        show_default="the province's in data/provinces.csv",
    ),
]
ProvinceName = Annotated[
    str | None,
    option("--province", "NAME", "The province, by name or code.", show_default="as the table says"),
]
StaffFile = Annotated[
    str | None,
    file_option(
        "--staff",
        "Staff table: code, government, party, front. Else staff columns of the population table.",
        autocompletion=staff_tables,
    ),
]
AssignedFile = Annotated[
    str | None,
    file_option(
        "--assigned",
        "Table of assigned posts: code, assigned_government, assigned_party, assigned_front; decision, "
        "date; a row of reserve. Else columns of those in the staff or population table.",
        autocompletion=assigned_tables,
    ),
]
NeighboursFile = Annotated[
    str | None,
    file_option(
        "--neighbours",
        "Neighbour table: code_a, code_b, shared_border_km; a CSV file or an embedded table's id.",
    ),
]
StandardsId = Annotated[
    str,
    option(
        "--standards", "ID|PATH", "What new units are checked against: a rule file of kind unit-standards."
    ),
]
TableToWrite = Annotated[
    Path | None,
    option(
        "--write-table",
        "FILE.csv",
        "Write the new units as a population table with staff and assigned posts, to audit or "
        "simulate again.",
    ),
]
PopulationTables = Annotated[
    list[str] | None,
    file_option(
        "--population",
        "Population table, a CSV file or an embedded table's id; repeat it for several. "
        "Without one: Hải Phòng with its sample staff.",
        autocompletion=population_tables,
        show_default=False,
    ),
]
StaffFiles = Annotated[
    list[str] | None,
    file_option(
        "--staff",
        "Staff table: code, government, party, front; repeat it for several. "
        "Else staff columns of the population tables.",
    ),
]
FrameId = Annotated[
    str,
    option(
        "--rules",
        "ID|PATH",
        "The frame: a shipped id (`quota rules list`) or a rule file of your own.",
        autocompletion=frames,
    ),
]
FieldRulesId = Annotated[
    str,
    option(
        "--field-rules",
        "ID|PATH",
        "The list of fields of work: a shipped id (`quota rules list`) or a rule file of your own.",
    ),
]
FieldsFile = Annotated[
    str | None,
    file_option(
        "--fields",
        "Who covers which field of work: code, people, fields. Adds the fields that nobody covers.",
    ),
]
NeedsFile = Annotated[
    str | None,
    file_option("--needs", "Approved positions: code, field, needed. Adds shortage and surplus by field."),
]
SecondmentsFile = Annotated[
    str | None,
    file_option(
        "--secondments",
        "People on loan: id, home, host, start, end or months. Adds who works there on --as-of.",
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

_PRINTED_DAY = pattern(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


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


AsOf = Annotated[
    # typer passes the default through as it is and parses only what is typed
    Any,
    option(
        "--as-of",
        "DATE",
        "The day of the figures, as 2026-01-31 or 31/01/2026: rules must be in force on it.",
        parser=a_day,
        show_default="today",
    ),
]


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
