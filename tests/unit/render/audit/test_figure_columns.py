"""The columns of an audit's figures and facts are what each unit's own values are, made together."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quota.analysis.audit.auditing import audit
from quota.core.blocs import BLOCS, ByBloc
from quota.core.results import AuditReport
from quota.core.units import Unit, UnitTable, UnitType
from quota.norms.applying import load_norms
from quota.norms.kinds import DEFAULT_FRAME
from quota.render.audit.columns import ABOUT, CLOSING, FIGURES
from quota.render.audit.laid_out import figure_columns, unit_columns

DAY = date(2025, 7, 1)
_COUNTS = st.none() | st.integers(0, 80)
_STAFF = st.tuples(_COUNTS, _COUNTS, _COUNTS).map(lambda counts: ByBloc(BLOCS, counts))
_UNITS = st.builds(
    lambda kind, people, staff, assigned: Unit(
        "", "Xã A", kind, people, staff=staff, assigned=assigned or ByBloc((), ())
    ),
    st.sampled_from(UnitType),
    st.none() | st.integers(0, 200_000),
    _STAFF,
    st.none() | _STAFF,
)


def _audited(units: list[Unit]) -> AuditReport:
    return audit(UnitTable(tuple(units)), load_norms(DEFAULT_FRAME, DAY), as_of=DAY)


@given(st.lists(_UNITS, max_size=6))
def test_columns_are_the_values_of_each_unit(units: list[Unit]) -> None:
    report = _audited(units)
    rows = [
        [
            cell
            for group in range(len(BLOCS) + 1)
            for figure in FIGURES
            for cell in figure.split(figure.values(audited)[group])
        ]
        for audited in report.units
    ]
    columns = figure_columns(report.units, len(BLOCS))
    assert [list(row) for row in zip(*columns, strict=True)] == rows
    assert len(columns) == (len(BLOCS) + 1) * sum(len(figure.parts) for figure in FIGURES)


@given(st.lists(_UNITS, max_size=6))
def test_columns_of_facts_are_the_facts_of_each_unit(units: list[Unit]) -> None:
    report = _audited(units)
    columns = unit_columns(report.units, report.frame.blocs)
    facts = [*columns[: len(ABOUT)], *columns[-len(CLOSING) :]]
    for fact, column in zip((*ABOUT, *CLOSING), facts, strict=True):
        assert list(column) == [fact.value(audited) for audited in report.units]
