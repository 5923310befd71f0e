"""Hands and fields of work for JSON; the keys are there only where their tables were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quota.core.blocs import ByBloc
from quota.core.results import AuditReport, UnitAudit
from quota.render.kit.plain import (
    Plain,
    files_plain,
    gap_plain,
    gaps_plain,
    local_plain,
    sources_plain,
    staff_plain,
)

if TYPE_CHECKING:  # values of work that most runs are not about
    from quota.core.fields import FieldsReport, FieldsSummary, UnitFields
    from quota.core.secondments import Hands


def unit_work_plain(audit: UnitAudit) -> Plain:
    """What a unit's audit says of its hands and fields, where they were given."""
    plain: Plain = {}
    if audit.hands:
        plain["hands"] = hands_plain(audit.hands)
    if audit.fields:
        plain["fields"] = unit_fields_plain(audit.fields)
    return plain


def hands_plain(hands: Hands) -> Plain:
    """Who works there on the day, by bloc and in all, beside the gap to the quota that the work feels."""
    return {
        **staff_plain(hands.present),
        "away": staff_plain(ByBloc(hands.away.order, hands.away.values)),
        "received": staff_plain(ByBloc(hands.received.order, hands.received.values)),
        "gap": gaps_plain(hands.gap),
    }


def unit_fields_plain(fields: UnitFields) -> Plain:
    """One unit's fields: people once each, how many cover how many, the uncovered, each field's figures."""
    return {
        "people": fields.people,
        "by_load": by_load_plain(fields.by_load),
        "uncovered": None if fields.uncovered is None else [field.id for field in fields.uncovered],
        "by_field": {
            cover.field.id: {"people": cover.people, "needed": cover.needed, "gap": gap_plain(cover.gap)}
            for cover in fields.covers
        },
    }


def by_load_plain(by_load: Mapping[int, int]) -> Plain:
    """People by how many fields each covers."""
    return {str(fields): people for fields, people in by_load.items()}


def field_totals_plain(report: FieldsReport) -> Plain:
    """Each field across the table; shortage and surplus side by side."""
    return {
        "people": report.people,
        "by_load": by_load_plain(report.by_load),
        "by_field": {
            total.field.id: {
                "people": total.people,
                "needed": total.needed,
                "gap": gap_plain(total.gap),
                "units": {
                    "uncovered": total.uncovered,
                    "short": total.short,
                    "over": total.over,
                    "compared": total.compared,
                    "unknown": total.unknown,
                },
            }
            for total in report.totals
        },
    }


def field_rules_plain(rules: FieldsSummary) -> Plain:
    """The list of fields, and what this program checks where no need is given: its own default, no norm."""
    return {
        "id": rules.id,
        "title": local_plain(rules.title),
        "status": rules.status,
        "effective": {
            "from": rules.effective_from.isoformat(),
            "to": rules.effective_to.isoformat() if rules.effective_to else None,
        },
        "fields": [
            {"id": field.id, **local_plain(field.name), "office": field.office} for field in rules.fields
        ],
        "sources": sources_plain(rules.sources),
        "files": files_plain(rules.files),
        "default_check": {"people_per_field": 1, "norm": False},
    }


def work_totals_plain(report: AuditReport) -> Plain:
    """What an audit's totals say of hands and fields, where they were given."""
    plain: Plain = {}
    if report.hands:
        departments = [
            {"name": department.name, "away": department.away} for department in report.departments
        ]
        plain["hands"] = hands_plain(report.hands) | {"departments": departments}
    if report.fields:
        plain["fields"] = field_totals_plain(report.fields) | {
            "rules": field_rules_plain(report.fields.rules)
        }
    return plain
