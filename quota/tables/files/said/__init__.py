"""What texts around a table say of its figures: titles, names of sheets, headings between rows."""
