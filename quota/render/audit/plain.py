"""An audit, and one unit's explanation, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping

from quota.core.blocs import Blocs, ByBloc
from quota.core.explanations import Alternative, Explanation, Step
from quota.core.posts import Status
from quota.core.results import AuditReport, Quota, Totals, UnitAudit
from quota.core.units import Decision
from quota.render.audit.columns import ABOUT, CLOSING, FIGURES, NOTES
from quota.render.audit.laid_out import csv_shape
from quota.render.audit.states import states_plain
from quota.render.audit.unsettled import unsettled_plain
from quota.render.kit.plain import (
    Plain,
    frame_plain,
    gaps_plain,
    heading_plain,
    posts_plain,
    problem_plain,
    quota_plain,
    staff_plain,
    ungrouped,
)


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


def explanation_plain(explanation: Explanation) -> Plain:
    """The explanation's JSON."""
    return heading_plain(explanation.frame, explanation.as_of.isoformat(), explanation.inputs) | {
        "unit": unit_plain(explanation.audit),
        "steps": steps_plain(explanation.steps),
        "margins": {
            bloc: {
                "residents_to_next": margin.residents_to_next,
                "residents_to_fewer": margin.residents_to_fewer,
                "residents_to_last": margin.residents_to_last,
            }
            for bloc, margin in explanation.margins.items()
        },
        **unsettled_plain(explanation.unsettled),
        "alternatives": [_alternative(other) for other in explanation.alternatives],
        **({"until": explanation.until.isoformat()} if explanation.until is not None else {}),
        "problems": [problem_plain(problem) for problem in explanation.problems],
    }


def unit_plain(audited: UnitAudit) -> Plain:
    """One unit of an audit."""
    unit = audited.unit
    plain: Plain = {fact.key: fact.json(audited) for fact in ABOUT}
    plain |= {figure.key: figure.plain(audited) for figure in FIGURES}
    plain |= {fact.key: fact.json(audited) for fact in CLOSING}
    if audited.quota is not None and audited.quota.unsettled:
        possible = audited.quota.possible
        plain["unknown_columns"] = list(audited.quota.unsettled)
        plain["possible"] = None if possible is None else quota_plain(Quota(possible))
    plain["decision"] = _decision_plain(unit.decision)
    if audited.hands or audited.fields:
        from quota.render.audit.work_plain import unit_work_plain

        plain |= unit_work_plain(audited)
    plain |= states_plain(audited)
    if unit.more:
        plain["more"] = dict(unit.more)
    return plain


def compared_plain(audited: UnitAudit) -> Plain:
    """One unit among others: without notes, and without columns that only pass through."""
    return {key: value for key, value in unit_plain(audited).items() if key not in ("more", NOTES.key)}


def compared_shape(blocs: Blocs) -> Plain:
    """The same where all is known of a unit, and something unknown might change its norm."""
    figures = csv_shape(blocs)
    return {
        **{fact.key: "" for fact in ABOUT},
        **{figure.key: figures[figure.key] for figure in FIGURES},
        **{fact.key: "" for fact in CLOSING if fact is not NOTES},
        "unknown_columns": "",
        "possible": figures["quota"],
        "decision": figures["decision"],
    }


def _decision_plain(decision: Decision | None) -> Plain | None:
    """What assigned its posts; null where no table says."""
    if decision is None:
        return None
    day = decision.day.isoformat() if decision.day is not None else None
    return {"number": decision.number, "date": day}


def totals_plain(totals: Totals) -> Plain:
    """A table's totals."""
    return {
        "units": totals.units,
        "population": totals.population,
        **{figure.key: figure.plain(totals) for figure in FIGURES},
        "status": {status.value: count for status, count in totals.status.items()},
        "below_minimum": totals.below_minimum,
        "unknown": {"population": totals.unknown_population, "staff": dict(totals.unknown_staff.items())},
        **unsettled_plain(totals.unsettled),
        **_assignment_plain(totals),
        **states_plain(totals),
    }


def totals_shape(blocs: Blocs) -> Plain:
    """The same where all is known of a table, posts are assigned, and what is unknown may change norms."""
    figures = csv_shape(blocs)
    return {
        "units": 0,
        "population": 0,
        **{figure.key: figures[figure.key] for figure in FIGURES},
        "status": {status.value: 0 for status in Status},
        "below_minimum": 0,
        "unknown": {"population": 0, "staff": dict.fromkeys(blocs, 0)},
        "unsettled": {
            "columns": "",
            "units": 0,
            "possible": figures["quota"],
            "surplus_within": 0,
            "more_shortfall": 0,
        },
        "assigned_status": {status.value: 0 for status in Status},
        "assigned_unknown": dict.fromkeys(blocs, 0),
        "reserves": "",
    }


def _assignment_plain(totals: Totals) -> Plain:
    """Units by how their people compare with what was assigned; what is unknown, what is kept back."""
    found = totals.assignment
    if found is None:
        return {}
    return {
        "assigned_status": {status.value: units for status, units in found.status.items()},
        "assigned_unknown": dict(found.unknown.items()),
        "reserves": [
            {"province": reserve.province, "posts": staff_plain(reserve.posts)} for reserve in found.reserves
        ],
    }


def steps_plain(steps: ByBloc[tuple[Step, ...]]) -> Plain:
    """Every bloc's steps."""
    return {bloc: [step_plain(step) for step in found] for bloc, found in steps.items()}


def step_plain(step: Step) -> Plain:
    """A step, its arithmetic with plain numbers."""
    return {
        "rule": step.rule,
        "source": step.source,
        "inputs": dict[str, object](step.inputs),
        "arithmetic": ungrouped(step.arithmetic),
        "result": posts_plain(step.result),
    }


def _alternative(other: Alternative) -> Mapping[str, object]:
    return {
        "frame": frame_plain(other.frame),
        "quota": quota_plain(other.quota),
        "gap": gaps_plain(other.gap),
        "status": other.status.value,
    }
