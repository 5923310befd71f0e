"""What the options that several commands have mean, so that they mean the same in each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quota.cli.completing import assigned_tables, frames, population_tables, staff_tables
from quota.cli.grouping import Group
from quota.norms.kinds import DEFAULT_FIELDS
from quota.render.kit.rendering import Format

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
