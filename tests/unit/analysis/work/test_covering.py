"""Who covers what: people once, fields each; what is unknown, uncovered, short and over."""

from __future__ import annotations

from datetime import date

import pytest

from quota.analysis.work.covering import field_report
from quota.core.fields import FieldsReport, HolderRow, HolderTable, NeedRow, NeedTable, UnitFields
from quota.core.posts import Gap
from quota.core.problems import InputError
from quota.core.units import Origin, Unit, UnitTable, UnitType
from quota.norms.loading import load_fields

DAY = date(2026, 11, 22)
UNITS = UnitTable(tuple(Unit(code, f"Xã {code}", UnitType.COMMUNE, 20_000) for code in ("1A", "2B", "3C")))


def holder(code: str, people: int, *fields: str, person: str | None = None, row: int = 2) -> HolderRow:
    return HolderRow(code, None, people, fields, person, Origin("fields.csv", row))


def need(code: str, field: str, needed: int | None, row: int = 2) -> NeedRow:
    return NeedRow(code, None, field, needed, Origin("needs.csv", row))


def report(*holders: HolderRow, needs: tuple[NeedRow, ...] | None = None) -> FieldsReport:
    table = HolderTable(holders, headings={"fields": "Lĩnh vực phụ trách"})
    approved = NeedTable(needs, headings={"field": "Lĩnh vực"}) if needs is not None else None
    return field_report(UNITS, table, load_fields(), approved, as_of=DAY)


def covering(unit: UnitFields, field: str) -> int | None:
    return next(cover.people for cover in unit.covers if cover.field.id == field)


def test_a_person_of_several_fields_covers_each_and_is_one() -> None:
    unit = report(holder("1A", 2, "finance", "Y tế"), holder("1A", 3, "FINANCE")).of("1A")
    assert unit.people == 5
    assert (covering(unit, "finance"), covering(unit, "health"), covering(unit, "justice")) == (5, 2, 0)
    assert dict(unit.by_load) == {1: 3, 2: 2}
    assert unit.uncovered is not None
    assert len(unit.uncovered) == 10


def test_rows_of_one_person_are_one_person() -> None:
    unit = report(holder("1A", 1, "finance", person="p"), holder("1A", 1, "health", person="p")).of("1A")
    assert unit.people == 1
    assert dict(unit.by_load) == {2: 1}


def test_a_unit_without_a_row_is_unknown_and_one_of_nobody_is_not() -> None:
    found = report(holder("1A", 0), holder("2B", 1, "finance"))
    nobody, unknown = found.of("1A"), found.of("3C")
    assert nobody.people == 0
    assert nobody.uncovered is not None
    assert len(nobody.uncovered) == 12
    assert (unknown.people, unknown.uncovered, covering(unknown, "finance")) == (None, None, None)
    assert [unit_fields.unit.code for unit_fields in found.units] == [
        "1A",
        "2B",
        "3C",
    ]  # 12, 11 uncovered, unknown last
    finance = found.totals[0]
    assert (finance.people, finance.uncovered, finance.unknown) == (1, 1, 1)
    assert [problem.code for problem in found.problems] == ["no-field-row"]


def test_short_and_over_stand_side_by_side_and_unknown_needs_are_no_gap() -> None:
    found = report(
        holder("1A", 3, "finance"),
        holder("2B", 1, "finance"),
        needs=(
            need("1A", "finance", 1),
            need("2B", "Tài chính", 4),
            need("3C", "finance", 9),
            need("1A", "health", None),
        ),
    )
    finance, health = found.totals[0], found.totals[7]
    assert finance.gap == Gap(shortfall=3, surplus=2)
    assert (finance.people, finance.needed, finance.short, finance.over, finance.compared) == (4, 14, 1, 1, 2)
    assert health.field.id == "health"
    assert (health.gap, health.compared, health.uncovered) == (None, 0, 2)
    assert (health.needed, health.short, health.over) == (None, None, None)  # unknown, not zero
    assert found.of("1A").gap == Gap(surplus=2)
    assert found.of("3C").gap is None


def test_units_short_and_units_over_are_counted_each_for_itself() -> None:
    (finance, *_) = report(
        holder("1A", 3, "finance"),
        holder("2B", 1, "finance"),
        holder("3C", 0),
        needs=(need("1A", "finance", 4), need("2B", "finance", 4), need("3C", "finance", 0)),
    ).totals
    assert (finance.short, finance.over, finance.compared) == (2, 0, 3)
    (finance, *_) = report(
        holder("1A", 3, "finance"),
        holder("2B", 1, "finance"),
        holder("3C", 0),
        needs=(need("1A", "finance", 2), need("2B", "finance", 0), need("3C", "finance", 0)),
    ).totals
    assert (finance.short, finance.over, finance.compared) == (0, 2, 3)


def test_a_unit_or_field_with_no_known_need_has_no_gap_rather_than_one_of_zero() -> None:
    people = (holder("1A", 1, "finance"), holder("2B", 1, "finance"))
    found = report(*people, needs=(need("1A", "finance", 1), need("2B", "finance", None)))
    assert (found.of("1A").gap, found.of("2B").gap) == (Gap(), None)
    assert [total.needed for total in found.totals] == [1] + [None] * 11
    assert [total.gap for total in found.totals] == [Gap()] + [None] * 11
    assert {total.needed for total in report(*people).totals} == {None}


@pytest.mark.parametrize(
    ("holders", "needs", "code", "column", "value"),
    [
        ([holder("9Z", 1, "finance")], (), "unmatched", "code", "9Z"),
        ([holder("1A", 1, "finanse")], (), "unknown-field", "Lĩnh vực phụ trách", "finanse"),
        (
            [holder("1A", 1, "finance", person="p"), holder("2B", 1, "finance", person="p", row=3)],
            (),
            "person-in-two-units",
            "person",
            "p",
        ),
        ([holder("1A", 1, "finance")], (need("1A", "đất", 1),), "unknown-field", "Lĩnh vực", "đất"),
        ([holder("1A", 1, "finance")], (need("7", "finance", 1),), "unmatched", "code", "7"),
        (
            [holder("1A", 1, "finance")],
            (need("1A", "finance", 1), need("1A", "Tài chính", 1, row=3)),
            "need-twice",
            "Lĩnh vực",
            "Tài chính",
        ),
    ],
)
def test_what_fits_no_unit_or_field_is_refused_at_its_cell(
    holders: list[HolderRow], needs: tuple[NeedRow, ...], code: str, column: str, value: str
) -> None:
    with pytest.raises(InputError) as refused:
        report(*holders, needs=needs)
    (found,) = [problem for problem in refused.value.problems if problem.severity.value == "error"]
    assert (found.code, found.column, found.value) == (code, column, value)
    assert found.row == max((row.origin.row for row in (*holders, *needs) if row.origin), default=0)


def test_a_list_of_fields_not_yet_in_force_is_refused() -> None:
    with pytest.raises(InputError, match="not yet"):
        field_report(UNITS, HolderTable(()), load_fields(), as_of=date(2025, 6, 30))
    assert field_report(UNITS, HolderTable(()), load_fields(), as_of=date(2025, 7, 1)).people == 0


def test_the_same_people_and_fields_again_are_counted_with_a_warning() -> None:
    found = report(
        holder("1A", 3, "finance", "health"),
        holder("1A", 3, "Y tế", "Tài chính", row=3),
        holder("1A", 2, "finance", "health", row=4),
        holder("2B", 3, "finance", "health", row=5),
        holder("3C", 1, "finance", row=6),
        holder("3C", 1, "finance", row=7),  # a row a person
    )
    assert [(problem.code, problem.row, problem.severity.value) for problem in found.problems] == [
        ("same-row-again", 3, "warning")
    ]
    assert found.of("1A").people == 8


@pytest.mark.parametrize("cell", ["finance, zzz", "zzz", "zzz/yyy"])
def test_what_holds_an_unknown_word_is_no_list_of_fields(cell: str) -> None:
    with pytest.raises(InputError) as refused:
        report(holder("1A", 1, cell))
    (found,) = [problem for problem in refused.value.problems if problem.severity.value == "error"]
    assert (found.code, found.value) == ("unknown-field", cell)
    assert "separate them" not in str(found.fix)


@pytest.mark.parametrize("cell", ["finance, construction", "Tài chính/Xây dựng", "finance & construction"])
def test_fields_separated_another_way_are_never_taken_for_one_of_them(cell: str) -> None:
    with pytest.raises(InputError) as refused:
        report(holder("1A", 1, cell))
    (found,) = [problem for problem in refused.value.problems if problem.severity.value == "error"]
    assert str(found.fix) == "these are 2 fields: separate them with ; or give each its own row"
