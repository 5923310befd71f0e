"""`quota changes`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

import typer

from quota.analysis.audit.auditing import inputs_of, join, reserves_in
from quota.analysis.what_if.changes import Side
from quota.analysis.what_if.changes import changes as changes_between
from quota.cli.answering import AS_USUAL, Handling
from quota.cli.frames import AS_THEY_ARE, Unknowns
from quota.cli.grouping import single
from quota.cli.inputs import (
    how_read_first,
    read_assignment,
    read_people_present,
    refuse_empty,
    settled,
    settled_units,
)
from quota.cli.options import AsOf, PopulationTables, day_or_today, file_option, option
from quota.cli.reading import Reading
from quota.cli.refusing import usage_error
from quota.cli.waiting import waiting
from quota.core.blocs import all_of
from quota.core.problems import InputError, refusal, refuse_outside
from quota.core.text import say
from quota.core.units import StaffTable, UnitTable
from quota.norms.applying import load_norms
from quota.norms.granting import Norms
from quota.norms.kinds import DEFAULT_FRAME
from quota.render.views.compare.changes import changes_rendering
from quota.tables.files.raw import ReadOptions
from quota.tables.readers.audits import read_audit
from quota.tables.readers.kinds import Look, TableKind, is_audit, look_at
from quota.tables.shipped.embedded import DEFAULT_POPULATION

_KINDS = {
    TableKind.POPULATION: say("a population table"),
    TableKind.STAFF: say("a staff table"),
    TableKind.AUDIT: say("an audit"),
}
_OLD_OR_NEW = "a population table, a staff table, or an audit that `quota audit --format json` wrote."


def changes(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"How it was: {_OLD_OR_NEW}")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="How it is: a file of the same kind.")],
    old_staff: Annotated[
        str | None, file_option("--old-staff", "Staff beside OLD, a population table.")
    ] = None,
    new_staff: Annotated[
        str | None, file_option("--new-staff", "Staff beside NEW, a population table.")
    ] = None,
    old_assigned: Annotated[
        str | None, file_option("--old-assigned", "Table of assigned posts beside OLD, a table.")
    ] = None,
    new_assigned: Annotated[
        str | None, file_option("--new-assigned", "Table of assigned posts beside NEW, a table.")
    ] = None,
    population: PopulationTables = None,
    old_rules: Annotated[
        str | None,
        option(
            "--old-rules", "ID|PATH", "The frame over OLD.", show_default="the audit's own, else cv-09-2025"
        ),
    ] = None,
    new_rules: Annotated[
        str | None,
        option(
            "--new-rules", "ID|PATH", "The frame over NEW.", show_default="the audit's own, else that of OLD"
        ),
    ] = None,
    unknowns: Unknowns = AS_THEY_ARE,
    as_of: AsOf = None,
    how: Handling = AS_USUAL,
) -> None:
    """What changed from one table, or audit, to the next, and what each change is due to.

    What was assigned is a cause of its own; it comes from columns of the tables, from --old-assigned and
    --new-assigned, or from the audits. For two staff tables, --population says whose staff it is. --as-of
    is asked of the frame over NEW.
    """
    refuse_empty(old, new, old_staff, new_staff, old_assigned, new_assigned, *(population or []))
    if is_audit(old) and is_audit(new):
        _refuse_beside(TableKind.AUDIT, (old_staff, new_staff), population)
        if old_assigned or new_assigned:
            message = say("--old-assigned and --new-assigned belong to tables; an audit has its own posts")
            raise usage_error(message)
        if as_of is not None:
            raise usage_error(say("--as-of belongs to tables; an audit has its own day"))
        if unknowns.terrain is not None:
            raise usage_error(say("--terrain belongs to tables; an audit says what is known of its units"))
        before = _audited(old, old_rules, unknowns, "--old-rules")
        after = _audited(new, new_rules, unknowns, "--new-rules")
    else:
        day = day_or_today(as_of)
        first = unknowns.over(load_norms(old_rules or DEFAULT_FRAME, day))
        second = unknowns.over(load_norms(new_rules, day)) if new_rules else first
        summary = second.summary
        refuse_outside(summary.id, summary.effective_from, summary.effective_to, day)
        asked = how.options(all_of((first.summary.blocs, summary.blocs)))
        kind, looks = _same_kind((old, new), asked)
        _refuse_beside(kind, (old_staff, new_staff), population)
        staff, assigned = (old_staff, new_staff), (old_assigned, new_assigned)
        if kind is TableKind.STAFF:
            staff, looks = (old, new), [look_at(population or [DEFAULT_POPULATION], asked)] * 2
        options = _settled(how, asked, looks, staff)

        def side(place: int, norms: Norms) -> Side:
            blocs = norms.summary.blocs
            found = how_read_first(looks[place].units(options.of_blocs(blocs)))
            table = settled_units(found, unknowns.terrain, how, blocs)
            posts = read_assignment(assigned[place], how, blocs)
            return _side(table, staff[place], posts, norms, options, day)

        before, after = side(0, first), side(1, second)
    with waiting(say("Comparing …")):
        found = changes_between(before, after)
    how.answer(changes_rendering(found), dict.fromkeys(found.problems))


def _same_kind(paths: Sequence[str], options: ReadOptions) -> tuple[TableKind, list[Look]]:
    """The kind of two files, of which one at least is no audit, and a look at each."""
    looks = [look_at([path], options) for path in paths if not is_audit(path)]
    kinds = [look.kind for look in looks]
    if len(looks) < len(paths):
        kinds.insert(0 if is_audit(paths[0]) else 1, TableKind.AUDIT)
    if kinds[0] is not kinds[1]:
        message = say(
            "OLD and NEW are not of one kind: {old} and {new}", old=_KINDS[kinds[0]], new=_KINDS[kinds[1]]
        )
        raise usage_error(message)
    return kinds[0], looks


def _refuse_beside(kind: TableKind, staff: Sequence[str | None], population: Sequence[str] | None) -> None:
    """Refuse a table beside OLD or NEW that their kind has no use for."""
    if kind is not TableKind.POPULATION and any(staff):
        raise usage_error(say("--old-staff and --new-staff belong to two population tables"))
    if kind is not TableKind.STAFF and population:
        raise usage_error(say("--population belongs to two staff tables"))


def _settled(
    how: Reading, asked: ReadOptions, looks: Iterable[Look], staff: Sequence[str | None]
) -> ReadOptions:
    """How the tables are read: as they were looked at, or as was answered."""
    if not how.asks:
        return asked
    tables = dict.fromkeys(str(path) for look in looks for path in look.paths)
    present = [table for table in staff if table is not None]
    return settled(how, asked.wordings.blocs, [*tables], present)


def _side(
    units: UnitTable,
    staff: str | None,
    assigned: StaffTable | None,
    norms: Norms,
    options: ReadOptions,
    as_of: date,
) -> Side:
    people = (
        read_people_present([staff], options.of_blocs(norms.summary.blocs)) if staff is not None else None
    )
    placed, problems = join(units, people, assigned, under=[norms])
    inputs, reserves = inputs_of(units, people, assigned), reserves_in(units, people, assigned)
    return Side(placed, norms, inputs, problems, reserves=reserves, as_of=as_of)


def _audited(path: str, rules: str | None, unknowns: Unknowns, option: str) -> Side:
    audit = read_audit(path)
    try:
        norms = unknowns.over(load_norms(rules or audit.frame_id, audit.as_of))
    except InputError as error:
        if rules is not None:
            raise
        message = say("was made with the frame {id}, which is not a shipped one", id=audit.frame_id)
        fix = say("give its rule file: {option} PATH", option=option)
        raise refusal("unknown-frame", message, fix, file=path) from error
    placed, problems = join(audit.table, None, under=[norms])
    table = audit.table
    return Side(placed, norms, table.sources, problems, audit.quotas, table.reserves, audit.as_of)


app = single(changes)
