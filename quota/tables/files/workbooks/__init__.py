"""Workbooks of each kind into sheets of rows."""
