"""Results as plain values for JSON: whole numbers, stable keys, the same in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quota._version import __version__
from quota.core.blocs import ByBloc, Staff, total
from quota.core.citations import Citation, RuleSource
from quota.core.explanations import Alternative, Explanation, Step
from quota.core.posts import Gap, Posts
from quota.core.problems import Problem
from quota.core.results import AuditReport, FrameSummary, Note, Quota, Totals, UnitAudit
from quota.core.text import LocalText, Text
from quota.core.units import InputFile

Plain = dict[str, object]


def audit_plain(report: AuditReport) -> Plain:
    """The audit's JSON."""
    plain = heading_plain(report.frame, report.as_of.isoformat(), report.inputs)
    if report.selection:
        plain["selection"] = dict(report.selection)
    totals = totals_plain(report.totals)
    if report.hands or report.fields:
        from quota.render.audit.work_plain import work_totals_plain

        totals |= work_totals_plain(report)
    return plain | {
        "units": [unit_plain(audited) for audited in report.units],
        "totals": totals,
        "problems": [problem_plain(problem) for problem in report.problems],
    }


def heading_plain(frame: FrameSummary, as_of: str, inputs: Iterable[InputFile]) -> Plain:
    """What every JSON output starts with: program, frame, day, inputs."""
    return {
        "quota_version": __version__,
        "frame": frame_plain(frame),
        "as_of": as_of,
        "inputs": inputs_plain(inputs),
    }


def explanation_plain(explanation: Explanation) -> Plain:
    """The explanation's JSON."""
    return heading_plain(explanation.frame, explanation.as_of.isoformat(), explanation.inputs) | {
        "unit": unit_plain(explanation.audit),
        "steps": steps_plain(explanation.steps),
        "margins": {
            bloc.value: {
                "residents_to_next": margin.residents_to_next,
                "residents_to_fewer": margin.residents_to_fewer,
            }
            for bloc, margin in explanation.margins.items()
        },
        "alternatives": [_alternative(other) for other in explanation.alternatives],
        "problems": [problem_plain(problem) for problem in explanation.problems],
    }


def frame_plain(frame: FrameSummary) -> Plain:
    """A frame's summary."""
    return {
        "id": frame.id,
        "title": local_plain(frame.title),
        "status": frame.status,
        "effective": {
            "from": frame.effective_from.isoformat(),
            "to": frame.effective_to.isoformat() if frame.effective_to else None,
        },
        "reading": local_plain(frame.reading),
        "sources": sources_plain(frame.sources),
        "files": files_plain(frame.files),
    }


def sources_plain(sources: Iterable[Citation]) -> list[Plain]:
    """Citations."""
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date.isoformat() if source.date else None,
            "verified_on": source.verified_on.isoformat() if source.verified_on else None,
            "url": source.url,
        }
        for source in sources
    ]


def files_plain(files: Iterable[RuleSource]) -> list[Plain]:
    """The rule files behind a result."""
    return [{"path": source.path, "sha256": source.sha256} for source in files]


def inputs_plain(inputs: Iterable[InputFile]) -> list[Plain]:
    """The files a result was made from."""
    return [{"path": file.path, "sha256": file.sha256, "rows": file.rows} for file in inputs]


def unit_plain(audited: UnitAudit) -> Plain:
    """One unit of an audit."""
    unit = audited.unit
    plain: Plain = {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type.value,
        "population": unit.population,
        "quota": quota_plain(audited.quota),
        "staff": staff_plain(audited.staff),
        "gap": gaps_plain(audited.gap) | {"total": gap_plain(audited.total_gap)},
        "status": audited.status.value,
        "below_minimum": audited.below_minimum,
        "notes": [_note(note) for note in audited.notes],
    }
    if audited.hands or audited.fields:
        from quota.render.audit.work_plain import unit_work_plain

        plain |= unit_work_plain(audited)
    if unit.more:
        plain["more"] = dict(unit.more)
    return plain


def totals_plain(totals: Totals) -> Plain:
    """A table's totals."""
    known = [count for count in totals.staff if count is not None]
    staff: Plain = {bloc.value: count for bloc, count in totals.staff.items()}
    return {
        "units": totals.units,
        "population": totals.population,
        "quota": quota_plain(totals.quota),
        "staff": staff | {"total": sum(known) if known else None},
        "gap": gaps_plain(totals.gap) | {"total": gap_plain(totals.total_gap)},
        "status": {status.value: count for status, count in totals.status.items()},
        "below_minimum": totals.below_minimum,
        "unknown": {
            "population": totals.unknown_population,
            "staff": {bloc.value: count for bloc, count in totals.unknown_staff.items()},
        },
    }


def problem_plain(problem: Problem) -> Plain:
    """A problem, in English: programs read its code."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": str(problem.message),
        "fix": str(problem.fix) if problem.fix else None,
    }


def posts_plain(posts: Posts) -> list[int]:
    """[low, high]."""
    return [posts.low, posts.high]


def quota_plain(quota: Quota | None) -> Plain | None:
    """Posts by bloc and in all."""
    if quota is None:
        return None
    plain: Plain = {bloc.value: posts_plain(posts) for bloc, posts in quota.blocs.items()}
    return plain | {"total": posts_plain(quota.total)}


def staff_plain(staff: Staff) -> Plain:
    """People by bloc and in all."""
    return {**{bloc.value: count for bloc, count in staff.items()}, "total": total(staff)}


def gap_plain(gap: Gap | None) -> Plain | None:
    """Shortfall and surplus, side by side."""
    return None if gap is None else {"shortfall": gap.shortfall, "surplus": gap.surplus}


def gaps_plain(gaps: ByBloc[Gap | None]) -> Plain:
    """Gaps by bloc."""
    return {bloc.value: gap_plain(gap) for bloc, gap in gaps.items()}


def local_plain(text: LocalText) -> Plain:
    """Both languages."""
    return {"vi": text.vi, "en": text.en}


def _note(note: Note) -> Plain:
    return {"code": note.code, **local_plain(note.text)}


def steps_plain(steps: ByBloc[tuple[Step, ...]]) -> Plain:
    """Every bloc's steps."""
    return {bloc.value: [step_plain(step) for step in found] for bloc, found in steps.items()}


def step_plain(step: Step) -> Plain:
    """A step, its arithmetic with plain numbers."""
    return {
        "rule": step.rule,
        "source": step.source,
        "inputs": dict[str, object](step.inputs),
        "arithmetic": ungrouped(step.arithmetic),
        "result": posts_plain(step.result),
    }


def ungrouped(text: Text) -> str:
    """Arithmetic with numbers as programs write them."""
    return text.render(Text.chosen, str)


def _alternative(other: Alternative) -> Mapping[str, object]:
    return {
        "frame": frame_plain(other.frame),
        "quota": quota_plain(other.quota),
        "gap": gaps_plain(other.gap),
        "status": other.status.value,
    }
