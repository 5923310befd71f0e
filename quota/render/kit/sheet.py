"""A sheet whose formulas call only functions that Excel has had since 2003."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainFormulas(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
    """A sheet that writes each formula as it is.

    XlsxWriter looks through every formula for some thirty newer functions, which a file holds under longer
    names: that is half of the time of a large workbook. The formulas of this program call none of them, which
    the tests hold; were this step called something else in another XlsxWriter, it would only be slower.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")
