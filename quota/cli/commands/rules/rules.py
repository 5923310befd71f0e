"""`quota rules`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from quota.cli.answering import AS_USUAL, Handling
from quota.cli.commands.rules.fitting import fit
from quota.cli.commands.rules.published import published
from quota.cli.completing import frames
from quota.cli.frames import AS_THEY_ARE, Unknowns
from quota.cli.grouping import new_app, with_groups_apart
from quota.cli.options import AsOf, FormatOption, OutputFile, StaffFiles, day_or_today, option
from quota.norms.checking import check_file, files_to_check
from quota.norms.files.documents import DEFAULT_KIND
from quota.norms.files.finding import find_rules
from quota.norms.files.rulefile import RuleFile
from quota.norms.loading import load_frame, load_rules, shipped_rules
from quota.norms.publishing import json_schema
from quota.render.kit.output import Output, mention, show
from quota.render.kit.problems import problem_lines
from quota.render.views.rules.rules import check_rendering, list_rendering, rules_rendering
from quota.tables.shipped.embedded import embedded_tables

app = new_app(
    help="The frames: list, show, check, compare, and the schema for writing one.", no_args_is_help=True
)


@app.callback()
def _rules() -> None:
    """The frames: list, show, check, compare, and the schema for writing one."""


@app.command("list")
def list_rules(form: FormatOption = None, output: OutputFile = None) -> None:
    """The shipped rule files: id, kind, status, since when, and what each says."""
    Output(form, output).write(
        list_rendering([loaded.rules for loaded in shipped_rules() if loaded.rules is not None])
    )


@app.command("show")
def show_rules(
    rules: Annotated[
        str,
        typer.Argument(
            metavar="ID|PATH", autocompletion=frames, help="A shipped id, or a rule file of your own."
        ),
    ],
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """One rule file whole: every value with its source, what it inherits, notes, examples."""
    Output(form, output).write(rules_rendering(load_rules(rules, RuleFile), find_rules(rules)))


@app.command("check")
def check_rules(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...", help="Rule files or folders of them. Without one: the shipped files."
        ),
    ] = None,
    form: FormatOption = None,
    output: OutputFile = None,
) -> None:
    """Validate rule files and run their examples.

    Exit code 0: all is well; 1: a file has a problem or an example does not hold; 2: no such file.
    """
    checks = [check_file(path) for path in files_to_check(paths or [])]
    Output(form, output).write(check_rendering(checks))
    for check in checks:
        for line in problem_lines(check.problems):
            mention(line)
    raise typer.Exit(0 if all(check.sound for check in checks) else 1)


@app.command("diff")
@with_groups_apart
def diff_rules(
    a: Annotated[str, typer.Argument(metavar="A", help="A frame: a shipped id, or a rule file of your own.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The frame to set beside it.")],
    population: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="POPULATION",
            show_default=False,
            help="Population tables, CSV files or embedded tables' ids. Without one: all embedded provinces.",
        ),
    ] = None,
    staff: StaffFiles = None,
    limit: Annotated[int | None, option("--limit", "N", "Show people the first N units.", min=1)] = None,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    how: Handling = AS_USUAL,
) -> None:
    """What two frames say differently, and what that is worth: posts by unit, bloc, province and in all."""
    from quota.analysis.what_if.frames_diff import diff
    from quota.cli.inputs import read_people_present, read_population, refuse_empty, settled, settled_units
    from quota.core.blocs import all_of
    from quota.render.views.rules.frames_diff import diff_rendering

    refuse_empty(*(population or []), *(staff or []))
    tables = population or [
        table.id for table in embedded_tables() if table.kind == "population" and table.province
    ]
    day = day_or_today(as_of)
    frame_a, frame_b = unknowns.over(load_frame(a, day)), unknowns.over(load_frame(b, day))
    blocs = all_of((frame_a.order, frame_b.order))
    options = settled(how, blocs, tables, staff or ())
    units = settled_units(read_population(tables, options), unknowns.terrain, how, blocs)
    found = diff(frame_a, frame_b, units, read_people_present(staff, options) if staff else None)
    how.answer(diff_rendering(found, limit), found.problems)


app.command("published")(published)
app.command("fit")(fit)


@app.command("schema")
def schema(
    kind: Annotated[str, option("--kind", "KIND", "Which kind of rule file.")] = DEFAULT_KIND,
    amendment: Annotated[
        bool, typer.Option("--amendment", help="The schema of a file that `extends` another one.")
    ] = False,
) -> None:
    """Print the JSON Schema of rule files, for an editor to complete and check them."""
    show(json.dumps(json_schema(kind, amendment=amendment), ensure_ascii=False, indent=2) + "\n")
