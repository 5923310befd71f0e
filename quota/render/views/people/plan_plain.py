"""A plan as plain values for JSON."""

from __future__ import annotations

from quota._version import __version__
from quota.core.moves import Balance, Move, Place, Plan, StagePlan
from quota.render.audit.plain import totals_plain
from quota.render.audit.unsettled import unsettled_plain
from quota.render.kit.plain import Plain, frame_plain, inputs_plain, local_plain, problem_plain


def plan_plain(plan: Plan) -> Plain:
    """The plan's JSON: whole numbers; distances in metres."""
    names = plan.start.names
    cells = plan.end.cells.values()
    return {
        "quota_version": __version__,
        "frame": frame_plain(plan.frame) if plan.frame else None,
        "policy": {"id": plan.policy, "title": local_plain(plan.policy_title)},
        "as_of": plan.as_of.isoformat(),
        "inputs": inputs_plain(plan.sources),
        "target": "assigned" if plan.start.by_assigned else "norm",
        "distances": plan.distances,
        "made": [
            {"about": fact.about, "value": fact.value, "sha256": fact.sha256 or None} for fact in plan.made
        ],
        "on_loan": [
            place_plain(loan.host, names)
            | {"home": loan.home, "people": loan.people, "until": loan.until.isoformat()}
            for loan in plan.start.on_loan
        ],
        "stages": [_stage(stage, names) for stage in plan.stages],
        "left": {
            "short": [place_plain(cell.place, names) | {"posts": cell.short} for cell in cells if cell.short],
            "over": [
                place_plain(cell.place, names) | {"people": cell.surplus} for cell in cells if cell.surplus
            ],
        },
        "why": {
            "empty": [
                {"group": empty.group, "posts": empty.posts, "over": empty.over}
                for empty in plan.reasons.empty
            ],
            "over": [
                {"group": over.group, "people": over.people, "empty": over.empty}
                for over in plan.reasons.over
            ],
            "more_together": plan.more_together,
        },
        **unsettled_plain(plan.start.unsettled),
        "problems": [problem_plain(problem) for problem in plan.problems],
    }


def place_plain(place: Place, names: object) -> Plain:
    """A place: code, name, bloc or position (null where any)."""
    known = names if isinstance(names, dict) else {}
    return {"code": place.code, "name": known.get(place.code, place.code), "group": place.group or None}


def move_plain(move: Move, names: object) -> Plain:
    """A move."""
    return {
        "from": place_plain(move.origin, names) if move.origin else None,
        "to": place_plain(move.target, names) if move.target else None,
        "people": move.people,
        "metres": move.metres,
        "months": move.months,
    }


def _stage(stage: StagePlan, names: object) -> Plain:
    return {
        "stage": stage.number + 1,
        "kind": stage.kind,
        "from": list(stage.origins),
        "months": stage.months,
        "people": stage.people,
        "before": _standing(stage.before),
        "after": _standing(stage.after),
        "audit_before": totals_plain(stage.audit_before) if stage.audit_before else None,
        "audit_after": totals_plain(stage.audit_after) if stage.audit_after else None,
        "certificates": [
            {
                "criterion": certificate.criterion,
                "value": certificate.value,
                "bound": certificate.bound,
                "proof": certificate.proof,
            }
            for certificate in stage.certificates
        ],
        "stopped_by": [{"limit": stopper.limit, "more": stopper.more} for stopper in stage.stoppers],
        "moves": [move_plain(move, names) for move in stage.moves],
    }


def _standing(standing: Balance) -> Plain:
    return {
        "short": standing.short,
        "wanted": standing.wanted,
        "over": standing.surplus,
        "worst": standing.worst,
    }
