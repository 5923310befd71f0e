"""`quota allocate`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

import typer

from quota.analysis.audit.auditing import audit
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_SHIPPED, FrameOptions
from quota.cli.grouping import single
from quota.cli.inputs import read_assignment, read_inputs
from quota.cli.options import (
    AsOf,
    AssignedFile,
    FieldRulesId,
    PopulationFile,
    StaffFile,
    day_or_today,
    option,
)
from quota.cli.refusing import usage_error
from quota.core.blocs import Blocs
from quota.core.text import say
from quota.norms.kinds import DEFAULT_FIELDS
from quota.norms.loading import load_fields
from quota.planning.allocate.allocating import allocate as allocate_posts
from quota.planning.allocate.bounds import (
    Bound,
    Bounds,
    is_assigned,
    norm,
    offices,
    posts_after_cut,
    posts_today,
    present,
    sums_of,
)
from quota.planning.allocate.columns import figures_in
from quota.planning.allocate.methods import Method
from quota.planning.allocate.shares import Wanted
from quota.render.views.people.allocate import allocation_rendering

_PER_CENT = re.compile(r"([0-9]{1,2}(?:[.,][0-9]{1,3})?) ?%?")


def allocate(
    population: PopulationFile = None,
    staff: StaffFile = None,
    assigned: AssignedFile = None,
    total: Annotated[
        int | None, option("--total", "N", "Posts to share, the reserve among them.", min=0)
    ] = None,
    cut: Annotated[
        str | None,
        option(
            "--cut",
            "PERCENT",
            "In place of --total: cut this much of today's posts (those assigned; where no table says "
            "them, the norm), and say what each unit loses.",
        ),
    ] = None,
    method: Annotated[
        Method,
        typer.Option(
            "--method", help="How posts are shared by the norm; leximin gives to the worst-off first."
        ),
    ] = Method.LARGEST_REMAINDER,
    bloc: Annotated[
        list[str] | None,
        typer.Option(
            "--bloc", help="Only this bloc's posts; repeat it for several. Without it: every bloc's."
        ),
    ] = None,
    floor: Annotated[
        list[str] | None,
        option(
            "--floor",
            "present|offices|COLUMN",
            "At least who is present, one post an office, or COLUMN_government, COLUMN_party, … of the "
            "population table (COLUMN itself where one bloc is shared). Repeat it for several.",
        ),
    ] = None,
    ceiling: Annotated[
        list[str] | None, option("--ceiling", "norm|COLUMN", "At most the norm, or a column as with --floor.")
    ] = None,
    fixed: Annotated[
        str | None,
        option("--fixed", "COLUMN", "Units held at what this column says; where it is blank, free."),
    ] = None,
    reserve: Annotated[
        int, option("--reserve", "N", "Posts of the total that the province keeps back.", min=0)
    ] = 0,
    under: FrameOptions = AS_SHIPPED,
    field_rules: FieldRulesId = DEFAULT_FIELDS,
    as_of: AsOf = None,
    how: Handling = AS_USUAL,
) -> None:
    """Share a province's posts among its units, within bounds, or see what a cut takes from each.

    The CSV is a table of assigned posts: code, name, assigned_government, assigned_party, assigned_front.
    """
    if (total is None) == (cut is None):
        raise usage_error(say("give --total or --cut, one of the two"))
    day = day_or_today(as_of)
    frame = under.frame(day)
    units, staff_table = read_inputs(population, staff, how, under, as_of=day, blocs=frame.order)
    posts = read_assignment(assigned, how, frame.order)
    report = audit(units, frame, staff_table, posts, as_of=day)
    blocs = _blocs(report.frame.blocs, bloc or [])
    count = len(load_fields(field_rules).offices)

    def bound(name: str, words: dict[str, Bounds]) -> Bound:
        return Bound(name, words[name] if name in words else figures_in(report, name, blocs))

    floors = tuple(bound(name, {"present": present, "offices": offices(count)}) for name in floor or ())
    ceilings = tuple(bound(name, {"norm": norm}) for name in ceiling or ())
    before = None
    if cut is not None:
        before = posts_today(report, blocs)
        total = posts_after_cut(sums_of(report, blocs, before), _per_cent(cut))
    wanted = Wanted(
        total=total or 0,
        method=method,
        blocs=blocs,
        reserve=reserve,
        floors=floors,
        ceilings=ceilings,
        fixed=bound(fixed, {}) if fixed else None,
        before=before,
        before_assigned=is_assigned(report),
    )
    allocation = allocate_posts(report, wanted)
    how.answer(allocation_rendering(allocation), allocation.problems)


def _blocs(blocs: Blocs, asked: Sequence[str]) -> Blocs:
    """Those of the frame's blocs that are asked for, in the order asked; all where none is."""
    known = {str(bloc): bloc for bloc in blocs}
    for name in asked:
        if name not in known:
            message = say(
                'no bloc is called "{name}"; the frame has {blocs}', name=name, blocs=", ".join(known)
            )
            raise usage_error(message)
    return tuple(known[name] for name in dict.fromkeys(asked)) or blocs


def _per_cent(text: str) -> Fraction:
    found = _PER_CENT.fullmatch(text.strip())
    if found is None:
        raise usage_error(say('--cut: "{text}" is no percentage from 0 to 99; write 15%', text=text))
    return Fraction(found.group(1).replace(",", "."))


app = single(allocate)
