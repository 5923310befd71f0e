"""Proposed mergers in all forms: which units merge, what that saves, and what is proved of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from quota.core.problems import Problem
from quota.core.results import FrameSummary, Unsettled
from quota.core.sums import known_sum, whole_sum
from quota.core.text import Text, count, say
from quota.core.units import InputFile
from quota.core.what_if.proposals import Aim, Proposal, ProposalCertificate, ProposalObjective
from quota.core.what_if.scenario_results import ChangedUnits, ScenarioReport, sum_saved
from quota.planning.mergers.possible import change_with_the_unknown
from quota.render.audit.laid_out import RUN
from quota.render.audit.unsettled import settle_line, unsettled_plain
from quota.render.audit.words import run_lines
from quota.render.kit.forms import grid_rendering
from quota.render.kit.grid import Column, Grid, Shown, Value, figures, table
from quota.render.kit.plain import Plain, heading_plain, problem_plain
from quota.render.kit.rendering import Rendering
from quota.render.kit.words import number, words
from quota.render.views.units.scenario_plain import saved_plain, with_unknown_plain
from quota.render.views.units.scenario_words import run_cells, saved_words, unsettled_about

_WISHES: dict[Aim, Text] = {
    Aim.MINIMUM: say("every unit has at least {n} residents"),
    Aim.UNITS: say("{n} units are left"),
    Aim.SAVE_POSTS: say("at least {n} posts are saved, at the low ends of the quotas"),
}


def wish_words(proposal: Proposal) -> Text:
    """What was asked for."""
    return Text(_WISHES[proposal.wish.aim].template, {"n": proposal.wish.amount})


def proposal_rendering(proposal: Proposal, report: ScenarioReport) -> Rendering:
    """A row for each merger for people, a row for each unit of the parent table for programs."""
    mergers = table(
        report.changes,
        Shown(say("Merge"), _merged),
        Shown(say("Into"), lambda change: change.after[0].audit.unit.name),
        figures(say("Residents"), lambda change: change.after[0].audit.unit.population),
        figures(
            say("Largest of them"),
            lambda change: max(audited.unit.population or 0 for audited in change.before),
        ),
        figures(
            say("Posts saved"),
            lambda change: saved_words(change.total_saved, change_with_the_unknown(change).total_saved),
        ),
        figures(say("To place"), lambda change: whole_sum(change.to_place)),
        closing=list(_closing(proposal, report)),
    )
    rows = [{**_member(member), **run_cells(report)} for member in _members(report)]
    plain = _for_programs(rows, _about(proposal, report))
    people = grid_rendering(
        mergers,
        lambda: run_lines(say("Proposal"), report.inputs, report.as_of, report.frame, report.problems),
    )
    return replace(people, json=plain.json, rows=plain.csv, workbook=None)


def _merged(change: ChangedUnits) -> str:
    units = [audited.unit for audited in change.before]
    return ", ".join(f"{words(unit.name)} ({number(unit.population)})" for unit in units)


def nothing_rendering(
    proposal: Proposal,
    frame: FrameSummary,
    as_of: date,
    inputs: Iterable[InputFile],
    unsettled: Unsettled | None = None,
) -> Rendering:
    """For programs, that nothing was found: the same keys without groups, units or figures, and why."""
    about = heading_plain(frame, as_of.isoformat(), inputs)
    answer = _answer(proposal, None, None, proposal.heard) | _hangs(unsettled, {})
    return grid_rendering(_for_programs([], about | answer))


def _for_programs(rows: Sequence[Mapping[str, Value]], about: Mapping[str, object]) -> Grid:
    return Grid("units", [Column(key, say("{key}", key=key)) for key in MEMBER_KEYS], rows, about)


MEMBER_KEYS = ("code", "name", "type", "population", "new_code", "new_name", "merged", *RUN)


def _members(report: ScenarioReport) -> Iterator[tuple[str, str, str, int | None, str, str, bool]]:
    merged = {
        audited.unit.code: (audited.unit, change.after[0].audit.unit)
        for change in report.changes
        for audited in change.before
    }
    for unit_after in report.units:
        if len(unit_after.lineage) == 1:
            unit = unit_after.audit.unit
            yield unit.code, unit.name, unit.type.value, unit.population, unit.code, unit.name, False
    for unit, into in merged.values():
        yield unit.code, unit.name, unit.type.value, unit.population, into.code, into.name, True


def _member(cells: tuple[str, str, str, int | None, str, str, bool]) -> dict[str, Value]:
    return dict(zip(MEMBER_KEYS[: len(cells)], cells, strict=True))


def _about(proposal: Proposal, report: ScenarioReport) -> dict[str, object]:
    saved, place = saved_plain(sum_saved(report.saved)), known_sum(report.to_place)
    heading = heading_plain(report.frame, report.as_of.isoformat(), report.inputs)
    hangs = _hangs(report.before.unsettled, with_unknown_plain(report))
    return heading | _answer(proposal, saved, place, report.problems) | hangs


def _hangs(found: Unsettled | None, then: Plain) -> dict[str, object]:
    """What hangs on what is unknown, and what is saved with it: null where no merger was found."""
    return {} if found is None else {**unsettled_plain(found), "with_unknown": None, **then}


def _answer(
    proposal: Proposal, saved: list[int] | None, place: int | None, problems: Iterable[Problem]
) -> dict[str, object]:
    wish = proposal.wish
    return {
        "asked": {
            "aim": wish.aim.value,
            "amount": wish.amount,
            "max_merge": wish.max_merge,
            "keep": sorted(wish.keep),
            "exempt": sorted(wish.exempt),
            "seed": wish.seed,
        },
        "optimal": proposal.optimal,
        "certificates": [
            {
                "objective": certificate.objective.value,
                "value": certificate.value,
                "bound": certificate.bound,
                "proven": certificate.proven,
            }
            for certificate in proposal.certificates
        ],
        "groups": [list(group) for group in proposal.groups],
        "posts_saved": saved,
        "people_to_place": place,
        "problems": [problem_plain(problem) for problem in (*proposal.problems, *problems)],
    }


def _closing(proposal: Proposal, report: ScenarioReport) -> Iterator[Text]:
    yield say("Asked for: {wish}.", wish=wish_words(proposal))
    yield count(
        "{n} merger; {before} units become {after}.",
        "{n} mergers; {before} units become {after}.",
        n=len(report.changes),
        before=report.before.units,
        after=report.after.units,
    )
    if proposal.wish.max_merge is not None:
        yield say("Mergers of at most {n} units were looked for (--max-merge).", n=proposal.wish.max_merge)
    for certificate in proposal.certificates:
        yield certificate_words(certificate)
    if proposal.most_tried is not None:
        yield say(
            "Mergers of more than {n} units were too many to look at: bounds hold for them too, the proposal "
            "has none of them.",
            n=proposal.most_tried,
        )
    yield say("Posts saved: {saved}, low end and high end apart.", saved=saved_words(sum_saved(report.saved)))
    before, after = report.before.total_gap, report.after.total_gap
    if before is not None and after is not None:
        yield say(
            "People to place: {place}; surplus {before} before, {after} after.",
            place=number(known_sum(report.to_place)),
            before=before.surplus,
            after=after.surplus,
        )
    yield from unsettled_about(report)
    yield from settle_line(report.before.unsettled)
    yield say("Checked apart from the search: borders, residents, the constraint.")


_OBJECTIVES: dict[ProposalObjective, Text] = {
    ProposalObjective.UNITS: say("Units kept: {value}"),
    ProposalObjective.TOUCHED: say("Units touched: {value}"),
    ProposalObjective.MIXED: say("Mergers of unlike types: {value}"),
    ProposalObjective.BORDER: say("Border inside mergers: {value} m"),
    ProposalObjective.BALANCE: say("Squares of merged units' residents in hundreds, added up: {value}"),
}


def certificate_words(certificate: ProposalCertificate) -> Text:
    """An objective's value: optimal, or best found with the bound."""
    what = Text(_OBJECTIVES[certificate.objective].template, {"value": certificate.value})
    if certificate.proven:
        return say("{what}: optimal.", what=what)
    return say("{what}: best found; none can be better than {bound}.", what=what, bound=certificate.bound)
