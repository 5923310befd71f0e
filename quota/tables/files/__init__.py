"""Files into sheets of rows: encodings, fonts, workbooks, forms."""
