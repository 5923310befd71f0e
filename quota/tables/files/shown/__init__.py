"""What a workbook shows beside its values: raised digits, hidden rows, merged cells, old fonts."""
