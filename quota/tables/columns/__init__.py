"""Cells into values: numbers, dates, codes, roles of columns, totals."""
