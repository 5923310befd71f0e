"""Which figures of a table are doubtful, unit by unit: what stands beside the figures in a list of units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby

from quota.analysis.checks.identity import same_figures_as_another
from quota.core.findings import CheckReport

WRONG_TOTAL = "wrong-total"
SAME_FIGURES = "same-figures"


def doubts(report: CheckReport, sure: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The codes of the findings about each unit, by the unit's code, each once; units without any are absent.

    What a check finds of a table as a whole is said of the units it concerns: rows that repeat each other,
    and a province that misses its published total. `sure` has the codes of units whose province does not.
    """
    found = [(finding.unit.code, finding.problem.code) for finding in report.findings if finding.unit]
    found += [(unit.code, SAME_FIGURES) for unit in same_figures_as_another(report.units)]
    found += [(unit.code, WRONG_TOTAL) for unit in report.units if unit.code not in sure]
    by_unit = groupby(sorted(set(found)), key=lambda pair: pair[0])
    return {unit: tuple(kind for _, kind in pairs) for unit, pairs in by_unit}
