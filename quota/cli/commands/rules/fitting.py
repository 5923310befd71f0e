"""`quota rules fit`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from quota.cli.answering import AS_USUAL, Handling, tell
from quota.cli.frames import TerrainFile
from quota.cli.grouping import with_groups_apart
from quota.cli.options import AsOf, TableFiles, day_or_today, option
from quota.cli.reading import Reading
from quota.cli.refusing import usage_error
from quota.core.blocs import BLOCS, Bloc, staff_of
from quota.core.places import problem_at
from quota.core.problems import InputError, Severity, refusal, refuse_errors
from quota.core.text import say
from quota.core.units import InputFile, StaffTable, Unit
from quota.render.kit.output import Output, refuse_output, write_text
from quota.render.kit.rendering import Rendering
from quota.run.locations import PathKind, kind_of

if TYPE_CHECKING:
    from quota.analysis.fitting.fitting import Total

_WHOLE = re.compile(r"[0-9]{1,6}")
_TOTAL = re.compile(r"(.+)=([0-9]{1,9})")
_YAML = (".yaml", ".yml")


@with_groups_apart
def fit(
    population: TableFiles,
    posts: Annotated[
        str | None,
        option(
            "--posts",
            "COLUMN|FILE",
            "The column with each unit's posts, or a table of assigned posts; blank: unknown. Without "
            "it --total says what a province has in all.",
        ),
    ] = None,
    bloc: Annotated[
        str, option("--bloc", "KEY", "The bloc whose posts they are, by its key in a frame.")
    ] = "government",
    total: Annotated[
        list[str] | None,
        option(
            "--total",
            "PROVINCE=N",
            "The posts of all units of a province together, where each unit's are not known; "
            "may be repeated.",
        ),
    ] = None,
    terrain: TerrainFile = None,
    as_of: AsOf = None,
    how: Handling = AS_USUAL,
) -> None:
    """Find the rule by which posts were given: base, step, threshold, ceilings and rounding.

    It explains the most units exactly. -o FILE.yaml writes it as a frame; with another ending, the report.
    Of totals alone: which frames and plain rules give them.
    """
    from quota.analysis.fitting.fitting import beside_frame
    from quota.analysis.fitting.fitting import fit as fitted
    from quota.analysis.fitting.rule import point_of
    from quota.analysis.fitting.writing import frame_text
    from quota.cli.inputs import read_population, refuse_empty, settled, settled_units
    from quota.norms.applying import compiled_frames, load_norms
    from quota.norms.held.frames import unlike
    from quota.render.views.rules.fitting import fit_rendering
    from quota.tables.shipped.country import on_day

    if posts is None and not total:
        raise usage_error(say("nothing to fit: give --posts, or what a province has in all with --total"))
    refuse_empty(*population, *([] if posts is None else [posts]), bloc)
    day, output = day_or_today(as_of), how.output
    to_frame = output is not None and output.suffix.lower() in _YAML
    if to_frame and output is not None:
        refuse_output(output)
    read = on_day(read_population(population, settled(how, BLOCS, population)), day)
    table = settled_units(read, terrain, how)
    refuse_errors(table.problems)
    if posts is None:
        if to_frame:
            raise usage_error(say("totals alone show no one rule to write as a frame; give --posts"))
        totals = [_total(text, table.units) for text in total or ()]
        how.answer(_alone(totals, bloc, table.sources), table.problems)
        return
    counts, given_in = _counts(table.units, posts, bloc, how)
    known = list(zip(table.units, counts, strict=True))
    given = [(unit, count) for unit, count in known if count is not None]
    points = [point for unit, count in given if (point := point_of(unit, count)) is not None]
    if not points:
        message = say("no unit has both residents and posts")
        fix = say("fill in the column of posts of the units whose posts are known")
        raise refusal("no-posts", message, fix, column=posts)
    totals = [_total(text, table.units) for text in total or ()]
    found = fitted(points, totals)
    norms = unlike([load_norms(name) for name in compiled_frames()], [bloc])
    frames = [beside for norm in norms if (beside := beside_frame(norm, bloc, given, totals)) is not None]
    out = Output(how.form, None if to_frame else output)
    sources = (*table.sources, *given_in.sources)
    out.write(fit_rendering(found, frames, sources))
    if to_frame and output is not None:
        source = " + ".join(file.path for file in sources)
        write_text(frame_text(found, output.stem, bloc, day, source), output)
    tell((*table.problems, *given_in.problems), out, verbose=how.verbose)


def _alone(totals: Sequence[Total], bloc: str, sources: Sequence[InputFile]) -> Rendering:
    """What the totals say where no unit's posts are known."""
    from quota.analysis.fitting.alone import rules_that_meet, totals_of_frame
    from quota.norms.applying import compiled_frames, load_norms
    from quota.norms.held.frames import unlike
    from quota.render.views.rules.alone import alone_rendering

    norms = unlike([load_norms(name) for name in compiled_frames()], [bloc])
    frames = [found for norm in norms if (found := totals_of_frame(norm, bloc, totals)) is not None]
    return alone_rendering(totals, frames, rules_that_meet(totals), sources)


def _counts(
    units: Sequence[Unit], posts: str, bloc: str, how: Reading
) -> tuple[list[int | None], StaffTable]:
    """Each unit's posts, and the table of their own that they are from, without rows where there is none.

    What is a column of the population table is meant as that; anything else that is a file, as a file.
    """
    if any(posts in unit.more for unit in units) or kind_of(Path(posts)) is not PathKind.FILE:
        return _posts(units, posts), StaffTable(())
    from quota.analysis.audit.assigning import with_assigned
    from quota.tables.readers.units.staff import read_assigned

    blocs = BLOCS if bloc in BLOCS else (*BLOCS, Bloc(bloc))
    table = read_assigned(posts, options=how.options(blocs))
    placed, problems = with_assigned(tuple(units), table.rows)
    refuse_errors([*table.problems, *problems])
    return [staff_of(unit.assigned, blocs)[bloc] for unit in placed], table


def _posts(units: Sequence[Unit], column: str) -> list[int | None]:
    """What the column says of each unit; `InputError` where there is none, or a cell is no whole number."""
    headings = {heading for unit in units for heading in unit.more}
    if column not in headings:
        message = say("the population table has no column {column}", column=column)
        fix = say(
            "name a column of it, or a table of posts; it has {columns}",
            columns=", ".join(sorted(headings)) or "none",
        )
        raise refusal("missing-column", message, fix, value=column)
    cells = [unit.more.get(column, "").strip() for unit in units]
    wrong = [
        problem_at(
            unit.origin,
            "bad-posts",
            Severity.ERROR,
            say("posts that are no whole number"),
            say("write digits alone, or leave it blank where it is unknown"),
            column=column,
            value=cell,
        )
        for unit, cell in zip(units, cells, strict=True)
        if cell and not _WHOLE.fullmatch(cell)
    ]
    if wrong:
        raise InputError(wrong)
    return [int(cell) if cell else None for cell in cells]


def _total(text: str, units: Sequence[Unit]) -> Total:
    """A province's total as it was typed; a usage error where it cannot be compared."""
    from quota.analysis.fitting.fitting import Total
    from quota.cli.provinces import by_province

    typed = _TOTAL.fullmatch(text)
    if typed is None:
        raise usage_error(say('"{text}" is no total; write a province and its posts: Huế=1660', text=text))
    name, posts = typed[1].strip(), int(typed[2])
    found = [unit for _, group in by_province(tuple(units), name) for unit in group]
    unknown = sum(unit.population is None for unit in found)
    if unknown:
        raise usage_error(say("{name}: the residents of {n} units are unknown", name=name, n=unknown))
    return Total(name, tuple(found), posts)
